// What makes the words of passes (finish/features.h): numbers, as their bits.
#pragma once
#include "finish/vec.h"
#include "sitter/points.h"
#include "sitter/sitter.h"

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace limner::finish {

using Words = std::vector<std::uint32_t>;
inline void put(Words& words, float x) { words.push_back(std::bit_cast<std::uint32_t>(x)); }
inline void put(Words& words, const std::array<float, 3>& v) {
    for (const float x : v) put(words, x);
}

// The studio in its canonical mix: of each disc the direction, and what a white matte patch facing it shows; then the dome's.
void put_studio(Words& words);

// What is drawn by chance is the same for the same person.
inline std::uint32_t seed_of(const Sitter& sitter) {
    std::uint32_t seed = 0xe7e;
    for (const float n : sitter.noise)
        seed = (seed ^ static_cast<std::uint32_t>(static_cast<int>(n * 4096))) * 16777619U;
    return seed >> 16;
}

inline Vec2 mid_eyes(const Points& points) {
    const AnchorPoint &left = points.anchors[kEyeAnchors], &right = points.anchors[kEyeAnchors + 2];
    return {0.5F * (left.x + right.x), 0.5F * (left.y + right.y)};
}

}  // namespace limner::finish
