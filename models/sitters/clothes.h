// What sitters wear: one garment a style, cut from sheets over the cape of their own shoulders.
#pragma once
#include "cape.h"
#include "sitter/sitter.h"

namespace limner::sitters {

// Meshes of clothes.style in the frame of `rest` (unposed). Names say the part: "cloth…" takes the sitter's colour, "shirt…" is white
// cloth under a jacket, "tie", "button", "cord".
std::vector<Mesh> clothes_of(const Assets& assets, const Fine& rest, const Sitter& sitter);

}  // namespace limner::sitters
