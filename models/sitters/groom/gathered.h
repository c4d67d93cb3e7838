// Gathered hair: drawn over the head to ties; tails, buns, puffs and braids.
#pragma once
#include "ropes.h"

namespace limner::sitters {

void grow_gathered(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                   Strands& hair, Strands& ropes);

}  // namespace limner::sitters
