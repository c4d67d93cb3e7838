// The groomer's inside door: a body and plain wishes in, strands out. groom.cpp reads the wishes off a
// sitter.
#pragma once
#include "scalp.h"

#include <vector>

namespace limner::sitters {

std::vector<Strands> make_hair(const Body& body, const Wish& wish);

}  // namespace limner::sitters
