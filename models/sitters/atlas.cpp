#include "atlas.h"

#include "colour.h"
#include "image.h"

#include <optional>
#include <thread>

namespace limner::sitters {
namespace {

constexpr float kRange = 1.4F;      // of the stored log-ratio
constexpr int kCoarse = 8;          // the blur is made at an eighth of the size
constexpr float kTexel = 0.00052F;  // metres, of a whole atlas on a face as wide as most

// The order of AtlasLibrary's atlases. Upstream's set has gaps; see mix().
enum Skin {
    young_light_f2,
    young_light_f3,
    young_light_m1,
    young_light_m2,
    young_light_m3,
    middle_light_f2,
    middle_light_m1,
    middle_light_m2,
    old_light_m2,
    young_dark_m,
    middle_dark_f,
    middle_dark_m,
    old_dark_f,
    old_dark_m,
    skin_count
};
constexpr const char* kFile[skin_count] = {
    "young_lightskinned_female_diffuse2",   "young_lightskinned_female_diffuse3",
    "young_lightskinned_male_diffuse",      "young_lightskinned_male_diffuse2",
    "young_lightskinned_male_diffuse3",     "middleage_lightskinned_female_diffuse2",
    "middleage_lightskinned_male_diffuse",  "middleage_lightskinned_male_diffuse2",
    "old_lightskinned_male_diffuse2",       "young_darkskinned_male_diffuse",
    "middleage_darkskinned_female_diffuse", "middleage_darkskinned_male_diffuse",
    "old_darkskinned_female_diffuse",       "old_darkskinned_male_diffuse"};

void blur_rows(std::vector<float>& plane, int side, int radius) {
    std::vector<float> row(static_cast<std::size_t>(side));
    for (int y = 0; y < side; ++y) {
        float* p = plane.data() + static_cast<std::ptrdiff_t>(y) * side;
        double sum = 0;
        const auto at = [&](int x) { return static_cast<double>(p[std::clamp(x, 0, side - 1)]); };
        for (int x = -radius; x <= radius; ++x) sum += at(x);
        for (int x = 0; x < side; ++x) {
            row[static_cast<std::size_t>(x)] = static_cast<float>(sum / (2 * radius + 1));
            sum += at(x + radius + 1) - at(x - radius);
        }
        std::copy(row.begin(), row.end(), p);
    }
}

void transpose(std::vector<float>& plane, int side) {
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < y; ++x)
            std::swap(plane[static_cast<std::size_t>(y * side + x)],
                      plane[static_cast<std::size_t>(x * side + y)]);
}

// Three boxes are nearly a Gaussian.
void blur(std::vector<float>& plane, int side, int radius) {
    for (int turn = 0; turn < 2; ++turn) {
        for (int i = 0; i < 3; ++i) blur_rows(plane, side, radius);
        transpose(plane, side);
    }
}

float sample(const std::vector<float>& plane, int side, float x, float y) {
    x = std::clamp(x, 0.0F, static_cast<float>(side) - 1.001F);
    y = std::clamp(y, 0.0F, static_cast<float>(side) - 1.001F);
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
    const float* p = plane.data() + static_cast<std::ptrdiff_t>(iy) * side + ix;
    return mix(mix(p[0], p[1], fx), mix(p[side], p[side + 1], fx), fy);
}

// Means of two by two texels of three channels.
std::vector<std::uint8_t> halved(const std::vector<std::uint8_t>& texel, int side) {
    const int half = side / 2;
    std::vector<std::uint8_t> out(static_cast<std::size_t>(half) * static_cast<std::size_t>(half) * 3);
    for (int y = 0; y < half; ++y) {
        const std::uint8_t* p = texel.data() + static_cast<std::ptrdiff_t>(2 * y) * side * 3;
        const std::uint8_t* q = p + static_cast<std::ptrdiff_t>(side) * 3;
        std::uint8_t* to = out.data() + static_cast<std::ptrdiff_t>(y) * half * 3;
        for (int x = 0; x < half; ++x, p += 6, q += 6, to += 3)
            for (int c = 0; c < 3; ++c)
                to[c] = static_cast<std::uint8_t>((p[c] + p[c + 3] + q[c] + q[c + 3] + 2) / 4);
    }
    return out;
}

}  // namespace

Result<Atlas> Atlas::load(const std::filesystem::path& path) {
    Result<Image> image = read_png(path);
    if (!image) return image.error();
    if (image->width != image->height || image->width % kCoarse != 0)
        return Error{"image.broken", path.string() + " is not a square skin atlas; fetch the assets again."};
    const int side = image->width, coarse = side / kCoarse;
    float log_of[256];
    for (int i = 0; i < 256; ++i)
        log_of[i] = std::log(std::max(from_srgb(static_cast<float>(i) / 255), 0.004F));
    Level whole{side, std::vector<std::uint8_t>(image->rgb.size())};
    const auto texel = [&](int x, int y, int c) {
        return log_of[image->rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                                  static_cast<std::size_t>(x)) *
                                     3 +
                                 static_cast<std::size_t>(c)]];
    };
    std::vector<float> wide[3];
    for (int c = 0; c < 3; ++c) {
        wide[c].resize(static_cast<std::size_t>(coarse * coarse));
        for (int y = 0; y < coarse; ++y)
            for (int x = 0; x < coarse; ++x) {
                float sum = 0;
                for (int j = 0; j < kCoarse; ++j)
                    for (int i = 0; i < kCoarse; ++i) sum += texel(x * kCoarse + i, y * kCoarse + j, c);
                wide[c][static_cast<std::size_t>(y * coarse + x)] = sum / (kCoarse * kCoarse);
            }
    }
    // Painted hair, sockets and lips must not pull their surroundings: what differs from the face's middle counts less.
    float middle = 0;
    int texels = 0;
    for (int y = coarse * 2 / 5; y < coarse * 56 / 100; ++y)
        for (int x = coarse * 80 / 100; x < coarse * 93 / 100; ++x, ++texels)
            middle += wide[1][static_cast<std::size_t>(y * coarse + x)];
    middle /= static_cast<float>(texels);
    std::vector<float> weight(wide[1].size());
    for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = 0.002F + bell(wide[1][i] - middle, 0.33F);
    std::vector<float> total = weight;
    blur(total, coarse, coarse / 56);
    for (int c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < weight.size(); ++i) wide[c][i] *= weight[i];
        blur(wide[c], coarse, coarse / 56);
        for (std::size_t i = 0; i < weight.size(); ++i) wide[c][i] /= total[i];
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const float low = sample(wide[c], coarse, (static_cast<float>(x) + 0.5F) / kCoarse - 0.5F,
                                         (static_cast<float>(y) + 0.5F) / kCoarse - 0.5F);
                const float ratio = std::clamp(texel(x, y, c) - low, -kRange, kRange);
                whole.texel[(static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                             static_cast<std::size_t>(x)) *
                                3 +
                            static_cast<std::size_t>(c)] =
                    static_cast<std::uint8_t>((ratio / kRange * 0.5F + 0.5F) * 255 + 0.5F);
            }
    }
    Atlas atlas;
    atlas.levels_.push_back(std::move(whole));
    while (atlas.levels_.size() < kLevels) {
        const Level& above = atlas.levels_.back();
        atlas.levels_.push_back({above.side / 2, halved(above.texel, above.side)});
    }
    return atlas;
}

int Atlas::level_for(float pixel) {
    int level = 0;
    for (float texel = 1.41F * kTexel; texel < pixel && level + 1 < kLevels; texel *= 2) ++level;
    return level;
}

Vec3 Atlas::log_detail(Vec2 uv, int level) const {
    const auto& [side, texel] = levels_[static_cast<std::size_t>(level)];
    const auto n = static_cast<float>(side);
    const float x = std::clamp(uv.x * n - 0.5F, 0.0F, n - 1.001F),
                y = std::clamp((1 - uv.y) * n - 0.5F, 0.0F, n - 1.001F);
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const float fx = x - static_cast<float>(ix), fy = y - static_cast<float>(iy);
    const std::uint8_t* p = texel.data() + (static_cast<std::ptrdiff_t>(iy) * side + ix) * 3;
    const std::uint8_t* q = p + static_cast<std::ptrdiff_t>(side) * 3;
    const auto channel = [&](int c) {
        const float value = mix(mix(p[c], p[c + 3], fx), mix(q[c], q[c + 3], fx), fy);
        return (value / 255 - 0.5F) * 2 * kRange;
    };
    return {channel(0), channel(1), channel(2)};
}

Vec3 AtlasMix::log_detail(Vec2 uv, int level) const {
    Vec3 sum;
    for (const Part& part : parts) sum += part.atlas->log_detail(uv, level) * part.weight;
    return sum;
}

Result<AtlasLibrary> AtlasLibrary::load(const std::filesystem::path& assets) {
    std::vector<std::optional<Result<Atlas>>> read(skin_count);
    const auto read_some = [&](int from) {
        for (int i = from; i < skin_count; i += 2)
            read[static_cast<std::size_t>(i)] =
                Atlas::load(assets / "makehuman" / "skins" / (std::string(kFile[i]) + ".png"));
    };
    std::thread other(read_some, 1);
    read_some(0);
    other.join();
    AtlasLibrary library;
    for (auto& atlas : read) {
        if (!*atlas) return atlas->error();
        library.atlases_.push_back(*std::move(*atlas));
    }
    return library;
}

AtlasMix AtlasLibrary::mix(float age, float presentation, float tone, float variant) const {
    std::array<float, skin_count> weight{};
    const float dark = smoothstep(5.0F, 8.0F, tone), light = 1 - dark;
    const float old = smoothstep(50, 72, age), young = 1 - smoothstep(28, 48, age),
                middle = std::max(0.0F, 1 - old - young);
    const float male = presentation, female = 1 - presentation;
    const float v = variant;
    const auto add = [&](Skin skin, float w) { weight[skin] += w; };
    add(young_light_f2, light * young * female * (1 - v));
    add(young_light_f3, light * young * female * v);
    add(young_light_m1, light * young * male * std::max(0.0F, 1 - 2 * v));
    add(young_light_m2, light * young * male * (1 - std::abs(2 * v - 1)));
    add(young_light_m3, light * young * male * std::max(0.0F, 2 * v - 1));
    add(middle_light_f2, light * middle * female);
    add(middle_light_m1, light * middle * male * (1 - v));
    add(middle_light_m2, light * middle * male * v);
    add(old_light_m2, light * old * (male + 0.5F * female));  // upstream's old women are missing here
    add(middle_light_f2, light * old * female * 0.5F);
    add(young_dark_m, dark * young * (male + 0.4F * female));  // and its young dark-skinned women
    add(middle_dark_f, dark * (young * female * 0.6F + middle * female));
    add(middle_dark_m, dark * middle * male);
    add(old_dark_f, dark * old * female);
    add(old_dark_m, dark * old * male);
    AtlasMix result;
    float total = 0;
    for (const float w : weight) total += w > 0.04F ? w : 0;
    for (std::size_t i = 0; i < weight.size(); ++i)
        if (weight[i] > 0.04F) result.parts.push_back({&atlases_[i], weight[i] / total});
    result.aged = &atlases_[dark > 0.5F ? (male > 0.5F ? old_dark_m : old_dark_f) : old_light_m2];
    return result;
}

}  // namespace limner::sitters
