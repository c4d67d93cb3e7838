// The numbers of the pass "wrinkles", in order: features.cpp writes them, wrinkles.cpp and shaders/wrinkles.wgsl read them.
#pragma once

namespace limner::finish {

enum WrinklesNumber {
    kWrinkleDepth = 0,  // skin.wrinkles
    kWrinkleOrigin,  // between the brows; places are metres from there, along the line of the eyes and upwards
    kWrinkleRight = kWrinkleOrigin + 2,  // that line's direction, half-widths a metre
    kWrinkleNarrow = kWrinkleRight + 2,  // how wide the head looks of how wide it is
    kWrinkleBrows,                       // how deep lines of the forehead are,
    kWrinkleSquint,                      // those beside the eyes,
    kWrinkleSmile,                       // and those from the nose to the mouth, of what wrinkles are
    kWrinkleSides,  // of the picture's left, then right: outer corner and middle of the eye, wing of the nose, corner of the mouth
    kWrinkleSeed = kWrinkleSides + 16,
    kWrinklesNumbers,
};

}  // namespace limner::finish
