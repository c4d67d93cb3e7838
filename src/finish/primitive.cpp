#include "finish/primitive.h"

#include "finish/primitives/all.h"

#include <array>

namespace limner::finish {

namespace {

using K = Number::Kind;

template <std::size_t N>
constexpr auto hidden_numbers() {
    std::array<Number, N> numbers{};
    for (Number& n : numbers) n = {"", K::hidden, -1e9F, 1e9F, 0};
    return numbers;
}

constexpr auto kEnlarge = hidden_numbers<6>();
constexpr auto kDevelop = hidden_numbers<47>();
constexpr Number kRetouch[] = {{"smooth", K::hidden, 0, 1, 0}, {"whiten", K::hidden, 0, 1, 0}};
constexpr Number kBlur[] = {{"radius", K::length, 0.1F, 40, 4}, {"axis", K::hidden, 0, 1, 0}};
constexpr Number kFit[] = {{"edge", K::plain, 0.001F, 1, 0.05F}};
constexpr Number kBlend[] = {{"mode", K::plain, 0, 6, 0}, {"amount", K::plain, 0, 1, 1}, {"channel", K::plain, 0, 4, 4}, {"invert", K::plain, 0, 1, 0}};
constexpr Number kCompose[] = {{"strength", K::hidden, 0, 1, 1}, {"grain", K::hidden, 0, 1, 0}, {"seed", K::seed, 0, 1e9F, 0}};

const Primitive kPrimitives[] = {
    {"enlarge", 1, kEnlarge, enlarge, nullptr},
    {"develop", 3, kDevelop, develop, develop_reach},
    {"blur", 1, kBlur, blur, blur_reach},
    {"root", 1, {}, root, nullptr},
    {"moments", 1, {}, moments, nullptr},
    {"fit", 1, kFit, fit, nullptr},
    {"retouch", 5, kRetouch, retouch, nullptr},
    {"blend", 3, kBlend, blend, nullptr},
    {"compose", 2, kCompose, compose, nullptr},
};

}  // namespace

std::span<const Primitive> primitives() { return kPrimitives; }

const Primitive* find_primitive(std::string_view name) {
    for (const Primitive& p : kPrimitives)
        if (name == p.name) return &p;
    return nullptr;
}

}  // namespace limner::finish
