// The numbers of the pass "eyes", in order: features.cpp writes them, eyes.cpp and shaders/eyes.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr float kLidFold =
    0.0185F;  // half-widths between the margin of an open lid and its fold, in the middle

enum EyesNumber {
    kEyeFront = 0,                // of the left eye: where the iris' middle is,
    kEyeAxis = kEyeFront + 2,     // where it looks,
    kEyeRadius = kEyeAxis + 3,    // the eyeball's radius,
    kEyeUpper,                    // the upper lid's margin: four places from the inner to the outer corner,
    kEyeLower = kEyeUpper + 8,    // the lower lid's;
    kEyeNumbers = kEyeLower + 8,  // then the same of the right eye
    kStroma = 2 * kEyeNumbers,
    kCollar = kStroma + 3,
    kPupil = kCollar + 3,
    kRedness,
    kAged,
    kEyeSeed,
    kLashLength,
    kLashColour,
    kEyeStudio = kLashColour + 3,
    kEyePaint = kEyeStudio + 29,            // how much shadow lies on the lids, 0 .. 1;
    kEyePaintColour,                        // what it sends back of light, of what bare skin does
    kEyeLinerAmount = kEyePaintColour + 3,  // 0 .. 1
    kEyeFold,  // how far over the upper margin its lid folds, of the left eye, of the right one;
    kEyeFolded = kEyeFold + 2,  // how deeply, 0 .. 1
    kEyesNumbers,
};

}  // namespace limner::finish
