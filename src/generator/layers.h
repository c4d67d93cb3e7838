// Layers: what is known about a portrait, aligned pixel by pixel. The generator gives all of them;
// an opened photo gives `rgb` (and `alpha` = 1) only, and every consumer copes with the rest being empty.
#pragma once
#include <cstddef>
#include <vector>

namespace limner {

// Planar float32, row-major, top row first: plane c of a layer starts at c * width * height.
struct Layers {
    int width = 0, height = 0;
    std::vector<float>
        rgb;  // [3] linear Rec.709, straight (not premultiplied), lit by the canonical studio mix
    std::vector<float> alpha;    // [1] 0..1
    std::vector<float> normal;   // [3] unit, camera space: x right, y up, z towards the camera
    std::vector<float> depth;    // [1] metres towards the camera from the mid-eye point
    std::vector<float> regions;  // [8] weights in the order of schema().regions, sum to alpha
    std::vector<float>
        transfer;  // [8] share of `rgb` each studio light contributes (order of schema().lights), sum to 1
    // [4] how the hair's strands run and how strongly they show; `rgb` and `alpha` have hair as its mean, without them.
    // c, s: cos and sin of twice the strands' angle (x right, y down), times how sure it is. contrast: of details of about a
    // pixel of 256, as standard deviation over mean of the root of luminance. coherence: 1 where strands run alike, 0 where
    // they curl. All four are smooth, and mean something only where there is hair (regions hair, brows_lashes).
    std::vector<float> strands;

    std::size_t pixels() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(height); }
};

}  // namespace limner
