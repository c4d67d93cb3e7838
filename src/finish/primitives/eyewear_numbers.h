// The numbers of the pass "eyewear", in order: features.cpp writes them, eyewear.cpp and shaders/eyewear.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr int kKnots = 32;  // around each lens, a closed curve (Catmull and Rom 1974) through them
inline constexpr int kDiscs = 7;   // of the studio

enum EyewearNumber {
    kRim = 0,                    // x, y of the left lens' knots, then the right one's
    kPlane = kRim + 4 * kKnots,  // of each lens: depth = a + b x + c y
    kBars = kPlane + 6,          // bridge, upper bar: an end, the middle, the other end
    kTemples = kBars + 12,       // of each side: corner, hinge, half-way; how much is seen of the latter two
    kRimHalf = kTemples + 16,    // half of the rim's width,
    kThick,                      // glasses.thickness,
    kBridgeHalf,
    kUpperHalf,
    kTempleHalf,  // half of theirs; an upper bar of 0 is none
    kOpen,        // 1: no rim below
    kTint,        // glasses.tint
    kAlbedo,
    kMirror = kAlbedo + 3,
    kBlur = kMirror + 3,
    kTortoise,
    kClear,
    kScale,
    kBox,
    kStudio = kBox + 4,  // of each disc a direction and an irradiance, then the dome's irradiance
    kEyewearNumbers = kStudio + 4 * kDiscs + 1,
};

}  // namespace limner::finish
