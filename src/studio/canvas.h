// A picture the studio asked the page for.
#pragma once
#include "platform/platform.h"

#include <string>

namespace limner::studio {

// `wanted` counts requests: an answer to an older one is not shown as current.
struct Canvas {
    platform::Texture texture;
    std::string recipe;  // what `texture` shows, canonical text
    std::string asked;   // what was last asked for
    int job = 0;
};

}  // namespace limner::studio
