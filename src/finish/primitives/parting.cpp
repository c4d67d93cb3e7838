// The parting of combed hair, or the rows of cornrows (shaders/parting.wgsl). A parting is a line of scalp, a millimetre or two wide, ragged by the strands that leave it and
// grow out of the dark on either side. Which way hair runs beside it, strand_flow knows.
#include "finish/primitives/strands_numbers.h"

#include "finish/primitives/all.h"
#include "finish/source.h"

namespace limner::finish {

namespace {

constexpr float kWide = 0.012F;                    // metres beyond which nothing is seen of it
constexpr Vec4 kScalp = {0.56F, 0.54F, 0.54F, 0};  // of the light that a face sends back
constexpr float kSeen = 0.34F,
                kSeenAhead = 0.6F;  // how much of the scalp is seen, at the back and above the forehead
constexpr float kShut = -0.075F,
                kParted = -0.03F;  // z from which it opens to the front, and where it has opened
constexpr float kHalf = 0.0006F,
                kSoft = 0.0002F;  // metres, of half its width, and about which it goes over to hair
constexpr float kSlant = 3.2F;    // half-widths of the picture down strands, a metre aside
constexpr float kRoots = 0.25F, kDeep = 0.005F;  // how dark hair is there, and how far

constexpr float kMistFrom = 0.08F, kMistTo = 0.3F, kDenseFrom = 0.6F,
                kDenseTo = 0.9F;                      // shares of hair in rows
constexpr float kShadowed = 0.8F;                     // what skin between them sends back, of a face's
constexpr float kRowsFrom = -0.02F, kRowsTo = 0.01F;  // metres above the eyes: none is in a beard

// Rows of plaits from the forehead over the head, in lanes of a sphere about it, as the renderer's (models/sitters/groom/ropes.cpp).
Vec4 rowed(Vec4 c, Vec4 scalp, Vec4 on_head, float rows, std::uint32_t seed) {
    const float x = on_head[0], y = on_head[1] - 0.035F, z = on_head[2] + 0.075F;
    const float bend = 6.2831853F * atan2_turn(x, std::sqrt(y * y + z * z)),
                over = 6.2831853F * atan2_turn(y, z);
    const float lane = bend / (mix(0.8F, 1.0F, smoothstep(0.4F, 1.4F, over)) *
                               mix(1.0F, 0.62F, smoothstep(2.2F, 3.6F, over)));
    const float row = (lane * (1.0F / 1.18F) + 1.0F) * 0.5F * rows, nth = floor(row);
    const float off = 2.0F * abs(row - nth - 0.5F);  // 0 in a plait's middle .. 1 between two
    const float ragged = 0.16F * noise(row * 3.0F, over * 26.0F, seed + 4U);
    const float bare = smoothstep(0.6F, 0.82F, off + ragged) * smoothstep(1.15F, 0.95F, abs(lane));
    const float bulge = 1.0F + 0.42F * sin_turn(over * 4.6F + 0.45F * off + nth * 0.37F);
    const float plait = mix(0.8F, 0.35F, off * off) * bulge;
    return mix(c * splat(plait * (1.0F + 0.3F * noise(row * 9.0F, over * 40.0F, seed + 5U))), scalp,
               0.75F * bare);
}

// The network's mean of rows and the scalp between them is a mist above the forehead: what of it is hair, drawn strands where it is dense. It is no lighter
// and no darker than a mixture of the two may be.
Vec4 unmixed(Vec4 painted, Vec4 drawn, Vec4 skin, float share) {
    const Vec4 hair = (painted - skin * splat(kShadowed * (1.0F - share))) * splat(1.0F / max(share, 0.25F));
    return mix(max(min(hair, painted * splat(1.4F)), painted * splat(0.45F)), drawn,
               smoothstep(kDenseFrom, kDenseTo, share));
}

}  // namespace

// in: the source, the sitter. out: the sitter with a parting, or rows.
void parting(const Pass& pass) {
    const Source source(pass);
    const PartingLine line(pass, 0);
    const float pixel = 2.0F / static_cast<float>(pass.full_width()), wide = pixel / kPerMetre;
    const std::uint32_t seed = pass.u(kPartingSeed);
    const Vec2 skin{(pass.f(kPartingSkin) + 1.0F) * 0.5F * static_cast<float>(source.width()) - 0.5F,
                    (pass.f(kPartingSkin + 1) + 1.0F) * 0.5F * static_cast<float>(source.height()) - 0.5F};
    const Vec4 face = vec4(source.sample(0, skin), source.sample(1, skin), source.sample(2, skin), 0),
               scalp = face * kScalp;
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[1].at(x, y);
        const Vec2 place = source.place(pass, x, y);
        const float share = source.sample(9, place);
        if (share <= kMistFrom) return c;
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        if (pass.f(kRows) > 0) {
            const Vec4 painted =
                vec4(source.sample(0, place), source.sample(1, place), source.sample(2, place), 0);
            const Vec4 there = line.on_head(p, source.sample(7, place));
            const Vec4 rows =
                rowed(unmixed(painted, c, face, share), scalp * splat(1.2F), there, pass.f(kRows), seed);
            const float seen =
                smoothstep(kMistFrom, kMistTo, share) * smoothstep(kRowsFrom, kRowsTo, there[1]);
            return with_alpha(mix(c, rows, seen), c[3]);
        }
        const float hair = smoothstep(0.3F, 0.8F, share);
        if (hair <= 0) return c;
        const PartingLine::Place at = line.at(p, source.sample(7, place));
        if (at.shown <= 0 || abs(at.off) > kWide) return c;
        // Hair leaves it forwards, in strands that begin sooner or later: what is constant along them.
        const float far = abs(at.off), strand = p.y - kSlant * far;
        const float ahead = smoothstep(kShut, kParted, at.z), left = at.off > 0 ? 1.5F : 7.5F;
        const float open =
            mix(0.4F, 1.3F, ahead) * max(1.0F + 1.1F * noise(at.z * 46.0F, 3.5F, seed + 3U), 0.1F);
        const float half = kHalf * mix(0.3F, 1.0F, at.shown) * open *
                           (0.9F + 1.1F * noise(strand * 70.0F, left, seed + 1U) +
                            1.3F * noise(strand * 210.0F, left + 1.0F, seed + 2U));
        const float soft = kSoft + wide;
        const float bare = mix(kSeen, kSeenAhead, ahead) * smoothstep(half + soft, half - soft, far);
        const float deep = at.off * (1.0F / kDeep);
        const float roots = kRoots * exp(-deep * deep);
        const float seen = hair * at.shown;
        return with_alpha(mix(c * splat(1.0F - seen * roots), scalp, seen * bare), c[3]);
    });
}

}  // namespace limner::finish
