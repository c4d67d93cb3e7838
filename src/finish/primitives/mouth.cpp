// The mouth (shaders/mouth.wgsl): lips are taken as the network means them, without its grain, and get the creases of lips, their paint
// and their gloss; between them lies a line, or the upper teeth, and the dark below them.
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
                kDark = 0.5F;  // half-widths of the line between the lips, and how dark it is
constexpr float kGap = 0.0026F, kGapDark = 0.34F;  // the same of gaps between teeth
constexpr Vec4 kTooth = {0.63F, 0.54F, 0.43F, 0}, kGum = {0.34F, 0.13F, 0.12F, 0};
constexpr float kGlossy = 0.35F;  // of what shines on a lip, where it faces half-way to the light
constexpr Vec4 kLipsMeant = {1.08F, 1.0F, 0.99F, 1};  // the network, shy of colours, paints them paler
constexpr float kSlit = 0.1F;  // how much light comes to teeth through lips that hardly part
constexpr float kToothHigh = 0.0098F, kToothRound = 0.0011F;  // metres

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

    // What a wet lip mirrors of the studio (Blinn 1977): it is round, and its creases break the light.
    float gloss(Margin from, bool below, float crease) const {
        const float s = from.along, round = std::sqrt(max(4.0F * s * (1.0F - s), 0.1F));
        const float t = saturate(-from.away / (pass_.f(kLipHeights + (below ? 1 : 0)) * round + 1e-4F));
        const float up = (below ? mix(0.75F, -0.9F, t) : mix(-0.5F, 0.4F, t)) + 0.14F * crease,
                    aside = (s - 0.5F) + 0.14F * crease;
        float n[3], size = 0;
        for (int i = 0; i < 3; ++i) {
            n[i] =
                (aside * pass_.f(kLipTurn + i) + up * pass_.f(kLipTurn + 3 + i)) + pass_.f(kLipTurn + 6 + i);
            size += n[i] * n[i];
        }
        const float one = 1.0F / std::sqrt(size);
        float mirrored = 0;
        for (int k = 0; k < 7; ++k) {
            const int i = kLipStudio + 4 * k;
            const float lz = pass_.f(i + 2);
            const float facing = one * ((n[0] * pass_.f(i) + n[1] * pass_.f(i + 1)) + n[2] * lz);
            const float half = max(facing + n[2] * one, 0.0F) / std::sqrt(max(2.0F + 2.0F * lz, 0.4F));
            const float h2 = half * half, h4 = h2 * h2, h8 = h4 * h4, h16 = h8 * h8, h32 = h16 * h16;
            mirrored += pass_.f(i + 3) * max(facing, 0.0F) * (h32 * h32 * h32);
        }
        const float ends = smoothstep(0.06F, 0.3F, s) * smoothstep(0.94F, 0.7F, s);
        return pass_.f(kLipGloss) * (below ? kGlossy : 0.15F * kGlossy) * ends * mirrored;
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

float step_in(float inside, float soft) { return smoothstep(-soft, soft, inside); }

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
        const float ends = smoothstep(0.0F, 0.08F, upper.along) * smoothstep(1.0F, 0.92F, upper.along);
        const float open = step_in(upper.away, soft) * step_in(lower.away, soft) * saturate(6.0F * ends);

        const Vec4 lip = mean_of(source, 12, place);
        if (lip[3] > 0.05F) {
            const Vec4 root = lip / splat(lip[3]);
            // Creases run from the line between the lips outwards.
            const float fan = along / (scale * 0.0011F), deep = down / (scale * 0.006F);
            const float crease = 0.7F * noise(fan, deep, pass.u(kMouthSeed)) +
                                 0.3F * noise(2.3F * fan, 2.0F * deep, pass.u(kMouthSeed) + 1U);
            Vec4 drawn = root * root * kLipsMeant * splat(1.0F + 0.12F * crease);
            drawn = mix(drawn, pass.rgb(kLipstickColour) * splat(luma(drawn)), pass.f(kLipstick));
            const float share = saturate(source.sample(12, place) * 1.5F - 0.25F) * (1.0F - open);
            const bool below = lower.away < upper.away;
            const float grain =
                noise(along / (scale * 0.0007F), down / (scale * 0.0007F), pass.u(kMouthSeed) + 2U);
            const float wet = lips.gloss(below ? lower : upper, below, crease + 1.4F * grain);
            c = with_alpha(mix(c, drawn, mix(0.85F, 1.0F, pass.f(kLipstick)) * share) + splat(wet * share),
                           c[3]);
        }
        if (open > 0) {
            const Vec4 inside = mean_of(source, 13, place);
            const Vec4 root = inside / splat(max(inside[3], 0.05F));
            int nth = 0;  // the gap to the picture's left
            while (nth < kToothGaps - 2 && along > pass.f(kTeeth + nth + 1)) ++nth;
            const float left = along - pass.f(kTeeth + nth), right = pass.f(kTeeth + nth + 1) - along,
                        wide = max(left + right, 1e-4F),
                        within = (left - right) / wide;  // -1 .. 1 across a tooth
            const float w2 = within * within;
            const float edge = mix(pass.f(kTeethEdge + nth), pass.f(kTeethEdge + nth + 1), left / wide) -
                               scale * kToothRound * (w2 * w2);
            const float high = (edge - down) / (scale * kToothHigh);  // 0 a tooth's edge .. 1 the gum's
            const float line = min(abs(left), abs(right)) / (kGap + 0.6F * pixel);
            const float back = (static_cast<float>(nth) - 4.5F) * (1.0F / 4.5F);
            const float light = pass.f(kTeethLight) * mix(0.4F, 0.92F, smoothstep(0.0F, 0.04F, upper.away)) *
                                mix(kSlit, 1.0F, smoothstep(0.005F, 0.03F, upper.away + lower.away)) *
                                (1.0F - 0.75F * back * back);
            const float shape = (1.0F - kGapDark * exp(-line * line)) * (1.03F - 0.16F * w2);
            const float wx = 2.4F * within + 0.5F, wy = 4.5F * (high - 0.45F);
            const Vec4 tooth = mix(kTooth * splat(shape), kGum, smoothstep(0.92F, 1.04F, high + 0.14F * w2)) +
                               splat(0.22F * exp(-(wx * wx + wy * wy)));
            // What the network knows of the dark has teeth in it, blurred.
            const Vec4 dark = root * root * splat(mix(0.12F, 0.7F, smoothstep(0.0F, 0.06F, down - edge)));
            const float seen = step_in(edge - down, soft) * step_in(left, soft) * step_in(right, soft);
            c = with_alpha(mix(c, mix(dark, tooth * splat(light), seen), open), c[3]);
        }
        const float near = min(abs(upper.away), abs(lower.away)) / (kLine + 0.5F * pixel);
        const float gape =
            abs(upper.away) + abs(lower.away);  // between lips that are apart it is a soft edge
        const float dark =
            kDark * mix(1.0F, 0.4F, smoothstep(0.006F, 0.03F, gape)) * exp(-near * near) * ends;
        return with_alpha(c * (splat(1.0F) - vec4(0.92F, 1.0F, 1.0F, 0) * splat(dark)), c[3]);
    });
}

}  // namespace limner::finish
