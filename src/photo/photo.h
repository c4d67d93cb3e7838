// An opened picture -> Layers with `rgb` and `alpha` only. The browser decodes the file and turns it upright (EXIF orientation,
// colour profile to sRGB); what comes here is pixels. Finding the face, the matte and the skin of a photo is for later: whatever
// finds them fills the other layers, and every consumer already copes.
#pragma once
#include "base/result.h"
#include "generator/layers.h"

#include <cstdint>
#include <vector>

namespace limner {

inline constexpr std::int64_t kMaxPhotoPixels = 50'000'000;
inline constexpr int kMaxPhotoSide = 30'000;

// sRGB, 8 bits a channel, straight alpha, upright, row-major, top row first.
struct Photo {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;  // width * height * 4
};

// Before decoding: is a picture of this size one that can be opened?
Result<void> check_photo_size(std::int64_t width, std::int64_t height);

// Takes the pixels; refuses sizes that do not fit them, and more than 50 megapixels.
Result<Photo> open_photo(int width, int height, std::vector<std::uint8_t> rgba);

// Part of a photo as layers: linear rgb and alpha. What lies outside of the photo is the nearest border pixel.
Layers photo_layers(const Photo& photo, int x, int y, int width, int height);
inline Layers photo_layers(const Photo& photo) {
    return photo_layers(photo, 0, 0, photo.width, photo.height);
}

// A photo cut so that each piece can be finished on its own: `x, y, width, height` is what to compute, the `inner` part of it
// what to keep. Pieces overlap by `reach` pixels (Plan::reach) and their inner parts cover the photo exactly.
struct PhotoTile {
    int x = 0, y = 0, width = 0, height = 0;
    int inner_x = 0, inner_y = 0, inner_width = 0, inner_height = 0;  // in the photo
};
std::vector<PhotoTile> photo_tiles(int width, int height, int reach, int side = 1024);

}  // namespace limner
