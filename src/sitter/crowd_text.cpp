// Crowds as JSON: read from strangers, written canonically; and the crowds to start from.
#include "base/json_text.h"
#include "base/sort_few.h"
#include "recipe/schema.h"
#include "sitter/crowd.h"
#include "sitter/mixes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace limner {

extern const std::string_view kCrowdPresets;  // src/sitter/crowds.json, embedded by CMakeLists.txt

namespace {

using nlohmann::json;

constexpr std::size_t kLongestSeed =
    100;  // "/" and nine digits follow; a recipe's seed has at most 128 bytes
constexpr std::size_t kMostOptions = 64, kMostKin = 16;

std::string shown(const json& value) {
    std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > 40) text = text.substr(0, 37) + "...";
    return text;
}

Error wrong(const char* kind, std::string sentence) {
    return {std::string("crowd.") + kind, std::move(sentence)};
}

std::string mix_names() {
    std::string names;
    for (const Mix& mix : mixes()) names += (names.empty() ? "" : ", ") + mix.id;
    return names;
}

Result<Facet> read_facet(const Attribute& attribute, const json& given) {
    if (attribute.type == Attribute::Type::vector)
        return wrong("type",
                     "The facet " + attribute.id + " is many numbers at once; it cannot be narrowed.");
    Facet facet;
    if (attribute.type == Attribute::Type::choice) {
        if (!given.is_array() || given.empty())
            return wrong("type", "The facet " + attribute.id + " must be a list of options.");
        for (const json& option : given) {
            const Result<json> kept = check_value(attribute, option);
            if (!kept) return kept.error();
            for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
                if (*kept == attribute.choices[i].id) facet.choices.push_back(static_cast<int>(i));
            }
        }
        sort_few(facet.choices);
        facet.choices.erase(std::ranges::unique(facet.choices).begin(), facet.choices.end());
        return facet;
    }
    if (!given.is_array() || given.size() != 2)
        return wrong("type",
                     "The facet " + attribute.id + " must be two numbers, the lowest and the highest.");
    for (const json& end : given) {
        const Result<json> kept = check_value(attribute, end);
        if (!kept) return kept.error();
    }
    facet.low = check_value(attribute, given[0])->get<double>();
    facet.high = check_value(attribute, given[1])->get<double>();
    if (facet.low > facet.high)
        return wrong("range", "The facet " + attribute.id + " goes from " + shown(given[0]) + " down to " +
                                  shown(given[1]) + "; the lower number comes first.");
    return facet;
}

// What lets everybody in says nothing.
bool says_something(const Attribute& attribute, const Facet& facet) {
    if (attribute.type == Attribute::Type::choice) return facet.choices.size() < attribute.choices.size();
    return facet.low > attribute.min || facet.high < attribute.max;
}

std::optional<Error> read_facets(const json& given, Crowd& crowd) {
    if (!given.is_object()) return wrong("type", "facets must be an object in braces.");
    for (const auto& [id, value] : given.items()) {
        const Attribute* attribute = schema().find(id);
        if (!attribute) return wrong("unknown", "There is no facet called " + shown(json(id)) + ".");
        Result<Facet> facet = read_facet(*attribute, value);
        if (!facet) return facet.error();
        if (says_something(*attribute, *facet)) crowd.facets[id] = *std::move(facet);
    }
    return std::nullopt;
}

// Options in a recipe's own words; null is what a recipe has that says nothing.
template <class Option>
std::optional<Error> read_options(const json& given, const char* part, Option Recipe::* member,
                                  std::vector<Option>& into) {
    if (!given.is_array())
        return wrong("type", std::string(part) + " must be a list; each person gets one of it.");
    if (given.size() > kMostOptions)
        return wrong("range",
                     std::string(part) + " has more than " + std::to_string(kMostOptions) + " entries.");
    for (const json& one : given) {
        json recipe = json::object();
        if (!one.is_null()) recipe[part] = one;
        const Result<Recipe> read = parse_recipe(recipe.dump(-1, ' ', true, json::error_handler_t::replace));
        if (!read) return read.error();
        into.push_back((*read).*member);
    }
    return std::nullopt;
}

std::optional<Error> read_kin(const json& given, Kin& kin) {
    if (!given.is_object()) return wrong("type", "kin must be an object in braces.");
    for (const auto& [key, value] : given.items()) {
        if (key == "how") {
            if (value != "similar" && value != "mix" && value != "breed")
                return wrong("kin", "kin.how is " + shown(value) + "; it is one of similar, mix, breed.");
            kin.how = value.get<std::string>();
        } else if (key == "of") {
            if (!value.is_array()) return wrong("type", "kin.of must be a list of recipes.");
            for (const json& one : value) {
                const Result<Recipe> read =
                    parse_recipe(one.dump(-1, ' ', true, json::error_handler_t::replace));
                if (!read) return read.error();
                kin.of.push_back(*read);
                if (kin.of.size() > kMostKin) break;
            }
        } else if (key == "amount") {
            if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= 1))
                return wrong("range", "kin.amount is " + shown(value) + "; it goes from 0 to 1.");
            kin.amount = tidy_number(value.get<float>()).get<double>();
        } else if (key == "locks") {
            if (!value.is_array()) return wrong("type", "kin.locks must be a list of names.");
            for (const json& lock : value) {
                const std::string name = lock.is_string() ? lock.get<std::string>() : std::string();
                const bool group =
                    std::ranges::any_of(schema().groups, [&](const Group& g) { return g.id == name; });
                if (!group && !schema().find(name))
                    return wrong("unknown", "There is nothing called " + shown(lock) + " to lock.");
                kin.locks.insert(name);
            }
        } else {
            return wrong("unknown", "kin has no part called " + shown(json(key)) + ".");
        }
    }
    const std::size_t least = kin.how == "similar" ? 1 : 2, most = kin.how == "similar" ? 1 : kMostKin;
    if (kin.how.empty()) return wrong("kin", "kin must say how: similar, mix or breed.");
    if (kin.of.size() < least || kin.of.size() > most)
        return wrong("kin", kin.how == "similar" ? "Similar people are similar to one recipe in kin.of."
                                                 : "To " + kin.how + ", kin.of must have 2 to 16 recipes.");
    return std::nullopt;
}

std::optional<Error> read_part(const std::string& key, const json& value, Crowd& crowd) {
    if (key == "crowd") {
        if (value != 1)
            return wrong("version",
                         "This crowd is of version " + shown(value) + "; this Limner reads version 1.");
    } else if (key == "seed") {
        if (!value.is_string()) return wrong("type", "seed must be a text, not " + shown(value) + ".");
        crowd.seed = value.get<std::string>();
        if (crowd.seed.size() > kLongestSeed)
            return wrong("range",
                         "The seed of a crowd may have at most " + std::to_string(kLongestSeed) + " bytes.");
    } else if (key == "mix") {
        if (!value.is_string() || find_mix(value.get_ref<const std::string&>()) == nullptr)
            return wrong("range", "mix is " + shown(value) + "; it is one of " + mix_names() + ".");
        crowd.mix = value.get<std::string>();
    } else if (key == "facets") {
        return read_facets(value, crowd);
    } else if (key == "light") {
        return read_options(value, "light", &Recipe::light, crowd.lights);
    } else if (key == "backdrop") {
        return read_options(value, "backdrop", &Recipe::backdrop, crowd.backdrops);
    } else if (key == "style") {
        return read_options(value, "style", &Recipe::style, crowd.styles);
    } else if (key == "base") {
        if (value.is_object() && value.contains("seed"))
            return wrong("unknown", "base has a seed; people of a crowd have seeds of their own.");
        const Result<Recipe> read = parse_recipe(value.dump(-1, ' ', true, json::error_handler_t::replace));
        if (!read) return read.error();
        crowd.base = *read;
    } else if (key == "kin") {
        return read_kin(value, crowd.kin);
    } else {
        return wrong("unknown", "A crowd has no part called " + shown(json(key)) + ".");
    }
    return std::nullopt;
}

json as_json(const Recipe& recipe) { return json::parse(print_recipe(recipe), nullptr, false); }

template <class Option>
void print_options(json& root, const char* part, Option Recipe::* member,
                   const std::vector<Option>& options) {
    for (const Option& option : options) {
        Recipe recipe;
        recipe.*member = option;
        const json printed = as_json(recipe);
        root[part].push_back(printed.contains(part) ? printed[part] : json(nullptr));
    }
}

json printed_kin(const Kin& kin) {
    json out{
        {"how", kin.how}, {"of", json::array()}, {"amount", tidy_number(static_cast<float>(kin.amount))}};
    for (const Recipe& recipe : kin.of) out["of"].push_back(as_json(recipe));
    if (!kin.locks.empty()) out["locks"] = kin.locks;
    return out;
}

}  // namespace

Result<Crowd> parse_crowd(std::string_view text) {
    const Result<json> read = read_json_object(text, 512 * 1024, "This crowd", "crowd");
    if (!read) return read.error();
    Crowd crowd;
    for (const auto& [key, value] : read->items()) {
        if (const auto error = read_part(key, value, crowd)) return *error;
    }
    crowd.base.seed = Recipe{}.seed;
    if (!crowd.kin.of.empty() && !crowd.facets.empty())
        return wrong("kin", "Relatives have no facets; lock what should stay instead.");
    for (const auto& [id, facet] : crowd.facets) {
        if (crowd.base.set.contains(id))
            return wrong("range", id + " is both a facet and fixed by the base; it can be only one of them.");
    }
    return crowd;
}

std::string print_crowd(const Crowd& crowd) {
    json root{{"crowd", 1}, {"seed", crowd.seed}};
    if (crowd.mix != Crowd{}.mix) root["mix"] = crowd.mix;
    for (const auto& [id, facet] : crowd.facets) {
        json& out = root["facets"][id];
        if (facet.choices.empty()) {
            out = {tidy_number(static_cast<float>(facet.low)), tidy_number(static_cast<float>(facet.high))};
            continue;
        }
        for (const int i : facet.choices)
            out.push_back(schema().find(id)->choices[static_cast<std::size_t>(i)].id);
    }
    print_options(root, "light", &Recipe::light, crowd.lights);
    print_options(root, "backdrop", &Recipe::backdrop, crowd.backdrops);
    print_options(root, "style", &Recipe::style, crowd.styles);
    json base = as_json(crowd.base);
    base.erase("limner");
    base.erase("seed");
    if (!base.empty()) root["base"] = base;
    if (!crowd.kin.of.empty()) root["kin"] = printed_kin(crowd.kin);
    return root.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::span<const CrowdPreset> crowd_presets() {
    static const std::vector<CrowdPreset> presets = [] {
        std::vector<CrowdPreset> made;
        const json list = json::parse(kCrowdPresets, nullptr, false);
        for (const json& one : list) {
            const Result<Crowd> crowd = parse_crowd(one.value("crowd", json::object()).dump());
            if (!crowd) {
                std::fprintf(stderr, "%s\n", crowd.error().sentence.c_str());
                std::abort();
            }
            made.push_back({one.value("id", ""), one.value("label", ""), one.value("help", ""),
                            one.value("count", 0), *crowd});
        }
        return made;
    }();
    return presets;
}

}  // namespace limner
