#include "sitter/mixes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace limner {

extern const std::string_view kPopulations;  // src/sitter/populations.json, embedded by CMakeLists.txt

namespace {

using nlohmann::json;

// How many women and men a population has, by age: in the k-th group those of `first_age + k * years` and up.
struct Population {
    double first_age = 0, years = 0;
    std::vector<double> women, men;

    double from(std::size_t k) const { return first_age + static_cast<double>(k) * years; }
};

Population& operator+=(Population& sum, const Population& other) {
    sum.first_age = other.first_age;
    sum.years = other.years;
    sum.women.resize(other.women.size());
    sum.men.resize(other.men.size());
    for (std::size_t k = 0; k < other.women.size(); ++k) {
        sum.women[k] += other.women[k];
        sum.men[k] += other.men[k];
    }
    return sum;
}

// Within a group every age is as frequent; of the first one only the adults count.
json ages(const Population& population, const Attribute& age) {
    json mixture = json::array();
    for (std::size_t k = 0; k < population.women.size(); ++k) {
        const double from = std::max(population.from(k), age.min),
                     to = std::min(population.from(k) + population.years, age.max);
        if (!(from < to)) continue;
        const double people = population.women[k] + population.men[k];
        mixture.push_back({people * (to - from) / population.years, {{"uniform", {from, to}}}});
    }
    return {{"mixture", mixture}};
}

// The schema's prior with its feminine and its masculine parts weighed as women and men are at that age. Sex is what has been
// counted; that presentation follows it is an assumption, and parts that lie between the two keep their weight.
json presentations(const Population& population, const Attribute& presentation) {
    json middle = json::array(), women = json::array(), men = json::array();
    for (std::size_t k = 0; k < population.women.size(); ++k) {
        const double share = population.women[k] / (population.women[k] + population.men[k]);
        middle.push_back(population.from(k) + population.years / 2);
        women.push_back(2 * share);
        men.push_back(2 * (1 - share));
    }
    json prior = presentation.prior;
    for (json& part : prior["mixture"]) {
        const double from = part[1]["uniform"][0].get<double>(), to = part[1]["uniform"][1].get<double>(),
                     half = (presentation.min + presentation.max) / 2;
        if (from < half && to > half) continue;
        const json by_age{{"by", "age"}, {"at", middle}, {"is", to <= half ? women : men}};
        part[0] = json{{"product", {part[0], by_age}}};
    }
    return prior;
}

Prior compiled(Attribute attribute, json prior) {
    attribute.prior = std::move(prior);
    Result<Prior> made = compile_prior(attribute, schema());
    if (!made) {
        std::fprintf(stderr, "%s\n", made.error().sentence.c_str());
        std::abort();
    }
    return *std::move(made);
}

Mix as_in(std::string id, const std::string& label, const Population& population) {
    Mix mix{std::move(id),
            "As in " + label,
            "Ages, and women and men of each age, as in " + label +
                " (United Nations, 2020). Skin tones and all else as in balanced: nobody has counted them.",
            true,
            {}};
    const auto replace = [&](const char* name, const auto& prior_of) {
        const Attribute& attribute = *schema().find(name);
        mix.priors[static_cast<std::size_t>(schema().index(name))] =
            compiled(attribute, prior_of(population, attribute));
    };
    replace("age", ages);
    replace("presentation", presentations);
    return mix;
}

}  // namespace

std::span<const Mix> mixes() {
    static const std::vector<Mix> all = [] {
        std::vector<Mix> made{
            {"balanced",
             "Balanced",
             "Of every ten people one comes from each tenth of the ages, skin tones, presentations and "
             "smiles.",
             true,
             {}},
            {"chance", "By chance", "Everybody is drawn on their own, as the dice fall.", false, {}}};
        const json file = json::parse(kPopulations, nullptr, false);
        std::vector<Mix> regions;
        Population world;
        for (const json& one : file["regions"]) {
            const Population population{file["first_age"].get<double>(), file["years"].get<double>(),
                                        one["women"].get<std::vector<double>>(),
                                        one["men"].get<std::vector<double>>()};
            world += population;
            regions.push_back(as_in(one.value("id", ""), one.value("label", ""), population));
        }
        made.push_back(as_in("world", "the world", world));
        std::ranges::move(regions, std::back_inserter(made));
        return made;
    }();
    return all;
}

const Mix* find_mix(std::string_view id) {
    const auto all = mixes();
    const auto found = std::ranges::find(all, id, &Mix::id);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace limner
