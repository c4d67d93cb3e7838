#include "studio/chips.h"

#include "base/exact.h"
#include "finish/style.h"
#include "recipe/schema.h"
#include "studio/dials.h"
#include "studio/edit.h"
#include "studio/light_presets.h"
#include "studio/panels.h"
#include "studio/widgets.h"
#include "studio/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <map>
#include <string_view>

namespace limner::studio {
namespace {

using nlohmann::json;

constexpr float whole_range = 240;  // pixels from one end of a number to the other
constexpr float one_option = 28;
constexpr const char* own_light = "Studio";

// "Soft box", "soft_box", "softbox".
std::string plain(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

// The colour a place of that name has: linear; nullptr if it has none.
template <class AnyRecipe>
auto colour_at(AnyRecipe& recipe, const std::string& id) -> decltype(&recipe.backdrop.colour) {
    if (id == "backdrop.colour") return &recipe.backdrop.colour;
    if (id == "backdrop.colour2") return &recipe.backdrop.colour2;
    if (id == "light.colour" && !recipe.light.canonical && !recipe.light.sources.empty())
        return &recipe.light.sources[0].colour;
    return nullptr;
}

std::array<float, 3> hue_saturation_value(const std::array<float, 3>& linear) {
    std::array<float, 3> hsv{};
    const auto channel = [&](std::size_t c) { return static_cast<float>(srgb_from_linear(linear[c])) / 255; };
    ImGui::ColorConvertRGBtoHSV(channel(0), channel(1), channel(2), hsv[0], hsv[1], hsv[2]);
    return hsv;
}

// The same colour in another hue; a grey gets as much of it as one can see.
std::array<float, 3> in_hue(const std::array<float, 3>& linear, double degrees) {
    const std::array<float, 3> hsv = hue_saturation_value(linear);
    std::array<float, 3> rgb{};
    ImGui::ColorConvertHSVtoRGB(static_cast<float>(degrees / 360), std::max(hsv[1], 0.25F), hsv[2], rgb[0],
                                rgb[1], rgb[2]);
    for (float& c : rgb) c = linear_from_srgb(static_cast<std::uint8_t>(std::lround(c * 255)));
    return rgb;
}

std::string hex_of(const std::array<float, 3>& linear) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", srgb_from_linear(linear[0]),
                  srgb_from_linear(linear[1]), srgb_from_linear(linear[2]));
    return text.data();
}

std::string direction_of(const LightSource& source) {
    if (source.elevation_deg > 50) return "above";
    if (source.elevation_deg < -15) return "below";
    const float turn = std::abs(source.azimuth_deg);
    if (turn > 110) return "behind";
    if (turn < 20) return "the front";
    return source.azimuth_deg < 0 ? "the left" : "the right";
}

// A face does one thing with many muscles: an expression of several numbers grows and fades as one.
bool expresses(const Chip& chip) {
    return chip.says.size() > 1 && std::ranges::all_of(chip.says.items(), [](const auto& one) {
               const Attribute* attribute = schema().find(one.key());
               return attribute != nullptr && attribute->group == "expression" &&
                      attribute->type == Attribute::Type::number && one.value().is_number();
           });
}

std::vector<Option> listed(const std::string& id) {
    std::vector<Option> options;
    if (const Attribute* attribute = schema().find(id)) {
        for (const Choice& choice : attribute->choices) options.emplace_back(choice.id, choice.label);
    } else if (id == "style") {
        for (const Style& style : styles().all()) options.emplace_back(style.name, style.label);
    } else if (id == "light") {
        options.emplace_back(own_light, own_light);
        for (const LightPreset& preset : light_presets()) options.emplace_back(preset.label, preset.label);
    } else if (id == "backdrop.kind") {
        for (const auto& [kind, label] : backdrop_kinds) options.emplace_back(kind, label);
    } else if (id == "frame.shape") {
        options = {{"square", "Square"}, {"circle", "Circle"}};
    }
    return options;
}

// They never change, and are asked for in every frame.
std::span<const Option> options_of(const std::string& id) {
    static std::map<std::string, std::vector<Option>> known;
    const auto found = known.find(id);
    return found != known.end() ? found->second : known.emplace(id, listed(id)).first->second;
}

// "hair.curl" is the schema's "Curl" in "Hair"; "light.from" has no entry there.
std::string name_of(const std::string& id) {
    if (const Attribute* attribute = schema().find(id)) return attribute->label;
    if (const Dial* dial = dial_of(id)) return dial->label;
    std::string name = id == "backdrop.kind" ? "backdrop" : id;
    std::ranges::replace(name, '.', ' ');
    std::ranges::replace(name, '_', ' ');
    if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
}

json present(const Recipe& recipe, const std::string& id, const json& said) {
    if (id == "style") return recipe.style.name;
    if (id == "backdrop.kind") return recipe.backdrop.kind;
    if (id == "frame.shape") return recipe.frame.shape;
    if (id == "light") {
        if (recipe.light.canonical) return own_light;
        const auto same = std::ranges::find(light_presets(), recipe.light, &LightPreset::mix);
        if (same != light_presets().end()) return same->label;
        // The words' own light of that name is as good as the preset.
        const auto named = std::ranges::find_if(light_presets(), [&](const LightPreset& preset) {
            return said.is_string() && plain(preset.label) == plain(said.get<std::string>());
        });
        return named == light_presets().end() ? said : json(named->label);
    }
    if (const Dial* dial = dial_of(id)) {
        Recipe copy = recipe;
        return tidy_number(dial->of(copy));
    }
    if (id == "light.from" && !recipe.light.canonical && !recipe.light.sources.empty())
        return tidy_number(recipe.light.sources[0].azimuth_deg);
    if (const auto* colour = colour_at(recipe, id))
        return std::round(static_cast<double>(hue_saturation_value(*colour)[0]) * 360);
    const auto found = recipe.set.find(id);
    return found == recipe.set.end() ? said : found->second;
}

std::string text_of(const Recipe& recipe, const std::string& id, const json& value) {
    if (id == "light.from" && !recipe.light.sources.empty()) return direction_of(recipe.light.sources[0]);
    if (const auto* colour = colour_at(recipe, id)) return hex_of(*colour);
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        for (const auto& [option, label] : options_of(id)) {
            if (option == text) return label;
        }
        std::string spaced = text;
        std::ranges::replace(spaced, '_', ' ');
        return spaced;
    }
    if (!value.is_number()) return {};
    const auto number = value.get<float>();
    if (const Attribute* attribute = schema().find(id)) {
        return shown(number, static_cast<float>(attribute->min), static_cast<float>(attribute->max),
                     attribute->unit);
    }
    if (const Dial* dial = dial_of(id)) return shown(number, dial->min, dial->max, dial->unit);
    return value.dump();
}

}  // namespace

Turning turning_of(const Chip& chip) {
    using Kind = Turning::Kind;
    const std::string& id = chip.attribute;
    if (expresses(chip)) return {Kind::number, 0, 2, false, "How strong", "", {}};
    if (const Attribute* attribute = schema().find(id); attribute != nullptr) {
        if (attribute->type == Attribute::Type::number)
            return {Kind::number,
                    attribute->min,
                    attribute->max,
                    attribute->circular,
                    attribute->label,
                    attribute->unit,
                    {}};
        if (attribute->type == Attribute::Type::vector) return {};
    }
    if (const Dial* dial = dial_of(id))
        return {Kind::number, dial->min, dial->max, false, dial->label, dial->unit, {}};
    if (id == "light.from") return {Kind::number, -180, 180, true, "Light from", "deg", {}};
    if (id == "light.colour" || id == "backdrop.colour" || id == "backdrop.colour2")
        return {Kind::number, 0, 360, true, name_of(id) + ", hue", "deg", {}};
    const std::span<const Option> options = options_of(id);
    if (options.empty()) return {};
    return {Kind::choice, 0, 1, false, name_of(id), "", options};
}

json value_of(const Recipe& recipe, const Chip& chip) {
    if (expresses(chip)) return chip.turned.is_number() ? chip.turned : json(1);
    return present(recipe, chip.attribute, chip.says.value(chip.attribute, json()));
}

Recipe with_turned(const Recipe& recipe, const Chip& chip, const json& value) {
    const std::string& id = chip.attribute;
    Recipe out = recipe;
    if (expresses(chip)) {
        if (!value.is_number()) return out;
        for (const auto& [one, said] : chip.says.items()) {
            const Attribute& attribute = *schema().find(one);
            const double to =
                attribute.initial + (said.get<double>() - attribute.initial) * value.get<double>();
            out = with_value(out, attribute,
                             std::round(std::clamp(to, attribute.min, attribute.max) * 100) / 100);
        }
        return out;
    }
    if (const Attribute* attribute = schema().find(id)) return with_value(recipe, *attribute, value);
    const std::string text = value.is_string() ? value.get<std::string>() : std::string();
    const double number = value.is_number() ? value.get<double>() : 0;
    if (id == "style") {
        out.style = {};
        out.style.name = text;
    } else if (id == "backdrop.kind") {
        out.backdrop.kind = text;
    } else if (id == "frame.shape") {
        out.frame.shape = text;
    } else if (id == "light") {
        if (const LightPreset* preset = light_preset(text)) out.light = preset->mix;
        if (text == own_light) out.light = {};
    } else if (const Dial* dial = dial_of(id)) {
        dial->of(out) = static_cast<float>(number);
    } else if (id == "light.from" && value.is_number() && !out.light.canonical &&
               !out.light.sources.empty()) {
        out.light.sources[0].azimuth_deg = static_cast<float>(number);
    } else if (std::array<float, 3>* colour = value.is_number() ? colour_at(out, id) : nullptr) {
        *colour = in_hue(*colour, number);
        if (id == "light.colour") {
            for (LightSource& source : out.light.sources) source.colour = *colour;
        }
    }
    return out;
}

json dragged(const Chip& chip, const json& value, float way) {
    const Turning turning = turning_of(chip);
    if (turning.kind == Turning::Kind::number) {
        if (!value.is_number()) return value;
        const double range = turning.max - turning.min;
        double to = value.get<double>() + range * static_cast<double>(way / whole_range);
        if (turning.round) to = turning.min + std::fmod(std::fmod(to - turning.min, range) + range, range);
        to = std::clamp(to, turning.min, turning.max);
        const double grain = turning.unit == "years" || turning.unit == "deg" ? 1 : 100;
        return std::round(to * grain) / grain;
    }
    const std::span<const Option> options = turning.options;
    if (!value.is_string() || options.empty()) return value;
    const std::string text = value.get<std::string>();
    auto found = std::ranges::find(options, text, &Option::first);
    const auto steps = static_cast<int>(way / one_option);
    if (found == options.end()) {  // a light that only words have: on from the first that has a name here
        if (steps == 0) return value;
        found = options.begin();
    }
    const int at = static_cast<int>(found - options.begin()) + steps;
    return options[static_cast<std::size_t>(std::clamp(at, 0, static_cast<int>(options.size()) - 1))].first;
}

std::string meaning_of(const Recipe& recipe, const Chip& chip) {
    std::string meaning;
    for (const auto& [id, said] : chip.says.items()) {
        const std::string text = text_of(recipe, id, present(recipe, id, said));
        meaning += (meaning.empty() ? "" : ", ") + name_of(id) + (text.empty() ? "" : " " + text);
    }
    return meaning.size() > 80 ? name_of(chip.attribute) : meaning;
}

}  // namespace limner::studio
