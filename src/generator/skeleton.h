// A pack's skeleton: from a sitter's numbers to where everything is in the picture (sitter/points.h). The network paints by the same
// points; they are worked out here once more, in a millisecond, so that the finish can draw by them at the picture's own size.
//
// The weights are the network's initialisers "model.skeleton.*", "model.worn.*" (models/training/limner_training/skeleton.py): two
// perceptrons of three layers over a basis of the points' main variations, the second of which is also told where the first one's
// points are.
#pragma once
#include "base/result.h"
#include "generator/perceptron.h"
#include "sitter/points.h"

#include <cstdint>
#include <span>
#include <vector>

namespace limner {

class Skeleton {
public:
    // From a pack's ONNX file, of either precision. "network.form" where it is none; "skeleton.none" where it has no skeleton of
    // kAnchors and kFittings points over so many `inputs`.
    static Result<Skeleton> open(std::span<const std::uint8_t> onnx, int inputs);

    // Of somebody, of whom `bare` are the numbers that the network paints: without glasses and earrings, which move no part of a
    // face and no collar. Both as network_input gives them; noise is not looked at. Same numbers, same points, on every platform.
    Points points(std::span<const float> input, std::span<const float> bare) const;

private:
    Perceptron anchors_, worn_;
    std::vector<float> rest_;  // [kAnchors, 2]: places that the worn are told the distance from
    int inputs_ = 0;
};

}  // namespace limner
