// Well spread sample points: the R2 sequence (Roberts 2018), shifted by a hash in every pixel and dimension.
#pragma once
#include "vectors.h"

namespace limner::sitters {

class Sampler {
public:
    Sampler(std::uint32_t pixel, std::uint32_t seed) : base_(hash32(pixel * 0x9e3779b9U ^ seed)) {}

    void start(int sample) { index_ = static_cast<float>(sample); }
    // The point of this sample in one pair of dimensions.
    Vec2 point(std::uint32_t dimension) const {
        const std::uint32_t h = base_ + dimension * 0x85ebca6bU;
        return {wrap(hash01(h) + index_ * 0.7548776662F),
                wrap(hash01(h ^ 0x51ed270bU) + index_ * 0.5698402910F)};
    }
    std::uint32_t pixel_hash() const { return base_; }

private:
    static float wrap(float x) { return x - std::floor(x); }
    std::uint32_t base_;
    float index_ = 0;
};

}  // namespace limner::sitters
