// Locks: hair grown as bundles of polylines of one length, then clumped, curled, frizzed, cut and handed out.
#pragma once
#include "scalp.h"

#include <vector>

namespace limner::sitters {

// `count` strands of `points` points each, in the groomer's head frame.
struct Locks {
    int points = 0;
    float spacing = 1;  // point k lies at length * (k / (points - 1))^spacing: > 1 is finer near the root
    std::vector<Vec3> point;          // count * points
    std::vector<float> length;        // per strand, metres
    std::vector<float> keep;          // per strand: the share of its points kept when handed out (1 = all)
    std::vector<std::uint32_t> lock;  // per strand: index of its leader
    std::vector<std::uint8_t> side;   // strands of different sides never share a lock
    std::vector<float> random;        // per strand, 0 … 1

    float fraction(int k) const {
        return std::pow(static_cast<float>(k) / static_cast<float>(points - 1), spacing);
    }
    std::size_t count() const { return length.size(); }
    Vec3* strand(std::size_t i) { return point.data() + i * static_cast<std::size_t>(points); }
    const Vec3* strand(std::size_t i) const { return point.data() + i * static_cast<std::size_t>(points); }
    void add(int n) {
        point.resize(point.size() + static_cast<std::size_t>(n) * static_cast<std::size_t>(points));
        const std::size_t c = count() + static_cast<std::size_t>(n);
        length.resize(c), keep.resize(c, 1.0F), lock.resize(c), side.resize(c), random.resize(c);
    }
};

// For each strand the nearest of about `leaders` strands picked at random (same side): indices of strands.
std::vector<std::uint32_t> find_leaders(const Locks& locks, int leaders, Random& random);

// Draws strands towards their leaders, by strength * t^power along the strand.
void clump(Locks& locks, const std::vector<std::uint32_t>& leader, float strength, float power);

struct Curl {
    float radius = 0, turns = 12, jitter = 0.3F, from = 0.1F,
          spread =
              1;  // metres, turns a metre, radians, fraction of the strand, phases of locks (0: all alike)
};
void curl(Locks& locks, const Curl& curl, Random& random);
void frizz(Locks& locks, float amount, float flyaways, Random& random);

// Pushes points out of skin and clothes and appends what is kept to `out`, in world space. Points below
// `floor` (world
// height) are out of every picture and are dropped.
struct HandOut {
    float gap = 0.0006F;
    float floor = -0.235F;
    int least = 4;
    bool tied = false;  // these strands grow from a tie
};
void hand_out(const Head& head, const Locks& locks, const HandOut& how, Strands& out);

}  // namespace limner::sitters
