// Skeleton and bust of the pack that paints (network_bindings.cpp), for plans and for its network; none before a pack is open, or of a
// pack that has none.
#pragma once
#include "generator/bust.h"
#include "generator/skeleton.h"

#include <optional>

namespace limner::platform {

std::optional<Skeleton>& skeleton();
std::optional<Bust>& bust();
int& packs_opened();  // what was known of a sitter by another pack is void

}  // namespace limner::platform
