#include "image.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <png.h>

namespace limner::sitters {

Result<Image> read_png(const std::filesystem::path& path) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&header, path.c_str()) == 0)
        return Error{std::filesystem::exists(path) ? "image.broken" : "image.missing",
                     path.string() + " cannot be read (" + header.message + "); fetch the assets again."};
    header.format = PNG_FORMAT_RGB;
    Image image;
    image.width = static_cast<int>(header.width);
    image.height = static_cast<int>(header.height);
    image.rgb.resize(PNG_IMAGE_SIZE(header));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&header, &white, image.rgb.data(), 0, nullptr) == 0) {
        const std::string why = header.message;
        png_image_free(&header);
        return Error{"image.broken",
                     path.string() + " is truncated or broken (" + why + "); fetch the assets again."};
    }
    return image;
}

Result<void> write_png(const std::filesystem::path& path, const Image& image) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    header.width = static_cast<png_uint_32>(image.width);
    header.height = static_cast<png_uint_32>(image.height);
    header.format = PNG_FORMAT_RGB;
    header.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(header);
    std::vector<std::uint8_t> bytes(size);
    if (png_image_write_to_memory(&header, bytes.data(), &size, 0, image.rgb.data(), 0, nullptr) == 0)
        return Error{"image.write", path.string() + " could not be compressed (" + header.message + ")."};
    bytes.resize(size);
    return write_file(path, bytes);
}

Result<void> write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
    std::filesystem::path part = path;
    part += ".part";
    std::FILE* file = std::fopen(part.c_str(), "wb");
    bool good = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() &&
                std::fflush(file) == 0;
    int why = good ? 0 : errno;
    if (file != nullptr && std::fclose(file) != 0 && good) good = false, why = errno;
    if (good && std::rename(part.c_str(), path.c_str()) != 0) good = false, why = errno;
    if (good) return {};
    std::remove(part.c_str());
    return Error{"disk.write",
                 path.string() + " cannot be written: " + std::strerror(why) +
                     ". Nothing was left half written; make room or choose another folder, and run again."};
}

}  // namespace limner::sitters
