// Two ends of a range on one track, under the shares that each part of it has.
#pragma once
#include <span>

namespace limner::studio {

// True while an end moves; `settled` once it was let go. Both ends are reached by keyboard. `bars`: shares, may be empty.
bool range_slider(const char* id, float& low, float& high, float min, float max, std::span<const int> bars,
                  bool narrowed, bool& settled);

}  // namespace limner::studio
