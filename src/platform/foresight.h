// What the pack that was read last (file_bindings.cpp) foretells; nothing before one is, or of a pack that foretells nothing.
#pragma once
#include "recipe/recipe.h"

namespace limner::platform {

// Whether the portrait of a recipe's sitter is foretold to fail (generator/foresight.h).
bool doubtful(const Recipe& recipe);

}  // namespace limner::platform
