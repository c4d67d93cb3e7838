// Pictures that are opened without a browser: every kind of PNG and JPEG, and damaged ones.
#include "base/checksum.h"
#include "photo/decode.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

using namespace limner;

namespace {

Bytes read_file(const std::string& name) {
    std::ifstream in(std::string(LIMNER_SOURCE_DIR) + "/tests/golden/photos/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put_chunk(Bytes& out, std::string_view type, const Bytes& data) {
    put_big(out, data.size(), 4);
    const std::size_t start = out.size();
    put(out, type);
    put(out, data);
    put_big(out, crc32(ByteView(out).subspan(start)), 4);
}

// Samples of a picture whose sample at (x, y, channel) is (x * 3 + y * 5 + channel * 7) modulo the depth's range.
int sample(int x, int y, int channel, int depth) {
    return (x * 3 + y * 5 + channel * 7) % (1 << std::min(depth, 8));
}

struct Kind {
    int depth, colour, channels;
};

struct Step {
    int x0, y0, dx, dy;
};
constexpr Step kAdam7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                           {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

Bytes make_png(Kind kind, int width, int height, bool interlaced, int filter) {
    Bytes out, header, rows;
    put(out, "\x89PNG\r\n\x1A\n");
    put_big(header, static_cast<std::uint64_t>(width), 4);
    put_big(header, static_cast<std::uint64_t>(height), 4);
    for (int byte : {kind.depth, kind.colour, 0, 0, interlaced ? 1 : 0})
        header.push_back(static_cast<std::uint8_t>(byte));
    put_chunk(out, "IHDR", header);
    if (kind.colour == 3) {
        Bytes palette, alphas;
        for (int i = 0; i < 1 << kind.depth; ++i) {
            for (int c : {i, 255 - i, i / 2}) palette.push_back(static_cast<std::uint8_t>(c));
            alphas.push_back(static_cast<std::uint8_t>(255 - i));
        }
        put_chunk(out, "PLTE", palette);
        put_chunk(out, "tRNS", alphas);
    }
    const Step whole{0, 0, 1, 1};
    for (const Step& step : interlaced ? std::span<const Step>(kAdam7) : std::span<const Step>(&whole, 1)) {
        Bytes above;
        for (int y = step.y0; y < height; y += step.dy) {
            Bytes row;
            int held = 0, bits = 0;
            for (int x = step.x0; x < width; x += step.dx) {
                for (int c = 0; c < kind.channels; ++c) {
                    const int value = sample(x, y, c, kind.depth);
                    if (kind.depth >= 8) {
                        row.push_back(static_cast<std::uint8_t>(value));
                        if (kind.depth == 16) row.push_back(static_cast<std::uint8_t>(value));
                        continue;
                    }
                    held = held << kind.depth | value;
                    bits += kind.depth;
                    if (bits == 8) {
                        row.push_back(static_cast<std::uint8_t>(held));
                        held = bits = 0;
                    }
                }
            }
            if (bits > 0) row.push_back(static_cast<std::uint8_t>(held << (8 - bits)));
            if (row.empty()) continue;
            rows.push_back(static_cast<std::uint8_t>(filter));
            const auto unit = static_cast<std::size_t>(std::max(1, kind.depth * kind.channels / 8));
            for (std::size_t i = 0; i < row.size(); ++i) {
                const int a = i >= unit ? row[i - unit] : 0, b = above.empty() ? 0 : above[i];
                const int c = i >= unit && !above.empty() ? above[i - unit] : 0;
                const int p = a + b - c;
                const int pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
                const int paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
                const int guesses[] = {0, a, b, (a + b) / 2, paeth};
                rows.push_back(static_cast<std::uint8_t>(row[i] - guesses[filter]));
            }
            above = row;
        }
    }
    put_chunk(out, "IDAT", zlib_compress(rows));
    put_chunk(out, "IEND", {});
    return out;
}

}  // namespace

TEST_CASE("every kind of PNG is read, with every filter, interlaced or not", "[photo]") {
    constexpr Kind kinds[] = {{1, 0, 1}, {2, 0, 1},  {4, 0, 1},  {8, 0, 1}, {16, 0, 1},
                              {8, 2, 3}, {16, 2, 3}, {1, 3, 1},  {2, 3, 1}, {4, 3, 1},
                              {8, 3, 1}, {8, 4, 2},  {16, 4, 2}, {8, 6, 4}, {16, 6, 4}};
    for (const Kind& kind : kinds) {
        for (int filter = 0; filter < 5; ++filter) {
            for (const bool interlaced : {false, true}) {
                const auto [width, height] = std::pair(13, 11);
                const auto photo = decode_picture(make_png(kind, width, height, interlaced, filter));
                INFO("depth " << kind.depth << ", colour " << kind.colour << ", filter " << filter);
                REQUIRE(photo);
                REQUIRE((photo->width == width && photo->height == height));
                for (int y = 0; y < height; ++y) {
                    for (int x = 0; x < width; ++x) {
                        const std::uint8_t* got = &photo->rgba[4 * static_cast<std::size_t>(y * width + x)];
                        const auto full = [&](int c) {
                            const int most = (1 << std::min(kind.depth, 8)) - 1;
                            return (sample(x, y, c, kind.depth) * 255 + most / 2) / most;
                        };
                        const int i = sample(x, y, 0, kind.depth);
                        const bool grey = kind.channels < 3;
                        const int expected[] = {kind.colour == 3 ? i : full(0),
                                                kind.colour == 3 ? 255 - i : full(grey ? 0 : 1),
                                                kind.colour == 3 ? i / 2 : full(grey ? 0 : 2),
                                                kind.colour == 3   ? 255 - i
                                                : kind.colour >= 4 ? full(grey ? 1 : 3)
                                                                   : 255};
                        for (int c = 0; c < 4; ++c) REQUIRE(int{got[c]} == expected[c]);
                    }
                }
            }
        }
    }
}

// 53 x 37 pixels, red from left to right, green from top to bottom, blue along the diagonal; written by libjpeg at quality 95.
TEST_CASE("every kind of JPEG is read, and turned upright", "[photo]") {
    for (const std::string name : {"baseline-444", "baseline-420", "baseline-422-restart", "progressive-420",
                                   "progressive-444-turned", "grey", "grey-progressive", "cmyk", "ycck"}) {
        INFO(name);
        const auto photo = decode_picture(read_file(name + ".jpg"));
        REQUIRE(photo);
        const bool turn = name.ends_with("turned"), grey = name.starts_with("grey");
        REQUIRE((photo->width == (turn ? 37 : 53) && photo->height == (turn ? 53 : 37)));
        int worst = 0;
        for (int y = 0; y < 37; ++y) {
            for (int x = 0; x < 53; ++x) {
                const int u = turn ? 36 - y : x, v = turn ? x : y;
                const std::uint8_t* got = &photo->rgba[4 * static_cast<std::size_t>(v * photo->width + u)];
                const int red = x * 255 / 52;
                const int expected[] = {red, grey ? red : y * 255 / 36, grey ? red : (x + y) * 255 / 88};
                for (int c = 0; c < 3; ++c) worst = std::max(worst, std::abs(got[c] - expected[c]));
            }
        }
        CHECK(worst <= 6);
    }
}

TEST_CASE("the eight ways a camera may be held", "[photo]") {
    // 2 x 1 pixels, red channel 1 and 2
    const Photo wide{2, 1, {1, 0, 0, 255, 2, 0, 0, 255}};
    const auto first = [&](int orientation) { return int{turned(wide, orientation).rgba[0]}; };
    const auto tall = [&](int orientation) { return turned(wide, orientation).height == 2; };
    CHECK((first(1) == 1 && first(2) == 2 && first(3) == 2 && first(4) == 1));
    CHECK((first(5) == 1 && first(6) == 1 && first(7) == 2 && first(8) == 2));
    CHECK((!tall(1) && !tall(4) && tall(5) && tall(6) && tall(7) && tall(8)));
    CHECK((first(0) == 1 && first(9) == 1));
}

TEST_CASE("damaged, cut and lying pictures get a sentence", "[photo]") {
    const Bytes png = make_png({8, 2, 3}, 13, 11, false, 4), jpeg = read_file("progressive-420.jpg");
    REQUIRE(!jpeg.empty());
    for (const Bytes& whole : {png, jpeg}) {
        for (std::size_t length = 0; length + 20 < whole.size(); length += 7) {
            const auto cut = decode_picture(ByteView(whole).first(length));
            if (!cut) CHECK(cut.error().sentence.ends_with('.'));
        }
        for (std::size_t i = 0; i < whole.size(); ++i) {  // must not crash; some changes are harmless
            Bytes changed = whole;
            changed[i] ^= 0xFF;
            (void)decode_picture(changed);
        }
    }
    CHECK(decode_picture(ByteView(png).first(png.size() / 2)).error().code == "file.broken");
    CHECK(decode_picture(ByteView(jpeg).first(jpeg.size() / 2)).error().code == "file.broken");
    CHECK(decode_picture(bytes_of("GIF89a")).error().code == "file.kind");
    CHECK(decode_picture(bytes_of("RIFF0000WEBPVP8 ")).error().sentence.find("WebP") != std::string::npos);
    Bytes huge = png;
    huge[16] = 0x7F;  // a width of two thousand million
    CHECK(decode_picture(huge).error().code == "photo.size");
}
