#include "generator/program.h"

#include <algorithm>
#include <cstring>

namespace limner::net {
namespace {

constexpr std::size_t kChunk =
    2048;  // numbers that stay in the nearest cache between a step and what is done after it

// The sides of what comes out, and how far apart an operand's numbers are along each: 0 where it has only one. Neighbouring
// sides along which both operands go on evenly are one.
struct Walk {
    std::size_t sides = 0;
    std::array<std::size_t, 4> side{};
    std::array<std::array<std::size_t, 4>, 2> step{};
};

Walk walk(const Shape& out, const Shape& a, const Shape& b) {
    Walk w;
    std::array<std::size_t, 2> next{1, 1};
    for (std::size_t i = 4; i-- > 0;) {  // the innermost first
        if (out[i] == 1) continue;
        const auto side = static_cast<std::size_t>(out[i]);
        std::array<std::size_t, 2> step{};
        for (std::size_t k = 0; k < 2; ++k) {
            const auto own = static_cast<std::size_t>(k == 0 ? a[i] : b[i]);
            step[k] = own == 1 ? 0 : next[k];
            next[k] *= own;
        }
        const auto goes_on = [&](std::size_t k) {
            return step[k] == w.step[k][w.sides - 1] * w.side[w.sides - 1];
        };
        if (w.sides > 0 && goes_on(0) && goes_on(1)) {
            w.side[w.sides - 1] *= side;
            continue;
        }
        w.side[w.sides] = side;
        for (std::size_t k = 0; k < 2; ++k) w.step[k][w.sides] = step[k];
        ++w.sides;
    }
    if (w.sides == 0) w.side[w.sides++] = 1;
    return w;
}

}  // namespace

float* Program::data(int v) {
    Store& s = store(v);
    return (s.weights.empty() ? memory.data() + s.at : s.weights.data()) + value(v).offset;
}

void Program::run() {
    for (const Step& step : steps) run(step);
}

void Program::run_binary(const Step& step) {
    const float *a = data(step.in[0]), *b = data(step.in[1]);
    float* y = data(step.out);
    const Walk w = walk(shape(step.out), shape(step.in[0]), shape(step.in[1]));
    const std::size_t inner = w.side[0], one_a = w.step[0][0], one_b = w.step[1][0];  // the latter 0 or 1
    std::array<std::size_t, 4> at{};
    for (;;) {
        const float *row_a = a, *row_b = b;
        for (std::size_t i = 1; i < w.sides; ++i) {
            row_a += at[i] * w.step[0][i];
            row_b += at[i] * w.step[1][i];
        }
        for (std::size_t done = 0; done < inner; done += kChunk, y += kChunk) {
            const std::size_t some = std::min(kChunk, inner - done);
            kernels::binary(step.binary, some, row_a + done * one_a, static_cast<int>(one_a),
                            row_b + done * one_b, static_cast<int>(one_b), y);
            if (step.after) kernels::unary(step.after->first, some, y, y, step.after->second, 0);
            if (some < kChunk) {
                y += some;
                break;
            }
        }
        std::size_t i = 1;
        while (i < w.sides && ++at[i] == w.side[i]) at[i++] = 0;
        if (i >= w.sides) return;
    }
}

void Program::run_strided(const Step& step) {
    const Shape& out = shape(step.out);
    const float* x = data(step.in[0]) + step.start;
    float* y = data(step.out);
    for (int i = 0; i < out[0]; ++i)
        for (int j = 0; j < out[1]; ++j)
            for (int k = 0; k < out[2]; ++k) {
                const float* row = x + i * step.stride[0] + j * step.stride[1] + k * step.stride[2];
                for (int l = 0; l < out[3]; ++l) *y++ = row[l * step.stride[3]];
            }
}

void Program::run_concat(const Step& step) {
    const Shape& out = shape(step.out);
    const auto a = static_cast<std::size_t>(step.axis);
    std::size_t outer = 1, inner = 1;
    for (std::size_t i = 0; i < a; ++i) outer *= static_cast<std::size_t>(out[i]);
    for (std::size_t i = a + 1; i < 4; ++i) inner *= static_cast<std::size_t>(out[i]);
    float* y = data(step.out);
    for (std::size_t i = 0; i < outer; ++i) {
        for (const int v : step.in) {
            const std::size_t some = static_cast<std::size_t>(shape(v)[a]) * inner;
            std::memcpy(y, data(v) + i * some, some * sizeof(float));
            y += some;
        }
    }
}

void Program::run_conv(const Step& step) {
    const Shape &in = shape(step.in[0]), &out = shape(step.out);
    const float* x = data(step.in[0]);
    float* y = data(step.out);
    kernels::Conv3 conv;
    conv.inputs = in[1], conv.outputs = out[1], conv.height = in[2], conv.width = in[3];
    if (step.kind == StepKind::kConv3Small)
        return kernels::conv3_small(conv, data(step.in[1]), x, y, scratch.data());
    conv.weights = prepared[step.prepared].data();
    if (step.scale >= 0) conv.scale = data(step.scale);
    if (step.gain >= 0) conv.gain = data(step.gain);
    if (step.shift >= 0) conv.shift = data(step.shift);
    conv.slope = step.p;
    kernels::conv3(conv, x, y, scratch.data());
}

void Program::run(const Step& step) {
    const Shape &in = shape(step.in[0]), &out = shape(step.out);
    const float* x = data(step.in[0]);
    float* y = data(step.out);
    const auto bias = [&]() -> const float* { return step.in.size() > 2 ? data(step.in[2]) : nullptr; };
    using Kind = StepKind;
    switch (step.kind) {
        case Kind::kBinary: return run_binary(step);
        case Kind::kStrided: return run_strided(step);
        case Kind::kUnary: return kernels::unary(step.unary, count_of(out), x, y, step.p, step.q);
        case Kind::kMultiply: return kernels::multiply(in[2], out[3], in[3], x, data(step.in[1]), nullptr, y);
        case Kind::kDense: return kernels::dense(out[3], in[3], data(step.in[1]), x, bias(), y);
        case Kind::kPointwise:
            return kernels::multiply(out[1], in[2] * in[3], in[1], data(step.in[1]), x, bias(), y);
        case Kind::kDepthwise: return kernels::depthwise3(in[1], in[3], in[2], data(step.in[1]), x, y);
        case Kind::kTwice: return kernels::twice(in[1], in[3], in[2], x, y, scratch.data());
        case Kind::kHalf: return kernels::half(in[1], in[3], in[2], x, y);
        case Kind::kShuffle: return kernels::shuffle2(out[1], in[3], in[2], x, y);
        case Kind::kSoftmax:
            return kernels::softmax(in[1], count_of(in) / static_cast<std::size_t>(in[1]), x, y);
        case Kind::kSum: return kernels::sum_channels(in[1], count_of(out), x, y);
        case Kind::kConcat: return run_concat(step);
        case Kind::kConv3:
        case Kind::kConv3Small: return run_conv(step);
    }
}

}  // namespace limner::net
