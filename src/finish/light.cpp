#include "finish/light.h"

#include "finish/vec.h"

#include <algorithm>

namespace limner::finish {

namespace {

constexpr float kReachDeg = 95.0F;  // farther lights have no share; no direction is farther from all of them

std::array<float, 3> direction(double azimuth_deg, double elevation_deg) {
    const float a = static_cast<float>(azimuth_deg / 360), e = static_cast<float>(elevation_deg / 360);
    return {sin_turn(a) * cos_turn(e), sin_turn(e), cos_turn(a) * cos_turn(e)};
}

float angle_deg(const std::array<float, 3>& a, const std::array<float, 3>& b) {
    const float c = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const float x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2], z = a[0] * b[1] - a[1] * b[0];
    return 360.0F * atan2_turn(std::sqrt(x * x + y * y + z * z), c);
}

std::array<float, 3> linear(const std::string& colour) {
    std::array<float, 3> rgb{1, 1, 1};
    for (int i = 0; i < 3 && colour.size() == 7; ++i)
        rgb[static_cast<std::size_t>(i)] =
            decode_srgb(static_cast<float>(
                            std::stoi(colour.substr(static_cast<std::size_t>(1 + 2 * i), 2), nullptr, 16)) /
                        255.0F);
    return rgb;
}

}  // namespace

std::vector<std::array<float, 3>> light_factors(const LightMix& mix, const Schema& schema) {
    const std::size_t count = schema.lights.size();
    if (mix.canonical) return std::vector<std::array<float, 3>>(count, {1, 1, 1});

    std::vector<std::array<float, 3>> factors(count, {0, 0, 0});
    const auto add = [&](std::size_t k, float irradiance, const std::array<float, 3>& colour) {
        const auto own = linear(schema.lights[k].colour);
        for (std::size_t i = 0; i < 3; ++i)
            factors[k][i] +=
                irradiance / static_cast<float>(schema.lights[k].gain) * colour[i] / max(own[i], 1e-3F);
    };
    for (const LightSource& source : mix.sources) {
        const auto to = direction(source.azimuth_deg, source.elevation_deg);
        std::vector<float> share(count, 0);
        float total = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const Light& light = schema.lights[k];
            if (light.radius_deg >= 180) continue;
            const float angle = max(angle_deg(to, direction(light.azimuth_deg, light.elevation_deg)), 0.02F);
            const float s = max(kReachDeg - angle, 0.0F) / (kReachDeg * angle);
            share[k] = s * s;
            total += share[k];
        }
        for (std::size_t k = 0; k < count; ++k)
            if (share[k] > 0) add(k, source.gain * share[k] / total, source.colour);
    }
    for (std::size_t k = 0; k < count; ++k)
        if (schema.lights[k].radius_deg >= 180) add(k, mix.ambient_gain, mix.ambient_colour);
    return factors;
}

}  // namespace limner::finish
