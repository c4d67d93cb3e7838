// Depth of field (shaders/defocus.wgsl).
#include "finish/padded.h"
#include "finish/primitives/all.h"

#include <cstddef>
#include <vector>

namespace limner::finish {

// A disc as large as a point is out of focus (gathered as in Jimenez 2014: a point farther away does not spread over a nearer one).
// in: picture, surface (depth), matte. 0 radius (pixels) of the backdrop, 1 depth in focus (metres towards the camera from the eyes),
// 2 metres to full blur. A photo has no depth: there it is the distance from the middle.
void defocus(const Pass& pass) {
    const View in = pass.in[0];
    const float radius = pass.f(0), focus_depth = pass.f(1), range = max(pass.f(2), 0.005F);
    const float cx = 0.5F * static_cast<float>(pass.full_width()),
                cy = 0.46F * static_cast<float>(pass.full_height()),
                per = 1.0F / (1000.0F * pass.unit_length());
    const auto blur_at = [&](int x, int y) {  // share of the radius
        const Vec4 s = pass.in[1].at(x, y);
        const float solid = s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
        const float dx = (pass.full_x(x) - cx) * per, dy = (pass.full_y(y) - cy) * per * 0.8F;
        const float middle = smoothstep(0.22F, 0.75F, std::sqrt(dx * dx + dy * dy));
        if (pass.in[1].width == 1) return middle;
        const float matte = saturate(pass.in[2].at(x, y)[3]);
        const float near = saturate((abs(s[3] - focus_depth) - 0.25F * range) / range);
        return mix(1.0F, near * smoothstep(0.0F, 0.3F, solid), matte);
    };
    // A sunflower of places around each pixel. What they bring does not depend on who asks: colour, brighter lights counting for
    // more, and how far out of focus it is.
    struct Place {
        std::ptrdiff_t offset;
        float distance;
    };
    const int w = pass.width(), h = pass.height(), border = ifloor(radius) + 2;
    const Padded<Vec4> lights(in, w, h, border, [](Vec4 c) {
        const float bright = 1.0F + 1.5F * smoothstep(0.75F, 1.0F, luma(c));
        return with_alpha(c * splat(bright), bright);
    });
    std::vector<float> spread(static_cast<std::size_t>(lights.stride()) *
                              static_cast<std::size_t>(h + 2 * border));
    const std::ptrdiff_t stride = lights.stride(), start = border * stride + border;
    for (int y = -border; y < h + border; ++y)
        for (int x = -border; x < w + border; ++x)
            spread[static_cast<std::size_t>(start + y * stride + x)] = blur_at(x, y) * radius;
    std::vector<Place> places;
    for (int k = 0; k < 48; ++k) {
        const float r = radius * std::sqrt((static_cast<float>(k) + 0.5F) * (1.0F / 48.0F)),
                    turn = static_cast<float>(k) * 0.38196601F;
        places.push_back({ifloor(r * sin_turn(turn) + 0.5F) * stride + ifloor(r * cos_turn(turn) + 0.5F), r});
    }
    each_pixel(pass, [&](int x, int y) {
        const float* focus = &spread[static_cast<std::size_t>(start + y * stride + x)];
        const Vec4* middle = lights.at(x, y);
        const float own = *focus;
        Vec4 sum = with_alpha(in.at(x, y), 1.0F);
        for (const Place& place : places) {
            const float there = min(focus[place.offset], own);
            const float weight = smoothstep(place.distance - 1.0F, place.distance + 1.0F, there);
            sum += middle[place.offset] * splat(weight);
        }
        return with_alpha(sum * splat(1.0F / sum[3]), in.at(x, y)[3]);
    });
}

float defocus_reach(const Pass& pass) { return pass.f(0) + 2.0F; }

}  // namespace limner::finish
