// Points of a sitter whose place in the picture is known from the numbers alone: anchors on head and shoulders, and what is worn.
// The renderer measures them (models/sitters/anchors.h, fittings.h say exactly where each lies), a pack's skeleton predicts them
// (generator/skeleton.h), the finish draws by them.
//
// Places are -1 left / top .. 1 right / bottom; depth is in metres towards the camera from the mid-eye point; directions are x right, y
// up, z to the camera. "Left" is the sitter's left, the picture's right.
#pragma once
#include <array>
#include <vector>

namespace limner {

// Anchors: 68 landmarks in iBUG's order, points spread over skin, then centre and front of the left and the right eye.
inline constexpr int kLandmarks = 68, kSpreadAnchors = 88, kEyeAnchors = kLandmarks + kSpreadAnchors,
                     kAnchors = kEyeAnchors + 4;

// What is worn: 64 points half-way along the mane and its 64 tips, 16 of tails and braids, the outlines of two lenses, bridge and
// temples, the collar, two earrings, 64 points of the mane's rise.
inline constexpr int kManeRoots = 64, kTailPoints = 16, kLensPoints = 16, kCollarPoints = 16;
inline constexpr int kMane = 0, kTail = kMane + 2 * kManeRoots, kGlasses = kTail + kTailPoints,
                     kCollar = kGlasses + 2 * kLensPoints + 5, kEarrings = kCollar + kCollarPoints,
                     kRise = kEarrings + 2, kFittings = kRise + kManeRoots;

struct AnchorPoint {
    float x = 0, y = 0, depth = 0;
    std::array<float, 3> normal{};
};
struct WornPoint {
    float x = 0, y = 0, depth = 0;
    std::array<float, 3> direction{};  // hair: along it; else the surface's normal
    float seen = 0;                    // 0 not worn or hidden .. 1 in full view
};
struct Points {
    std::vector<AnchorPoint> anchors;  // [kAnchors]
    std::vector<WornPoint> worn;       // [kFittings]
};

}  // namespace limner
