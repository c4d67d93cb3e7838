// Fewer triangles for a surface that takes many shapes: quadric error metrics (Garland and Heckbert 1997), summed over the shapes.
#pragma once
#include "scene.h"

#include <span>

namespace limner::sitters {

using Triangle = std::array<std::uint32_t, 3>;

// `shapes`: positions of the same vertices in several shapes. Edges are drawn together into one of their ends, so that what is left are
// vertices of the surface, until `target` of those that triangles use are left (or nothing more can go). `weight`, by vertex: how
// much an error counts there. `kept`, by vertex: 1 where it must stay. Edges of the surface move along themselves only.
std::vector<Triangle> decimated(std::span<const std::vector<Vec3>> shapes, std::vector<Triangle> triangles,
                                std::span<const float> weight, std::span<const std::uint8_t> kept,
                                std::size_t target);

}  // namespace limner::sitters
