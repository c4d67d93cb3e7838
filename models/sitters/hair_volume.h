// A head of hair as a cloud: how much of each light, and of the dome, still arrives inside it.
#pragma once
#include "lights.h"

#include <vector>

namespace limner::sitters {

// In the spirit of deep shadows (Lokovic & Veach 2000) and dual scattering (Zinke et al. 2008): strands are counted in cells of a
// grid, and crossings towards every light summed along it once, so that scattered light in hair costs no rays and has no noise.
class HairVolume {
public:
    HairVolume(const Body& body, const std::vector<Strands>& strands, const Studio& studio);

    struct Light {
        std::array<float, kLights> crossings;  // strands between here and each disc; the dome's is a mean
        std::array<float, kLights> open;       // 0..1: not behind the head or body
    };
    // nullptr outside the hair. `shift` in [0, 1)^3 blends neighbouring cells over many samples.
    const Light* at(Vec3 position, Vec3 shift) const;

private:
    int index(int x, int y, int z) const { return (z * ny_ + y) * nx_ + x; }
    void march(const std::vector<float>& density, Vec3 from, Vec3 direction, float& crossings,
               float& open) const;

    Vec3 origin_;
    int nx_ = 0, ny_ = 0, nz_ = 0;
    std::vector<std::int32_t> slot_;  // into light_, or -1
    std::vector<std::uint8_t> solid_;
    std::vector<Light> light_;
};

}  // namespace limner::sitters
