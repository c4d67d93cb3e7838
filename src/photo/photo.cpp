#include "photo/photo.h"

#include "finish/vec.h"

#include <algorithm>
#include <array>
#include <string>

namespace limner {

Result<void> check_photo_size(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1) return Error{"photo.empty", "This picture has no pixels."};
    if (width > kMaxPhotoSide || height > kMaxPhotoSide || width * height > kMaxPhotoPixels)
        return Error{
            "photo.size",
            "This picture is " + std::to_string(width) + " by " + std::to_string(height) +
                " pixels; Limner opens pictures of up to 50 megapixels. Make it smaller and open it again."};
    return {};
}

Result<Photo> open_photo(int width, int height, std::vector<std::uint8_t> rgba) {
    if (auto checked = check_photo_size(width, height); !checked) return checked.error();
    if (rgba.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)
        return Error{"photo.pixels", "The picture's pixels do not fit its size; it may be damaged."};
    return Photo{width, height, std::move(rgba)};
}

Layers photo_layers(const Photo& photo, int x, int y, int width, int height) {
    static const std::array<float, 256> linear = [] {
        std::array<float, 256> table{};
        for (std::size_t i = 0; i < 256; ++i) table[i] = finish::decode_srgb(static_cast<float>(i) / 255.0F);
        return table;
    }();
    Layers layers;
    layers.width = width;
    layers.height = height;
    const std::size_t n = layers.pixels();
    layers.rgb.resize(3 * n);
    layers.alpha.resize(n);
    std::size_t i = 0;
    for (int row = 0; row < height; ++row) {
        const std::size_t from = static_cast<std::size_t>(std::clamp(y + row, 0, photo.height - 1)) *
                                 static_cast<std::size_t>(photo.width);
        for (int column = 0; column < width; ++column, ++i) {
            const std::uint8_t* pixel =
                &photo
                     .rgba[4 * (from + static_cast<std::size_t>(std::clamp(x + column, 0, photo.width - 1)))];
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = linear[pixel[c]];
            layers.alpha[i] = static_cast<float>(pixel[3]) / 255.0F;
        }
    }
    return layers;
}

std::vector<PhotoTile> photo_tiles(int width, int height, int reach, int side) {
    std::vector<PhotoTile> tiles;
    const int step = std::max(side, 64);
    for (int y = 0; y < height; y += step)
        for (int x = 0; x < width; x += step) {
            PhotoTile t;
            t.inner_x = x;
            t.inner_y = y;
            t.inner_width = std::min(step, width - x);
            t.inner_height = std::min(step, height - y);
            t.x = std::max(x - reach, 0);
            t.y = std::max(y - reach, 0);
            t.width = std::min(x + t.inner_width + reach, width) - t.x;
            t.height = std::min(y + t.inner_height + reach, height) - t.y;
            tiles.push_back(t);
        }
    return tiles;
}

}  // namespace limner
