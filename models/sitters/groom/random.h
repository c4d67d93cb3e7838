// Small, fast, portable random numbers for grooming (SplitMix64, Steele, Lea & Flood 2014).
#pragma once
#include "../vectors.h"

#include <string_view>

namespace limner::sitters {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    float unit() { return static_cast<float>(bits() >> 40) * 0x1p-24F; }  // [0, 1)
    float between(float a, float b) { return a + (b - a) * unit(); }
    float normal() {  // sum of six uniforms: light tails, which suits hair
        const float s = unit() + unit() + unit() + unit() + unit() + unit();
        return (s - 3.0F) * 1.41421356F;
    }
    Vec3 normal3() {
        const float x = normal(), y = normal(), z = normal();
        return {x, y, z};
    }

private:
    std::uint64_t state_;
};

// A number in [0, 1) that depends only on the integers given.
inline float hashed(std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
    return Random((std::uint64_t{a} << 32 ^ std::uint64_t{b} * 0x9E3779B1ULL) +
                  std::uint64_t{c} * 0xD1B54A32D192ED03ULL)
        .unit();
}

inline std::uint64_t hashed(std::string_view text) {  // FNV-1a
    std::uint64_t h = 0xCBF29CE484222325ULL;
    for (const char ch : text) h = (h ^ static_cast<unsigned char>(ch)) * 0x100000001B3ULL;
    return h;
}

// Smooth noise in about [-1, 1] along a line: lattice values joined by smoothsteps.
inline float wobble(float x, std::uint32_t seed) {
    const float f = std::floor(x), t = x - f, s = t * t * (3 - 2 * t);
    const auto i = static_cast<std::uint32_t>(static_cast<std::int32_t>(f));
    return (hashed(i, seed) * (1 - s) + hashed(i + 1, seed) * s) * 2 - 1;
}

inline float ramp(float a, float b, float x) {  // smoothstep from a to b; a > b falls
    const float t = clamp01((x - a) / (b - a));
    return t * t * (3 - 2 * t);
}

}  // namespace limner::sitters
