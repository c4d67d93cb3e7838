// Runs a plan on the CPU: the oracle of the shaders, the path without WebGPU, and the command line's.
#pragma once
#include "base/result.h"
#include "finish/picture.h"
#include "finish/plan.h"
#include "generator/layers.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace limner {

// Floats of one image of a plan: width * height * 4.
struct FloatImage {
    int width = 0, height = 0;
    std::vector<float> rgba;
};

// What a run leaves for the next one of the same layers: images that are marked `keep` and that passes without the mark read, so that
// a change of light is one pass here too. Only the last run's.
class KeptImages {
public:
    KeptImages();
    ~KeptImages();
    void forget();  // the layers have changed

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

// One thread. Same plan and layers, same bytes, whatever was kept. `example` is for the style "example" only.
Result<Picture> run(const Plan& plan, const Layers& layers, const Picture* example = nullptr,
                    KeptImages* kept = nullptr);

// Told of every pass when it is done: how much processor time it took, and its image, four floats a pixel.
using PassTold = std::function<void(std::size_t pass, double ms, std::span<const float> image)>;

// The last pass before rounding to bytes, for tests.
Result<FloatImage> run_float(const Plan& plan, const Layers& layers, const Picture* example = nullptr,
                             const PassTold& told = {});

}  // namespace limner
