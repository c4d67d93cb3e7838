#include "generator/perceptron.h"

namespace limner {

namespace {

constexpr float kSlope = 0.2F;  // of the leaky ReLU

std::vector<float> leaky(std::vector<float> x) {
    for (float& v : x) v = v < 0 ? kSlope * v : v;
    return x;
}

}  // namespace

const OnnxTensor* Initialisers::find(const std::string& name) const {
    for (const OnnxTensor& t : graph_.initialisers)
        if (t.type != OnnxTensor::Type::kInteger && t.name == name) return &t;
    return nullptr;
}

std::vector<float> Initialisers::numbers(const std::string& name, Dims dims) {
    if (!whole_) return {};
    const OnnxTensor* tensor = nullptr;
    for (const char* kept : {"", ".half", ".byte"})
        if (tensor == nullptr) tensor = find(name + kept);
    if (tensor && tensor->dims.size() == dims.size())
        for (std::size_t i = 0; i < dims.size(); ++i)
            if (dims[i] < 0) dims[i] = tensor->dims[i];
    whole_ = tensor && tensor->dims == dims && tensor->count > 0;
    if (!whole_) return {};
    std::vector<float> out = numbers_of(*tensor);
    if (tensor->type != OnnxTensor::Type::kByte) return out;
    const OnnxTensor* by = find(name + ".scale");
    whole_ = by && by->type != OnnxTensor::Type::kByte &&
             (by->count == 1 || by->count == static_cast<std::size_t>(dims[0]));
    if (!whole_) return {};
    const std::vector<float> scale = numbers_of(*by);
    const std::size_t row = out.size() / scale.size();
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= scale[i / row];
    if (const OnnxTensor* along = find(name + ".columns")) {
        whole_ = along->type != OnnxTensor::Type::kByte && along->count == row;
        if (!whole_) return {};
        const std::vector<float> columns = numbers_of(*along);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] *= columns[i % row];
    }
    return out;
}

Perceptron::Dense Perceptron::dense(Initialisers& from, const std::string& name, int inputs, bool biased) {
    Dense made;
    made.weight = from.numbers(name + ".weight", {-1, inputs});
    made.outputs = static_cast<int>(made.weight.size()) / inputs;
    if (biased) made.bias = from.numbers(name + ".bias", {made.outputs});
    return made;
}

Perceptron Perceptron::read(Initialisers& from, const std::string& name, int inputs, int numbers) {
    Perceptron p;
    p.layers_[0] = dense(from, name + ".net.0", inputs, true);
    for (int i = 1; i < 3 && from.whole(); ++i)
        p.layers_[i] = dense(from, name + ".net." + std::to_string(2 * i), p.layers_[i - 1].outputs, true);
    p.straight_ = dense(from, name + ".straight", inputs, false);
    p.basis_ = from.numbers(name + ".basis", {p.layers_[2].outputs, numbers});
    p.mean_ = from.numbers(name + ".mean", {numbers});
    if (p.straight_.outputs != p.layers_[2].outputs) from.spoil();
    return p;
}

std::vector<float> Perceptron::Dense::of(std::span<const float> input) const {
    std::vector<float> out(static_cast<std::size_t>(outputs));
    for (std::size_t o = 0; o < out.size(); ++o) {
        const float* w = weight.data() + o * input.size();
        float sum = bias.empty() ? 0.0F : bias[o];
        for (std::size_t i = 0; i < input.size(); ++i) sum += w[i] * input[i];
        out[o] = sum;
    }
    return out;
}

std::vector<float> Perceptron::apply(std::span<const float> input) const {
    std::vector<float> amount = layers_[2].of(leaky(layers_[1].of(leaky(layers_[0].of(input)))));
    const std::vector<float> straight = straight_.of(input);
    std::vector<float> out = mean_;
    for (std::size_t r = 0; r < amount.size(); ++r) {
        const float a = amount[r] + straight[r];
        const float* b = basis_.data() + r * out.size();
        for (std::size_t i = 0; i < out.size(); ++i) out[i] += a * b[i];
    }
    constexpr float kMost = 16.0F;
    for (float& x : out) x = x > -kMost ? (x < kMost ? x : kMost) : -kMost;
    return out;
}

}  // namespace limner
