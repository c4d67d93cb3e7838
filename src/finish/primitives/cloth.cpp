// Clothes (shaders/cloth.wgsl). The network paints cloth as its mean and its edge as soft as its pixels are wide; where the neckline runs is
// known to a pixel or two. So what lies on either side is drawn up to it, and the pattern that was asked for is woven in: the renderer's
// (models/sitters/cloth_shade.cpp), unrolled over chest and shoulders.
#include "finish/primitives/cloth_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/primitives/worn_numbers.h"
#include "finish/source.h"

namespace limner::finish {

namespace {

constexpr float kWide = 0.022F;                        // half-widths beside the neckline that are drawn anew
constexpr float kSides = 0.045F, kFurther = 2.2F;      // where skin and cloth have to be for that
constexpr float kShadow = 0.45F, kShadowFar = 0.012F;  // of cloth on skin
constexpr float kHem = 0.014F, kRibApart = 0.0026F;    // metres: how wide, and its ribs
constexpr float kRibs = 0.13F,
                kPointApart =
                    0.2094F * 0.055F;   // how light ribs are; metres between points, 12 degrees at 55 mm
constexpr float kDyed = 0.6F;           // how much of a cloth's colour is that which was asked for
constexpr float kEnds = 3.0F;           // points over which the drawn neckline passes into the painted one
constexpr float kOverShoulders = 0.7F;  // how cloth goes on where it turns away, metres a metre of depth
constexpr int kPieces = 2;              // straight pieces between two points
constexpr float kLeast = 1.0F / 512.0F;

class Neckline {
public:
    explicit Neckline(const Pass& pass) {
        const auto point = [&](int k) {
            k = k < 0 ? 0 : (k < kCollarPoints ? k : kCollarPoints - 1);
            return Vec2{pass.f(kClothCollar + 2 * k), pass.f(kClothCollar + 2 * k + 1)};
        };
        for (int k = 0; k < kCollarPoints; ++k) {
            const Vec2 p = point(k);
            least_ = {min(least_.x, p.x), min(least_.y, p.y)};
            most_ = {max(most_.x, p.x), max(most_.y, p.y)};
            for (int j = 0; j < (k + 1 < kCollarPoints ? kPieces : 1); ++j)
                knots_[k * kPieces + j] =
                    spline(point(k - 1), p, point(k + 1), point(k + 2), static_cast<float>(j) / kPieces);
        }
    }

    struct Place {
        Vec2 foot{}, out{};  // the nearest place on it, the way from there to the cloth
        float off = 9;       // how far that way
        float along = 0;     // points
    };
    Place at(Vec2 p) const {
        constexpr float kRoom = kHem * kPerMetre + kWide;
        Place nearest;
        if (p.x < least_.x - kRoom || p.x > most_.x + kRoom || p.y < least_.y - kRoom ||
            p.y > most_.y + kRoom)
            return nearest;
        float best = 1e9F;
        int piece = 0;
        for (int k = 0; k < kLast; ++k) {
            const Vec2 off = p - knots_[k] - to(k) * share_along(p, knots_[k], to(k));
            if (const float far = dot(off, off); far < best) best = far, piece = k;
        }
        const Vec2 way = to(piece), out = Vec2{-way.y, way.x} * (1.0F / max(length(way), 1e-6F));
        const float t = share_along(p, knots_[piece], way);
        const Vec2 foot = knots_[piece] + way * t;
        const float far = std::sqrt(best);
        return {foot, out, dot(p - foot, out) < 0 ? -far : far, (static_cast<float>(piece) + t) / kPieces};
    }

private:
    static constexpr int kLast = (kCollarPoints - 1) * kPieces;

    Vec2 to(int k) const { return knots_[k + 1] - knots_[k]; }

    Vec2 least_{9, 9}, most_{-9, -9};
    Vec2 knots_[kLast + 1];
};

// How much of the second colour is at a place of the cloth, metres.
float second_at(const Pass& pass, float u, float v, float pixel) {
    const float period = pass.f(kClothPeriod), soft = max(0.12F, 3.0F * pixel / period);
    const std::uint32_t seed = pass.u(kClothSeed);
    const auto edge = [](float x, float wide) { return smoothstep(-wide, wide, x); };
    switch (static_cast<ClothPattern>(static_cast<int>(pass.f(kClothPattern) + 0.5F))) {
        case ClothPattern::plain: return 0;
        case ClothPattern::stripes:
            return edge(sin_turn((pass.f(kClothUpright) > 0.5F ? u : v) / period) - 0.1F, soft);
        case ClothPattern::check:
            return 0.5F * (edge(sin_turn(u / period), soft) + edge(sin_turn(v / period), soft));
        case ClothPattern::dots: {
            const float x = u / period, y = v / (period * 0.866F), row = floor(y);
            const float dx = fract(x + 0.5F * row) - 0.5F, dy = y - row - 0.5F;
            return 1.0F - edge(std::sqrt(dx * dx + dy * dy) - 0.22F, max(0.05F, pixel / period));
        }
        case ClothPattern::melange:
            return smoothstep(
                -0.35F, 0.5F,
                noise(u * 420.0F, v * 700.0F, seed) + 0.4F * noise(u * 120.0F, v * 420.0F, seed + 1U));
    }
    return 0;
}

// How light threads and stitches are, about 1.
float weave_at(const Pass& pass, float u, float v, float pixel) {
    const float gauge = pass.f(kClothGauge);
    if (gauge <= 0) return 1.0F + 0.09F * noise(u * 620.0F, v * 620.0F, pass.u(kClothSeed) + 2U);
    const float seen = smoothstep(1.5F, 3.5F, gauge / pixel);
    const float x = fract(u / gauge), side = abs(x - 0.5F) * 2.0F;
    const float row = fract(v / (gauge * 0.8F) + side * 0.55F);
    const float high = sin_turn(x) * sin_turn(x) * sin_turn(0.5F * row);
    return mix(0.95F, mix(0.72F, 1.09F, std::sqrt(abs(high))), seen);
}

}  // namespace

// in: the source, the sitter. out: the sitter with a neckline, and threads in its cloth.
void cloth(const Pass& pass) {
    const Source source(pass);
    const Neckline line(pass);
    const bool drawn = pass.f(kClothNeckline) > 0.5F;
    const float pixel = 2.0F / static_cast<float>(pass.full_width());
    const Vec4 first = pass.rgb(kClothFirst), second = pass.rgb(kClothSecond), mean = pass.rgb(kClothMean);
    const auto place = [&](Vec2 p) {
        return Vec2{(p.x + 1.0F) * 0.5F * static_cast<float>(source.width()) - 0.5F,
                    (p.y + 1.0F) * 0.5F * static_cast<float>(source.height()) - 0.5F};
    };
    const auto sitter = [&](Vec2 p) {
        const float w = static_cast<float>(pass.full_width()), h = static_cast<float>(pass.full_height());
        return pass.in[1].sample((p.x + 1.0F) * 0.5F * w - 0.5F - static_cast<float>(pass.origin_x()),
                                 (p.y + 1.0F) * 0.5F * h - 0.5F - static_cast<float>(pass.origin_y()));
    };
    each_pixel(pass, [&](int x, int y) {
        Vec4 c = pass.in[1].at(x, y);
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        const Vec2 here = place(p);
        float wear = source.sample(15, here) / max(source.sample(3, here), 0.01F), hem = 0, along = 0;
        if (drawn) {
            const Neckline::Place at = line.at(p);
            if (abs(at.off) < kHem * kPerMetre + kWide) {
                // Further in too: where a neck is about to pass behind the collar, so does the line.
                const Vec2 in_side = place(at.foot - at.out * kSides),
                           out_side = place(at.foot + at.out * kSides),
                           further = place(at.foot - at.out * (kFurther * kSides));
                const float skin_in = 0.5F * (source.sample(8, in_side) + source.sample(8, further));
                const float free = 1.0F - smoothstep(0.02F, 0.2F, source.sample(9, here));
                const float sure = smoothstep(0.35F, 0.95F, skin_in) *
                                   smoothstep(0.4F, 0.8F, source.sample(15, out_side)) * free *
                                   smoothstep(0.0F, kEnds, at.along) *
                                   smoothstep(0.0F, kEnds, static_cast<float>(kCollarPoints - 1) - at.along);
                if (sure > 0) {
                    const float cover = saturate(at.off / pixel + 0.5F);
                    if (abs(at.off) < kWide) {
                        const Vec4 skin = sitter(at.foot - at.out * max(-at.off, kWide)) *
                                          splat(1.0F - kShadow * exp(-abs(at.off) * (1.0F / kShadowFar))),
                                   outer = sitter(at.foot + at.out * max(at.off, kWide));
                        c = with_alpha(mix(c, mix(skin, outer, cover), sure), c[3]);
                        wear = mix(wear, cover, sure);
                    }
                    hem = sure * cover * saturate((kHem * kPerMetre - at.off) / pixel + 0.5F);
                    along = at.along;
                    // The stitched edge catches light, its seam lies deep.
                    const float far = at.off * (1.0F / kPerMetre);
                    const float edge = exp(-far * far * (1.0F / (0.0012F * 0.0012F))),
                                seam = (far - kHem) * (1.0F / 0.0009F);
                    c *= vec4(1, 1, 1, 0) * splat(sure * cover * (0.16F * edge - 0.22F * exp(-seam * seam))) +
                         splat(1);
                }
            }
        }
        if (wear < kLeast) return c;
        const float u = (p.x - pass.f(kClothEyes)) * (1.0F / kPerMetre),
                    v = (pass.f(kClothEyes + 1) - p.y) * (1.0F / kPerMetre) -
                        kOverShoulders * source.sample(7, here);
        const float metres = pixel * (1.0F / kPerMetre);
        const float ribs = pass.f(kClothRibs) * hem * smoothstep(1.5F, 3.0F, kRibApart / metres);
        const float thread =
            mix(weave_at(pass, u, v, metres), 1.0F + kRibs * sin_turn(along * kPointApart / kRibApart), ribs);
        // The network is shy of colours, and right about light.
        if (mean[1] > 0) c = with_alpha(mix(c, mean * splat(luma(c)), kDyed * saturate(wear)), c[3]);
        const Vec4 dye = mix(mix(first, second, second_at(pass, u, v, metres)), first, ribs);
        return with_alpha(c * mix(splat(1), dye * splat(thread), saturate(wear)), c[3]);
    });
}

float cloth_reach(const Pass& pass) { return 0.5F * kWide * static_cast<float>(pass.full_width()) + 2.0F; }

}  // namespace limner::finish
