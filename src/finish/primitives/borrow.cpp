// The manner of any picture (shaders/borrow.wgsl), after StyleBlit (Sykora et al. 2019): the picture is laid out in chunks of the
// example whose guide agrees; where a chunk does not agree, a smaller one is tried. The guide is blurred lightness, and where in the
// picture something is (which is what FaceBlit, Texler et al. 2021, adds for faces).
#include "finish/primitives/all.h"

namespace limner::finish {

namespace {

// Mean and spread of an image's lightness, from a grid of samples.
Vec2 spread(const View& image) {
    float sum = 0, square = 0;
    for (int j = 0; j < 12; ++j)
        for (int i = 0; i < 12; ++i) {
            const float l = luma(image.at((2 * i + 1) * image.width / 24, (2 * j + 1) * image.height / 24));
            sum += l;
            square += l * l;
        }
    const float mean = sum * (1.0F / 144.0F);
    return {mean, std::sqrt(max(square * (1.0F / 144.0F) - mean * mean, 1e-4F))};
}

}  // namespace

// in: picture, its guide (blurred), example, its guide. 0 chunk (pixels), 1 tolerance, 2 place (how much position counts),
// 3 keep (0 the example's colours, 1 the picture's), 4 example pixels in a pixel of the picture, 5 seed.
// Without an example the picture stays as it is.
void borrow(const Pass& pass) {
    const View picture = pass.in[0], guide = pass.in[1], example = pass.in[2], manner = pass.in[3];
    if (example.width <= 1) return each_pixel(pass, [&](int x, int y) { return picture.at(x, y); });
    const float tolerance = pass.f(1), place = pass.f(2), keep = pass.f(3), scale = pass.f(4);
    const float ew = static_cast<float>(example.width), eh = static_cast<float>(example.height);
    const float ox = static_cast<float>(pass.origin_x()), oy = static_cast<float>(pass.origin_y());
    const float per_w = 1.0F / static_cast<float>(pass.full_width()),
                per_h = 1.0F / static_cast<float>(pass.full_height());
    const Vec2 stats = spread(manner);
    // The picture's lightness on the example's scale; a photo comes in tiles, so its own spread is not known here.
    const auto wanted = [&](Vec4 c) { return saturate(stats.x + (luma(c) - 0.45F) * stats.y * 4.4F); };
    const auto folded = [](float v, float size) {  // mirrored into the example
        const float t = abs(v - floor(v / (2.0F * size)) * 2.0F * size);
        return t < size ? t : 2.0F * size - t;
    };
    each_pixel(pass, [&](int x, int y) {
        const float fx = pass.full_x(x), fy = pass.full_y(y);
        const float here = wanted(guide.at(x, y));
        Vec4 sum = splat(0), base = splat(0);
        float left = 1.0F;
        for (int level = 0; level < 4; ++level) {
            const float size = max(
                pass.f(0) * (level == 0 ? 1.0F : (level == 1 ? 0.5F : (level == 2 ? 0.25F : 0.125F))), 3.0F);
            const std::uint32_t seed = pass.u(5) + 31U * static_cast<std::uint32_t>(level);
            // The nearest of the jittered seeds around.
            const int cx = ifloor(fx / size), cy = ifloor(fy / size);
            int mx = cx, my = cy;
            float nearest = 1e9F;
            Vec2 at{0, 0};
            for (int j = -1; j <= 1; ++j)
                for (int i = -1; i <= 1; ++i) {
                    const std::uint32_t h = hash(cx + i, cy + j, seed);
                    const Vec2 s{(static_cast<float>(cx + i) + unit_low(h)) * size,
                                 (static_cast<float>(cy + j) + unit_high(h)) * size};
                    const Vec2 d = s - Vec2{fx, fy};
                    if (dot(d, d) < nearest) nearest = dot(d, d), at = s, mx = cx + i, my = cy + j;
                }
            const Vec4 target = guide.at(ifloor(at.x - ox), ifloor(at.y - oy));
            const float light = wanted(target);
            // The best of some places in the example.
            Vec2 best{0, 0};
            float cost = 1e9F;
            for (std::uint32_t k = 0; k < 24; ++k) {
                const std::uint32_t h = hash(mx, my, seed + 1000U + k);
                const Vec2 c{unit_low(h), unit_high(h)};
                const Vec4 there = manner.at(ifloor(c.x * ew), ifloor(c.y * eh));
                const float dx = c.x - at.x * per_w, dy = c.y - at.y * per_h;
                const float warm = (there[0] - there[2]) - (target[0] - target[2]);
                const float price =
                    3.0F * abs(luma(there) - light) + 0.4F * abs(warm) + place * (dx * dx + dy * dy);
                if (price < cost) cost = price, best = c;
            }
            const float sx = folded(best.x * ew + (fx - at.x) * scale, ew - 1.0F),
                        sy = folded(best.y * eh + (fy - at.y) * scale, eh - 1.0F);
            const Vec4 colour = example.sample(sx, sy), soft = manner.sample(sx, sy);
            const float wrong = abs(luma(soft) - here);
            const float take =
                level == 3 ? left : left * smoothstep(1.5F * tolerance, 0.5F * tolerance, wrong);
            sum += colour * splat(take);
            base += soft * splat(take);
            left -= take;
            if (left <= 0.0F) break;
        }
        // Colours come smoothly, from all over the example, the more the better a place fits (as transport of colour does, Rabin et
        // al. 2011, with a soft plan); the brushwork comes from the chunks.
        const Vec4 own = guide.at(x, y);
        Vec4 palette = splat(0);
        float total = 1e-9F;
        for (int j = 0; j < 8; ++j)
            for (int i = 0; i < 8; ++i) {
                const Vec4 there =
                    manner.at((2 * i + 1) * example.width / 16, (2 * j + 1) * example.height / 16);
                const float dl = luma(there) - here,
                            dx = (static_cast<float>(i) + 0.5F) * 0.125F - fx * per_w,
                            dy = (static_cast<float>(j) + 0.5F) * 0.125F - fy * per_h;
                const float warm = (there[0] - there[2]) - (own[0] - own[2]),
                            green = (there[1] - 0.5F * (there[0] + there[2])) -
                                    (own[1] - 0.5F * (own[0] + own[2]));
                const float w = exp2(-90.0F * dl * dl - 14.0F * (warm * warm + green * green) -
                                     6.0F * place * (dx * dx + dy * dy));
                palette += there * splat(w);
                total += w;
            }
        const Vec4 detail = sum - base;
        const Vec4 example_colours =
            palette * splat(1.0F / total) + splat(0.35F * (here - luma(palette) / total)) + detail;
        const Vec4 own_colours = own + detail * splat(1.15F);
        return with_alpha(saturate(mix(example_colours, own_colours, keep)), picture.at(x, y)[3]);
    });
}

}  // namespace limner::finish
