// What the command line and Node need beyond the page: there is no browser to decode pictures.
#include "export/labels.h"
#include "finish/style.h"
#include "finish/tiled.h"
#include "photo/decode.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/label.h"

#include <emscripten/bind.h>
#include <nlohmann/json.hpp>

using emscripten::val;

namespace limner::platform {
namespace {

val pixels_of(int width, int height, const std::vector<std::uint8_t>& rgba) {
    val out = val::object();
    out.set("rgba", copied_out<std::uint8_t>(rgba));
    out.set("width", width);
    out.set("height", height);
    return good(std::move(out));
}

// A PNG or JPEG as {value: {rgba, width, height}}.
val decode(const val& bytes) {
    const auto photo = decode_picture(copied_in<std::uint8_t>(bytes));
    return photo ? pixels_of(photo->width, photo->height, photo->rgba) : failed(photo.error());
}

// A photo under a recipe's style and grade.
val finish_opened(const val& rgba, int width, int height, const std::string& text) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    const auto photo = open_photo(width, height, copied_in<std::uint8_t>(rgba));
    if (!photo) return failed(photo.error());
    const auto picture = finish_photo(*photo, *recipe, styles());
    return picture ? pixels_of(picture->width, picture->height, picture->rgba) : failed(picture.error());
}

// What a picture file says about itself, as JSON.
val labels_of(const val& bytes) {
    const auto labels = read_labels(copied_in<std::uint8_t>(bytes));
    if (!labels) return failed(labels.error());
    const char* kind = labels->kind == FileKind::png    ? "png"
                       : labels->kind == FileKind::jpeg ? "jpeg"
                                                        : "webp";
    nlohmann::json told{{"kind", kind},
                        {"width", labels->width},
                        {"height", labels->height},
                        {"recipe", labels->recipe},
                        {"contentCredentials", labels->content_credentials},
                        {"exif", !labels->exif.empty()}};
    if (const auto words = read_xmp(labels->xmp); !labels->xmp.empty() && words) {
        told["says"] = {{"digitalSourceType", words->source_type},
                        {"creatorTool", words->creator_tool},
                        {"aiSystem", words->ai_system},
                        {"aiVersion", words->ai_version},
                        {"created", words->created},
                        {"uniqueId", words->unique_id},
                        {"altText", words->alt_text},
                        {"creator", words->creator},
                        {"rights", words->rights},
                        {"credit", words->credit}};
    }
    return good(val(told.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

// A label for a picture made from an opened one, whose own words are kept.
val label_from(const val& bytes, const std::string& options, const val& original, bool keep_place) {
    const auto kept = read_labels(copied_in<std::uint8_t>(original));
    const std::vector<std::uint8_t> file = copied_in<std::uint8_t>(bytes);
    const auto made = with_labels(file, label_of(options), kept ? &*kept : nullptr, keep_place);
    return made ? good(copied_out<std::uint8_t>(*made)) : failed(made.error());
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_tools) {
    using namespace limner::platform;
    using emscripten::function;
    function("decodePicture", &decode);
    function("finishPhoto", &finish_opened);
    function("labelsOf", &labels_of);
    function("labelFrom", &label_from);
}
