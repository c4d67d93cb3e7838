// An input with its border repeated outwards, so that what looks around need not ask where the border is.
#pragma once
#include "finish/vec.h"

#include <cstddef>
#include <vector>

namespace limner::finish {

template <class T>
class Padded {
public:
    // What `take` makes of each pixel of `in`, for a pass of width x height, `border` pixels wider on every side.
    template <class Take>
    Padded(const View& in, int width, int height, int border, Take take)
        : stride_(width + 2 * border),
          start_(static_cast<std::ptrdiff_t>(border) * stride_ + border),
          pixels_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height + 2 * border)) {
        T* to = pixels_.data();
        for (int y = -border; y < height + border; ++y)
            for (int x = -border; x < width + border; ++x) *to++ = take(in.at(x, y));
    }
    // With nothing in the border.
    template <class Take>
    static Padded bare(const View& in, int width, int height, int border, Take take) {
        int x = -border, y = -border;
        return Padded(in, width, height, border, [&](Vec4 pixel) {
            const bool inside = x >= 0 && x < width && y >= 0 && y < height;
            if (++x == width + border) x = -border, ++y;
            return inside ? take(pixel) : T{};
        });
    }

    std::ptrdiff_t stride() const { return stride_; }
    const T* at(int x, int y) const {
        return pixels_.data() + start_ + static_cast<std::ptrdiff_t>(y) * stride_ + x;
    }
    T sample(float x, float y) const {  // bilinear, as View::sample
        const float fx = floor(x), fy = floor(y);
        return between(static_cast<int>(fx), static_cast<int>(fy), x - fx, y - fy);
    }
    T between(int x, int y, float u, float v) const {  // of four pixels
        const T* p = at(x, y);
        return mix(mix(p[0], p[1], u), mix(p[stride_], p[stride_ + 1], u), v);
    }

private:
    std::ptrdiff_t stride_, start_;
    std::vector<T> pixels_;
};

}  // namespace limner::finish
