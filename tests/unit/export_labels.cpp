// What a saved picture says about itself, what it keeps of a photo it was made from, and what damaged files get told.
#include "base/checksum.h"
#include "export/exif.h"
#include "export/labels.h"
#include "export/png.h"
#include "export/xml.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

using namespace limner;

namespace {

Label label(SourceType source = SourceType::generated) {
    Label out;
    out.source = source;
    out.creator_tool = "Limner 0.1.0";
    out.ai_system = "Limner portrait";
    out.ai_version = "1.0.0";
    out.created = "2026-01-31T12:34:56Z";
    out.unique_id = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
    out.alt_text = "An elderly woman, laughing; \"Ada\" <& friends>";
    out.recipe = R"({"limner":1,"seed":"ada"})";
    return out;
}

Picture checkers(int width, int height, std::uint8_t alpha = 255) {
    Picture picture{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (const int c : {x * 5, y * 3, (x ^ y) * 7})
                picture.rgba.push_back(static_cast<std::uint8_t>(c));
            picture.rgba.push_back(x == 1 ? alpha : std::uint8_t{255});
        }
    }
    return picture;
}

Bytes file(const std::string& name) {
    std::ifstream in(LIMNER_SOURCE_DIR "/tests/golden/" + name, std::ios::binary);
    REQUIRE(in);
    return Bytes(std::istreambuf_iterator<char>(in), {});
}

bool holds(const Bytes& bytes, std::string_view text) {
    return text_of(bytes).find(text) != std::string_view::npos;
}

// A chunk with its sum, for building PNGs that lie.
Bytes chunk(std::string_view type, const Bytes& data) {
    Bytes out, body;
    put(body, type);
    put(body, data);
    put_big(out, data.size(), 4);
    put(out, body);
    put_big(out, crc32(body), 4);
    return out;
}

Bytes png_of(std::initializer_list<Bytes> chunks) {
    Bytes out;
    put(out, "\x89PNG\r\n\x1A\n");
    for (const Bytes& one : chunks) put(out, one);
    return out;
}

Bytes header(std::uint32_t width, std::uint32_t height) {
    Bytes data;
    put_big(data, width, 4);
    put_big(data, height, 4);
    put(data, Bytes{8, 2, 0, 0, 0});
    return chunk("IHDR", data);
}

}  // namespace

TEST_CASE("a PNG carries its label and its recipe, and gives them back") {
    const Result<Bytes> png = write_png(checkers(33, 20), label());
    REQUIRE(png);
    const Result<FileLabels> found = read_labels(*png);
    REQUIRE(found);
    CHECK(found->width == 33);
    CHECK(found->height == 20);
    CHECK(found->recipe == label().recipe);
    const PacketWords words = *read_xmp(found->xmp);
    CHECK(words.source_type == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
    CHECK(words.ai_system == "Limner portrait");
    CHECK(words.ai_version == "1.0.0");
    CHECK(words.creator_tool == "Limner 0.1.0");
    CHECK(words.created == "2026-01-31T12:34:56Z");
    CHECK(words.unique_id == "xmp.did:1b4e28ba-2fa1-11d2-883f-0016d3cca427");
    CHECK(words.alt_text == label().alt_text);
    CHECK(words.recipe.empty());  // it has a chunk of its own

    Label quiet = label();
    quiet.recipe.clear();
    CHECK(read_labels(*write_png(checkers(4, 4), quiet))->recipe.empty());
}

TEST_CASE("pixels come out of a PNG as they went in") {
    for (const std::uint8_t alpha : {std::uint8_t{255}, std::uint8_t{128}}) {
        const Picture picture = checkers(37, 11, alpha);
        const Bytes png = *write_png(picture, label());
        Bytes packed;
        int kind = -1;
        for (std::size_t at = 8; at + 12 <= png.size();) {
            const std::size_t length = big_endian(png, at, 4);
            const std::string_view type = text_of(ByteView(png).subspan(at + 4, 4));
            if (type == "IHDR") kind = png[at + 8 + 9];
            if (type == "IDAT") put(packed, ByteView(png).subspan(at + 8, length));
            at += length + 12;
        }
        const std::size_t channels = kind == 6 ? 4 : 3, stride = 37 * channels;
        CHECK(channels == (alpha == 255 ? 3U : 4U));
        const Bytes rows = *zlib_expand(packed, (stride + 1) * 11);
        REQUIRE(rows.size() == (stride + 1) * 11);
        Bytes above(stride, 0), row(stride);
        bool same = true;
        for (std::size_t y = 0; y < 11; ++y) {
            for (std::size_t x = 0; x < stride; ++x) {  // undo the five filters, from the specification
                const int a = x >= channels ? row[x - channels] : 0, b = above[x],
                          c = x >= channels ? above[x - channels] : 0;
                const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
                const int guesses[5] = {0, a, b, (a + b) / 2, pa <= pb && pa <= pc ? a : pb <= pc ? b : c};
                row[x] = static_cast<std::uint8_t>(rows[y * (stride + 1) + 1 + x] +
                                                   guesses[rows[y * (stride + 1)]]);
                same = same && row[x] == picture.rgba[(y * 37 + x / channels) * 4 + x % channels];
            }
            above = row;
        }
        CHECK(same);
    }
    CHECK(write_png(Picture{2, 2, Bytes(15)}, label()).error().code == "png.size");
    CHECK(write_png(Picture{}, label()).error().code == "png.size");
}

TEST_CASE("JPEG, WebP and PNG files take a label without touching their pixels") {
    for (const char* name : {"credited.jpg", "credited.webp", "credited.png"}) {
        INFO(name);
        const Bytes before = file(name);
        const Result<Bytes> after = with_labels(before, label());
        REQUIRE(after);
        const FileLabels found = *read_labels(*after);
        CHECK(found.recipe == label().recipe);
        CHECK(found.width == 8);
        CHECK(found.height == 8);
        CHECK(read_xmp(found.xmp)->source_type == source_type_uri(SourceType::generated));
        CHECK_FALSE(holds(*after, "Ada Lovelace"));  // not made from that photo: nothing of it stays
        CHECK(*with_labels(*after, label()) == *after);
    }
}

TEST_CASE("a filtered photo keeps its credits and loses its place") {
    const FileLabels photo = *read_labels(file("credited.jpg"));
    CHECK_FALSE(photo.exif.empty());
    CHECK_FALSE(photo.iptc.empty());
    for (const char* name : {"credited.jpg", "credited.webp", "credited.png"}) {
        INFO(name);
        const Bytes filtered = *with_labels(file(name), label(SourceType::filtered), &photo);
        const FileLabels found = *read_labels(filtered);
        const PacketWords words = *read_xmp(found.xmp);
        CHECK(words.source_type == "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced");
        CHECK(words.creator == "Ada");
        CHECK(words.rights == "(c) Ada");
        CHECK(words.credit == "Agency");
        CHECK(words.created == "2020-01-02T03:04:05");
        CHECK(words.recipe == (std::string_view(name).ends_with("png") ? "" : label().recipe));
        CHECK(holds(found.exif, "Ada Lovelace"));
        CHECK(holds(found.exif, "2020:01:02 03:04:05"));
        CHECK(found.xmp.find("GPS") == std::string::npos);
        CHECK(found.exif.size() < photo.exif.size());

        const Bytes kept = *with_labels(file(name), label(SourceType::filtered), &photo, true);
        CHECK(read_labels(kept)->xmp.find("GPSLatitude") != std::string::npos);
        CHECK(read_labels(kept)->exif.size() > found.exif.size());
        // Filtering the result again changes nothing more.
        const FileLabels again = *read_labels(filtered);
        CHECK(read_xmp(read_labels(*with_labels(file(name), label(SourceType::filtered), &again))->xmp)
                  ->creator == "Ada");
    }
}

TEST_CASE("an original's damaged metadata is left behind, not in the way") {
    FileLabels photo = *read_labels(file("credited.jpg"));
    photo.xmp = "<x:xmpmeta><rdf:RDF>";
    photo.exif = {'M', 'M', 0, 42, 0, 0, 0xFF, 0xFF};
    const Result<Bytes> out = with_labels(file("credited.png"), label(SourceType::filtered), &photo);
    REQUIRE(out);
    CHECK(read_xmp(read_labels(*out)->xmp)->source_type == source_type_uri(SourceType::filtered));
    CHECK(xmp_packet(label(), RecipeIn::packet, photo.xmp).error().code == "xmp.broken");
    CHECK_FALSE(carried_exif(photo.exif, false));
}

TEST_CASE("properties written with other prefixes, or as attributes, are understood") {
    const std::string odd =
        R"(<?xpacket begin=""?><a:xmpmeta xmlns:a="adobe:ns:meta/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><!-- a comment -->
       <r:Description r:about="" xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:g="http://ns.adobe.com/exif/1.0/"
          p:Credit="A &amp; B" g:GPSLatitude="48,6N"><d:creator><r:Seq><r:li>Zo&#xEB;</r:li></r:Seq></d:creator>
       </r:Description></r:RDF></a:xmpmeta>)";
    CHECK(read_xmp(odd)->creator == "Zo\xC3\xAB");
    CHECK(read_xmp(odd)->credit == "A & B");
    const std::string packet = *xmp_packet(label(SourceType::filtered), RecipeIn::packet, odd);
    CHECK(packet.find("GPS") == std::string::npos);
    CHECK(read_xmp(packet)->creator == "Zo\xC3\xAB");
    CHECK(read_xmp(packet)->credit == "A & B");
}

TEST_CASE("hostile XML ends with a sentence") {
    for (const std::string& text :
         {std::string(), std::string("<a>"), std::string("<a></b>"), std::string("<a b></a>"),
          std::string("<a>&evil;</a>"), std::string("<a>&#0;</a>"), std::string("<a>&#xD800;</a>"),
          std::string("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), std::string("<?xml"),
          std::string("<a b=\"c"), std::string("< a/>")}) {
        INFO(text);
        CHECK(parse_xml(text).error().code == "xml.broken");
    }
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += "<a>";
    CHECK(parse_xml(deep).error().code == "xml.broken");
    CHECK(parse_xml(std::string(5 << 20, ' ')).error().code == "xml.size");
}

TEST_CASE("a PNG that lies gets a sentence") {
    const auto refused = [](const Bytes& bytes) {
        const Result<FileLabels> found = read_labels(bytes);
        REQUIRE_FALSE(found);
        return found.error().sentence;
    };
    const Bytes end = chunk("IEND", {}), little = chunk("IDAT", zlib_compress(Bytes(10)));
    CHECK(refused(png_of({header(60000, 60000), little, end})) ==
          "This PNG is damaged: it claims to be 60000 by 60000 pixels, but holds far too little for that.");
    CHECK(refused(png_of({header(0, 5), little, end})) ==
          "This PNG is damaged: it claims to be 0 by 5 pixels.");
    CHECK(refused(png_of({header(0x80000000, 5), little, end})).find("2147483648 by 5") != std::string::npos);
    CHECK(refused(png_of({little, end})) == "This PNG is damaged: its header is missing or misplaced.");
    CHECK(refused(png_of({header(1, 1), header(1, 1), end})).find("misplaced") != std::string::npos);
    CHECK(refused(png_of({header(1, 1), little})) == "This PNG is damaged: its end is missing.");
    CHECK(refused(png_of({})) == "This PNG is damaged: its end is missing.");
    Bytes many = png_of({header(1, 1)});
    for (int i = 0; i < 70000; ++i) put(many, chunk("tEXt", {}));
    CHECK(refused(many) == "This PNG is damaged: it is cut into more than 65536 pieces.");
    Bytes long_piece = png_of({header(1, 1)});
    put(long_piece, Bytes{0x7F, 0xFF, 0xFF, 0xFF, 'I', 'D', 'A', 'T', 0, 0, 0, 0});
    CHECK(refused(long_piece) ==
          "This PNG is damaged: a piece claims to be 2147483647 bytes long, but only 0 follow.");
    Bytes flipped = *write_png(checkers(9, 9), label());
    flipped[flipped.size() / 2] ^= 1;
    CHECK(refused(flipped) == "This PNG is damaged: the checksum of a piece is wrong.");
    CHECK(refused(Bytes{1, 2, 3}) == "This file is not a PNG, JPEG or WebP picture.");

    // A recipe chunk that unpacks to gigabytes, or is no text at all, is as good as none.
    Bytes bomb;
    put(bomb, std::string_view("limner\0\1\0\0\0", 11));
    put(bomb, zlib_compress(Bytes(5'000'000, ' ')));
    CHECK(read_labels(png_of({header(1, 1), chunk("iTXt", bomb), little, end}))->recipe.empty());
    CHECK(read_labels(png_of({header(1, 1), chunk("iTXt", {'l', 'i', 'm', 'n', 'e', 'r', 0, 0, 0, 'x'}),
                              little, end}))
              ->recipe.empty());
}

TEST_CASE("cut short anywhere, a picture file is refused or read, never more") {
    for (const char* name : {"credited.jpg", "credited.webp", "credited.png"}) {
        const Bytes whole = file(name);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const ByteView part = ByteView(whole).first(size);
            const Result<FileLabels> found = read_labels(part);
            if (!found)
                CHECK(found.error().sentence.ends_with('.'));
            else
                CHECK(with_labels(part, label(), &*found));
        }
    }
}

#ifndef __EMSCRIPTEN__
TEST_CASE("exiftool finds the labels valid, and reads what we meant") {
    const auto ask = [](const std::string& question, const Bytes& bytes) {
        const std::string path = "exiftool-story.tmp";
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        FILE* pipe = popen(("exiftool " + question + " " + path + " 2>&1").c_str(), "r");
        REQUIRE(pipe);
        std::string answer;
        char part[256];
        while (std::fgets(part, sizeof part, pipe)) answer += part;
        pclose(pipe);
        std::remove(path.c_str());
        return answer;
    };
    const Bytes png = *write_png(checkers(16, 16), label());
    REQUIRE(ask("-ver", png).starts_with("1"));  // no exiftool: install libimage-exiftool-perl
    CHECK(ask("-validate -s3", png) == "OK\n");
    CHECK(ask("-s3 -XMP-iptcExt:DigitalSourceType", png) ==
          "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\n");
    CHECK(ask("-s3 -XMP:AISystemUsed -XMP:AISystemVersionUsed -XMP:CreatorTool", png) ==
          "Limner portrait\n1.0.0\nLimner 0.1.0\n");
    CHECK(ask("-s3 -XMP-iptcCore:AltTextAccessibility", png) == label().alt_text + "\n");
    CHECK(ask("-s3 -PNG:Limner", png) == label().recipe + "\n");

    const FileLabels photo = *read_labels(file("credited.jpg"));
    for (const char* name : {"credited.jpg", "credited.webp", "credited.png"}) {
        INFO(name);
        const Bytes filtered = *with_labels(file(name), label(SourceType::filtered), &photo);
        const std::string verdict = ask("-validate -warning -a -s3", filtered);
        INFO(verdict);
        CHECK(verdict.find("rror") == std::string::npos);
        CHECK(ask("-s3 -XMP:Creator -EXIF:Artist -EXIF:Copyright -XMP:Rights", filtered) ==
              "Ada\nAda Lovelace\n(c) Ada\n(c) Ada\n");
        CHECK(ask("-s3 -GPS:all -XMP:GPSLatitude -EXIF:Orientation", filtered).empty());
        const Bytes kept = *with_labels(file(name), label(SourceType::filtered), &photo, true);
        CHECK(ask("-s3 -n -GPS:GPSLatitude", kept) == "48.1\n");
    }
}
#endif
