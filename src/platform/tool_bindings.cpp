// What the command line and Node need beyond the page: there is no browser to decode pictures and to pack archives.
#include "export/labels.h"
#include "export/zip.h"
#include "finish/style.h"
#include "finish/tiled.h"
#include "photo/decode.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/label.h"
#include "sitter/crowd.h"

#include <emscripten/bind.h>
#include <nlohmann/json.hpp>
#include <optional>

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

// The recipe with every attribute in it: what there is to know about the person.
val settled_recipe(const std::string& text) {
    const auto recipe = parse_recipe(text);
    return recipe ? good(val(print_recipe(settled(*recipe)))) : failed(recipe.error());
}

val check_crowd(const std::string& text) {
    const auto crowd = parse_crowd(text);
    return crowd ? good(val(print_crowd(*crowd))) : failed(crowd.error());
}

// Person `index` of the crowd: {value: recipe}.
val crowd_member(const std::string& text, double index) {
    const auto crowd = parse_crowd(text);
    if (!crowd) return failed(crowd.error());
    if (!(index >= 0 && index < static_cast<double>(kMostPeople)))
        return failed({"crowd.range", "People of a crowd are numbered from 0 to 999999999."});
    return good(val(print_recipe(crowd_recipe(*crowd, static_cast<std::uint64_t>(index)))));
}

// One archive at a time; every call gives the bytes that come next in the file.
std::optional<ZipWriter>& archive() {
    static std::optional<ZipWriter> the_archive;
    return the_archive;
}

void zip_begin(int year, int month, int day, int hour, int minute, int second) {
    archive().emplace(ZipTime{year, month, day, hour, minute, second});
}

val zip_add(const std::string& name, const val& bytes, bool pack) {
    if (!archive()) return failed({"zip.closed", "No archive is being written."});
    const std::vector<std::uint8_t> data = copied_in<std::uint8_t>(bytes);
    const auto part = archive()->add(name, data, pack ? ZipMethod::deflate : ZipMethod::store);
    return part ? good(copied_out<std::uint8_t>(*part)) : failed(part.error());
}

val zip_finish() {
    if (!archive()) return failed({"zip.closed", "No archive is being written."});
    const Bytes end = archive()->finish();
    archive().reset();
    return good(copied_out<std::uint8_t>(end));
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
    function("settled", &settled_recipe);
    function("checkCrowd", &check_crowd);
    function("crowdMember", &crowd_member);
    function("zipBegin", &zip_begin);
    function("zipAdd", &zip_add);
    function("zipFinish", &zip_finish);
}
