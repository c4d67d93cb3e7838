// Runs a plan on the CPU: the oracle of the shaders, the path without WebGPU, and the command line's.
#pragma once
#include "base/result.h"
#include "finish/picture.h"
#include "finish/plan.h"
#include "generator/layers.h"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace limner {

// Floats of one image of a plan: width * height * 4.
struct FloatImage {
    int width = 0, height = 0;
    std::vector<float> rgba;
};

// One thread. Same plan and layers, same bytes. `example` is for the style "example" only.
Result<Picture> run(const Plan& plan, const Layers& layers, const Picture* example = nullptr);

// Told of every pass when it is done: how much processor time it took, and its image, four floats a pixel.
using PassTold = std::function<void(std::size_t pass, double ms, std::span<const float> image)>;

// The last pass before rounding to bytes, for tests.
Result<FloatImage> run_float(const Plan& plan, const Layers& layers, const Picture* example = nullptr,
                             const PassTold& told = {});

}  // namespace limner
