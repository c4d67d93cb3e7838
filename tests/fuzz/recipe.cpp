// Any bytes as a recipe: refused with a sentence, or understood, printed and understood alike, and painted.
#include "recipe/recipe.h"
#include "sitter/sitter.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    const Result<Recipe> recipe = parse_recipe({reinterpret_cast<const char*>(data), size});
    if (!recipe) {
        if (recipe.error().sentence.empty() || recipe.error().sentence.size() > 1000) std::abort();
        return 0;
    }
    const Result<Recipe> again = parse_recipe(print_recipe(*recipe));
    if (!again || !(*again == *recipe)) std::abort();
    if (network_input(sit(*recipe)).size() !=
        static_cast<std::size_t>(schema().input_count + schema().noise_count))
        std::abort();
    return 0;
}
