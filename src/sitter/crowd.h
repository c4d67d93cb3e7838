// A crowd: a small JSON that names as many people as anybody likes. Person i of it is a recipe, the same everywhere.
//
//   {"crowd":1, "seed":"team", "mix":"balanced",
//    "facets":{"age":[25,45], "glasses.style":["round","oval"]},
//    "light":[null,{"lights":[…]}], "backdrop":[…], "style":[{"name":"ink"}],
//    "base":{"backdrop":{"kind":"plain"},"set":{"clothes.style":"shirt"}},
//    "kin":{"how":"breed","of":[recipe, recipe],"amount":0.2,"locks":["hair"]}}
//
// Person i has the seed "team/i", what `base` says, and a value for everything the facets narrow, drawn from the schema's
// priors cut down to the facet. A facet on something that depends on other things (a full beard) draws those as they are
// among the people who have it. Everything else follows from the seed.
//
// Mixes. "balanced" takes what others depend on and what depends on nothing (age, presentation, skin tone, smile) evenly:
// of any ten people 10k … 10k+9 one has each tenth of the prior, or of the facet. "chance" draws everyone independently.
// "world" and its regions are balanced too, but with the ages and sexes of that population (sitter/mixes.h).
#pragma once
#include "base/result.h"
#include "recipe/recipe.h"
#include "sitter/breed.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace limner {

struct Facet {
    double low = 0, high = 0;  // of a number, within its range
    std::vector<int> choices;  // of a choice: options that are let in, rising

    bool operator==(const Facet&) const = default;
};

// Where people come from, when not from the priors.
struct Kin {
    std::string
        how;  // "" strangers | "similar" near of[0] | "mix" averages of all | "breed" children of two of them
    std::vector<Recipe> of;  // 1 | 2..16 | 2..16
    double amount = 0.3;     // 0..1: how far from them, how much mutation
    Locks locks;

    bool operator==(const Kin&) const = default;
};

struct Crowd {
    std::string seed = "crowd";           // up to 100 bytes
    std::string mix = "balanced";         // one of mixes()
    std::map<std::string, Facet> facets;  // by attribute id
    // Each person gets one of these; empty: what the base has.
    std::vector<LightMix> lights;
    std::vector<Backdrop> backdrops;
    std::vector<StyleChoice> styles;
    Recipe base;  // its seed is not used
    Kin kin;

    bool operator==(const Crowd&) const = default;
};

inline constexpr std::uint64_t kMostPeople = 1'000'000'000;  // numbers of people end below this

// At most 512 KiB. Refused with a sentence naming the place: crowd.size, crowd.json, crowd.version, crowd.type,
// crowd.range, crowd.unknown, crowd.kin, and parse_recipe's for what is written in a recipe's words.
Result<Crowd> parse_crowd(std::string_view json);
// Canonical text; parse(print(c)) == c for every c that parse_crowd gave.
std::string print_crowd(const Crowd& crowd);

// Person `index` of the crowd. Takes some tens of microseconds.
Recipe crowd_recipe(const Crowd& crowd, std::uint64_t index);

// How many people of [from, to) have what: added to `tally`.
struct Tally {
    static constexpr int bins = 24;  // equal parts of a number's range
    int people = 0;
    std::vector<std::vector<int>>
        counts;  // by attribute: a number's bins, a choice's options, empty for a vector
    std::vector<std::pair<LightMix, int>> lights;
    std::map<std::string, int> backdrops, styles;  // by kind, by name

    int with(const LightMix& light) const;
};
void count_people(const Crowd& crowd, std::uint64_t from, std::uint64_t to, Tally& tally);

// Crowds somebody may want to start from; src/sitter/crowds.json.
struct CrowdPreset {
    std::string id, label, help;
    int count = 0;  // as many people as it is meant for; 0: no end
    Crowd crowd;
};
std::span<const CrowdPreset> crowd_presets();

}  // namespace limner
