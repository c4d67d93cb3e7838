// The numbers of the passes "strand_flow" and "parting", in order, and the cell that "strand_comb" and "strands" count in: features.cpp
// writes them, strand_flow.cpp, parting.cpp and the shaders read them.
#pragma once

#include "finish/parting_line.h"

namespace limner::finish {

constexpr float kStrandCell = 0.5F;  // of the finest noise, in 512ths of the picture's side; at least a pixel

enum StrandFlowNumber {
    kHairCurls = 0,  // how much incoherent strands curl on the head,
    kFaceCurls,      // and lower than
    kFaceFrom,  // this of the picture's height, in a face with this middle and half width, -1 .. 1 across the picture
    kFaceMiddle,
    kFaceWide,
    kFaceHangs,   // how much hair there hangs
    kBrowsToo,    // 1: brows are hair
    kWaves,       // how far waves turn hair that hangs, turns,
    kWavesLong,   // how many there are over half the picture's width,
    kWavesApart,  // and over how much of one locks are apart
    kFlowSeed,
    kFlowParting,                                 // PartingNumber
    kFront = kFlowParting + kPartingLineNumbers,  // how hair lies above a forehead (Front)
    kFrontBrows,                                  // above brows of this height, -1 .. 1,
    kFrontMiddle,                                 // between temples around this place,
    kFrontWide,                                   // so far to both sides
    kSheen = kFrontWide + 1,                      // how much hair on the head shines
    kRooted,                                      // how far it grows straight out of a forehead, 0..1
    kFlowStudio,                                  // as put_studio
    kOutlined = kFlowStudio + 29,                 // how far it lies along its outline, 0..1
    kFrizz,                                       // how far hairs on the head cross each other, turns
    kStrandFlowNumbers,
};

enum PartingPassNumber {                 // after PartingNumber
    kPartingSkin = kPartingLineNumbers,  // a place on the face
    kRows = kPartingSkin + 2,  // how many plaits lie on the scalp side by side, from ear to ear; 0 none
    kPartingNumbers,
};

}  // namespace limner::finish
