// Deeds become a recipe.
#pragma once
#include "prompt/reader.h"

namespace limner::prompt {

// Decides between deeds (the higher rank wins, then the last), starts comparisons from `base` or from the sitter it gives, and
// writes the outcome. Fills recipe, understood and unused of `out`.
void decide(Reading reading, const Recipe& base, Words& out);

// The light, with every lamp of the text: exposed for decide() only.
struct Lamp {
    std::string from, colour;
};
LightMix light_of(const LightMix& base, const std::string& preset, const std::vector<Lamp>& lamps);

// "#rrggbb" as linear RGB.
std::array<float, 3> linear_colour(std::string_view hex);

// The hair style of what was said about cut, length, texture, tie, fringe and parting; empty if nothing fits.
std::string hair_style(const std::map<std::string, std::string>& features, bool masculine,
                       std::string_view seed);

}  // namespace limner::prompt
