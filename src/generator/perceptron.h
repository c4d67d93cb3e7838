// Small perceptrons over a basis of what they tell, in a pack's ONNX file: of three layers, beside which the input goes straight to
// the basis (models/training/limner_training/skeleton.py, bust.py). Same numbers, same answer, on every platform.
#pragma once
#include "generator/onnx.h"

#include <span>
#include <string>
#include <vector>

namespace limner {

// Initialisers of a graph by their names, and whether all that was asked for was there.
class Initialisers {
public:
    explicit Initialisers(const OnnxGraph& graph) : graph_(graph) {}
    // A tensor's numbers in whichever precision it is kept: under `name`, as halves `name`.half, or as bytes `name`.byte, whose rows
    // `name`.scale [rows], or all of which `name`.scale [1] multiplies; and whose columns, where it is there, `name`.columns. Shapes are
    // told by the tensors themselves, but for those given. Empty if it is missing.
    std::vector<float> numbers(const std::string& name, Dims dims);
    bool whole() const { return whole_; }
    void spoil() { whole_ = false; }

private:
    const OnnxTensor* find(const std::string& name) const;
    const OnnxGraph& graph_;
    bool whole_ = true;
};

class Perceptron {
public:
    // "<name>.net.0.weight" … "<name>.mean"; spoils `from` where something is missing or does not fit.
    static Perceptron read(Initialisers& from, const std::string& name, int inputs, int numbers);
    // Each within -16..16: what an odd pack says stays drawable.
    std::vector<float> apply(std::span<const float> input) const;

private:
    struct Dense {  // rows of `inputs` weights
        int outputs = 0;
        std::vector<float> weight, bias;
        std::vector<float> of(std::span<const float> input) const;
    };
    static Dense dense(Initialisers& from, const std::string& name, int inputs, bool biased);
    Dense layers_[3], straight_;
    std::vector<float> basis_, mean_;  // [rank, numbers], [numbers]
};

}  // namespace limner
