// The numbers of the passes "stray_roots" and "strays", in order: hair_features.cpp writes them, strays.cpp and the shaders read them.
#pragma once

namespace limner::finish {

inline constexpr int kStrayCells = 96;  // along a portrait's side: a tuft of single hairs each, at most

enum StrayRootsNumber {
    kStrayMany = 0,    // share of the cells at hair's outline that grow one
    kStrayLong,        // half-widths of the picture
    kStrayLift,        // how far they stand off from how hair lies
    kStrayHangs,       // 1: they hang down, 0: as often up
    kStrayFaceFrom,    // lower than this of the picture's height, in a face with this middle and half width,
    kStrayFaceMiddle,  // -1 .. 1 across the picture, hair is a beard's
    kStrayFaceWide,
    kStrayRootsSeed,
    kStrayRootsNumbers,
};

enum StrayNumber {
    kStrayHalf = 0,  // half of a hair's width, half-widths of the picture
    kStrayBend,      // how far aside its middle lies at most, shares of its length
    kStrayReach,     // cells that a hair may reach from its root
    kStraySeed,
    kStrayNumbers,
};

}  // namespace limner::finish
