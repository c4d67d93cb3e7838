// Archives that grow piece by piece.
#include "base/checksum.h"
#include "export/zip.h"

#include <catch_amalgamated.hpp>
#include <cstdio>
#include <fstream>

using namespace limner;

namespace {

Bytes archive(int many) {
    ZipWriter zip({2026, 1, 31, 12, 34, 56});
    Bytes out;
    const auto take = [&](const Bytes& piece) { put(out, piece); };
    take(
        *zip.add("people/\xC3\xA4"
                 "da.png",
                 Bytes{1, 2, 3}, ZipMethod::store));
    take(*zip.add("manifest.json", Bytes(100000, ' '), ZipMethod::deflate));
    take(*zip.add("tiny.txt", Bytes{9}, ZipMethod::deflate));  // does not shrink: stored
    for (int i = 0; i < many; ++i) take(*zip.add("many/" + std::to_string(i), {}, ZipMethod::store));
    CHECK(zip.entries() == static_cast<std::size_t>(many + 3));
    take(zip.finish());
    CHECK(zip.bytes_written() == out.size());
    return out;
}

}  // namespace

TEST_CASE("an archive has local headers, data, a directory and an end that agree") {
    const Bytes zip = archive(0);
    REQUIRE(zip.size() < 2000);
    const std::size_t end = zip.size() - 22;
    CHECK(little_endian(zip, end, 4) == 0x06054B50);
    CHECK(little_endian(zip, end + 10, 2) == 3);
    std::size_t at = little_endian(zip, end + 16, 4);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(little_endian(zip, at, 4) == 0x02014B50);
        const std::size_t local = little_endian(zip, at + 42, 4), packed = little_endian(zip, at + 20, 4);
        const std::size_t size = little_endian(zip, at + 24, 4), name = little_endian(zip, at + 28, 2);
        CHECK(little_endian(zip, local, 4) == 0x04034B50);
        CHECK(little_endian(zip, local + 14, 4) == little_endian(zip, at + 16, 4));
        const ByteView body = ByteView(zip).subspan(local + 30 + name, packed);
        const Bytes data =
            little_endian(zip, at + 10, 2) == 8 ? *inflate(body, size) : Bytes(body.begin(), body.end());
        CHECK(data.size() == size);
        CHECK(crc32(data) == little_endian(zip, at + 16, 4));
        at += 46 + name;
    }
    CHECK(at == end);
}

TEST_CASE("names that would escape, clash or confuse are refused") {
    ZipWriter zip;
    REQUIRE(zip.add("a.png", {}, ZipMethod::store));
    for (const char* name :
         {"", "/etc/passwd", "../a", "a/../b", "a//b", "a\\b", "c:a", "a/", ".", "a\nb", "a.png"}) {
        INFO(name);
        const Result<Bytes> added = zip.add(name, {}, ZipMethod::store);
        REQUIRE_FALSE(added);
        CHECK(added.error().code == "zip.name");
    }
    CHECK(zip.entries() == 1);
}

#ifndef __EMSCRIPTEN__
TEST_CASE("others read the archive, also past 65,535 entries") {
    for (const int many : {0, 70000}) {
        const Bytes zip = archive(many);
        std::ofstream("zip-story.tmp", std::ios::binary)
            .write(reinterpret_cast<const char*>(zip.data()), static_cast<std::streamsize>(zip.size()));
        FILE* pipe = popen(
            "python3 -c \"import zipfile; z = zipfile.ZipFile('zip-story.tmp');"
            "print(z.testzip(), len(z.namelist()), z.namelist()[0] == 'people/\\xe4da.png', "
            "z.infolist()[1].date_time)\" 2>&1",
            "r");
        REQUIRE(pipe);
        char line[256] = "";
        CHECK(std::fgets(line, sizeof line, pipe));
        pclose(pipe);
        std::remove("zip-story.tmp");
        CHECK(std::string(line) == "None " + std::to_string(many + 3) + " True (2026, 1, 31, 12, 34, 56)\n");
    }
}

// Sums over 4 GiB are slow under the sanitizers, and what they watch is watched in the stories above.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LIMNER_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LIMNER_SANITIZED
#endif
#ifndef LIMNER_SANITIZED
TEST_CASE("others read what lies past 4 GiB") {
    // Zeros are skipped, not written: the file has holes, and takes a few kilobytes of the disk.
    constexpr std::size_t large = std::size_t{64} << 20;
    const Bytes zeros(large, 0);
    ZipWriter zip;
    std::ofstream file("zip-far.tmp", std::ios::binary);
    const auto take = [&](const Bytes& piece, std::size_t hole) {
        const std::size_t head = piece.size() - hole;
        file.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(head));
        file.seekp(static_cast<std::streamoff>(hole), std::ios::cur);
    };
    take(*zip.add("first.txt", Bytes{'a', 'b'}, ZipMethod::store), 0);
    for (int i = 0; i < 64; ++i) take(*zip.add("large/" + std::to_string(i), zeros, ZipMethod::store), large);
    take(*zip.add("last.txt", Bytes{'y', 'z'}, ZipMethod::store), 0);
    take(zip.finish(), 0);
    file.close();
    CHECK(zip.bytes_written() > std::uint64_t{64} * large);
    FILE* pipe = popen(
        "python3 -c \"import zipfile; z = zipfile.ZipFile('zip-far.tmp'); i = z.infolist();"
        "print(z.read('first.txt').decode(), z.read('last.txt').decode(), len(i), "
        "i[-1].header_offset > 1 << 32, i[-2].header_offset < 1 << 32, z.open('large/63').read(9) == "
        "bytes(9))\" 2>&1",
        "r");
    REQUIRE(pipe);
    char line[256] = "";
    CHECK(std::fgets(line, sizeof line, pipe));
    pclose(pipe);
    std::remove("zip-far.tmp");
    CHECK(std::string(line) == "ab yz 66 True True True\n");
}
#endif
#endif
