// Procedural noise on rest positions: gradient noise (Perlin 2002) and jittered cells (Worley 1996).
#pragma once
#include "vectors.h"

namespace limner::sitters {

float gradient_noise(Vec3 p, std::uint32_t seed);              // about [-1, 1], features of size 1
float fractal_noise(Vec3 p, std::uint32_t seed, int octaves);  // sums to about [-1, 1]

struct Cell {
    float distance;    // to the nearest jittered point
    std::uint32_t id;  // hash of its cell
};
Cell nearest_cell(Vec3 p, std::uint32_t seed);

}  // namespace limner::sitters
