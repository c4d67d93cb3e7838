// Paints of make-up and the skin under them: what the renderer lays on (models/sitters/skin.cpp), and the finish
// (finish/primitives/mouth.cpp, eyes.cpp, complexion.cpp). Colours are linear sRGB.
#pragma once
#include "base/lab.h"
#include "base/vec.h"

#include <array>

namespace limner {

using Paint = std::array<float, 3>;

// Of three paints in a row, what lies at 0 .. 1.
inline Paint paint_between(const std::array<Paint, 3>& row, float at) {
    const std::size_t first = at < 0.5F ? 0 : 1;
    const float t = 2 * at - static_cast<float>(first);
    Paint out{};
    for (std::size_t i = 0; i < 3; ++i) out[i] = mix(row[first][i], row[first + 1][i], t);
    return out;
}
// Nude, red, wine.
inline Paint lipstick(float hue) {
    return paint_between({{{0.429F, 0.144F, 0.105F}, {0.455F, 0.019F, 0.031F}, {0.180F, 0.013F, 0.044F}}},
                         hue);
}
// Bronze, plum, slate.
inline Paint eye_shadow(float hue) {
    return paint_between({{{0.247F, 0.110F, 0.050F}, {0.198F, 0.050F, 0.092F}, {0.050F, 0.080F, 0.176F}}},
                         hue);
}
// What blusher lets through of light, as logarithms.
inline constexpr Paint kBlusher = {-0.02F, -0.45F, -0.32F};
inline constexpr Paint kEyeLiner = {0.012F, 0.010F, 0.010F};

// Albedos of the ten tones, CIE L*a*b*: the Monk swatches' order of lightness, pressed into what skin measures (light skin at L* 80 or
// less) and given its chroma; the swatches themselves are paint chips, too pale for an albedo.
struct ToneLab {
    float l, a, b;
};
inline constexpr ToneLab kTones[10] = {{80.0F, 8.5F, 14.0F},  {77.0F, 9.4F, 15.2F},  {73.6F, 10.2F, 17.0F},
                                       {68.8F, 11.2F, 19.5F}, {63.0F, 12.0F, 22.0F}, {54.5F, 13.5F, 23.5F},
                                       {46.0F, 14.0F, 22.0F}, {38.5F, 15.0F, 20.0F}, {32.0F, 13.5F, 16.5F},
                                       {26.5F, 11.0F, 12.5F}};
inline ToneLab tone_lab(float tone) {  // 0.5 .. 10.5: half a step past the ends
    const float t = clamp(tone - 1, 0, 9), over = tone < 1 ? 1 - tone : tone > 10 ? 10 - tone : 0;
    const int i = t < 8 ? ifloor(t) : 8;
    const float f = t - static_cast<float>(i);
    const ToneLab &from = kTones[i], &to = kTones[i + 1];
    return {mix(from.l, to.l, f) + over * 3, mix(from.a, to.a, f), mix(from.b, to.b, f)};
}
// Of the light that falls on skin, what it sends back (CIE 1976).
inline float tone_luma(float tone) {
    const float y = (tone_lab(tone).l + 16) / 116;
    return y * y * y;
}
// How much blue it sends back for each part of red (linear sRGB): what is bluer mirrors white light.
inline float tone_blue(float tone) {
    const ToneLab lab = tone_lab(tone);
    const Paint sent = rgb_from_lab(lab.l, lab.a, lab.b);
    return sent[2] / sent[0];
}

}  // namespace limner
