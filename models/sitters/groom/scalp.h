// The head as the groomer sees it: where the skull, ears and hairline are, and where hair grows.
#pragma once
#include "field.h"
#include "random.h"

#include <array>

namespace limner::sitters {

// What the sitter asks for. The groomer always works with the parting at the middle or on +X; where the
// sitter parts on
// the other side everything is mirrored before and after (`mirror`), so left and right are treated alike.
struct Wish {
    std::string_view hair_style = "long_wavy", beard_style = "none";
    float length = 0, volume = 0, curl = 0, part = 0, hairline = 0.2F, messy = 0.3F;
    float beard_length = 0, beard_density = 0.6F;
    float brow_thickness = 0.45F, brow_arch = 0, lash_length = 0.45F;
    float presentation = 0.2F, age = 34;
    std::uint64_t seed = 1;
    bool mirror = false;

    float length_factor() const {  // 0.65 … 1 … 1.45
        return length < 0 ? 1 + 0.35F * length : 1 + 0.45F * length;
    }
};

// Head frame (metres, origin mid-eye), x negated where the wish is mirrored.
class Head {
public:
    Head(const Body& body, bool mirror);

    Vec3 to_world(Vec3 p) const { return body_to_world_.apply(flip(p)); }
    Vec3 from_world(Vec3 p) const { return flip(body_to_world_.apply_inverse(p)); }
    Vec3 flip(Vec3 p) const { return {mirror_ ? -p.x : p.x, p.y, p.z}; }
    Vec3 vertex(int i) const { return flip(body_.head_position[static_cast<std::size_t>(i)]); }
    Vec3 vertex_pair(int left, int right, bool positive_x) const {
        return vertex(positive_x != mirror_ ? left : right);
    }
    Vec3 landmark(int i) const;  // iBUG-68 in this frame, renumbered where mirrored (so 17-21 stays on -X)

    // First surface met going out from the skull's centre, and its normal.
    SurfaceSample surface(Vec3 direction) const;

    Vec3 centre;                    // of the skull
    float radius = 0;               // typical, metres
    float crown = 0;                // height of the top
    float brow = 0.013F;            // height of the brows' ridge
    Vec3 whorl;                     // where hair fans out from at the back
    std::array<Vec3, 2> ear, lobe;  // most outward point of the ear, lobe; [0] on -X, [1] on +X
    Vec3 down;                      // gravity in this frame
    Field field;

private:
    const Body& body_;
    bool mirror_;
    Rigid body_to_world_;
};

struct Polar {
    float azimuth, elevation;  // degrees; 0 = front, positive towards +X
};
Polar polar(Vec3 direction);
Vec3 from_polar(float azimuth, float elevation);

// The edge of the hair: how many degrees of elevation a direction lies above it.
class Hairline {
public:
    enum class Kind { natural, receding, horseshoe, thinning };
    Hairline(const Head& head, const Wish& wish, Kind kind = Kind::natural);

    float above(Vec3 direction) const;                // degrees above the edge, negative on bare skin
    float chance(Vec3 direction, float above) const;  // that a hair grows here, 0 … 1
    float front() const { return front_; }            // elevation of the edge at the middle

private:
    std::array<std::array<float, 2>, 13> left_, right_;  // |azimuth|, elevation
    float front_ = 0, peak_ = 0, rough_ = 1, recede_ = 0;
    Kind kind_;
    std::uint32_t seed_;
};

struct Root {
    Vec3 position, normal;
    Polar polar;
    float edge;    // degrees above the hairline
    float random;  // 0 … 1
};

// About `count` roots, evenly spread (R2 sequence, Roberts 2018) over the hair-bearing scalp.
std::vector<Root> scatter_roots(const Head& head, const Hairline& line, int count, std::uint64_t seed);

// More of them along the forehead's edge, where hair combed back would show the scalp.
void thicken_edge(const Head& head, const Hairline& line, int count, Random& random,
                  std::vector<Root>& roots);

}  // namespace limner::sitters
