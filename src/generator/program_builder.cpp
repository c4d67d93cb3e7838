// A graph of ONNX as a Program: shapes are worked out, names become numbers.
#include "generator/program.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <span>
#include <string_view>

namespace limner::net {
namespace {

using kernels::Binary;
using kernels::Unary;
using Kind = StepKind;

constexpr int kMostSide = 1 << 26;
constexpr std::size_t kMostWorkedOut = 1 << 24;  // numbers, ahead of all runs

// The first thing wrong is kept, and nothing after it is looked at.
class Builder {
public:
    explicit Builder(Program& to) : p_(to) {}

    std::optional<Error> build(const OnnxGraph& graph) {
        for (const OnnxTensor& tensor : graph.initialisers) constant(tensor);
        for (const auto& [name, dims] : graph.inputs) {
            if (const auto shape = shape_of(dims)) {
                const int value = fresh(*shape, static_cast<int>(dims.size()));
                names_[name] = value;
                p_.inputs.emplace_back(std::string(name), value);
            }
        }
        for (const OnnxNode& node : graph.nodes) {
            if (trouble_) return trouble_;
            add(node);
        }
        if (trouble_) return trouble_;
        const auto found = names_.find(graph.outputs[0].first);
        if (found == names_.end() || value(found->second).store < 0)
            return Error{"network.shape", "The pack's network gives nothing."};
        p_.output = found->second;
        join_steps(p_);
        return plan_memory(p_);
    }

private:
    Value& value(int v) { return p_.value(v); }
    Store& store(int v) { return p_.store(v); }
    const Shape& shape(int v) { return p_.shape(v); }

    void fail(const char* code, std::string_view what) {
        if (!trouble_)
            trouble_ = Error{code, "The pack's network does not work here: " + std::string(what) + "."};
    }
    void unfit(const OnnxNode& node) {
        fail("network.shape", "sizes do not fit together at a step " + std::string(node.op.substr(0, 24)));
    }
    void unknown(const OnnxNode& node) {
        fail("network.operator",
             "it has a step that is not known (" + std::string(node.op.substr(0, 24)) + ")");
    }

    std::optional<Shape> shape_of(std::span<const int> dims) {
        Shape shape{1, 1, 1, 1};
        std::uint64_t count = 1;  // std::size_t has 32 bits in WebAssembly
        if (dims.size() > 4)
            return fail("network.shape", "a tensor has more than four dimensions"), std::nullopt;
        for (std::size_t i = 0; i < dims.size(); ++i) {
            if (dims[i] < 1 || dims[i] > kMostSide)
                return fail("network.shape", "a tensor is empty"), std::nullopt;
            shape[4 - dims.size() + i] = dims[i];
            count *= static_cast<std::uint64_t>(dims[i]);
            if (count * sizeof(float) > kMostBytes)
                return fail("network.size", "a tensor is too large"), std::nullopt;
        }
        return shape;
    }

    int view(const Shape& shape, int rank, int store, std::size_t offset) {
        Value v;
        v.shape = shape;
        v.rank = rank;
        v.store = store;
        v.offset = offset;
        p_.values.push_back(v);
        return static_cast<int>(p_.values.size()) - 1;
    }
    int fresh(const Shape& shape, int rank) {
        Store made;
        made.count = count_of(shape);
        p_.stores.push_back(std::move(made));
        return view(shape, rank, static_cast<int>(p_.stores.size()) - 1, 0);
    }

    void constant(const OnnxTensor& tensor) {
        if (trouble_) return;
        if (tensor.type == OnnxTensor::Type::kInteger) {
            Value v;
            v.integers.resize(tensor.count);
            if (tensor.count > 16) return fail("network.shape", "a list of sizes is too long");
            if (tensor.count > 0) std::memcpy(v.integers.data(), tensor.raw.data(), tensor.raw.size());
            p_.values.push_back(std::move(v));
            names_[tensor.name] = static_cast<int>(p_.values.size()) - 1;
            return;
        }
        if (tensor.count == 0) return;  // Resize's "roi"
        const auto shape = shape_of(tensor.dims);
        if (!shape) return;
        const int made = fresh(*shape, static_cast<int>(tensor.dims.size()));
        value(made).constant = true;
        store(made).weights = numbers_of(tensor);
        names_[tensor.name] = made;
    }

    // A value that holds numbers, or -1.
    int input(const OnnxNode& node, std::size_t i) {
        if (i >= node.inputs.size()) return -1;
        const auto found = names_.find(node.inputs[i]);
        return found == names_.end() || value(found->second).store < 0 ? -1 : found->second;
    }
    const std::vector<std::int64_t>* integers(const OnnxNode& node, std::size_t i) {
        if (i >= node.inputs.size()) return nullptr;
        const auto found = names_.find(node.inputs[i]);
        return found == names_.end() || value(found->second).store >= 0 ? nullptr
                                                                        : &value(found->second).integers;
    }
    // One constant number.
    std::optional<float> scalar(const OnnxNode& node, std::size_t i) {
        const int v = input(node, i);
        if (v < 0 || !value(v).constant || !is_scalar(shape(v))) return std::nullopt;
        return store(v).weights[value(v).offset];
    }
    // An axis of a value, counted in Shape.
    std::optional<int> axis(std::int64_t given, int v) {
        const int rank = value(v).rank;
        if (given < 0) given += rank;
        if (given < 0 || given >= rank) return std::nullopt;
        return static_cast<int>(given) + 4 - rank;
    }

    void name(const OnnxNode& node, int v, std::size_t i = 0) {
        if (i < node.outputs.size()) names_[node.outputs[i]] = v;
    }
    Step& step(Kind kind, std::initializer_list<int> in, int out) {
        Step made;
        made.kind = kind;
        made.in = in;
        made.out = out;
        p_.steps.push_back(std::move(made));
        return p_.steps.back();
    }

    void add(const OnnxNode& node) {
        using Make = void (Builder::*)(const OnnxNode&, int);
        static constexpr std::pair<std::string_view, Binary> kBinary[] = {{"Add", Binary::kAdd},
                                                                          {"Sub", Binary::kSubtract},
                                                                          {"Mul", Binary::kMultiply},
                                                                          {"Div", Binary::kDivide}};
        static constexpr std::pair<std::string_view, Unary> kUnary[] = {
            {"Neg", Unary::kNegate}, {"Exp", Unary::kExp},         {"Sqrt", Unary::kSqrt},
            {"Sin", Unary::kSin},    {"Cos", Unary::kCos},         {"Sigmoid", Unary::kSigmoid},
            {"Pow", Unary::kSquare}, {"LeakyRelu", Unary::kLeaky}, {"Reciprocal", Unary::kReciprocal},
            {"Clip", Unary::kClamp}};
        static constexpr std::pair<std::string_view, Make> kOthers[] = {
            {"Cast", &Builder::same},
            {"Unsqueeze", &Builder::unsqueeze},
            {"Reshape", &Builder::reshape},
            {"Slice", &Builder::slice},
            {"Split", &Builder::split},
            {"Transpose", &Builder::transpose},
            {"Concat", &Builder::concat},
            {"Gemm", &Builder::gemm},
            {"MatMul", &Builder::matmul},
            {"Conv", &Builder::conv},
            {"Resize", &Builder::resize},
            {"AveragePool", &Builder::average},
            {"DepthToSpace", &Builder::shuffle},
            {"Softmax", &Builder::over_channels},
            {"ReduceSum", &Builder::over_channels}};
        const int x = input(node, 0);
        if (x < 0 || node.outputs.empty()) return unfit(node);
        for (const auto& [op, which] : kBinary)
            if (node.op == op) return binary(node, which, x);
        for (const auto& [op, which] : kUnary)
            if (node.op == op) return unary(node, which, x);
        for (const auto& [op, make] : kOthers)
            if (node.op == op) return (this->*make)(node, x);
        unknown(node);
    }

    void binary(const OnnxNode& node, Binary op, int a) {
        const int b = input(node, 1);
        if (b < 0) return unfit(node);
        Dims dims(4);
        for (std::size_t i = 0; i < 4; ++i) {
            const int u = shape(a)[i], v = shape(b)[i];
            if (u != v && u != 1 && v != 1) return unfit(node);
            dims[i] = std::max(u, v);
        }
        const auto out = shape_of(dims);
        if (!out) return;
        const int made = fresh(*out, std::max(value(a).rank, value(b).rank));
        name(node, made);
        step(Kind::kBinary, {a, b}, made).binary = op;
        // What depends on no input, as weights that are kept as bytes and what these are multiplied by, is worked out here.
        if (value(a).constant && value(b).constant && worked_out_ + count_of(*out) <= kMostWorkedOut) {
            worked_out_ += count_of(*out);
            value(made).constant = true;
            store(made).weights.resize(count_of(*out));
            p_.run_binary(p_.steps.back());
            p_.steps.pop_back();
        }
    }

    void unary(const OnnxNode& node, Unary op, int x) {
        float p = 0, q = 0;
        if (op == Unary::kSquare && scalar(node, 1) != 2.0F) return unknown(node);
        if (op == Unary::kLeaky) p = node.number("alpha", 0.01F);
        if (op == Unary::kClamp) {
            p = scalar(node, 1).value_or(-3.4e38F);
            q = scalar(node, 2).value_or(3.4e38F);
        }
        const int made = fresh(shape(x), value(x).rank);
        Step& s = step(Kind::kUnary, {x}, made);
        s.unary = op, s.p = p, s.q = q;
        name(node, made);
    }

    void same(const OnnxNode& node, int x) { name(node, x); }

    void reshaped(const OnnxNode& node, int x, std::span<const int> dims) {
        const auto to = shape_of(dims);
        if (!to) return;
        if (count_of(*to) != value(x).count()) return unfit(node);
        const int made = view(*to, static_cast<int>(dims.size()), value(x).store, value(x).offset);
        value(made).constant = value(x).constant;
        name(node, made);
    }

    std::vector<int> dims_of(int x) {
        const Shape& s = shape(x);
        return {s.end() - value(x).rank, s.end()};
    }

    void unsqueeze(const OnnxNode& node, int x) {
        const auto* axes = integers(node, 1);
        std::vector<int> dims = dims_of(x);
        if (!axes || dims.size() + axes->size() > 4) return unfit(node);
        const auto rank = static_cast<std::int64_t>(dims.size() + axes->size());
        std::vector<int> made;
        std::size_t next = 0;
        for (std::int64_t i = 0; i < rank; ++i) {
            const bool added = std::any_of(axes->begin(), axes->end(),
                                           [&](std::int64_t a) { return a == i || a + rank == i; });
            if (!added && next == dims.size()) return unfit(node);  // an axis beyond the last
            made.push_back(added ? 1 : dims[next++]);
        }
        if (next != dims.size()) return unfit(node);
        reshaped(node, x, made);
    }

    void reshape(const OnnxNode& node, int x) {
        const auto* to = integers(node, 1);
        if (!to || to->size() > 4) return unfit(node);
        const std::vector<int> from = dims_of(x);
        std::vector<int> dims;
        std::uint64_t known = 1;
        std::size_t open = 4;
        for (std::size_t i = 0; i < to->size(); ++i) {
            std::int64_t side = (*to)[i];
            if (side == 0 && i < from.size()) side = from[i];
            if (side == -1 && open == 4) {
                open = i;
                side = 1;
            }
            if (side < 1 || side > kMostSide || known * static_cast<std::uint64_t>(side) > kMostBytes)
                return unfit(node);
            known *= static_cast<std::uint64_t>(side);
            dims.push_back(static_cast<int>(side));
        }
        if (open < 4) {
            if (value(x).count() % known != 0) return unfit(node);
            dims[open] = static_cast<int>(value(x).count() / known);
        }
        reshaped(node, x, dims);
    }

    // Some of x along an axis: a view where that is one piece, a copy otherwise.
    int cut(int x, int along, int first, int count) {
        Shape out = shape(x);
        const auto a = static_cast<std::size_t>(along);
        std::size_t before = 1, after = 1;
        for (std::size_t i = 0; i < a; ++i) before *= static_cast<std::size_t>(out[i]);
        for (std::size_t i = a + 1; i < 4; ++i) after *= static_cast<std::size_t>(out[i]);
        const std::size_t start = static_cast<std::size_t>(first) * after;
        const std::array<std::ptrdiff_t, 4> strides = strides_of(out);
        out[a] = count;
        if (before == 1) {
            const int made = view(out, value(x).rank, value(x).store, value(x).offset + start);
            value(made).constant = value(x).constant;
            return made;
        }
        const int made = fresh(out, value(x).rank);
        Step& s = step(Kind::kStrided, {x}, made);
        s.stride = strides;
        s.start = start;
        return made;
    }

    static std::array<std::ptrdiff_t, 4> strides_of(const Shape& shape) {
        std::array<std::ptrdiff_t, 4> strides{};
        std::ptrdiff_t stride = 1;
        for (std::size_t i = 4; i-- > 0;) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    void slice(const OnnxNode& node, int x) {
        const auto *starts = integers(node, 1), *ends = integers(node, 2), *axes = integers(node, 3),
                   *steps = integers(node, 4);
        if (!starts || !ends || !axes || starts->size() != axes->size() || ends->size() != axes->size())
            return unfit(node);
        for (std::size_t i = 0; i < axes->size(); ++i) {
            if (steps && (i >= steps->size() || (*steps)[i] != 1)) return unknown(node);
            const auto along = axis((*axes)[i], x);
            if (!along) return unfit(node);
            const std::int64_t side = shape(x)[static_cast<std::size_t>(*along)];
            const auto place = [&](std::int64_t at) {
                return std::clamp(at < 0 ? at + side : at, std::int64_t{0}, side);
            };
            const std::int64_t first = place((*starts)[i]), last = place((*ends)[i]);
            if (last <= first) return unfit(node);
            x = cut(x, *along, static_cast<int>(first), static_cast<int>(last - first));
        }
        name(node, x);
    }

    void split(const OnnxNode& node, int x) {
        const auto* sizes = integers(node, 1);
        const auto along = axis(node.integer("axis", 0), x);
        if (!sizes || !along || sizes->size() != node.outputs.size()) return unfit(node);
        std::int64_t first = 0;
        const std::int64_t side = shape(x)[static_cast<std::size_t>(*along)];
        for (std::size_t i = 0; i < sizes->size(); ++i) {
            const std::int64_t count = (*sizes)[i];
            if (count < 1 || count > side - first) return unfit(node);
            name(node, cut(x, *along, static_cast<int>(first), static_cast<int>(count)), i);
            first += count;
        }
    }

    void transpose(const OnnxNode& node, int x) {
        const auto rank = static_cast<std::size_t>(value(x).rank);
        std::vector<std::int64_t> order(rank);
        for (std::size_t i = 0; i < rank; ++i) order[i] = static_cast<std::int64_t>(rank - 1 - i);
        if (const OnnxAttribute* given = node.attribute("perm")) order = given->integers;
        if (order.size() != rank) return unfit(node);
        Shape out{1, 1, 1, 1};
        const auto strides = strides_of(shape(x));
        std::array<std::ptrdiff_t, 4> stride{};
        std::uint32_t seen = 0;
        for (std::size_t i = 0; i < rank; ++i) {
            if (order[i] < 0 || order[i] >= static_cast<std::int64_t>(rank)) return unfit(node);
            const std::size_t from = 4 - rank + static_cast<std::size_t>(order[i]);
            out[4 - rank + i] = shape(x)[from];
            stride[4 - rank + i] = strides[from];
            seen |= 1U << from;
        }
        if (seen != (0xfU & ~((1U << (4 - rank)) - 1U))) return unfit(node);
        const int made = fresh(out, static_cast<int>(rank));
        step(Kind::kStrided, {x}, made).stride = stride;
        name(node, made);
    }

    void concat(const OnnxNode& node, int x) {
        const auto along = axis(node.integer("axis", 0), x);
        if (!along) return unfit(node);
        const auto a = static_cast<std::size_t>(*along);
        std::vector<int> in, dims(shape(x).begin(), shape(x).end());
        std::int64_t side = 0;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            const int v = input(node, i);
            if (v < 0 || value(v).rank != value(x).rank) return unfit(node);
            for (std::size_t k = 0; k < 4; ++k)
                if (k != a && shape(v)[k] != shape(x)[k]) return unfit(node);
            side += shape(v)[a];
            in.push_back(v);
        }
        if (side > kMostSide) return unfit(node);
        dims[a] = static_cast<int>(side);
        const auto out = shape_of(dims);
        if (!out) return;
        const int made = fresh(*out, value(x).rank);
        Step& s = step(Kind::kConcat, {}, made);
        s.in = std::move(in);
        s.axis = *along;
        name(node, made);
    }

    void gemm(const OnnxNode& node, int x) {
        const int w = input(node, 1), bias = input(node, 2);
        if (node.integer("transA", 0) != 0 || node.integer("transB", 0) != 1 ||
            node.number("alpha", 1) != 1 || node.number("beta", 1) != 1)
            return unknown(node);
        if (w < 0 || value(x).rank != 2 || value(w).rank != 2 || shape(x)[2] != 1 ||
            shape(w)[3] != shape(x)[3])
            return unfit(node);
        const int n = shape(w)[2];
        const bool biased = node.inputs.size() > 2;
        if (biased && (bias < 0 || value(bias).count() != static_cast<std::size_t>(n))) return unfit(node);
        const int made = fresh({1, 1, 1, n}, 2);
        Step& s = step(Kind::kDense, {x, w}, made);
        if (biased) s.in.push_back(bias);
        name(node, made);
    }

    void matmul(const OnnxNode& node, int a) {
        const int b = input(node, 1);
        if (b < 0 || shape(a)[0] != 1 || shape(a)[1] != 1 || shape(b)[0] != 1 || shape(b)[1] != 1 ||
            shape(a)[3] != shape(b)[2] || value(a).rank < 2 || value(b).rank < 2)
            return unfit(node);
        const auto out = shape_of(std::array<int, 2>{shape(a)[2], shape(b)[3]});
        if (!out) return;
        const int made = fresh(*out, std::max(value(a).rank, value(b).rank));
        step(Kind::kMultiply, {a, b}, made);
        name(node, made);
    }

    void conv(const OnnxNode& node, int x) {
        const int w = input(node, 1), bias = input(node, 2);
        if (w < 0 || !value(w).constant || value(w).rank != 4 || value(x).rank != 4 || shape(x)[0] != 1)
            return unfit(node);
        const Shape s = shape(x), k = shape(w);
        const std::int64_t group = node.integer("group", 1);
        for (const OnnxAttribute& a : node.attributes) {
            const bool ones = a.name == "strides" || a.name == "dilations", pads = a.name == "pads";
            for (const std::int64_t n : a.integers)
                if ((ones && n != 1) || (pads && n != (k[2] - 1) / 2)) return unknown(node);
        }
        if (k[2] == 3 && node.integer("pads", 0) != 1) return unknown(node);
        if (k[2] != k[3] || (k[2] != 1 && k[2] != 3)) return unknown(node);
        const bool depthwise = group != 1;
        if (depthwise ? (group != s[1] || k[0] != s[1] || k[1] != 1 || k[2] != 3) : k[1] != s[1])
            return unfit(node);
        const auto out = shape_of(std::array<int, 4>{1, k[0], s[2], s[3]});
        if (!out) return;
        const bool biased = node.inputs.size() > 2;
        if (biased && (bias < 0 || value(bias).count() != static_cast<std::size_t>(k[0]) || k[2] == 3))
            return unknown(node);
        Kind kind = Kind::kPointwise;
        if (k[2] == 3)
            kind = depthwise                         ? Kind::kDepthwise
                   : s[3] % 16 == 0 && s[2] % 4 == 0 ? Kind::kConv3
                                                     : Kind::kConv3Small;
        const int made = fresh(*out, 4);
        Step& st = step(kind, {x, w}, made);
        if (biased) st.in.push_back(bias);
        if (kind == Kind::kConv3) {
            if (value(w).count() * 4 * sizeof(float) > kMostBytes)
                return fail("network.size", "a tensor is too large");
            st.prepared = p_.prepared.size();
            p_.prepared.push_back(
                kernels::conv3_weights(store(w).weights.data() + value(w).offset, k[0], k[1]));
        }
        name(node, made);
    }

    void resize(const OnnxNode& node, int x) {
        const int scales = input(node, 2);
        if (node.text("mode") != "linear" || node.text("coordinate_transformation_mode") != "half_pixel" ||
            scales < 0 || !value(scales).constant || value(scales).count() != 4)
            return unknown(node);
        const float* f = store(scales).weights.data() + value(scales).offset;
        if (f[0] != 1 || f[1] != 1 || f[2] != 2 || f[3] != 2) return unknown(node);
        enlarged(node, x, Kind::kTwice, shape(x)[1]);
    }

    void average(const OnnxNode& node, int x) {
        const auto all = [&](std::string_view name, std::size_t count, std::int64_t wanted, bool needed) {
            const OnnxAttribute* a = node.attribute(name);
            return a ? a->integers == std::vector<std::int64_t>(count, wanted) : !needed;
        };
        if (!all("kernel_shape", 2, 2, true) || !all("strides", 2, 2, true) || !all("pads", 4, 0, false) ||
            node.integer("ceil_mode", 0) != 0 || !node.text("auto_pad").empty())
            return unknown(node);
        const Shape& s = shape(x);
        if (value(x).rank != 4 || s[0] != 1 || s[2] % 2 != 0 || s[3] % 2 != 0) return unfit(node);
        const int made = fresh({1, s[1], s[2] / 2, s[3] / 2}, 4);
        step(Kind::kHalf, {x}, made);
        name(node, made);
    }

    void shuffle(const OnnxNode& node, int x) {
        if (node.text("mode") != "CRD" || node.integer("blocksize", 0) != 2) return unknown(node);
        if (shape(x)[1] % 4 != 0) return unfit(node);
        enlarged(node, x, Kind::kShuffle, shape(x)[1] / 4);
    }

    void enlarged(const OnnxNode& node, int x, Kind kind, int channels) {
        const Shape& s = shape(x);
        if (value(x).rank != 4 || s[0] != 1 || s[2] > kMostSide / 2 || s[3] > kMostSide / 2)
            return unfit(node);
        const auto out = shape_of(std::array<int, 4>{1, channels, 2 * s[2], 2 * s[3]});
        if (!out) return;
        const int made = fresh(*out, 4);
        step(kind, {x}, made);
        name(node, made);
    }

    void over_channels(const OnnxNode& node, int x) {
        const bool sum = node.op == "ReduceSum";
        const auto* axes = sum ? integers(node, 1) : nullptr;
        if (sum ? !axes || *axes != std::vector<std::int64_t>{1} || node.integer("keepdims", 1) != 1
                : node.integer("axis", -1) != 1)
            return unknown(node);
        if (value(x).rank != 4 || shape(x)[0] != 1) return unfit(node);
        Shape out = shape(x);
        if (sum) out[1] = 1;
        const int made = fresh(out, 4);
        step(sum ? Kind::kSum : Kind::kSoftmax, {x}, made);
        name(node, made);
    }

    Program& p_;
    std::map<std::string_view, int> names_;
    std::size_t worked_out_ = 0;
    std::optional<Error> trouble_;
};

}  // namespace

Result<Program> build_program(const OnnxGraph& graph) {
    Program program;
    if (auto trouble = Builder(program).build(graph)) return *std::move(trouble);
    return program;
}

}  // namespace limner::net
