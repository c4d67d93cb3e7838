// What network.h runs: a graph as a flat list of steps over one stretch of memory.
#pragma once
#include "base/result.h"
#include "generator/kernels.h"
#include "generator/onnx.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace limner::net {

using Shape = std::array<int, 4>;  // the last is the fastest; shorter shapes have ones in front

inline std::size_t count_of(const Shape& shape) {
    std::size_t count = 1;
    for (const int side : shape) count *= static_cast<std::size_t>(side);
    return count;
}
inline bool is_scalar(const Shape& shape) { return count_of(shape) == 1; }

constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // that a program may take

// Numbers, somewhere in weights or in the run's memory. Several values may look at one store.
struct Value {
    Shape shape{1, 1, 1, 1};
    int rank = 0;
    int store = -1;
    std::size_t offset = 0;              // in floats, from the store's start
    std::vector<std::int64_t> integers;  // of what says how, not what: shapes, axes
    bool constant = false;
    std::size_t count() const { return count_of(shape); }
};

struct Store {
    std::vector<float> weights;
    std::size_t count = 0;
    int first = -1, last = -1;  // steps that write it and read it last
    int uses = 0;
    std::size_t at = 0;  // in the run's memory
};

enum class StepKind {
    kBinary,
    kUnary,
    kMultiply,
    kDense,
    kPointwise,
    kConv3,
    kConv3Small,
    kDepthwise,
    kConcat,
    kStrided,
    kTwice,
    kHalf,
    kShuffle,
    kSoftmax,
    kSum
};

struct Step {
    StepKind kind;
    std::vector<int> in;  // values
    int out = -1;
    kernels::Binary binary = kernels::Binary::kAdd;
    kernels::Unary unary = kernels::Unary::kScale;
    float p = 0, q = 0;
    std::optional<std::pair<kernels::Unary, float>> after;  // done to what comes out, while it is at hand
    int axis = 0;
    std::array<std::ptrdiff_t, 4> stride{};  // kStrided: in the source, of each side of what comes out
    std::size_t start = 0;
    int scale = -1, gain = -1, shift = -1;  // kConv3: values
    std::size_t prepared = 0;               // kConv3: index of its weights
    bool gone = false;
};

struct Program {
    std::deque<Value> values;  // deques, so that what is looked at stays where it is while more is added
    std::deque<Store> stores;
    std::vector<Step> steps;
    std::vector<std::vector<float>> prepared;
    std::vector<float> memory, scratch;
    std::vector<std::pair<std::string, int>> inputs;
    int output = -1;

    Value& value(int v) { return values[static_cast<std::size_t>(v)]; }
    Store& store(int v) { return stores[static_cast<std::size_t>(value(v).store)]; }
    const Shape& shape(int v) const { return values[static_cast<std::size_t>(v)].shape; }
    float* data(int v);
    void run();
    void run_binary(const Step& step);

private:
    void run(const Step& step);
    void run_strided(const Step& step);
    void run_concat(const Step& step);
    void run_conv(const Step& step);
};

// Ready to run. Codes as Network::open.
Result<Program> build_program(const OnnxGraph& graph);

// Of that, what follows once every step is known. Steps that belong together become one,
void join_steps(Program& program);
// and every store gets a stretch of the run's memory, none over another that is still needed. "network.size"
std::optional<Error> plan_memory(Program& program);

}  // namespace limner::net
