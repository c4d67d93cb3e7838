// What skin is besides its tone (shaders/complexion.wgsl): blood and melanin in patches, freckles, moles, spots of age, pores, and with age
// folds and furrows. No number says where they lie, so the network paints skin without them, and here they are laid on with the renderer's pigments (models/sitters/skin.cpp;
// spots of age paler and fewer, for here they are flat): light that comes through is multiplied, whatever lit it. So are blusher and the
// shadow of a shaven beard, which the network is not asked for. Oil mirrors the studio.
//
// They stay on the head as it turns: depth and pose say where on it a pixel lies.
#include "finish/primitives/complexion_numbers.h"

#include "finish/on_head.h"
#include "finish/primitives/all.h"
#include "finish/source.h"
#include "sitter/makeup.h"

#include <vector>

namespace limner::finish {

namespace {

constexpr float kPore = 1400, kGlint = 1900;  // pores and what glints between them, a metre
constexpr float kLeast = 1.0F / 512.0F;       // regions less than this are none

// Cells a metre, and the sine and cosine of their turn: lattices that have nothing in common look like chance.
struct Lattice {
    float cells, sine, cosine;
};
constexpr Lattice kFreckles[] = {
    {400, 0, 1}, {520, 0.515F, 0.857F}, {690, 0.839F, 0.545F}, {860, 0.974F, 0.225F}};
constexpr Lattice kMoles = {42, 0.6F, 0.8F}, kAged = {75, 0.28F, 0.96F};

// Logarithms of what each lets through of red, green and blue, at an amount of 1.
constexpr Vec4 kBlood = {-0.08F, -0.42F, -0.36F, 0}, kCloud = {-0.10F, -0.15F, -0.20F, 0},
               kFreckle = {-0.24F, -0.45F, -0.64F, 0}, kMole = {-0.9F, -1.2F, -1.35F, 0},
               kSpot = {-0.10F, -0.17F, -0.20F, 0}, kShadow = {-0.62F, -0.55F, -0.48F, 0};

float oval(float u, float v, float centre_u, float centre_v, float wide, float high) {
    const float x = (u - centre_u) / wide, y = (v - centre_v) / high;
    return exp(-(x * x + y * y));
}

// On the head: a source pixel's place on the cylinder, and how strong blood, clouds and beard are there; all of it times the share of skin.
struct Skin {
    Vec4 at = splat(0);  // u, v, blood, cloud
    float shaved = 0, gloss = 0, share = 0;
};

class SkinMap {
public:
    explicit SkinMap(const Pass& pass) : pass_(pass), source_(pass), skin_(source_.pixels()) {
        std::array<float, 9> turn;
        for (int i = 0; i < 9; ++i) turn[static_cast<std::size_t>(i)] = pass.f(kSkinTurn + i);
        const std::uint32_t seed = pass.u(kSkinSeed);
        for (int y = 0; y < source_.height(); ++y)
            for (int x = 0; x < source_.width(); ++x) {
                const float share = source_.at(8, x, y);
                if (share < kLeast) continue;
                const auto [u, v] =
                    on_head(turn, (static_cast<float>(x) + 0.5F) / static_cast<float>(source_.width()),
                            (static_cast<float>(y) + 0.5F) / static_cast<float>(source_.height()),
                            source_.at(7, x, y));
                const float blood = pass.f(kBloodPatches) * fbm(u * 38.0F, v * 38.0F, 3, seed + 21U) +
                                    pass.f(kBloodFine) * fbm(u * 260.0F, v * 260.0F, 2, seed + 25U);
                const float cloud = pass.f(kClouds) * fbm(u * 70.0F, v * 70.0F, 3, seed + 31U);
                skin_[source_.index(x, y)] = {vec4(u, v, blood, cloud) * splat(share), shaved(u, v) * share,
                                              gloss(x, y) * oily(u, v) * share, share};
            }
    }

    Skin at(const Pass& pass, int px, int py) const {
        const Vec2 place = source_.place(pass, px, py);
        const int x = ifloor(place.x), y = ifloor(place.y);
        const Skin &a = skin_[source_.index(x, y)], &b = skin_[source_.index(x + 1, y)],
                   &c = skin_[source_.index(x, y + 1)], &d = skin_[source_.index(x + 1, y + 1)];
        if (a.share + b.share + c.share + d.share <= 0) return {};
        const float u = place.x - floor(place.x), v = place.y - floor(place.y);
        const float share = mix(mix(a.share, b.share, u), mix(c.share, d.share, u), v);
        if (share < kLeast) return {};
        return {mix(mix(a.at, b.at, u), mix(c.at, d.at, u), v) / splat(share),
                mix(mix(a.shaved, b.shaved, u), mix(c.shaved, d.shaved, u), v) / share,
                mix(mix(a.gloss, b.gloss, u), mix(c.gloss, d.gloss, u), v), share};
    }

private:
    // How much of a shaven beard is seen, as the renderer's zone has it: jaw, chin, upper lip, upper neck.
    float shaved(float u, float v) const {
        const float amount = pass_.f(kShaved);
        if (amount <= 0) return 0;
        const float x = abs(u - pass_.f(kShavedMiddle)), mouth = pass_.f(kShavedMouth),
                    corners = pass_.f(kShavedCorners);
        const float lip = mix(pass_.f(kShavedNose) - 0.002F, corners + 0.006F,
                              smoothstep(0.5F * mouth, 1.25F * mouth, x)),
                    cheek = mix(corners + 0.002F, pass_.f(kShavedEars),
                                smoothstep(1.3F * mouth, pass_.f(kShavedJaw), x));
        const float top = x < 1.25F * mouth ? lip : max(lip, cheek), back = pass_.f(kShavedBack);
        return amount * smoothstep(0.004F, -0.006F, v - top) *
               smoothstep(-0.06F, -0.03F, v - pass_.f(kShavedChin)) * smoothstep(back, back - 0.02F, x);
    }

    // Where skin is oily: the forehead's middle, the nose, a little the chin (as models/sitters/skin.cpp has it).
    static float oily(float u, float v) {
        const float middle = exp(-(u / 0.018F) * (u / 0.018F)) * smoothstep(-0.067F, -0.052F, v);
        return 0.35F + 0.65F * max(max(middle, oval(u, v, 0, -0.042F, 0.018F, 0.016F)),
                                   0.5F * oval(u, v, 0, -0.1F, 0.018F, 0.014F));
    }

    // What smooth skin there mirrors of the studio (Blinn 1977), less where the network has painted a shadow.
    float gloss(int x, int y) const {
        const float nx = source_.at(4, x, y), ny = source_.at(5, x, y), nz = source_.at(6, x, y);
        float matte = pass_.f(kSkinStudio + 28), mirrored = 0;
        for (int k = 0; k < 7; ++k) {
            const int i = kSkinStudio + 4 * k;
            const float lx = pass_.f(i), ly = pass_.f(i + 1), lz = pass_.f(i + 2);
            const float facing = pass_.f(i + 3) * max(lx * nx + ly * ny + lz * nz, 0.0F);
            const float half =
                max(lx * nx + ly * ny + (lz + 1.0F) * nz, 0.0F) / std::sqrt(max(2.0F + 2.0F * lz, 0.4F));
            const float h2 = half * half, h4 = h2 * h2, h8 = h4 * h4;
            matte += facing;
            const float h16 = h8 * h8, h32 = h16 * h16, h64 = h32 * h32;
            mirrored += facing * (0.1F * h16 + 6.0F * (h64 * h64));
        }
        const float seen = luma(vec4(source_.at(0, x, y), source_.at(1, x, y), source_.at(2, x, y), 0));
        return mirrored * saturate(seen / max(matte * pass_.f(kSkinLuma), 1e-3F));
    }

    const Pass& pass_;
    Source source_;
    std::vector<Skin> skin_;
};

// How much of a spot is here, if this cell of the lattice has one. `least` and `most` are its radius in cells, `pixel` a pixel's
// width in metres: spots narrower than that are as wide, and paler.
float spot(const Lattice& lattice, float u, float v, float chance, float least, float most, float pixel,
           std::uint32_t seed) {
    const float x = (lattice.cosine * u - lattice.sine * v) * lattice.cells,
                y = (lattice.sine * u + lattice.cosine * v) * lattice.cells;
    const int ix = ifloor(x), iy = ifloor(y);
    const std::uint32_t h = hash(ix, iy, seed);
    if (unit(h) >= chance) return 0;
    const std::uint32_t where = hash(ix, iy, seed + 1U);
    const float size = mix(least, most, static_cast<float>(h & 255U) * (1.0F / 255.0F));
    const float room = 1.0F - 2.0F * size;
    const float dx = x - static_cast<float>(ix) - (size + room * unit_low(where)),
                dy = y - static_cast<float>(iy) - (size + room * unit_high(where));
    const float blur = pixel * lattice.cells, wide = std::sqrt(size * size + 0.36F * blur * blur);
    const float seen = (size * size) / (wide * wide);
    const float strong = 0.35F + 0.65F * static_cast<float>(where & 255U) * (1.0F / 255.0F);
    return strong * seen * (1.0F - smoothstep(wide * (0.4F * seen), wide, std::sqrt(dx * dx + dy * dy)));
}

}  // namespace

// in: the source, the sitter. out: the sitter with what lies in and on its skin.
void complexion(const Pass& pass) {
    const SkinMap map(pass);
    const float pixel = kSide / static_cast<float>(pass.full_width());
    const float fine = saturate(1.5F - 0.75F * kPore * pixel),  // as far as pores are seen, and glints
        sharp = saturate(1.5F - 0.75F * kGlint * pixel),
                pores = 1.25F - 1.3F * pass.f(kSkinLuma);  // in pale skin light spreads and fills them
    const std::uint32_t seed = pass.u(kSkinSeed);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 sitter = pass.in[1].at(x, y);
        const Skin skin = map.at(pass, x, y);
        if (skin.share <= 0) return sitter;
        const float u = skin.at[0], v = skin.at[1];
        Vec4 pigment = kBlood * splat(skin.at[2]) + kCloud * splat(skin.at[3]);
        const float cheek = oval(abs(u), v, 0.041F, -0.038F, 0.026F, 0.021F);
        pigment += vec4(kBlusher[0], kBlusher[1], kBlusher[2], 0) * splat(pass.f(kBlush) * cheek);
        if (pass.f(kFreckleChance) > 0) {
            const float cheeks = cheek + oval(u, v, 0, -0.008F, 0.04F, 0.02F),
                        nose = 0.8F * oval(u, v, 0, -0.042F, 0.018F, 0.016F);
            const float chance = pass.f(kFreckleChance) * saturate(0.12F + 0.9F * (cheeks + nose));
            float freckles = 0;
            for (std::uint32_t k = 0; k < 4; ++k)
                freckles += spot(kFreckles[k], u, v, chance, 0.13F, 0.36F, pixel, seed + 41U + 2U * k);
            pigment += kFreckle * splat(pass.f(kFreckleDark) * min(freckles, 1.4F));
        }
        if (pass.f(kMoleChance) > 0)
            pigment += kMole * splat(pass.f(kMoleDark) * spot(kMoles, u, v, pass.f(kMoleChance), 0.03F, 0.08F,
                                                              pixel, seed + 51U));
        if (pass.f(kAgedChance) > 0)  // ragged: where blood is, they reach further
            pigment += kSpot * splat(spot(kAged, u + 0.03F * skin.at[2], v + 0.015F * skin.at[3],
                                          pass.f(kAgedChance), 0.06F, 0.34F, pixel, seed + 61U));
        if (skin.shaved > 0)
            pigment +=
                kShadow * splat(skin.shaved * (0.95F + 0.55F * noise(u * 900.0F, v * 900.0F, seed + 71U)));
        // Pores are pits, most of all on cheeks; with age come folds and furrows. Their means are taken off.
        const float bend = 1.6F * noise(u * 90.0F, v * 90.0F, seed + 91U);
        const float folds = noise(u * 190.0F + bend, v * 270.0F - bend, seed + 92U),
                    furrows = noise(u * 480.0F - bend, v * 600.0F + bend, seed + 93U),
                    pit = max(noise(u * kPore, v * kPore, seed + 94U) - 0.1F, 0.0F) - 0.096F;
        const float rough = 0.48F * folds + 0.5F * furrows - 0.9F * max(0.25F - abs(folds), 0.0F) -
                            0.7F * max(0.2F - abs(furrows), 0.0F) + 0.095F;
        const float relief =
            (0.012F + pass.f(kRelief)) * rough - fine * pores * (0.045F + 0.06F * cheek) * pit;
        // Oil lies unevenly, and glints on what stands out.
        const float glint = max(noise(u * kGlint, v * kGlint, seed + 82U), 0.0F);
        const float sheen =
            skin.gloss * (pass.f(kGloss) * (1.0F + 0.5F * folds) +
                          pass.f(kGlitter) * (furrows + sharp * (3.5F * glint * glint - 0.217F)));
        return with_alpha(
            max(sitter * exp((pigment + splat(2.0F * relief)) * splat(skin.share)) + splat(sheen), splat(0)),
            sitter[3]);
    });
}

}  // namespace limner::finish
