// Gaussian blur, sharpening against it, and skin retouching with a guided filter (shaders/blur.wgsl, sharpen.wgsl, moments.wgsl,
// fit.wgsl, retouch.wgsl).
#include "finish/primitives/all.h"
#include "finish/source.h"

#include <vector>

#include <cmath>
#include <cstddef>
#include <vector>

namespace limner::finish {

namespace {

constexpr int kMostTaps = 400;  // on a side; sigma is at most 60 thousandths of 2048 pixels
constexpr int kLane = 4;        // pixels that are summed at once

// Sums `kLane` neighbours; `step` leads from each to the next pixel along the blur.
void sum_lane(const Vec4* middle, std::ptrdiff_t step, const float* weights, int radius, Vec4* sums) {
    Vec4 a = middle[0], b = middle[1], c = middle[2], d = middle[3];
    const Vec4 *before = middle, *after = middle;
    for (int k = 1; k <= radius; ++k) {
        const Vec4 w = splat(weights[k]);
        before -= step;
        after += step;
        a += (before[0] + after[0]) * w;
        b += (before[1] + after[1]) * w;
        c += (before[2] + after[2]) * w;
        d += (before[3] + after[3]) * w;
    }
    sums[0] = a, sums[1] = b, sums[2] = c, sums[3] = d;
}

}  // namespace

// 0 sigma (pixels), 1 axis (0: along x, 1: along y). Truncated at three sigma.
void blur(const Pass& pass) {
    const View in = pass.in[0];
    const float sigma = max(pass.f(0), 0.05F), fall = -0.5F / (sigma * sigma);
    const int radius = ifloor(3.0F * sigma + 0.5F), w = pass.width(), h = pass.height();
    float weights[kMostTaps], total = 1.0F;
    for (int k = 1; k <= radius; ++k) {
        weights[k] = exp(fall * static_cast<float>(k * k));
        total += 2.0F * weights[k];
    }
    const Vec4 scale = splat(1.0F / total);
    Vec4 sums[kLane];
    // A line at a time, copied with its borders repeated: rows one by one; columns kLane abreast, or each pixel of a column
    // would be another row of the cache.
    if (pass.f(1) < 0.5F) {
        std::vector<Vec4> row(static_cast<std::size_t>(w + 2 * radius + kLane));
        for (int y = 0; y < h; ++y) {
            for (int x = -radius; x < w + radius + kLane; ++x)
                row[static_cast<std::size_t>(x + radius)] = in.at(x, y);
            for (int x = 0; x < w; x += kLane) {
                sum_lane(&row[static_cast<std::size_t>(x + radius)], 1, weights, radius, sums);
                for (int i = 0; i < kLane && x + i < w; ++i)
                    pass.out[static_cast<std::ptrdiff_t>(y) * w + x + i] = sums[i] * scale;
            }
        }
        return;
    }
    std::vector<Vec4> columns(static_cast<std::size_t>(h + 2 * radius) * kLane);
    for (int x = 0; x < w; x += kLane) {
        for (int y = -radius; y < h + radius; ++y)
            for (int i = 0; i < kLane; ++i)
                columns[static_cast<std::size_t>((y + radius) * kLane + i)] = in.at(x + i, y);
        for (int y = 0; y < h; ++y) {
            sum_lane(&columns[static_cast<std::size_t>((y + radius) * kLane)], kLane, weights, radius, sums);
            for (int i = 0; i < kLane && x + i < w; ++i)
                pass.out[static_cast<std::ptrdiff_t>(y) * w + x + i] = sums[i] * scale;
        }
    }
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

// in: the source, the sitter, its soft root. out: the sitter with what the network left soft brought out.
// 0 amount, 1 how much to smooth the matte's edge where no hair is: the network's staggers, which shows once it is enlarged. Hair, whose strands are drawn afterwards, is left softer; the matte's edge, behind which colour is nobody's, as it is.
// Great differences are brought out less: they are lines already, and would ring.
void sharpen(const Pass& pass) {
    constexpr float kHair = 0.7F, kEdge = 0.85F, kGreat = 5.0F;
    const Source source(pass);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 sitter = pass.in[1].at(x, y), soft = pass.in[2].at(x, y);
        const float inside = saturate((soft[3] - kEdge) * (1.0F / (1.0F - kEdge)));
        const Vec2 place = source.place(pass, x, y);
        const float hair = source.sample(9, place),
                    matte = mix(soft[3], sitter[3], saturate(1.0F - pass.f(1) + 3.0F * hair));
        if (inside <= 0) return with_alpha(sitter, matte);
        const Vec4 root = sqrt(max(sitter, splat(0)));
        const Vec4 more = (root - soft) * splat(pass.f(0) * inside * (1.0F - kHair * hair));
        const Vec4 sharp = max(root + more / (splat(1.0F) + splat(kGreat) * max(more, -more)), splat(0));
        return with_alpha(sharp * sharp, matte);
    });
}

}  // namespace limner::finish
