// Where on the head a place of a portrait lies, as a place on a cylinder about the head's axis (as in shaders/complexion.wgsl): what is
// laid on by it stays as the head turns.
#pragma once
#include "finish/vec.h"

#include <array>

namespace limner::finish {

inline constexpr float kSide = 0.24F;  // metres, of a portrait's square
inline constexpr float kEyes =
    0.473F;  // of its side from the top to between the eyes, where metres are counted from

// `x` and `y` are shares of the portrait's side from its left and top, `z` metres towards the camera; `turn` is head_turn's. Metres
// round the head to the sitter's left, and up.
inline Vec2 on_head(const std::array<float, 9>& turn, float x, float y, float z) {
    constexpr float kAxis = 0.09F;    // from between the eyes back to the head's axis,
    constexpr float kJaw = -0.08F;    // which below this height bends back, as the neck does,
    constexpr float kBend = 1.2F;     // by this for each metre
    constexpr float kRound = 0.597F;  // metres a turn
    const float px = (x - 0.5F) * kSide, py = (kEyes - y) * kSide;
    const auto row = [&](std::size_t first) {
        return (turn[first] * px + turn[first + 1] * py) + turn[first + 2] * z;
    };
    const float v = row(3);
    return {kRound * atan2_turn(row(0), row(6) + kAxis + kBend * max(kJaw - v, 0.0F)), v};
}

}  // namespace limner::finish
