// The eyes: where they sit, where they look, how far the lids are closed over them, and their meshes.
//
// Anatomy (lengths in units of an eyeball of 12 mm radius): cornea of radius 7.8 mm over a limbus of radius 5.9 mm
// (Bekerman et al. 2014; Le Grand 1957), iris half a millimetre behind the limbus.
#pragma once
#include "expression.h"
#include "turn.h"

namespace limner::sitters {

struct Eyeball {
    Vec3 centre;
    float radius = 0.012F;
    Vec3 axis{0, 0, 1};      // optical axis, head frame
    float limbus = 0.5135F;  // polar angle of the limbus, radians

    // Distance of the front surface (sclera or cornea) from the centre in direction d (unit).
    float surface(Vec3 d) const;
};

using Fine = std::vector<Vec3>;

// Seats an eyeball of an adult's size behind the resting lid margins (least squares). `side`: 0 left, 1 right.
Eyeball seat_eye(const Assets& assets, const Cage& neutral, const Fine& rest, int side);

// Turns the eye to the sitter's gaze: relative to the camera, at most 30 degrees from straight ahead.
void aim_eye(Eyeball& eye, const Sitter& sitter, const Turn& head, Vec3 mid_eye);

// Moves the lids: to a relaxed opening over the iris, with the gaze, and closed by `close` 0..1; keeps them off the eyeball.
// `fine` and `cage` move together; `rest` is the resting skin.
void move_lids(const Assets& assets, const Eyeball& eye, int side, float close, float droop, Fine& fine,
               Cage& cage);

// Eyeball, cornea, wet line and caruncle, in the frame of `fine`.
void add_eye_meshes(const Assets& assets, const Eyeball& eye, int side, const Fine& fine,
                    std::vector<Mesh>& out);

// Distance from the mid-eye point to the lens that the eyes converge on, metres.
inline constexpr float camera_distance = 1.0F;

}  // namespace limner::sitters
