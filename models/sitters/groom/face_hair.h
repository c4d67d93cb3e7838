// Brows, lashes and beards: hair that follows the face's own landmarks.
#pragma once
#include "locks.h"

namespace limner::sitters {

void grow_brows(const Head& head, const Wish& wish, Strands& out);
void grow_lashes(const Head& head, const Wish& wish, const Vec3 eye_on_x[2],
                 Strands& out);  // eye centres on -X, +X
void grow_beard(const Head& head, const Wish& wish, Strands& out);

}  // namespace limner::sitters
