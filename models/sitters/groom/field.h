// Signed distance to skin and clothes on a grid, for collision and for finding the scalp.
#pragma once
#include "../scene.h"

#include <vector>

namespace limner::sitters {

struct SurfaceSample {
    Vec3 position, normal;
};

// Built by splatting surface samples into the cells around them and passing the nearest sample on from cell
// to cell (dead reckoning,
// Danielsson 1980). Near the surface a cell holds the distance to the nearest sample's tangent plane, which
// is smoother
// than the distance to the sample.
class Field {
public:
    explicit Field(const std::vector<SurfaceSample>& samples);

    struct Here {
        float distance = 1;  // metres; negative inside
        Vec3 normal;         // gradient, unit
    };
    Here at(Vec3 p) const;
    float distance(Vec3 p) const;

    // Moves p out along the gradient until it is at least `gap` above the surface.
    Vec3 pushed_out(Vec3 p, float gap) const {
        const Here h = at(p);
        return h.distance < gap ? p + h.normal * (gap - h.distance) : p;
    }

private:
    static constexpr float cell_ = 0.006F;
    static constexpr float x0_ = -0.252F, y0_ = -0.33F, z0_ = -0.276F;
    static constexpr int nx_ = 85, ny_ = 86, nz_ = 70;

    std::vector<float> value_;
};

}  // namespace limner::sitters
