// Changes to a recipe, one function each. Pure: recipe in, recipe out; the panel, the form and the API all use these.
#pragma once
#include "recipe/recipe.h"
#include "sitter/breed.h"
#include "sitter/sitter.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace limner::studio {

nlohmann::json value_json(const Attribute& attribute, const Value& value);
bool same(const Recipe& a, const Recipe& b);

// `value` is what the attribute takes in a recipe; out-of-range values are the caller's fault and are refused later.
Recipe with_value(const Recipe& recipe, const Attribute& attribute, nlohmann::json value);
Recipe without_value(const Recipe& recipe, std::string_view attribute);  // back to what the seed gives

// A fresh seed, derived from the old one and a number that only ever grows, so that undo and redo are exact.
std::string next_seed(std::string_view seed, unsigned turn);

// New person: another seed; locked attributes keep the values they have now; light, style and the rest stay.
Recipe rolled(const Recipe& recipe, const Locks& locks, std::string_view seed);
// Only the group's unlocked attributes, drawn as `seed` would draw them.
Recipe rolled_group(const Recipe& recipe, std::string_view group, const Locks& locks, std::string_view seed);

// Nine people near this one.
std::vector<Recipe> variations(const Recipe& recipe, const Locks& locks, float radius, unsigned turn);

// A short name of what differs, for the history: "Age", "3 changes", "New person".
std::string difference(const Recipe& before, const Recipe& after);

}  // namespace limner::studio
