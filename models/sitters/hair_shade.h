// Strands: colour from melanins, and how a strand scatters light from one direction into another.
#pragma once
#include "sitter/sitter.h"
#include "vectors.h"

namespace limner::sitters {

// One strand's absorption, as seen by light that crosses it and by light that has crossed many.
struct Fibre {
    Vec3 absorption;  // per strand's radius
    Vec3 many;        // albedo after many strands
};

class HairColour {
public:
    HairColour(const Sitter& sitter, Strand kind);

    // `strand` and `clump` choose this strand's own shade (grey strands have no pigment); `along` is 0 at the root, 1 at the tip.
    Fibre fibre(std::uint32_t strand, std::uint32_t clump, float along) const;
    Vec3 mean_albedo() const { return mean_; }

private:
    float eumelanin_, pheomelanin_, grey_;
    Strand kind_;
    Vec3 mean_;
};

// Scattering of a unit of light from `to_light` to `to_eye` by a strand along `tangent`, over pi like all our reflectances, times the
// cosine at the strand. `offset` -1..1 is where across the strand the ray came in.
Vec3 scatter(const Fibre& fibre, Vec3 tangent, Vec3 to_light, Vec3 to_eye, float roughness);

}  // namespace limner::sitters
