// Edges of skin made sharp (shaders/carve.wgsl). What the network paints is a blur of a pixel or two where a jaw ends; enlarged, of
// many. Where exactly the skin ends is known (sitter/outline.h): on either side of the line the picture is drawn up to it from
// farther off (after warping towards edges, Arad and Gotsman 1999, which had to guess where they are).
#include "finish/primitives/all.h"
#include "finish/primitives/carve_numbers.h"
#include "finish/source.h"

#include <cmath>

namespace limner::finish {

namespace {

constexpr float kInside = 1.5F;                // source pixels inside of a line is looked for skin
constexpr float kLeast = 0.35F, kMost = 0.8F;  // shares of it, none and all

Vec4 premultiplied(Vec4 c) { return with_alpha(c * splat(c[3]), c[3]); }

}  // namespace

// in: the source, the sitter, the table of the outline. out: the sitter, sharp along it.
void carve(const Pass& pass) {
    const Source source(pass);
    const View sitter = pass.in[1];
    const Vec4* table = pass.in[2].pixel;
    const float margin = pass.f(kCarveMargin), reach = kCarveReach * margin;
    const Vec2 half{0.5F * static_cast<float>(pass.full_width()),
                    0.5F * static_cast<float>(pass.full_height())};
    const Vec2 to_source{static_cast<float>(source.width()) / static_cast<float>(pass.full_width()),
                         static_cast<float>(source.height()) / static_cast<float>(pass.full_height())};
    const auto there = [&](int at) {  // two corners, in pixels of the full picture
        const Vec4 c = table[at];
        return vec4((c[0] + 1.0F) * half.x, (c[1] + 1.0F) * half.y, (c[2] + 1.0F) * half.x,
                    (c[3] + 1.0F) * half.y);
    };
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = sitter.at(x, y);
        const Vec2 p{pass.full_x(x), pass.full_y(y)};
        const int cell = ifloor(p.y / half.y * (0.5F * kCarveCells)) * kCarveCells +
                         ifloor(p.x / half.x * (0.5F * kCarveCells));
        const Vec4 list = table[cell];
        const int count = static_cast<int>(list[1]);
        float nearest = reach * reach;
        Vec2 out{0, 0}, away{0, 0};
        for (int k = 0, at = static_cast<int>(list[0]); k < count; ++k, at += 2) {
            const Vec4 ends = there(at);
            const Vec2 along{ends[2] - ends[0], ends[3] - ends[1]}, from{p.x - ends[0], p.y - ends[1]};
            const float t = saturate((from.x * along.x + from.y * along.y) /
                                     max(along.x * along.x + along.y * along.y, 1e-6F));
            const Vec2 off{from.x - t * along.x, from.y - t * along.y};
            const float far = off.x * off.x + off.y * off.y;
            if (far >= nearest) continue;
            const Vec4 across = table[at + 1];
            nearest = far;
            away = off;
            out = {mix(across[0], across[2], t), mix(across[1], across[3], t)};
        }
        const float stands = length(out);
        if (stands < 1e-3F) return c;
        const Vec2 n = out * (1.0F / stands), q{p.x - away.x, p.y - away.y};
        const float off = away.x * n.x + away.y * n.y;                  // outside is more than 0
        const float aside = std::sqrt(max(nearest - off * off, 0.0F));  // past the end of a line
        const Vec2 in_skin{q.x * to_source.x - 0.5F - kInside * n.x,
                           q.y * to_source.y - 0.5F - kInside * n.y};
        const float skin = source.sample(8, in_skin) + source.sample(12, in_skin);
        const float sure =
            saturate(stands) * smoothstep(kLeast, kMost, skin) * smoothstep(margin, 0.0F, aside);
        if (sure <= 0) return c;
        const float cover = saturate(0.5F - off);
        const auto drawn = [&](float side, float d) {
            const float from = side * (margin + max(d, 0.0F) * ((kCarveReach - 1.0F) / kCarveReach));
            return premultiplied(
                sitter.sample(q.x + from * n.x - pass.full_x(0), q.y + from * n.y - pass.full_y(0)));
        };
        Vec4 made = splat(0);
        if (cover > 0) made += drawn(-1, -off) * splat(cover);
        if (cover < 1) made += drawn(1, off) * splat(1.0F - cover);
        made = mix(premultiplied(c), made, sure);
        return made[3] > 1e-4F ? with_alpha(made / splat(made[3]), made[3]) : with_alpha(c, 0);
    });
}

float carve_reach(const Pass& pass) { return (kCarveReach + 1.0F) * pass.f(kCarveMargin); }

}  // namespace limner::finish
