// Packs, saved pictures, relatives: the rest of the core's door to JavaScript.
#include "export/labels.h"
#include "export/png.h"
#include "generator/pack.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/foresight.h"
#include "platform/label.h"
#include "recipe/recipe.h"
#include "sitter/breed.h"
#include "sitter/sitter.h"

#include <emscripten/bind.h>
#include <nlohmann/json.hpp>
#include <optional>

using emscripten::val;

namespace limner::platform {
namespace {

std::optional<Foresight>& foresight() {
    static std::optional<Foresight> kept;
    return kept;
}

// What the page needs of a pack, after everything in it was checked.
val pack_of(const std::string& text) {
    const auto pack = parse_pack(text);
    if (!pack) return failed(pack.error());
    foresight() = pack->foresight;
    nlohmann::json files = nlohmann::json::array();
    for (const PackFile& file : pack->files) {
        files.push_back({{"name", file.name},
                         {"precision", file.precision},
                         {"bytes", file.bytes},
                         {"sha256", file.sha256}});
    }
    const nlohmann::json told{{"name", pack->name},
                              {"version", pack->version},
                              {"inputCount", pack->input_count},
                              {"bustMaps", pack->bust_maps},
                              {"litMaps", pack->lit_maps},
                              {"noiseCount", pack->noise_count},
                              {"planes", pack->planes},
                              {"side", pack->side},
                              {"files", files},
                              {"golden",
                               {{"input", pack->golden.input},
                                {"size", pack->golden.size},
                                {"tolerance", pack->golden.tolerance}}}};
    return good(val(told.dump()));
}

}  // namespace

bool doubtful(const Recipe& recipe) {
    return foresight() &&
           foresight()->foretold(network_input(undressed(sit(recipe)))) < foresight()->threshold;
}

// `options`: what web/files.js writes.
Label label_of(const std::string& options) {
    const nlohmann::json told = nlohmann::json::parse(options, nullptr, false);
    Label label;
    if (!told.is_object()) return label;
    if (told.value("source", "") == "filtered") label.source = SourceType::filtered;
    label.creator_tool = told.value("creatorTool", "Limner");
    label.ai_system = told.value("aiSystem", "");
    label.ai_version = told.value("aiVersion", "");
    label.created = told.value("created", "");
    label.unique_id = told.value("uniqueId", "");
    label.alt_text = told.value("altText", "");
    if (told.value("withRecipe", true)) label.recipe = told.value("recipe", "");
    return label;
}

namespace {

val encode_png(const val& rgba, int width, int height, const std::string& options) {
    Picture picture;
    picture.width = width;
    picture.height = height;
    picture.rgba = copied_in<std::uint8_t>(rgba);
    const auto file = write_png(picture, label_of(options));
    return file ? good(copied_out<std::uint8_t>(*file)) : failed(file.error());
}

// Writes the label into a JPEG or PNG the browser encoded.
val label_file(const val& bytes, const std::string& options) {
    const auto file = with_labels(copied_in<std::uint8_t>(bytes), label_of(options));
    return file ? good(copied_out<std::uint8_t>(*file)) : failed(file.error());
}

val recipe_of_picture(const val& bytes) {
    const auto labels = read_labels(copied_in<std::uint8_t>(bytes));
    if (!labels) return failed(labels.error());
    if (labels->recipe.empty()) {
        return failed({"file.recipe",
                       "There is no recipe in this picture. Only pictures saved by Limner with their recipe "
                       "can be edited on."});
    }
    const auto recipe = parse_recipe(labels->recipe);
    return recipe ? good(val(print_recipe(*recipe))) : failed(recipe.error());
}

val variation_of(const std::string& text, double radius, const std::string& seed) {
    const auto recipe = parse_recipe(text);
    return recipe ? good(val(print_recipe(variation(*recipe, radius, {}, seed)))) : failed(recipe.error());
}

bool is_doubtful(const std::string& text) {
    const auto recipe = parse_recipe(text);
    return recipe && doubtful(*recipe);
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_files) {
    using namespace limner::platform;
    using emscripten::function;
    function("packOf", &pack_of);
    function("encodePng", &encode_png);
    function("label", &label_file);
    function("recipeOfPicture", &recipe_of_picture);
    function("variation", &variation_of);
    function("doubtful", &is_doubtful);
}
