// Photos: the core's door for pictures that visitors bring along. Works in a worker of its own; nothing here needs a screen.
#include "export/labels.h"
#include "finish/tiled.h"
#include "photo/photo.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/label.h"
#include "recipe/recipe.h"

#include <emscripten/bind.h>
#include <nlohmann/json.hpp>

using emscripten::val;

namespace limner::platform {
namespace {

Photo& opened() {
    static Photo photo;
    return photo;
}

// What a file says before anything decodes it: {"kind","width","height","credentials"}. Files of kinds that only the browser
// knows (AVIF, HEIC) say nothing: {}.
val photo_facts(const val& bytes) {
    const auto labels = read_labels(copied_in<std::uint8_t>(bytes));
    if (!labels) {
        return labels.error().code == "file.kind" ? good(val(std::string("{}"))) : failed(labels.error());
    }
    if (const auto fits = check_photo_size(labels->width, labels->height); !fits) return failed(fits.error());
    return good(val(nlohmann::json{
        {"width", labels->width}, {"height", labels->height}, {"credentials", labels->content_credentials}}
                        .dump()));
}

val check_size(double width, double height) {
    const auto fits = check_photo_size(static_cast<std::int64_t>(width), static_cast<std::int64_t>(height));
    return fits ? good(val::undefined()) : failed(fits.error());
}

// Upright sRGB pixels, kept here until the next photo.
val keep_photo(const val& rgba, int width, int height) {
    opened() = {};
    auto photo = open_photo(width, height, copied_in<std::uint8_t>(rgba));
    if (!photo) return failed(photo.error());
    opened() = std::move(*photo);
    return good(val::undefined());
}

// The kept photo under the recipe's style and grade: {rgba, width, height}. `progress` is told the share that is done and
// says whether to go on.
val finish_kept_photo(const std::string& text, const val& progress) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    if (opened().width == 0) return failed({"photo.none", "No photo is open."});
    const auto told = [&](float done) { return progress(done).as<bool>(); };
    const auto picture = finish_photo(opened(), *recipe, styles(), nullptr, told);
    if (!picture) return failed(picture.error());
    return good(pixels_out(picture->width, picture->height, picture->rgba));
}

// An encoded file of the finished photo, labelled; `original` is the file that was opened: who made it, whose it is and how it
// was taken stay, where it was taken only if `keep_place`.
val label_photo(const val& bytes, const std::string& options, const val& original, bool keep_place) {
    const auto from = read_labels(copied_in<std::uint8_t>(original));
    Label label = label_of(options);
    label.source = SourceType::filtered;
    const auto file = with_labels(copied_in<std::uint8_t>(bytes), label, from ? &*from : nullptr, keep_place);
    return file ? good(copied_out<std::uint8_t>(*file)) : failed(file.error());
}

std::string style_list() {
    nlohmann::json list = nlohmann::json::array();
    for (const Style& style : styles().all()) {
        nlohmann::json parameters = nlohmann::json::array();
        for (const StyleParameter& p : style.parameters) {
            parameters.push_back(
                {{"id", p.id}, {"label", p.label}, {"min", p.min}, {"max", p.max}, {"default", p.initial}});
        }
        list.push_back({{"name", style.name},
                        {"label", style.label},
                        {"family", style.family},
                        {"help", style.help},
                        {"parameters", parameters}});
    }
    return list.dump();
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_photo) {
    using namespace limner::platform;
    using emscripten::function;
    function("photoFacts", &photo_facts);
    function("checkPhotoSize", &check_size);
    function("keepPhoto", &keep_photo);
    function("finishPhoto", &finish_kept_photo);
    function("labelPhoto", &label_photo);
    function("styleList", &style_list);
}
