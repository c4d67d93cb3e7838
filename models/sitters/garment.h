// Sheets of cloth over a cape: how every garment here is made.
#pragma once
#include "cape.h"

#include <functional>

namespace limner::sitters {

struct Spot {  // a place on a sheet: where over the cape, and how far off it (metres)
    float azimuth = 0, s = 0, off = 0;
};

// A sheet of across x along cells; `shape(u, t)` with u, t in 0..1. `flat_uv`: uv is (x, y) of the rest body, as cut from a bolt;
// otherwise arc lengths along the sheet. Closed sheets join u = 1 to u = 0 in shape only.
Mesh sheet(const Cape& cape, std::string name, int across, int along, bool flat_uv,
           const std::function<Spot(float u, float t)>& shape);

// A tube along points with radii; normals outward.
Mesh tube(std::string name, const std::vector<Vec3>& path, const std::vector<float>& radius, int around);

// Chest and shoulders unrolled to a plane, metres: x to the sitter's left, y up, the collar's ring a circle of 55 mm about 0.
Spot on_plane(float x, float y, float off);

}  // namespace limner::sitters
