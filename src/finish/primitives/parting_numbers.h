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
    kFlowParting,    // PartingNumber
    kStrandFlowNumbers = kFlowParting + kPartingLineNumbers,
};

enum PartingPassNumber {                 // after PartingNumber
    kPartingSkin = kPartingLineNumbers,  // a place on the face
    kPartingNumbers = kPartingSkin + 2,
};

}  // namespace limner::finish
