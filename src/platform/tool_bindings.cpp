// What the command line and Node need beyond the page: there is no browser to decode pictures.
#include "export/labels.h"
#include "photo/decode.h"
#include "platform/answer.h"
#include "platform/arrays.h"

#include <emscripten/bind.h>
#include <nlohmann/json.hpp>

using emscripten::val;

namespace limner::platform {
namespace {

// A PNG or JPEG as {value: {rgba, width, height}}.
val decode(const val& bytes) {
    const auto photo = decode_picture(copied_in<std::uint8_t>(bytes));
    return photo ? good(pixels_out(photo->width, photo->height, photo->rgba)) : failed(photo.error());
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

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_tools) {
    using namespace limner::platform;
    using emscripten::function;
    function("decodePicture", &decode);
    function("labelsOf", &labels_of);
}
