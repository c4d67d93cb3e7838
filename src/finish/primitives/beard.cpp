// Beards (shaders/beard_roots.wgsl, beard.wgsl): stubble, moustaches and the like, hair by hair, where the renderer grows them
// (models/sitters/groom/beard.cpp). What is as thick as a mane the network paints; hair that lets skin through is finer than its pixels,
// and of it little is left there. Roots grow on skin, one at most in a cell of a lattice over the picture, whatever its size.
#include "finish/primitives/beard_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/source.h"

#include <algorithm>

namespace limner::finish {

namespace {

constexpr float kOpaque = 0.85F;
// Of what a white patch shows: hair without pigment, which light goes through, and what comes to other hair, which shades its like.
constexpr Vec4 kPale = {0.50F, 0.48F, 0.44F, 0};
constexpr float kShaded = 0.38F;
constexpr float kEar = 0.211F;    // turns from the front to where no beard grows
constexpr float kGrazing = 0.4F;  // skin seen at less than this cosine bears no more hairs a pixel
constexpr int kPieces = 3;        // straight ones, of a hair
constexpr float kThinner = 0.2F;  // of its width, with each of them

float cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
float wobble(float x, std::uint32_t seed) { return 1.4F * noise(x, 0.5F, seed); }

std::uint32_t of_cell(int i, int j, std::uint32_t seed) { return hash(i, j, seed); }
Vec2 root_of(int i, int j, std::uint32_t h) {
    return {(static_cast<float>(i) + unit_low(h)) * (2.0F / kBeardCells) - 1.0F,
            (static_cast<float>(j) + unit_high(h)) * (2.0F / kBeardCells) - 1.0F};
}

// Where on this face each part of a beard lies, as the renderer's chart has it.
class Chart {
public:
    explicit Chart(const Pass& pass)
        : pass_(pass),
          seed_(pass.u(kRootsSeed)),
          middle_(pass.rgb(kRootsMiddle)),
          half_(pass.f(kRootsHalf)),
          axis_(pass.f(kRootsAxis)),
          corner_(atan2_turn(half_, middle_[2] - axis_)) {}

    float aside(Vec4 p) const { return (p[0] - middle_[0]) / half_; }  // in halves of the mouth
    float about(Vec4 p) const { return atan2_turn(p[0] - middle_[0], p[2] - axis_); }

    // Distance outside the lips, negative on them.
    float off_lips(Vec4 p) const {
        float best = 1;
        bool in = false;
        Vec2 a = lip(kLipPoints - 1);
        for (int i = 0; i < kLipPoints; ++i) {
            const Vec2 b = lip(i), at{p[0], p[1]}, edge = b - a;
            best = min(best, length(at - (a + edge * share_along(at, a, edge))));
            if ((a.y > at.y) != (b.y > at.y) && at.x < edge.x * (at.y - a.y) / edge.y + a.x) in = !in;
            a = b;
        }
        return in ? -best : best;
    }

    bool on_moustache(Vec4 p) const {
        return p[1] > top_line(p[0]) - 0.001F && abs(aside(p)) < 1.35F && p[2] > middle_[2] - 0.03F;
    }

    // 0 bare .. 1
    float density(Vec4 p) const {
        const float turn = about(p), a = abs(turn), u = abs(aside(p));
        const float lips = off_lips(p);
        const float w = (a - corner_) / (kEar - corner_);
        if (w > 1.6F || (p[2] > axis_ && lips < 0.0012F)) return 0;
        const float rough =
            0.0012F * wobble(turn * 72.0F, seed_) + 0.0008F * wobble(turn * 225.0F, seed_ + 3U);
        const float cheeks = pass_.f(kRootsCheeks), mouth = middle_[1];
        const float low =
            cheeks < 0.9F ? -0.006F * smoothstep(0.1F, 0.4F, w) * smoothstep(1.0F, 0.6F, w) : 0.0F;
        const float cheek =
            mouth + rough + low +
            (w < 0 ? 0.006F : mix(0.006F, pass_.f(kRootsRise) + 0.02F, limner::pow(saturate(w), 1.9F)));
        const float jaw = jaw_height(turn);
        const float neck = jaw -
                           pass_.f(kRootsNeck) * smoothstep(0.236F, 0.111F, a) *
                               (1.0F + 0.2F * wobble(turn * 27.7F, seed_ + 7U)) -
                           0.002F;
        const float under = smoothstep(neck - 0.004F, neck + 0.004F, p[1]);
        if (under <= 0) return 0;
        const float back = smoothstep(kEar + 0.014F, kEar - 0.008F, a);
        float d = 0;
        const float moustache = pass_.f(kRootsMoustache), chin = pass_.f(kRootsChin),
                    corners = pass_.f(kRootsCorners), grows = pass_.f(kRootsJawGrows);
        if (moustache > 0) {  // from under the nose to past the corners, thin in the philtrum's middle
            const float top = mix(pass_.f(kRootsNose) - 0.002F, mouth + 0.006F, smoothstep(0.35F, 1.25F, u));
            d = moustache * smoothstep(top + 0.003F, top - 0.002F, p[1] + rough) *
                smoothstep(-0.001F, 0.0015F, p[1] - top_line(p[0])) * smoothstep(1.32F, 1.08F, u) *
                mix(0.62F, 1.0F, smoothstep(0.02F, 0.16F, u));
        }
        const float below = bottom_line(p[0]) - p[1];
        if (chin > 0) {
            const float soul = smoothstep(0.36F, 0.18F, u) * smoothstep(0.001F, 0.003F, below);
            const bool anchor = chin < 0.9F;
            const float wide = anchor ? mix(0.3F, 1.45F, smoothstep(0.02F, 0.042F, mouth - p[1]))
                                      : mix(0.72F, 1.05F, saturate((mouth - p[1]) / 0.03F));
            float c =
                smoothstep(wide + 0.16F, wide - 0.12F, u + rough * 40.0F) * smoothstep(0.004F, 0.009F, below);
            if (anchor) c *= max(smoothstep(jaw + 0.017F, jaw + 0.010F, p[1]), soul);
            const float sides = smoothstep(0.30F, 0.5F, u) * smoothstep(0.013F, 0.007F, below);
            c *= 1.0F - 0.75F * sides * (corners > 0 ? 0.7F : 1.0F);
            d = max(d, max(c, soul) * under);
        }
        if (corners > 0)
            d = max(d, corners * smoothstep(0.86F, 1.02F, u) * smoothstep(1.50F, 1.28F, u + rough * 40.0F) *
                           smoothstep(mouth + 0.011F, mouth + 0.004F, p[1]) * smoothstep(0.0F, 0.002F, lips) *
                           under);
        if (grows > 0) {
            const float sides =
                moustache <= 0 ? smoothstep(1.25F, 1.65F, u + rough * 30.0F)  // chops: the chin is shaved
                               : max(smoothstep(0.95F, 1.3F, u), smoothstep(0.012F, 0.018F, below));
            d = max(d, grows * smoothstep(cheek + 0.004F, cheek - 0.005F, p[1]) * under * back * sides);
        }
        return d * smoothstep(0.0012F, 0.0028F, lips);
    }

    // The way hair lies here: down, forward along the jaw, aside under the nose.
    Vec4 flow(Vec4 p) const {
        const float u = aside(p), size = abs(u);
        const float moustache = smoothstep(-0.002F, 0.003F, p[1] - top_line(p[0])) *
                                smoothstep(1.5F, 1.2F, size) * (p[2] > middle_[2] - 0.03F ? 1.0F : 0.0F);
        const float side = u / (0.33F + size);
        const Vec4 down = vec4(side * 0.10F * smoothstep(0.0F, 0.03F, middle_[1] - p[1]), -1.0F, 0.18F, 0.0F);
        return mix(down, vec4(side, -0.62F - 0.4F * size * size, 0.1F, 0.0F), moustache);
    }

private:
    Vec2 lip(int i) const { return {pass_.f(kRootsLips + 2 * i), pass_.f(kRootsLips + 2 * i + 1)}; }
    float jaw_height(float turn) const {
        float before = pass_.f(kRootsJaw), height = pass_.f(kRootsJaw + 1);
        if (turn <= before) return height;
        for (int i = 1; i < kJawPoints; ++i) {
            const float at = pass_.f(kRootsJaw + 2 * i), here = pass_.f(kRootsJaw + 2 * i + 1);
            if (turn < at) return mix(height, here, (turn - before) / max(at - before, 1e-4F));
            before = at, height = here;
        }
        return height;
    }
    // Of the lips' outline over and under: landmarks 48 to 54, and from there back.
    float line(float x, int from) const {
        for (int i = from; i < from + 6; ++i) {
            const Vec2 a = lip(i), b = lip((i + 1) % kLipPoints);
            if ((x >= a.x && x <= b.x) || (x >= b.x && x <= a.x))
                return abs(b.x - a.x) < 1e-6F ? a.y : mix(a.y, b.y, (x - a.x) / (b.x - a.x));
        }
        return middle_[1];
    }
    float top_line(float x) const { return line(x, 0); }
    float bottom_line(float x) const { return line(x, 6); }

    const Pass& pass_;
    std::uint32_t seed_;
    Vec4 middle_;
    float half_, axis_, corner_;
};

// What the roots grow on.
class Face {
public:
    explicit Face(const Pass& pass) : pass_(pass), source_(pass) {
        float shown = 0, white = 0;
        for (int k = 0; k < 4; ++k) {
            const Vec2 at{pass.f(kRootsSkin + 2 * k), pass.f(kRootsSkin + 2 * k + 1)};
            const float share = sample(8, at);
            shown += share * brightness(at);
            white += share * white_patch(normal(at));
        }
        albedo_ = max(shown / max(white, 1e-4F), 0.02F);
    }

    float sample(int plane, Vec2 at) const {
        return source_.sample(plane, {(at.x + 1.0F) * 0.5F * static_cast<float>(source_.width()) - 0.5F,
                                      (at.y + 1.0F) * 0.5F * static_cast<float>(source_.height()) - 0.5F});
    }
    Vec4 normal(Vec2 at) const { return unit3(vec4(sample(4, at), sample(5, at), sample(6, at), 0)); }
    Vec4 place(Vec2 at) const {
        const Vec4 p = vec4(at.x / kPerMetre, -at.y / kPerMetre, sample(7, at), 0);
        return vec4(dot3(row(0), p), dot3(row(1), p), dot3(row(2), p), 0);
    }
    Vec4 to_camera(Vec4 v) const {
        return row(0) * splat(v[0]) + row(1) * splat(v[1]) + row(2) * splat(v[2]);
    }
    Vec4 to_head(Vec4 v) const { return vec4(dot3(row(0), v), dot3(row(1), v), dot3(row(2), v), 0); }
    // What a white matte patch would show there, by how the skin is lit.
    float light(Vec2 at, Vec4 facing) const {
        const float open = white_patch(facing);
        return clamp(brightness(at) / albedo_, 0.3F * open, 1.25F * open);
    }

private:
    Vec4 row(int i) const { return pass_.rgb(kRootsTurn + 3 * i); }
    float brightness(Vec2 at) const { return luma(vec4(sample(0, at), sample(1, at), sample(2, at), 0)); }
    float white_patch(Vec4 n) const {
        float sum = pass_.f(kRootsStudio + 4 * kDiscs);
        for (int k = 0; k < kDiscs; ++k)
            sum += pass_.f(kRootsStudio + 4 * k + 3) * max(dot3(pass_.rgb(kRootsStudio + 4 * k), n), 0.0F);
        return sum;
    }

    const Pass& pass_;
    Source source_;
    float albedo_ = 1;
};

}  // namespace

// in: the source. out, of each cell of the lattice: from a hair's root to its tip (x, y, in half-widths; 0 none grows), how far aside of
// their middle it bends (shares of that way), and what a white patch shows there.
void beard_roots(const Pass& pass) {
    const Chart chart(pass);
    const Face face(pass);
    const std::uint32_t seed = pass.u(kRootsSeed);
    each_pixel(pass, [&](int i, int j) {
        const Vec4 none = splat(0);
        const std::uint32_t h = of_cell(i, j, seed), b = of_cell(i, j, seed + 1U),
                            c = of_cell(i, j, seed + 2U);
        const Vec2 at = root_of(i, j, h);
        if (face.sample(8, at) < 0.5F) return none;
        const Vec4 p = face.place(at);
        const float dense = chart.density(p);
        if (dense <= 0) return none;
        const Vec4 facing = face.normal(at);
        const bool lip = chart.on_moustache(p);
        const float u = static_cast<float>(i), v = static_cast<float>(j);
        const float patchy = 1.0F - pass.f(kRootsPatchy) * (0.5F + 0.5F * wobble(u * 0.11F, seed + 5U) *
                                                                       wobble(v * 0.09F, seed + 6U));
        const float locks = mix(0.35F, 1.1F, smoothstep(-0.35F, 0.3F, noise(u * 0.55F, v * 0.2F, seed + 7U)));
        const float many =
            pass.f(kRootsMany) * locks * dense * patchy * (lip ? 1.0F : 0.62F) / max(facing[2], kGrazing);
        if (unit(b) >= many) return none;
        // In locks, and each by itself.
        const float lean = pass.f(kRootsLean);
        const auto spread = [&](std::uint32_t own, std::uint32_t field) {
            return lean * (2.2F * noise(u * 0.21F, v * 0.21F, field) +
                           1.0F * (static_cast<float>(own & 1023U) * (1.0F / 512.0F) - 1.0F));
        };
        const Vec4 way = face.to_camera(chart.flow(p) + vec4(spread(c, seed + 8U), spread(c >> 10, seed + 9U),
                                                             spread(c >> 20, seed + 10U), 0));
        const Vec4 flat = unit3(way - facing * splat(dot3(way, facing)));
        const Vec4 rising = unit3(mix(flat, facing, pass.f(kRootsLift)));
        float far = (lip ? pass.f(kRootsLipLong) : pass.f(kRootsLong)) * mix(0.62F, 1.12F, unit_low(b)) *
                    mix(0.55F, 1.0F, smoothstep(0.15F, 0.8F, dense));
        if (lip) {  // trimmed along the lip
            const Vec4 ahead = face.to_head(flat);
            const float free = -0.0022F * (0.4F + unit_high(c));
            for (int k = 0; k < 3; ++k)
                if (chart.off_lips(p + ahead * splat(far)) < free) far *= 0.66F;
        }
        const float size = 0.5F * far * kPerMetre;
        const Vec4 going = unit3(mix(flat, facing, 0.7F * pass.f(kRootsLift)));
        const Vec2 first{rising[0] * size, -rising[1] * size}, second{going[0] * size, -going[1] * size},
            whole = first + second;
        const float bend = clamp(cross(whole, first) / max(dot(whole, whole), 1e-8F), -0.4F, 0.4F);
        return vec4(whole.x, whole.y, bend, face.light(at, facing));
    });
}

// in: the sitter, the roots. out: the sitter with a beard.
void beard(const Pass& pass) {
    const int w = pass.width();
    const float pixel = 2.0F / static_cast<float>(pass.full_width()), half = pass.f(kBeardHalf);
    const std::uint32_t seed = pass.u(kBeardSeed);
    each_pixel(pass, [&](int x, int y) { return pass.in[0].at(x, y); });
    const auto cell = [&](float v) {
        return std::clamp(ifloor((v + 1.0F) * (0.5F * kBeardCells)), 0, kBeardCells - 1);
    };
    const int i0 = cell(pass.f(kBeardBox)), j0 = cell(pass.f(kBeardBox + 1)),
              i1 = cell(pass.f(kBeardBox + 2)), j1 = cell(pass.f(kBeardBox + 3));
    for (int j = j0; j <= j1; ++j)
        for (int i = i0; i <= i1; ++i) {
            const Vec4 grown = pass.in[1].at(i, j);
            const Vec2 whole{grown[0], grown[1]};
            if (whole.x == 0 && whole.y == 0) continue;
            const std::uint32_t own = of_cell(i, j, seed);
            const Vec2 root = root_of(i, j, own), tip = root + whole,
                       pull = root + whole * 0.5F + Vec2{-whole.y, whole.x} * grown[2];
            const BentHair<kPieces> hair(root, pull, tip, half, kThinner);
            const std::uint32_t c = of_cell(i, j, seed + 3U);
            const float vary = exp(0.8F * (unit_low(c) - 0.5F)) * grown[3];
            const Vec4 colour = unit(c) < pass.f(kBeardGrey) ? kPale * splat(vary)
                                                             : pass.rgb(kBeardDark) * splat(kShaded * vary);
            const PixelBox box = hair.box(pass, pixel);
            for (int y = box.y0; y <= box.y1; ++y)
                for (int x = box.x0; x <= box.x1; ++x) {
                    const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                                 pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
                    const float cover = hair.cover(p, pixel);
                    if (cover <= 0) continue;
                    Vec4& to = pass.out[static_cast<std::ptrdiff_t>(y) * w + x];
                    to = with_alpha(mix(to, colour, kOpaque * cover), to[3]);
                }
        }
}

}  // namespace limner::finish
