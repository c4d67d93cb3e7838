// PNG in: every colour type, depth and interlacing of ISO/IEC 15948; sections are those of the 2003 edition.
#include "photo/decode.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace limner {
namespace {

const Error kBroken{"file.broken", "This PNG is damaged and cannot be opened."};

struct Header {
    int width = 0, height = 0, depth = 0, colour = 0, channels = 0;
    bool interlaced = false;
};

// 11.2.2
Result<Header> read_header(ByteView data) {
    if (data.size() != 13) return kBroken;
    Header h;
    if (auto fits = check_photo_size(big_endian(data, 0, 4), big_endian(data, 4, 4)); !fits)
        return fits.error();
    h.width = static_cast<int>(big_endian(data, 0, 4));
    h.height = static_cast<int>(big_endian(data, 4, 4));
    h.depth = data[8];
    h.colour = data[9];
    h.interlaced = data[12] == 1;
    switch (h.colour) {
        case 0:
        case 3: h.channels = 1; break;
        case 2: h.channels = 3; break;
        case 4: h.channels = 2; break;
        case 6: h.channels = 4; break;
        default: return kBroken;
    }
    const bool packed = h.depth == 1 || h.depth == 2 || h.depth == 4;
    const bool known = h.depth == 8 || (h.depth == 16 && h.colour != 3) || (packed && h.channels == 1);
    if (!known || data[10] != 0 || data[11] != 0 || data[12] > 1) return kBroken;
    return h;
}

int paeth(int a, int b, int c) {  // 9.4
    const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

// Undoes the filters of a pass, in place; false on an unknown filter.
bool unfilter(std::span<std::uint8_t> rows, std::size_t row_bytes, std::size_t count, std::size_t step) {
    for (std::size_t y = 0; y < count; ++y) {
        std::uint8_t* row = &rows[y * (row_bytes + 1)];
        const std::uint8_t* above = y > 0 ? row - row_bytes : nullptr;
        const int filter = *row++;
        if (filter > 4) return false;
        for (std::size_t x = 0; x < row_bytes; ++x) {
            const int a = x >= step ? row[x - step] : 0;
            const int b = above != nullptr ? above[x] : 0;
            const int c = above != nullptr && x >= step ? above[x - step] : 0;
            const int guess = filter == 1   ? a
                              : filter == 2 ? b
                              : filter == 3 ? (a + b) / 2
                              : filter == 4 ? paeth(a, b, c)
                                            : 0;
            row[x] = static_cast<std::uint8_t>(row[x] + guess);
        }
    }
    return true;
}

struct Palette {
    std::array<std::array<std::uint8_t, 4>, 256> colours{};
    int key = -1;  // grey sample that is transparent
    std::array<int, 3> key_rgb{-1, -1, -1};
};

void put_pixel(const Header& h, const Palette& palette, const std::uint8_t* row, std::size_t x,
               std::uint8_t* out) {
    const auto sample = [&](std::size_t c) -> int {
        const std::size_t at = x * static_cast<std::size_t>(h.channels) + c;
        if (h.depth == 16) return row[2 * at] << 8 | row[2 * at + 1];
        if (h.depth == 8) return row[at];
        const std::size_t bit = at * static_cast<std::size_t>(h.depth);
        return row[bit / 8] >> (8 - h.depth - static_cast<int>(bit % 8)) & ((1 << h.depth) - 1);
    };
    const int most = (1 << h.depth) - 1;
    const auto scaled = [&](int value) { return static_cast<std::uint8_t>((value * 255 + most / 2) / most); };
    if (h.colour == 3) {
        std::ranges::copy(palette.colours[static_cast<std::size_t>(sample(0))], out);
        return;
    }
    const bool grey = h.channels < 3;
    const int r = sample(0), g = grey ? r : sample(1), b = grey ? r : sample(2);
    out[0] = scaled(r);
    out[1] = scaled(g);
    out[2] = scaled(b);
    const bool keyed = grey ? r == palette.key : palette.key_rgb == std::array{r, g, b};
    out[3] = h.colour >= 4 ? scaled(sample(grey ? 1 : 3)) : keyed ? 0 : 255;
}

struct Pass {
    int x0 = 0, y0 = 0, dx = 1, dy = 1;
};
constexpr std::array<Pass, 7> kAdam7{
    // 8.2
    {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}};

}  // namespace

Result<Photo> decode_png(ByteView file) {
    Header h;
    Palette palette;
    Bytes packed;
    bool headed = false;
    for (std::size_t at = 8; at + 12 <= file.size();) {
        const std::size_t length = big_endian(file, at, 4);
        if (length > file.size() - at - 12) return kBroken;
        const std::string_view type = text_of(file).substr(at + 4, 4);
        const ByteView data = file.subspan(at + 8, length);
        at += length + 12;
        if (!headed && type != "IHDR") return kBroken;
        if (type == "IHDR") {
            auto read = read_header(data);
            if (!read) return read.error();
            h = *read;
            headed = true;
            for (auto& colour : palette.colours) colour[3] = 255;
        } else if (type == "PLTE") {
            for (std::size_t i = 0; i < std::min<std::size_t>(256, length / 3); ++i)
                for (std::size_t c = 0; c < 3; ++c) palette.colours[i][c] = data[3 * i + c];
        } else if (type == "tRNS") {
            if (h.colour == 3)
                for (std::size_t i = 0; i < std::min<std::size_t>(256, length); ++i)
                    palette.colours[i][3] = data[i];
            if (h.colour == 0 && length >= 2) palette.key = static_cast<int>(big_endian(data, 0, 2));
            if (h.colour == 2 && length >= 6)
                for (std::size_t c = 0; c < 3; ++c)
                    palette.key_rgb[c] = static_cast<int>(big_endian(data, 2 * c, 2));
        } else if (type == "IDAT") {
            put(packed, data);
        } else if (type == "IEND") {
            break;
        }
    }
    if (!headed) return kBroken;

    std::vector<Pass> passes{{}};
    if (h.interlaced) passes.assign(kAdam7.begin(), kAdam7.end());
    const auto size_of = [&](const Pass& p) {
        const auto columns = static_cast<std::size_t>((h.width - p.x0 + p.dx - 1) / p.dx);
        const auto rows = static_cast<std::size_t>((h.height - p.y0 + p.dy - 1) / p.dy);
        const std::size_t bytes = (columns * static_cast<std::size_t>(h.channels * h.depth) + 7) / 8;
        return std::array{columns, rows, columns > 0 && rows > 0 ? bytes : 0};
    };
    std::size_t total = 0;
    for (const Pass& p : passes)
        if (const auto [columns, rows, bytes] = size_of(p); bytes > 0) total += rows * (bytes + 1);
    Result<Bytes> plain = zlib_expand(packed, total);
    if (!plain || plain->size() < total) return kBroken;

    Photo photo{h.width, h.height, {}};
    photo.rgba.resize(4 * static_cast<std::size_t>(h.width) * static_cast<std::size_t>(h.height));
    const auto step = static_cast<std::size_t>(std::max(1, h.channels * h.depth / 8));
    std::size_t at = 0;
    for (const Pass& p : passes) {
        const auto [columns, rows, bytes] = size_of(p);
        if (bytes == 0) continue;
        const std::span<std::uint8_t> part = std::span(*plain).subspan(at, rows * (bytes + 1));
        if (!unfilter(part, bytes, rows, step)) return kBroken;
        for (std::size_t y = 0; y < rows; ++y)
            for (std::size_t x = 0; x < columns; ++x) {
                const auto to_y = static_cast<std::size_t>(p.y0) + y * static_cast<std::size_t>(p.dy);
                const auto to_x = static_cast<std::size_t>(p.x0) + x * static_cast<std::size_t>(p.dx);
                put_pixel(h, palette, &part[y * (bytes + 1) + 1], x,
                          &photo.rgba[4 * (to_y * static_cast<std::size_t>(h.width) + to_x)]);
            }
        at += part.size();
    }
    return photo;
}

}  // namespace limner
