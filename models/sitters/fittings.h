// Fittings: points of what a sitter wears (hair, glasses, a garment's neckline, earrings), known from the numbers alone as anchors
// are (anchors.h), from the geometry that is rendered.
//
// A file of fittings (little endian): "LFIT", u32 version = 1, u32 inputs, u32 points, u32 rows, then per row
// f32 [inputs] of network input and f32 [points, 7]:
//   x, y    in the picture, -1 left / top .. 1 right / bottom; held within -3 .. 3
//   depth   metres towards the camera from the mid-eye point
//   vector  x right, y up, z to the camera
//   seen    0 not worn, or hidden by head, body or clothes .. 1 in full view
// What nobody wears lies where it would be worn, or on the scalp. Hair ends where it leaves the picture below (y = 1.14). "Left" is
// the sitter's left, the picture's right.
//
//   0    mane      64 roots x (half-way along, tip); vector: mean tangent towards the tip, shorter where strands disagree
//   128  tail      16: of tails and braids the picture's left flank, 8 from the tie to the end, then the right one; of buns and puffs
//                  the left half of the outline, 8 from above to below, then the right one; vector: mean tangent
//   144  glasses   left lens' outline, 16 from the temple's side over the brow to the nose and back below; the right one's, mirrored;
//                  the bridge; left hinge, left temple half-way to the ear, right hinge, right temple. Vector: the frame's normal,
//                  of temples outwards to the side
//   181  collar    16 along the neckline, from the right shoulder (-90 degrees around the neck) over the front to the left one: the
//                  garment's highest points there; vector: its normal
//   197  earrings  left, right: the middle; vector: 0, 0, 1
//   199  rise      at the mane's 64 roots again, 35 mm along the hair (half-way where it is short): the outline of the head of hair,
//                  of which long hair's half ways and tips know nothing
#pragma once
#include "mane.h"

namespace limner::sitters {

struct Fitting {
    float x = 0, y = 0, depth = 0;
    Vec3 vector;
    float seen = 0;
};
using Fittings = std::array<Fitting, kFittings>;

// `roots`: mane_roots(assets). Safe to call from several threads.
Fittings fittings_of(const Assets& assets, const std::vector<std::uint32_t>& roots, const Sitter& sitter);

// The file described above; one row a sitter.
std::vector<std::uint8_t> fitting_file(const std::vector<std::vector<float>>& inputs,
                                       const std::vector<Fittings>& fittings);

}  // namespace limner::sitters
