// Colours by lightness (0 .. 1), chroma and hue (degrees) of OKLCH (Ottosson 2020), as linear sRGB.
#pragma once
#include "base/vec.h"

#include <algorithm>
#include <array>

namespace limner {

// What sRGB has not is made as much paler as it must be.
inline std::array<float, 3> rgb_from_oklch(float lightness, float chroma, float hue) {
    const float x = cos_turn(hue / 360), y = sin_turn(hue / 360);
    for (int attempt = 0;; ++attempt, chroma *= 0.85F) {
        const float a = chroma * x, b = chroma * y, l = lightness + 0.3963377774F * a + 0.2158037573F * b,
                    m = lightness - 0.1055613458F * a - 0.0638541728F * b,
                    s = lightness - 0.0894841775F * a - 1.2914855480F * b;
        const float l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
        std::array<float, 3> rgb{4.0767416621F * l3 - 3.3077115913F * m3 + 0.2309699292F * s3,
                                 -1.2684380046F * l3 + 2.6097574011F * m3 - 0.3413193965F * s3,
                                 -0.0041960863F * l3 - 0.7034186147F * m3 + 1.7076147010F * s3};
        const bool inside = std::all_of(rgb.begin(), rgb.end(), [](float c) { return c >= 0 && c <= 1; });
        if (!inside && attempt < 12) continue;
        for (float& c : rgb) c = std::clamp(c, 0.0F, 1.0F);
        return rgb;
    }
}

}  // namespace limner
