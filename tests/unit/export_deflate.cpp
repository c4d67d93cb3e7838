// DEFLATE both ways: what we pack others read, what others pack we read, and nothing blows up.
#include "base/base64.h"
#include "base/checksum.h"
#include "base/deflate.h"
#include "base/huffman.h"
#include "recipe/random.h"

#include <catch_amalgamated.hpp>

using namespace limner;

namespace {

Bytes noisy(std::size_t size, int letters, const char* name) {
    Stream stream("deflate", name);
    Bytes out;
    for (std::size_t i = 0; i < size; ++i) {
        // Repeats of earlier stretches make matches of all lengths and distances.
        if (i > 300 && stream.uniform() < 0.02) {
            const auto from = static_cast<std::size_t>(stream.uniform() * static_cast<double>(i - 258));
            for (std::size_t k = 0; k < 3 + static_cast<std::size_t>(stream.uniform() * 300) && i < size;
                 ++k, ++i) {
                out.push_back(out[from + k]);
            }
        }
        if (i < size) out.push_back(static_cast<std::uint8_t>(stream.uniform() * letters));
    }
    return out;
}

std::string text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

TEST_CASE("everything survives packing and unpacking") {
    const std::vector<Bytes> samples{{},
                                     {7},
                                     {1, 2},
                                     Bytes(3, 9),
                                     Bytes(258, 1),
                                     Bytes(259, 1),
                                     Bytes(70000, 0),
                                     noisy(200000, 256, "bytes"),
                                     noisy(200000, 4, "letters"),
                                     noisy(100000, 40, "text"),
                                     noisy(65536, 256, "edge"),
                                     noisy(32768 + 300, 2, "window")};
    for (const Bytes& sample : samples) {
        const Bytes packed = deflate(sample), wrapped = zlib_compress(sample);
        CHECK(packed.size() <= sample.size() + sample.size() / 1000 + 16);
        const Result<Bytes> back = inflate(packed, sample.size());
        REQUIRE(back);
        CHECK(*back == sample);
        const Result<Bytes> unwrapped = zlib_expand(wrapped, sample.size());
        REQUIRE(unwrapped);
        CHECK(*unwrapped == sample);
        if (sample.empty()) continue;
        CHECK(inflate(packed, sample.size() - 1).error().code == "deflate.size");
        CHECK(inflate(std::span(packed).first(packed.size() - 1), sample.size() + 9000).error().code ==
              "deflate.broken");
    }
    CHECK(deflate(Bytes(1'000'000, 65)).size() < 1100);
}

TEST_CASE("streams written by zlib are read: dynamic, fixed and stored") {
    const Bytes dynamic{0x78, 0xda, 0xf3, 0xc9, 0xcc, 0xcd, 0x4b, 0x2d, 0x52, 0x28, 0x48, 0xcc, 0xcc,
                        0x2b, 0x29, 0x56, 0x28, 0xc8, 0x2f, 0x2a, 0x29, 0x4a, 0xcc, 0x04, 0xb2, 0xf2,
                        0xd3, 0x14, 0x0a, 0x52, 0xf3, 0x0b, 0x72, 0x52, 0x15, 0xca, 0x33, 0xf2, 0x15,
                        0x52, 0xf2, 0x15, 0xf2, 0xf2, 0x4b, 0x14, 0x52, 0x2b, 0x32, 0x8b, 0x4b, 0xf4,
                        0x14, 0x7c, 0xe8, 0xa4, 0x07, 0x00, 0xc9, 0x0d, 0x39, 0x70};
    const Bytes fixed{0x4b, 0xcb, 0xac, 0x48, 0x4d, 0x51, 0x48, 0x43, 0x90, 0x00};
    const Bytes stored{0x01, 0x06, 0x00, 0xf9, 0xff, 0x73, 0x74, 0x6f, 0x72, 0x65, 0x64};
    std::string three;
    for (int i = 0; i < 3; ++i) three += "Limner paints portraits of people who do not exist. ";
    CHECK(text(*zlib_expand(dynamic, 1000)) == three);
    CHECK(text(*inflate(fixed, 1000)) == "fixed fixed fixed");
    CHECK(text(*inflate(stored, 1000)) == "stored");
}

TEST_CASE("packed bytes are the same on every platform") {
    CHECK(sha256_hex(deflate(noisy(200000, 40, "golden"))) ==
          "c8983bb5bbd2380fad5bba69a10831fca793e1d71bbd52df2125943d001413dc");
}

TEST_CASE("damaged streams are refused, whichever byte is hit") {
    const Bytes sample = noisy(3000, 40, "damage");
    const Bytes packed = zlib_compress(sample);
    int refused = 0;
    for (std::size_t i = 0; i < packed.size(); ++i) {
        Bytes hit = packed;
        hit[i] ^= 0x10;
        const Result<Bytes> back = zlib_expand(hit, 100000);
        if (!back)
            ++refused;
        else
            CHECK(*back == sample);  // a spare bit
    }
    CHECK(refused >= static_cast<int>(packed.size()) - 2);
    CHECK_FALSE(inflate(Bytes{0x06}, 100));              // a kind of block that does not exist
    CHECK_FALSE(inflate(Bytes{0x4b, 0x04, 0x12}, 100));  // a match from before the start
    CHECK_FALSE(inflate({}, 100));
}

TEST_CASE("code lengths are optimal within their limit") {
    CHECK(huffman_lengths(std::vector<std::uint32_t>{0, 5, 0}, 15) == std::vector<std::uint8_t>{0, 1, 0});
    CHECK(huffman_lengths(std::vector<std::uint32_t>{1, 1, 2, 4}, 15) ==
          std::vector<std::uint8_t>{3, 3, 2, 1});
    // Fibonacci counts want a code of 19 bits; the limit holds and the code stays complete.
    std::vector<std::uint32_t> fibonacci{1, 1};
    while (fibonacci.size() < 20) fibonacci.push_back(fibonacci.end()[-1] + fibonacci.end()[-2]);
    double kraft = 0;
    for (const std::uint8_t length : huffman_lengths(fibonacci, 7)) {
        CHECK((length >= 1 && length <= 7));
        kraft += 1.0 / (1 << length);
    }
    CHECK(kraft == 1);
}

TEST_CASE("checksums are those of their standards") {
    const std::string digits = "123456789";
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(digits.data()),
                                              digits.size());
    CHECK(crc32(bytes) == 0xCBF43926);
    CHECK(adler32(bytes) == 0x091E01DE);
    CHECK(crc32(bytes.subspan(4), crc32(bytes.first(4))) == 0xCBF43926);
    CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex(Bytes(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("base64 in both alphabets, and nothing else") {
    for (std::size_t size = 0; size < 70; ++size) {
        const Bytes bytes = noisy(size, 256, "base64");
        CHECK(from_base64(to_base64url(bytes)) == bytes);
    }
    CHECK(from_base64("+/+/") == from_base64("-_-_"));
    CHECK(from_base64("QUI=") == Bytes{'A', 'B'});
    CHECK_FALSE(from_base64("A"));
    CHECK_FALSE(from_base64("A B="));
}
