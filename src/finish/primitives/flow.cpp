// The direction of a picture's edges, and smoothing that follows it (shaders/tensor.wgsl, flow.wgsl, kuwahara.wgsl, smear.wgsl).
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

// Anisotropic Kuwahara filter (Kyprianidis, Kang, Dollner 2009) with polynomial sector weights (Kyprianidis 2011, eq. 10).
// in: picture, flow, mask. 0 radius (pixels), 1 sharpness, 2 how far ellipses stretch, 3 how much the mask's red keeps.
void kuwahara(const Pass& pass) {
    const View in = pass.in[0];
    const float radius_full = pass.f(0), sharpness = pass.f(1), stretch = pass.f(2), keep = pass.f(3);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 t = pass.in[1].at(x, y);
        const float radius = max(radius_full * (1.0F - keep * saturate(pass.in[2].at(x, y)[0])), 1.0F);
        const float ratio = 1.0F + stretch * saturate(t[2]);
        const float a = radius * ratio, b = radius / ratio;  // half axes, along the tangent and across
        const float reach_x = std::sqrt(a * a * t[0] * t[0] + b * b * t[1] * t[1]),
                    reach_y = std::sqrt(a * a * t[1] * t[1] + b * b * t[0] * t[0]);
        const int rx = ifloor(reach_x), ry = ifloor(reach_y);
        const float zeta = 1.0F / radius,
                    eta = (zeta + 0.8365F) * 3.3304F;  // sectors meet at 0.58 rad: cos, 1 / sin^2
        Vec4 mean[8] = {}, square[8] = {};
        for (int j = -ry; j <= ry; ++j)
            for (int i = -rx; i <= rx; ++i) {
                const float dx = static_cast<float>(i), dy = static_cast<float>(j);
                const float u = (dx * t[0] + dy * t[1]) / a, v = (dy * t[0] - dx * t[1]) / b;
                const float d2 = u * u + v * v;
                if (d2 > 1.0F) continue;
                const Vec4 c = with_alpha(in.at(x + i, y + j), 1.0F);
                float w[8], total = 0;
                const auto lobe = [&](int k, float p, float q) {
                    const float z = max(p + zeta - eta * q * q, 0.0F);
                    w[k] = z * z;
                    total += w[k];
                };
                lobe(0, v, u), lobe(2, -u, v), lobe(4, -v, u), lobe(6, u, v);
                const float p = 0.70710678F * (u - v), q = 0.70710678F * (u + v);
                lobe(1, q, p), lobe(3, -p, q), lobe(5, -q, p), lobe(7, p, q);
                const float g = exp(-3.125F * d2) / max(total, 1e-6F);
                for (int k = 0; k < 8; ++k) {
                    const Vec4 cw = c * splat(w[k] * g);
                    mean[k] += cw;
                    square[k] += cw * c;
                }
            }
        Vec4 sum = splat(0);
        for (int k = 0; k < 8; ++k) {
            const float weight = max(mean[k][3], 1e-6F);
            const Vec4 m = mean[k] * splat(1.0F / weight), s = square[k] * splat(1.0F / weight) - m * m;
            const float variance = max(s[0], 0.0F) + max(s[1], 0.0F) + max(s[2], 0.0F);
            // sigma^-sharpness, bounded where a sector is flat
            const float w = mean[k][3] > 1e-6F
                                ? 1.0F / (1.0F + pow(255.0F * 255.0F * 0.33F * variance, 0.5F * sharpness))
                                : 0.0F;
            sum += with_alpha(m, 1.0F) * splat(w);
        }
        return with_alpha(sum * splat(1.0F / max(sum[3], 1e-12F)), in.at(x, y)[3]);
    });
}

float kuwahara_reach(const Pass& pass) { return max(pass.f(0), 1.0F) * (1.0F + pass.f(2)); }

// Line integral convolution (Cabral, Leedom 1993): a Gaussian along the flow's own line. in: picture, flow, mask.
// 0 sigma (pixels), 1 how much the mask's red keeps.
void smear(const Pass& pass) {
    const View in = pass.in[0], flow_in = pass.in[1];
    const float sigma = max(pass.f(0), 0.05F), fall = -0.5F / (sigma * sigma), keep = pass.f(1);
    const int steps = ifloor(2.5F * sigma + 0.5F);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 middle = in.at(x, y);
        Vec4 sum = middle;
        float total = 1.0F;
        for (int side = 0; side < 2; ++side) {
            float px = static_cast<float>(x), py = static_cast<float>(y);
            Vec4 t = flow_in.at(x, y);
            Vec2 d{t[0], t[1]};
            if (side == 1) d = d * -1.0F;
            for (int k = 1; k <= steps; ++k) {
                px += d.x;
                py += d.y;
                const float w = exp(fall * static_cast<float>(k * k));
                sum += in.sample(px, py) * splat(w);
                total += w;
                t = flow_in.at(ifloor(px + 0.5F), ifloor(py + 0.5F));
                const Vec2 next{t[0], t[1]};
                d = dot(next, d) < 0 ? next * -1.0F : next;
            }
        }
        const float m = 1.0F - keep * saturate(pass.in[2].at(x, y)[0]);
        return with_alpha(mix(middle, sum * splat(1.0F / total), m), middle[3]);
    });
}

float smear_reach(const Pass& pass) { return 2.5F * pass.f(0) + 2.0F; }

}  // namespace limner::finish
