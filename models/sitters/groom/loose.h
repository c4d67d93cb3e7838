// Loose hair: combed, lifted and pulled down, strand by strand.
#pragma once
#include "locks.h"
#include "style.h"

namespace limner::sitters {

// Adds hair of a loose style; `roots` grow it.
void grow_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots, Strands& out);

}  // namespace limner::sitters
