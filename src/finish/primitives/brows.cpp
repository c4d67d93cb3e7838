// Brows (shaders/brows.wgsl): hair by hair, as the renderer grows them (models/sitters/groom/brows.cpp), upwards at the nose and outwards
// further on. The network paints a shade there that is as wide and as dark whoever it is: skin from above and below goes over it first.
#include "finish/primitives/brows_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/source.h"

#include <algorithm>

namespace limner::finish {

namespace {

constexpr float kHairHalf = 0.0004F;  // half-widths, of a hair's width at the root
constexpr float kOpaque = 0.9F;
constexpr float kFrom = -0.06F;  // where a brow begins: 0 at the first place of the ridge
constexpr float kPale = 0.24F;   // albedo of hair without pigment
constexpr int kPieces = 3;       // straight ones, of a hair
constexpr int kRidgePieces = 10;
constexpr float kErased = 0.7F;  // of the shade
// Half-widths: how far from the ridge the shade is taken off, and where it fades; where skin is taken from, above and below; and beside.
constexpr float kShade = 0.05F, kFaded = 0.072F, kAbove = 0.078F, kBelow = 0.068F, kBeside = 0.012F;

struct Hair {
    Vec2 way[kPieces + 1];
    Vec4 colour;
};

class Brow {
public:
    Brow(const Pass& pass, int side)
        : pass_(pass),
          first_(side * kBrowNumbers),
          flip_(side == 0 ? 1.0F : -1.0F),
          seed_(pass.u(kBrowSeed) + static_cast<std::uint32_t>(side)) {
        for (int k = 0; k <= kRidgePieces; ++k) {
            const Vec2 p = ridge_[k] = on(static_cast<float>(k) * (0.94F / kRidgePieces));
            least_ = {min(least_.x, p.x - kFaded), min(least_.y, p.y - kFaded)};
            most_ = {max(most_.x, p.x + kFaded), max(most_.y, p.y + kFaded)};
        }
    }

    int count() const { return static_cast<int>(pass_.f(kBrowHairs)); }

    // The nearest place on the ridge, if it is near enough to matter: how far off and how far along it is, and the ways from here up across it and along.
    struct Nearest {
        float far = 9, high = 0, t = 0;
        Vec2 up, along;
    };
    Nearest nearest(Vec2 p) const {
        Nearest found;
        if (p.x < least_.x || p.y < least_.y || p.x > most_.x || p.y > most_.y) return found;
        for (int k = 0; k < kRidgePieces; ++k) {
            const Vec2 from = ridge_[k], piece = ridge_[k + 1] - from;
            const float t = share_along(p, from, piece);
            const Vec2 off = p - (from + piece * t);
            if (const float far = length(off); far < found.far) {
                const Vec2 along = piece * (1.0F / max(length(piece), 1e-6F)),
                           up = Vec2{along.y, -along.x} * flip_;
                found = {far, dot(off, up), (static_cast<float>(k) + t) * (0.94F / kRidgePieces), up, along};
            }
        }
        return found;
    }
    // Hair k of count(), if it grows.
    bool grow(int k, Hair& hair) const {
        const std::uint32_t a = hash(k, 1, seed_), b = hash(k, 2, seed_), c = hash(k, 3, seed_);
        const float t =
            mix(kFrom, pass_.f(kBrowEnd), (static_cast<float>(k) + unit(a)) / pass_.f(kBrowHairs));
        const float low = t - 0.3F;
        const float wide = 4.45F - (low < 0 ? 11.0F : 6.2F) * low * low;  // millimetres, half of it
        const float dense =
            min(0.22F + 2.4F * (t + 0.05F), 1.0F) * (1.0F - 0.7F * smoothstep(0.72F, 1.1F, t));
        if (unit(b) * 4.45F > dense * wide) return false;
        const float across = 1.15F * (unit_low(c) + unit_high(c) - 1.0F);  // of half the width, upwards
        const float ragged = 1.0F + 0.12F * noise(t * 14.0F, 0.5F, seed_);
        const Vec2 ahead = on(t + 0.04F) - on(t - 0.04F);
        const Vec2 along = ahead * (1.0F / max(length(ahead), 1e-6F)), up = Vec2{along.y, -along.x} * flip_;
        const float turn = (1.25F - 2.7F * t + 1.3F * t * t) - 0.38F * across + 0.26F * (unit_low(b) - 0.5F);
        const float far = t - 0.25F, profile = 1.0F - (far < 0 ? 4.5F : 0.68F) * far * far;
        const float size =
            pass_.f(kBrowLong) * profile * (1.0F - 0.22F * abs(across)) * mix(0.62F, 1.12F, unit_low(a));
        const float shorter = at(kBrowShort, t);
        const auto way = [&](float angle) {
            const float turns = angle * 0.15915494F;
            return along * (shorter * cos_turn(turns)) + up * sin_turn(turns);
        };
        const float bend =
            (-0.30F - 0.21F * unit_high(b) + 0.54F * min(0.0F, turn)) * (turn > 0 ? 1.0F : 0.4F);
        const Vec2 root = on(t) + up * (across * wide * ragged * pass_.f(kBrowWide));
        const Vec2 middle = root + way(turn) * (0.5F * size), tip = middle + way(turn + bend) * (0.5F * size);
        for (int j = 0; j <= kPieces; ++j) {
            const float s = static_cast<float>(j) * (1.0F / kPieces), r = 1.0F - s;
            hair.way[j] = root * (r * r) + middle * (2.0F * r * s) + tip * (s * s);
        }
        const float own = exp(0.7F * (unit_high(a) - 0.5F));
        hair.colour = (unit(hash(k, 4, seed_)) < pass_.f(kBrowGrey) ? splat(kPale)
                                                                    : pass_.rgb(kBrowDark) * splat(own)) *
                      splat(at(kBrowLight, t));
        return true;
    }

private:
    Vec2 knot(int k) const {
        return {pass_.f(first_ + kBrowRidge + 2 * k), pass_.f(first_ + kBrowRidge + 2 * k + 1)};
    }
    Vec2 on(float t) const {  // the ridge, and straight on beyond its ends (Catmull and Rom 1974)
        const float place = clamp(t, -0.12F, 1.1F) * 4.0F;
        const int i = place < 1 ? 0 : (place < 2 ? 1 : (place < 3 ? 2 : 3));
        const Vec2 b = knot(i), c = knot(i + 1);
        const Vec2 before = i > 0 ? knot(i - 1) : b * 2.0F - c, after = i < 3 ? knot(i + 2) : c * 2.0F - b;
        return spline(before, b, c, after, place - static_cast<float>(i));
    }
    float at(int numbers, float t) const {
        const float place = saturate(t) * 4.0F;
        const int i = place < 1 ? 0 : (place < 2 ? 1 : (place < 3 ? 2 : 3));
        return mix(pass_.f(first_ + numbers + i), pass_.f(first_ + numbers + i + 1),
                   place - static_cast<float>(i));
    }

    const Pass& pass_;
    int first_;
    float flip_;
    std::uint32_t seed_;
    Vec2 ridge_[kRidgePieces + 1];
    Vec2 least_{9, 9}, most_{-9, -9};  // a box around all that is near it
};

}  // namespace

// in: the source, the sitter. out: the sitter with brows.
void brows(const Pass& pass) {
    const Source source(pass);
    const int w = pass.width();
    const float pixel = 2.0F / static_cast<float>(pass.full_width());
    const Brow both[2] = {{pass, 0}, {pass, 1}};
    const float source_step = 0.5F * static_cast<float>(source.width());
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[1].at(x, y);
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        const Brow::Nearest left = both[0].nearest(p), right = both[1].nearest(p);
        const Brow::Nearest& at = left.far < right.far ? left : right;
        if (at.far >= kFaded) return c;
        const Vec2 place = source.place(pass, x, y);
        // Not where hair is near, nor much beside the tail, where there is little of it.
        const float cover = kErased * smoothstep(kFaded, kShade, at.far) *
                            smoothstep(0.3F, 0.03F, source.sample(9, place)) *
                            mix(1.0F, 0.35F, smoothstep(0.6F, 0.94F, at.t));
        if (cover <= 0) return c;
        // Neither of hair above nor of an eye below.
        const auto skin = [&](float to, int never) {
            Vec4 sum = splat(0);
            for (int k = -1; k <= 1; ++k) {
                const Vec2 way = at.up * (to - at.high) + at.along * (kBeside * static_cast<float>(k));
                const Vec2 there = way * (1.0F / pixel);
                const float clear = max(1.0F - 4.0F * source.sample(never, place + way * source_step), 0.0F);
                sum += with_alpha(
                    pass.in[1].sample(static_cast<float>(x) + there.x, static_cast<float>(y) + there.y) *
                        splat(clear),
                    clear);
            }
            return sum;
        };
        const float share = saturate((at.high + kBelow) * (1.0F / (kAbove + kBelow)));
        const Vec4 sum = skin(kAbove, 9) * splat(share + 1e-3F) + skin(-kBelow, 11) * splat(1.001F - share);
        if (sum[3] < 0.2F) return c;
        return with_alpha(mix(c, sum / splat(sum[3]), cover), c[3]);
    });
    for (const Brow& brow : both) {
        Hair hair;
        for (int k = 0; k < brow.count(); ++k) {
            if (!brow.grow(k, hair)) continue;
            Vec2 least = hair.way[0], most = hair.way[0];
            for (const Vec2 p : hair.way) {
                least = {min(least.x, p.x), min(least.y, p.y)};
                most = {max(most.x, p.x), max(most.y, p.y)};
            }
            const PixelBox box = pixels_around(pass, least, most, kHairHalf + pixel);
            for (int y = box.y0; y <= box.y1; ++y)
                for (int x = box.x0; x <= box.x1; ++x) {
                    const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                                 pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
                    float clear = 1;
                    for (int j = 0; j < kPieces; ++j) {
                        const Vec2 piece = hair.way[j + 1] - hair.way[j];
                        const float part = share_along(p, hair.way[j], piece);
                        const float far = length(p - (hair.way[j] + piece * part));
                        const float thick = kHairHalf * (1.0F - 0.22F * (static_cast<float>(j) + part));
                        clear = min(clear, 1.0F - line_cover(far, thick, pixel));
                    }
                    if (clear >= 1) continue;
                    // Under a fringe there are none.
                    const float fringe = source.sample(9, source.place(pass, x, y));
                    const float cover = kOpaque * (1.0F - clear) * (1.0F - smoothstep(0.25F, 0.6F, fringe));
                    Vec4& c = pass.out[static_cast<std::ptrdiff_t>(y) * w + x];
                    c = with_alpha(mix(c, hair.colour, cover), c[3]);
                }
        }
    }
}

float brows_reach(const Pass& pass) {
    return 0.5F * (kFaded + kAbove + kBeside) * static_cast<float>(pass.full_width()) + 1.0F;
}

}  // namespace limner::finish
