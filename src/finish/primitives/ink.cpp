// Lines of ink (shaders/dog.wgsl, xdog.wgsl): extended difference of Gaussians (Winnemoller, Kyprianidis, Olsen 2012) along the flow
// (Kang, Lee, Chui 2007).
#include "finish/along_flow.h"
#include "finish/primitives/all.h"

#include <cstddef>
#include <vector>

namespace limner::finish {

// in: picture, flow. out: the sharpened difference across the flow (red), the luma it is of (green). The difference is relative to
// the lightness around it, so that a line is as much of a line on dark skin as on light, and lightness itself counts as far as
// `tone` says: with 0 only lines are left, with 1 the dark fills with ink.
// 0 width: sigma of the inner Gaussian (pixels), 1 sharpen (p of eq. 7), 2 tone.
void dog(const Pass& pass) {
    const float sigma = max(pass.f(0), 0.3F), outer = 1.6F * sigma, sharpen = pass.f(1), tone = pass.f(2);
    const float fall = -0.5F / (sigma * sigma), fall2 = -0.5F / (outer * outer);
    const int steps = ifloor(2.5F * outer + 0.5F);
    std::vector<Vec2> weights(static_cast<std::size_t>(steps) + 1);  // inner, outer
    Vec2 total{1, 1};
    for (int k = 1; k <= steps; ++k) {
        const float s = static_cast<float>(k);
        const Vec2 w{exp(fall * s * s), exp(fall2 * s * s)};
        weights[static_cast<std::size_t>(k)] = w;
        total = total + w * 2.0F;
    }
    const Padded<float> in(pass.in[0], pass.width(), pass.height(), steps + 2,
                           [](Vec4 c) { return luma(c); });
    each_pixel(pass, [&](int x, int y) {
        const Vec4 t = clamp(pass.in[1].at(x, y), -1.0F, 1.0F);
        const float l = *in.at(x, y), px = static_cast<float>(x), py = static_cast<float>(y);
        Vec2 sum{l, l};
        for (int k = 1; k <= steps; ++k) {
            const float s = static_cast<float>(k), dx = t[1] * s, dy = t[0] * s;
            sum = sum + weights[static_cast<std::size_t>(k)] *
                            (in.sample(px - dx, py + dy) + in.sample(px + dx, py - dy));
        }
        const float a = sum.x / total.x, b = sum.y / total.y;
        const float edge = (a - b) / (b + 0.12F);
        return vec4(mix(1.0F, a, tone) + sharpen * edge, a, 0, 1);
    });
}

float dog_reach(const Pass& pass) { return 4.0F * max(pass.f(0), 0.3F) + 2.0F; }

// in: dog, flow. out: white paper and black ink. 0 along: sigma along the flow (pixels), 1 threshold: epsilon, 2 hardness: phi.
void xdog(const Pass& pass) {
    const float epsilon = pass.f(1), phi = pass.f(2);
    const AlongFlow along(max(pass.f(0), 0.3F));
    const int w = pass.width(), h = pass.height();
    const Padded<float> in(pass.in[0], w, h, along.border(), [](Vec4 c) { return c[0]; });
    const Padded<Vec2> flow = along.flow(pass.in[1], w, h);
    each_pixel(pass, [&](int x, int y) {
        const float u = along.mean(in, flow, x, y) - epsilon;
        const float e = exp(2.0F * phi * min(u, 0.0F));  // 1 + tanh(phi u) below the threshold
        const float ink = u >= 0 ? 1.0F : 2.0F * e / (1.0F + e);
        return vec4(ink, ink, ink, 1);
    });
}

float xdog_reach(const Pass& pass) { return 2.5F * max(pass.f(0), 0.3F) + 2.0F; }

}  // namespace limner::finish
