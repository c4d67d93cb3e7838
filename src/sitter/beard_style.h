// Which parts of a face each style of beard covers, and how it is kept: what the renderer grooms by (models/sitters/groom/beard.cpp) and
// the finish draws by (finish/primitives/beard.cpp).
#pragma once
#include <algorithm>
#include <iterator>
#include <string_view>

namespace limner {

struct BeardStyle {
    std::string_view id;
    int count, points;                            // roots that are tried, and of a strand
    float length;                                 // metres
    float moustache, chin, corners, jaw, cheeks;  // how much of each part grows: 0 … 1
    float lift, gravity, clump, curl;
    float moustache_length;  // metres
    float neck;              // metres it runs on below the jaw
};

// id            count  pts  length   mous  chin  corn  jaw   cheek  lift  grav  clump curl     m.len
// neck
inline constexpr BeardStyle kBeardStyles[] = {
    {"stubble", 16000, 4, 0.0024F, 0.9F, 1.0F, 0.9F, 1.0F, 1.0F, 0.50F, 0.0F, 0.0F, 0, 0.0022F, 0.030F},
    {"moustache", 13000, 7, 0.0090F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.30F, 0.3F, 0.4F, 0, 0.0110F, 0.0F},
    {"goatee", 10000, 8, 0.0130F, 0.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.40F, 0.4F, 0.4F, 0.0004F, 0.0090F, 0.012F},
    {"circle", 12000, 7, 0.0090F, 1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.40F, 0.3F, 0.4F, 0.0003F, 0.0090F, 0.010F},
    {"anchor", 12000, 7, 0.0080F, 1.0F, 0.6F, 0.0F, 0.0F, 0.0F, 0.40F, 0.3F, 0.4F, 0.0002F, 0.0085F, 0.008F},
    {"boxed_short", 17000, 6, 0.0080F, 1.0F, 1.0F, 1.0F, 1.0F, 0.7F, 0.42F, 0.2F, 0.4F, 0.0003F, 0.0085F,
     0.010F},
    {"full_medium", 17000, 9, 0.0230F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.42F, 0.5F, 0.5F, 0.0011F, 0.0130F,
     0.018F},
    {"full_long", 15000, 14, 0.0750F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 0.34F, 0.9F, 0.6F, 0.0022F, 0.0170F,
     0.018F},
    {"mutton_chops", 10000, 8, 0.0150F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F, 0.40F, 0.4F, 0.45F, 0.0007F, 0.0F,
     0.010F},
};

// Null for "none".
inline const BeardStyle* beard_style(std::string_view id) {
    const auto found = std::find_if(std::begin(kBeardStyles), std::end(kBeardStyles),
                                    [&](const BeardStyle& s) { return s.id == id; });
    return found == std::end(kBeardStyles) ? nullptr : &*found;
}
// Of the lengths above, at `beard.length`.
inline float beard_length_factor(float length) { return length < 0 ? 1 + 0.45F * length : 1 + 0.8F * length; }

}  // namespace limner
