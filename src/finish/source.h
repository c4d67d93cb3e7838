// The source's planes, for passes that read them by themselves rather than enlarged.
#pragma once
#include "finish/vec.h"

#include <cstddef>

namespace limner::finish {

class Source {
public:
    explicit Source(const Pass& pass)
        : planes_(pass.planes),
          width_(pass.source_width()),
          height_(pass.source_height()),
          scale_{static_cast<float>(width_) / static_cast<float>(pass.full_width()),
                 static_cast<float>(height_) / static_cast<float>(pass.full_height())} {}

    int width() const { return width_; }
    int height() const { return height_; }
    std::size_t pixels() const {
        return static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
    }
    // Of a pixel, or of the nearest one at the border.
    std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(inside(y, height_)) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(inside(x, width_));
    }
    float at(int plane, int x, int y) const { return planes_[plane] ? planes_[plane][index(x, y)] : 0.0F; }
    float sample(int plane, Vec2 place) const {  // bilinear; whole numbers are pixel centres
        const int x = ifloor(place.x), y = ifloor(place.y);
        const float u = place.x - floor(place.x), v = place.y - floor(place.y);
        return mix(mix(at(plane, x, y), at(plane, x + 1, y), u),
                   mix(at(plane, x, y + 1), at(plane, x + 1, y + 1), u), v);
    }
    // Where a pixel of the pass lies in the source.
    Vec2 place(const Pass& pass, int x, int y) const {
        return {pass.full_x(x) * scale_.x - 0.5F, pass.full_y(y) * scale_.y - 0.5F};
    }

private:
    static int inside(int i, int size) { return i < 0 ? 0 : (i >= size ? size - 1 : i); }

    const float* const* planes_;
    int width_, height_;
    Vec2 scale_;
};

}  // namespace limner::finish
