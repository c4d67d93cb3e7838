// The numbers of the pass "worn", in order: features.cpp writes them, worn.cpp and shaders/worn.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr float kPerMetre = 8.2F;  // half-widths of a portrait; from sitter to sitter 7.5 to 8.4
inline constexpr int kKnots = 32;  // around each lens, a closed curve (Catmull and Rom 1974) through them
inline constexpr int kDiscs = 7;   // of the studio

enum WornNumber {
    kStudio = 0,  // of each disc a direction and an irradiance, then the dome's irradiance
    kEarStyle = kStudio + 4 * kDiscs + 1,  // 0 none, 1 studs, 2 hoops, 3 drops,
    kEarMirror,                            // what they mirror head on,
    kEars =
        kEarMirror +
        3,  // of each: where its middle is, its depth, how much is seen, how wide a hoop looks of how wide it is
    kGlassesOn = kEars + 10,     // 1; the rest is only there then
    kRim,                        // x, y of the left lens' knots, then the right one's
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
    kScale,  // half-widths a metre
    kBox,    // left, top, right, bottom of it all
    kWornNumbers = kBox + 4,
};

}  // namespace limner::finish
