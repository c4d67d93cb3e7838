// What skin is besides its tone (shaders/complexion.wgsl): blood and melanin in patches, freckles, moles, spots of age, pores and creases.
// No number says where they lie, so the network paints skin without them, and here they are laid on with the renderer's pigments
// (models/sitters/skin.cpp; spots of age paler and fewer, for here they are flat): light that comes through is multiplied, whatever lit it.
// So are blusher and the shadow of a shaven beard, which the network is not asked for.
//
// Pores and creases are relief: they lean the normal, by which skin receives more or less of the light that the network says comes from
// there, and mirrors it elsewhere. What skin mirrors (as models/sitters/shade.cpp has it: two lobes of GGX, the sharper one of oil) is taken
// off as the network has painted it, smooth and a little blurred, and laid on as the leaning normal has it.
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
               kSpot = {-0.11F, -0.21F, -0.28F, 0}, kShadow = {-0.62F, -0.55F, -0.48F, 0};

float oval(float u, float v, float centre_u, float centre_v, float wide, float high) {
    const float x = (u - centre_u) / wide, y = (v - centre_v) / high;
    return exp(-(x * x + y * y));
}

// At a source pixel: the smooth normal, and how far that turns within a pixel, squared; which way light comes from, so that this times how
// far the normal leans is by what share more is received; how much of four of the lights is mirrored, for each unit of a lobe.
struct Skin {
    Vec4 at = splat(0);  // u, v, blood, cloud: on the head, and how strong they are
    Vec4 normal = splat(0), lit = splat(0), mirrored = splat(0);
    float shaved = 0, oily = 0, share = 0;  // of skin, by which all others are multiplied

    Skin& operator+=(const Skin& o) {
        at += o.at, normal += o.normal, lit += o.lit, mirrored += o.mirrored;
        shaved += o.shaved, oily += o.oily, share += o.share;
        return *this;
    }
    Skin operator*(float s) const {
        return {at * splat(s), normal * splat(s), lit * splat(s), mirrored * splat(s),
                shaved * s,    oily * s,          share * s};
    }
};

// The lights that are seen mirrored: left, top and the two rims; halfway between them and the camera, by components.
constexpr int kMirrored[] = {1, 3, 5, 6};
constexpr float kBlurred =
    0.012F;                     // by how much wider the network paints what oil mirrors: of alpha, squared
constexpr float kTaken = 0.6F;  // of what is mirrored so much may be taken off: matte skin mirrors, too
constexpr float kGlint = 0.9F;  // at most so much brighter than what is there
constexpr float kRims = 0.35F;  // the network's shares of those are blurred, most of all where they graze
struct Halves {
    Vec4 x = splat(0), y = splat(0), z = splat(0), fresnel = splat(0);
    explicit Halves(const Pass& pass) {
        for (int i = 0; i < 4; ++i) {
            const int k = kSkinStudio + 4 * kMirrored[i];
            const float lx = pass.f(k), ly = pass.f(k + 1), lz = pass.f(k + 2);
            const float shorter = 1.0F / std::sqrt(max(2.0F + 2.0F * lz, 0.1F));
            x[i] = lx * shorter, y[i] = ly * shorter, z[i] = (lz + 1.0F) * shorter;
            const float away = 1.0F - z[i], twice = away * away;
            fresnel[i] = (i < 2 ? 1.0F : kRims) * (0.028F + 0.972F * twice * twice * away);  // Schlick 1994
        }
    }
    Vec4 facing(Vec4 n) const { return x * splat(n[0]) + y * splat(n[1]) + z * splat(n[2]); }
};

// GGX's distribution (Walter et al. 2007) times pi, of four half vectors at once.
Vec4 lobe(Vec4 facing, float alpha2) {
    const Vec4 d = facing * facing * splat(alpha2 - 1.0F) + splat(1.0F);
    return splat(alpha2) / (d * d);
}

class SkinMap {
public:
    explicit SkinMap(const Pass& pass) : pass_(pass), source_(pass), halves_(pass), skin_(source_.pixels()) {
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
                Skin here = {
                    vec4(u, v, blood, cloud), splat(0), splat(0), splat(0), shaved(u, v), oily(u, v), 1};
                light(x, y, here);
                skin_[source_.index(x, y)] = here * share;
            }
    }

    Skin at(const Pass& pass, int px, int py) const {
        const Vec2 place = source_.place(pass, px, py);
        const int x = ifloor(place.x), y = ifloor(place.y);
        const Skin &a = skin_[source_.index(x, y)], &b = skin_[source_.index(x + 1, y)],
                   &c = skin_[source_.index(x, y + 1)], &d = skin_[source_.index(x + 1, y + 1)];
        if (a.share + b.share + c.share + d.share <= 0) return {};
        const float u = place.x - floor(place.x), v = place.y - floor(place.y);
        Skin all = a * ((1 - u) * (1 - v));
        all += b * (u * (1 - v));
        all += c * ((1 - u) * v);
        all += d * (u * v);
        if (all.share < kLeast) return {};
        const float share = all.share;
        all = all * (1.0F / share);
        all.share = share;
        return all;
    }
    const Halves& halves() const { return halves_; }

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

    // By shares of light, so shadows that the network has painted stay.
    void light(int x, int y, Skin& skin) const {
        const float nx = source_.at(4, x, y), ny = source_.at(5, x, y), nz = source_.at(6, x, y);
        const auto turns = [&](int dx, int dy) {
            float sum = 0;
            for (int c = 4; c < 7; ++c) {
                const float by = source_.at(c, x + dx, y + dy) - source_.at(c, x - dx, y - dy);
                sum += by * by;
            }
            return 0.25F * sum;
        };
        skin.normal = vec4(nx, ny, nz, turns(1, 0) + turns(0, 1));
        const float seen = luma(vec4(source_.at(0, x, y), source_.at(1, x, y), source_.at(2, x, y), 0)),
                    white = seen / (pass_.f(kSkinLuma) * max(nz, 0.25F));
        float arrives[7];
        for (int k = 0; k < 7; ++k) {
            const int i = kSkinStudio + 4 * k;
            const float lx = pass_.f(i), ly = pass_.f(i + 1), lz = pass_.f(i + 2);
            arrives[k] = source_.at(16 + k, x, y) / max(lx * nx + ly * ny + lz * nz, 0.25F);
            skin.lit += vec4(lx, ly, lz, 0) * splat(arrives[k]);
        }
        skin.mirrored =
            halves_.fresnel * splat(0.25F * white) *
            vec4(arrives[kMirrored[0]], arrives[kMirrored[1]], arrives[kMirrored[2]], arrives[kMirrored[3]]);
    }

    const Pass& pass_;
    Source source_;
    Halves halves_;
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

// Skin's relief: three layers of cells with creases between them, and pores, which are pits. They are about as steep as the renderer's
// normals, measured at 256 and 512 pixels, the widest less and the finest more, so that oil glints as on renders; as far as pixels show it.
class Relief {
public:
    Relief(float age, float pixel) : tone_(0.32F + 0.65F * age), uneven_(0.003F + 0.003F * age) {
        const float steep[] = {0.002F + 0.003F * age, 0.005F + 0.006F * age, 0.011F + 0.013F * age,
                               0.03F - 0.01F * age};
        for (int i = 0; i < 4; ++i) {
            steep_[i] = steep[i] * saturate((1.0F / (kCells[i] * pixel) - 0.8F) / 0.8F);
            variance_ += 1.8F * steep_[i] * steep_[i];
        }
    }
    float variance() const { return variance_; }  // of slopes

    // Slopes round the head and up it, and how much melanin there is.
    Vec4 at(float u, float v, float cheek, std::uint32_t seed) const {
        const float bend = 0.5F * noise(u * 90.0F, v * 90.0F, seed + 91U);
        const NoiseSlope wide = noise_slope(u * 150.0F + bend, v * 190.0F - bend, seed + 90U);
        float across = uneven_ * wide.x, up = 1.2F * uneven_ * wide.y, tone = 0.8F * wide.value;
        for (int i = 0; i < 3; ++i) {
            if (steep_[i] <= 0) continue;
            const NoiseSlope n = noise_slope(u * (0.85F * kCells[i]) + bend, v * (1.15F * kCells[i]) - bend,
                                             seed + 92U + static_cast<std::uint32_t>(i));
            const float q = 1.0F + 16.0F * n.value * n.value;
            const float steep = steep_[i] * (1.0F + 8.0F * n.value / (q * q));
            across += 0.85F * steep * n.x;
            up += 1.15F * steep * n.y;
            if (i < 2) tone += 0.6F * n.value;
        }
        if (steep_[3] > 0) {
            const NoiseSlope n = noise_slope(u * kCells[3], v * kCells[3], seed + 96U);
            const float steep = n.value > 0.1F ? steep_[3] * (0.5F + cheek) : 0.0F;
            across -= steep * n.x;
            up -= steep * n.y;
        }
        return vec4(across, up, tone_ * tone, 0);
    }

private:
    static constexpr float kCells[] = {300, 650, 1200, 1000};  // a metre
    float tone_, uneven_, steep_[4] = {}, variance_ = 0;
};

}  // namespace

// in: the source, the sitter. out: the sitter with what lies in and on its skin.
void complexion(const Pass& pass) {
    const SkinMap map(pass);
    const float pixel = kSide / static_cast<float>(pass.full_width());
    const float age = pass.f(kRelief), luma_of = pass.f(kSkinLuma), blue = pass.f(kSkinBlue),
                broad2 = pass.f(kBroad) * pass.f(kBroad), film2 = broad2 * 0.0731F,  // 0.52 to the fourth
        wide = 0.9F - 0.5F * luma_of;
    const Relief relief(age, pixel);
    const Vec4 up = vec4(pass.f(kSkinTurn + 3), pass.f(kSkinTurn + 4), pass.f(kSkinTurn + 5), 0);
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
                                          pass.f(kAgedChance), 0.12F, 0.34F, pixel, seed + 61U));
        if (skin.shaved > 0)
            pigment +=
                kShadow * splat(skin.shaved * (0.95F + 0.55F * noise(u * 900.0F, v * 900.0F, seed + 71U)));
        const Vec4 rough = relief.at(u, v, cheek, seed);
        pigment += kCloud * splat(rough[2]);
        // Upward on the skin, and round the head; the normal leans against the slope.
        const Vec4 n = skin.normal;
        const Vec4 v_way = unit3(up - n * splat(dot3(up, n))), u_way = cross3(v_way, n);
        const Vec4 lean = u_way * splat(-rough[0]) + v_way * splat(-rough[1]);
        const float lit = 1.0F + wide * clamp(dot3(skin.lit, lean), -0.5F, 0.5F);
        const Vec4 smooth = map.halves().facing(n), rugged = map.halves().facing(unit3(n + lean));
        const float film = pass.f(kFilm) * skin.oily, matte = 1.0F - 0.6F * film;
        const float oiled2 =
            film2 + n[3];  // where a nose's side turns away within a pixel, a line would be mirrored
        const Vec4 there = lobe(rugged, broad2) * splat(matte) + lobe(rugged, oiled2) * splat(film);
        const Vec4 meant = lobe(smooth, broad2 + 2.0F * relief.variance()) * splat(matte - pass.f(kShine)) +
                           lobe(smooth, oiled2 + kBlurred) * splat(film);
        const Vec4 more = skin.mirrored * (there - meant);
        // No more is taken off than is mirrored there, which is what makes skin bluer.
        const float mirrors = kTaken * max(sitter[2] - blue * sitter[0], 0.0F) / (1.0F - blue);
        const float sheen =
            skin.share * clamp(more[0] + more[1] + more[2] + more[3], -mirrors, kGlint * luma(sitter));
        return with_alpha(
            max(sitter * exp(pigment * splat(skin.share)) * splat(mix(1.0F, lit, skin.share)) + splat(sheen),
                splat(0)),
            sitter[3]);
    });
}

}  // namespace limner::finish
