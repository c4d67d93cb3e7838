// Glasses: rims, lenses, bridge, nose pads and temples, fitted to the sitter's eyes, nose, temples and ears.
#pragma once
#include "eyes.h"

namespace limner::sitters {

// Whoever asks for places on a frame finds them by these: the last kRimPoints vertices of a "lens" are its outline, from the
// temple's side over the brow to the nose and back below; and of the stations (sweep.h) of a "temple" and a "bridge":
inline constexpr int kRimPoints = 112;
inline constexpr int kHinge = 0, kHalfTemple = 9, kMidBridge = 8;

// Meshes of glasses.style (none: nothing), rigid with the head, in the frame of `skin`. `skin` and `cage` carry the expression.
std::vector<Mesh> eyewear_of(const Assets& assets, const Fine& skin, const Cage& cage,
                             const Eyeball (&eyes)[2], const Sitter& sitter);

}  // namespace limner::sitters
