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
    kFilm,        // share of what skin mirrors that its oil does, sharply, where it is oiliest,
    kBroad,       // how rough skin is, squared: of its other lobe; the oil's is that much narrower
    kShine,       // how much more is mirrored than the network has painted
    kRelief,      // how rough it is with age, 0 to 1
    kSkinLuma,    // of the light that falls on skin, how much it sends back
    kSkinBlue,    // of that, blue for each part of red
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
