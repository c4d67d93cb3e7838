// Any text as a style: refused or compiled, never a crash; what compiles is also run, on a few pixels.
#include "finish/cpu.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    auto style = parse_style({reinterpret_cast<const char*>(data), size});
    if (!style) {
        if (style.error().sentence.empty()) std::abort();
        return 0;
    }
    StyleLibrary library;
    Recipe recipe;
    recipe.style.name = style->name;
    if (!library.add(std::move(*style))) return 0;
    Layers layers;
    layers.width = 6;
    layers.height = 5;
    layers.rgb.assign(90, 0.3F);
    layers.alpha.assign(30, 1.0F);
    if (const auto made = plan(layers_info(layers), recipe, library)) (void)run(*made, layers);
    return 0;
}
