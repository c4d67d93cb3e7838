// A pack's network on one processor core: where there is no WebGPU, before WebGPU is ready, in Node and in native tests. It reads the
// pack's ONNX files, whichever precision, and computes in float32; the same bytes come out natively and in WebAssembly.
//
// Operators are those that `limner train export` writes (fold.py): Add, AveragePool (2x2), Cast, Clip, Concat, Conv (1x1, 3x3, depthwise 3x3), Cos,
// DepthToSpace, Div, Exp, Gemm, LeakyRelu, MatMul, Mul, Neg, Pow (2), Reciprocal, ReduceSum, Reshape, Resize (twice, linear),
// Sigmoid, Sin, Slice, Softmax, Split, Sqrt, Sub, Transpose, Unsqueeze; one picture at a time, static shapes.
#pragma once
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace limner {

namespace net {
struct Program;
}

class Network {
public:
    // Codes: network.form (see onnx.h), network.operator (one it does not know, or with an unknown setting), network.shape (sizes that
    // do not fit together), network.size (it needs more than 1 GB to run).
    static Result<Network> open(std::span<const std::uint8_t> onnx);

    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

    // Elements of an input or of the first output; 0 if there is none of this name.
    std::size_t input_count(std::string_view name) const;
    std::size_t output_count() const;
    std::size_t bytes() const;  // of memory it takes, weights included

    // Where to write an input before a run; empty if there is none of this name.
    std::span<float> input(std::string_view name);
    // The first output. It stays valid until the next run.
    std::span<const float> run();

private:
    explicit Network(std::unique_ptr<net::Program> program);
    std::unique_ptr<net::Program> program_;
};

}  // namespace limner
