// The small vocabulary the C++ twins share with shaders/common.wgsl beside base/vec.h: noise, colour, and access to images.
#pragma once
#include "base/vec.h"

namespace limner::finish {

// ---- the first three of four as a vector in space

inline float dot3(Vec4 a, Vec4 b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline Vec4 cross3(Vec4 a, Vec4 b) {
    return vec4(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0], 0);
}
inline Vec4 unit3(Vec4 a) { return a * splat(1.0F / max(std::sqrt(dot3(a, a)), 1e-6F)); }

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

// noise(), and its slopes along x and y, a cell.
struct NoiseSlope {
    float value, x, y;
};
inline NoiseSlope noise_slope(float x, float y, std::uint32_t seed) {
    const int ix = ifloor(x), iy = ifloor(y);
    const float u = x - floor(x), v = y - floor(y);
    const float su = u * u * u * (u * (u * 6.0F - 15.0F) + 10.0F),
                sv = v * v * v * (v * (v * 6.0F - 15.0F) + 10.0F),
                du = 30.0F * u * u * (u - 1.0F) * (u - 1.0F), dv = 30.0F * v * v * (v - 1.0F) * (v - 1.0F);
    const auto corner = [&](int cx, int cy) {  // a plane through nought there
        const std::uint32_t h = hash(ix + cx, iy + cy, seed);
        const float gx = unit_low(h) * 2.0F - 1.0F, gy = unit_high(h) * 2.0F - 1.0F;
        return NoiseSlope{gx * (u - static_cast<float>(cx)) + gy * (v - static_cast<float>(cy)), gx, gy};
    };
    const auto between = [](const NoiseSlope& a, const NoiseSlope& b, float t) {
        return NoiseSlope{mix(a.value, b.value, t), mix(a.x, b.x, t), mix(a.y, b.y, t)};
    };
    const NoiseSlope c00 = corner(0, 0), c10 = corner(1, 0), c01 = corner(0, 1), c11 = corner(1, 1);
    const NoiseSlope low = between(c00, c10, su), high = between(c01, c11, su), all = between(low, high, sv);
    return {2.0F * all.value, 2.0F * (all.x + du * mix(c10.value - c00.value, c11.value - c01.value, sv)),
            2.0F * (all.y + dv * (high.value - low.value))};
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
