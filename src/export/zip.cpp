#include "export/zip.h"

#include "base/checksum.h"

#include <algorithm>

namespace limner {
namespace {

constexpr std::uint32_t kFull32 = 0xFFFFFFFF;
constexpr std::uint16_t kUtf8Names = 1 << 11;

// Why a name cannot be used; empty if it can.
std::string objection(std::string_view name) {
    if (name.empty()) return "is empty";
    if (name.size() > 1024) return "is longer than 1024 bytes";
    if (name.front() == '/' || name.back() == '/') return "begins or ends with a slash";
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 32 || c == 127 || c == '\\' || c == ':')
            return "has a character that not every system allows";
    }
    while (true) {
        const std::size_t slash = name.find('/');
        const std::string_view part = name.substr(0, slash);
        if (part.empty() || part == "." || part == "..")
            return "has a folder called \"" + std::string(part) + "\"";
        if (slash == std::string_view::npos) return {};
        name.remove_prefix(slash + 1);
    }
}

}  // namespace

ZipWriter::ZipWriter(ZipTime t) {
    const int year = std::clamp(t.year, 1980, 2107) - 1980;
    const int date = year << 9 | std::clamp(t.month, 1, 12) << 5 | std::clamp(t.day, 1, 31);
    const int time =
        std::clamp(t.hour, 0, 23) << 11 | std::clamp(t.minute, 0, 59) << 5 | std::clamp(t.second, 0, 59) / 2;
    dos_time_ = static_cast<std::uint32_t>(date) << 16 | static_cast<std::uint32_t>(time);
}

Result<Bytes> ZipWriter::add(std::string_view name, ByteView data, ZipMethod method) {
    if (const std::string why = objection(name); !why.empty()) {
        return Error{"zip.name", "A file in the archive cannot be called that: the name " + why + "."};
    }
    if (data.size() >= kFull32) return Error{"zip.size", "A file in the archive may not reach 4 GiB."};
    if (!names_.insert(std::string(name)).second) {
        return Error{"zip.name", "The archive already has a file called " + std::string(name) + "."};
    }
    Bytes packed;
    if (method == ZipMethod::deflate) packed = deflate(data);
    if (method == ZipMethod::deflate && packed.size() >= data.size()) method = ZipMethod::store;
    const ByteView body = method == ZipMethod::store ? data : ByteView(packed);
    const int version = offset_ >= kFull32 ? 45 : 20;

    Bytes common;  // what both headers say
    put_little(common, static_cast<std::uint64_t>(version), 2);
    put_little(common, kUtf8Names, 2);
    put_little(common, method == ZipMethod::store ? 0 : 8, 2);
    put_little(common, dos_time_, 4);
    put_little(common, crc32(data), 4);
    put_little(common, body.size(), 4);
    put_little(common, data.size(), 4);
    put_little(common, name.size(), 2);

    Bytes out;
    put_little(out, 0x04034B50, 4);
    put(out, common);
    put_little(out, 0, 2);  // no extra field
    put(out, name);
    put(out, body);

    Bytes extra;  // ZIP64: where the entry begins, if 32 bits cannot say it
    if (offset_ >= kFull32) {
        put_little(extra, 1, 2);
        put_little(extra, 8, 2);
        put_little(extra, offset_, 8);
    }
    put_little(directory_, 0x02014B50, 4);
    put_little(directory_, 45 | 3 << 8, 2);  // made by: Unix, so that the permissions below count
    put(directory_, common);
    put_little(directory_, extra.size(), 2);
    put_little(directory_, 0, 2);                             // no comment
    put_little(directory_, 0, 2);                             // disk
    put_little(directory_, 0, 2);                             // internal attributes
    put_little(directory_, std::uint64_t{0100644} << 16, 4);  // -rw-r--r--
    put_little(directory_, std::min<std::uint64_t>(offset_, kFull32), 4);
    put(directory_, name);
    put(directory_, extra);
    offset_ += out.size();
    return out;
}

Bytes ZipWriter::finish() {
    Bytes out = std::move(directory_);
    directory_.clear();
    const std::uint64_t start = offset_, size = out.size(), count = names_.size();
    if (count >= 0xFFFF || start >= kFull32 || size >= kFull32) {
        put_little(out, 0x06064B50, 4);  // ZIP64 end of central directory
        put_little(out, 44, 8);
        put_little(out, 45 | 3 << 8, 2);
        put_little(out, 45, 2);
        put_little(out, 0, 8);  // disks
        put_little(out, count, 8);
        put_little(out, count, 8);
        put_little(out, size, 8);
        put_little(out, start, 8);
        put_little(out, 0x07064B50, 4);  // its locator
        put_little(out, 0, 4);
        put_little(out, start + size, 8);
        put_little(out, 1, 4);
    }
    put_little(out, 0x06054B50, 4);
    put_little(out, 0, 4);  // disks
    put_little(out, std::min<std::uint64_t>(count, 0xFFFF), 2);
    put_little(out, std::min<std::uint64_t>(count, 0xFFFF), 2);
    put_little(out, std::min<std::uint64_t>(size, kFull32), 4);
    put_little(out, std::min<std::uint64_t>(start, kFull32), 4);
    put_little(out, 0, 2);
    offset_ += out.size();
    return out;
}

}  // namespace limner
