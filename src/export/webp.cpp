// WebP (RFC 9649): RIFF chunks; labels need the extended header VP8X and live in the chunks "EXIF" and "XMP ".
#include "export/formats.h"

#include <algorithm>

namespace limner {
namespace {

struct Chunk {
    std::string_view type;
    ByteView data;
};

Result<std::vector<Chunk>> chunks_of(ByteView file) {
    std::vector<Chunk> chunks;
    const std::size_t size = little_endian(file, 4, 4);
    if (file.size() < 12 || size < 4 || size > file.size() - 8) return broken_file("WebP", "it is cut short");
    const std::size_t end = size + 8;
    for (std::size_t at = 12; at < end;) {
        if (end - at < 8) return broken_file("WebP", "it ends in the middle of a piece");
        const std::size_t length = little_endian(file, at + 4, 4);
        if (length > end - at - 8) return broken_file("WebP", "a piece is cut short");
        if (chunks.size() >= 65536) return broken_file("WebP", "it is cut into more than 65536 pieces");
        chunks.push_back({text_of(file.subspan(at, 4)), file.subspan(at + 8, length)});
        at += 8 + length + (length & 1);
    }
    if (chunks.empty()) return broken_file("WebP", "it is empty");
    return chunks;
}

struct Canvas {
    std::uint32_t width = 0, height = 0;
    std::uint8_t flags = 0;  // of VP8X
};

Result<Canvas> canvas_of(const std::vector<Chunk>& chunks) {
    const Chunk& first = chunks.front();
    if (first.type == "VP8X" && first.data.size() >= 10) {
        return Canvas{little_endian(first.data, 4, 3) + 1, little_endian(first.data, 7, 3) + 1,
                      first.data[0]};
    }
    if (first.type == "VP8 " && first.data.size() >= 10 && little_endian(first.data, 3, 3) == 0x2A019D) {
        return Canvas{little_endian(first.data, 6, 2) & 0x3FFF, little_endian(first.data, 8, 2) & 0x3FFF, 0};
    }
    if (first.type == "VP8L" && first.data.size() >= 5 && first.data[0] == 0x2F) {
        const std::uint32_t bits = little_endian(first.data, 1, 4);
        const std::uint8_t alpha = (bits >> 28 & 1) ? 0x10 : 0;
        return Canvas{(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, alpha};
    }
    return broken_file("WebP", "its header is missing");
}

void put_chunk(Bytes& out, std::string_view type, ByteView data) {
    put(out, type);
    put_little(out, data.size(), 4);
    put(out, data);
    if (data.size() & 1) out.push_back(0);
}

}  // namespace

Result<FileLabels> read_webp(ByteView file) {
    const Result<std::vector<Chunk>> chunks = chunks_of(file);
    if (!chunks) return chunks.error();
    const Result<Canvas> canvas = canvas_of(*chunks);
    if (!canvas) return canvas.error();
    if (canvas->width == 0 || canvas->height == 0)
        return broken_file("WebP", "it does not say how large it is");
    FileLabels labels;
    labels.width = static_cast<int>(canvas->width);
    labels.height = static_cast<int>(canvas->height);
    for (const Chunk& chunk : *chunks) {
        if (chunk.type == "XMP ") labels.xmp = text_of(chunk.data);
        if (chunk.type == "EXIF") {
            const ByteView body =
                starts_with(chunk.data, std::string_view("Exif\0\0", 6)) ? chunk.data.subspan(6) : chunk.data;
            labels.exif.assign(body.begin(), body.end());
        }
        if (chunk.type == "C2PA") labels.content_credentials = true;
    }
    return labels;
}

Result<Bytes> relabel_webp(ByteView file, const FileLabels& labels) {
    const Result<std::vector<Chunk>> chunks = chunks_of(file);
    if (!chunks) return chunks.error();
    const Result<Canvas> canvas = canvas_of(*chunks);
    if (!canvas) return canvas.error();
    constexpr std::uint8_t kExif = 8, kXmp = 4;
    auto flags = static_cast<std::uint8_t>(canvas->flags & ~(kExif | kXmp));
    if (!labels.exif.empty()) flags |= kExif;
    if (!labels.xmp.empty()) flags |= kXmp;

    Bytes out;
    put(out, "RIFF");
    put_little(out, 0, 4);
    put(out, "WEBP");
    Bytes head{flags, 0, 0, 0};
    put_little(head, canvas->width - 1, 3);
    put_little(head, canvas->height - 1, 3);
    put_chunk(out, "VP8X", head);
    for (const Chunk& chunk : *chunks) {
        const bool ours =
            chunk.type == "VP8X" || chunk.type == "EXIF" || chunk.type == "XMP " || chunk.type == "C2PA";
        if (!ours) put_chunk(out, chunk.type, chunk.data);
    }
    if (!labels.exif.empty()) put_chunk(out, "EXIF", labels.exif);
    if (!labels.xmp.empty()) put_chunk(out, "XMP ", bytes_of(labels.xmp));
    Bytes size;
    put_little(size, out.size() - 8, 4);
    std::copy(size.begin(), size.end(), out.begin() + 4);
    return out;
}

}  // namespace limner
