// The sitter's own face and body, at rest: macro shapes, scan identity and details as offsets of the cage.
#pragma once
#include "assets.h"
#include "sitter/sitter.h"

namespace limner::sitters {

using Cage = std::vector<Vec3>;  // [19158], metres, MakeHuman's frame

Cage neutral_cage(const Assets& assets, const Sitter& sitter);

// Mean of the joint's vertices.
Vec3 joint_of(const Assets& assets, const Cage& cage, Joint joint);

}  // namespace limner::sitters
