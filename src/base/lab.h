// CIE 1976 L*a*b* under D65, as linear sRGB.
#pragma once
#include <array>

namespace limner {

// `l` 0 .. 100; may leave [0, 1].
inline std::array<float, 3> rgb_from_lab(float l, float a, float b) {
    const auto back = [](float t) { return t > 0.206893F ? t * t * t : (t - 16.0F / 116) / 7.787F; };
    const float fy = (l + 16) / 116;
    const float x = back(fy + a / 500) * 0.9505F, y = back(fy), z = back(fy - b / 200) * 1.089F;
    return {3.2406F * x - 1.5372F * y - 0.4986F * z, -0.9689F * x + 1.8758F * y + 0.0415F * z,
            0.0557F * x - 0.2040F * y + 1.0570F * z};
}

}  // namespace limner
