// What the source says of hair at a place, for passes that draw it.
#pragma once
#include "finish/source.h"

#include <cmath>

namespace limner::finish {

// Of the sitter at a place of the source, how much is hair.
inline float hair_share(const Source& source, Vec2 place) {
    return source.sample(9, place) / max(source.sample(3, place), 0.05F);
}

// The way that hair lies of which cosine and sine of twice the angle are known, whatever their size: to the picture's right; along x where
// neither is.
inline Vec2 lies(float cosine, float sine) {
    const float size = std::sqrt(cosine * cosine + sine * sine), turn = size > 1e-6F ? cosine / size : 1.0F;
    const float across = std::sqrt(max(0.5F + 0.5F * turn, 0.0F)),
                down = std::sqrt(max(0.5F - 0.5F * turn, 0.0F));
    return {across, sine < 0 ? -down : down};
}

}  // namespace limner::finish
