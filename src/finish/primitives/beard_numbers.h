// The numbers of the passes "beard_roots" and "beard", in order: features.cpp writes them, beard.cpp and the shaders read them. Places on
// the head are in metres, x to the sitter's left, y up, z ahead.
#pragma once

#include "finish/primitives/worn_numbers.h"

namespace limner::finish {

inline constexpr int kBeardCells = 256;  // along a portrait's side: a hair each, at most
inline constexpr int kLipPoints = 12, kJawPoints = 17;

enum BeardRootsNumber {
    kRootsTurn = 0,                              // from the camera's directions to the head's, by rows
    kRootsStudio = 9,                            // as kStudio
    kRootsSkin = kRootsStudio + 4 * kDiscs + 1,  // four places in the picture where skin is looked at
    kRootsLips = kRootsSkin + 8,                 // outline, x, y: landmarks 48 to 59
    kRootsJaw = kRootsLips + 2 * kLipPoints,     // landmarks 0 to 16: turns about the axis, y
    kRootsMiddle = kRootsJaw + 2 * kJawPoints,   // of the mouth: x, y, z
    kRootsHalf = kRootsMiddle + 3,               // half its width
    kRootsNose,                                  // height of its base
    kRootsAxis,                                  // z of the axis, which is as far aside as the mouth's middle
    kRootsRise,                                  // from the mouth to the ears
    kRootsMoustache,                             // how much of each part grows: 0 .. 1
    kRootsChin,
    kRootsCorners,
    kRootsJawGrows,
    kRootsCheeks,
    kRootsNeck,     // metres below the jaw
    kRootsLift,     // how far hair stands off
    kRootsMany,     // hairs a cell, on a moustache that faces the camera
    kRootsPatchy,   // 0 .. 1
    kRootsLong,     // metres
    kRootsLipLong,  // of a moustache
    kRootsLean,     // how much directions spread
    kRootsSeed,
    kBeardRootsNumbers,
};

enum BeardNumber {
    kBeardDark = 0,               // albedo of hairs with pigment
    kBeardGrey = kBeardDark + 3,  // share of those without
    kBeardReach,                  // cells that a hair may reach from its root
    kBeardHalf,                   // half of a hair's width at the root, half-widths
    kBeardBox,                    // left, top, right, bottom of it all, in the picture
    kBeardSeed = kBeardBox + 4,
    kBeardNumbers,
};

}  // namespace limner::finish
