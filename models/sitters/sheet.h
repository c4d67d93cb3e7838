// Contact sheets: many pictures as one.
#pragma once
#include "image.h"

namespace limner::sitters {

// All pictures have the same size; `gap` pixels of dark grey between them.
Image contact_sheet(const std::vector<Image>& pictures, int columns, int gap);

}  // namespace limner::sitters
