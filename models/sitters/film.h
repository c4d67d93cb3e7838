// What the camera gathers in every pixel, and the layers that it is developed into.
#pragma once
#include "camera.h"

#include <vector>

namespace limner::sitters {

inline constexpr int kRegions = 8;
using LightFloats = std::array<float, 3 * kLights>;  // light-major: light 0's r, g, b, light 1's …

// Sums over a pixel's samples, divided by their number: so everything is premultiplied by coverage.
struct PixelSum {
    float alpha = 0;
    float matte = 0;           // share of the pixel that is matte (skin, cloth): lit as irradiance * albedo
    float scatter = 0;         // share that is skin, in which light wanders
    float depth = 0;           // world z
    LightFloats irradiance{};  // over pi, on the matte share
    LightFloats radiance{};    // everything that is not matte, and highlights
    LightFloats coat{};        // skin's highlights, as if nothing stood in the light,
    std::array<float, kLights> open{},
        reaching{};  // which what arrives over what would (of each light) makes true
    Vec3 matte_albedo;
    Vec3 albedo;  // of everything
    Vec3 normal;
    std::array<float, kRegions> region{};
};

struct Film {
    explicit Film(int pixels)
        : size(pixels), pixel(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(pixels)) {}
    int size;
    std::vector<PixelSum> pixel;
    const PixelSum& at(int x, int y) const { return pixel[static_cast<std::size_t>(y * size + x)]; }
    PixelSum& at(int x, int y) { return pixel[static_cast<std::size_t>(y * size + x)]; }
};

// Lets light wander in skin and takes noise out of matte surfaces, both as blurs of irradiance on the picture that respect
// depth and normals, one light at a time, as it does of how much of a light reaches skin's highlights; then adds everything up into `radiance`, which becomes the premultiplied
// picture of each light. `melanin` 0..1: light wanders less in dark skin.
void develop(Film& film, const Camera& camera, float melanin);

}  // namespace limner::sitters
