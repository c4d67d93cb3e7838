#include "studio/edit.h"

#include <cmath>
#include <cstdint>
#include <utility>

namespace limner::studio {
namespace {

std::uint64_t fnv(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

// Four decimals are finer than any slider and keep links short.
double written(float number) { return std::round(static_cast<double>(number) * 1e4) / 1e4; }

// Priors refer to earlier attributes: whoever moves one has to write down what should not follow.
void write_down(Recipe& recipe, const Sitter& sitter, std::size_t index) {
    const Attribute& attribute = schema().attributes[index];
    recipe.set[attribute.id] = value_json(attribute, sitter.values[index]);
}

}  // namespace

nlohmann::json value_json(const Attribute& attribute, const Value& value) {
    if (attribute.type == Attribute::Type::choice) {
        return attribute.choices[static_cast<std::size_t>(value.choice)].id;
    }
    nlohmann::json numbers = nlohmann::json::array();
    for (const float number : value.numbers) numbers.push_back(written(number));
    return attribute.type == Attribute::Type::vector ? numbers : numbers.front();
}

bool same(const Recipe& a, const Recipe& b) { return print_recipe(a) == print_recipe(b); }

Recipe with_value(const Recipe& recipe, const Attribute& attribute, nlohmann::json value) {
    Recipe out = recipe;
    out.set[attribute.id] = std::move(value);
    return out;
}

Recipe without_value(const Recipe& recipe, std::string_view attribute) {
    Recipe out = recipe;
    out.set.erase(std::string(attribute));
    return out;
}

std::string next_seed(std::string_view seed, unsigned turn) {
    static constexpr std::string_view consonants = "bdfghklmnprstvz";
    static constexpr std::string_view vowels = "aeiou";
    std::uint64_t hash = fnv(std::string(seed) + '/' + std::to_string(turn));
    std::string word;
    for (int i = 0; i < 4; ++i) {
        word += consonants[hash % consonants.size()];
        hash /= consonants.size();
        word += vowels[hash % vowels.size()];
        hash /= vowels.size();
    }
    return word + std::to_string(hash % 1000);
}

Recipe rolled(const Recipe& recipe, const Locks& locks, std::string_view seed) {
    Recipe out = recipe;
    out.seed = seed;
    out.set.clear();
    const Sitter sitter = sit(recipe);
    const auto& attributes = schema().attributes;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (locks.contains(attributes[i].id)) write_down(out, sitter, i);
    }
    return out;
}

Recipe rolled_group(const Recipe& recipe, std::string_view group, const Locks& locks, std::string_view seed) {
    const auto& attributes = schema().attributes;
    const auto moves = [&](const Attribute& a) { return a.group == group && !locks.contains(a.id); };

    // Everything outside the group is pinned, so that the group's priors are conditioned by this person.
    const Sitter now = sit(recipe);
    Recipe draw = recipe;
    draw.seed = seed;
    draw.set.clear();
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (!moves(attributes[i])) write_down(draw, now, i);
    }
    const Sitter drawn = sit(draw);

    Recipe out = recipe;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (moves(attributes[i])) write_down(out, drawn, i);
    }
    // Later attributes are conditioned by these; keep the rest of the person as it was.
    const Sitter after = sit(out);
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (moves(attributes[i])) continue;
        if (value_json(attributes[i], after.values[i]) != value_json(attributes[i], now.values[i])) {
            write_down(out, now, i);
        }
    }
    return out;
}

std::vector<Recipe> variations(const Recipe& recipe, const Locks& locks, float radius, unsigned turn) {
    std::vector<Recipe> out;
    for (int i = 0; i < 9; ++i) {
        const std::string seed = next_seed(recipe.seed, turn) + '/' + std::to_string(i);
        out.push_back(variation(recipe, static_cast<double>(radius), locks, seed));
    }
    return out;
}

std::string difference(const Recipe& before, const Recipe& after) {
    if (before.seed != after.seed) return "New person";
    int count = 0;
    std::string last;
    for (const Attribute& attribute : schema().attributes) {
        const auto a = before.set.find(attribute.id), b = after.set.find(attribute.id);
        const bool had = a != before.set.end(), has = b != after.set.end();
        if (had == has && (!had || a->second == b->second)) continue;
        ++count;
        last = attribute.label;
    }
    if (count == 1) return last;
    if (count > 1) return std::to_string(count) + " changes";
    Recipe probe = before;
    probe.light = after.light;
    if (same(probe, after)) return "Light";
    probe = before;
    probe.backdrop = after.backdrop;
    if (same(probe, after)) return "Backdrop";
    probe = before;
    probe.style = after.style;
    if (same(probe, after)) return "Style";
    return "Finish";
}

}  // namespace limner::studio
