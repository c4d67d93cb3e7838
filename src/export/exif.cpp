#include "export/exif.h"

#include "base/sort_few.h"

#include <algorithm>
#include <array>

namespace limner {
namespace {

struct Entry {
    std::uint16_t tag, type;
    std::uint32_t count;
    Bytes value;  // big-endian
};

// ImageDescription, Make, Model, XResolution, YResolution, ResolutionUnit, DateTime, Artist, YCbCrPositioning,
// Copyright.
constexpr std::array<std::uint16_t, 10> kMain{0x010E, 0x010F, 0x0110, 0x011A, 0x011B,
                                              0x0128, 0x0132, 0x013B, 0x0213, 0x8298};
// ExposureTime, FNumber, ISO, ExifVersion, DateTimeOriginal, DateTimeDigitized, time zones, ComponentsConfiguration,
// FocalLength, FlashpixVersion, FocalLengthIn35mmFilm, OwnerName, LensMake, LensModel.
constexpr std::array<std::uint16_t, 16> kTaking{0x829A, 0x829D, 0x8827, 0x9000, 0x9003, 0x9004,
                                                0x9010, 0x9011, 0x9012, 0x9101, 0x920A, 0xA000,
                                                0xA405, 0xA430, 0xA433, 0xA434};
constexpr std::uint16_t kTakingAt = 0x8769, kPlaceAt = 0x8825;

std::size_t unit_size(std::uint16_t type) {
    constexpr std::array<std::size_t, 13> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    return type < sizes.size() ? sizes[type] : 0;
}
std::size_t word_size(std::uint16_t type) {  // what byte order applies to
    const std::size_t size = unit_size(type);
    return type == 5 || type == 10 ? 4 : size;
}

class Reader {
public:
    explicit Reader(ByteView tiff) : tiff_(tiff), big_(starts_with(tiff, "MM")) {}

    bool valid() const {
        return tiff_.size() >= 8 && tiff_.size() <= 65536 && (big_ || starts_with(tiff_, "II")) &&
               number(2, 2) == 42;
    }
    std::uint32_t number(std::size_t at, std::size_t count) const {
        return big_ ? big_endian(tiff_, at, count) : little_endian(tiff_, at, count);
    }

    // Entries of one directory; false if it does not lie inside the block.
    bool directory(std::size_t at, std::vector<Entry>& out) const {
        if (at + 2 > tiff_.size()) return false;
        const std::size_t count = number(at, 2);
        if (count > 512 || at + 2 + count * 12 > tiff_.size()) return false;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t e = at + 2 + i * 12;
            Entry entry{static_cast<std::uint16_t>(number(e, 2)),
                        static_cast<std::uint16_t>(number(e + 2, 2)),
                        number(e + 4, 4),
                        {}};
            const std::size_t unit = unit_size(entry.type), word = word_size(entry.type);
            if (unit == 0 || entry.count > 65536) continue;
            const std::size_t size = unit * entry.count, from = size <= 4 ? e + 8 : number(e + 8, 4);
            if (from > tiff_.size() || size > tiff_.size() - from) continue;
            for (std::size_t w = 0; w < size; w += word) {
                for (std::size_t b = 0; b < word; ++b)
                    entry.value.push_back(tiff_[from + w + (big_ ? b : word - 1 - b)]);
            }
            out.push_back(std::move(entry));
        }
        return true;
    }

private:
    ByteView tiff_;
    bool big_;
};

const Entry* find(const std::vector<Entry>& entries, std::uint16_t tag) {
    for (const Entry& entry : entries) {
        if (entry.tag == tag) return &entry;
    }
    return nullptr;
}

std::uint32_t offset_in(const Entry& entry) { return entry.type == 4 ? big_endian(entry.value, 0, 4) : 0; }

template <std::size_t N>
std::vector<Entry> only(const std::vector<Entry>& entries, const std::array<std::uint16_t, N>& tags) {
    std::vector<Entry> out;
    for (const Entry& entry : entries) {
        if (std::find(tags.begin(), tags.end(), entry.tag) != tags.end()) out.push_back(entry);
    }
    return out;
}

Entry pointer(std::uint16_t tag) { return {tag, 4, 1, Bytes(4, 0)}; }

std::size_t written_size(const std::vector<Entry>& entries) {
    std::size_t size = 2 + entries.size() * 12 + 4;
    for (const Entry& entry : entries) size += entry.value.size() > 4 ? (entry.value.size() + 1) / 2 * 2 : 0;
    return size;
}

void write_directory(Bytes& out, std::vector<Entry> entries) {
    sort_few(entries, [](const Entry& a, const Entry& b) { return a.tag < b.tag; });
    std::size_t behind = out.size() + 2 + entries.size() * 12 + 4;
    Bytes values;
    put_big(out, entries.size(), 2);
    for (const Entry& entry : entries) {
        put_big(out, entry.tag, 2);
        put_big(out, entry.type, 2);
        put_big(out, entry.count, 4);
        Bytes field = entry.value;
        if (field.size() > 4) {
            put_big(out, behind + values.size(), 4);
            if (field.size() & 1) field.push_back(0);
            put(values, field);
        } else {
            field.resize(4, 0);
            put(out, field);
        }
    }
    put_big(out, 0, 4);
    put(out, values);
}

}  // namespace

Result<Bytes> carried_exif(ByteView tiff, bool keep_place) {
    if (tiff.empty()) return Bytes{};
    const Error broken{"exif.broken", "The photo's EXIF data is damaged."};
    const Reader in(tiff);
    if (!in.valid()) return broken;
    std::vector<Entry> all, taking, place;
    if (!in.directory(in.number(4, 4), all)) return broken;
    if (const Entry* at = find(all, kTakingAt)) in.directory(offset_in(*at), taking);
    if (const Entry* at = find(all, kPlaceAt); at && keep_place) in.directory(offset_in(*at), place);

    std::vector<Entry> main = only(all, kMain);
    taking = only(taking, kTaking);
    if (main.empty() && taking.empty() && place.empty()) return Bytes{};
    if (!taking.empty()) main.push_back(pointer(kTakingAt));
    if (!place.empty()) main.push_back(pointer(kPlaceAt));
    std::size_t at = 8 + written_size(main);
    for (Entry& entry : main) {
        if (entry.tag != kTakingAt && entry.tag != kPlaceAt) continue;
        entry.value.clear();
        put_big(entry.value, at, 4);
        at += written_size(entry.tag == kTakingAt ? taking : place);
    }
    Bytes out;
    put(out, std::string_view("MM\0\x2A\0\0\0\x08", 8));
    write_directory(out, main);
    if (!taking.empty()) write_directory(out, taking);
    if (!place.empty()) write_directory(out, place);
    if (out.size() > 65000) return broken;
    return out;
}

}  // namespace limner
