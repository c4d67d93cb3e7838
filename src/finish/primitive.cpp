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
constexpr Number kKuwahara[] = {{"radius", K::length, 0.5F, 16, 5}, {"sharpness", K::plain, 1, 16, 8}, {"stretch", K::plain, 0, 1, 1}, {"keep", K::plain, 0, 1, 0}};
constexpr Number kSmear[] = {{"radius", K::length, 0.1F, 24, 4}, {"keep", K::plain, 0, 1, 0}};
constexpr Number kDog[] = {{"width", K::length, 0.3F, 8, 1.2F}, {"sharpen", K::plain, 0, 100, 18}};
constexpr Number kXdog[] = {{"along", K::length, 0.2F, 16, 3}, {"threshold", K::plain, -1, 2, 0.6F}, {"hardness", K::plain, 0.1F, 100, 8}};
constexpr Number kAdjust[] = {{"black", K::plain, 0, 1, 0}, {"white", K::plain, 0, 1, 1}, {"gamma", K::plain, 0.2F, 5, 1},
                              {"contrast", K::plain, -1, 2, 0}, {"saturation", K::plain, 0, 3, 1}, {"invert", K::plain, 0, 1, 0}};
constexpr Number kQuantise[] = {{"levels", K::plain, 2, 32, 6}, {"sharpness", K::plain, 0.2F, 40, 6}, {"saturation", K::plain, 0, 2, 1}};
constexpr Number kRamp[] = {{"dark", K::colour, 0, 0, 0x101018}, {"low", K::colour, 0, 0, 0x505060}, {"high", K::colour, 0, 0, 0xb0b0b8},
                            {"light", K::colour, 0, 0, 0xf8f8f0}, {"at1", K::plain, 0, 1, 0.25F}, {"at2", K::plain, 0, 1, 0.5F},
                            {"at3", K::plain, 0, 1, 0.75F}, {"soft", K::plain, 0, 2, 1}, {"keep", K::plain, 0, 1, 0}};
constexpr Number kFocus[] = {{"eyes", K::plain, 0, 1, 1}, {"brows", K::plain, 0, 1, 0.6F}, {"lips", K::plain, 0, 1, 0.8F}, {"skin", K::plain, 0, 1, 0},
                             {"hair", K::plain, 0, 1, 0}, {"glasses", K::plain, 0, 1, 0.6F}, {"clothes", K::plain, 0, 1, 0}, {"backdrop", K::plain, 0, 1, 0}};
constexpr Number kFilm[] = {{"contrast", K::plain, -1, 2, 0}, {"fade", K::plain, 0, 1, 0}, {"saturation", K::plain, 0, 3, 1},
                            {"shadows", K::colour, 0, 0, 0x808080}, {"lights", K::colour, 0, 0, 0x808080}, {"tint", K::plain, 0, 1, 0},
                            {"glow", K::plain, 0, 1, 0}, {"halation", K::plain, 0, 1, 0}, {"red", K::plain, -1, 1, 0}, {"green", K::plain, -1, 1, 0},
                            {"blue", K::plain, -1, 1, 0}, {"keep_skin", K::plain, 0, 1, 0}, {"vignette", K::plain, 0, 1, 0},
                            {"grain", K::plain, 0, 1, 0}, {"seed", K::seed, 0, 65535, 1}};
constexpr Number kCompose[] = {{"strength", K::hidden, 0, 1, 1}, {"grain", K::hidden, 0, 1, 0}, {"seed", K::seed, 0, 1e9F, 0}};

const Primitive kPrimitives[] = {
    {"enlarge", 1, kEnlarge, enlarge, nullptr},
    {"develop", 3, kDevelop, develop, develop_reach},
    {"blur", 1, kBlur, blur, blur_reach},
    {"root", 1, {}, root, nullptr},
    {"moments", 1, {}, moments, nullptr},
    {"fit", 1, kFit, fit, nullptr},
    {"retouch", 5, kRetouch, retouch, nullptr},
    {"tensor", 1, {}, tensor, pixel_reach},
    {"flow", 1, {}, flow, nullptr},
    {"kuwahara", 3, kKuwahara, kuwahara, kuwahara_reach},
    {"smear", 3, kSmear, smear, smear_reach},
    {"dog", 2, kDog, dog, dog_reach},
    {"xdog", 2, kXdog, xdog, xdog_reach},
    {"adjust", 1, kAdjust, adjust, nullptr},
    {"quantise", 1, kQuantise, quantise, nullptr},
    {"ramp", 1, kRamp, ramp, nullptr},
    {"focus", 3, kFocus, focus, nullptr},
    {"film", 3, kFilm, film, nullptr},
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
