// The parting of combed hair (shaders/parting.wgsl): a line of scalp, a millimetre or two wide, ragged by the strands that leave it and
// grow out of the dark on either side. Which way hair runs beside it, strand_flow knows.
#include "finish/primitives/strands_numbers.h"

#include "finish/primitives/all.h"
#include "finish/source.h"

namespace limner::finish {

namespace {

constexpr float kWide = 0.012F;                    // metres beyond which nothing is seen of it
constexpr Vec4 kScalp = {0.54F, 0.48F, 0.46F, 0};  // of the light that a face sends back
constexpr float kSeen = 0.48F;                     // how much of the scalp is seen
constexpr float kHalf = 0.0009F;                   // metres, of half its width
constexpr float kSlant = 3.2F;                     // half-widths of the picture down strands, a metre aside
constexpr float kRoots = 0.25F, kDeep = 0.005F;    // how dark hair is there, and how far

}  // namespace

// in: the source, the sitter. out: the sitter with a parting.
void parting(const Pass& pass) {
    const Source source(pass);
    const PartingLine line(pass, 0);
    const float pixel = 2.0F / static_cast<float>(pass.full_width()), wide = pixel / kPerMetre;
    const std::uint32_t seed = pass.u(kPartingSeed);
    const Vec2 skin{(pass.f(kPartingSkin) + 1.0F) * 0.5F * static_cast<float>(source.width()) - 0.5F,
                    (pass.f(kPartingSkin + 1) + 1.0F) * 0.5F * static_cast<float>(source.height()) - 0.5F};
    const Vec4 scalp =
        vec4(source.sample(0, skin), source.sample(1, skin), source.sample(2, skin), 0) * kScalp;
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[1].at(x, y);
        const Vec2 place = source.place(pass, x, y);
        const float hair = smoothstep(0.3F, 0.8F, source.sample(9, place));
        if (hair <= 0) return c;
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        const PartingLine::Place at = line.at(p, source.sample(7, place));
        if (at.shown <= 0 || abs(at.off) > kWide) return c;
        // Hair leaves it forwards, in strands that begin sooner or later: what is constant along them.
        const float far = abs(at.off), strand = p.y - kSlant * far;
        const float half = kHalf * (0.8F + 0.5F * noise(p.y * 14.0F, 3.5F, seed + 3U) +
                                    1.3F * noise(strand * 110.0F, at.off > 0 ? 1.5F : 7.5F, seed + 1U) +
                                    1.6F * noise(strand * 290.0F, at.off > 0 ? 2.5F : 8.5F, seed + 2U));
        const float bare = kSeen * smoothstep(half + 3.0F * kHalf + wide, half - kHalf, far);
        const float deep = at.off * (1.0F / kDeep);
        const float roots = kRoots * exp(-deep * deep);
        const float seen = hair * at.shown;
        return with_alpha(mix(c * splat(1.0F - seen * roots), scalp, seen * bare), c[3]);
    });
}

}  // namespace limner::finish
