#include "studio/words.h"

#include "finish/style.h"
#include "studio/studio.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

namespace limner::studio {
namespace {

using nlohmann::json;

constexpr float whole_range = 240;  // pixels from one end of a number to the other
constexpr float one_option = 28;

// "hair.curl" is the schema's "Curl" in "Hair"; "light.from" has no entry there.
std::string name_of(const std::string& id) {
    if (const Attribute* attribute = schema().find(id)) return attribute->label;
    std::string name = id;
    std::ranges::replace(name, '.', ' ');
    std::ranges::replace(name, '_', ' ');
    if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
}

std::string text_of(const std::string& id, const json& value) {
    const Attribute* attribute = schema().find(id);
    if (value.is_number() && attribute != nullptr) {
        return shown(value.get<float>(), static_cast<float>(attribute->min),
                     static_cast<float>(attribute->max), attribute->unit);
    }
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        if (const Style* style = id == "style" ? styles().find(text) : nullptr) return style->label;
        if (attribute == nullptr) return text;
        for (const Choice& choice : attribute->choices) {
            if (choice.id == text) return choice.label;
        }
        return text;
    }
    return value.is_number() ? value.dump() : std::string();
}

// What a chip can step through.
std::vector<std::string> options_of(const std::string& id) {
    std::vector<std::string> options;
    if (const Attribute* attribute = schema().find(id)) {
        for (const Choice& choice : attribute->choices) options.push_back(choice.id);
    } else if (id == "style") {
        for (const Style& style : styles().all()) options.push_back(style.name);
    }
    return options;
}

json present(const Studio& studio, const std::string& id, const json& said) {
    if (id == "style") return studio.recipe.style.name;
    const auto found = studio.recipe.set.find(id);
    return found == studio.recipe.set.end() ? said : found->second;
}

Recipe placed(const Recipe& recipe, const std::string& id, const json& value) {
    if (const Attribute* attribute = schema().find(id)) return with_value(recipe, *attribute, value);
    Recipe out = recipe;
    out.style = {};
    out.style.name = value.is_string() ? value.get<std::string>() : std::string();
    return out;
}

// `fresh` with what `now` has other than `was`.
json merged(const json& was, const json& fresh, const json& now) {
    if (was == now) return fresh;
    if (was == fresh || !was.is_object() || !fresh.is_object() || !now.is_object()) return now;
    json out = now;
    for (const json* side : {&was, &fresh}) {
        for (const auto& [key, value] : side->items()) {
            json one = merged(was.value(key, json()), fresh.value(key, json()), now.value(key, json()));
            if (one.is_null()) {
                out.erase(key);
            } else {
                out[key] = std::move(one);
            }
        }
    }
    return out;
}

Recipe merged(const Recipe& was, const Recipe& fresh, const Recipe& now) {
    const auto told = [](const Recipe& recipe) { return json::parse(print_recipe(recipe), nullptr, false); };
    const Result<Recipe> both = parse_recipe(merged(told(was), told(fresh), told(now)).dump());
    return both ? *both : now;
}

void read(Studio& studio, const std::string& text) {
    WordsBox& box = studio.words;
    const Words words = limner::words(text, box.base, box.language, box.taken_back);
    const auto piece = [&](const Span& span) { return text.substr(span.begin, span.end - span.begin); };
    const std::vector<Chip> before = std::exchange(box.understood, {});
    box.text = box.read = text;
    box.read_in = words.lang;
    box.unused.clear();
    box.refused.clear();
    if (words.refused) {
        box.refused = words.refused->sentence;
        notify(studio, box.refused, true);
        return;
    }
    Recipe fresh = words.recipe;
    for (const Understood& one : words.understood) {
        Chip chip{one.span, piece(one.span), one.attribute,
                  one.value.is_object() ? one.value : json{{one.attribute, one.value}}, json()};
        for (const Chip& old : before) {
            if (old.span.begin == one.span.begin && old.attribute == one.attribute) chip.turned = old.turned;
        }
        if (!chip.turned.is_null()) fresh = placed(fresh, chip.attribute, chip.turned);
        box.understood.push_back(std::move(chip));
    }
    for (const Span& span : words.unused) box.unused.push_back(piece(span));
    adopt(studio, merged(box.gave, fresh, studio.recipe), "In words");
    box.gave = std::move(fresh);
}

}  // namespace

void understand(Studio& studio, const std::string& text) {
    WordsBox& box = studio.words;
    box.base = box.gave = studio.recipe;
    box.taken_back.clear();
    box.understood.clear();
    read(studio, text);
}

void understand_again(Studio& studio) {
    const WordsBox& box = studio.words;
    if (!box.read.empty() && limner::words(box.read, box.base, box.language).lang != box.read_in)
        read(studio, std::string(box.read));
}

void take_back(Studio& studio, std::size_t chip) {
    WordsBox& box = studio.words;
    if (chip >= box.understood.size()) return;
    box.taken_back.push_back(box.understood[chip].span);
    const std::string typing = box.text;  // the field may hold something new by now
    read(studio, std::string(box.read));
    box.text = typing;
}

std::string meaning_of(const Studio& studio, const Chip& chip) {
    std::string meaning;
    for (const auto& [id, said] : chip.says.items()) {
        const std::string text = text_of(id, present(studio, id, said));
        meaning += (meaning.empty() ? "" : ", ") + name_of(id) + (text.empty() ? "" : " " + text);
    }
    return meaning.size() > 80 ? name_of(chip.attribute) : meaning;
}

json value_of(const Studio& studio, const Chip& chip) {
    return present(studio, chip.attribute, chip.says.value(chip.attribute, json()));
}

bool turns(const Chip& chip) {
    const Attribute* attribute = schema().find(chip.attribute);
    return attribute != nullptr ? attribute->type != Attribute::Type::vector : chip.attribute == "style";
}

json turned(const Chip& chip, const json& value, float way) {
    const Attribute* attribute = schema().find(chip.attribute);
    if (attribute != nullptr && attribute->type == Attribute::Type::number) {
        if (!value.is_number()) return value;
        const double range = attribute->max - attribute->min;
        double to = value.get<double>() + range * static_cast<double>(way / whole_range);
        if (attribute->circular)
            to = attribute->min + std::fmod(std::fmod(to - attribute->min, range) + range, range);
        to = std::clamp(to, attribute->min, attribute->max);
        const double grain = attribute->unit == "years" || attribute->unit == "deg" ? 1 : 100;
        return std::round(to * grain) / grain;
    }
    const std::vector<std::string> options = options_of(chip.attribute);
    const auto found = std::ranges::find(options, value.is_string() ? value.get<std::string>() : "");
    if (found == options.end()) return value;
    const auto at = static_cast<int>(found - options.begin()) + static_cast<int>(way / one_option);
    return options[static_cast<std::size_t>(std::clamp(at, 0, static_cast<int>(options.size()) - 1))];
}

void turn(Studio& studio, std::size_t chip, const json& value) {
    WordsBox& box = studio.words;
    if (chip >= box.understood.size() || !turns(box.understood[chip])) return;
    Chip& it = box.understood[chip];
    // Another hand's value may be none at all.
    const Result<Recipe> next = parse_recipe(print_recipe(placed(studio.recipe, it.attribute, value)));
    if (!next) return;
    it.turned = value;
    box.gave = placed(box.gave, it.attribute, value);
    edit(studio, *next);
}

std::string words_state(const Studio& studio) {
    const WordsBox& box = studio.words;
    json out{{"refused", box.refused}, {"understood", json::array()}, {"unused", box.unused}};
    for (const Chip& chip : box.understood) {
        out["understood"].push_back(
            {{"words", chip.words}, {"attribute", chip.attribute}, {"value", value_of(studio, chip)}});
    }
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace limner::studio
