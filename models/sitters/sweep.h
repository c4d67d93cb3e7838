// Solid bars swept along curves, and small bodies of revolution: frames, temples, earrings.
#pragma once
#include "scene.h"

#include <functional>
#include <string>
#include <vector>

namespace limner::sitters {

struct
    Station {  // one place along a bar: the section's two half axes at it (not unit: their lengths are half width, half height)
    Vec3 at, a, b;
};

// A bar of rounded rectangular section (a superellipse of power `squareness`, 2 = round) through the stations; ends are capped
// unless it is a closed ring.
Mesh bar(std::string name, const std::vector<Station>& stations, bool closed, float squareness,
         int around = 14);

// The middle of the section at a station of such a bar.
Vec3 middle_of(const Mesh& bar, int station, int around = 14);

// A body of revolution about `up` through `centre`; profile of (radius, height), from one end to the other.
Mesh turned(std::string name, Vec3 centre, Vec3 up, const std::vector<Vec2>& profile, int around = 24);

void find_smooth_normals(Mesh& mesh);

}  // namespace limner::sitters
