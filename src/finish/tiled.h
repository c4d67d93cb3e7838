// A photo too large to finish at once, finished piece by piece on the CPU.
#pragma once
#include "finish/picture.h"
#include "finish/plan.h"
#include "photo/photo.h"

#include <functional>

namespace limner {

// The plan for one tile of a photo; the tiles are photo_tiles(photo.width, photo.height, plan.reach). The same for every tile but
// for the window: web/ runs these on the GPU.
Result<Plan> plan_tile(const Photo& photo, const PhotoTile& tile, const Recipe& recipe,
                       const StyleLibrary& styles, const Picture* example = nullptr);

// As without tiles, to the last bits of positions. `progress` is told the share that is done and says whether to go on.
Result<Picture> finish_photo(const Photo& photo, const Recipe& recipe, const StyleLibrary& styles,
                             const Picture* example = nullptr,
                             const std::function<bool(float)>& progress = {}, int tile_side = 1024);

}  // namespace limner
