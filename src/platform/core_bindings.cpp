// The core's half of the door to JavaScript; works without a screen, so workers and Node use it too.
#include "finish/cpu.h"
#include "finish/plan.h"
#include "finish/style.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/skeleton.h"
#include "recipe/recipe.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <array>
#include <emscripten/bind.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

using emscripten::val;

namespace limner {
extern const std::string_view kSchemaJson;  // src/recipe/schema.json, embedded by CMakeLists.txt
}

namespace limner::platform {
namespace {

std::string schema_text() { return std::string(kSchemaJson); }

std::string style_names() {
    nlohmann::json names = nlohmann::json::array();
    for (const Style& style : styles().all()) names.push_back(style.name);
    return names.dump();
}

val check_recipe(const std::string& text) {
    const auto recipe = parse_recipe(text);
    return recipe ? good(val(print_recipe(*recipe))) : failed(recipe.error());
}

val recipe_of_fragment(const std::string& fragment) {
    const auto recipe = from_fragment(fragment);
    return recipe ? good(val(print_recipe(*recipe))) : failed(recipe.error());
}

val fragment_of(const std::string& text) {
    const auto recipe = parse_recipe(text);
    return recipe ? good(val(to_fragment(*recipe))) : failed(recipe.error());
}

// Float32Array [input_count + noise_count].
val input_of(const std::string& text) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    const Sitter sitter = sit(*recipe);
    const std::vector<float> input = network_input(skeleton() ? undressed(sitter) : sitter);
    return good(copied_out<float>(input));
}

// What the pack that paints knows of a recipe's sitter beside the picture.
struct Known {
    std::optional<Points> points;
    std::optional<Outline> outline;
    void tell(LayersInfo& info) const {
        info.points = points ? &*points : nullptr;
        info.outline = outline ? &*outline : nullptr;
    }
};
// Kept for the next call: most plans are of the same sitter in another light, look or size.
const Known& known_of(const Recipe& recipe) {
    static struct {
        int pack = -1;
        std::vector<float> input;
        Known known;
    } last;
    const Sitter sitter = sit(recipe);
    std::vector<float> input = network_input(sitter);
    if (last.pack == packs_opened() && last.input == input) return last.known;
    Known known;
    if (skeleton() || bust()) {
        const std::vector<float> bare = network_input(undressed(sitter));
        if (skeleton()) known.points = skeleton()->points(input, bare);
        if (bust()) known.outline = bust()->outline(bare);
    }
    last = {packs_opened(), std::move(input), std::move(known)};
    return last.known;
}

// The picture that the style "example" borrows its manner from.
limner::Picture& example() {
    static limner::Picture picture;
    return picture;
}

void set_example(const val& rgba, int width, int height) {
    example() = {width, height, copied_in<std::uint8_t>(rgba)};
}

LayersInfo with_example(LayersInfo info) {
    info.example_width = example().width;
    info.example_height = example().height;
    return info;
}

val plan_of(const std::string& text, int layers_width, int layers_height) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    LayersInfo info;
    info.width = layers_width;
    info.height = layers_height;
    known_of(*recipe).tell(info);
    const auto made = plan(with_example(info), *recipe, styles());
    return made ? good(val(plan_json(*made).dump())) : failed(made.error());
}

// The network's output, kept here so that a change of light or style does not copy it again. Two sets: what the
// stage shows, and passing ones.
struct Kept {
    Layers layers;
    KeptImages images;
};
Kept& kept(int slot) {
    static std::array<Kept, 2> all;
    return all[slot == 0 ? 0 : 1];
}

// `planes`: Float32Array [28 * height * width] in the order of the schema's layers.
bool keep_layers(int slot, const val& planes, int width, int height) {
    Layers& layers = kept(slot).layers;
    kept(slot).images.forget();
    const bool fits =
        width > 0 && height > 0 &&
        planes["length"].as<double>() == static_cast<double>(schema().plane_count()) * width * height;
    layers.width = fits ? width : 0;
    layers.height = fits ? height : 0;
    std::size_t at = 0;
    const auto take = [&](std::vector<float>& plane, std::size_t channels) {
        const std::size_t count = channels * layers.pixels();
        plane.resize(count);
        val(emscripten::typed_memory_view(count, plane.data()))
            .call<void>("set", planes.call<val>("subarray", at, at + count));
        at += count;
    };
    take(layers.rgb, 3);
    take(layers.alpha, 1);
    take(layers.normal, 3);
    take(layers.depth, 1);
    take(layers.regions, 8);
    take(layers.transfer, 8);
    take(layers.strands, 4);
    return fits;
}

// Finishes kept layers: {value: {rgba: Uint8Array, width, height}}.
val finish_kept(int slot, const std::string& text) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    const Layers& layers = kept(slot).layers;
    LayersInfo info = with_example(layers_info(layers));
    known_of(*recipe).tell(info);
    const auto made = plan(info, *recipe, styles());
    if (!made) return failed(made.error());
    // Only the stage's are changed again and again.
    const auto picture =
        run(*made, layers, example().width > 0 ? &example() : nullptr, slot == 0 ? &kept(0).images : nullptr);
    if (!picture) return failed(picture.error());
    return good(pixels_out(picture->width, picture->height, picture->rgba));
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_core) {
    using namespace limner::platform;
    using emscripten::function;
    function("schemaText", &schema_text);
    function("styleNames", &style_names);
    function("checkRecipe", &check_recipe);
    function("recipeOfFragment", &recipe_of_fragment);
    function("fragmentOf", &fragment_of);
    function("inputOf", &input_of);
    function("setExample", &set_example);
    function("planOf", &plan_of);
    function("keepLayers", &keep_layers);
    function("finishKept", &finish_kept);
}
