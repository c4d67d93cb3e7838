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
        // Both ways at once: a step waits for the one before it, but not for the other side's.
        const float px = static_cast<float>(x), py = static_cast<float>(y);
        Vec2 a{px, py}, b = a, da = *flow.at(x, y), db = da * -1.0F;
        T sum = *in.at(x, y);
        const auto turned = [&](Vec2 at, Vec2 d) {
            const Vec2 next = *flow.at(ifloor(at.x + 0.5F), ifloor(at.y + 0.5F));
            return dot(next, d) < 0 ? next * -1.0F : next;
        };
        for (std::size_t k = 1; k < weights_.size(); ++k) {
            a = a + da;
            b = b + db;
            sum += (in.sample(a.x, a.y) + in.sample(b.x, b.y)) * weights_[k];
            da = turned(a, da);
            db = turned(b, db);
        }
        return sum * (1.0F / total_);
    }

private:
    std::vector<float> weights_;
    float total_ = 1.0F;
};

}  // namespace limner::finish
