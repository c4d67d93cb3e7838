// Dry media on rough paper (shaders/streaks.wgsl, deposit.wgsl).
#include "finish/noise_field.h"
#include "finish/padded.h"
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
    const auto direction = [&](Vec4 t) {  // a step of a side
        const Vec4 along = clamp(t, -1.0F, 1.0F);
        Vec2 a{along[0], along[1]};
        const float agree = dot(a, fixed);
        if (agree < 0) a = a * -1.0F;
        // A flow across the hand's own direction is as much the one way as the other: it is not followed.
        const float share = follow * saturate(along[2] * 1.6F) * saturate(4.0F * abs(agree));
        const Vec2 d = fixed * (1.0F - share) + a * share;
        return d * (step / max(length(d), 1e-4F));
    };
    // A hand's marks in both directions from each pixel: one step of each side at a time, so that neither waits for the other.
    constexpr int kSteps = 12;
    float weights[kSteps + 1], total = 0;
    for (int k = 0; k <= kSteps; ++k) {
        const float z = static_cast<float>(k) * 0.2F;
        weights[k] = exp(-0.5F * z * z);
        total += (k == 0 ? 1.0F : 2.0F) * weights[k];
    }
    const float ox = static_cast<float>(pass.origin_x()) + 0.5F,
                oy = static_cast<float>(pass.origin_y()) + 0.5F, reach = streaks_reach(pass);
    const NoiseField field((ox - reach) * per, (oy - reach) * per,
                           (ox + static_cast<float>(pass.width()) + reach) * per,
                           (oy + static_cast<float>(pass.height()) + reach) * per, seed);
    const Padded<Vec2> hand(flow_in, pass.width(), pass.height(), ifloor(reach) + 2, direction);
    each_pixel(pass, [&](int x, int y) {
        Vec2 a{static_cast<float>(x), static_cast<float>(y)}, b = a;
        const auto marks = [&](Vec2 p) { return field.at((p.x + ox) * per, (p.y + oy) * per); };
        const auto turned = [&](Vec2 p) { return *hand.at(ifloor(p.x + 0.5F), ifloor(p.y + 0.5F)); };
        float sum = weights[0] * marks(a);
        for (int k = 1; k <= kSteps; ++k) {
            a = a + turned(a);
            b = b - turned(b);
            sum += weights[k] * (marks(a) + marks(b));
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
    const Tooth paper_tooth(pass, size, pass.u(13));
    each_pixel(pass, [&](int x, int y) {
        const Vec4 tone = pass.in[0].at(x, y);
        const float fx = pass.full_x(x), fy = pass.full_y(y), dark = saturate(1.0F - luma(tone));
        const float grain = paper_tooth.at(fx, fy),
                    threshold = 0.08F + 0.84F * mix(grain, pass.in[1].at(x, y)[0], marks);
        const float press = pressure * mix(dark, 1.0F, cover);
        const float amount = smoothstep(threshold - soft, threshold + soft, press) * saturate(press * 6.0F);
        const float strength = amount * (1.0F - depth * (1.0F - saturate(press)));
        const Vec4 sheet = paper * splat(1.0F + 0.05F * (grain - 0.5F));
        return with_alpha(saturate(mix(sheet, mix(ink, pass.in[2].at(x, y), colour), strength)), tone[3]);
    });
}

}  // namespace limner::finish
