#include "photo/decode.h"

#include <cstring>
#include <utility>

namespace limner {

Result<Photo> decode_picture(ByteView file) {
    if (starts_with(file, "\x89PNG\r\n\x1A\n")) return decode_png(file);
    if (starts_with(file, "\xFF\xD8\xFF")) return decode_jpeg(file);
    const bool webp = starts_with(file, "RIFF") && file.size() > 12 && text_of(file).substr(8, 4) == "WEBP";
    return Error{"file.kind",
                 webp ? "This is a WebP picture; here Limner reads PNG and JPEG. Convert it first."
                      : "This is neither a PNG nor a JPEG picture."};
}

Photo turned(Photo photo, int orientation) {
    if (orientation < 2 || orientation > 8) return photo;
    const bool swaps = orientation >= 5;
    Photo out;
    out.width = swaps ? photo.height : photo.width;
    out.height = swaps ? photo.width : photo.height;
    out.rgba.resize(photo.rgba.size());
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            int u = swaps ? y : x, v = swaps ? x : y;
            const bool flip_u = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
            const bool flip_v = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
            if (flip_u) u = photo.width - 1 - u;
            if (flip_v) v = photo.height - 1 - v;
            const auto to = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) +
                                 static_cast<std::size_t>(x));
            const auto from = 4 * (static_cast<std::size_t>(v) * static_cast<std::size_t>(photo.width) +
                                   static_cast<std::size_t>(u));
            std::memcpy(&out.rgba[to], &photo.rgba[from], 4);
        }
    }
    return out;
}

}  // namespace limner
