// Drawing with lines and dots (shaders/lines.wgsl, hatch.wgsl, stipple.wgsl).
#include "finish/primitives/all.h"

#include <vector>

namespace limner::finish {

// Engraving: parallel lines that swell with the dark and bulge with the form (Ostromoukhov 1999). in: picture, surface, matte,
// form (a blurred picture, which stands in for depth in a photo).
// 0 spacing (pixels), 1 angle (degrees), 2 bulge, 3 contrast, 4 crossing, 5 ink, 8 paper, 11 unevenness, 12 seed.
void lines(const Pass& pass) {
    const float spacing = max(pass.f(0), 3.2F), per = 1.0F / spacing, bulge = pass.f(2), contrast = pass.f(3),
                cross = pass.f(4), rough = pass.f(11);
    const Vec4 ink = pass.rgb(5), paper = pass.rgb(8);
    const std::uint32_t seed = pass.u(12);
    const float unit = pass.unit_length();
    const int stride = pass.width() + 2;
    std::vector<float> heights(static_cast<std::size_t>(stride) *
                               static_cast<std::size_t>(pass.height() + 2));
    for (int y = -1; y <= pass.height(); ++y)
        for (int x = -1; x <= pass.width(); ++x) {  // of the form, in pixels
            const Vec4 s = pass.in[1].at(x, y);
            const float matte = saturate(pass.in[2].at(x, y)[3]),
                        solid = smoothstep(0.2F, 0.6F, s[0] * s[0] + s[1] * s[1] + s[2] * s[2]) * matte;
            heights[static_cast<std::size_t>((y + 1) * stride + x + 1)] =
                unit * bulge * mix(70.0F * luma(pass.in[3].at(x, y)), 1100.0F * (s[3] + 0.1F), solid);
        }
    Vec2 turns[3];  // of the three families of lines
    for (int family = 0; family < 3; ++family) {
        const float turn = (pass.f(1) + (family == 0 ? 0.0F : (family == 1 ? 62.0F : -58.0F))) / 360.0F;
        turns[family] = {cos_turn(turn), sin_turn(turn)};
    }
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y);
        const float* form = &heights[static_cast<std::size_t>((y + 1) * stride + x + 1)];
        const float fx = pass.full_x(x), fy = pass.full_y(y), height = form[0];
        const float dhx = 0.5F * (form[1] - form[-1]), dhy = 0.5F * (form[stride] - form[-stride]);
        const float uneven = rough * 0.35F * spacing * noise(fx * per * 0.21F, fy * per * 0.21F, seed);
        float dark = saturate(1.0F - luma(in));
        dark = mix(dark, dark * dark * (3.0F - 2.0F * dark), contrast);
        float white = 1.0F;
        for (int family = 0; family < 3; ++family) {
            const float c = turns[family].x, s = turns[family].y;
            const float start = family == 0 ? 0.0F : (family == 1 ? 0.42F : 0.72F);
            const float share = family == 0 ? dark : cross * saturate((dark - start) / (1.0F - start));
            const float phase = (fy * c - fx * s + height + uneven) * per;
            const float gx = dhx - s, gy = dhy + c, slope = std::sqrt(gx * gx + gy * gy);
            const float along = (fx * c + fy * s) * per;
            // Between every two lines `many` - 1 more.
            const auto cut = [&](float many) {
                const float place = (phase - 0.5F) * many + 0.5F, rate = slope * many * per;
                const float d = abs(fract(place) - 0.5F);  // periods from the line's middle
                const float shiver =
                    1.0F + rough * 0.5F * noise(along * 0.7F, floor(place) * 3.1F, seed + 3U);
                const float half = (family == 0 ? 0.06F + 0.44F * share : 0.40F * share) * shiver,
                            soft = max(0.65F * rate, 0.04F);
                const float line =
                    (1.0F - smoothstep(half - soft, half + soft, d)) * smoothstep(0.0F, 0.10F, share);
                // Where the form is steep the lines crowd; they must not swell there, nor alias.
                return mix(line, 2.0F * half, smoothstep(0.35F, 0.6F, rate));
            };
            // Where the form falls away as fast as the lines go on, as under a chin, they would be as wide as a hand: there are more.
            float many = 1.0F;
            for (int i = 0; i < 3; ++i) many *= slope * many < 0.5F ? 2.0F : 1.0F;
            const float more = 1.0F - smoothstep(0.5F, 0.9F, slope * many);
            const float drawn = more > 0 ? mix(cut(many), cut(2.0F * many), more) : cut(many);
            white *= 1.0F - saturate(drawn);
        }
        return with_alpha(mix(ink, paper, white), in[3]);
    });
}

// Pen strokes in crossing layers; each darker tone adds a layer (after Praun, Hoppe, Webb, Finkelstein 2001). in: picture.
// 0 spacing (pixels), 1 angle (degrees), 2 length (pixels), 3 layers, 4 wobble, 5 width (share of spacing), 6 ink, 9 paper,
// 12 how much the strokes take the picture's colour, 13 seed.
void hatch(const Pass& pass) {
    const float spacing = max(pass.f(0), 1.5F), per = 1.0F / spacing, reach = max(pass.f(2), 4.0F),
                wobble = pass.f(4), width = pass.f(5), colour = pass.f(12);
    const int layers = pass.i(3);
    const Vec4 ink = pass.rgb(6), paper = pass.rgb(9);
    const std::uint32_t seed = pass.u(13);
    Vec2 turns[4];  // of the layers
    for (int k = 0; k < 4; ++k) {
        const float fan = k == 0 ? 0.0F : (k == 1 ? 72.0F : (k == 2 ? -34.0F : 38.0F));
        const float turn = (pass.f(1) + fan) / 360.0F;
        turns[k] = {cos_turn(turn), sin_turn(turn)};
    }
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y), dark = saturate(1.0F - luma(in));
        const float bend = wobble * spacing;
        const float wx = fx + bend * noise(fx * per * 0.06F, fy * per * 0.06F, seed + 50U),
                    wy = fy + bend * noise(fx * per * 0.06F + 31.0F, fy * per * 0.06F, seed + 51U);
        float white = 1.0F;
        for (int k = 0; k < layers; ++k) {
            const float c = turns[k & 3].x, s = turns[k & 3].y;
            const float u = wx * c + wy * s, v = (wy * c - wx * s) * per;
            const int row = ifloor(v);
            const std::uint32_t h = hash(row, k, seed);
            const float run = u / reach + unit(h) * 7.0F;
            const int piece = ifloor(run);
            const std::uint32_t g = hash(row, piece, seed + 17U + static_cast<std::uint32_t>(k));
            const float along = run - floor(run),
                        taper = saturate(5.0F * along) * saturate(5.0F * (1.0F - along));
            const float off =
                v - floor(v) - 0.5F + 0.36F * (unit_low(g) - 0.5F) + 0.12F * wobble * (along - 0.5F);
            const float start = (static_cast<float>(k) + 0.22F) / (static_cast<float>(layers) + 0.35F);
            const float strength =
                smoothstep(start - 0.07F, start + 0.20F, dark + 0.16F * (unit_high(g) - 0.5F));
            const float half = 0.5F * width * (0.35F + 0.65F * taper) * (0.45F + 0.75F * strength),
                        soft = max(0.7F * per, 0.05F);
            const float line =
                (1.0F - smoothstep(half - soft, half + soft, abs(off))) * strength * (0.6F + 0.4F * taper);
            white *= 1.0F - line;
        }
        const Vec4 drawn = mix(ink, in * splat(0.55F) + ink * splat(0.2F), colour);
        return with_alpha(mix(drawn, paper, white), in[3]);
    });
}

// Dots, the more the darker (after Secord 2002, on jittered grids so that a pixel can gather them). in: picture.
// 0 cell (pixels), 1 size, 2 gamma, 3 ink, 6 paper, 9 how much dots take the picture's colour, 10 layers, 11 seed.
void stipple(const Pass& pass) {
    const float gamma = pass.f(2), colour = pass.f(9);
    const int layers = pass.i(10);
    const Vec4 ink = pass.rgb(3), paper = pass.rgb(6);
    each_pixel(pass, [&](int, int) { return paper; });
    // The shader asks every pixel for the dots around it; here every dot is worked out once and laid on its pixels. Within a layer
    // dots go row by row, as the shader's do, so they lie on one another in the same order.
    const int w = pass.width(), h = pass.height();
    const float ox = static_cast<float>(pass.origin_x()), oy = static_cast<float>(pass.origin_y());
    for (int k = 0; k < layers; ++k) {
        const float cell =
            max(pass.f(0), 2.0F) * (k == 0 ? 1.0F : (k == 1 ? 0.83F : (k == 2 ? 0.71F : 0.61F)));
        const std::uint32_t seed = pass.u(11) + 101U * static_cast<std::uint32_t>(k);
        const auto cell_of = [&](int pixel, float origin) {
            return ifloor((static_cast<float>(pixel) + origin + 0.5F) / cell);
        };
        for (int cy = cell_of(0, oy) - 1; cy <= cell_of(h - 1, oy) + 1; ++cy)
            for (int cx = cell_of(0, ox) - 1; cx <= cell_of(w - 1, ox) + 1; ++cx) {
                const std::uint32_t hashed = hash(cx, cy, seed);
                const float px = (static_cast<float>(cx) + 0.5F + 0.76F * (unit_low(hashed) - 0.5F)) * cell;
                const float py = (static_cast<float>(cy) + 0.5F + 0.76F * (unit_high(hashed) - 0.5F)) * cell;
                const Vec4 at = pass.in[0].sample(px - ox - 0.5F, py - oy - 0.5F);
                const float dark = pow(saturate(1.0F - luma(at)), gamma),
                            rank = unit(hash(cx, cy, seed + 7U));
                const float over = dark * 1.08F - 0.02F - rank * 0.98F;
                const float there = smoothstep(0.0F, 0.05F, over);
                if (there <= 0.0F) continue;
                const float radius =
                    cell * pass.f(1) * (0.30F + 0.22F * saturate(over)) * (0.8F + 0.2F * there);
                const Vec4 dot_ink = mix(ink, at, colour);
                // As far as the dot goes, and as pixels look: a cell further.
                const float reach = radius + 0.6F;
                const int x0 = ifloor(px - ox - reach - 0.5F), x1 = ifloor(px - ox + reach + 0.5F);
                const int y0 = ifloor(py - oy - reach - 0.5F), y1 = ifloor(py - oy + reach + 0.5F);
                for (int y = y0 < 0 ? 0 : y0; y <= y1 && y < h; ++y) {
                    const int gy = cell_of(y, oy) - cy;
                    if (gy < -1 || gy > 1) continue;
                    for (int x = x0 < 0 ? 0 : x0; x <= x1 && x < w; ++x) {
                        const int gx = cell_of(x, ox) - cx;
                        if (gx < -1 || gx > 1) continue;
                        const float dx = pass.full_x(x) - px, dy = pass.full_y(y) - py;
                        const float cover =
                            there * smoothstep(radius + 0.6F, radius - 0.6F, std::sqrt(dx * dx + dy * dy));
                        Vec4& c = pass.out[static_cast<std::ptrdiff_t>(y) * w + x];
                        c = mix(c, dot_ink, cover);
                    }
                }
            }
    }
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x)
            pass.out[static_cast<std::ptrdiff_t>(y) * w + x][3] = pass.in[0].at(x, y)[3];
}

float stipple_reach(const Pass& pass) { return 2.0F * max(pass.f(0), 2.0F) + 2.0F; }

}  // namespace limner::finish
