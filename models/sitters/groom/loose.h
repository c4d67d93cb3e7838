// Loose hair: combed, lifted and pulled down, strand by strand.
#pragma once
#include "locks.h"
#include "style.h"

namespace limner::sitters {

// Where hair parts: a line over the top, from the forehead into the whorl.
class Parting {
public:
    Parting(const Head& head, const Wish& wish, const Style& style);
    bool any() const { return any_; }
    float at(float z) const;  // its x
    // More roots beside it: real scalps have ten times our hairs, and only there does it show.
    void thicken(const Hairline& line, int count, Random& random, std::vector<Root>& roots) const;

private:
    const Head& head_;
    bool any_;
    std::uint32_t seed_;
    float x_;
};

// Hair of a loose style, grown from the roots: combed only, or finished and handed out.
Locks comb_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                 Random& random);
void grow_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& out);

}  // namespace limner::sitters
