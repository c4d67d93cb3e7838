#include "generator/onnx.h"

#include <bit>
#include <cstring>
#include <optional>

namespace limner {
namespace {

constexpr std::size_t kMostNodes = 20000, kMostElements = std::size_t{1} << 26;
constexpr std::int64_t kMostSide = std::int64_t{1} << 26;

// A protocol buffers message (https://protobuf.dev/programming-guides/encoding): one field after the other.
class Message {
public:
    explicit Message(std::span<const std::uint8_t> bytes) : left_(bytes) {}

    // The next field; false at the end, and where the bytes make no sense.
    bool next() {
        if (left_.empty() || !sound_) return false;
        const std::uint64_t key = varint();
        field_ = static_cast<int>(key >> 3);
        value_ = 0;
        body_ = {};
        switch (key & 7) {
            case 0: value_ = varint(); break;
            case 1: body_ = take(8); break;
            case 2: body_ = take(varint()); break;
            case 5: body_ = take(4); break;
            default: sound_ = false;
        }
        return sound_;
    }

    bool sound() const { return sound_; }
    int field() const { return field_; }
    std::int64_t integer() const { return std::bit_cast<std::int64_t>(value_); }
    std::span<const std::uint8_t> body() const { return body_; }
    std::string_view text() const { return {reinterpret_cast<const char*>(body_.data()), body_.size()}; }
    float number() const {
        float x = 0;
        if (body_.size() == 4) std::memcpy(&x, body_.data(), 4);
        return x;
    }
    // A repeated integer comes alone, or packed with others.
    void integers(std::vector<std::int64_t>& to) const {
        if (body_.empty()) {
            to.push_back(integer());
            return;
        }
        Message packed(body_);
        while (packed.sound_ && !packed.left_.empty())
            to.push_back(std::bit_cast<std::int64_t>(packed.varint()));
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (left_.empty()) break;
            const std::uint8_t byte = left_[0];
            left_ = left_.subspan(1);
            value |= static_cast<std::uint64_t>(byte & 127U) << shift;
            if (byte < 128) return value;
        }
        sound_ = false;
        return 0;
    }

    std::span<const std::uint8_t> take(std::uint64_t count) {
        if (count > left_.size()) {
            sound_ = false;
            return {};
        }
        const auto taken = left_.first(static_cast<std::size_t>(count));
        left_ = left_.subspan(static_cast<std::size_t>(count));
        return taken;
    }

    std::span<const std::uint8_t> left_, body_;
    bool sound_ = true;
    int field_ = 0;
    std::uint64_t value_ = 0;
};

// Reads messages of one kind into another, and keeps the first thing wrong.
class Reader {
public:
    Result<OnnxGraph> run(std::span<const std::uint8_t> bytes) {
        each(bytes, [&](const Message& m) {
            if (m.field() == 7) graph(m.body());
        });
        if (!trouble_ && (graph_.nodes.empty() || graph_.inputs.empty() || graph_.outputs.empty()))
            fail("it holds no network");
        if (trouble_) return *trouble_;
        return std::move(graph_);
    }

private:
    void fail(const char* what) {
        if (!trouble_)
            trouble_ = Error{"network.form", std::string("The pack's network cannot be read: ") + what + "."};
    }

    template <class Act>
    void each(std::span<const std::uint8_t> bytes, Act act) {
        Message m(bytes);
        while (!trouble_ && m.next()) act(m);
        if (!m.sound()) fail("it is damaged or cut short");
    }

    void graph(std::span<const std::uint8_t> bytes) {
        each(bytes, [&](const Message& m) {
            switch (m.field()) {
                case 1: node(m.body()); break;
                case 5: tensor(m.body()); break;
                case 11: value(m.body(), graph_.inputs); break;
                case 12: value(m.body(), graph_.outputs); break;
                default: break;
            }
        });
    }

    void node(std::span<const std::uint8_t> bytes) {
        if (graph_.nodes.size() >= kMostNodes) return fail("it has too many steps");
        OnnxNode& node = graph_.nodes.emplace_back();
        each(bytes, [&](const Message& m) {
            switch (m.field()) {
                case 1: node.inputs.push_back(m.text()); break;
                case 2: node.outputs.push_back(m.text()); break;
                case 4: node.op = m.text(); break;
                case 5: attribute(m.body(), node); break;
                default: break;
            }
        });
    }

    void attribute(std::span<const std::uint8_t> bytes, OnnxNode& node) {
        OnnxAttribute& made = node.attributes.emplace_back();
        each(bytes, [&](const Message& m) {
            switch (m.field()) {
                case 1: made.name = m.text(); break;
                case 2: made.number = m.number(); break;
                case 3: made.integers.push_back(m.integer()); break;
                case 4: made.text = m.text(); break;
                case 8: m.integers(made.integers); break;
                default: break;
            }
        });
    }

    // "dims" are to be trusted afterwards.
    std::size_t counted(const std::vector<std::int64_t>& sides, Dims& dims) {
        std::uint64_t count = 1;  // std::size_t has 32 bits in WebAssembly
        if (sides.size() > 8) fail("a tensor has too many dimensions");
        for (const std::int64_t side : sides) {
            if (side < 0 || side > kMostSide) {
                fail("a tensor has an impossible size");
                return 0;
            }
            dims.push_back(static_cast<int>(side));
            count *= static_cast<std::uint64_t>(side);
            if (count > kMostElements) {
                fail("a tensor is too large");
                return 0;
            }
        }
        return static_cast<std::size_t>(count);
    }

    void tensor(std::span<const std::uint8_t> bytes) {
        OnnxTensor& tensor = graph_.initialisers.emplace_back();
        std::vector<std::int64_t> sides;
        std::int64_t type = 0;
        each(bytes, [&](const Message& m) {
            switch (m.field()) {
                case 1: m.integers(sides); break;
                case 2: type = m.integer(); break;
                case 8: tensor.name = m.text(); break;
                case 9: tensor.raw = m.body(); break;
                default: break;
            }
        });
        if (trouble_) return;
        tensor.count = counted(sides, tensor.dims);
        std::size_t size = 0;
        switch (type) {
            case 1: size = 4; break;
            case 3: size = 1, tensor.type = OnnxTensor::Type::kByte; break;
            case 7: size = 8, tensor.type = OnnxTensor::Type::kInteger; break;
            case 10: size = 2, tensor.type = OnnxTensor::Type::kHalf; break;
            default: return fail("a tensor's numbers are of an unknown kind");
        }
        if (tensor.raw.size() != size * tensor.count) fail("a tensor is longer or shorter than it says");
    }

    // ValueInfoProto > TypeProto > Tensor > TensorShapeProto > Dimension
    void value(std::span<const std::uint8_t> bytes, std::vector<std::pair<std::string_view, Dims>>& to) {
        std::string_view name;
        std::vector<std::int64_t> sides;
        each(bytes, [&](const Message& m) {
            if (m.field() == 1) name = m.text();
            if (m.field() != 2) return;
            each(m.body(), [&](const Message& type) {
                if (type.field() != 1) return;
                each(type.body(), [&](const Message& of) {
                    if (of.field() != 2) return;
                    each(of.body(), [&](const Message& side) {
                        if (side.field() != 1) return;
                        std::int64_t size = 0;
                        each(side.body(), [&](const Message& d) {
                            if (d.field() == 1) size = d.integer();
                        });
                        sides.push_back(size);
                    });
                });
            });
        });
        if (trouble_) return;
        auto& made = to.emplace_back();
        made.first = name;
        counted(sides, made.second);
    }

    OnnxGraph graph_;
    std::optional<Error> trouble_;
};

}  // namespace

const OnnxAttribute* OnnxNode::attribute(std::string_view name) const {
    for (const OnnxAttribute& a : attributes)
        if (a.name == name) return &a;
    return nullptr;
}
std::int64_t OnnxNode::integer(std::string_view name, std::int64_t otherwise) const {
    const OnnxAttribute* a = attribute(name);
    return a && !a->integers.empty() ? a->integers.front() : otherwise;
}
float OnnxNode::number(std::string_view name, float otherwise) const {
    const OnnxAttribute* a = attribute(name);
    return a ? a->number : otherwise;
}
std::string_view OnnxNode::text(std::string_view name) const {
    const OnnxAttribute* a = attribute(name);
    return a ? a->text : std::string_view();
}

std::vector<float> numbers_of(const OnnxTensor& tensor) {
    const auto half = [](std::uint16_t h) {
        const std::uint32_t sign = static_cast<std::uint32_t>(h & 0x8000U) << 16, rest = h & 0x7fffU;
        if (rest >= 0x7c00U) return std::bit_cast<float>(sign | 0x7f800000U | (rest & 0x3ffU) << 13);
        // Exponents are moved by a multiplication, which is right for subnormal numbers too.
        return std::bit_cast<float>(
            sign | std::bit_cast<std::uint32_t>(std::bit_cast<float>(rest << 13) * 0x1p112F));
    };
    std::vector<float> numbers(tensor.count);
    if (tensor.type == OnnxTensor::Type::kFloat && tensor.count > 0)
        std::memcpy(numbers.data(), tensor.raw.data(), tensor.raw.size());
    if (tensor.type == OnnxTensor::Type::kHalf)
        for (std::size_t i = 0; i < tensor.count; ++i)
            numbers[i] = half(static_cast<std::uint16_t>(tensor.raw[2 * i] | tensor.raw[2 * i + 1] << 8));
    if (tensor.type == OnnxTensor::Type::kByte)
        for (std::size_t i = 0; i < tensor.count; ++i)
            numbers[i] = static_cast<float>(static_cast<std::int8_t>(tensor.raw[i]));
    return numbers;
}

Result<OnnxGraph> read_onnx(std::span<const std::uint8_t> bytes) { return Reader().run(bytes); }

}  // namespace limner
