#include "generator/program.h"

#include <algorithm>
#include <vector>

namespace limner::net {
namespace {

using Kind = StepKind;

std::size_t scratch_of(const Program& program, const Step& s) {
    const Shape& in = program.shape(s.in[0]);
    const auto side = static_cast<std::size_t>(in[3]);
    switch (s.kind) {
        case Kind::kConv3: {
            kernels::Conv3 conv;
            conv.inputs = in[1], conv.outputs = program.shape(s.out)[1];
            return kernels::conv3_scratch(conv);
        }
        case Kind::kConv3Small: return 9 * count_of(in);
        case Kind::kTwice: return side + 8;
        default: return 0;
    }
}

}  // namespace

std::optional<Error> plan_memory(Program& program) {
    const auto used = [&](int v, int at) {
        Store& s = program.store(v);
        if (s.first < 0) s.first = at;
        s.last = at;
        ++s.uses;
    };
    for (const auto& [name, v] : program.inputs) used(v, 0);
    std::size_t scratch = 0;
    for (std::size_t i = 0; i < program.steps.size(); ++i) {
        const Step& s = program.steps[i];
        const int at = static_cast<int>(i) + 1;
        for (const int v : s.in) used(v, at);
        for (const int v : {s.scale, s.gain, s.shift})
            if (v >= 0) used(v, at);
        used(s.out, at);
        scratch = std::max(scratch, scratch_of(program, s));
    }
    const int end = static_cast<int>(program.steps.size()) + 1;
    used(program.output, end);
    for (const Step& s : program.steps) {  // weights that are kept in another form, and read by nobody else
        if (s.kind == Kind::kConv3 && program.store(s.in[1]).uses == 1)
            program.store(s.in[1]).weights = std::vector<float>(1);
    }
    for (Store& s : program.stores)  // what is in the file for others
        if (s.uses == 0) s.weights.clear(), s.weights.shrink_to_fit();
    for (const auto& [name, v] : program.inputs) used(v, end);  // what was put there stays for another run
    std::vector<Store*> placed;                                 // by place, those still needed
    std::uint64_t most = 0;
    const auto place = [&](int v) {  // whether there is room
        Store* s = &program.store(v);
        if (!s->weights.empty()) return true;
        std::erase_if(placed, [&](const Store* other) { return other->last < s->first; });
        std::uint64_t at = 0;
        auto before = placed.begin();
        for (; before != placed.end(); ++before) {
            if (at + s->count <= (*before)->at) break;
            at = std::uint64_t{(*before)->at} + (*before)->count;
        }
        most = std::max(most, at + s->count);
        if ((most + scratch) * sizeof(float) > kMostBytes) return false;
        s->at = static_cast<std::size_t>(at);
        placed.insert(before, s);
        return true;
    };
    bool fits = true;
    for (const auto& [name, v] : program.inputs) fits = fits && place(v);
    for (const Step& s : program.steps) fits = fits && place(s.out);
    if (!fits)
        return Error{"network.size", "The pack's network does not work here: it needs too much memory."};
    program.memory.resize(static_cast<std::size_t>(most));
    program.scratch.resize(scratch);
    return std::nullopt;
}

}  // namespace limner::net
