// The direction of a picture's edges, and smoothing that follows it (shaders/tensor.wgsl, flow.wgsl, smear.wgsl).
#include "finish/along_flow.h"
#include "finish/primitives/all.h"

namespace limner::finish {

// in: a picture. out: the structure tensor summed over the colours: xx, xy, yy; luma. Derivatives by the 3x3 kernel that turns best
// (Jahne, Scharr, Korkel 1999).
void tensor(const Pass& pass) {
    const View in = pass.in[0];
    each_pixel(pass, [&](int x, int y) {
        const Vec4 a = in.at(x - 1, y - 1), b = in.at(x, y - 1), c = in.at(x + 1, y - 1), d = in.at(x - 1, y),
                   e = in.at(x + 1, y), f = in.at(x - 1, y + 1), g = in.at(x, y + 1), h = in.at(x + 1, y + 1);
        const Vec4 dx = (splat(0.183F) * (c - a + h - f) + splat(0.634F) * (e - d)) * splat(0.5F);
        const Vec4 dy = (splat(0.183F) * (f - a + h - c) + splat(0.634F) * (g - b)) * splat(0.5F);
        const Vec4 xx = dx * dx, xy = dx * dy, yy = dy * dy;
        return vec4(xx[0] + xx[1] + xx[2], xy[0] + xy[1] + xy[2], yy[0] + yy[1] + yy[2], luma(in.at(x, y)));
    });
}

float pixel_reach(const Pass&) { return 1.0F; }

// in: a smoothed tensor. out: unit tangent x, y; anisotropy 0..1; edge strength. Where there is no direction, it is across.
void flow(const Pass& pass) {
    each_pixel(pass, [&](int x, int y) {
        const Vec4 t = pass.in[0].at(x, y);
        const float half = 0.5F * (t[0] - t[2]), root = std::sqrt(half * half + t[1] * t[1]),
                    mean = 0.5F * (t[0] + t[2]);
        Vec2 n = half < 0 ? Vec2{t[1], root - half} : Vec2{half + root, t[1]};  // across the edge
        const float size = length(n);
        n = size > 1e-9F ? n * (1.0F / size) : Vec2{0, 1};
        return vec4(-n.y, n.x, root / (mean + 1e-5F), std::sqrt(max(mean + root, 0.0F)));
    });
}

// Line integral convolution (Cabral, Leedom 1993): a Gaussian along the flow's own line. in: picture, flow, mask.
// 0 sigma (pixels), 1 how much the mask's red keeps.
void smear(const Pass& pass) {
    const float keep = pass.f(1);
    const AlongFlow along(max(pass.f(0), 0.05F));
    const int w = pass.width(), h = pass.height();
    const Padded<Vec4> in(pass.in[0], w, h, along.border(), [](Vec4 c) { return c; });
    const Padded<Vec2> flow = along.flow(pass.in[1], w, h);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 middle = pass.in[0].at(x, y), mean = along.mean(in, flow, x, y);
        const float m = 1.0F - keep * saturate(pass.in[2].at(x, y)[0]);
        return with_alpha(mix(middle, mean, m), middle[3]);
    });
}

float smear_reach(const Pass& pass) { return 2.5F * pass.f(0) + 2.0F; }

}  // namespace limner::finish
