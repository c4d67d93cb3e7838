// Which hair styles part, and where: what the renderer grooms by (models/sitters/groom/loose.cpp) and the finish draws by
// (finish/primitives/parting.cpp).
#pragma once
#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace limner {

enum class Part { none, centre, wish, side };  // in the middle, where `hair.part` says, well aside

inline Part part_of(std::string_view hair_style) {
    const auto among = [&](std::initializer_list<std::string_view> styles) {
        return std::find(styles.begin(), styles.end(), hair_style) != styles.end();
    };
    if (among({"curtains", "shag_short", "bob_fringe", "medium_fringe", "long_centre", "long_fringe",
               "long_beach", "braids_two"}))
        return Part::centre;
    if (among({"bob", "bob_wavy", "lob", "lob_wavy", "medium_layers", "medium_wavy", "long_straight",
               "long_wavy", "long_layers", "bob_curly", "long_curly", "curls_medium", "curls_big",
               "ponytail_low", "bun_low", "braid_side", "crown_braid", "twists", "box_braids"}))
        return Part::wish;
    return among({"side_part", "side_swept", "comb_over", "pixie_long", "long_side"}) ? Part::side
                                                                                      : Part::none;
}

// How far from the middle it begins at the forehead, metres; `wish` is the size of `hair.part`.
inline float parting_aside(Part part, float wish) {
    switch (part) {
        case Part::centre: return 0.006F * wish;
        case Part::wish: return 0.046F * wish;
        case Part::side: return 0.022F + 0.022F * wish;
        case Part::none: break;
    }
    return 0;
}

}  // namespace limner
