// What garments are draped on: the skin of neck, shoulders and chest as a grid around the neck.
//
// A place on it is an azimuth (radians; 0 in front, positive to the sitter's left) and s, metres along the skin from the ring where a
// collar sits: negative up the neck, positive down over shoulders and chest.
#pragma once
#include "surface.h"

namespace limner::sitters {

struct Cape {
    int columns = 0, steps = 0;
    std::span<const float> step;
    std::vector<Vec3> place, normal;  // [columns * steps], normals outward

    Vec3 position_at(float azimuth, float s) const;
    Vec3 normal_at(float azimuth, float s) const;
};

Cape cape_of(const Assets& assets, const Fine& skin);

// Cloth over the skin: `rounds` of smoothing bridge what cloth would bridge, and nowhere is it nearer to the skin than `clearance`.
Cape draped(const Cape& skin, int rounds, float clearance);

}  // namespace limner::sitters
