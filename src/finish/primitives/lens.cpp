// Depth of field (shaders/defocus.wgsl).
#include "finish/primitives/all.h"

namespace limner::finish {

// A disc as large as a point is out of focus (gathered as in Jimenez 2014: a point farther away does not spread over a nearer one).
// in: picture, surface (depth), matte. 0 radius (pixels) of the backdrop, 1 depth in focus (metres towards the camera from the eyes),
// 2 metres to full blur. A photo has no depth: there it is the distance from the middle.
void defocus(const Pass& pass) {
    const View in = pass.in[0];
    const float radius = pass.f(0), focus_depth = pass.f(1), range = max(pass.f(2), 0.005F);
    const float cx = 0.5F * static_cast<float>(pass.full_width()),
                cy = 0.46F * static_cast<float>(pass.full_height()),
                per = 1.0F / (1000.0F * pass.unit_length());
    const auto blur_at = [&](int x, int y) {  // share of the radius
        const Vec4 s = pass.in[1].at(x, y);
        const float solid = s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
        const float dx = (pass.full_x(x) - cx) * per, dy = (pass.full_y(y) - cy) * per * 0.8F;
        const float middle = smoothstep(0.22F, 0.75F, std::sqrt(dx * dx + dy * dy));
        if (pass.in[1].width == 1) return middle;
        const float matte = saturate(pass.in[2].at(x, y)[3]);
        const float near = saturate((abs(s[3] - focus_depth) - 0.25F * range) / range);
        return mix(1.0F, near * smoothstep(0.0F, 0.3F, solid), matte);
    };
    each_pixel(pass, [&](int x, int y) {
        const float own = blur_at(x, y) * radius;
        Vec4 sum = in.at(x, y);
        float total = 1.0F;
        for (int k = 0; k < 48; ++k) {  // a sunflower
            const float r = radius * std::sqrt((static_cast<float>(k) + 0.5F) * (1.0F / 48.0F)),
                        turn = static_cast<float>(k) * 0.38196601F;
            const int sx = ifloor(static_cast<float>(x) + r * cos_turn(turn) + 0.5F),
                      sy = ifloor(static_cast<float>(y) + r * sin_turn(turn) + 0.5F);
            const float there = min(blur_at(sx, sy) * radius, own);
            const float w = smoothstep(r - 1.0F, r + 1.0F, there);
            const Vec4 c = in.at(sx, sy);
            const float bright = w * (1.0F + 1.5F * smoothstep(0.75F, 1.0F, luma(c)));
            sum += c * splat(bright);
            total += bright;
        }
        return with_alpha(sum * splat(1.0F / total), in.at(x, y)[3]);
    });
}

float defocus_reach(const Pass& pass) { return pass.f(0) + 2.0F; }

}  // namespace limner::finish
