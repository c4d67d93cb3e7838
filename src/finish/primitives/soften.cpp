// Gaussian blur, and skin retouching with a guided filter (shaders/blur.wgsl, moments.wgsl, fit.wgsl, retouch.wgsl).
#include "finish/primitives/all.h"

#include <cmath>

namespace limner::finish {

// 0 sigma (pixels), 1 axis (0: along x, 1: along y). Truncated at three sigma.
void blur(const Pass& pass) {
    const View in = pass.in[0];
    const float sigma = max(pass.f(0), 0.05F), fall = -0.5F / (sigma * sigma);
    const int dx = pass.f(1) < 0.5F ? 1 : 0, dy = 1 - dx;
    const int radius = ifloor(3.0F * sigma + 0.5F);
    float weights[400], total = 1.0F;
    for (int k = 1; k <= radius; ++k) {
        weights[k] = exp(fall * static_cast<float>(k * k));
        total += 2.0F * weights[k];
    }
    const float scale = 1.0F / total;
    each_pixel(pass, [&](int x, int y) {
        Vec4 sum = in.at(x, y);
        if (x >= radius && y >= radius && x + radius < in.width &&
            y + radius < in.height) {  // no need to clamp
            const std::ptrdiff_t step = dx ? 1 : in.width;
            const Vec4* middle = in.pixel + static_cast<std::ptrdiff_t>(y) * in.width + x;
            for (int k = 1; k <= radius; ++k)
                sum += (middle[-k * step] + middle[k * step]) * splat(weights[k]);
        } else {
            for (int k = 1; k <= radius; ++k)
                sum += (in.at(x - k * dx, y - k * dy) + in.at(x + k * dx, y + k * dy)) * splat(weights[k]);
        }
        return sum * splat(scale);
    });
}

float blur_reach(const Pass& pass) { return 3.0F * pass.f(0) + 1.0F; }

// Retouching works on square roots of linear light, near enough to what eyes see. Three passes around two blurs make a
// self-guided filter (He, Sun, Tang 2010, "Guided Image Filtering", eq. 5, 6, 8, with Gaussian windows).

// in: the sitter, linear. out: square roots.
void root(const Pass& pass) {
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = max(pass.in[0].at(x, y), splat(0));
        return with_alpha(sqrt(c), c[3]);
    });
}

// in: the sitter in square roots. out: colour and squared luma of what the first blur left.
void moments(const Pass& pass) {
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[0].at(x, y);
        const float l = luma(c);
        return with_alpha(c, l * l);
    });
}

// in: blurred moments. out: the line colour = slope * colour + offset that fits each window: offset rgb, slope.
void fit(const Pass& pass) {
    const float epsilon = pass.f(0) * pass.f(0);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 m = pass.in[0].at(x, y);
        const float l = luma(m), variance = max(m[3] - l * l, 0.0F);
        const float slope = variance / (variance + epsilon);
        return with_alpha(m * splat(1.0F - slope), slope);
    });
}

// in: the sitter (linear), the sitter without pores (roots), blurred fit, regions_a, regions_b. 0 smooth, 1 whiten.
void retouch(const Pass& pass) {
    const float smooth = pass.f(0), whiten = pass.f(1);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[0].at(x, y), fine = pass.in[1].at(x, y), line = pass.in[2].at(x, y);
        const Vec4 a = pass.in[3].at(x, y), b = pass.in[4].at(x, y);
        const Vec4 root = sqrt(max(c, splat(0)));
        // What lies between the pores' scale and the window's goes; pores and everything with an edge stay.
        const Vec4 change = line + fine * splat(line[3]) - fine;
        Vec4 r = max(root + change * splat(smooth * smoothstep(0.5F, 0.95F, a[0])), splat(0));
        r = r * r;
        // Teeth and the white of the eye: bright and hardly coloured, within mouth and eyes.
        const float l = luma(r), high = max(max(r[0], r[1]), r[2]), low = min(min(r[0], r[1]), r[2]);
        const float pale =
            smoothstep(0.03F, 0.12F, l) * (1.0F - smoothstep(0.45F, 0.75F, (high - low) / max(high, 1e-4F)));
        const float w = whiten * pale * saturate(a[3] + b[1]);
        r = mix(r, mix(splat(l), r, 0.45F) * splat(1.18F), w);
        return with_alpha(r, c[3]);
    });
}

}  // namespace limner::finish
