// Priors: how an attribute is spread over people, given the attributes before it. Grammar in docs/ARCHITECTURE.md.
//
// Every prior is a quantile function: one uniform number in (0, 1) in, one value out. A mixture or a chance spends
// the top of that number on which part and rescales the rest for the part, so a value always costs one draw.
#pragma once
#include "base/result.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <span>
#include <vector>

namespace limner {

// A number that may depend on earlier attributes.
struct PriorNumber {
    double constant = 0;
    int by = -1;  // index of an earlier attribute: piecewise linear through (at, is), clamped at the ends
    std::vector<double> at, is;
    std::vector<PriorNumber> product, sum;  // not empty: the product, the sum of these

    double given(std::span<const Value> earlier) const;
};

struct Prior {
    enum class Kind { constant, uniform, normal, mixture, chance, weights };

    Kind kind = Kind::constant;
    std::vector<PriorNumber>
        numbers;               // constant: value; uniform: ends; normal: mean, sd; mixture, weights: weights;
                               // chance: probability of parts[0]
    std::vector<Prior> parts;  // mixture: one a weight; chance: then, else

    // Value of a number, or of one entry of a vector, within [low, high]. Normals are truncated to the range.
    double quantile(double u, std::span<const Value> earlier, double low, double high) const;
    // Index of an option; for Kind::weights only.
    int pick(double u, std::span<const Value> earlier) const;
};

// Compiles the prior of an attribute. Errors ("schema.prior") name the attribute.
Result<Prior> compile_prior(const Attribute& attribute, const Schema& schema);

// The embedded schema's priors, compiled once; parallel to schema().attributes.
std::span<const Prior> schema_priors();

// One attribute's value from its own stream of the seed, given the values of all attributes before it.
Value draw_value(const Attribute& attribute, const Prior& prior, std::string_view seed,
                 std::span<const Value> earlier);

// Values of a whole schema: what the recipe sets, the rest drawn in order. `priors` are the schema's, compiled.
std::vector<Value> draw_values(const Recipe& recipe, const Schema& schema, std::span<const Prior> priors);

}  // namespace limner
