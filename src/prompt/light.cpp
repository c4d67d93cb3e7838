#include "base/exact.h"
#include "prompt/meaning.h"

#include <algorithm>
#include <cmath>

namespace limner::prompt {
namespace {

constexpr const char* kWarm = "#ffc38a";
constexpr const char* kCool = "#a9c6ff";

int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : 0;
}

// Recipes write colours as "#rrggbb": nothing finer is kept.
float writable(float channel) { return linear_from_srgb(srgb_from_linear(channel)); }

// A colour of light is as bright as white light in its strongest channel.
std::array<float, 3> colour_of_light(const std::string& name) {
    std::array<float, 3> colour = linear_colour(name == "warm" ? kWarm : name == "cool" ? kCool : name);
    const float most = std::max({colour[0], colour[1], colour[2], 1e-4F});
    for (float& channel : colour) {
        channel = writable(channel / most);
    }
    return colour;
}

LightMix preset_of(const nlohmann::json& preset) {
    LightMix mix;
    if (preset.empty()) {
        return mix;  // the studio's own
    }
    mix.canonical = false;
    std::size_t i = 0;
    for (; i < preset.size() && preset[i].is_array(); ++i) {
        mix.sources.push_back({preset[i][0].get<float>(), preset[i][1].get<float>(),
                               preset[i][2].get<float>(), linear_colour(preset[i][3].get<std::string>())});
    }
    mix.ambient_gain = preset[i].get<float>();
    mix.ambient_colour = linear_colour(preset[i + 1].get<std::string>());
    return mix;
}

void move_to(LightSource& source, const std::string& from) {
    if (from == "left" || from == "right") {
        const float azimuth =
            std::abs(source.azimuth_deg) < 25 ? 50 : std::min(std::abs(source.azimuth_deg), 90.0F);
        source.azimuth_deg = from == "left" ? -azimuth : azimuth;
        source.elevation_deg = std::clamp(source.elevation_deg, 0.0F, 40.0F);
    } else if (from == "above") {
        source.azimuth_deg = 0;
        source.elevation_deg = 68;
    } else if (from == "below") {
        source.azimuth_deg = 0;
        source.elevation_deg = -40;
    } else if (from == "behind") {
        source.azimuth_deg = -140;
        source.elevation_deg = 25;
    } else {
        source.azimuth_deg = 0;
        source.elevation_deg = 15;
    }
}

}  // namespace

std::array<float, 3> linear_colour(std::string_view hex) {
    std::array<float, 3> colour{};
    if (hex.size() == 7) {
        for (std::size_t i = 0; i < 3; ++i) {
            colour[i] = linear_from_srgb(
                static_cast<std::uint8_t>(hex_digit(hex[1 + 2 * i]) * 16 + hex_digit(hex[2 + 2 * i])));
        }
    }
    return colour;
}

LightMix light_of(const LightMix& base, const std::string& preset, const std::vector<Lamp>& lamps) {
    const nlohmann::json& presets = meanings().lights;
    LightMix mix = preset.empty() ? base : preset_of(presets.at(preset));
    std::vector<Lamp> placed;
    std::string colour;
    for (const Lamp& lamp : lamps) {
        if (!lamp.from.empty()) {
            placed.push_back(lamp);
        } else if (!lamp.colour.empty()) {
            colour = lamp.colour;
        }
    }
    if (placed.empty() && colour.empty()) {
        return mix;
    }
    if (mix.canonical) {
        mix = preset_of(presets.at("softbox"));
        if (!placed.empty()) {
            mix.sources.resize(1);
            mix.sources[0].gain = 2.2F;
            mix.ambient_gain = 0.3F;
        }
    }
    if (placed.size() > 1) {
        const LightSource key = mix.sources.empty() ? LightSource{} : mix.sources[0];
        mix.sources.assign(std::min<std::size_t>(placed.size(), 4), key);
        mix.ambient_gain = std::min(mix.ambient_gain, 0.25F);
    }
    if (mix.sources.empty()) {
        mix.sources.push_back({-30, 30, 1.6F, {1, 1, 1}});
    }
    for (std::size_t i = 0; i < placed.size() && i < mix.sources.size(); ++i) {
        move_to(mix.sources[i], placed[i].from);
        if (placed[i].from == "behind") {
            LightSource other = mix.sources[i];
            other.azimuth_deg = -other.azimuth_deg;
            if (mix.sources.size() < 4) {
                mix.sources.push_back(other);
            }
            break;
        }
        const std::string& own = placed[i].colour.empty() ? colour : placed[i].colour;
        if (!own.empty()) {
            mix.sources[i].colour = colour_of_light(own);
        }
    }
    if (placed.empty()) {
        const std::array<float, 3> tint = colour_of_light(colour);
        for (LightSource& source : mix.sources) {
            source.colour = tint;
        }
        for (std::size_t c = 0; c < 3; ++c) {
            mix.ambient_colour[c] = writable(0.5F + 0.5F * tint[c]);
        }
    }
    return mix;
}

}  // namespace limner::prompt
