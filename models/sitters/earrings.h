// Earrings through the lobes: studs, hoops, drops.
#pragma once
#include "shape.h"

namespace limner::sitters {

// Meshes of earrings.style (none: nothing), rigid with the head, in the frame of `cage`.
std::vector<Mesh> earrings_of(const Assets& assets, const Cage& cage, const Sitter& sitter);

}  // namespace limner::sitters
