// The numbers of the pass "brows", in order: features.cpp writes them, brows.cpp and shaders/brows.wgsl read them.
#pragma once

namespace limner::finish {

inline constexpr int kBrowKnots = 5;

enum BrowsNumber {
    kBrowRidge = 0,  // of the left brow, from the nose to the tail: places on its ridge,
    kBrowShort = kBrowRidge + 2 * kBrowKnots,  // there, how long a thing along it looks of how long it is,
    kBrowLight = kBrowShort + kBrowKnots,      // what a white matte patch shows;
    kBrowNumbers = kBrowLight + kBrowKnots,    // then the same of the right brow
    kBrowHairs = 2 * kBrowNumbers,             // of each brow, those that its density leaves out included
    kBrowWide,                                 // half its width over what is usual, half-widths a millimetre
    kBrowLong,                                 // length of its longest hairs, half-widths
    kBrowEnd,                                  // where it ends: 1 at the last place
    kBrowGrey,                                 // share of hairs without pigment
    kBrowDark,                                 // albedo of the others
    kBrowSeed = kBrowDark + 3,
    kBrowsNumbers,
};

}  // namespace limner::finish
