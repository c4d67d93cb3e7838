// Small vector arithmetic that every shader needs, and the hashes that procedural detail is drawn from.
#pragma once
#include "scene.h"

#include <algorithm>
#include <numbers>

namespace limner::sitters {

inline constexpr float kPi = std::numbers::pi_v<float>;
inline constexpr int kLights = 8;  // schema().lights

using LightSum = std::array<Vec3, kLights>;  // one linear RGB a studio light

inline Vec3& operator+=(Vec3& a, Vec3 b) { return a = a + b; }
inline Vec3& operator*=(Vec3& a, Vec3 b) { return a = a * b; }
inline Vec3& operator*=(Vec3& a, float s) { return a = a * s; }
inline Vec3 operator-(Vec3 a) { return {-a.x, -a.y, -a.z}; }
inline Vec3 operator/(Vec3 a, float s) { return a * (1.0F / s); }
inline Vec3 grey(float v) { return {v, v, v}; }

inline float clamp01(float x) { return std::clamp(x, 0.0F, 1.0F); }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline Vec3 mix(Vec3 a, Vec3 b, float t) { return a + (b - a) * t; }
inline float square(float x) { return x * x; }
inline float smoothstep(float from, float to, float x) {
    const float t = clamp01((x - from) / (to - from));
    return t * t * (3 - 2 * t);
}
// Amounts of shapes that were sculpted for at most 1: the same up to 0.8, then ever less, up to 1.1.
inline float soft_cap(float x) {
    constexpr float knee = 0.8F, room = 0.3F;
    return x <= knee ? x : knee + room * (1 - std::exp(-(x - knee) / room));
}
// A bump of height 1 at 0, e^-1 at `width`.
inline float bell(float x, float width) { return std::exp(-square(x / width)); }
inline Vec3 exp(Vec3 v) { return {std::exp(v.x), std::exp(v.y), std::exp(v.z)}; }
inline Vec3 pow(Vec3 v, float e) { return {std::pow(v.x, e), std::pow(v.y, e), std::pow(v.z, e)}; }
inline float luminance(Vec3 c) { return 0.2126F * c.x + 0.7152F * c.y + 0.0722F * c.z; }
inline Vec3 reflect(Vec3 d, Vec3 n) { return d - n * (2 * dot(d, n)); }
inline Vec3 clamped(Vec3 c, float low, float high) {
    return {std::clamp(c.x, low, high), std::clamp(c.y, low, high), std::clamp(c.z, low, high)};
}

// Two directions that complete n to a right-handed orthonormal basis (Duff et al. 2017, "Building an Orthonormal
// Basis, Revisited").
inline void basis(Vec3 n, Vec3& a, Vec3& b) {
    const float sign = std::copysign(1.0F, n.z);
    const float p = -1.0F / (sign + n.z), q = n.x * n.y * p;
    a = {1 + sign * n.x * n.x * p, sign * q, -sign * n.x};
    b = {q, sign + n.y * n.y * p, -n.y};
}

inline std::uint32_t hash32(std::uint32_t x) {  // lowbias32, Wellons 2018
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    return x ^ (x >> 16);
}
inline float hash01(std::uint32_t x) { return static_cast<float>(hash32(x) >> 8) * (1.0F / 16777216.0F); }

}  // namespace limner::sitters
