// The part of ONNX (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, IR version 8) that a pack's network is stored in: nodes
// and initialisers with raw data, static shapes. Foreign bytes: everything read lies within them, and nothing is copied.
#pragma once
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace limner {

using Dims = std::vector<int>;  // each 0..2^26

struct OnnxTensor {
    enum class Type { kFloat, kHalf, kInteger, kByte } type = Type::kFloat;  // float32, float16, int64, int8
    std::string_view name;
    Dims dims;
    std::size_t count = 0;              // of elements, at most 2^26
    std::span<const std::uint8_t> raw;  // little-endian; as long as type and count say
};

// Elements of a tensor of float32, float16 or int8; zeros of another.
std::vector<float> numbers_of(const OnnxTensor& tensor);

struct OnnxAttribute {
    std::string_view name, text;         // text of STRING
    std::vector<std::int64_t> integers;  // of INT and INTS
    float number = 0;                    // of FLOAT
};

struct OnnxNode {
    std::string_view op;
    std::vector<std::string_view> inputs, outputs;
    std::vector<OnnxAttribute> attributes;

    // The attribute, or `otherwise` where there is none.
    const OnnxAttribute* attribute(std::string_view name) const;  // nullptr where there is none
    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
    float number(std::string_view name, float otherwise) const;
    std::string_view text(std::string_view name) const;
};

struct OnnxGraph {  // views into the bytes it was read from
    std::vector<OnnxNode> nodes;
    std::vector<OnnxTensor> initialisers;
    std::vector<std::pair<std::string_view, Dims>> inputs, outputs;
};

// "network.form" if these bytes are no such model; the sentence says what is wrong.
Result<OnnxGraph> read_onnx(std::span<const std::uint8_t> bytes);

}  // namespace limner
