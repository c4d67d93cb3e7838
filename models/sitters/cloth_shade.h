// Cloth: the schema's colour and pattern in metres of cloth, weave and sheen.
#pragma once
#include "sitter/sitter.h"
#include "vectors.h"

namespace limner::sitters {

class Cloth {
public:
    explicit Cloth(const Sitter& sitter);

    struct Point {
        Vec3 albedo;
        float roughness, sheen;
        Vec2 slope;  // of the weave or knit, along u and v
    };
    // `part` is the mesh's name: shirts under jackets, ties, buttons and collars have their own colour. uv in metres.
    Point at(std::string_view part, Vec2 uv) const;

private:
    enum class Pattern { plain, stripes, check, dots, knit, melange };
    Vec3 colour_, second_, shirt_, tie_, trim_;
    Pattern pattern_;
    bool knitted_, suit_;
    std::uint32_t seed_;
};

}  // namespace limner::sitters
