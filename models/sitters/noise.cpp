#include "noise.h"

namespace limner::sitters {
namespace {

std::uint32_t lattice(int x, int y, int z, std::uint32_t seed) {
    return hash32(static_cast<std::uint32_t>(x) * 0x8da6b343U ^ static_cast<std::uint32_t>(y) * 0xd8163841U ^
                  static_cast<std::uint32_t>(z) * 0xcb1ab31fU ^ seed);
}

float corner(std::uint32_t h, float x, float y, float z) {
    const float u = (h & 8U) != 0U ? y : x, v = (h & 4U) != 0U ? z : (h & 8U) != 0U ? x : y;
    return ((h & 1U) != 0U ? -u : u) + ((h & 2U) != 0U ? -v : v);
}

float fade(float t) { return t * t * t * (t * (t * 6 - 15) + 10); }

}  // namespace

float gradient_noise(Vec3 p, std::uint32_t seed) {
    const float fx = std::floor(p.x), fy = std::floor(p.y), fz = std::floor(p.z);
    const int ix = static_cast<int>(fx), iy = static_cast<int>(fy), iz = static_cast<int>(fz);
    const float x = p.x - fx, y = p.y - fy, z = p.z - fz, u = fade(x), v = fade(y), w = fade(z);
    float value[2][2];
    for (int k = 0; k < 2; ++k)
        for (int j = 0; j < 2; ++j) {
            const float yy = y - static_cast<float>(j), zz = z - static_cast<float>(k);
            value[k][j] = mix(corner(lattice(ix, iy + j, iz + k, seed), x, yy, zz),
                              corner(lattice(ix + 1, iy + j, iz + k, seed), x - 1, yy, zz), u);
        }
    return mix(mix(value[0][0], value[0][1], v), mix(value[1][0], value[1][1], v), w);
}

float fractal_noise(Vec3 p, std::uint32_t seed, int octaves) {
    float sum = 0, weight = 1, total = 0;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * gradient_noise(p, seed + static_cast<std::uint32_t>(i) * 977U);
        total += weight;
        weight *= 0.5F;
        p = p * 2.03F + grey(17.3F);
    }
    return sum / total;
}

Cell nearest_cell(Vec3 p, std::uint32_t seed) {
    const int ix = static_cast<int>(std::floor(p.x)), iy = static_cast<int>(std::floor(p.y)),
              iz = static_cast<int>(std::floor(p.z));
    Cell best{9, 0};
    for (int z = iz - 1; z <= iz + 1; ++z)
        for (int y = iy - 1; y <= iy + 1; ++y)
            for (int x = ix - 1; x <= ix + 1; ++x) {
                const std::uint32_t h = lattice(x, y, z, seed);
                const Vec3 point{static_cast<float>(x) + hash01(h), static_cast<float>(y) + hash01(h + 1),
                                 static_cast<float>(z) + hash01(h + 2)};
                const float distance = length(point - p);
                if (distance < best.distance) best = {distance, h};
            }
    return best;
}

}  // namespace limner::sitters
