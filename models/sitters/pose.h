// Head pose: the head turns about the neck, the body goes a part of the way.
#pragma once
#include "shape.h"
#include "turn.h"

namespace limner::sitters {

struct Pose {
    Turn head, body;  // MakeHuman's frame to the world's axes
    Vec3 pivot;       // joint of the neck
    float low, high;  // heights between which the skin goes over from body to head
    Vec3 origin;      // what becomes the world's origin: the mid-eye point after posing

    Vec3 rigid_head(Vec3 p) const { return pivot + head * (p - pivot) - origin; }
    Vec3 apply(Vec3 p) const;  // skin and cloth
};

// `mid_eye` in the frame of the cage.
Pose pose_of(const Assets& assets, const Cage& neutral, const Sitter& sitter, Vec3 mid_eye);

}  // namespace limner::sitters
