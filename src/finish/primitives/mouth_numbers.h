// The numbers of the pass "mouth", in order: features.cpp writes them, mouth.cpp and shaders/mouth.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr int kToothGaps = 11;

enum MouthNumber {
    kLipUpper = 0,  // the upper lip's inner margin: five places from the picture's left to the right
    kLipLower = kLipUpper + 10,    // the lower lip's
    kMouthBox = kLipLower + 10,    // left, top, right, bottom of all that lips are
    kMouthAcross = kMouthBox + 4,  // from the picture's left to its right along the face, of unit length
    kTeeth = kMouthAcross + 2,  // where teeth meet, along that way from the middle of the upper lip's margin
    kMouthScale = kTeeth + kToothGaps,
    kMouthSeed,
    kLipstick,                        // how much of it there is, 0 .. 1;
    kLipstickColour = kLipstick + 1,  // what it sends back of light, of what bare lips do
    kMouthNumbers = kLipstickColour + 3,
};

}  // namespace limner::finish
