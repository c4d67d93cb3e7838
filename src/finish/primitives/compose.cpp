// Putting images together (shaders/blend.wgsl, compose.wgsl).
#include "finish/primitives/all.h"

namespace limner::finish {

// in: below, above, mask. 0 mode (0 normal, 1 multiply, 2 screen, 3 overlay, 4 soft light, 5 darken, 6 lighten),
// 1 amount, 2 which channel of the mask (0..3; 4: no mask), 3 whether the mask is turned over. Alpha is that of below.
void blend(const Pass& pass) {
    const int mode = pass.i(0), channel = pass.i(2);
    const float amount = pass.f(1);
    const bool over = pass.f(3) > 0.5F;
    each_pixel(pass, [&](int x, int y) {
        const Vec4 a = pass.in[0].at(x, y), b = pass.in[1].at(x, y);
        float m = 1.0F;
        if (channel < 4) {
            m = saturate(pass.in[2].at(x, y)[channel]);
            if (over) m = 1.0F - m;
        }
        Vec4 c = b;
        if (mode == 1)
            c = a * b;
        else if (mode == 2)
            c = splat(1) - (splat(1) - a) * (splat(1) - b);
        else if (mode == 3)
            for (int k = 0; k < 3; ++k)
                c[k] = a[k] < 0.5F ? 2 * a[k] * b[k] : 1 - 2 * (1 - a[k]) * (1 - b[k]);
        else if (mode == 4)
            c = (splat(1) - splat(2) * b) * a * a + splat(2) * b * a;
        else if (mode == 5)
            c = min(a, b);
        else if (mode == 6)
            c = max(a, b);
        return with_alpha(mix(a, c, amount * m), a[3]);
    });
}

// The end of every style. in: the picture before, the picture after. 0 strength, 1 grain, 2 grain's seed.
void compose(const Pass& pass) {
    const float strength = pass.f(0), grain = pass.f(1);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 before = pass.in[0].at(x, y);
        Vec4 c = mix(before, pass.in[1].at(x, y), strength);
        if (grain > 0.0F) {
            const std::uint32_t fx = static_cast<std::uint32_t>(x + pass.origin_x()),
                                fy = static_cast<std::uint32_t>(y + pass.origin_y());
            const float size = 1.0F / max(1.3F * pass.unit_length(), 0.8F);
            const float n = 0.6F * noise((static_cast<float>(fx) + 0.5F) * size,
                                         (static_cast<float>(fy) + 0.5F) * size, pass.u(2)) +
                            0.5F * (unit(hash(fx, fy, pass.u(2))) - 0.5F);
            const float tone = luma(c);
            c += splat(n * grain * 0.16F * (0.25F + 3.0F * saturate(tone) * saturate(1.0F - tone)));
        }
        return with_alpha(saturate(c), before[3]);
    });
}

}  // namespace limner::finish
