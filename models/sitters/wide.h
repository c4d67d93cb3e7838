// Sitters more unlike each other than those that anybody meets: a network that has seen only likely faces is lost at the ends of
// the sliders.
#pragma once
#include "recipe/recipe.h"

namespace limner::sitters {

// Sets the recipe's person, face and expression, where it leaves them open, from wider priors than the schema's: deviations of normal
// ones are `wider_by` as large, and what happens only sometimes happens `oftener_by` as often, and up to its end.
inline constexpr double wider_by = 1.6, oftener_by = 4;
void widen(Recipe& recipe);

}  // namespace limner::sitters
