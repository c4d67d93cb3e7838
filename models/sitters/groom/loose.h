// Loose hair: combed, lifted and pulled down, strand by strand.
#pragma once
#include "locks.h"
#include "style.h"

namespace limner::sitters {

// Hair of a loose style, grown from the roots: combed only, or finished and handed out.
Locks comb_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots, Random& random);
void grow_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots, Strands& out);

}  // namespace limner::sitters
