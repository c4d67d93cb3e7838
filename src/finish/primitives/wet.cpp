// Watercolour and what runs (shaders/wobble.wgsl, watercolour.wgsl, margin.wgsl).
#include "finish/noise_field.h"
#include "finish/primitives/all.h"

namespace limner::finish {

// Shifts a picture by noise: bleeding washes, an unsteady hand. in: picture, mask. 0 amount (pixels), 1 scale (pixels), 2 octaves,
// 3 how much the mask's red keeps, 4 seed.
void wobble(const Pass& pass) {
    const float amount = pass.f(0), per = 1.0F / max(pass.f(1), 1.0F), keep = pass.f(3);
    const int octaves = pass.i(2);
    const std::uint32_t seed = pass.u(4);
    const FbmField across = fbm_field(pass, per, {0, 0}, octaves, seed),
                   down = fbm_field(pass, per, {19.0F, 7.0F}, octaves, seed + 9U);
    each_pixel(pass, [&](int x, int y) {
        const float fx = pass.full_x(x) * per, fy = pass.full_y(y) * per;
        const float far = amount * (1.0F - keep * saturate(pass.in[1].at(x, y)[0]));
        return pass.in[0].sample(static_cast<float>(x) + far * across.at(fx, fy),
                                 static_cast<float>(y) + far * down.at(fx + 19.0F, fy + 7.0F));
    });
}

float wobble_reach(const Pass& pass) { return 1.6F * pass.f(0) + 2.0F; }

// Pigment on paper (Bousseau, Kaplan, Thollot, Sillion 2006, eq. 1: C' = C - (C - C^2)(d - 1)). in: washes, the same blurred.
// 0 edge darkening, 1 granulation, 2 turbulence, 3 paper, 6 tooth (pixels), 7 dilution, 8 seed.
void watercolour(const Pass& pass) {
    const View in = pass.in[0];
    const float edge = pass.f(0), granulation = pass.f(1), turbulence = pass.f(2), size = pass.f(6),
                dilution = pass.f(7);
    const Vec4 paper = pass.rgb(3);
    const std::uint32_t seed = pass.u(8);
    const Tooth sheet(pass, size, seed);
    const float per = 1.0F / (70.0F * pass.unit_length());
    const FbmField pools = fbm_field(pass, per, {0, 0}, 4, seed + 20U);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = in.at(x, y), wide = pass.in[1].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y);
        // Pigment gathers where a wash ends: on the darker side of its border.
        const float step = luma(wide) - luma(c);
        const float rim = smoothstep(0.01F, 0.10F, step);
        const float grain = sheet.at(fx, fy), pool = pools.at(fx * per, fy * per);
        const float density =
            1.0F + edge * rim + turbulence * 1.6F * pool + granulation * 1.5F * (0.5F - grain);
        Vec4 p = c - (c - c * c) * splat(density - 1.0F);
        // Thinned with water: the light tones run into the paper.
        const float l = luma(p);
        p = mix(p, splat(1), dilution * (0.25F + 0.75F * l));
        const float shade = 1.0F + 0.05F * (grain - 0.5F);
        return with_alpha(saturate(p * paper * splat(shade)), c[3]);
    });
}

// Bare paper around a picture, with an uneven edge. in: picture. 0 width (pixels), 1 unevenness (pixels), 2 paper, 5 softness (pixels),
// 6 tooth (pixels), 7 oval (0 rectangle, 1 oval), 8 scale of the unevenness (pixels), 9 seed.
void margin(const Pass& pass) {
    const float width = pass.f(0), rough = pass.f(1), soft = max(pass.f(5), 0.7F), size = pass.f(6),
                oval = pass.f(7);
    const Vec4 paper = pass.rgb(2);
    const std::uint32_t seed = pass.u(9);
    const float w = static_cast<float>(pass.full_width()), h = static_cast<float>(pass.full_height()),
                per = 1.0F / max(pass.f(8), 1.0F);
    const Tooth sheet(pass, size, seed + 3U);
    const FbmField torn = fbm_field(pass, per, {0, 0}, 5, seed);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[0].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y);
        const float straight = min(min(fx, w - fx), min(fy, h - fy));
        const float ex = (fx / w - 0.5F) * 2.0F, ey = (fy / h - 0.5F) * 2.0F;
        const float round = (1.0F - std::sqrt(ex * ex + ey * ey)) * 0.5F * min(w, h) + 0.02F * min(w, h);
        const float inside = mix(straight, round, oval) - width + rough * torn.at(fx * per, fy * per);
        const float grain = sheet.at(fx, fy);
        const float cover = smoothstep(-soft, soft, inside + soft * 1.4F * (grain - 0.5F));
        return with_alpha(mix(paper * splat(1.0F + 0.05F * (grain - 0.5F)), c, cover), c[3]);
    });
}

}  // namespace limner::finish
