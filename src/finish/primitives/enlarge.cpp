// From the network's planes to images of the picture's size (shaders/enlarge.wgsl).
//
// A 4x4 kernel that turns and stretches along edges: the structure tensor of what matters (light and matte) around the point
// gives the direction; a windowed sinc's polynomial stand-in (Lottes 2021, FidelityFX Super Resolution 1, eq. for the Lanczos-2
// approximation) gives the weights; the result stays within the four nearest values, so that nothing rings. All layers use the same
// weights and stay aligned. Colour is weighted by the matte: what lies under alpha 0 does not bleed in.
#include "finish/primitives/all.h"

#include <cmath>

namespace limner::finish {

namespace {

float weight(float d2) {
    const float x2 = min(d2, 4.0F);
    const float a = 0.4F * x2 - 1.0F, b = 0.25F * x2 - 1.0F;
    return (1.5625F * a * a - 0.5625F) * b * b;
}

struct Planes {
    const Pass& pass;
    float at(int plane, int x, int y) const {
        const int w = pass.source_width(), h = pass.source_height();
        x = x < 0 ? 0 : (x >= w ? w - 1 : x);
        y = y < 0 ? 0 : (y >= h ? h - 1 : y);
        const float* p = pass.planes[plane];
        return p ? p[static_cast<std::ptrdiff_t>(y) * w + x] : 0.0F;
    }
    Vec4 at4(int first, int x, int y) const {
        return vec4(at(first, x, y), at(first + 1, x, y), at(first + 2, x, y), at(first + 3, x, y));
    }
};

}  // namespace

// 0 first plane, 1 2 offset of the window in output pixels, 3 4 source pixels in an output pixel, 5 how crisp to cut the matte
void enlarge(const Pass& pass) {
    const Planes planes{pass};
    const int first = pass.i(0);
    const float scale_x = pass.f(3), scale_y = pass.f(4), crisp = pass.f(5);
    const bool colour = first == 0;
    if (scale_x == 1.0F && scale_y == 1.0F) {
        const int ox = pass.i(1), oy = pass.i(2);
        each_pixel(pass, [&](int x, int y) { return planes.at4(first, x + ox, y + oy); });
        return;
    }
    each_pixel(pass, [&](int x, int y) {
        const float u = (static_cast<float>(x) + pass.f(1) + 0.5F) * scale_x - 0.5F;
        const float v = (static_cast<float>(y) + pass.f(2) + 0.5F) * scale_y - 0.5F;
        const int ix = ifloor(u), iy = ifloor(v);
        const float fx = u - floor(u), fy = v - floor(v);

        float light[4][4], matte[4][4];
        for (int j = 0; j < 4; ++j)
            for (int i = 0; i < 4; ++i) {
                const Vec4 c = planes.at4(0, ix + i - 1, iy + j - 1);
                matte[j][i] = c[3];
                light[j][i] = std::sqrt(max(luma(c), 0.0F)) * c[3];
            }
        float e = 0, f = 0, g = 0;  // tensor [e f; f g]
        for (int j = 0; j < 3; ++j)
            for (int i = 0; i < 3; ++i) {
                const float dx = static_cast<float>(i) - 0.5F - fx, dy = static_cast<float>(j) - 0.5F - fy;
                const float w = 1.0F / (0.3F + dx * dx + dy * dy);
                const auto add = [&](const float(&s)[4][4], float gain) {
                    const float gx = s[j][i + 1] - s[j][i] + s[j + 1][i + 1] - s[j + 1][i];
                    const float gy = s[j + 1][i] - s[j][i] + s[j + 1][i + 1] - s[j][i + 1];
                    e += w * gain * gx * gx;
                    f += w * gain * gx * gy;
                    g += w * gain * gy * gy;
                };
                add(light, 1.0F);
                add(matte, 0.5F);
            }
        const float half = 0.5F * (e - g), root = std::sqrt(half * half + f * f), mean = 0.5F * (e + g);
        const float along = root / (mean + 0.004F);  // 0: no direction, 1: a clean edge
        Vec2 n{half + root, f};                      // across the edge
        if (half < 0) n = {f, root - half};
        const float size = length(n);
        n = size > 1e-8F ? n * (1.0F / size) : Vec2{1, 0};
        const float stretch = 1.0F / (1.0F + along), squeeze = 1.0F + 0.15F * along;

        Vec4 sum = splat(0), total = splat(0), low = splat(1e30F), high = splat(-1e30F);
        for (int j = 0; j < 4; ++j)
            for (int i = 0; i < 4; ++i) {
                const Vec4 c = planes.at4(first, ix + i - 1, iy + j - 1);
                const float dx = static_cast<float>(i - 1) - fx, dy = static_cast<float>(j - 1) - fy;
                const float across = (dx * n.x + dy * n.y) * squeeze,
                            along_edge = (dy * n.x - dx * n.y) * stretch;
                const float w = weight(across * across + along_edge * along_edge);
                const float wc = colour ? w * max(matte[j][i], 0.02F) : w;
                const Vec4 w4 = vec4(wc, wc, wc, w);
                sum += c * w4;
                total += w4;
                if (i >= 1 && i <= 2 && j >= 1 && j <= 2) {
                    low = min(low, c);
                    high = max(high, c);
                }
            }
        Vec4 c = sum / max(total, splat(1e-4F));
        c = min(max(c, low), high);
        if (colour) c = with_alpha(c, saturate((c[3] - 0.5F) * crisp + 0.5F));
        return c;
    });
}

}  // namespace limner::finish
