#include "sitter/crowd.h"

#include "recipe/random.h"
#include "sitter/mixes.h"
#include "sitter/sitter.h"
#include "sitter/within.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace limner {
namespace {

constexpr int kBlock = 10;       // people who share out the tenths of a prior
constexpr int kCandidates = 24;  // tries for a person in whom a facet that depends on other things is natural

void parents_of(const PriorNumber& number, std::vector<bool>& found) {
    for (const auto* parts : {&number.product, &number.sum})
        for (const PriorNumber& part : *parts) parents_of(part, found);
    if (number.by >= 0) found[static_cast<std::size_t>(number.by)] = true;
}

void parents_of(const Prior& prior, std::vector<bool>& found) {
    for (const PriorNumber& number : prior.numbers) parents_of(number, found);
    for (const Prior& part : prior.parts) parents_of(part, found);
}

// Who depends on whom, read off the schema's priors once.
struct Descent {
    std::vector<std::vector<std::size_t>> parents;  // by attribute
    std::vector<bool> spread;                       // others depend on it, it depends on nothing
};

const Descent& descent() {
    static const Descent known = [] {
        const auto priors = schema_priors();
        Descent made;
        std::vector<bool> is_parent(priors.size(), false);
        for (const Prior& prior : priors) {
            std::vector<bool> found(priors.size(), false);
            parents_of(prior, found);
            std::vector<std::size_t> list;
            for (std::size_t p = 0; p < found.size(); ++p) {
                if (!found[p]) continue;
                list.push_back(p);
                is_parent[p] = true;
            }
            made.parents.push_back(std::move(list));
        }
        for (std::size_t i = 0; i < priors.size(); ++i)
            made.spread.push_back(is_parent[i] && made.parents[i].empty());
        return made;
    }();
    return known;
}

// A uniform number such that every block of ten people has one in each tenth, in an order of its own.
double even(const Crowd& crowd, std::uint64_t index, const std::string& name) {
    Stream order(crowd.seed + "/block " + std::to_string(index / kBlock), name);
    std::array<int, kBlock> tenths{};
    for (int i = 0; i < kBlock; ++i) tenths[static_cast<std::size_t>(i)] = i;
    for (std::size_t i = kBlock - 1; i > 0; --i) {
        const auto other = static_cast<std::size_t>(order.uniform() * static_cast<double>(i + 1));
        std::swap(tenths[i], tenths[std::min(other, i)]);
    }
    const double within = Stream(crowd.seed + '/' + std::to_string(index), name).uniform();
    return (tenths[index % kBlock] + within) / kBlock;
}

const Mix& mix_of(const Crowd& crowd) {
    const Mix* mix = find_mix(crowd.mix);
    return mix == nullptr ? mixes().front() : *mix;  // crowds built in code may say anything
}

struct Person {
    std::vector<Value> values;  // only those that are needed are filled
    double weight = 1;          // how natural its dependent facets are
};

class Drawing {
public:
    Drawing(const Crowd& crowd, std::uint64_t index, const std::string& seed)
        : crowd_(crowd),
          mix_(mix_of(crowd)),
          index_(index),
          seed_(seed),
          facets_(schema().attributes.size(), nullptr),
          needed_(schema().attributes.size(), false),
          varies_(schema().attributes.size(), false) {
        const auto& attributes = schema().attributes;
        if (!crowd.base.set.empty()) given_ = sit(crowd.base).values;
        for (const auto& [id, facet] : crowd.facets) {
            const auto i = static_cast<std::size_t>(schema().index(id));
            facets_[i] = &facet;
            needed_[i] = true;
            dependent_ = dependent_ || !descent().parents[i].empty();
        }
        for (std::size_t i = attributes.size(); i-- > 0;) {
            if (spread(i)) needed_[i] = true;
            if (!needed_[i]) continue;
            for (const std::size_t parent : descent().parents[i]) {
                needed_[parent] = true;
                varies_[parent] = varies_[parent] || facets_[i] != nullptr || varies_[i];
            }
        }
    }

    Recipe recipe() const {
        std::vector<Person> people;
        double total = 0;
        for (int k = 0; k < (dependent_ ? kCandidates : 1); ++k) {
            people.push_back(person(k));
            total += people.back().weight;
        }
        std::size_t chosen = 0;
        if (people.size() > 1 && total > 0) {
            double left = Stream(seed_, "crowd candidate").uniform() * total;
            while (chosen + 1 < people.size() && left >= people[chosen].weight)
                left -= people[chosen++].weight;
        }
        Recipe out = crowd_.base;
        out.seed = seed_;
        const auto& attributes = schema().attributes;
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            const bool written = facets_[i] != nullptr || spread(i) || (chosen > 0 && varies_[i]);
            if (!written || out.set.contains(attributes[i].id)) continue;
            out.set[attributes[i].id] = kept(attributes[i], facets_[i], people[chosen].values[i]);
        }
        return out;
    }

private:
    bool spread(std::size_t i) const { return mix_.even && descent().spread[i]; }

    const Prior& prior(std::size_t i) const {
        const auto own = mix_.priors.find(i);
        return own == mix_.priors.end() ? schema_priors()[i] : own->second;
    }

    double uniform(std::size_t i, int candidate) const {
        const std::string& id = schema().attributes[i].id;
        if (candidate > 0 && varies_[i]) return Stream(seed_ + '~' + std::to_string(candidate), id).uniform();
        return spread(i) ? even(crowd_, index_, id) : Stream(seed_, id).uniform();
    }

    Person person(int candidate) const {
        const auto& attributes = schema().attributes;
        Person out;
        out.values.resize(attributes.size());
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            if (!needed_[i]) continue;
            if (crowd_.base.set.contains(attributes[i].id)) {
                out.values[i] = given_[i];
                continue;
            }
            draw(i, uniform(i, candidate), std::span<const Value>(out.values).first(i), out);
        }
        return out;
    }

    void draw(std::size_t i, double u, std::span<const Value> earlier, Person& out) const {
        const Attribute& attribute = schema().attributes[i];
        const Prior& prior = this->prior(i);
        const Facet* facet = facets_[i];
        const bool weighs = facet != nullptr && !descent().parents[i].empty();
        Value& value = out.values[i];
        if (attribute.type == Attribute::Type::choice) {
            value.choice = facet ? pick_of(prior, u, earlier, facet->choices) : prior.pick(u, earlier);
            if (weighs) out.weight *= share_of(prior, earlier, facet->choices);
            return;
        }
        const double x = facet ? quantile_within(prior, u, earlier, attribute, facet->low, facet->high)
                               : prior.quantile(u, earlier, attribute.min, attribute.max);
        value.numbers = {static_cast<float>(x)};
        if (weighs) out.weight *= share_within(prior, earlier, attribute, facet->low, facet->high);
    }

    static nlohmann::json kept(const Attribute& attribute, const Facet* facet, const Value& value) {
        if (attribute.type == Attribute::Type::choice)
            return attribute.choices[static_cast<std::size_t>(value.choice)].id;
        nlohmann::json number = rounded(attribute, value.numbers[0]);
        if (facet == nullptr) return number;
        // Rounding must not step out of what was asked for.
        const double inside = std::clamp(number.get<double>(), facet->low, facet->high);
        return inside == number.get<double>() ? number : tidy_number(static_cast<float>(inside));
    }

    const Crowd& crowd_;
    const Mix& mix_;
    std::uint64_t index_;
    const std::string& seed_;
    std::vector<const Facet*> facets_;  // by attribute
    std::vector<bool> needed_, varies_;
    std::vector<Value> given_;  // by the base
    bool dependent_ = false;
};

Recipe relative(const Crowd& crowd, const std::string& seed) {
    const Kin& kin = crowd.kin;
    Stream stream(seed, "kin");
    if (kin.how == "breed") {
        // Every pair has its children, in either order: a lock keeps the first one's trait.
        const auto count = static_cast<double>(kin.of.size());
        const auto first = kin.locks.empty() ? static_cast<std::size_t>(stream.uniform() * count) : 0;
        auto second = static_cast<std::size_t>(stream.uniform() * (count - 1));
        if (second >= first) ++second;
        return breed(kin.of[first], kin.of[second], kin.amount, kin.locks, seed);
    }
    if (kin.how == "similar") return variation(kin.of.front(), kin.amount, kin.locks, seed);
    std::vector<Part> parts;
    for (const Recipe& recipe : kin.of) parts.push_back({recipe, stream.uniform()});
    const Result<Recipe> mixed = mix(parts);
    return mixed ? variation(*mixed, kin.amount * 0.5, kin.locks, seed) : kin.of.front();
}

template <class Option>
void choose(const Crowd& crowd, std::uint64_t index, const std::string& seed, const char* what,
            const std::vector<Option>& options, Option& into) {
    if (options.empty()) return;
    const double u =
        mix_of(crowd).even ? even(crowd, index, what) : Stream(seed, std::string(what)).uniform();
    into = options[std::min(static_cast<std::size_t>(u * static_cast<double>(options.size())),
                            options.size() - 1)];
}

}  // namespace

Recipe crowd_recipe(const Crowd& crowd, std::uint64_t index) {
    const std::string seed = crowd.seed + '/' + std::to_string(index);
    Recipe out = crowd.kin.of.empty() ? Drawing(crowd, index, seed).recipe() : relative(crowd, seed);
    choose(crowd, index, seed, "crowd light", crowd.lights, out.light);
    choose(crowd, index, seed, "crowd backdrop", crowd.backdrops, out.backdrop);
    choose(crowd, index, seed, "crowd style", crowd.styles, out.style);
    return out;
}

int Tally::with(const LightMix& light) const {
    const auto found = std::ranges::find(lights, light, &std::pair<LightMix, int>::first);
    return found == lights.end() ? 0 : found->second;
}

void count_people(const Crowd& crowd, std::uint64_t from, std::uint64_t to, Tally& tally) {
    const auto& attributes = schema().attributes;
    tally.counts.resize(attributes.size());
    for (std::uint64_t index = from; index < to; ++index, ++tally.people) {
        const Recipe recipe = crowd_recipe(crowd, index);
        const Sitter sitter = sit(recipe);
        ++tally.backdrops[recipe.backdrop.kind];
        ++tally.styles[recipe.style.name];
        const auto light = std::ranges::find(tally.lights, recipe.light, &std::pair<LightMix, int>::first);
        if (light == tally.lights.end()) {
            tally.lights.emplace_back(recipe.light, 1);
        } else {
            ++light->second;
        }
        for (std::size_t i = 0; i < attributes.size(); ++i) {
            const Attribute& attribute = attributes[i];
            auto& counts = tally.counts[i];
            if (attribute.type == Attribute::Type::choice) {
                counts.resize(attribute.choices.size());
                ++counts[static_cast<std::size_t>(sitter.values[i].choice)];
            } else if (attribute.type == Attribute::Type::number) {
                counts.resize(Tally::bins);
                const double part =
                    (sitter.values[i].numbers[0] - attribute.min) / (attribute.max - attribute.min);
                ++counts[static_cast<std::size_t>(
                    std::clamp(static_cast<int>(part * Tally::bins), 0, Tally::bins - 1))];
            }
        }
    }
}

}  // namespace limner
