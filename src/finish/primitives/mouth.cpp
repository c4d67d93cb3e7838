// The mouth (shaders/mouth.wgsl): lips are taken as the network means them, without its grain, and get the creases of lips, and their
// paint; between them lies a line, or teeth with gaps where teeth have them.
#include "finish/primitives/mouth_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/source.h"

#include <initializer_list>

namespace limner::finish {

namespace {

constexpr int kMean = 2,
              kPieces =
                  16;  // source pixels around one that its colour is the mean of; straight pieces of a margin
constexpr float kTaps[] = {0.33F, 0.76F, 1.0F, 0.76F, 0.33F};
constexpr float kLine = 0.0045F,
                kDark = 0.62F;  // half-widths of the line between the lips, and how dark it is
constexpr float kGap = 0.0026F, kGapDark = 0.30F;  // the same of gaps between teeth

struct Margin {
    float away = 9, along = 0;  // positive inside the mouth; 0 .. 1 from the picture's left
};

class Lips {
public:
    explicit Lips(const Pass& pass) : pass_(pass) {
        for (const int which : {kLipUpper, kLipLower})
            for (int k = 0; k <= kPieces; ++k)
                way_[which == kLipLower][k] = on(which, static_cast<float>(k) * (4.0F / kPieces));
    }
    Vec2 pair(int i) const { return {pass_.f(i), pass_.f(i + 1)}; }
    Margin margin(int which, Vec2 p) const {
        const Vec2* way = way_[which == kLipLower];
        Margin found;
        float least = 9;
        for (int k = 0; k < kPieces; ++k) {
            const Vec2 piece = way[k + 1] - way[k];
            const float t = share_along(p, way[k], piece);
            const Vec2 off = p - (way[k] + piece * t);
            const float far = dot(off, off);
            if (far >= least) continue;
            least = far;
            const bool below = piece.x * off.y - piece.y * off.x > 0;  // y down, from left to right
            found.away = below == (which == kLipUpper) ? std::sqrt(far) : -std::sqrt(far);
            found.along = (static_cast<float>(k) + t) * (1.0F / kPieces);
        }
        return found;
    }

private:
    Vec2 on(int which, float at) const {  // Catmull and Rom 1974
        const int i = at < 1 ? 0 : (at < 2 ? 1 : (at < 3 ? 2 : 3));
        const float u = at - static_cast<float>(i);
        const Vec2 b = pair(which + 2 * i), c = pair(which + 2 * i + 2);
        const Vec2 a = i > 0 ? pair(which + 2 * i - 2) : b, d = i < 3 ? pair(which + 2 * i + 4) : c;
        return spline(a, b, c, d, u);
    }
    const Pass& pass_;
    Vec2 way_[2][kPieces + 1];
};

// The colour around a source place as far as it is of one region, in the root of light; the fourth is how much there is of it.
Vec4 mean_of(const Source& source, int region, Vec2 place) {
    const int x = ifloor(place.x), y = ifloor(place.y);
    const float u = place.x - floor(place.x), v = place.y - floor(place.y);
    Vec4 sum = splat(0);
    for (int j = -kMean; j <= kMean + 1; ++j)
        for (int i = -kMean; i <= kMean + 1; ++i) {
            const float across = mix(i > kMean ? 0.0F : kTaps[i + kMean],
                                     i > -kMean ? kTaps[i - 1 + kMean] : 0.0F, u),
                        down = mix(j > kMean ? 0.0F : kTaps[j + kMean],
                                   j > -kMean ? kTaps[j - 1 + kMean] : 0.0F, v);
            const float weight = across * down * source.at(region, x + i, y + j);
            if (weight <= 0) continue;
            const Vec4 c =
                vec4(source.at(0, x + i, y + j), source.at(1, x + i, y + j), source.at(2, x + i, y + j), 1);
            sum += sqrt(max(c, splat(0))) * splat(weight);
        }
    return sum;
}

}  // namespace

// in: the source, the sitter. out: the sitter with a clear mouth.
void mouth(const Pass& pass) {
    const Source source(pass);
    const Lips lips(pass);
    const float pixel = 2.0F / static_cast<float>(pass.full_width()), scale = pass.f(kMouthScale);
    const Vec2 across = lips.pair(kMouthAcross), middle = lips.pair(kLipUpper + 4);
    each_pixel(pass, [&](int x, int y) {
        Vec4 c = pass.in[1].at(x, y);
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        if (p.x < pass.f(kMouthBox) || p.y < pass.f(kMouthBox + 1) || p.x > pass.f(kMouthBox + 2) ||
            p.y > pass.f(kMouthBox + 3))
            return c;
        const Vec2 place = source.place(pass, x, y), off = p - middle;
        const float along = dot(off, across), down = across.x * off.y - across.y * off.x;
        const Margin upper = lips.margin(kLipUpper, p), lower = lips.margin(kLipLower, p);
        const float soft = max(0.0014F, 0.7F * pixel);
        const float open = smoothstep(-soft, soft, upper.away) * smoothstep(-soft, soft, lower.away);

        const Vec4 lip = mean_of(source, 12, place);
        if (lip[3] > 0.05F) {
            const Vec4 root = lip / splat(lip[3]);
            // Creases run from the line between the lips outwards.
            const float fan = along / (scale * 0.0011F), deep = down / (scale * 0.006F);
            const float crease = 0.7F * noise(fan, deep, pass.u(kMouthSeed)) +
                                 0.3F * noise(2.3F * fan, 2.0F * deep, pass.u(kMouthSeed) + 1U);
            Vec4 drawn = root * root * splat(1.0F + 0.16F * crease);
            drawn = mix(drawn, pass.rgb(kLipstickColour) * splat(luma(drawn)), pass.f(kLipstick));
            const float share = saturate(source.sample(12, place) * 1.5F - 0.25F) * (1.0F - open);
            c = with_alpha(mix(c, drawn, 0.85F * share), c[3]);
        }
        if (open > 0) {
            const Vec4 inside = mean_of(source, 13, place);
            if (inside[3] > 0.05F) {
                const Vec4 root = inside / splat(inside[3]);
                Vec4 drawn = root * root;
                // Teeth where it is bright: each is round, and dark towards its neighbours.
                const float teeth = smoothstep(0.06F, 0.22F, luma(drawn));
                float gap = 9, left = -9, right = 9;
                for (int k = 0; k < kToothGaps; ++k) {
                    const float d = along - pass.f(kTeeth + k);
                    gap = min(gap, abs(d));
                    if (d >= 0)
                        left = max(left, -d);
                    else
                        right = min(right, -d);
                }
                const float wide = max(right - left, 1e-4F),
                            within = (right + left) / wide;  // -1 .. 1 across a tooth
                const float line = gap / (kGap + 0.6F * pixel);
                const float shape = (1.0F - kGapDark * exp(-line * line)) * (1.04F - 0.14F * within * within);
                drawn = drawn * splat(mix(1.0F, shape, teeth));
                // Under the upper lip it is darker.
                drawn = drawn * splat(mix(0.45F, 1.0F, smoothstep(0.0F, 0.016F, upper.away)));
                c = with_alpha(mix(c, drawn, open * saturate(2.0F * inside[3])), c[3]);
            }
        }
        const float near = min(abs(upper.away), abs(lower.away)) / (kLine + 0.5F * pixel);
        const float ends = smoothstep(0.0F, 0.08F, upper.along) * smoothstep(1.0F, 0.92F, upper.along);
        const float gape =
            abs(upper.away) + abs(lower.away);  // between lips that are apart it is a soft edge
        const float dark =
            kDark * mix(1.0F, 0.4F, smoothstep(0.006F, 0.03F, gape)) * exp(-near * near) * ends;
        return with_alpha(c * (splat(1.0F) - vec4(0.92F, 1.0F, 1.0F, 0) * splat(dark)), c[3]);
    });
}

}  // namespace limner::finish
