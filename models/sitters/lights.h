// The studio: seven distant discs and a dome, as the schema places them.
#pragma once
#include "recipe/schema.h"
#include "vectors.h"

namespace limner::sitters {

// One scale for every picture ever rendered, so that labels of colour stay true: in the canonical mix a white matte patch
// facing the camera shows about 0.95. There is no automatic exposure.
inline constexpr float kExposure = 0.40F;

struct StudioLight {
    Vec3 direction;      // towards the light
    Vec3 across, along;  // complete the basis
    float radius = 0;    // angular, radians
    Vec3 irradiance;     // on a patch facing it, over pi: a matte surface of albedo a shows a * irradiance
};

class Studio {
public:
    explicit Studio(const Schema& schema);

    static constexpr int kDiscs = kLights - 1;
    static constexpr int kDome = kLights - 1;

    const StudioLight& light(int i) const { return lights_[static_cast<std::size_t>(i)]; }
    // A direction towards disc i; u, v uniform in [0, 1).
    Vec3 towards(int i, float u, float v) const;
    // Radiance of the dome: a cosine gradient, brighter above.
    Vec3 dome(Vec3 direction) const { return light(kDome).irradiance * (1 + 0.35F * direction.y); }
    // How much of disc i is mirrored into `direction` by a surface of angular blur `blur` (radians), as radiance. Mirrors show a
    // disc smaller and brighter than its shadows say it is, like a softbox with a bright middle.
    Vec3 mirrored(int i, Vec3 direction, float blur) const;

private:
    std::array<StudioLight, kLights> lights_;
};

}  // namespace limner::sitters
