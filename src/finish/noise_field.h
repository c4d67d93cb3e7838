// Noise over a stretch of the plane, with its lattice hashed once: the same bits as noise(), fbm() and tooth() of vec.h, for passes that
// ask for it at many places of one cell.
#pragma once
#include "finish/vec.h"

#include <cstddef>
#include <cstring>
#include <vector>

namespace limner::finish {

class NoiseField {
public:
    // For places from (x0, y0) to (x1, y1), in cells.
    NoiseField(float x0, float y0, float x1, float y1, std::uint32_t seed)
        : left_(ifloor(x0)),
          top_(ifloor(y0)),
          columns_(ifloor(x1) - left_ + 2),
          rows_(ifloor(y1) - top_ + 2),
          seed_(seed) {
        const std::size_t cells = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
        if (cells > kMostCells) return;  // more cells than pixels: each is asked for once
        directions_.reserve(cells);
        for (int j = 0; j < rows_; ++j)
            for (int i = 0; i < columns_; ++i) {
                const std::uint32_t h = hash(left_ + i, top_ + j, seed);
                directions_.push_back({unit_low(h) * 2.0F - 1.0F, unit_high(h) * 2.0F - 1.0F});
            }
    }

    float at(float x, float y) const {
        if (directions_.empty()) return noise(x, y, seed_);
        const float fx = floor(x), fy = floor(y), u = x - fx, v = y - fy;
        const Vec4 upper = two(static_cast<int>(fx), static_cast<int>(fy)) * vec4(u, v, u - 1.0F, v),
                   lower = two(static_cast<int>(fx), static_cast<int>(fy) + 1) *
                           vec4(u, v - 1.0F, u - 1.0F, v - 1.0F);
        const float su = u * u * u * (u * (u * 6.0F - 15.0F) + 10.0F),
                    sv = v * v * v * (v * (v * 6.0F - 15.0F) + 10.0F);
        return 2.0F * mix(mix(upper[0] + upper[1], upper[2] + upper[3], su),
                          mix(lower[0] + lower[1], lower[2] + lower[3], su), sv);
    }

private:
    Vec4 two(int x, int y) const {  // directions of a lattice point and of its neighbour to the right
        x = x - left_ < 0 ? 0 : (x - left_ > columns_ - 2 ? columns_ - 2 : x - left_);
        y = y - top_ < 0 ? 0 : (y - top_ > rows_ - 1 ? rows_ - 1 : y - top_);
        Vec4 both;
        std::memcpy(&both, &directions_[static_cast<std::size_t>(y * columns_ + x)], sizeof both);
        return both;
    }

    static constexpr std::size_t kMostCells = std::size_t{1} << 21;

    int left_, top_, columns_, rows_;
    std::uint32_t seed_;
    std::vector<Vec2> directions_;
};

// fbm() of vec.h for places from (x0, y0) to (x1, y1).
class FbmField {
public:
    FbmField(float x0, float y0, float x1, float y1, int octaves, std::uint32_t seed) {
        for (int i = 0; i < octaves; ++i) {
            fields_.emplace_back(x0, y0, x1, y1, seed + static_cast<std::uint32_t>(i));
            // The corners of the next octave's box: it is turned and twice as large.
            const float left = 1.6F * x0 + 1.2F * y0 + 17.3F, right = 1.6F * x1 + 1.2F * y1 + 17.3F,
                        top = 1.6F * y0 - 1.2F * x1 + 5.7F, bottom = 1.6F * y1 - 1.2F * x0 + 5.7F;
            x0 = left, x1 = right, y0 = top, y1 = bottom;
        }
    }

    float at(float x, float y) const {
        float sum = 0, gain = 0.5F;
        for (const NoiseField& field : fields_) {
            sum += gain * field.at(x, y);
            const float t = 1.6F * x + 1.2F * y + 17.3F;
            y = 1.6F * y - 1.2F * x + 5.7F;
            x = t;
            gain *= 0.5F;
        }
        return sum;
    }

private:
    std::vector<NoiseField> fields_;
};

// fbm() over the pixels of a pass, at `scale` cells a pixel and moved by `shift` cells.
inline FbmField fbm_field(const Pass& pass, float scale, Vec2 shift, int octaves, std::uint32_t seed) {
    return FbmField(pass.full_x(-1) * scale + shift.x, pass.full_y(-1) * scale + shift.y,
                    pass.full_x(pass.width()) * scale + shift.x, pass.full_y(pass.height()) * scale + shift.y,
                    octaves, seed);
}

// tooth() of vec.h for the pixels of a pass.
class Tooth {
public:
    Tooth(const Pass& pass, float size, std::uint32_t seed)
        : s_(1.0F / max(size, 0.7F)),
          middle_(field(pass, s_, 1.0F, {0, 0}, seed)),
          fine_(field(pass, s_, 2.1F, {3.7F, 0}, seed + 1U)),
          wide_(field(pass, s_, 0.43F, {0, 9.1F}, seed + 2U)) {}

    float at(float x, float y) const {
        const float n = 0.62F * middle_.at(x * s_, y * s_) +
                        0.42F * fine_.at(x * s_ * 2.1F + 3.7F, y * s_ * 2.1F) +
                        0.30F * wide_.at(x * s_ * 0.43F, y * s_ * 0.43F + 9.1F);
        return saturate(0.5F + 0.62F * n);
    }

private:
    static NoiseField field(const Pass& pass, float s, float times, Vec2 shift, std::uint32_t seed) {
        const auto along = [&](float full, float by) { return full * s * times + by; };
        return NoiseField(along(pass.full_x(-2), shift.x), along(pass.full_y(-2), shift.y),
                          along(pass.full_x(pass.width() + 1), shift.x),
                          along(pass.full_y(pass.height() + 1), shift.y), seed);
    }

    float s_;
    NoiseField middle_, fine_, wide_;
};

}  // namespace limner::finish
