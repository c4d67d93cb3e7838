// The small vocabulary the C++ twins share with shaders/common.wgsl: vectors, noise, colour, and access to images.
//
// The maths of libm differs from machine to machine; everything here is made of +, -, *, / and sqrt, so that a recipe gives
// the same bytes natively and in WebAssembly (both are compiled without contraction to fused multiply-add).
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

namespace limner::finish {

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

// ---- noise: integer hashes, the same bits in WGSL

inline std::uint32_t hash(std::uint32_t x, std::uint32_t y, std::uint32_t seed) {
    std::uint32_t h = x * 0x9E3779B1U ^ (y * 0x85EBCA77U + seed * 0xC2B2AE3DU);
    h ^= h >> 15;
    h *= 0x2C1B3C6DU;
    h ^= h >> 12;
    h *= 0x297A2D39U;
    return h ^ (h >> 15);
}
inline std::uint32_t hash(int x, int y, std::uint32_t seed) {
    return hash(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), seed);
}
inline float unit(std::uint32_t h) { return static_cast<float>(h >> 8) * (1.0F / 16777216.0F); }  // [0, 1)
inline float unit_low(std::uint32_t h) { return static_cast<float>(h & 0xffffU) * (1.0F / 65536.0F); }
inline float unit_high(std::uint32_t h) { return static_cast<float>(h >> 16) * (1.0F / 65536.0F); }

// Gradient noise (Perlin 2002) on the integer lattice, about [-1, 1], mean 0.
inline float noise(float x, float y, std::uint32_t seed) {
    const float fx = floor(x), fy = floor(y);
    const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
    const float u = x - fx, v = y - fy;
    // The four corners at once: (0, 0), (1, 0), (0, 1), (1, 1), each hashed as hash() does.
    const std::uint32_t hx0 = static_cast<std::uint32_t>(ix) * 0x9E3779B1U, hx1 = hx0 + 0x9E3779B1U;
    const std::uint32_t hy0 = static_cast<std::uint32_t>(iy) * 0x85EBCA77U + seed * 0xC2B2AE3DU,
                        hy1 = hy0 + 0x85EBCA77U;
    UVec4 h = UVec4{hx0, hx1, hx0, hx1} ^ UVec4 { hy0, hy0, hy1, hy1 };
    h ^= h >> 15;
    h *= 0x2C1B3C6DU;
    h ^= h >> 12;
    h *= 0x297A2D39U;
    h ^= h >> 15;
    const auto direction = [](UVec4 sixteen_bits) {
        const Vec4 whole = __builtin_convertvector(reinterpret_cast<IVec4>(sixteen_bits), Vec4);
        return whole * splat(1.0F / 65536.0F) * splat(2.0F) - splat(1.0F);
    };
    const Vec4 corner = direction(h & 0xffffU) * vec4(u, u - 1.0F, u, u - 1.0F) +
                        direction(h >> 16) * vec4(v, v, v - 1.0F, v - 1.0F);
    const float su = u * u * u * (u * (u * 6.0F - 15.0F) + 10.0F),
                sv = v * v * v * (v * (v * 6.0F - 15.0F) + 10.0F);
    return 2.0F * mix(mix(corner[0], corner[1], su), mix(corner[2], corner[3], su), sv);
}

// Sum of octaves, each turned against the one before so that the lattice does not show; about [-1, 1].
inline float fbm(float x, float y, int octaves, std::uint32_t seed) {
    float sum = 0, gain = 0.5F;
    for (int i = 0; i < octaves; ++i) {
        sum += gain * noise(x, y, seed + static_cast<std::uint32_t>(i));
        const float t = 1.6F * x + 1.2F * y + 17.3F;
        y = 1.6F * y - 1.2F * x + 5.7F;
        x = t;
        gain *= 0.5F;
    }
    return sum;
}

// Height of paper's tooth at a pixel of the full picture, 0..1, mean a half; bumps of about `size` pixels.
inline float tooth(float x, float y, float size, std::uint32_t seed) {
    const float s = 1.0F / max(size, 0.7F);
    const float n = 0.62F * noise(x * s, y * s, seed) +
                    0.42F * noise(x * s * 2.1F + 3.7F, y * s * 2.1F, seed + 1U) +
                    0.30F * noise(x * s * 0.43F, y * s * 0.43F + 9.1F, seed + 2U);
    return saturate(0.5F + 0.62F * n);
}

// ---- colour

inline float luma(Vec4 c) { return 0.2126F * c[0] + 0.7152F * c[1] + 0.0722F * c[2]; }
inline float encode_srgb(float x) {
    x = max(x, 0.0F);
    return x <= 0.0031308F ? 12.92F * x : 1.055F * pow(x, 1.0F / 2.4F) - 0.055F;
}
inline float decode_srgb(float x) {
    x = max(x, 0.0F);
    return x <= 0.04045F ? x / 12.92F : pow((x + 0.055F) / 1.055F, 2.4F);
}
inline Vec4 encode_srgb(Vec4 c) {
    const Vec4 x = max(c, splat(0));
    const Vec4 e =
        x <= splat(0.0031308F) ? splat(12.92F) * x : splat(1.055F) * pow(x, 1.0F / 2.4F) - splat(0.055F);
    return with_alpha(e, c[3]);
}
inline Vec4 decode_srgb(Vec4 c) {
    const Vec4 x = max(c, splat(0));
    const Vec4 d = x <= splat(0.04045F) ? x / splat(12.92F) : pow((x + splat(0.055F)) / splat(1.055F), 2.4F);
    return with_alpha(d, c[3]);
}

// ---- a pass being run

struct View {  // an input: image of vec4, or planes of the source
    const Vec4* pixel = nullptr;
    int width = 1, height = 1;

    Vec4 at(int x, int y) const {  // clamped to the border
        x = x < 0 ? 0 : (x >= width ? width - 1 : x);
        y = y < 0 ? 0 : (y >= height ? height - 1 : y);
        return pixel[static_cast<std::ptrdiff_t>(y) * width + x];
    }
    Vec4 sample(float x, float y) const {  // bilinear; whole numbers are pixel centres
        const float fx = floor(x), fy = floor(y);
        const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
        return mix(mix(at(ix, iy), at(ix + 1, iy), x - fx), mix(at(ix, iy + 1), at(ix + 1, iy + 1), x - fx),
                   y - fy);
    }
};

struct Pass {
    const std::uint32_t* words = nullptr;
    const float* const* planes =
        nullptr;  // of the source, for the pass that reads it; nullptr for an absent plane
    View in[5] = {};
    Vec4* out = nullptr;

    int width() const { return static_cast<int>(words[0]); }
    int height() const { return static_cast<int>(words[1]); }
    int origin_x() const { return static_cast<int>(words[2]); }
    int origin_y() const { return static_cast<int>(words[3]); }
    int full_width() const { return static_cast<int>(words[4]); }
    int full_height() const { return static_cast<int>(words[5]); }
    float unit_length() const {
        return std::bit_cast<float>(words[7]);
    }  // pixels in a thousandth of the shorter side
    int source_width() const { return static_cast<int>(words[18]); }
    int source_height() const { return static_cast<int>(words[19]); }
    float f(int i) const { return std::bit_cast<float>(words[20 + i]); }  // the primitive's number i
    std::uint32_t u(int i) const { return words[20 + i]; }
    float full_x(int x) const { return static_cast<float>(x + origin_x()) + 0.5F; }  // of a pixel's centre
    float full_y(int y) const { return static_cast<float>(y + origin_y()) + 0.5F; }
    int i(int n) const { return static_cast<int>(f(n) + 0.5F); }
    Vec4 rgb(int i) const { return vec4(f(i), f(i + 1), f(i + 2), 1.0F); }
};

// Calls shade(pass, x, y) for every pixel of the output.
template <class Shade>
void each_pixel(const Pass& pass, Shade shade) {
    const int w = pass.width(), h = pass.height();
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) pass.out[static_cast<std::ptrdiff_t>(y) * w + x] = shade(x, y);
}

}  // namespace limner::finish
