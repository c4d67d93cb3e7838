// The parts garments are made of: body panels, necklines, collars, lapels, hood, tie.
#pragma once
#include "garment.h"

#include <functional>

namespace limner::sitters {

struct Wardrobe {
    Cape soft, stiff;  // knit close to the skin; tailored or thick cloth that bridges hollows
    Vec3 phase;        // shifts the folds
};

using Edge = std::function<float(float azimuth)>;  // where a neckline runs: s over azimuth

Edge round_edge(float behind, float lower_in_front);  // metres of s behind, and how much more in front
Edge v_edge(float behind, float depth,
            float half_width);  // straight lines to a point `depth` below the collar's ring

// The garment's main part, from the edge (plus `hem`) down; `folds` scales wrinkles.
Mesh panel(const Wardrobe& w, const Cape& cape, std::string name, const Edge& edge, float off, float folds,
           float hem = 0);
// A knitted band of `width` along the edge, puffed by `off`, with ribs so high.
Mesh band(const Wardrobe& w, const Cape& cape, std::string name, const Edge& edge, float width, float off,
          float ribs);

struct ShirtCollar {
    std::string cloth;
    float stand;   // height of the part around the neck
    float points;  // how far its points reach down in front
    float gap;     // radians between its front ends and the middle
    float off;     // how far the leaf stands off
};
void add_shirt_collar(const Wardrobe& w, const ShirtCollar& collar, std::vector<Mesh>& out);
void add_placket(const Wardrobe& w, const std::string& cloth, float from, float to, int buttons,
                 std::vector<Mesh>& out);
void add_turtleneck(const Wardrobe& w, std::vector<Mesh>& out);
void add_stand_collar(const Wardrobe& w, std::vector<Mesh>& out);
void add_hood(const Wardrobe& w, std::vector<Mesh>& out);
void add_lapels(const Wardrobe& w, std::vector<Mesh>& out);
void add_tie(const Wardrobe& w, std::vector<Mesh>& out);

}  // namespace limner::sitters
