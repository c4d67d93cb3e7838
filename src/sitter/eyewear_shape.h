// What glasses look like, by their numbers: the shape of a lens, how thick a rim is, what frames are made of. The renderer builds
// them in space from this (models/sitters/eyewear.cpp), the finish draws them (finish/features.h).
#pragma once
#include "base/vec.h"

#include <array>
#include <string_view>

namespace limner {

struct LensShape {
    float width, height, squareness;  // of one lens, metres on a face of average width
    float drop;                       // aviators: how much the outer lower part hangs
    float lift;                       // cat eyes: how much the outer upper corner rises
};
LensShape lens_shape(std::string_view style);  // an option of glasses.style

// The left lens' outline about its own centre: x outwards from the nose, y up, metres; counterclockwise from the outer side.
Vec2 lens_outline(const LensShape& shape, float turn);

inline bool open_below(std::string_view style) { return style == "half_rim"; }
inline constexpr float kOpenBelow = -0.05F;  // of the lens' height: there is no rim under this height

// Half of how wide a rim is seen from the front, metres, of glasses.thickness; on a face of average width.
inline float half_rim(float thickness) {
    return 0.0006F + 0.0014F * thickness * thickness + 0.0004F * thickness;
}
// Acetate is heavier above: by so much at a height of the outline.
inline float rim_weight(const LensShape& shape, float thickness, float y) {
    return 1.0F + 0.45F * thickness * smoothstep(-0.3F, 1.0F, y / (0.5F * shape.height));
}
inline float half_temple(float thickness) {
    return 0.0009F + 0.0022F * thickness;
}  // half its height, metres

inline constexpr float kHingeTurn = 0.0668F, kBridgeTurn = 0.4377F,
                       kUpperBarTurn =
                           0.3501F;  // where on the outline: temples, the bridge, an aviator's second bar
inline constexpr float kBridgeArch = 0.0022F, kUpperBarArch = 0.0008F;  // metres, up

struct FrameMaterial {
    std::array<float, 3> albedo{}, mirror{0.045F, 0.045F, 0.045F};  // matte, and mirrored head on
    float blur = 0.1F;                                              // of what it mirrors, radians
    bool tortoise = false;
    bool metal() const { return mirror[0] > 0.3F; }
};
FrameMaterial frame_material(std::string_view colour);  // an option of glasses.colour
std::array<float, 3> earring_mirror(float metal);       // gold 0 .. silver 1

}  // namespace limner
