// Lines of ink (shaders/dog.wgsl, xdog.wgsl): extended difference of Gaussians (Winnemoller, Kyprianidis, Olsen 2012) along the flow
// (Kang, Lee, Chui 2007).
#include "finish/primitives/all.h"

namespace limner::finish {

// in: picture, flow. out: the sharpened difference across the flow (red), the luma it is of (green). The difference is relative to
// the lightness around it, so that a line is as much of a line on dark skin as on light, and lightness itself counts as far as
// `tone` says: with 0 only lines are left, with 1 the dark fills with ink.
// 0 width: sigma of the inner Gaussian (pixels), 1 sharpen (p of eq. 7), 2 tone.
void dog(const Pass& pass) {
    const View in = pass.in[0];
    const float sigma = max(pass.f(0), 0.3F), outer = 1.6F * sigma, sharpen = pass.f(1), tone = pass.f(2);
    const float fall = -0.5F / (sigma * sigma), fall2 = -0.5F / (outer * outer);
    const int steps = ifloor(2.5F * outer + 0.5F);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 t = pass.in[1].at(x, y);
        const float l = luma(in.at(x, y));
        float a = l, b = l, wa = 1, wb = 1;
        for (int k = 1; k <= steps; ++k) {
            const float s = static_cast<float>(k), w = exp(fall * s * s), w2 = exp(fall2 * s * s);
            const float px = static_cast<float>(x), py = static_cast<float>(y);
            const float sum =
                luma(in.sample(px - t[1] * s, py + t[0] * s)) + luma(in.sample(px + t[1] * s, py - t[0] * s));
            a += w * sum;
            b += w2 * sum;
            wa += 2 * w;
            wb += 2 * w2;
        }
        a /= wa;
        b /= wb;
        const float edge = (a - b) / (b + 0.12F);
        return vec4(mix(1.0F, a, tone) + sharpen * edge, a, 0, 1);
    });
}

float dog_reach(const Pass& pass) { return 4.0F * max(pass.f(0), 0.3F) + 2.0F; }

// in: dog, flow. out: white paper and black ink. 0 along: sigma along the flow (pixels), 1 threshold: epsilon, 2 hardness: phi.
void xdog(const Pass& pass) {
    const View in = pass.in[0], flow_in = pass.in[1];
    const float sigma = max(pass.f(0), 0.3F), fall = -0.5F / (sigma * sigma), epsilon = pass.f(1),
                phi = pass.f(2);
    const int steps = ifloor(2.5F * sigma + 0.5F);
    each_pixel(pass, [&](int x, int y) {
        float sum = in.at(x, y)[0], total = 1.0F;
        for (int side = 0; side < 2; ++side) {
            float px = static_cast<float>(x), py = static_cast<float>(y);
            Vec4 t = flow_in.at(x, y);
            Vec2 d{t[0], t[1]};
            if (side == 1) d = d * -1.0F;
            for (int k = 1; k <= steps; ++k) {
                px += d.x;
                py += d.y;
                const float w = exp(fall * static_cast<float>(k * k));
                sum += w * in.sample(px, py)[0];
                total += w;
                t = flow_in.at(ifloor(px + 0.5F), ifloor(py + 0.5F));
                const Vec2 next{t[0], t[1]};
                d = dot(next, d) < 0 ? next * -1.0F : next;
            }
        }
        const float u = sum / total - epsilon;
        const float e = exp(2.0F * phi * min(u, 0.0F));  // 1 + tanh(phi u) below the threshold
        const float ink = u >= 0 ? 1.0F : 2.0F * e / (1.0F + e);
        return vec4(ink, ink, ink, 1);
    });
}

float xdog_reach(const Pass& pass) { return 2.5F * max(pass.f(0), 0.3F) + 2.0F; }

}  // namespace limner::finish
