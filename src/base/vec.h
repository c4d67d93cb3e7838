// Vectors of four floats, and elementary functions of them that are quick and the same everywhere.
//
// The maths of libm differs from machine to machine; everything here is made of +, -, *, / and sqrt, so that a recipe gives
// the same bytes natively and in WebAssembly (both are compiled without contraction to fused multiply-add). Eleven or more
// bits worse than base/exact.h, and many times faster.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

namespace limner {

typedef float Vec4 __attribute__((vector_size(16)));  // rgb and alpha; + - * / are per component

struct Vec2 {
    float x = 0, y = 0;
};
inline Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
inline Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
inline Vec2 operator*(Vec2 a, float s) { return {a.x * s, a.y * s}; }
inline float dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
inline float length(Vec2 a) { return std::sqrt(dot(a, a)); }

typedef std::uint32_t UVec4 __attribute__((vector_size(16)));
typedef std::int32_t IVec4 __attribute__((vector_size(16)));

inline Vec4 vec4(float x, float y, float z, float w) { return Vec4{x, y, z, w}; }
inline Vec4 splat(float s) { return Vec4{s, s, s, s}; }
inline Vec4 with_alpha(Vec4 c, float a) { return Vec4{c[0], c[1], c[2], a}; }

inline float min(float a, float b) { return a < b ? a : b; }
inline float max(float a, float b) { return a > b ? a : b; }
inline Vec4 min(Vec4 a, Vec4 b) { return a < b ? a : b; }
inline Vec4 max(Vec4 a, Vec4 b) { return a > b ? a : b; }
inline float clamp(float x, float a, float b) { return min(max(x, a), b); }
inline Vec4 clamp(Vec4 x, float a, float b) { return min(max(x, splat(a)), splat(b)); }
inline float saturate(float x) { return clamp(x, 0.0F, 1.0F); }
inline Vec4 saturate(Vec4 x) { return clamp(x, 0.0F, 1.0F); }
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline Vec4 mix(Vec4 a, Vec4 b, float t) { return a + (b - a) * splat(t); }
inline float smoothstep(float a, float b, float x) {
    const float t = saturate((x - a) / (b - a));
    return t * t * (3.0F - 2.0F * t);
}
inline float floor(float x) {
    const float t = static_cast<float>(static_cast<std::int32_t>(x));
    return t > x ? t - 1.0F : t;
}
inline float fract(float x) { return x - floor(x); }
inline int ifloor(float x) { return static_cast<int>(floor(x)); }
inline float abs(float x) { return x < 0 ? -x : x; }
inline Vec4 sqrt(Vec4 x) { return Vec4{std::sqrt(x[0]), std::sqrt(x[1]), std::sqrt(x[2]), std::sqrt(x[3])}; }

// 2^x, relative error 3e-7.
inline float exp2(float x) {
    x = clamp(x, -126.0F, 126.0F);
    const float whole = floor(x + 0.5F);
    const float f = x - whole;
    const float p =
        1.0F + f * (0.69314718F +
                    f * (0.24022651F +
                         f * (0.05550411F + f * (0.00961813F + f * (0.00133336F + f * 0.000154035F)))));
    return p * std::bit_cast<float>(static_cast<std::uint32_t>(static_cast<std::int32_t>(whole) + 127) << 23);
}
inline float exp(float x) { return exp2(x * 1.44269504F); }
// The same sums as above in every component, so the same bits.
inline Vec4 floor(Vec4 x) {
    const Vec4 t = __builtin_convertvector(__builtin_convertvector(x, IVec4), Vec4);
    return t > x ? t - splat(1.0F) : t;
}
inline Vec4 exp2(Vec4 x) {
    x = clamp(x, -126.0F, 126.0F);
    const Vec4 whole = floor(x + splat(0.5F));
    const Vec4 f = x - whole;
    const Vec4 p =
        splat(1.0F) +
        f * (splat(0.69314718F) +
             f * (splat(0.24022651F) +
                  f * (splat(0.05550411F) +
                       f * (splat(0.00961813F) + f * (splat(0.00133336F) + f * splat(0.000154035F))))));
    const UVec4 bits = reinterpret_cast<UVec4>(__builtin_convertvector(whole, IVec4) + 127) << 23;
    return p * reinterpret_cast<Vec4>(bits);
}
inline Vec4 exp(Vec4 x) { return exp2(x * splat(1.44269504F)); }

// log2 of a positive number, absolute error 1e-6.
inline float log2(float x) {
    std::uint32_t bits = std::bit_cast<std::uint32_t>(max(x, 1e-30F));
    const std::int32_t e =
        static_cast<std::int32_t>((bits - 0x3f3504f3U) >> 23);  // mantissa in [sqrt(1/2), sqrt(2))
    const std::int32_t exponent = e >= 256 ? e - 512 : e;
    const float m = std::bit_cast<float>(bits - (static_cast<std::uint32_t>(exponent) << 23));
    const float s = (m - 1.0F) / (m + 1.0F), q = s * s;
    return static_cast<float>(exponent) +
           2.88539008F * s * (1.0F + q * (0.33333333F + q * (0.2F + q * (0.14285714F + q * 0.11111111F))));
}
inline Vec4 log2(Vec4 x) {
    const UVec4 bits = reinterpret_cast<UVec4>(max(x, splat(1e-30F)));
    const IVec4 e = reinterpret_cast<IVec4>((bits - 0x3f3504f3U) >> 23);
    const IVec4 exponent = e >= 256 ? e - 512 : e;
    const Vec4 m = reinterpret_cast<Vec4>(bits - (reinterpret_cast<UVec4>(exponent) << 23));
    const Vec4 s = (m - splat(1.0F)) / (m + splat(1.0F)), q = s * s;
    return __builtin_convertvector(exponent, Vec4) +
           splat(2.88539008F) * s *
               (splat(1.0F) + q * (splat(0.33333333F) +
                                   q * (splat(0.2F) + q * (splat(0.14285714F) + q * splat(0.11111111F)))));
}
inline Vec4 pow(Vec4 x, float y) { return x <= splat(0) ? splat(0) : exp2(splat(y) * log2(x)); }
inline float pow(float x, float y) { return x <= 0 ? 0.0F : exp2(y * log2(x)); }

// Sine and cosine of an angle in turns, error 1e-6.
inline float sin_turn(float t) {
    t = t - floor(t + 0.5F);                                  // [-1/2, 1/2]
    t = t > 0.25F ? 0.5F - t : (t < -0.25F ? -0.5F - t : t);  // [-1/4, 1/4]
    const float q = t * t;
    return t *
           (6.28318531F + q * (-41.3417022F +
                               q * (81.6052493F + q * (-76.7058597F + q * (42.0586939F - q * 15.0946426F)))));
}
inline Vec4 sin_turn(Vec4 t) {
    t = t - floor(t + splat(0.5F));
    t = t > splat(0.25F) ? splat(0.5F) - t : (t < splat(-0.25F) ? splat(-0.5F) - t : t);
    const Vec4 q = t * t;
    return t * (splat(6.28318531F) +
                q * (splat(-41.3417022F) +
                     q * (splat(81.6052493F) +
                          q * (splat(-76.7058597F) + q * (splat(42.0586939F) - q * splat(15.0946426F))))));
}
inline float cos_turn(float t) { return sin_turn(t + 0.25F); }

// Angle of (x, y) in turns, (-1/2, 1/2], error 2e-6 turns.
inline float atan2_turn(float y, float x) {
    const float ax = abs(x), ay = abs(y);
    const float a = min(ax, ay) / max(max(ax, ay), 1e-20F), s = a * a;
    float r =
        a *
        (0.99997726F +
         s * (-0.33262347F + s * (0.19354346F + s * (-0.11643287F + s * (0.05265332F - s * 0.01172120F))))) *
        0.15915494F;
    r = ay > ax ? 0.25F - r : r;
    r = x < 0 ? 0.5F - r : r;
    return y < 0 ? -r : r;
}

}  // namespace limner
