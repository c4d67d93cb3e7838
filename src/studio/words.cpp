#include "studio/words.h"

#include "studio/studio.h"

#if __has_include("prompt/prompt.h")
#include "prompt/prompt.h"
#endif

namespace limner::studio {

void understand(Studio& studio, const std::string& text) {
    static_cast<void>(text);
    static_cast<void>(studio);
}

void take_back(Studio& studio, std::size_t chip) {
    static_cast<void>(chip);
    static_cast<void>(studio);
}

}  // namespace limner::studio
