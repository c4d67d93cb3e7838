// A sitter: one value for every attribute of the schema, and the vector the network takes.
#pragma once
#include "recipe/recipe.h"
#include "recipe/schema.h"

#include <span>
#include <string_view>
#include <vector>

namespace limner {

// Value of one attribute: `numbers` has one entry (number), `length` entries (vector) or is empty (choice).
struct Value {
    std::vector<float> numbers;
    int choice = 0;
};

struct Sitter {
    std::vector<Value> values;  // parallel to schema().attributes
    std::vector<float> noise;   // schema().noise_count numbers ~ N(0,1), for what names do not determine

    float number(std::string_view id) const;  // aborts on an unknown name: a programming error
    // The number `reach` times as far from its default: what renderer and network take it for. May lie outside its range.
    float reached(std::string_view id) const;
    std::string_view choice(std::string_view id) const;              // id of the chosen option
    std::span<const float> coefficients(std::string_view id) const;  // of a vector such as "identity"
};

// Draws what the recipe leaves open from the priors (in schema order; explicit values always win and
// condition the attributes after them). Same recipe, same sitter, on every platform.
Sitter sit(const Recipe& recipe);

// What `sit` draws for one attribute (an index into schema().attributes), given the values of all before it.
Value draw_value(std::size_t attribute, std::string_view seed, std::span<const Value> earlier);

// [input_count + noise_count]: numbers and vectors scaled to [-1, 1] over their range (numbers with a reach go further), choices
// one-hot, circular numbers as cos and sin, then the noise.
std::vector<float> network_input(const Sitter& sitter);

// The sitter without what the finish puts on: glasses, earrings, make-up, the shadow of a beard, and most of the brows. This is what the network is asked to paint, so that other ones
// are not another painting.
Sitter undressed(const Sitter& sitter);

// The sitter as seen in a mirror.
Sitter mirrored(const Sitter& sitter);

}  // namespace limner
