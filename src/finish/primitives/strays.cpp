// Single hairs that stand off where hair ends against what is behind the sitter (shaders/stray_roots.wgsl, strays.wgsl). They are far finer
// than the network's pixels, whose mean of them is a veil at best; the renderer grows them with "hair.messy" (models/sitters/groom). They
// grow in tufts, one at most in a cell of a lattice over the picture, whatever its size.
#include "finish/primitives/strays_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/hair_lies.h"

#include <algorithm>

namespace limner::finish {

namespace {

constexpr int kTuft = 3;           // hairs of a tuft,
constexpr int kPieces = 4;         // and straight pieces of a hair,
constexpr float kThinner = 0.18F;  // with each of which it is thinner
constexpr float kSteep = 0.12F;    // rise of the matte over an outline's width, at least
constexpr float kRootIn = 0.55F,
                kRootOut = 0.35F;  // of the matte at a root at least, and beyond the outline at most
constexpr float kHairFrom = 0.5F, kHairTo = 0.9F;  // how much of what is there is hair
constexpr float kFan = 0.55F;                      // how far hairs of a tuft stand apart, of their length
constexpr float kInside = 0.995F;                  // on so much matte no hair is drawn: there are others
constexpr float kOpaque = 0.85F;

Vec2 root_of(int i, int j, std::uint32_t h) {
    return {(static_cast<float>(i) + unit_low(h)) * (2.0F / kStrayCells) - 1.0F,
            (static_cast<float>(j) + unit_high(h)) * (2.0F / kStrayCells) - 1.0F};
}

Vec2 in_source(const Source& source, Vec2 at) {
    return {(at.x + 1.0F) * 0.5F * static_cast<float>(source.width()) - 0.5F,
            (at.y + 1.0F) * 0.5F * static_cast<float>(source.height()) - 0.5F};
}

}  // namespace

// in: the source. out, of each cell of the lattice: from a tuft's root to the tip of its longest hair (x, y, in half-widths; 0 none grows),
// and the way into the hair (x, y, source pixels), where its colour is.
void stray_roots(const Pass& pass) {
    const Source source(pass);
    const std::uint32_t seed = pass.u(kStrayRootsSeed);
    const float wide = static_cast<float>(source.width() / 128 > 1 ? source.width() / 128 : 1);
    each_pixel(pass, [&](int i, int j) {
        const Vec4 none = splat(0);
        const std::uint32_t h = hash(i, j, seed), b = hash(i, j, seed + 1U), c = hash(i, j, seed + 2U);
        if (unit(b) >= pass.f(kStrayMany)) return none;
        const Vec2 at = root_of(i, j, h), place = in_source(source, at);
        const auto matte = [&](float dx, float dy) { return source.sample(3, {place.x + dx, place.y + dy}); };
        const Vec2 rise{(matte(wide, 0) - matte(-wide, 0)) * 0.5F, (matte(0, wide) - matte(0, -wide)) * 0.5F};
        const float steep = length(rise);
        if (steep < kSteep) return none;
        const Vec2 out = rise * (-1.0F / steep);
        if (matte(0, 0) < kRootIn || matte(out.x * 3.0F * wide, out.y * 3.0F * wide) > kRootOut) return none;
        const Vec2 in{place.x - out.x * 1.5F * wide, place.y - out.y * 1.5F * wide};
        const float hair = smoothstep(kHairFrom, kHairTo, hair_share(source, in));
        const bool beard = (at.y + 1.0F) * 0.5F > pass.f(kStrayFaceFrom) &&
                           abs(at.x - pass.f(kStrayFaceMiddle)) < pass.f(kStrayFaceWide);
        if (hair <= 0 || beard) return none;
        // How hair lies there: the network has it at twice the angle.
        Vec2 way = lies(source.sample(24, in), source.sample(25, in));
        const float along = dot(way, out);
        // Tips are on the outside; of hair that lies along its outline, below, or anywhere.
        const bool flip = abs(along) > 0.35F                  ? along < 0
                          : unit_low(c) < pass.f(kStrayHangs) ? way.y < 0
                                                              : (c & 0x10000U) != 0;
        if (flip) way = way * -1.0F;
        const float off = pass.f(kStrayLift) * (0.25F + 0.75F * unit_high(b));
        const Vec2 going = way + out * off;
        const float u = unit_low(b), far = pass.f(kStrayLong) * (0.3F + 0.7F * u * u) * hair;
        const Vec2 whole = going * (far / max(length(going), 1e-3F));
        return vec4(whole.x, whole.y, in.x - place.x, in.y - place.y);
    });
}

// in: the source, the sitter, the roots. out: the sitter with single hairs around its hair, their matte too.
void strays(const Pass& pass) {
    const Source source(pass);
    const int w = pass.width();
    const float pixel = 2.0F / static_cast<float>(pass.full_width()), half = pass.f(kStrayHalf);
    const std::uint32_t seed = pass.u(kStraySeed);
    each_pixel(pass, [&](int x, int y) { return pass.in[1].at(x, y); });
    for (int j = 0; j < kStrayCells; ++j)
        for (int i = 0; i < kStrayCells; ++i) {
            const Vec4 grown = pass.in[2].at(i, j);
            if (grown[0] == 0 && grown[1] == 0) continue;
            const Vec2 root = root_of(i, j, hash(i, j, seed));
            const Vec2 place = in_source(source, root) + Vec2{grown[2], grown[3]};
            const Vec4 colour =
                vec4(source.sample(0, place), source.sample(1, place), source.sample(2, place), 0);
            for (int k = 0; k < kTuft; ++k) {
                const std::uint32_t own = hash(i, j, seed + 3U + static_cast<std::uint32_t>(k));
                const float shorter = mix(0.45F, 1.0F, unit_low(own)), aside = kFan * (unit_high(own) - 0.5F),
                            bend = pass.f(kStrayBend) * (2.0F * unit(own * 747796405U + 1U) - 1.0F),
                            bright = 0.8F + 0.5F * unit_low(own * 747796405U + 3U);
                const Vec2 whole = (Vec2{grown[0], grown[1]} + Vec2{-grown[1], grown[0]} * aside) * shorter;
                const Vec2 tip = root + whole, pull = root + whole * 0.5F + Vec2{-whole.y, whole.x} * bend;
                const BentHair<kPieces> hair(root, pull, tip, half, kThinner);
                const PixelBox box = hair.box(pass, pixel);
                for (int y = box.y0; y <= box.y1; ++y)
                    for (int x = box.x0; x <= box.x1; ++x) {
                        if (pass.in[1].at(x, y)[3] >= kInside) continue;
                        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
                        const float cover = kOpaque * hair.cover(p, pixel);
                        if (cover <= 0) continue;
                        Vec4& to = pass.out[static_cast<std::ptrdiff_t>(y) * w + x];
                        const float kept = to[3] * (1.0F - cover), all = kept + cover;
                        to = with_alpha(
                            (to * splat(kept) + colour * splat(bright * cover)) * splat(1.0F / all), all);
                    }
            }
        }
}

}  // namespace limner::finish
