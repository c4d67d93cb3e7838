#include "lights.h"

#include "colour.h"

namespace limner::sitters {

Studio::Studio(const Schema& schema) {
    for (std::size_t i = 0; i < kLights && i < schema.lights.size(); ++i) {
        const Light& given = schema.lights[i];
        StudioLight& light = lights_[i];
        const auto azimuth = static_cast<float>(given.azimuth_deg) * kPi / 180;
        const auto elevation = static_cast<float>(given.elevation_deg) * kPi / 180;
        light.direction = {std::sin(azimuth) * std::cos(elevation), std::sin(elevation),
                           std::cos(azimuth) * std::cos(elevation)};
        basis(light.direction, light.across, light.along);
        light.radius = static_cast<float>(given.radius_deg) * kPi / 180;
        light.irradiance = from_hex(given.colour) * (static_cast<float>(given.gain) * kExposure);
    }
}

Vec3 Studio::towards(int i, float u, float v) const {
    const StudioLight& l = light(i);
    const float cosine = 1 - u * (1 - std::cos(l.radius)),
                sine = std::sqrt(std::max(0.0F, 1 - cosine * cosine));
    const float turn = 2 * kPi * v;
    return l.direction * cosine + l.across * (sine * std::cos(turn)) + l.along * (sine * std::sin(turn));
}

Vec3 Studio::mirrored(int i, Vec3 direction, float blur) const {
    const StudioLight& l = light(i);
    const float radius = l.radius * 0.5F,
                away = std::acos(std::clamp(dot(direction, l.direction), -1.0F, 1.0F));
    const float inside = 1 - smoothstep(radius - blur, radius + blur, away);
    return l.irradiance * (inside / square(std::sin(radius)));
}

}  // namespace limner::sitters
