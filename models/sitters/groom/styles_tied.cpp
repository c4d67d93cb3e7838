#include "style.h"

namespace limner::sitters {

std::span<const Style> tied_styles() { return {}; }

}  // namespace limner::sitters
