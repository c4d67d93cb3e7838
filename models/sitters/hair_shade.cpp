#include "hair_shade.h"

#include <algorithm>

namespace limner::sitters {
namespace {

constexpr float kCrossing = 1.6F;       // diameters of a strand that light crosses in it
constexpr float kSampleSpread = 0.77F;  // half the width of a uniform spread like that of five hairs
// Absorption of the two melanins (d'Eon et al. 2011, as in Chiang et al. 2016 section 6.1).
constexpr Vec3 kEumelanin{0.419F, 0.697F, 1.37F}, kPheomelanin{0.187F, 0.4F, 1.05F};

Fibre fibre_of(float eumelanin, float pheomelanin) {
    const Vec3 sigma = kEumelanin * eumelanin + kPheomelanin * pheomelanin;
    // After many strands albedo falls with the root of absorption (Chiang et al. 2016, equation 9); a head of hair lit
    // from the front is seen mostly after few crossings, hence the smaller factor.
    const Vec3 root{std::sqrt(sigma.x), std::sqrt(sigma.y), std::sqrt(sigma.z)};
    return {sigma, exp(root * -2.55F) * 0.92F};
}

float lobe(float x, float width) { return std::exp(-0.5F * square(x / width)) / (width * 2.5066F); }

}  // namespace

HairColour::HairColour(const Sitter& sitter, Strand kind) : kind_(kind) {
    const float melanin = std::max(sitter.reached("hair.melanin"), 0.0F), red = sitter.number("hair.redness");
    eumelanin_ = 0.085F + 6.5F * melanin * melanin * melanin;
    pheomelanin_ = 0.03F + 1.35F * std::pow(red, 2.2F) * (1 - 0.35F * melanin);
    grey_ = sitter.number("hair.grey");
    if (kind == Strand::brow) eumelanin_ = eumelanin_ * 1.5F + 0.28F, grey_ *= 0.4F;
    if (kind == Strand::lash) eumelanin_ = eumelanin_ * 1.6F + 1.6F, grey_ *= 0.1F;
    if (kind == Strand::beard)
        eumelanin_ = eumelanin_ * 1.15F + 0.12F, pheomelanin_ *= 1.4F, grey_ = std::min(1.0F, grey_ * 1.15F);
    mean_ = mix(fibre_of(eumelanin_, pheomelanin_).many, fibre_of(0.02F, 0.01F).many, grey_);
}

Fibre HairColour::fibre(std::uint32_t strand, std::uint32_t clump, float along) const {
    const float own = hash01(strand * 2654435761U + 17U), lock = hash01(clump * 40503U + 3U);
    const float second = hash01(strand * 747796405U + 5U);
    float shade = std::exp(0.5F * (second - 0.5F) + 0.42F * (lock - 0.5F));
    if (kind_ == Strand::hair)
        shade *= mix(1.22F, 0.86F, smoothstep(0.0F, 0.5F, along));  // darker roots, sun-bleached ends
    const Fibre dark = fibre_of(eumelanin_ * shade, pheomelanin_ * shade);
    // Grey comes hair by hair, and more in some locks than in others. A strand stands for several hairs, so its share of white
    // ones spreads as that of a small sample does, and what it lets through is their mean.
    const float chance = clamp01(grey_ * (0.7F + 0.6F * lock));
    const float white = clamp01(chance + kSampleSpread * (2 * own - 1) * std::sqrt(chance * (1 - chance)));
    if (white <= 0) return dark;
    const Fibre pale = fibre_of(0.008F + 0.02F * lock, 0.004F);
    const Vec3 through = mix(exp(dark.absorption * -kCrossing), exp(pale.absorption * -kCrossing), white);
    return {Vec3{std::log(through.x), std::log(through.y), std::log(through.z)} * (-1 / kCrossing),
            mix(dark.many, pale.many * 0.8F, white)};
}

// Marschner et al. 2003 with the separable lobes of d'Eon et al. 2011: longitudinal Gaussians about the tilted cone, azimuthal
// profiles for reflection (R), transmission (TT) and internal reflection (TRT), attenuated by the pigment each path crosses.
Vec3 scatter(const Fibre& fibre, Vec3 tangent, Vec3 to_light, Vec3 to_eye, float roughness) {
    const float sin_i = std::clamp(dot(to_light, tangent), -1.0F, 1.0F),
                sin_o = std::clamp(dot(to_eye, tangent), -1.0F, 1.0F);
    const float cos_i = std::sqrt(1 - sin_i * sin_i), cos_o = std::sqrt(1 - sin_o * sin_o);
    const Vec3 across_i = to_light - tangent * sin_i, across_o = to_eye - tangent * sin_o;
    const float cos_phi = std::clamp(dot(across_i, across_o) / std::max(cos_i * cos_o, 1e-4F), -1.0F, 1.0F);
    const float theta = std::asin(sin_i) + std::asin(sin_o);  // 0 on the specular cone
    const float cos_d =
        std::sqrt(std::max(0.0F, 0.5F * (1 + cos_i * cos_o - sin_i * sin_o)));  // half-angle of the two
    constexpr float tilt = 0.052F;                                              // three degrees
    const float b = roughness;
    const float m_r = lobe(theta + 2 * tilt, b), m_tt = lobe(theta - tilt, b * 0.6F),
                m_trt = lobe(theta - 4 * tilt, b * 1.8F);
    const float phi = std::acos(cos_phi);
    const float n_r = 0.25F * std::sqrt(0.5F * (1 + cos_phi));
    const float n_tt = lobe(kPi - phi, 0.38F), n_trt = 0.5F * lobe(phi, 0.55F);
    const float fresnel =
        0.046F + 0.954F * std::pow(1 - clamp01(cos_d * std::sqrt(0.5F * (1 + cos_phi))), 5.0F);
    const float f = std::min(fresnel, 0.5F);
    const Vec3 once = exp(fibre.absorption * (-kCrossing / std::max(cos_d, 0.3F)));
    const float scale = kPi * cos_i / std::max(square(cos_d), 0.2F);
    return (grey(f * m_r * n_r) + once * ((1 - f) * (1 - f) * m_tt * n_tt) +
            once * once * ((1 - f) * (1 - f) * 0.10F * m_trt * n_trt)) *
           scale;
}

}  // namespace limner::sitters
