// Glasses: rims, lenses, bridge, nose pads and temples, fitted to the sitter's eyes, nose, temples and ears.
#pragma once
#include "eyes.h"

namespace limner::sitters {

// Meshes of glasses.style (none: nothing), rigid with the head, in the frame of `skin`. `skin` and `cage` carry the expression.
std::vector<Mesh> eyewear_of(const Assets& assets, const Fine& skin, const Cage& cage,
                             const Eyeball (&eyes)[2], const Sitter& sitter);

}  // namespace limner::sitters
