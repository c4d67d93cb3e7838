#include "sitter/sitter.h"

#include "base/exact.h"
#include "recipe/random.h"
#include "sitter/prior.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace limner {
namespace {

// The embedded schema's priors, compiled once; parallel to schema().attributes.
const std::vector<Prior>& priors() {
    static const std::vector<Prior> compiled = [] {
        std::vector<Prior> all;
        for (const Attribute& attribute : schema().attributes) {
            Result<Prior> prior = compile_prior(attribute, schema());
            if (!prior) {
                std::fprintf(stderr, "%s\n", prior.error().sentence.c_str());
                std::abort();
            }
            all.push_back(*std::move(prior));
        }
        return all;
    }();
    return compiled;
}

// A value the recipe gives, already validated by parse_recipe; recipes built in code are trusted but kept in range.
bool take_explicit(const Attribute& attribute, const nlohmann::json& given, Value& value) {
    const auto in_range = [&](const nlohmann::json& x) {
        return static_cast<float>(std::clamp(x.get<double>(), attribute.min, attribute.max));
    };
    switch (attribute.type) {
        case Attribute::Type::choice:
            if (!given.is_string()) return false;
            for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
                if (attribute.choices[i].id == given.get_ref<const std::string&>()) {
                    value.choice = static_cast<int>(i);
                    return true;
                }
            }
            return false;
        case Attribute::Type::number:
            if (!given.is_number()) return false;
            value.numbers = {in_range(given)};
            return true;
        case Attribute::Type::vector:
            if (!given.is_array() || given.size() != static_cast<std::size_t>(attribute.length)) return false;
            value.numbers.clear();
            for (const nlohmann::json& entry : given) {
                if (!entry.is_number()) return false;
                value.numbers.push_back(in_range(entry));
            }
            return true;
    }
    return false;
}

const Value& value_of(const Sitter& sitter, std::string_view id) {
    const int i = schema().index(id);
    if (i < 0) {
        std::fprintf(stderr, "there is no attribute %.*s\n", static_cast<int>(id.size()), id.data());
        std::abort();
    }
    return sitter.values[static_cast<std::size_t>(i)];
}

}  // namespace

float Sitter::number(std::string_view id) const { return value_of(*this, id).numbers.at(0); }

std::string_view Sitter::choice(std::string_view id) const {
    return schema().find(id)->choices.at(static_cast<std::size_t>(value_of(*this, id).choice)).id;
}

std::span<const float> Sitter::coefficients(std::string_view id) const { return value_of(*this, id).numbers; }

Value draw_value(std::size_t index, std::string_view seed, std::span<const Value> earlier) {
    const Attribute& attribute = schema().attributes[index];
    const Prior& prior = priors()[index];
    Stream stream(seed, attribute.id);
    Value value;
    if (attribute.type == Attribute::Type::choice) {
        value.choice = prior.pick(stream.uniform(), earlier);
        return value;
    }
    for (int i = 0; i < attribute.length; ++i) {
        const double x = prior.quantile(stream.uniform(), earlier, attribute.min, attribute.max);
        value.numbers.push_back(static_cast<float>(x));
    }
    return value;
}

Sitter sit(const Recipe& recipe) {
    const std::vector<Attribute>& attributes = schema().attributes;
    Sitter sitter;
    sitter.values.reserve(attributes.size());
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        const auto given = recipe.set.find(attributes[i].id);
        Value value;
        if (given == recipe.set.end() || !take_explicit(attributes[i], given->second, value)) {
            value = draw_value(i, recipe.seed, sitter.values);
        }
        sitter.values.push_back(std::move(value));
    }
    Stream stream(recipe.seed, "noise");
    for (int i = 0; i < schema().noise_count; ++i) sitter.noise.push_back(static_cast<float>(stream.normal()));
    return sitter;
}

std::vector<float> network_input(const Sitter& sitter) {
    std::vector<float> input;
    input.reserve(static_cast<std::size_t>(schema().input_count + schema().noise_count));
    for (std::size_t i = 0; i < sitter.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        const Value& value = sitter.values[i];
        if (attribute.type == Attribute::Type::choice) {
            for (int c = 0; c < attribute.input_count; ++c) input.push_back(c == value.choice ? 1.0F : 0.0F);
        } else if (attribute.circular) {
            const CosSin turn = exact_cos_sin_deg(value.numbers[0]);
            input.push_back(static_cast<float>(turn.cos));
            input.push_back(static_cast<float>(turn.sin));
        } else {
            for (const float x : value.numbers) {
                input.push_back(static_cast<float>(2 * ((x - attribute.min) / (attribute.max - attribute.min)) - 1));
            }
        }
    }
    input.insert(input.end(), sitter.noise.begin(), sitter.noise.end());
    return input;
}

Sitter mirrored(const Sitter& sitter) {
    Sitter other = sitter;
    for (std::size_t i = 0; i < other.values.size(); ++i) {
        if (!schema().attributes[i].mirror_negates) continue;
        for (float& x : other.values[i].numbers) x = -x;
    }
    return other;
}

}  // namespace limner
