#include "generator/foresight.h"

#include <algorithm>
#include <numeric>

namespace limner {

namespace {
constexpr float kSlope = 0.2F;  // of the leaky ReLU
}

double Foresight::foretold(std::span<const float> input) const {
    const std::size_t inputs = (weights.size() - 2 * hidden - 1) / (hidden + 1);
    const float* row = weights.data();
    const float* bias = row + hidden * inputs;
    const float* out = bias + hidden;
    const float* linear = out + hidden;
    const auto times = [&](const float* with) {
        return std::inner_product(with, with + inputs, input.begin(), 0.0F);
    };
    float sum = linear[inputs] + times(linear);
    for (std::size_t h = 0; h < hidden; ++h, row += inputs) {
        const float x = times(row) + bias[h];
        sum += out[h] * std::max(x, kSlope * x);
    }
    return sum;
}

}  // namespace limner
