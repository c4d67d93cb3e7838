// Brush strokes and thick paint (shaders/strokes.wgsl, relief.wgsl).
#include "finish/noise_field.h"
#include "finish/primitives/all.h"

#include <vector>

namespace limner::finish {

namespace {

constexpr int kOrders =
    4;  // strokes lie on one another in storeys, by whether their cell is odd or even, then row by row

struct Stroke {
    float x, y;  // middle, in pixels of this image
    Vec2 along;  // unit
    float bend;  // v = bend u^2
    Vec4 colour;
    float opacity;
    std::uint32_t seed;
};

struct Brush {
    float cell, half_width, half_length, opacity, bristle, vary, curve, threshold, across, thick;
    std::uint32_t seed;
    int cells;  // how many cells away a stroke may reach

    explicit Brush(const Pass& pass) {
        const float width = max(pass.f(0), 1.5F);
        cell = width * 0.8F;
        half_width = 0.5F * width;
        half_length = half_width * max(pass.f(1), 1.0F);
        opacity = pass.f(2);
        bristle = pass.f(3) * saturate((half_width - 1.0F) * 0.35F);  // hairs thinner than a pixel are noise
        vary = pass.f(4);
        curve = pass.f(5);
        threshold = pass.f(6);
        across = pass.f(7);
        thick = pass.f(8);
        seed = pass.u(9);
        cells = ifloor((half_length + half_width) / cell + 0.5F) + 1;
    }
};

bool make_stroke(const Pass& pass, const Brush& b, int cx, int cy, Stroke& s) {
    const std::uint32_t h = hash(cx, cy, b.seed);
    s.x = (static_cast<float>(cx) + unit_low(h)) * b.cell - static_cast<float>(pass.origin_x()) - 0.5F;
    s.y = (static_cast<float>(cy) + unit_high(h)) * b.cell - static_cast<float>(pass.origin_y()) - 0.5F;
    const int ix = ifloor(s.x + 0.5F), iy = ifloor(s.y + 0.5F);
    const Vec4 reference = pass.in[0].at(ix, iy), canvas = pass.in[2].at(ix, iy);
    s.opacity = b.opacity;
    if (b.threshold >
        0.0F) {  // finer layers only where the coarser are wrong, or where it matters (Hertzmann 1998)
        const Vec4 d = reference - canvas;
        const float wrong =
            std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) + 0.6F * saturate(pass.in[3].at(ix, iy)[0]);
        s.opacity *= smoothstep(0.8F * b.threshold, 1.2F * b.threshold, wrong);
        if (s.opacity <= 0.0F) return false;
    }
    const auto tangent = [&](float x, float y) {
        const Vec4 t = pass.in[1].at(ifloor(x + 0.5F), ifloor(y + 0.5F));
        const Vec2 a{t[0], t[1]}, turned{-t[1], t[0]};
        return b.across > 0.5F ? turned : a;
    };
    s.along = tangent(s.x, s.y);
    const float away = 0.7F * b.half_length;
    const auto slope = [&](float side) {
        Vec2 t = tangent(s.x + side * away * s.along.x, s.y + side * away * s.along.y);
        float c = dot(t, s.along), v = t.y * s.along.x - t.x * s.along.y;
        if (c < 0) c = -c, v = -v;
        return v / max(c, 0.35F);
    };
    s.bend = b.curve *
             clamp((slope(1.0F) - slope(-1.0F)) / (4.0F * away), -0.5F / b.half_length, 0.5F / b.half_length);
    const std::uint32_t g = hash(cx, cy, b.seed + 1U);
    const float bright = b.vary * (unit_low(g) - 0.5F), warm = 0.5F * b.vary * (unit_high(g) - 0.5F);
    s.colour =
        saturate(reference * splat(1.0F + 0.5F * bright) +
                 vec4(0.12F * warm + 0.06F * bright, 0.06F * bright, 0.06F * bright - 0.12F * warm, 0));
    s.seed = g;
    return true;
}

struct Hair {  // noise as far as a stroke is wide and long, for strokes of 61 phases
    NoiseField coarse{-6, -3, 68, 3, 71U}, fine{-12, -4, 12, 67, 72U};
};

// Paints one stroke over one pixel: colour below, height above it in alpha.
Vec4 touch(const Brush& b, const Hair& of_brush, const Stroke& s, float x, float y, Vec4 canvas) {
    const float rx = x - s.x, ry = y - s.y;
    const float u = rx * s.along.x + ry * s.along.y, v = ry * s.along.x - rx * s.along.y - s.bend * u * u;
    const float end = max(abs(u) - (b.half_length - b.half_width), 0.0F);
    const float d2 = (v * v + end * end) / (b.half_width * b.half_width);
    if (d2 >= 1.6F) return canvas;
    const float phase = unit(s.seed) * 61.0F;
    const float hair = of_brush.coarse.at(v / b.half_width * 3.1F + phase, u / b.half_length * 0.8F) +
                       0.6F * of_brush.fine.at(v / b.half_width * 7.3F, u / b.half_length * 1.7F + phase);
    const float d =
        std::sqrt(d2) + b.bristle * 0.22F * hair + b.bristle * 0.12F * saturate(u / b.half_length) * hair;
    const float soft = 0.9F / b.half_width;
    const float cover = smoothstep(1.0F, 1.0F - max(0.25F, soft), d) * s.opacity;
    if (cover <= 0.0F) return canvas;
    const Vec4 colour = s.colour * splat(1.0F + 0.10F * b.bristle * hair);
    const float ridge = (0.55F + 0.35F * smoothstep(0.4F, 0.85F, d) + 0.5F * b.bristle * hair) * b.thick;
    return with_alpha(mix(canvas, colour, cover), mix(canvas[3], ridge + 0.35F * canvas[3], cover));
}

}  // namespace

// One layer of curved strokes over a canvas (after Hertzmann 1998; gathered on a jittered grid, so that every pixel knows the strokes
// over it). in: picture (blurred to the brush), flow, canvas (height of paint in alpha), mask (red: matters).
// 0 width (pixels), 1 length in widths, 2 opacity, 3 bristle, 4 vary, 5 curve, 6 threshold (0: paint everywhere), 7 across the flow,
// 8 thickness of paint, 9 seed.
void strokes(const Pass& pass) {
    const Brush b(pass);
    const Hair hair;
    const int w = pass.width(), h = pass.height();
    const View canvas = pass.in[2];
    each_pixel(pass, [&](int x, int y) { return canvas.at(x, y); });
    // The shader gathers; here strokes are laid one after the other, in the same order.
    const int x0 = ifloor(static_cast<float>(pass.origin_x()) / b.cell) - b.cells,
              x1 = ifloor(static_cast<float>(pass.origin_x() + w) / b.cell) + b.cells;
    const int y0 = ifloor(static_cast<float>(pass.origin_y()) / b.cell) - b.cells,
              y1 = ifloor(static_cast<float>(pass.origin_y() + h) / b.cell) + b.cells;
    const float reach =
        std::sqrt(b.half_length * b.half_length + b.half_width * b.half_width * 1.6F) + 0.6F * b.half_length;
    for (int order = 0; order < kOrders; ++order)
        for (int cy = y0 + ((y0 ^ (order >> 1)) & 1); cy <= y1; cy += 2)
            for (int cx = x0 + ((x0 ^ order) & 1); cx <= x1; cx += 2) {
                Stroke s;
                if (!make_stroke(pass, b, cx, cy, s)) continue;
                const int px0 = ifloor(s.x - reach) < 0 ? 0 : ifloor(s.x - reach),
                          px1 = ifloor(s.x + reach) + 1;
                const int py0 = ifloor(s.y - reach) < 0 ? 0 : ifloor(s.y - reach),
                          py1 = ifloor(s.y + reach) + 1;
                for (int y = py0; y <= py1 && y < h; ++y)
                    for (int x = px0; x <= px1 && x < w; ++x) {
                        // Only what the shader's gathering sees too.
                        const int gx = ifloor((static_cast<float>(x + pass.origin_x()) + 0.5F) / b.cell),
                                  gy = ifloor((static_cast<float>(y + pass.origin_y()) + 0.5F) / b.cell);
                        if (gx - cx > b.cells || cx - gx > b.cells || gy - cy > b.cells || cy - gy > b.cells)
                            continue;
                        Vec4& at = pass.out[static_cast<std::ptrdiff_t>(y) * w + x];
                        at = touch(b, hair, s, static_cast<float>(x), static_cast<float>(y), at);
                    }
            }
}

float strokes_reach(const Pass& pass) {
    const Brush b(pass);
    return (static_cast<float>(b.cells) + 1.0F) * b.cell + b.half_length;
}

// Light on thick paint and on canvas. in: a picture, height in alpha.
// 0 depth, 1 light's angle (degrees, from above to the left is -45), 2 gloss, 3 weave, 4 weave's size (pixels), 5 height from luma, 6 seed.
void relief(const Pass& pass) {
    const View in = pass.in[0];
    const float depth = pass.f(0), turn = pass.f(1) / 360.0F, gloss = pass.f(2), weave = pass.f(3),
                size = max(pass.f(4), 1.5F), from_luma = pass.f(5);
    const std::uint32_t seed = pass.u(6);
    const float lx = sin_turn(turn), ly = -cos_turn(turn), step = 1.0F / max(pass.unit_length(), 0.5F);
    const Tooth cloth(pass, size * 0.8F, seed);
    const int w = pass.width() + 2;
    std::vector<float> heights(static_cast<std::size_t>(w) * static_cast<std::size_t>(pass.height() + 2));
    for (int y = -1; y <= pass.height(); ++y)
        for (int x = -1; x <= pass.width(); ++x) {
            const Vec4 c = in.at(x, y);
            float height = c[3] + from_luma * luma(c);
            if (weave > 0.0F) {
                const float fx = pass.full_x(x), fy = pass.full_y(y);
                const float wave = cos_turn(fx / size) * cos_turn(fy / size),
                            thread = 0.5F * wave + 0.5F * (cloth.at(fx, fy) - 0.5F);
                height += weave * thread * (1.0F - 0.55F * saturate(c[3]));
            }
            heights[static_cast<std::size_t>((y + 1) * w + x + 1)] = height;
        }
    each_pixel(pass, [&](int x, int y) {
        const float* at = &heights[static_cast<std::size_t>((y + 1) * w + x + 1)];
        const float dx = 0.5F * (at[1] - at[-1]), dy = 0.5F * (at[w] - at[-w]);
        const float toward = -(dx * lx + dy * ly) * step * depth;  // how far the slope turns to the light
        const float lit = clamp(1.0F + 0.9F * toward, 0.55F, 1.5F);
        const float shine = gloss * smoothstep(0.10F, 0.55F, toward) * 0.35F;
        const Vec4 c = in.at(x, y) * splat(lit) + splat(shine);
        return with_alpha(saturate(c), 1.0F);
    });
}

}  // namespace limner::finish
