// What a pack foretells of a portrait from its sitter's numbers, before it is painted: how close to its render the face will come.
// A picture follows from its numbers, so whether it fails follows from them too (models/training/limner_training/quality.py).
//
// A perceptron of one hidden layer, and beside it what is linear in the numbers.
#pragma once
#include <span>
#include <vector>

namespace limner {

struct Foresight {
    double threshold = 0;        // dB: who asked for anybody is not shown a portrait foretold less
    std::size_t hidden = 0;      // units
    std::vector<float> weights;  // [hidden, inputs], bias [hidden], out [hidden], linear [inputs], bias [1]

    static std::size_t weight_count(std::size_t inputs, std::size_t hidden) {
        return (hidden + 1) * inputs + 2 * hidden + 1;
    }

    // PSNR of the face in dB. `input`: as network_input gives it of what the network paints; noise is not looked at.
    double foretold(std::span<const float> input) const;
};

}  // namespace limner
