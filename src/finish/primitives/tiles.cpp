// Mosaic, stained glass and facets (shaders/mosaic.wgsl, facets.wgsl).
#include "finish/primitives/all.h"

#include <cstddef>
#include <vector>

namespace limner::finish {

namespace {

// What belongs to each cell of a grid from (x0, y0) to (x1, y1), worked out once.
template <class T>
class Grid {
public:
    template <class Make>
    Grid(int x0, int y0, int x1, int y1, Make make) : x0_(x0), y0_(y0), width_(x1 - x0 + 1) {
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x) cells_.push_back(make(x, y));
    }
    const T& at(int x, int y) const { return cells_[static_cast<std::size_t>((y - y0_) * width_ + x - x0_)]; }

private:
    int x0_, y0_, width_;
    std::vector<T> cells_;
};

}  // namespace

// Voronoi tiles of a jittered grid (Worley 1996). in: picture (blurred to the tiles' size).
// 0 cell (pixels), 1 jitter, 2 gap (pixels), 3 gap's colour, 6 bevel, 7 vary, 8 glass (0 stone, 1 lit from behind), 9 seed.
void mosaic(const Pass& pass) {
    const float cell = max(pass.f(0), 3.0F), per = 1.0F / cell, jitter = pass.f(1), gap = pass.f(2),
                bevel = pass.f(6), vary = pass.f(7), glass = pass.f(8);
    const Vec4 grout = pass.rgb(3);
    const std::uint32_t seed = pass.u(9);
    // A tile's neighbours' neighbours: three cells beyond the pixels.
    const Grid<Vec2> sites(ifloor(pass.full_x(0) * per) - 3, ifloor(pass.full_y(0) * per) - 3,
                           ifloor(pass.full_x(pass.width() - 1) * per) + 3,
                           ifloor(pass.full_y(pass.height() - 1) * per) + 3, [&](int cx, int cy) {
                               const std::uint32_t h = hash(cx, cy, seed);
                               return Vec2{static_cast<float>(cx) + 0.5F + jitter * (unit_low(h) - 0.5F),
                                           static_cast<float>(cy) + 0.5F + jitter * (unit_high(h) - 0.5F)};
                           });
    each_pixel(pass, [&](int x, int y) {
        const float gx = pass.full_x(x) * per, gy = pass.full_y(y) * per;
        const int ix = ifloor(gx), iy = ifloor(gy);
        int mx = ix, my = iy;
        float nearest = 1e9F;
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i) {
                const Vec2 s = sites.at(ix + i, iy + j);
                const float d = (s.x - gx) * (s.x - gx) + (s.y - gy) * (s.y - gy);
                if (d < nearest) nearest = d, mx = ix + i, my = iy + j;
            }
        const Vec2 own = sites.at(mx, my);
        float border = 1e9F;  // distance to the nearest bisector, in cells
        Vec2 towards{0, 0};
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) {
                if (i == 0 && j == 0) continue;
                const Vec2 s = sites.at(mx + i, my + j);
                const Vec2 d = s - own;
                const float size = length(d);
                const float to =
                    ((0.5F * (s.x + own.x) - gx) * d.x + (0.5F * (s.y + own.y) - gy) * d.y) / size;
                if (to < border) border = to, towards = d * (1.0F / size);
            }
        const float inside = border * cell;  // pixels
        Vec4 c = pass.in[0].sample(own.x * cell - static_cast<float>(pass.origin_x()) - 0.5F,
                                   own.y * cell - static_cast<float>(pass.origin_y()) - 0.5F);
        const std::uint32_t h = hash(mx, my, seed + 5U);
        c = c * splat(1.0F + vary * (unit_low(h) - 0.5F)) +
            vec4(0.10F, 0.0F, -0.10F, 0) * splat(vary * (unit_high(h) - 0.5F));
        const float slope = smoothstep(gap * 0.5F + 0.16F * cell, gap * 0.5F, inside);
        c = c * splat(1.0F - bevel * slope * (0.7F * towards.x + 0.7F * towards.y));
        if (glass > 0.0F) {
            const float swirl =
                fbm(gx * 1.1F + unit_low(h) * 50.0F, gy * 2.3F + unit_high(h) * 50.0F, 3, seed + 9U);
            const float glow = 1.0F - smoothstep(0.0F, 0.5F, std::sqrt(nearest));
            const Vec4 rich =
                mix(splat(luma(c)), c, 1.45F) * splat(1.08F + 0.22F * glow + 0.22F * swirl) + splat(0.03F);
            c = mix(c, rich, glass);
        }
        const float cover = smoothstep(gap * 0.5F - 0.7F, gap * 0.5F + 0.7F, inside);
        const float rough =
            1.0F +
            0.25F * (tooth(pass.full_x(x), pass.full_y(y), 1.5F * pass.unit_length(), seed + 2U) - 0.5F);
        return with_alpha(saturate(mix(grout * splat(rough), c, cover)), pass.in[0].at(x, y)[3]);
    });
}

// Triangles of a jittered grid whose corners are drawn to edges. in: picture (blurred to their size), flow.
// 0 cell (pixels), 1 jitter, 2 snap, 3 vary, 4 seed.
void facets(const Pass& pass) {
    const float cell = max(pass.f(0), 4.0F), jitter = pass.f(1), snap = pass.f(2), vary = pass.f(3);
    const std::uint32_t seed = pass.u(4);
    const float ox = static_cast<float>(pass.origin_x()) + 0.5F,
                oy = static_cast<float>(pass.origin_y()) + 0.5F;
    const auto make_corner = [&](int cx, int cy) {  // in pixels of this image
        const std::uint32_t h = hash(cx, cy, seed);
        Vec2 p{(static_cast<float>(cx) + jitter * (unit_low(h) - 0.5F)) * cell - ox,
               (static_cast<float>(cy) + jitter * (unit_high(h) - 0.5F)) * cell - oy};
        float sx = 0, sy = 0, total = 1e-6F;
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) {
                const float dx = static_cast<float>(i) * 0.16F * cell,
                            dy = static_cast<float>(j) * 0.16F * cell;
                const float e = pass.in[1].at(ifloor(p.x + dx + 0.5F), ifloor(p.y + dy + 0.5F))[3],
                            w = e * e * e;
                sx += w * dx;
                sy += w * dy;
                total += w;
            }
        return p + Vec2{sx / total, sy / total} * snap;
    };
    const auto cell_of = [&](int pixel, float origin) {
        return ifloor((static_cast<float>(pixel) + origin) / cell);
    };
    const Grid<Vec2> corners(cell_of(0, ox) - 1, cell_of(0, oy) - 1, cell_of(pass.width() - 1, ox) + 2,
                             cell_of(pass.height() - 1, oy) + 2, make_corner);
    each_pixel(pass, [&](int x, int y) {
        const int ix = cell_of(x, ox), iy = cell_of(y, oy);
        Vec2 p[4][4];
        for (int j = 0; j < 4; ++j)
            for (int i = 0; i < 4; ++i) p[j][i] = corners.at(ix + i - 1, iy + j - 1);
        Vec4 sum = splat(0);
        for (int sub = 0; sub < 4; ++sub) {  // a turned grid of four, for smooth edges
            const float px = static_cast<float>(x) +
                             (sub == 0 ? -0.125F : (sub == 1 ? 0.375F : (sub == 2 ? 0.125F : -0.375F)));
            const float py = static_cast<float>(y) +
                             (sub == 0 ? -0.375F : (sub == 1 ? -0.125F : (sub == 2 ? 0.375F : 0.125F)));
            Vec4 c = pass.in[0].at(x, y);
            for (int k = 0; k < 18; ++k) {
                const int half = k & 1, i = (k >> 1) % 3, j = (k >> 1) / 3;
                // The quad is split along the diagonal that a hash picks.
                const int cx = ix + i - 1, cy = iy + j - 1;
                const bool other = (hash(cx, cy, seed + 3U) & 1U) != 0;
                const Vec2 a = other ? p[j][i + 1] : p[j][i], d = other ? p[j + 1][i] : p[j + 1][i + 1];
                const Vec2 b =
                    half == 0 ? (other ? p[j][i] : p[j][i + 1]) : (other ? p[j + 1][i + 1] : p[j + 1][i]);
                const auto edge = [&](Vec2 m, Vec2 n) {
                    return (n.x - m.x) * (py - m.y) - (n.y - m.y) * (px - m.x);
                };
                const float e0 = edge(a, b), e1 = edge(b, d), e2 = edge(d, a);
                if ((e0 >= 0 && e1 >= 0 && e2 >= 0) || (e0 <= 0 && e1 <= 0 && e2 <= 0)) {
                    c = pass.in[0].sample((a.x + b.x + d.x) / 3.0F, (a.y + b.y + d.y) / 3.0F);
                    const float tilt =
                        unit(hash(cx, cy, seed + 7U + static_cast<std::uint32_t>(half))) - 0.5F;
                    c = c * splat(1.0F + vary * tilt);
                    break;
                }
            }
            sum += c;
        }
        return with_alpha(saturate(sum * splat(0.25F)), pass.in[0].at(x, y)[3]);
    });
}

float facets_reach(const Pass& pass) { return 3.0F * max(pass.f(0), 4.0F) + 2.0F; }

}  // namespace limner::finish
