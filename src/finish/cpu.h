// Runs a plan on the CPU: the oracle of the shaders, the path without WebGPU, and the command line's.
#pragma once
#include "base/result.h"
#include "finish/picture.h"
#include "finish/plan.h"
#include "generator/layers.h"

#include <vector>

namespace limner {

// Floats of one image of a plan: width * height * 4.
struct FloatImage {
    int width = 0, height = 0;
    std::vector<float> rgba;
};

// One thread. Same plan and layers, same bytes. `example` is for the style "example" only.
Result<Picture> run(const Plan& plan, const Layers& layers, const Picture* example = nullptr);

// The last pass before rounding to bytes, for tests. `pass_ms` is told how much processor time
// each pass took.
Result<FloatImage> run_float(const Plan& plan, const Layers& layers, const Picture* example = nullptr,
                             std::vector<double>* pass_ms = nullptr);

}  // namespace limner
