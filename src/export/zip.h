// A ZIP archive (PKWARE APPNOTE 6.3.10) written piece by piece: every call returns the bytes to append to the file, so
// thousands of pictures never lie in memory together. ZIP64 records are added only where the numbers need them.
//
//   ZipWriter zip;
//   for each picture: sink(*zip.add("ada.png", png, ZipMethod::store));
//   sink(zip.finish());
#pragma once
#include "export/bytes.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace limner {

enum class ZipMethod { store, deflate };  // store for PNG and JPEG, which are compressed already

struct ZipTime {
    int year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0;  // local time, as ZIP wants it
};

class ZipWriter {
public:
    explicit ZipWriter(ZipTime time = {});

    // Header and data of one entry, under 4 GiB. Names are UTF-8 with '/' between folders; refused ("zip.name") are
    // empty, absolute or repeated names, "..", backslashes and control characters. Nothing is kept but the directory.
    Result<Bytes> add(std::string_view name, ByteView data, ZipMethod method);

    // The central directory. The writer is done after that.
    Bytes finish();

    std::uint64_t bytes_written() const { return offset_; }
    std::size_t entries() const { return names_.size(); }

private:
    std::uint32_t dos_time_;
    std::uint64_t offset_ = 0;
    Bytes directory_;
    std::unordered_set<std::string> names_;
};

}  // namespace limner
