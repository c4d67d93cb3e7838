// The gallery's state for JavaScript.
#include "platform/panel.h"

#include <emscripten/bind.h>

namespace limner::platform {
namespace {

std::string gallery_state() { return studio::crowd_state(panel()); }
std::string gallery_command(const std::string& verb, const std::string& what) {
    return studio::crowd_command(panel(), verb, what);
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_crowd) {
    emscripten::function("galleryState", &limner::platform::gallery_state);
    emscripten::function("galleryCommand", &limner::platform::gallery_command);
}
