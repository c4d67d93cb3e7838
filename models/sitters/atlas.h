// MakeHuman's painted skins as detail: what a painter put on the skin, without the skin's own colour and without the soft
// light that was painted along with it. One atlas is three log-ratios a texel against a wide blur of itself, and the same at halved
// sides, so that a wide pixel sees the mean of what it covers (Williams 1983).
#pragma once
#include "base/result.h"
#include "vectors.h"

#include <array>
#include <filesystem>
#include <vector>

namespace limner::sitters {

class Atlas {
public:
    static constexpr int kLevels = 4;  // from the whole one down to an eighth

    // Of a linear-light image, `side` texels square.
    static Result<Atlas> load(const std::filesystem::path& path);

    // Natural logarithm of the detail's ratio per channel, about [-1.4, 1.4], bilinear at a level; uv as in the mesh (v up).
    Vec3 log_detail(Vec2 uv, int level) const;

    // The level whose texels are about as wide as a pixel, `pixel` metres on the face.
    static int level_for(float pixel);

private:
    struct Level {
        int side = 0;
        std::vector<std::uint8_t> texel;
    };
    std::vector<Level> levels_;
};

// Which atlases make up one sitter's skin.
struct AtlasMix {
    struct Part {
        const Atlas* atlas;
        float weight;
    };
    std::vector<Part> parts;      // weights sum to 1
    const Atlas* aged = nullptr;  // the wrinkled one that skin.wrinkles brings out
    Vec3 log_detail(Vec2 uv, int level) const;
};

class AtlasLibrary {
public:
    // From assets/makehuman/skins; takes two seconds. Errors as read_png's.
    static Result<AtlasLibrary> load(const std::filesystem::path& assets);

    // age in years, presentation and variant 0..1, tone on the Monk scale.
    AtlasMix mix(float age, float presentation, float tone, float variant) const;

private:
    std::vector<Atlas> atlases_;
};

}  // namespace limner::sitters
