// The smooth skin: subdivision of the cage by prepared weights, normals, and the skin's meshes.
#pragma once
#include "shape.h"

namespace limner::sitters {

using Fine = std::vector<Vec3>;

Fine subdivided(const Assets& assets, const Cage& cage);

// Unit, area-weighted over the quads that share a vertex.
std::vector<Vec3> quad_normals(std::span<const Vec3> position, std::span<const Quad> quads);

// Face and body with atlas uv, lip mask and thickness; and the mouth's lining (Surface::gums). `rest` is `fine` without
// expression or pose.
void add_skin_meshes(const Assets& assets, const Fine& fine, const Fine& rest, std::vector<Mesh>& out);

}  // namespace limner::sitters
