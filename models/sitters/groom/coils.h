// Coily hair: kinked strands standing out of the scalp, and puffs.
#pragma once
#include "locks.h"
#include "style.h"

namespace limner::sitters {

void grow_coils(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& out);

// A ball of coils, as at the tie of an afro puff.
void grow_puff(const Head& head, const Wish& wish, const Style& style, Vec3 centre, Vec3 outwards,
               float radius, Random& random, Strands& out);

}  // namespace limner::sitters
