// The numbers of the passes "strand_flow" and "parting", in order: features.cpp writes them, strands.cpp, parting.cpp and the shaders read
// them.
#pragma once

#include "finish/parting_line.h"

namespace limner::finish {

enum StrandFlowNumber {
    kHairCurls = 0,  // how much incoherent strands curl on the head,
    kFaceCurls,      // and lower than
    kFaceFrom,       // this of the picture's height;
    kFaceHangs,      // how much hair there hangs
    kBrowsToo,       // 1: brows are hair
    kWaves,          // how far waves turn hair that hangs, turns,
    kWavesLong,      // how many there are over half the picture's width,
    kWavesApart,     // and over how much of one locks are apart
    kFlowSeed,
    kFlowParting,  // PartingNumber
    kStrandFlowNumbers = kFlowParting + kPartingLineNumbers,
};

enum PartingPassNumber {                 // after PartingNumber
    kPartingSkin = kPartingLineNumbers,  // a place on the face
    kPartingNumbers = kPartingSkin + 2,
};

}  // namespace limner::finish
