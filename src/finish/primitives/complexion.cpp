// What skin is besides its tone (shaders/complexion.wgsl): blood and melanin in patches, freckles, moles, spots of age, blusher. No number says
// where they lie, so the network paints skin without them, and here they are laid on with the renderer's pigments (models/sitters/skin.cpp;
// spots of age paler and fewer, for here they are flat): light that comes through is multiplied, whatever lit it.
//
// They stay on the head as it turns: depth and pose say where on it a pixel lies, as a place on a cylinder about its axis, in metres.
#include "finish/primitives/all.h"
#include "finish/source.h"
#include "sitter/makeup.h"

#include <vector>

namespace limner::finish {

namespace {

constexpr float kSide = 0.24F;  // metres, of a portrait's square
constexpr float kEyes =
    0.473F;                     // of its side from the top to between the eyes, where metres are counted from
constexpr float kAxis = 0.09F;  // from there back to the head's axis,
constexpr float kJaw = -0.08F;  // which below this height bends back, as the neck does,
constexpr float kBend = 1.2F;   // by this for each metre
constexpr float kRound = 0.597F;         // round the head
constexpr float kLeast = 1.0F / 512.0F;  // regions less than this are none

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
               kSpot = {-0.10F, -0.17F, -0.20F, 0};

// On the head: a source pixel's place on the cylinder, and how strong blood and clouds are there; all of it times the share of skin.
struct Skin {
    Vec4 at = splat(0);  // u, v, blood, cloud
    float share = 0;
};

class SkinMap {
public:
    explicit SkinMap(const Pass& pass) : source_(pass), skin_(source_.pixels()) {
        const std::uint32_t seed = pass.u(0);
        for (int y = 0; y < source_.height(); ++y)
            for (int x = 0; x < source_.width(); ++x) {
                const float share = source_.at(8, x, y);
                if (share < kLeast) continue;
                const float across = (static_cast<float>(x) + 0.5F) / static_cast<float>(source_.width()),
                            down = (static_cast<float>(y) + 0.5F) / static_cast<float>(source_.height());
                const float px = (across - 0.5F) * kSide, py = (kEyes - down) * kSide,
                            pz = source_.at(7, x, y);
                const auto row = [&](int first) {
                    return (pass.f(first) * px + pass.f(first + 1) * py) + pass.f(first + 2) * pz;
                };
                const float v = row(4),
                            u = kRound * atan2_turn(row(1), row(7) + kAxis + kBend * max(kJaw - v, 0.0F));
                const float blood = pass.f(10) * fbm(u * 38.0F, v * 38.0F, 3, seed + 21U) +
                                    pass.f(11) * fbm(u * 260.0F, v * 260.0F, 2, seed + 25U);
                const float cloud = pass.f(12) * fbm(u * 70.0F, v * 70.0F, 3, seed + 31U);
                skin_[source_.index(x, y)] = {vec4(u, v, blood, cloud) * splat(share), share};
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
        return {mix(mix(a.at, b.at, u), mix(c.at, d.at, u), v) / splat(share), share};
    }

private:
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

float oval(float u, float v, float centre_u, float centre_v, float wide, float high) {
    const float x = (u - centre_u) / wide, y = (v - centre_v) / high;
    return exp(-(x * x + y * y));
}

}  // namespace

// in: the source, the sitter. out: the sitter with what lies in and on its skin. 0 seed; 1..9 what turns the camera's directions into
// the head's, by rows; how much 10 blood in patches, 11 the same, finer, 12 clouds of melanin; 13 the chance of a freckle and 14 how dark;
// 15, 16 of a mole; 17 of a spot of age; how much 18 blusher.
void complexion(const Pass& pass) {
    const SkinMap map(pass);
    const float pixel = kSide / static_cast<float>(pass.full_width());
    const std::uint32_t seed = pass.u(0);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 sitter = pass.in[1].at(x, y);
        const Skin skin = map.at(pass, x, y);
        if (skin.share <= 0) return sitter;
        const float u = skin.at[0], v = skin.at[1];
        Vec4 pigment = kBlood * splat(skin.at[2]) + kCloud * splat(skin.at[3]);
        const float cheek = oval(abs(u), v, 0.041F, -0.038F, 0.026F, 0.021F);
        pigment += vec4(kBlusher[0], kBlusher[1], kBlusher[2], 0) * splat(pass.f(18) * cheek);
        if (pass.f(13) > 0) {
            const float cheeks = cheek + oval(u, v, 0, -0.008F, 0.04F, 0.02F),
                        nose = 0.8F * oval(u, v, 0, -0.042F, 0.018F, 0.016F);
            const float chance = pass.f(13) * saturate(0.12F + 0.9F * (cheeks + nose));
            float freckles = 0;
            for (std::uint32_t k = 0; k < 4; ++k)
                freckles += spot(kFreckles[k], u, v, chance, 0.13F, 0.36F, pixel, seed + 41U + 2U * k);
            pigment += kFreckle * splat(pass.f(14) * min(freckles, 1.4F));
        }
        if (pass.f(15) > 0)
            pigment +=
                kMole * splat(pass.f(16) * spot(kMoles, u, v, pass.f(15), 0.03F, 0.08F, pixel, seed + 51U));
        if (pass.f(17) > 0)  // ragged: where blood is, they reach further
            pigment += kSpot * splat(spot(kAged, u + 0.03F * skin.at[2], v + 0.015F * skin.at[3], pass.f(17),
                                          0.06F, 0.34F, pixel, seed + 61U));
        return with_alpha(sitter * exp(pigment * splat(skin.share)), sitter[3]);
    });
}

}  // namespace limner::finish
