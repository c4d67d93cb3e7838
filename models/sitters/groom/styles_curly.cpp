#include "style.h"

namespace limner::sitters {

std::span<const Style> curly_styles() { return {}; }

}  // namespace limner::sitters
