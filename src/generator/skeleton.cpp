#include "generator/skeleton.h"

#include "generator/onnx.h"

#include <algorithm>
#include <string>

namespace limner {

namespace {

constexpr int kAnchorNumbers = 6, kWornNumbers = 7;
constexpr float kSlope = 0.2F;      // of the leaky ReLU
constexpr float kToldScale = 5.0F;  // how strongly the worn are told of places

// An initialiser by its name in the network, whichever precision it is kept in.
const OnnxTensor* find(const OnnxGraph& graph, const std::string& name) {
    for (const OnnxTensor& t : graph.initialisers)
        if (t.type != OnnxTensor::Type::kInteger && (t.name == name || t.name == name + ".half")) return &t;
    return nullptr;
}

}  // namespace

Result<Skeleton> Skeleton::open(std::span<const std::uint8_t> onnx, int inputs) {
    const Result<OnnxGraph> graph = read_onnx(onnx);
    if (!graph) return graph.error();
    bool whole = true;
    // Shapes are told by the tensors themselves, but for those given.
    const auto tensor = [&](const std::string& name, Dims dims) {
        const OnnxTensor* t = find(*graph, "model." + name);
        if (t && t->dims.size() == dims.size())
            for (std::size_t i = 0; i < dims.size(); ++i)
                if (dims[i] < 0) dims[i] = t->dims[i];
        whole = whole && t && t->dims == dims && t->count > 0;
        return whole ? numbers_of(*t) : std::vector<float>();
    };
    const auto dense = [&](const std::string& name, int in, bool biased) {
        Dense made;
        made.weight = tensor(name + ".weight", {-1, in});
        made.inputs = in;
        made.outputs = static_cast<int>(made.weight.size()) / in;
        if (biased) made.bias = tensor(name + ".bias", {made.outputs});
        return made;
    };
    const auto perceptron = [&](const std::string& name, int in, int numbers) {
        Perceptron p;
        p.layers[0] = dense(name + ".net.0", in, true);
        for (int i = 1; i < 3 && whole; ++i)
            p.layers[i] = dense(name + ".net." + std::to_string(2 * i), p.layers[i - 1].outputs, true);
        p.straight = dense(name + ".straight", in, false);
        p.basis = tensor(name + ".basis", {p.layers[2].outputs, numbers});
        p.mean = tensor(name + ".mean", {numbers});
        whole = whole && p.straight.outputs == p.layers[2].outputs;
        return p;
    };
    Skeleton made;
    made.inputs_ = inputs;
    made.anchors_ = perceptron("skeleton", inputs, kAnchors * kAnchorNumbers);
    made.worn_ = perceptron("worn", inputs + 2 * kAnchors, kFittings * kWornNumbers);
    made.rest_ = tensor("worn.rest", {kAnchors, 2});
    if (!whole) return Error{"skeleton.none", "The pack's network does not say where a sitter's parts are."};
    return made;
}

std::vector<float> Skeleton::apply(const Perceptron& p, std::span<const float> input) {
    const auto through = [](const Dense& d, std::span<const float> in) {
        std::vector<float> out(static_cast<std::size_t>(d.outputs));
        for (std::size_t o = 0; o < out.size(); ++o) {
            const float* w = d.weight.data() + o * in.size();
            float sum = d.bias.empty() ? 0.0F : d.bias[o];
            for (std::size_t i = 0; i < in.size(); ++i) sum += w[i] * in[i];
            out[o] = sum;
        }
        return out;
    };
    const auto leaky = [](std::vector<float> x) {
        for (float& v : x) v = v < 0 ? kSlope * v : v;
        return x;
    };
    std::vector<float> amount =
        through(p.layers[2], leaky(through(p.layers[1], leaky(through(p.layers[0], input)))));
    const std::vector<float> straight = through(p.straight, input);
    std::vector<float> out = p.mean;
    constexpr float kMost = 16.0F;  // of anything told: what an odd pack says stays drawable
    for (std::size_t r = 0; r < amount.size(); ++r) {
        const float a = amount[r] + straight[r];
        const float* b = p.basis.data() + r * out.size();
        for (std::size_t i = 0; i < out.size(); ++i) out[i] += a * b[i];
    }
    for (float& x : out) x = x > -kMost ? (x < kMost ? x : kMost) : -kMost;
    return out;
}

Points Skeleton::points(std::span<const float> input, std::span<const float> bare) const {
    const std::vector<float> anchors = apply(anchors_, bare.first(static_cast<std::size_t>(inputs_)));
    const auto wear = [&](std::span<const float> numbers) {
        std::vector<float> told(numbers.begin(), numbers.begin() + inputs_);
        for (std::size_t i = 0; i < kAnchors; ++i)
            for (std::size_t k = 0; k < 2; ++k)
                told.push_back((anchors[kAnchorNumbers * i + k] - rest_[2 * i + k]) * kToldScale);
        return apply(worn_, told);
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
