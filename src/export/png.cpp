#include "export/png.h"

#include "base/checksum.h"
#include "export/formats.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace limner {
namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n";
constexpr std::string_view kXmpKey = "XML:com.adobe.xmp", kRecipeKey = "limner";
constexpr std::size_t kMaxChunks = 65536, kMaxRecipe = 64 * 1024, kMaxXmp = 4 << 20;

struct Chunk {
    std::string_view type;
    ByteView data;
    ByteView whole;  // with length, type and CRC
};

void put_chunk(Bytes& out, std::string_view type, ByteView data) {
    put_big(out, data.size(), 4);
    const std::size_t start = out.size();
    put(out, type);
    put(out, data);
    put_big(out, crc32(ByteView(out).subspan(start)), 4);
}

// International text, compressed when long.
void put_text(Bytes& out, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    const bool packed = text.size() > 1024 && key != kXmpKey;  // XMP must be plain for simple readers
    Bytes data;
    put(data, key);
    put(data, ByteView(std::array<std::uint8_t, 5>{0, static_cast<std::uint8_t>(packed), 0, 0, 0}));
    put(data, packed ? zlib_compress(bytes_of(text)) : Bytes(text.begin(), text.end()));
    put_chunk(out, "iTXt", data);
}

// The text of an iTXt chunk with this key; empty if it is another.
std::string read_text(ByteView data, std::string_view key, std::size_t max_size) {
    if (!starts_with(data, key) || data.size() < key.size() + 5 || data[key.size()] != 0) return {};
    const bool packed = data[key.size() + 1] == 1;
    std::size_t at = key.size() + 3;
    for (int skipped = 0; skipped < 2; ++skipped) {  // language, translated keyword
        while (at < data.size() && data[at] != 0) ++at;
        ++at;
    }
    if (at > data.size()) return {};
    const ByteView body = data.subspan(at);
    if (!packed) return body.size() > max_size ? std::string() : std::string(text_of(body));
    const Result<Bytes> text = zlib_expand(body, max_size);
    return text ? std::string(text_of(*text)) : std::string();
}

bool is_label(const Chunk& chunk) {
    if (chunk.type == "eXIf" || chunk.type == "tIME") return true;
    if (chunk.type != "iTXt" && chunk.type != "tEXt" && chunk.type != "zTXt") return false;
    const std::string_view text = text_of(chunk.data);
    const std::string_view key = text.substr(0, text.find('\0'));
    return key == kXmpKey || key == kRecipeKey || key == "Software" || key.starts_with("Raw profile type");
}

// Splits a PNG into its chunks, checking every length and sum.
Result<std::vector<Chunk>> chunks_of(ByteView file) {
    std::vector<Chunk> chunks;
    std::size_t at = kSignature.size();
    while (at < file.size()) {
        if (chunks.size() >= kMaxChunks) return broken_file("PNG", "it is cut into more than 65536 pieces");
        if (file.size() - at < 12) return broken_file("PNG", "it ends in the middle of a piece");
        const std::size_t length = big_endian(file, at, 4);
        if (length > 0x7FFFFFFF || length > file.size() - at - 12) {
            return broken_file("PNG", "a piece claims to be " + std::to_string(length) +
                                          " bytes long, but only " + std::to_string(file.size() - at - 12) +
                                          " follow");
        }
        Chunk chunk{text_of(file.subspan(at + 4, 4)), file.subspan(at + 8, length),
                    file.subspan(at, length + 12)};
        if (big_endian(file, at + 8 + length, 4) != crc32(file.subspan(at + 4, length + 4))) {
            return broken_file("PNG", "the checksum of a piece is wrong");
        }
        if (chunks.empty() != (chunk.type == "IHDR"))
            return broken_file("PNG", "its header is missing or misplaced");
        chunks.push_back(chunk);
        at += length + 12;
        if (chunk.type == "IEND") return chunks;
    }
    return broken_file("PNG", "its end is missing");
}

struct Header {
    std::uint32_t width, height;
};

Result<Header> header_of(const std::vector<Chunk>& chunks) {
    const ByteView ihdr = chunks.front().data;
    if (ihdr.size() != 13) return broken_file("PNG", "its header has the wrong length");
    const Header header{big_endian(ihdr, 0, 4), big_endian(ihdr, 4, 4)};
    const std::uint32_t depth = ihdr[8], kind = ihdr[9];
    const std::uint32_t channels = kind == 0 || kind == 3 ? 1
                                   : kind == 2            ? 3
                                   : kind == 4            ? 2
                                   : kind == 6            ? 4
                                                          : 0;
    if (channels == 0 || (depth != 1 && depth != 2 && depth != 4 && depth != 8 && depth != 16)) {
        return broken_file("PNG", "its header names a kind of pixel that does not exist");
    }
    if (header.width == 0 || header.height == 0 || header.width > 65535 || header.height > 65535) {
        return broken_file("PNG", "it claims to be " + std::to_string(header.width) + " by " +
                                      std::to_string(header.height) + " pixels");
    }
    std::uint64_t packed = 0;
    for (const Chunk& chunk : chunks) packed += chunk.type == "IDAT" ? chunk.data.size() : 0;
    const std::uint64_t pixels = (std::uint64_t{header.width} * channels * depth + 7) / 8 * header.height;
    // DEFLATE packs at most 1032 to 1.
    if (packed * 1032 + 1024 < pixels) {
        return broken_file("PNG", "it claims to be " + std::to_string(header.width) + " by " +
                                      std::to_string(header.height) +
                                      " pixels, but holds far too little for that");
    }
    return header;
}

std::uint8_t paeth(int a, int b, int c) {
    const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
    return static_cast<std::uint8_t>(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

// Scanlines, each with the filter that leaves the smallest residuals (the heuristic of the PNG specification, 12.7).
Bytes filtered(const Bytes& pixels, std::size_t stride, std::size_t height, std::size_t channels) {
    Bytes out, row(stride), best(stride);
    out.reserve((stride + 1) * height);
    const Bytes nothing(stride, 0);
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* now = pixels.data() + y * stride;
        const std::uint8_t* above = y > 0 ? now - stride : nothing.data();
        std::uint64_t best_cost = ~std::uint64_t{0};
        std::uint8_t best_filter = 0;
        for (std::uint8_t filter = 0; filter < 5; ++filter) {
            std::uint64_t cost = 0;
            for (std::size_t x = 0; x < stride; ++x) {
                const int left = x >= channels ? now[x - channels] : 0, up = above[x];
                const int corner = x >= channels ? above[x - channels] : 0;
                const int guess = filter == 0   ? 0
                                  : filter == 1 ? left
                                  : filter == 2 ? up
                                  : filter == 3 ? (left + up) / 2
                                                : paeth(left, up, corner);
                row[x] = static_cast<std::uint8_t>(now[x] - guess);
                cost += static_cast<std::uint64_t>(std::abs(static_cast<std::int8_t>(row[x])));
            }
            if (cost < best_cost) {
                best_cost = cost;
                best_filter = filter;
                best.swap(row);
            }
        }
        out.push_back(best_filter);
        put(out, best);
    }
    return out;
}

void put_labels(Bytes& out, const FileLabels& labels) {
    put_text(out, kXmpKey, labels.xmp);
    put_text(out, kRecipeKey, labels.recipe);
    if (!labels.exif.empty()) put_chunk(out, "eXIf", labels.exif);
}

}  // namespace

Result<FileLabels> read_png(ByteView file) {
    const Result<std::vector<Chunk>> chunks = chunks_of(file);
    if (!chunks) return chunks.error();
    const Result<Header> header = header_of(*chunks);
    if (!header) return header.error();
    FileLabels labels;
    labels.width = static_cast<int>(header->width);
    labels.height = static_cast<int>(header->height);
    for (const Chunk& chunk : *chunks) {
        if (chunk.type == "iTXt") {
            if (labels.xmp.empty()) labels.xmp = read_text(chunk.data, kXmpKey, kMaxXmp);
            if (labels.recipe.empty()) labels.recipe = read_text(chunk.data, kRecipeKey, kMaxRecipe);
        } else if (chunk.type == "eXIf") {
            labels.exif.assign(chunk.data.begin(), chunk.data.end());
        } else if (chunk.type == "caBX") {
            labels.content_credentials = true;
        }
    }
    return labels;
}

Result<Bytes> relabel_png(ByteView file, const FileLabels& labels) {
    const Result<std::vector<Chunk>> chunks = chunks_of(file);
    if (!chunks) return chunks.error();
    Bytes out;
    put(out, kSignature);
    for (const Chunk& chunk : *chunks) {
        if (is_label(chunk) || chunk.type == "caBX") continue;
        put(out, chunk.whole);
        if (chunk.type == "IHDR") put_labels(out, labels);
    }
    return out;
}

Result<Bytes> write_png(const Picture& picture, const Label& label) {
    if (picture.width < 1 || picture.height < 1 || picture.width > 65535 || picture.height > 65535 ||
        picture.rgba.size() !=
            static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4) {
        return Error{"png.size", "The picture's width, height and pixels do not fit together."};
    }
    const auto width = static_cast<std::size_t>(picture.width),
               height = static_cast<std::size_t>(picture.height);
    bool opaque = true;
    for (std::size_t i = 3; i < picture.rgba.size() && opaque; i += 4) opaque = picture.rgba[i] == 255;
    const std::size_t channels = opaque ? 3 : 4;
    Bytes pixels;
    if (opaque) {
        pixels.reserve(width * height * 3);
        for (std::size_t i = 0; i < picture.rgba.size(); i += 4)
            put(pixels, ByteView(picture.rgba).subspan(i, 3));
    } else {
        pixels = picture.rgba;
    }

    Bytes out;
    put(out, kSignature);
    Bytes ihdr;
    put_big(ihdr, width, 4);
    put_big(ihdr, height, 4);
    put(ihdr, ByteView(std::array<std::uint8_t, 5>{8, static_cast<std::uint8_t>(opaque ? 2 : 6), 0, 0, 0}));
    put_chunk(out, "IHDR", ihdr);
    put_chunk(out, "sRGB", ByteView(std::array<std::uint8_t, 1>{0}));

    const Result<std::string> packet = xmp_packet(label, RecipeIn::elsewhere);
    if (!packet) return packet.error();
    FileLabels labels;
    labels.xmp = *packet;
    labels.recipe = label.recipe;
    put_labels(out, labels);

    const Bytes packed = zlib_compress(filtered(pixels, width * channels, height, channels));
    for (std::size_t at = 0; at < packed.size(); at += 1 << 20) {
        put_chunk(out, "IDAT",
                  ByteView(packed).subspan(at, std::min<std::size_t>(1 << 20, packed.size() - at)));
    }
    put_chunk(out, "IEND", {});
    return out;
}

}  // namespace limner
