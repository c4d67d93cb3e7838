#include "sitter/sitter.h"

#include "base/exact.h"
#include "recipe/random.h"
#include "sitter/prior.h"

#include <cstdio>
#include <cstdlib>

namespace limner {
namespace {

const Value& value_of(const Sitter& sitter, std::string_view id) {
    const int i = schema().index(id);
    if (i < 0) {
        std::fprintf(stderr, "there is no attribute %.*s\n", static_cast<int>(id.size()), id.data());
        std::abort();
    }
    return sitter.values[static_cast<std::size_t>(i)];
}

double taken(const Attribute& attribute, double number) {
    return attribute.reach == 1 ? number : attribute.initial + attribute.reach * (number - attribute.initial);
}

}  // namespace

std::span<const Prior> schema_priors() {
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

float Sitter::number(std::string_view id) const { return value_of(*this, id).numbers.at(0); }

float Sitter::reached(std::string_view id) const {
    return static_cast<float>(taken(*schema().find(id), number(id)));
}

std::string_view Sitter::choice(std::string_view id) const {
    return schema().find(id)->choices.at(static_cast<std::size_t>(value_of(*this, id).choice)).id;
}

std::span<const float> Sitter::coefficients(std::string_view id) const { return value_of(*this, id).numbers; }

Value draw_value(std::size_t attribute, std::string_view seed, std::span<const Value> earlier) {
    return draw_value(schema().attributes[attribute], schema_priors()[attribute], seed, earlier);
}

Sitter sit(const Recipe& recipe) {
    Sitter sitter;
    sitter.values = draw_values(recipe, schema(), schema_priors());
    Stream stream(recipe.seed, "noise");
    for (int i = 0; i < schema().noise_count; ++i)
        sitter.noise.push_back(static_cast<float>(stream.normal()));
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
            for (const float number : value.numbers) {
                const double x = taken(attribute, number);
                input.push_back(
                    static_cast<float>(2 * ((x - attribute.min) / (attribute.max - attribute.min)) - 1));
            }
        }
    }
    input.insert(input.end(), sitter.noise.begin(), sitter.noise.end());
    return input;
}

Sitter undressed(const Sitter& sitter) {
    Sitter bare = sitter;
    for (std::size_t i = 0; i < bare.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        if (attribute.group == "accessories" || attribute.group == "makeup") {
            Value& value = bare.values[i];
            if (attribute.type == Attribute::Type::choice)
                value.choice = attribute.initial_choice;
            else
                value.numbers = {static_cast<float>(attribute.initial)};
        }
        if (attribute.id == "brows.thickness" || attribute.id == "beard.shadow")
            bare.values[i].numbers = {static_cast<float>(attribute.min)};
    }
    return bare;
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
