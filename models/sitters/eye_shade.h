// Eyes: iris, pupil and sclera as albedo by angle from the optical axis; the cornea's optics are render's business.
#pragma once
#include "sitter/sitter.h"
#include "vectors.h"

namespace limner::sitters {

class EyeColour {
public:
    explicit EyeColour(const Sitter& sitter);

    struct Point {
        Vec3 albedo;
        float iris;  // 1 on iris and pupil, 0 on the sclera
    };
    // uv: polar angle from the optical axis and azimuth, radians (Surface::eyeball). `left`: the sitter's left eye.
    Point at(Vec2 uv, bool left) const;

private:
    Vec3 stroma_, deep_, collar_;
    float pupil_, redness_, age_;
    std::uint32_t seed_;
};

inline constexpr float kCorneaEta = 1.0F / 1.376F;
inline constexpr float kLimbus = 0.487F;  // radians

}  // namespace limner::sitters
