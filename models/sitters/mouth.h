// Teeth, gums and tongue, scaled and seated behind the sitter's own lips; the lower ones follow the jaw.
#pragma once
#include "expression.h"
#include "surface.h"

namespace limner::sitters {

// Closes the gap that shapes leave between lips that should touch; `part` 0..1 as in Expression.
void seal_lips(const Assets& assets, float part, Fine& fine);

// `rest` is the resting skin. Adds meshes "upper_teeth", "lower_teeth" (Surface::teeth) and "gums" (with the tongue).
void add_mouth_meshes(const Assets& assets, const Fine& rest, float jaw, std::vector<Mesh>& out);

}  // namespace limner::sitters
