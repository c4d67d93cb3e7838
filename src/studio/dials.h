// Numbers of a recipe that are not the sitter's: what the panel's sliders and the chips of words turn.
#pragma once
#include "recipe/recipe.h"

#include <string_view>

namespace limner::studio {

struct Dial {
    const char* id;  // its place in the recipe, "grade.exposure"
    const char* label;
    float min, max, initial;
    const char* unit;
    float& (*of)(Recipe&);
};

// nullptr if there is none of that id.
const Dial* dial_of(std::string_view id);

}  // namespace limner::studio
