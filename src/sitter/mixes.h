// Mixes: what share of a crowd is how old, how feminine, and so on, when a crowd's facets do not say.
//
// "balanced" and "chance" spread people as the schema's priors do. The others are regions of the world: ages, and how many of each
// age are women, are as the United Nations counted them (src/sitter/populations.json). Whatever nobody has counted on the
// schema's scales stays as in "balanced": skin tone above all. docs/CROWD.md says where the numbers end.
#pragma once
#include "sitter/prior.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace limner {

struct Mix {
    std::string id, label, help;
    bool even =
        true;  // of ten people one comes from each tenth of a prior; else everybody is drawn on their own
    std::map<std::size_t, Prior> priors;  // by attribute: instead of the schema's
};

std::span<const Mix> mixes();
// Null where there is none of this name.
const Mix* find_mix(std::string_view id);

}  // namespace limner
