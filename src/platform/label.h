// What JavaScript says about a picture that is being saved, as the label that is written into it.
#pragma once
#include "export/xmp.h"

#include <string>

namespace limner::platform {

// JSON: creatorTool, aiSystem, aiVersion, created, uniqueId, altText, recipe, withRecipe; source "filtered" for a photo.
Label label_of(const std::string& options);

}  // namespace limner::platform
