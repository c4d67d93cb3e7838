#include "sitter/breed.h"

#include "recipe/random.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <cmath>

namespace limner {
namespace {

using nlohmann::json;

bool locked(const Locks& locks, const Attribute& attribute) {
    return locks.contains(attribute.id) || locks.contains(attribute.group);
}

json as_json(const Attribute& attribute, const Value& value, bool round) {
    const auto one = [&](float x) { return round ? rounded(attribute, x) : tidy_number(x); };
    switch (attribute.type) {
        case Attribute::Type::choice: return attribute.choices[static_cast<std::size_t>(value.choice)].id;
        case Attribute::Type::number: return one(value.numbers[0]);
        case Attribute::Type::vector: break;
    }
    json list = json::array();
    for (const float x : value.numbers) list.push_back(one(x));
    return list;
}

// The part of the way from a to b; circular attributes take the shorter arc.
double between(const Attribute& attribute, double a, double b, double way) {
    if (!attribute.circular) return a + (b - a) * way;
    const double turn = attribute.max - attribute.min;
    double step = b - a;
    step -= turn * std::floor(step / turn + 0.5);
    double x = a + step * way;
    x -= turn * std::floor((x - attribute.min) / turn);
    return x;
}

// The base's own words stay exactly as they are where nothing moved.
Recipe with_sitter(const Recipe& base, const Sitter& before, const Sitter& after) {
    Recipe out = base;
    for (std::size_t i = 0; i < after.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        const bool moved = before.values[i].numbers != after.values[i].numbers ||
                           before.values[i].choice != after.values[i].choice;
        out.set[attribute.id] = as_json(attribute, after.values[i], moved);
    }
    return out;
}

// A number moved towards a stranger's. Traits centred on 0 turn like a rotation instead, which keeps their spread:
// a walk of many small variations stays among distinct people and does not end at the average one.
double moved(const Attribute& attribute, double from, double to, double way) {
    if (attribute.min == -attribute.max && attribute.initial == 0) {
        return std::clamp(std::sqrt(1 - way * way) * from + way * to, attribute.min, attribute.max);
    }
    return between(attribute, from, to, way);
}

// In the schema's order, each stranger's value drawn given what has been moved already: who grows younger greys less.
Sitter varied(const Sitter& sitter, double radius, const Locks& locks, std::string_view seed) {
    const double way = std::clamp(radius, 0.0, 1.0);
    const std::string stream = std::string(seed) + "/variation";
    Sitter out = sitter;
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        if (way == 0 || locked(locks, attribute)) continue;
        const Value stranger = draw_value(i, stream, out.values);
        Value& value = out.values[i];
        if (attribute.type == Attribute::Type::choice) {
            if (Stream(stream, "switch " + attribute.id).uniform() < way * way)
                value.choice = stranger.choice;
        }
        for (std::size_t k = 0; k < value.numbers.size(); ++k) {
            value.numbers[k] =
                static_cast<float>(moved(attribute, value.numbers[k], stranger.numbers[k], way));
        }
    }
    return out;
}

// Beard, make-up and hairstyle go with the person they belong to; the other groups are inherited on their own.
std::string_view heritage(const Attribute& attribute) {
    const bool styled =
        attribute.group == "beard" || attribute.group == "makeup" || attribute.group == "hair";
    return styled ? std::string_view("person") : std::string_view(attribute.group);
}

// A short seed of its own for a child.
std::string named_after(std::string_view seed) {
    std::uint64_t bits = Stream(seed, "child").next();
    std::string name = "child-";
    for (int i = 0; i < 10; ++i, bits >>= 4) name += "0123456789abcdef"[bits & 15];
    return name;
}

}  // namespace

json rounded(const Attribute& attribute, double value) {
    double steps = 1000;  // to the unit
    for (double range = attribute.max - attribute.min; range >= 10; range /= 10) steps /= 10;
    const double text = std::floor(value * steps + 0.5) / steps;
    return tidy_number(static_cast<float>(std::clamp(text, attribute.min, attribute.max)));
}

Recipe settled(const Recipe& recipe) {
    const Sitter sitter = sit(recipe);
    return with_sitter(recipe, sitter, sitter);
}

Recipe variation(const Recipe& recipe, double radius, const Locks& locks, std::string_view seed) {
    const Sitter sitter = sit(recipe);
    return with_sitter(recipe, sitter, varied(sitter, radius, locks, seed));
}

Result<Recipe> mix(std::span<const Part> parts) {
    if (parts.empty() || parts.size() > 64) {
        return Error{"mix.count",
                     "A mixture needs 1 to 64 portraits; these are " + std::to_string(parts.size()) + "."};
    }
    double total = 0;
    std::size_t heaviest = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (!(parts[p].weight >= 0) || !std::isfinite(parts[p].weight)) {
            return Error{"mix.weight", "A weight of a mixture must be a number from 0 up."};
        }
        total += parts[p].weight;
        if (parts[p].weight > parts[heaviest].weight) heaviest = p;
    }
    std::vector<Sitter> sitters;
    std::vector<double> weights;
    for (const Part& part : parts) {
        sitters.push_back(sit(part.recipe));
        weights.push_back(total > 0 ? part.weight / total : 1.0 / static_cast<double>(parts.size()));
    }

    Sitter out = sitters[heaviest];
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        Value& value = out.values[i];
        if (attribute.type == Attribute::Type::choice) {
            std::vector<double> votes(attribute.choices.size(), 0);
            for (std::size_t p = 0; p < parts.size(); ++p) {
                votes[static_cast<std::size_t>(sitters[p].values[i].choice)] += weights[p];
            }
            // Ties go to the heaviest part's choice.
            auto best = static_cast<std::size_t>(value.choice);
            for (std::size_t c = 0; c < votes.size(); ++c) {
                if (votes[c] > votes[best] + 1e-9) best = c;
            }
            value.choice = static_cast<int>(best);
            continue;
        }
        for (std::size_t k = 0; k < value.numbers.size(); ++k) {
            // A running average, so that hues can follow the shorter arc.
            double sum = 0, x = value.numbers[k];
            for (std::size_t p = 0; p < parts.size(); ++p) {
                if (weights[p] <= 0) continue;
                sum += weights[p];
                x = sum == weights[p]
                        ? sitters[p].values[i].numbers[k]
                        : between(attribute, x, sitters[p].values[i].numbers[k], weights[p] / sum);
            }
            value.numbers[k] = static_cast<float>(x);
        }
    }
    Recipe base = parts[0].recipe;
    base.seed = parts[heaviest].recipe.seed;
    return with_sitter(base, sitters[heaviest], out);
}

Recipe breed(const Recipe& first, const Recipe& second, double mutation, const Locks& locks,
             std::string_view seed) {
    const Sitter mother = sit(first), father = sit(second);
    const std::string child_seed = named_after(seed);
    Sitter child = mother;
    for (std::size_t i = 0; i < child.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        if (locked(locks, attribute)) continue;
        // A group leans to one parent: 0 is all the first's, 1 all the second's.
        const double lean =
            Stream(child_seed, std::string("group ").append(heritage(attribute))).uniform() < 0.5 ? 0.2 : 0.8;
        Stream stream(child_seed, attribute.id);
        if (attribute.type == Attribute::Type::choice) {
            const bool whole = heritage(attribute) != attribute.group;  // no beard without its person
            if (whole ? lean > 0.5 : stream.uniform() < lean)
                child.values[i].choice = father.values[i].choice;
            continue;
        }
        for (std::size_t k = 0; k < child.values[i].numbers.size(); ++k) {
            const double way = std::clamp(lean + 0.3 * (stream.uniform() - 0.5) * 2, 0.0, 1.0);
            child.values[i].numbers[k] = static_cast<float>(
                between(attribute, mother.values[i].numbers[k], father.values[i].numbers[k], way));
        }
    }
    if (mutation > 0) child = varied(child, mutation, locks, child_seed);
    Recipe base = first;
    base.seed = child_seed;
    return with_sitter(base, mother, child);
}

}  // namespace limner
