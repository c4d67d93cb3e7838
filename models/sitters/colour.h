// Colour: linear sRGB (what shaders compute in), sRGB bytes, CIE L*a*b* under D65, hue wheels for cloth.
#pragma once
#include "vectors.h"

#include <string_view>

namespace limner::sitters {

float to_srgb(float linear);     // [0, 1] -> [0, 1]
float from_srgb(float encoded);  // the inverse
std::uint8_t srgb_byte(float linear);
Vec3 from_hex(std::string_view text);  // "#rrggbb" -> linear

struct Lab {
    float l, a, b;
};
Lab to_lab(Vec3 linear);
Vec3 from_lab(Lab lab);  // may leave [0, 1]
// Individual typology angle in degrees, the usual one-number label of skin tone (Chardon et al. 1991).
float typology_angle(Lab lab);

// Oklch (Ottosson 2020): lightness 0..1, chroma about 0..0.3, hue in degrees; clipped to the gamut by lowering chroma.
Vec3 from_oklch(float lightness, float chroma, float hue_deg);

// What the eye is shown: linear to 0.7, then a shoulder towards 1, then sRGB.
float display_curve(float linear);

}  // namespace limner::sitters
