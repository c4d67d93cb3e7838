// Lights at any place, as gains of the studio's own lights.
#pragma once
#include "recipe/recipe.h"
#include "recipe/schema.h"

#include <array>
#include <vector>

namespace limner::finish {

// A linear RGB factor for every light of the schema: the portrait is rgb * sum_k factor_k * transfer_k. A source's gain is the
// irradiance it gives a facing patch, as in the schema, so that a source keeps its strength while it is moved. A source in the
// place of a studio light is that light; between lights it is shared among the near ones (Shepard weights within a finite radius,
// Franke and Little 1980, over the angle), which sum to 1. The ambient light has its own gain.
std::vector<std::array<float, 3>> light_factors(const LightMix& mix, const Schema& schema);

}  // namespace limner::finish
