// Ropes of hair: locs, two-strand twists and three-strand plaits along a path.
#pragma once
#include "locks.h"
#include "style.h"

namespace limner::sitters {

struct Rope {
    std::vector<Vec3> path;             // head frame
    float radius = 0.003F, tip = 0.5F;  // metres; radius at the end as a fraction
    Style::Weave weave = Style::Weave::loc;
    int strands = 16;
    float fuzz = 0.0004F;
    std::uint32_t lock = 0;
    float gap = 0;      // kept above skin
    bool tied = false;  // hangs from a tie
};

// Smooth path through points, about `step` metres between points of the result (Catmull-Rom).
std::vector<Vec3> smooth_path(const std::vector<Vec3>& knots, float step);

void weave(const Head& head, const Rope& rope, Random& random, Strands& out);

void grow_ropes(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& hair, Strands& ropes);
void grow_rows(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
               const Hairline& line, Strands& hair, Strands& ropes);

}  // namespace limner::sitters
