// Light set-ups by the names photographers give them.
#pragma once
#include "recipe/recipe.h"

#include <span>
#include <string>
#include <string_view>

namespace limner::studio {

struct LightPreset {
    std::string label;
    LightMix mix;
};

std::span<const LightPreset> light_presets();
// nullptr if there is none.
const LightPreset* light_preset(std::string_view label);

// Four movable lights that look close to the studio's canonical mix: where one's own set-up starts.
LightMix studio_mix();

}  // namespace limner::studio
