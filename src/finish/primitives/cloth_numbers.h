// The numbers of the pass "cloth", in order: features.cpp writes them, cloth.cpp and shaders/cloth.wgsl read them.
#pragma once
#include "sitter/points.h"

namespace limner::finish {

enum ClothNumber {
    kClothPattern = 0,               // as ClothPattern
    kClothPeriod,                    // metres
    kClothUpright,                   // 1: stripes run up and down
    kClothFirst,                     // the cloth's colour, of what the network paints: the pattern's mean
    kClothSecond = kClothFirst + 3,  // and its other colour
    kClothGauge = kClothSecond + 3,  // of knitted cloth, metres; 0 it is woven
    kClothEyes,                      // where the mid-eye point is in the picture
    kClothRibs = kClothEyes + 2,     // 1: the neckline is ribbed
    kClothSeed,
    kClothNeckline,                                 // 1 the collar's points are a neckline to draw
    kClothCollar,                                   // from the picture's left over the front
    kClothMean = kClothCollar + 2 * kCollarPoints,  // the pattern's mean, of its own luminance; or nothing
    kClothNumbers = kClothMean + 3,
};
enum class ClothPattern { plain, stripes, check, dots, melange };

}  // namespace limner::finish
