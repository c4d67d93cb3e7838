// The two colours of a sitter's cloth: what the renderer weaves with (models/sitters/cloth_shade.cpp), and the finish
// (finish/primitives/cloth.cpp).
#pragma once
#include "base/oklch.h"
#include "sitter/sitter.h"

namespace limner {

struct ClothDyes {
    float lightness;                     // of the first, OKLCH
    std::array<float, 3> first, second;  // linear sRGB
};

// `draw` 0 .. 1: below 0.6 the second is of about the same hue, else of nearly the opposite one.
inline ClothDyes cloth_dyes(const Sitter& sitter, float draw) {
    const float light = sitter.number("clothes.lightness"), saturation = sitter.number("clothes.saturation"),
                hue = sitter.number("clothes.hue");
    const float l = mix(0.17F, 0.93F, light), off = abs(2 * light - 0.95F);
    // Dyes are strongest in the middle of the scale.
    return {l, rgb_from_oklch(l, 0.19F * saturation * (1 - off * off), hue),
            rgb_from_oklch(l > 0.55F ? l - 0.3F : l + 0.32F, 0.13F * saturation + 0.02F,
                           hue + (draw < 0.6F ? 20.0F : 160.0F))};
}

}  // namespace limner
