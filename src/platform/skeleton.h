// The skeleton of the pack that paints (network_bindings.cpp), for plans; none before a pack is open, or of a pack that has none.
#pragma once
#include "generator/skeleton.h"

#include <optional>

namespace limner::platform {

std::optional<Skeleton>& skeleton();

}  // namespace limner::platform
