// A Gaussian along the lines of a flow, shared by what smears (smear.wgsl) and what draws (xdog.wgsl).
#pragma once
#include "finish/padded.h"

#include <vector>

namespace limner::finish {

class AlongFlow {
public:
    explicit AlongFlow(float sigma) : weights_(static_cast<std::size_t>(ifloor(2.5F * sigma + 0.5F)) + 1) {
        const float fall = -0.5F / (sigma * sigma);
        for (std::size_t k = 1; k < weights_.size(); ++k) {
            weights_[k] = exp(fall * static_cast<float>(k * k));
            total_ += 2.0F * weights_[k];
        }
    }

    // How far lines lead out of the picture: no step is longer than a pixel along either axis.
    int border() const { return static_cast<int>(weights_.size()) + 1; }
    Padded<Vec2> flow(const View& in, int width, int height) const {
        return Padded<Vec2>(in, width, height, border(), [](Vec4 t) {
            const Vec4 step = clamp(t, -1.0F, 1.0F);
            return Vec2{step[0], step[1]};
        });
    }

    template <class T>
    T mean(const Padded<T>& in, const Padded<Vec2>& flow, int x, int y) const {
        // Both ways at once, (x, y) of one side and of the other: a step waits for the one before it, not for the other side.
        const float px = static_cast<float>(x), py = static_cast<float>(y);
        const Vec2 start = *flow.at(x, y);
        Vec4 p = vec4(px, py, px, py), d = vec4(start.x, start.y, -start.x, -start.y);
        T sum = *in.at(x, y);
        for (std::size_t k = 1; k < weights_.size(); ++k) {
            p += d;
            const Vec4 whole = floor(p), part = p - whole;
            const IVec4 i = __builtin_convertvector(whole, IVec4);
            sum += (in.between(i[0], i[1], part[0], part[1]) + in.between(i[2], i[3], part[2], part[3])) *
                   weights_[k];
            const IVec4 n = __builtin_convertvector(floor(p + splat(0.5F)), IVec4);
            const Vec2 a = *flow.at(n[0], n[1]), b = *flow.at(n[2], n[3]);
            const Vec4 next = vec4(a.x, a.y, b.x, b.y), agree = next * d;
            const float way_a = agree[0] + agree[1] < 0 ? -1.0F : 1.0F,
                        way_b = agree[2] + agree[3] < 0 ? -1.0F : 1.0F;
            d = next * vec4(way_a, way_a, way_b, way_b);
        }
        return sum * (1.0F / total_);
    }

private:
    std::vector<float> weights_;
    float total_ = 1.0F;
};

}  // namespace limner::finish
