// A sitter's hair as a few points: where it goes from 64 places of the scalp, and where what is tied hangs.
#pragma once
#include "assets.h"
#include "sight.h"
#include "sitter/points.h"
#include "sitter/sitter.h"

namespace limner::sitters {

struct Worn {  // a point of what is worn, in the world frame
    Vec3 at, vector;
    float seen = 0;
};

// Vertices of the cage, the same for everybody: spread evenly over all the scalp that can bear hair, in pairs of left and right,
// neighbours in the list lying far apart.
std::vector<std::uint32_t> mane_roots(const Assets& assets);  // [kManeRoots]

// At each root what hair grows there does on average. The vectors are means of unit tangents from root to tip, so they are shorter
// where strands disagree. `seen` falls to 0 where hair is thin or missing, and the points then lie on the scalp. Hair ends for all of
// this where it leaves the picture below.
struct Mane {
    std::vector<Worn> way;   // [2 * kManeRoots]: half-way along, and the tip
    std::vector<Worn> rise;  // [kManeRoots]: 35 mm from the root, or half-way along shorter hair
};
Mane mane_of(const Body& body, const std::vector<Strands>& strands, const Sitter& sitter,
             const std::vector<std::uint32_t>& roots, const Sight& sight);

// [kTailPoints]: of tails and braids the picture's left and right flank, 8 each from the tie to the end; of buns and puffs the left and
// right half of the outline, 8 each from above to below.
std::vector<Worn> tail_of(const Body& body, const std::vector<Strands>& strands, const Sitter& sitter,
                          const Sight& sight);

}  // namespace limner::sitters
