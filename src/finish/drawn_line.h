// What passes that draw lines share: curves through points, places on them, and how much of a pixel a line covers (as in shaders/common.wgsl).
#pragma once
#include "finish/vec.h"

#include <algorithm>

namespace limner::finish {

// A place between b (t = 0) and c (t = 1) on the curve through a, b, c and d (Catmull and Rom 1974).
inline Vec2 spline(Vec2 a, Vec2 b, Vec2 c, Vec2 d, float t) {
    return (b * 2.0F + (c - a) * t + (a * 2.0F - b * 5.0F + c * 4.0F - d) * (t * t) +
            (b * 3.0F - a - c * 3.0F + d) * (t * t * t)) *
           0.5F;
}

// How far along the straight piece from `from` the place lies on it that is nearest to p: 0 .. 1.
inline float share_along(Vec2 p, Vec2 from, Vec2 piece) {
    return saturate(dot(p - from, piece) / max(dot(piece, piece), 1e-12F));
}

// Of a pixel, by a line of half a width `half` whose middle is `distance` away; all in one unit.
inline float line_cover(float distance, float half, float pixel) {
    return clamp((half - distance) / pixel + 0.5F, 0.0F, min(2.0F * half / pixel, 1.0F));
}

// The pass's pixels around a box of places in the picture, -1 .. 1, and `room` beyond; none where x1 < x0 or y1 < y0.
struct PixelBox {
    int x0, y0, x1, y1;
};
inline PixelBox pixels_around(const Pass& pass, Vec2 least, Vec2 most, float room) {
    const auto across = [&](float x) {
        return ifloor((x + 1.0F) * 0.5F * static_cast<float>(pass.full_width())) - pass.origin_x();
    };
    const auto down = [&](float y) {
        return ifloor((y + 1.0F) * 0.5F * static_cast<float>(pass.full_height())) - pass.origin_y();
    };
    return {std::max(across(least.x - room), 0), std::max(down(least.y - room), 0),
            std::min(across(most.x + room), pass.width() - 1),
            std::min(down(most.y + room), pass.height() - 1)};
}

// A hair from its root to its tip, as straight pieces of a curve (Bézier's, of degree two) that is drawn towards `pull`, thinner by `thinner`
// with every piece.
template <int N>
class BentHair {
public:
    BentHair(Vec2 root, Vec2 pull, Vec2 tip, float half, float thinner)
        : half_(half), thinner_(thinner), least_(root), most_(root) {
        for (int k = 0; k <= N; ++k) {
            const float s = static_cast<float>(k) * (1.0F / N), r = 1.0F - s;
            const Vec2 p = root * (r * r) + pull * (2.0F * r * s) + tip * (s * s);
            way_[k] = p;
            least_ = {min(least_.x, p.x), min(least_.y, p.y)}, most_ = {max(most_.x, p.x), max(most_.y, p.y)};
        }
    }
    PixelBox box(const Pass& pass, float pixel) const {
        return pixels_around(pass, least_, most_, half_ + pixel);
    }
    // Of a pixel around p.
    float cover(Vec2 p, float pixel) const {
        float most = 0;
        for (int k = 0; k < N; ++k) {
            const Vec2 piece = way_[k + 1] - way_[k];
            const float part = share_along(p, way_[k], piece);
            const float thick = half_ * (1.0F - thinner_ * (static_cast<float>(k) + part));
            most = max(most, line_cover(length(p - (way_[k] + piece * part)), thick, pixel));
        }
        return most;
    }

private:
    Vec2 way_[N + 1];
    float half_, thinner_;
    Vec2 least_, most_;
};

}  // namespace limner::finish
