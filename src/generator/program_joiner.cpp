#include "generator/program.h"

#include <vector>

namespace limner::net {
namespace {

using kernels::Binary;
using kernels::Unary;
using Kind = StepKind;

// [1, C, 1, 1]
bool is_per_channel(const Shape& shape, int channels) { return shape == Shape{1, channels, 1, 1}; }

class Joiner {
public:
    explicit Joiner(Program& to) : p_(to) {}

    void run() {
        reads_.assign(p_.stores.size(), {});
        std::vector<Step*> writer(p_.stores.size(), nullptr);
        for (std::size_t i = 0; i < p_.steps.size(); ++i) {
            for (const int v : p_.steps[i].in) {
                auto& [reads, step] = reads_[static_cast<std::size_t>(value(v).store)];
                ++reads;
                step = i;
            }
            writer[static_cast<std::size_t>(value(p_.steps[i].out).store)] = &p_.steps[i];
        }
        for (Step& s : p_.steps) {
            if (s.kind == Kind::kConv3 && s.scale < 0 && s.gain < 0 && s.shift < 0) fuse_conv(s, writer);
        }
        for (Step& s : p_.steps) {
            if (s.kind != Kind::kBinary || s.gone) continue;
            Step* next = reader_of(s);
            if (!next || next->after) continue;
            if (next->kind == Kind::kUnary && next->unary == Unary::kLeaky) {
                s.after = {Unary::kLeaky, next->p};
            } else if (const int by = other_operand(*next, s.out);
                       by >= 0 && next->binary == Binary::kMultiply && value(by).constant &&
                       is_scalar(shape(by))) {
                s.after = {Unary::kScale, p_.store(by).weights[value(by).offset]};
            } else {
                continue;
            }
            s.out = next->out;
            next->gone = true;
        }
        std::erase_if(p_.steps, [](const Step& s) { return s.gone; });
    }

private:
    Value& value(int v) { return p_.value(v); }
    const Shape& shape(int v) { return p_.shape(v); }

    // The only step that reads what this one gives, if it reads all of it and nobody else any.
    Step* reader_of(const Step& s) {
        const int wanted = value(s.out).store;
        if (wanted == value(p_.output).store) return nullptr;
        const auto& [reads, step] = reads_[static_cast<std::size_t>(wanted)];
        return reads == 1 && !p_.steps[step].gone ? &p_.steps[step] : nullptr;
    }
    // The other operand of a two-sided step that reads this value whole as it is, or -1.
    int other_operand(const Step& s, int v) {
        if (s.kind != Kind::kBinary) return -1;
        for (std::size_t i = 0; i < 2; ++i)
            if (value(s.in[i]).store == value(v).store && shape(s.in[i]) == shape(v) &&
                shape(s.out) == shape(v))
                return s.in[1 - i];
        return -1;
    }

    // Scaling its input, and its output's scale, shift and slope, happen within a convolution. It then takes the place of the
    // last of these steps, because what they read may come after it.
    void fuse_conv(Step& conv, const std::vector<Step*>& writer) {
        const int channels = shape(conv.in[0])[1], outputs = shape(conv.out)[1];
        Step* before = writer[static_cast<std::size_t>(value(conv.in[0]).store)];
        if (before && !before->gone && before->kind == Kind::kBinary && before->binary == Binary::kMultiply &&
            !before->after && reader_of(*before) == &conv) {
            for (std::size_t i = 0; i < 2; ++i) {
                const int by = before->in[i], x = before->in[1 - i];
                if (is_per_channel(shape(by), channels) && shape(x) == shape(conv.in[0])) {
                    conv.scale = by;
                    conv.in[0] = x;
                    before->gone = true;
                    break;
                }
            }
        }
        Step* last = &conv;
        int out = conv.out;
        const auto next = [&](Binary op) {  // a step that does this with a number for each channel
            Step* reader = reader_of(*last);
            const int by = reader ? other_operand(*reader, out) : -1;
            if (by < 0 || reader->binary != op || !is_per_channel(shape(by), outputs)) return -1;
            last = reader;
            out = reader->out;
            return by;
        };
        std::vector<Step*> taken;
        if ((conv.gain = next(Binary::kMultiply)) >= 0) taken.push_back(last);
        if ((conv.shift = next(Binary::kAdd)) >= 0) taken.push_back(last);
        conv.p = 1;
        if (Step* reader = reader_of(*last);
            reader && reader->kind == Kind::kUnary && reader->unary == Unary::kLeaky) {
            conv.p = reader->p;
            last = reader;
            out = reader->out;
            taken.push_back(last);
        }
        conv.out = out;
        if (last == &conv) return;
        for (Step* step : taken) step->gone = true;
        *last = conv;
        last->gone = false;
        conv.gone = true;
    }

    Program& p_;
    std::vector<std::pair<int, std::size_t>> reads_;  // of each store: how often, and by which step
};

}  // namespace

void join_steps(Program& program) { Joiner(program).run(); }

}  // namespace limner::net
