// One sitter's shape, posed but not yet dressed: what the body and its anchors are both made of.
#pragma once
#include "eyes.h"
#include "pose.h"
#include "surface.h"

namespace limner::sitters {

struct Person {
    Cage cage;        // with identity and expression, unposed
    Fine rest, fine;  // subdivided skin without and with expression, unposed
    Eyeball eyes[2];  // left, right; aimed
    Vec3 mid_eye;
    Expression expression;
    Pose pose;
};

Person person_of(const Assets& assets, const Sitter& sitter);

// The parts of a body that the camera is aimed by: landmarks, eyes and mouth, in the world frame.
void add_points(const Assets& assets, const Person& person, Body& body);

}  // namespace limner::sitters
