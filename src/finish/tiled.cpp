#include "finish/tiled.h"

#include "finish/cpu.h"

#include <algorithm>

namespace limner {

Result<Plan> plan_tile(const Photo& photo, const PhotoTile& tile, const Recipe& recipe,
                       const StyleLibrary& styles, const Picture* example) {
    LayersInfo info{tile.width, tile.height, true, photo.width, photo.height, 0, 0};
    if (example) info.example_width = example->width, info.example_height = example->height;
    return plan(info, recipe, styles, {tile.x, tile.y, tile.width, tile.height});
}

Result<Picture> finish_photo(const Photo& photo, const Recipe& recipe, const StyleLibrary& styles,
                             const Picture* example, const std::function<bool(float)>& progress,
                             int tile_side) {
    const PhotoTile first{0, 0, std::min(photo.width, 64), std::min(photo.height, 64), 0, 0, 0, 0};
    const Result<Plan> probe = plan_tile(photo, first, recipe, styles, example);
    if (!probe) return probe.error();
    const auto tiles = photo_tiles(photo.width, photo.height, probe->reach, tile_side);
    Picture picture{photo.width, photo.height, std::vector<std::uint8_t>(photo.rgba.size())};
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const PhotoTile& t = tiles[i];
        if (progress && !progress(static_cast<float>(i) / static_cast<float>(tiles.size())))
            return Error{"finish.stopped", "Stopped."};
        const Result<Plan> made = plan_tile(photo, t, recipe, styles, example);
        if (!made) return made.error();
        const Result<Picture> part = run(*made, photo_layers(photo, t.x, t.y, t.width, t.height), example);
        if (!part) return part.error();
        for (int y = 0; y < t.inner_height; ++y) {
            const std::size_t from =
                4 * (static_cast<std::size_t>(t.inner_y - t.y + y) * static_cast<std::size_t>(t.width) +
                     static_cast<std::size_t>(t.inner_x - t.x));
            const std::size_t to =
                4 * (static_cast<std::size_t>(t.inner_y + y) * static_cast<std::size_t>(photo.width) +
                     static_cast<std::size_t>(t.inner_x));
            std::copy_n(part->rgba.begin() + static_cast<std::ptrdiff_t>(from), 4 * t.inner_width,
                        picture.rgba.begin() + static_cast<std::ptrdiff_t>(to));
        }
    }
    return picture;
}

}  // namespace limner
