// The numbers of the passes "locks" and "mould", in order: hair_features.cpp writes them, locks.cpp and the shaders read them.
#pragma once

namespace limner::finish {

enum LocksNumber {
    kLocksWide = 0,    // of a lock, in 256ths of the picture's side, as all lengths here
    kLocksStride,      // from one sample along a lock to the next,
    kLocksSteps,       // of which there are so many both ways
    kLocksAlong,       // how far a lock slips along itself (a deviation),
    kLocksAcross,      // and aside
    kLocksOnSkin,      // how much of that where skin is near,
    kLocksForehead,    // lower than this height (-1 .. 1 down the picture): locks fall freely into a forehead
    kLocksTips,        // above this height it slips less along itself
    kLocksDeviation,   // of the noise drawn out so far
    kLocksFaceFrom,    // lower than this of the picture's height, in a face with this middle and half width,
    kLocksFaceMiddle,  // -1 .. 1 across the picture, hair is a beard's
    kLocksFaceWide,
    kLocksSeed,
    kLocksNumbers,
};

enum MouldNumber {
    kMouldDeep = 0,  // how much darker it is between locks
    kMouldRound,     // how much a lock's sides face this way and that
    kMouldStudio,    // as put_studio
    kMouldNumbers = kMouldStudio + 29,
};

}  // namespace limner::finish
