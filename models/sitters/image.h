// PNG in and out (libpng), 8 bits.
#pragma once
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace limner::sitters {

struct Image {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;  // width * height * 3, top row first
};

// Errors "image.missing", "image.broken", with the path in the sentence.
Result<Image> read_png(const std::filesystem::path& path);
// Writes beside the target and renames, so that a full disk leaves nothing half written. Errors "disk.write".
Result<void> write_png(const std::filesystem::path& path, const Image& image);
// The same for any bytes.
Result<void> write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes);

}  // namespace limner::sitters
