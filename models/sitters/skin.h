// Skin as a painter sees it: pigment, blood, spots, make-up, pores and wrinkles at a point; how it is lit is render's business.
#pragma once
#include "atlas.h"
#include "sitter/sitter.h"
#include "vectors.h"

namespace limner::sitters {

// Mean albedo of the face for a tone on the ten-step Monk scale, before anything else changes it.
Vec3 tone_albedo(float tone, float warmth);

struct SkinPoint {
    Vec3 albedo;
    float roughness;  // GGX, of the broad lobe
    float gloss;      // weight of the sharp lobe (oil, lip gloss), 0..1
    float sheen;      // scales the specular lobe: pores and wrinkles occlude it
    float height;     // bump, metres; fine enough to differ within a millimetre
};

class Skin {
public:
    // `pixel`: a pixel's width on the face in metres; what is finer than it is left out.
    Skin(const Sitter& sitter, const AtlasLibrary& atlases, const Body& body, float pixel);

    SkinPoint at(Vec2 uv, Vec3 rest, float lips) const;
    // Bump height alone, for differences.
    float height(Vec2 uv, Vec3 rest, float lips) const;
    float melanin() const { return melanin_; }  // 0..1, for how far light wanders under it
    Vec3 base() const { return base_; }

private:
    float scalp(Vec3 rest) const;
    float beard_zone(Vec3 rest) const;
    float wrinkle_height(Vec3 rest) const;
    Vec3 painted_eyes(Vec3 rest, Vec3 albedo, Vec3& cover) const;

    float pores_, fine_;  // how much a pixel resolves of what is half a millimetre wide, and a millimetre
    int level_;           // of the atlases
    AtlasMix atlas_;
    Vec3 base_, hair_;
    std::array<Vec3, 68> mark_;  // landmarks at rest
    float melanin_, redness_, freckles_, moles_, blotches_, oil_, wrinkles_, circles_, bags_, shadow_, age_;
    float smile_, brow_raise_, squint_;
    float lipstick_, lip_hue_, eye_shadow_, eye_shadow_hue_, liner_, blush_;
    bool bald_;
    std::uint32_t seed_;
};

}  // namespace limner::sitters
