// Relatives of a sitter: nearby variations, mixtures, children. Everything here gives a Recipe whose `set` names every
// attribute, so the result stands on its own; light, backdrop, style and frame are those of the first parent.
// Same arguments, same recipe, on every platform.
#pragma once
#include "recipe/recipe.h"

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace limner {

// Names of attributes ("hair.style") or of whole groups ("hair") that must stay as they are.
using Locks = std::set<std::string>;

// A number as relatives keep it: rounded to a round thousandth of its range; finer is invisible and makes links long.
nlohmann::json rounded(const Attribute& attribute, double value);

// Every attribute made explicit, as the recipe's seed and choices give it; the same portrait.
Recipe settled(const Recipe& recipe);

// "More like this": a person `radius` away. 0 is the same sitter, 1 an unrelated one; 0.2 to 0.4 look alike. Numbers
// move towards a stranger's drawn from `seed`, so that they stay plausible together; choices change with chance
// radius^2. Locked attributes do not move.
Recipe variation(const Recipe& recipe, double radius, const Locks& locks, std::string_view seed);

// An average of 1 to 64 recipes with weights >= 0 (all 0: equal ones). Numbers are averaged (hues along the shorter
// arc), a choice is the one with the most weight; strands and pores come from the heaviest.
struct Part {
    Recipe recipe;
    double weight = 1;
};
Result<Recipe> mix(std::span<const Part> parts);

// A child of two: each group of traits comes mostly from one parent (beard, make-up and hair with the person's own),
// numbers blend, then `mutation` (0..1) moves them like `variation` does. Locked attributes are the first parent's.
// The child has a seed of its own, so different strands and pores.
Recipe breed(const Recipe& first, const Recipe& second, double mutation, const Locks& locks,
             std::string_view seed);

}  // namespace limner
