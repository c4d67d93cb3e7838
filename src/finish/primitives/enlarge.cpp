// From the network's planes to images of the picture's size (shaders/enlarge.wgsl).
//
// A 4x4 kernel that turns and stretches along edges: the structure tensor of what matters (light and matte) around the point
// gives the direction; a windowed sinc's polynomial stand-in (Lottes 2021, FidelityFX Super Resolution 1, eq. for the Lanczos-2
// approximation) gives the weights. As they are they turn a slope into steps, so what their middle is off by is taken back. The
// result stays within the four nearest values, so that nothing rings. All layers use the same weights and stay aligned. Colour is
// weighted by the matte: what lies under alpha 0 does not bleed in.
#include "finish/primitives/all.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace limner::finish {

namespace {

Vec4 weight(Vec4 d2) {
    const Vec4 x2 = min(d2, splat(4.0F));
    const Vec4 a = splat(0.4F) * x2 - splat(1.0F), b = splat(0.25F) * x2 - splat(1.0F);
    return (splat(1.5625F) * a * a - splat(0.5625F)) * b * b;
}

// Four planes at a source pixel; beyond the border is the border.
Vec4 planes_at(const Pass& pass, int first, int x, int y) {
    const int w = pass.source_width(), h = pass.source_height();
    x = x < 0 ? 0 : (x >= w ? w - 1 : x);
    y = y < 0 ? 0 : (y >= h ? h - 1 : y);
    const std::ptrdiff_t i = static_cast<std::ptrdiff_t>(y) * w + x;
    const auto plane = [&](int index) { return pass.planes[index] ? pass.planes[index][i] : 0.0F; };
    return vec4(plane(first), plane(first + 1), plane(first + 2), plane(first + 3));
}

float sum_of(Vec4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

// The source with two pixels of border on every side, and everything about it that is the same for all output pixels of
// one source pixel: at four times the size that is sixteen of them.
class Source {
public:
    Source(const Pass& pass, int first)
        : width_(pass.source_width() + 4), pixels_(static_cast<std::size_t>(width_) * rows(pass)) {
        const int w = pass.source_width(), h = pass.source_height();
        std::vector<float> light(pixels_.size());
        matte_.resize(pixels_.size());
        for (int y = -2; y < h + 2; ++y)
            for (int x = -2; x < w + 2; ++x) {
                const std::size_t i = at(x, y);
                const Vec4 c = planes_at(pass, 0, x, y);
                pixels_[i] = first == 0 ? c : planes_at(pass, first, x, y);
                matte_[i] = c[3];
                light[i] = std::sqrt(max(luma(c), 0.0F)) * c[3];
            }
        // Of the square between a pixel and its neighbours to the right and below: the gradients' products e, f, g.
        tensor_.resize(pixels_.size());
        const std::size_t down = static_cast<std::size_t>(width_);
        for (int y = -2; y < h + 1; ++y)
            for (int x = -2; x < w + 1; ++x) {
                const std::size_t i = at(x, y);
                const auto products = [&](const std::vector<float>& s) {
                    const float gx = s[i + 1] - s[i] + s[i + down + 1] - s[i + down];
                    const float gy = s[i + down] - s[i] + s[i + down + 1] - s[i + 1];
                    return vec4(gx * gx, gx * gy, gy * gy, 0);
                };
                tensor_[i] = products(light) + splat(0.5F) * products(matte_);
            }
    }

    std::size_t at(int x, int y) const {  // -2 and -2 to two beyond the last
        return static_cast<std::size_t>(y + 2) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(x + 2);
    }
    std::size_t down() const { return static_cast<std::size_t>(width_); }
    const Vec4* pixels(std::size_t i) const { return &pixels_[i]; }
    const Vec4* tensor(std::size_t i) const { return &tensor_[i]; }
    Vec4 mattes(std::size_t i) const {  // of four pixels in a row
        Vec4 four;
        std::memcpy(&four, &matte_[i], sizeof four);
        return four;
    }

private:
    static std::size_t rows(const Pass& pass) { return static_cast<std::size_t>(pass.source_height() + 4); }

    int width_;
    std::vector<Vec4> pixels_, tensor_;
    std::vector<float> matte_;
};

struct Edge {
    Vec2 across{1, 0};
    float stretch = 1, squeeze = 1;
};

Edge edge(const Source& source, std::size_t corner, float fx, float fy) {
    const Vec4 dx = vec4(-0.5F, 0.5F, 1.5F, 0) - splat(fx);
    Vec4 t = splat(0);
    for (int j = 0; j < 3; ++j) {
        const float dy = static_cast<float>(j) - 0.5F - fy;
        const Vec4 w = splat(1.0F) / (splat(0.3F + dy * dy) + dx * dx);
        const Vec4* row = source.tensor(corner + static_cast<std::size_t>(j) * source.down());
        t += splat(w[0]) * row[0] + splat(w[1]) * row[1] + splat(w[2]) * row[2];
    }
    const float half = 0.5F * (t[0] - t[2]), f = t[1], root = std::sqrt(half * half + f * f);
    const float along = root / (0.5F * (t[0] + t[2]) + 0.004F);  // 0: no direction, 1: a clean edge
    Vec2 n{half + root, f};                                      // across the edge
    if (half < 0) n = {f, root - half};
    const float size = length(n);
    return {size > 1e-8F ? n * (1.0F / size) : Vec2{1, 0}, 1.0F / (1.0F + along), 1.0F + 0.15F * along};
}

}  // namespace

// 0 first plane, 1 2 offset of the window in output pixels, 3 4 source pixels in an output pixel
void enlarge(const Pass& pass) {
    const int first = pass.i(0);
    const float scale_x = pass.f(3), scale_y = pass.f(4);
    const bool colour = first == 0;
    if (scale_x == 1.0F && scale_y == 1.0F) {
        const int ox = pass.i(1), oy = pass.i(2);
        each_pixel(pass, [&](int x, int y) { return planes_at(pass, first, x + ox, y + oy); });
        return;
    }
    const Source source(pass, first);
    const int last_x = pass.source_width() - 1, last_y = pass.source_height() - 1;
    const auto inside = [](int at, int last) { return at < -1 ? -1 : (at > last ? last : at); };
    each_pixel(pass, [&](int x, int y) {
        const float u = (static_cast<float>(x) + pass.f(1) + 0.5F) * scale_x - 0.5F;
        const float v = (static_cast<float>(y) + pass.f(2) + 0.5F) * scale_y - 0.5F;
        const int ix = inside(ifloor(u), last_x), iy = inside(ifloor(v), last_y);
        const float fx = u - floor(u), fy = v - floor(v);
        const std::size_t corner = source.at(ix - 1, iy - 1);
        const Edge e = edge(source, corner, fx, fy);

        const Vec4 dx = vec4(-1, 0, 1, 2) - splat(fx);
        Vec4 sum = splat(0), alpha = splat(0), of_colour = splat(0), of_alpha = splat(0);
        Vec4 right = splat(0), down = splat(0);  // of the weights' middle
        for (int j = 0; j < 4; ++j) {
            const std::size_t row = corner + static_cast<std::size_t>(j) * source.down();
            const Vec4 dy = splat(static_cast<float>(j - 1) - fy);
            const Vec4 across = (dx * splat(e.across.x) + dy * splat(e.across.y)) * splat(e.squeeze);
            const Vec4 along = (dy * splat(e.across.x) - dx * splat(e.across.y)) * splat(e.stretch);
            Vec4 w = weight(across * across + along * along);
            if (colour) {
                const Vec4 mattes = source.mattes(row);
                alpha += w * mattes;
                of_alpha += w;
                w = w * max(mattes, splat(0.02F));
            }
            of_colour += w;
            right += w * dx;
            down += w * dy;
            const Vec4* c = source.pixels(row);
            sum += splat(w[0]) * c[0] + splat(w[1]) * c[1] + splat(w[2]) * c[2] + splat(w[3]) * c[3];
        }
        const Vec4* upper = source.pixels(corner + source.down() + 1);  // the four nearest
        const Vec4* lower = upper + source.down();
        const Vec4 slope_x = mix(upper[1] - upper[0], lower[1] - lower[0], fy),
                   slope_y = mix(lower[0] - upper[0], lower[1] - upper[1], fx);
        Vec4 c = (sum - slope_x * splat(sum_of(right)) - slope_y * splat(sum_of(down))) /
                 splat(max(sum_of(of_colour), 1e-4F));
        if (colour) c = with_alpha(c, sum_of(alpha) / max(sum_of(of_alpha), 1e-4F));
        c = min(max(c, min(min(upper[0], upper[1]), min(lower[0], lower[1]))),
                max(max(upper[0], upper[1]), max(lower[0], lower[1])));
        return c;
    });
}

}  // namespace limner::finish
