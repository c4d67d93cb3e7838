// Dry media on rough paper (shaders/streaks.wgsl, deposit.wgsl).
#include "finish/primitives/all.h"

namespace limner::finish {

// Noise drawn out along lines: what a hand does with a pencil. in: flow. out: grey about 0.5, the marks.
// 0 length (sigma, pixels), 1 width (pixels), 2 how much marks follow the flow rather than one direction, 3 that direction (degrees),
// 4 contrast, 5 seed.
void streaks(const Pass& pass) {
    const float sigma = max(pass.f(0), 0.5F), per = 1.0F / max(pass.f(1), 0.8F), follow = pass.f(2),
                turn = pass.f(3) / 360.0F, contrast = pass.f(4);
    const std::uint32_t seed = pass.u(5);
    const Vec2 fixed{cos_turn(turn), sin_turn(turn)};
    const float step = sigma * (2.4F / 12.0F);
    const View flow_in = pass.in[0];
    const auto direction = [&](float x, float y) {
        const Vec4 t = flow_in.at(ifloor(x + 0.5F), ifloor(y + 0.5F));
        Vec2 a{t[0], t[1]};
        if (dot(a, fixed) < 0) a = a * -1.0F;
        const float share = follow * saturate(t[2] * 1.6F);
        const Vec2 d = fixed * (1.0F - share) + a * share;
        return d * (1.0F / max(length(d), 1e-4F));
    };
    each_pixel(pass, [&](int x, int y) {
        const float ox = static_cast<float>(pass.origin_x()) + 0.5F,
                    oy = static_cast<float>(pass.origin_y()) + 0.5F;
        float sum = 0, total = 0;
        for (int side = 0; side < 2; ++side) {
            float px = static_cast<float>(x), py = static_cast<float>(y);
            for (int k = side; k <= 12; ++k) {
                const float z = static_cast<float>(k) * 0.2F, w = exp(-0.5F * z * z);
                sum += w * noise((px + ox) * per, (py + oy) * per, seed);
                total += w;
                const Vec2 d = direction(px, py) * (side == 0 ? step : -step);
                px += d.x;
                py += d.y;
            }
        }
        const float s = saturate(0.5F + contrast * 1.9F * sum / total);
        return vec4(s, s, s, 1);
    });
}

float streaks_reach(const Pass& pass) { return 2.6F * max(pass.f(0), 0.5F) + 2.0F; }

// Pigment caught by the paper's tooth. in: tone, marks (streaks), colour.
// 0 ink, 3 paper, 6 tooth (pixels), 7 pressure, 8 softness, 9 colour (0 ink, 1 the third image's), 10 marks (0 paper only, 1 marks only),
// 11 cover (0: less pigment where it is light, 1: the same everywhere), 12 depth (how far more pigment darkens), 13 seed.
void deposit(const Pass& pass) {
    const Vec4 ink = pass.rgb(0), paper = pass.rgb(3);
    const float size = pass.f(6), pressure = pass.f(7), soft = pass.f(8), colour = pass.f(9),
                marks = pass.f(10), cover = pass.f(11), depth = pass.f(12);
    const std::uint32_t seed = pass.u(13);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 tone = pass.in[0].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y), dark = saturate(1.0F - luma(tone));
        const float grain = tooth(fx, fy, size, seed),
                    threshold = 0.08F + 0.84F * mix(grain, pass.in[1].at(x, y)[0], marks);
        const float press = pressure * mix(dark, 1.0F, cover);
        const float amount = smoothstep(threshold - soft, threshold + soft, press) * saturate(press * 6.0F);
        const float strength = amount * (1.0F - depth * (1.0F - saturate(press)));
        const Vec4 sheet = paper * splat(1.0F + 0.05F * (grain - 0.5F));
        return with_alpha(saturate(mix(sheet, mix(ink, pass.in[2].at(x, y), colour), strength)), tone[3]);
    });
}

}  // namespace limner::finish
