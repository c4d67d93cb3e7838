// The numbers of the pass "mouth", in order: features.cpp writes them, mouth.cpp and shaders/mouth.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr int kToothGaps = 11;

enum MouthNumber {
    kLipUpper = 0,  // the upper lip's inner margin: five places from the picture's left to the right
    kLipLower = kLipUpper + 10,    // the lower lip's
    kMouthBox = kLipLower + 10,    // left, top, right, bottom of all that lips are
    kMouthAcross = kMouthBox + 4,  // from the picture's left to its right along the face, of unit length
    // Where upper teeth meet, along that way from the middle of the upper lip's margin, and how far below it they end there.
    kTeeth = kMouthAcross + 2,
    kTeethEdge = kTeeth + kToothGaps,
    kMouthScale = kTeethEdge + kToothGaps,
    kMouthSeed,
    kLipstick,                          // how much of it there is, 0 .. 1;
    kLipstickColour = kLipstick + 1,    // what it sends back of light, of what bare lips do
    kTeethLight = kLipstickColour + 3,  // what something white and matte shows where the face looks
    kLipHeights,                        // of the upper lip and the lower
    kLipGloss = kLipHeights + 2,
    kLipTurn,                   // the head's directions in the camera's: to its left, up and forwards
    kLipStudio = kLipTurn + 9,  // as put_studio
    kMouthNumbers = kLipStudio + 29,
};

}  // namespace limner::finish
