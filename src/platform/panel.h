// The one panel of the page.
#pragma once
#include "studio/studio.h"

namespace limner::platform {

studio::Studio& panel();

}  // namespace limner::platform
