// Printing: screens, spot inks, and the grids of screens and cloth (shaders/halftone.wgsl, inks.wgsl, pixels.wgsl, stitch.wgsl).
#include "finish/primitives/all.h"

namespace limner::finish {

namespace {

// How much of a pixel is inked where a screen of round dots turned by `turn` must cover the share `cover`.
float dot_screen(float x, float y, float cell, float turn, float cover, float soft, bool lines) {
    const float c = cos_turn(turn), s = sin_turn(turn), per = 1.0F / cell;
    const float u = (x * c + y * s) * per, v = (y * c - x * s) * per;
    const float spot = lines ? 0.5F + 0.5F * cos_turn(v) : 0.5F + 0.25F * (cos_turn(u) + cos_turn(v));
    const float wide = (0.8F + soft) * 1.6F * per;
    // Nothing at all and everything stay pure, though the threshold is soft.
    return smoothstep(-wide, wide, spot - 1.0F + cover * (1.0F + 2.0F * wide) - wide);
}

}  // namespace

// in: picture. 0 cell (pixels), 1 angle (degrees), 2 ink, 5 paper, 8 mode (0 one ink in dots, 1 in lines, 2 four process colours), 9 soft.
void halftone(const Pass& pass) {
    const float cell = max(pass.f(0), 2.0F), turn = pass.f(1) / 360.0F, soft = pass.f(9);
    const Vec4 ink = pass.rgb(2), paper = pass.rgb(5);
    const int mode = pass.i(8);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y);
        if (mode < 2) {
            const float cover = dot_screen(fx, fy, cell, turn, 1.0F - luma(in), soft, mode == 1);
            return with_alpha(mix(paper, ink, cover), in[3]);
        }
        const Vec4 cmy = saturate(splat(1) - in);
        const float k = 0.85F * min(min(cmy[0], cmy[1]), cmy[2]), rest = 1.0F / max(1.0F - k, 0.05F);
        Vec4 c = paper;
        c = c * mix(splat(1), vec4(0.0F, 0.64F, 0.86F, 1),
                    dot_screen(fx, fy, cell, turn + 0.0417F, saturate((cmy[0] - k) * rest), soft, false));
        c = c * mix(splat(1), vec4(0.90F, 0.13F, 0.49F, 1),
                    dot_screen(fx, fy, cell, turn + 0.2083F, saturate((cmy[1] - k) * rest), soft, false));
        c = c * mix(splat(1), vec4(1.0F, 0.92F, 0.12F, 1),
                    dot_screen(fx, fy, cell, turn, saturate((cmy[2] - k) * rest), soft, false));
        c = c * mix(splat(1), vec4(0.10F, 0.10F, 0.12F, 1),
                    dot_screen(fx, fy, cell, turn + 0.125F, k, soft, false));
        return with_alpha(c, in[3]);
    });
}

// Spot inks: how much of each brings the paper nearest to the picture, least squares in absorbance. in: picture.
// 0 3 6 inks, 9 paper, 12 how many inks, 13 screen (0 dots, 1 grains, 2 flat), 14 cell, 15 angle (degrees), 16 shift of the plates
// (pixels), 17 unevenness, 18 hardness, 19 seed.
void inks(const Pass& pass) {
    const int count = pass.i(12), screen = pass.i(13);
    const float cell = max(pass.f(14), 2.0F), turn = pass.f(15) / 360.0F, shift = pass.f(16),
                uneven = pass.f(17), hard = pass.f(18);
    const std::uint32_t seed = pass.u(19);
    const Vec4 paper = pass.rgb(9);
    Vec4 absorb[3];
    float norm[3];
    const auto absorbance = [&](Vec4 c) {
        Vec4 a = splat(0);
        for (int k = 0; k < 3; ++k) a[k] = max(-log2(max(c[k], 0.02F) / max(paper[k], 0.02F)), 0.0F);
        return a;
    };
    for (int k = 0; k < 3; ++k) {
        absorb[k] = absorbance(pass.rgb(3 * k));
        norm[k] = 1.0F / max(dot3(absorb[k], absorb[k]), 1e-3F);
    }
    each_pixel(pass, [&](int x, int y) {
        const float fx = pass.full_x(x), fy = pass.full_y(y);
        Vec4 c = paper;
        for (int plate = 0; plate < count; ++plate) {
            const float way = 0.13F + 0.37F * static_cast<float>(plate);  // each plate slips its own way
            const float sx = shift * cos_turn(way), sy = shift * sin_turn(way);
            const Vec4 target = absorbance(
                saturate(pass.in[0].sample(static_cast<float>(x) + sx, static_cast<float>(y) + sy)));
            float amount[3] = {0.3F, 0.3F, 0.3F};
            for (int round = 0; round < 6; ++round)
                for (int k = 0; k < count; ++k) {
                    Vec4 rest = target;
                    for (int j = 0; j < count; ++j)
                        if (j != k) rest = rest - absorb[j] * splat(amount[j]);
                    amount[k] = saturate(dot3(rest, absorb[k]) * norm[k]);
                }
            float cover = amount[plate];
            const float s = cover * cover * (3.0F - 2.0F * cover);
            cover = mix(cover, s, hard);
            if (screen == 0)
                cover =
                    dot_screen(fx, fy, cell, turn + 0.0833F * static_cast<float>(plate), cover, 0.3F, false);
            else if (screen == 1) {
                const float n = tooth(fx, fy, 0.5F * cell, seed + 11U * static_cast<std::uint32_t>(plate));
                cover = smoothstep(-0.16F, 0.16F, cover * 1.3F - 0.15F - (0.12F + 0.76F * n));
            }
            const float worn = 1.0F - uneven * (0.35F * tooth(fx, fy, 2.2F * cell,
                                                              seed + 5U + static_cast<std::uint32_t>(plate)) +
                                                0.3F * unit(hash(x + pass.origin_x(), y + pass.origin_y(),
                                                                 seed + static_cast<std::uint32_t>(plate))));
            c = c * mix(splat(1), pass.rgb(3 * plate) / max(paper, splat(0.02F)), cover * worn);
        }
        return with_alpha(saturate(c), pass.in[0].at(x, y)[3]);
    });
}

float inks_reach(const Pass& pass) { return pass.f(16) + 1.0F; }

// Large pixels. in: picture (blurred to their size). 0 cell (pixels), 1 levels of each colour, 2 dither, 3 gap between them.
void pixels(const Pass& pass) {
    const int cell = ifloor(max(pass.f(0), 2.0F) + 0.5F);
    const float steps = pass.f(1) - 1.0F, dither = pass.f(2), gap = pass.f(3);
    const int bayer[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    each_pixel(pass, [&](int x, int y) {
        const int fx = x + pass.origin_x(), fy = y + pass.origin_y(), cx = fx / cell, cy = fy / cell;
        const Vec4 in =
            pass.in[0].at(cx * cell + cell / 2 - pass.origin_x(), cy * cell + cell / 2 - pass.origin_y());
        const float d =
            0.5F + dither * ((static_cast<float>(bayer[(cy & 3) * 4 + (cx & 3)]) + 0.5F) / 16.0F - 0.5F);
        Vec4 c = in;
        for (int k = 0; k < 3; ++k) c[k] = saturate(floor(saturate(in[k]) * steps + d) / steps);
        const bool border = fx % cell == 0 || fy % cell == 0;
        return with_alpha(border ? c * splat(1.0F - gap) : c, pass.in[0].at(x, y)[3]);
    });
}

float cell_reach(const Pass& pass) { return max(pass.f(0), 2.0F) + 2.0F; }

// Cross-stitch. in: picture (blurred to the stitch's size). 0 cell (pixels), 1 cloth, 4 levels, 5 vary, 6 seed.
void stitch(const Pass& pass) {
    const int cell = ifloor(max(pass.f(0), 4.0F) + 0.5F);
    const Vec4 cloth = pass.rgb(1);
    const float steps = pass.f(4) - 1.0F, vary = pass.f(5), per = 1.0F / static_cast<float>(cell),
                soft = 1.2F * per;
    const std::uint32_t seed = pass.u(6);
    each_pixel(pass, [&](int x, int y) {
        const int fx = x + pass.origin_x(), fy = y + pass.origin_y(), cx = fx / cell, cy = fy / cell;
        const float u = (static_cast<float>(fx - cx * cell) + 0.5F) * per - 0.5F,
                    v = (static_cast<float>(fy - cy * cell) + 0.5F) * per - 0.5F;
        Vec4 thread =
            pass.in[0].at(cx * cell + cell / 2 - pass.origin_x(), cy * cell + cell / 2 - pass.origin_y());
        for (int k = 0; k < 3; ++k) thread[k] = saturate(floor(saturate(thread[k]) * steps + 0.5F) / steps);
        thread = thread * splat(1.0F + vary * (unit(hash(cx, cy, seed)) - 0.5F));
        const float weave = 0.5F + 0.5F * cos_turn(static_cast<float>(fx) * per * 4.0F) *
                                       cos_turn(static_cast<float>(fy) * per * 4.0F);
        Vec4 c = cloth * splat(0.72F + 0.28F * weave);
        const float hole = u * u + v * v;
        c = c * splat(0.78F + 0.22F * smoothstep(0.28F, 0.5F, 0.9F - hole));
        for (int arm = 0; arm < 2; ++arm) {
            const float across = 0.70710678F * (arm == 0 ? u - v : u + v),
                        along = 0.70710678F * (arm == 0 ? u + v : u - v);
            const float half = 0.235F, d = abs(across) / half;
            const float end = smoothstep(0.62F + soft, 0.62F - soft, abs(along)),
                        side = smoothstep(half + soft, half - soft, abs(across));
            const float round =
                0.74F + 0.36F * (1.0F - d * d) + 0.10F * cos_turn(along * 9.0F + across * 5.0F);
            const float shadow = smoothstep(half + 4.0F * soft, half, abs(across)) *
                                 smoothstep(0.66F + 3.0F * soft, 0.62F, abs(along));
            c = c * splat(1.0F - 0.22F * shadow);
            c = mix(c, thread * splat(max(round, 0.3F)), end * side);
        }
        return with_alpha(saturate(c), pass.in[0].at(x, y)[3]);
    });
}

}  // namespace limner::finish
