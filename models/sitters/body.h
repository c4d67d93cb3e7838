// The door of the sitters' geometry: a sitter's values in, the posed and dressed body out.
#pragma once
#include "assets.h"
#include "scene.h"
#include "sitter/sitter.h"

namespace limner::sitters {

// Skin, mouth, eyes, clothes, glasses and earrings in the world frame, with what groomers and labels need. Deterministic and safe
// to call from several threads; about 40 ms.
Body build_body(const Assets& assets, const Sitter& sitter);

}  // namespace limner::sitters
