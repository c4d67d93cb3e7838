#include "studio/light_presets.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace limner::studio {
namespace {

constexpr std::array<float, 3> white{1, 1, 1}, tungsten{1, 0.71F, 0.42F}, sunset{1, 0.56F, 0.25F},
    sky{0.55F, 0.72F, 1}, magenta{1, 0.08F, 0.62F}, cyan{0.05F, 0.72F, 1}, soft{1, 0.93F, 0.85F};

LightMix mix(float ambient, std::array<float, 3> ambient_colour, std::vector<LightSource> sources) {
    LightMix made;
    made.canonical = false;
    made.ambient_gain = ambient;
    made.ambient_colour = ambient_colour;
    made.sources = std::move(sources);
    return made;
}

}  // namespace

LightMix studio_mix() {
    return mix(
        0.24F, {0.91F, 0.93F, 1},
        {{-50, 30, 3.3F, soft}, {125, 25, 1.7F, white}, {-125, 25, 0.6F, white}, {0, 68, 0.4F, white}});
}

std::span<const LightPreset> light_presets() {
    static const std::vector<LightPreset> presets{
        // Key high and to one side: a triangle of light on the far cheek.
        {"Rembrandt", mix(0.22F, white, {{-50, 42, 4.2F, soft}, {125, 25, 0.5F, white}})},
        // Key straight above the lens: a small shadow under the nose.
        {"Butterfly", mix(0.4F, white, {{0, 62, 3.4F, white}, {0, -40, 0.5F, white}})},
        {"Split", mix(0.08F, white, {{-88, 18, 5.0F, white}})},
        {"Rim", mix(0.2F, white, {{-125, 25, 4.5F, white}, {125, 25, 4.5F, white}, {0, 20, 0.35F, white}})},
        {"Soft box", mix(1.5F, white, {{-25, 28, 1.6F, white}, {25, 28, 1.4F, white}})},
        {"Golden hour", mix(0.55F, sky, {{62, 14, 4.4F, sunset}, {-120, 22, 2.0F, sunset}})},
        {"Candle", mix(0.06F, tungsten, {{-18, -28, 3.0F, tungsten}})},
        {"Neon", mix(0.1F, {0.3F, 0.3F, 0.6F},
                     {{-62, 12, 3.6F, magenta}, {62, 12, 3.6F, cyan}, {125, 25, 1.5F, magenta}})},
    };
    return presets;
}

const LightPreset* light_preset(std::string_view label) {
    const auto found = std::ranges::find(light_presets(), label, &LightPreset::label);
    return found == light_presets().end() ? nullptr : &*found;
}

}  // namespace limner::studio
