// A hair style is data: one row of numbers in a table, one table a family.
#pragma once
#include "scalp.h"
#include "sitter/parting.h"

#include <span>
#include <string_view>

namespace limner::sitters {

struct Style {
    enum class Family { none, loose, coil, gathered, ropes, rows };

    std::string_view id;
    Family family = Family::loose;
    Hairline::Kind hairline = Hairline::Kind::natural;
    int count = 22000, points = 14;

    // Lengths by region, metres. `edge` is the length at the very hairline of sides and nape (fades), 0 =
    // as `side`.
    float top = 0.06F, fringe = 0, side = 0.04F, back = 0.05F, edge = 0;
    float fade_from = -12, fade_to = 35;  // elevations (degrees) between which sides go from `edge` to `side`
    float top_from = 30, top_to = 58;     // … and from `side` to `top`
    float vary = 0.1F;                    // standard deviation of the length, as a fraction
    float cut = 0, cut_soft = 0.006F,
          cut_slope = 0;   // height (head frame) where hair is cut off, 0 = nowhere; rise per metre backwards
    float fringe_cut = 0;  // height where hair over the forehead is cut off, 0 = it is kept off the face
    float fringe_deep = 26;  // degrees behind the hairline that belong to the fringe
    float fringe_wide = 42;  // degrees of azimuth either side
    float fringe_sweep = 0;  // sideways pull of the fringe, towards -X
    float trim = 0;  // 0: face kept free at the cheeks; 1: hair may fall over the temples and brow ends

    // Which way it is combed.
    float across = 0, sweep = 0, down = 0,
          forward = 0;      // away from the parting, towards -X, down, towards the front
    float low_back = 0.2F;  // sides and back: backwards as they go down
    float low = 1;          // how much the sides just go down (0: they follow the top's comb)

    // How it stands and falls.
    float lift = 0.25F, gravity = 0.3F, stiff = 0.7F, follow = 0.7F, release = 0.8F, puff = 0.05F;
    float front_lift = 0;  // upwards at the front (quiffs)
    float rise = 0;        // upwards all over the top
    float layer = 0.010F;  // thickness of the mass on the head
    float hug = 0.3F;      // draws hair that stands further off back to the head
    float radial = 0;      // combed away from the whorl
    float ceiling = 0;     // height above the crown where hair is cut flat, 0 = nowhere
    float strip = 0;       // half width of the only strip left long (mohawk), metres, 0 = everywhere
    float stand = 0;       // 1: hairs simply stand where they are put (spikes, flat tops)

    // Locks.
    int locks = 900, big_locks = 160;
    float clump = 0.5F, clump_power = 1.2F, big_clump = 0.2F;
    float lock_noise = 0.15F, hair_noise = 0.06F;
    float curl = 0, curl_turns = 12, curl_jitter = 0.35F;  // radius (metres) and turns a metre
    float curl_spread = 1;                                 // 0: waves of all locks run together
    float curl_from = 0.12F;                               // fraction of the strand before curls begin
    float frizz = 0.0012F;
    float radius = 6.0e-5F;

    // Coils.
    float kink = 0.0022F;  // metres a coil strays from its line

    // Gathered hair: drawn over the head to a tie, and what hangs there.
    enum class End { tail, bun, puff, braid, ring } end = End::tail;
    float tie_azimuth = 180, tie_elevation = 30;  // degrees
    bool pairs = false;                           // a tie on either side of a centre parting
    float tie_radius = 0.010F;                    // metres
    float tail_length = 0.3F, tail_width = 0.02F;
    float throw_out = 0.04F;  // how far the tail stands out before it falls, metres
    float drape = 0;  // 0: hangs behind; 1: comes forward over the shoulder on the tie's side (-X if central)
    float bun = 0.035F;       // radius of a bun, puff or plait
    float gather_from = -90;  // only hair above this elevation is gathered (half up)

    // Locs, twists and braids, and rows.
    enum class Weave { loc, twist, plait } weave = Weave::loc;
    int ropes = 0;
    float rope = 0.003F;  // radius
};

std::span<const Style> short_styles();
std::span<const Style> long_styles();
std::span<const Style> curly_styles();
std::span<const Style> tied_styles();

const Style* find_style(std::string_view id);  // nullptr if there is none

}  // namespace limner::sitters
