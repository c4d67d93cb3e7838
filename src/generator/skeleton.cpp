#include "generator/skeleton.h"

#include <algorithm>

namespace limner {

namespace {

constexpr int kAnchorNumbers = 6, kWornNumbers = 7;
constexpr float kToldScale = 5.0F;  // how strongly the worn are told of places

}  // namespace

Result<Skeleton> Skeleton::open(std::span<const std::uint8_t> onnx, int inputs) {
    const Result<OnnxGraph> graph = read_onnx(onnx);
    if (!graph) return graph.error();
    Initialisers from(*graph);
    Skeleton made;
    made.inputs_ = inputs;
    made.anchors_ = Perceptron::read(from, "model.skeleton", inputs, kAnchors * kAnchorNumbers);
    made.worn_ = Perceptron::read(from, "model.worn", inputs + 2 * kAnchors, kFittings * kWornNumbers);
    made.rest_ = from.numbers("model.worn.rest", {kAnchors, 2});
    if (!from.whole())
        return Error{"skeleton.none", "The pack's network does not say where a sitter's parts are."};
    return made;
}

Points Skeleton::points(std::span<const float> input, std::span<const float> bare) const {
    const std::vector<float> anchors = anchors_.apply(bare.first(static_cast<std::size_t>(inputs_)));
    const auto wear = [&](std::span<const float> numbers) {
        std::vector<float> told(numbers.begin(), numbers.begin() + inputs_);
        for (std::size_t i = 0; i < kAnchors; ++i)
            for (std::size_t k = 0; k < 2; ++k)
                told.push_back((anchors[kAnchorNumbers * i + k] - rest_[2 * i + k]) * kToldScale);
        return worn_.apply(told);
    };
    std::vector<float> worn = wear(input);
    // Glasses move no collar.
    const std::vector<float> clothes = wear(bare);
    std::copy_n(clothes.begin() + kWornNumbers * kCollar, kWornNumbers * kCollarPoints,
                worn.begin() + kWornNumbers * kCollar);
    Points points;
    for (std::size_t i = 0; i < kAnchors; ++i) {
        const float* n = anchors.data() + kAnchorNumbers * i;
        points.anchors.push_back({n[0], n[1], n[2], {n[3], n[4], n[5]}});
    }
    for (std::size_t i = 0; i < kFittings; ++i) {
        const float* n = worn.data() + kWornNumbers * i;
        points.worn.push_back({n[0], n[1], n[2], {n[3], n[4], n[5]}, n[6]});
    }
    return points;
}

}  // namespace limner
