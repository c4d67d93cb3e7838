// What a chip of the words turns: a number or a choice of the schema, a light, a backdrop, a style, a grade, how strong an
// expression is.
#pragma once
#include "recipe/recipe.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>

namespace limner::studio {

struct Chip;

using Option = std::pair<std::string, std::string>;  // id and label

// What a hand can make of a chip's value.
struct Turning {
    enum class Kind { none, number, choice };

    Kind kind = Kind::none;
    double min = 0, max = 1;
    bool round = false;  // a hue, a direction: after its end it begins again
    std::string label, unit;
    std::span<const Option> options;
};
Turning turning_of(const Chip& chip);

// Its present value: a number for what is turned like a number (a colour's hue, a light's direction, both in degrees; 1 for an
// expression as strong as the words say), an option's id, or what the words say.
nlohmann::json value_of(const Recipe& recipe, const Chip& chip);
// `recipe` with that value. What no hand can turn stays.
Recipe with_turned(const Recipe& recipe, const Chip& chip, const nlohmann::json& value);
// `value` after the chip was dragged `way` pixels to the right: a number moves along its range, round and round if it is round; a
// choice steps through its options.
nlohmann::json dragged(const Chip& chip, const nlohmann::json& value, float way);
// What it stands for now: "Age 72 years".
std::string meaning_of(const Recipe& recipe, const Chip& chip);

}  // namespace limner::studio
