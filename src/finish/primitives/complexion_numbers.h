// The numbers of the pass "complexion", in order: features.cpp writes them, complexion.cpp and shaders/complexion.wgsl read them.
#pragma once

namespace limner::finish {

enum ComplexionNumber {
    kSkinSeed = 0,
    kSkinTurn,                      // from the camera's directions to the head's, by rows
    kBloodPatches = kSkinTurn + 9,  // how much blood there is in patches,
    kBloodFine,                     // the same, finer,
    kClouds,                        // and melanin in clouds
    kFreckleChance,
    kFreckleDark,
    kMoleChance,
    kMoleDark,
    kAgedChance,  // of a spot of age
    kBlush,       // how much blusher
    kGloss,       // how much the studio is mirrored in oil, more than the network knows,
    kGlitter,     // and how unevenly
    kRelief,      // how rough it is with age
    kSkinLuma,    // of the light that falls on skin, how much it sends back
    kSkinStudio,  // as put_studio
    kShaved =
        kSkinStudio +
        29,  // how much of a beard is seen through shaven skin; and where, metres on the head (on_head.h):
    kShavedMiddle,   // between the corners of the mouth, round the head
    kShavedMouth,    // half its width
    kShavedNose,     // height of the nose's foot,
    kShavedCorners,  // of the mouth's corners,
    kShavedChin,     // of the chin,
    kShavedEars,     // and of where cheeks meet the ears
    kShavedJaw,      // half a jaw's way round the head,
    kShavedBack,     // half the way to where no beard grows
    kComplexionNumbers,
};

}  // namespace limner::finish
