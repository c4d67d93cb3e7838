// JPEG (ITU-T T.81) as a row of marker segments; labels live in APP1 (EXIF, XMP) and APP13 (IPTC).
#include "export/formats.h"

namespace limner {
namespace {

constexpr std::string_view kXmp{"http://ns.adobe.com/xap/1.0/\0", 29};
constexpr std::string_view kXmpMore{"http://ns.adobe.com/xmp/extension/\0", 35};
constexpr std::string_view kExif{"Exif\0\0", 6};
constexpr std::string_view kIptc{"Photoshop 3.0\0", 14};
constexpr std::size_t kMaxSegment = 65533;

struct Segment {
    std::uint8_t marker = 0;
    ByteView payload, whole;
};

struct Split {
    std::vector<Segment> segments;  // up to the first scan
    ByteView rest;                  // from SOS on
};

bool is_frame(std::uint8_t m) { return m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC; }

Result<Split> split(ByteView file) {
    Split out;
    std::size_t at = 2;
    while (true) {
        const std::size_t start = at;
        if (at + 4 > file.size() || file[at] != 0xFF)
            return broken_file("JPEG", "its segments do not follow each other");
        while (at < file.size() && file[at] == 0xFF) ++at;  // fill bytes
        if (at + 2 >= file.size()) return broken_file("JPEG", "it ends before the picture begins");
        const std::uint8_t marker = file[at++];
        if (marker == 0xDA) {
            out.rest = file.subspan(start);
            return out;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD9))
            return broken_file("JPEG", "it has no picture in it");
        const std::size_t length = big_endian(file, at, 2);
        if (length < 2 || at + length > file.size()) return broken_file("JPEG", "a segment is cut short");
        out.segments.push_back(
            {marker, file.subspan(at + 2, length - 2), file.subspan(start, at + length - start)});
        at += length;
    }
}

bool is_label(const Segment& s) {
    if (s.marker == 0xE1)
        return starts_with(s.payload, kXmp) || starts_with(s.payload, kExif) ||
               starts_with(s.payload, kXmpMore);
    return s.marker == 0xEB || (s.marker == 0xED && starts_with(s.payload, kIptc));  // APP11 holds C2PA
}

bool put_segment(Bytes& out, std::uint8_t marker, std::string_view head, ByteView body) {
    if (head.size() + body.size() > kMaxSegment) return false;
    out.push_back(0xFF);
    out.push_back(marker);
    put_big(out, head.size() + body.size() + 2, 2);
    put(out, head);
    put(out, body);
    return true;
}

}  // namespace

Result<FileLabels> read_jpeg(ByteView file) {
    const Result<Split> parts = split(file);
    if (!parts) return parts.error();
    FileLabels labels;
    for (const Segment& s : parts->segments) {
        if (s.marker == 0xE1 && starts_with(s.payload, kXmp)) {
            labels.xmp = text_of(s.payload.subspan(kXmp.size()));
        } else if (s.marker == 0xE1 && starts_with(s.payload, kExif)) {
            labels.exif.assign(s.payload.begin() + kExif.size(), s.payload.end());
        } else if (s.marker == 0xED && starts_with(s.payload, kIptc)) {
            labels.iptc.assign(s.payload.begin(), s.payload.end());
        } else if (s.marker == 0xEB) {
            labels.content_credentials = true;
        } else if (is_frame(s.marker) && s.payload.size() >= 5) {
            labels.height = static_cast<int>(big_endian(s.payload, 1, 2));
            labels.width = static_cast<int>(big_endian(s.payload, 3, 2));
        }
    }
    if (labels.width == 0 || labels.height == 0)
        return broken_file("JPEG", "it does not say how large it is");
    return labels;
}

Result<Bytes> relabel_jpeg(ByteView file, const FileLabels& labels) {
    const Result<Split> parts = split(file);
    if (!parts) return parts.error();
    Bytes out{0xFF, 0xD8};
    std::size_t next = 0;
    while (next < parts->segments.size() && parts->segments[next].marker == 0xE0)
        put(out, parts->segments[next++].whole);
    if (!labels.exif.empty()) put_segment(out, 0xE1, kExif, labels.exif);  // fitted when it was read
    if (!labels.xmp.empty() && !put_segment(out, 0xE1, kXmp, bytes_of(labels.xmp))) {
        return Error{"file.size", "The label is too long for a JPEG; save as PNG, or without the recipe."};
    }
    if (!labels.iptc.empty()) put_segment(out, 0xED, "", labels.iptc);
    for (; next < parts->segments.size(); ++next) {
        if (!is_label(parts->segments[next])) put(out, parts->segments[next].whole);
    }
    put(out, parts->rest);
    return out;
}

}  // namespace limner
