// What is drawn of hair where all is hair: its strands' lights and shadows, how rough it is, its edges, its locks.
#include "drawn.h"

#include "finish/features.h"

using namespace limner;
using namespace limner::tests;

namespace {

// A picture that is all hair, which runs down: `contrast` of its strands, red, green and blue light by the pixel.
template <class Light>
Layers all_hair(const Points& p, float contrast, const Light& light) {
    Layers layers = grey(p);
    const std::size_t n = layers.pixels();
    for (std::size_t i = 0; i < n; ++i) {
        layers.regions[i] = layers.regions[2 * n + i] = layers.regions[3 * n + i] = 0;
        layers.regions[n + i] = 1;
        layers.strands[i] = -1, layers.strands[2 * n + i] = contrast, layers.strands[3 * n + i] = 1;
        const std::array<float, 3> rgb = light(i);
        for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = rgb[c];
    }
    return layers;
}

}  // namespace

TEST_CASE("shadows in dark hair are deeper than the network paints them, in fair and white hair as deep") {
    const auto contrast = [](const std::string& colour) {  // of hair that is lit, to hair that is not
        const std::string set =
            R"(,"hair.style":"long_straight","glasses.style":"none","beard.style":"none",)" + colour;
        const Points p = points(set);
        const Layers layers = all_hair(p, 0.1F, [](std::size_t i) {
            const float lit = i % 128 < 64 ? 0.045F : 0.015F;
            return std::array{lit, lit, lit};
        });
        const Painted seen = painted(set, p, layers);
        const auto mean = [&](float from) {
            double sum = 0;
            for (int j = 0; j < 40; ++j)
                for (int i = 0; i < 20; ++i)
                    sum += std::pow(
                        seen.at(from + 0.01F * static_cast<float>(i), -0.9F + 0.01F * static_cast<float>(j)) /
                            255.0,
                        2.2);
            return sum;
        };
        return mean(-0.4F) / mean(0.2F);
    };
    const double dark = contrast(R"("hair.melanin":1,"hair.grey":0)"),
                 fair = contrast(R"("hair.melanin":0.3,"hair.grey":0)"),
                 white = contrast(R"("hair.melanin":1,"hair.grey":1)");
    CHECK(dark > 1.15 * fair);
    CHECK(white == Catch::Approx(fair).epsilon(0.1));
}

TEST_CASE("hair that is partly grey is as bright as the network paints it") {
    const auto mean = [](const std::string& colour) {
        const std::string set =
            R"(,"hair.style":"crop","glasses.style":"none","beard.style":"none",)" + colour;
        const Points p = points(set);
        const Layers layers = all_hair(p, 0.08F, [](std::size_t) { return std::array{0.25F, 0.25F, 0.25F}; });
        const Painted seen = painted(set, p, layers);
        double sum = 0;
        for (int j = 0; j < 40; ++j)
            for (int i = 0; i < 40; ++i)
                sum += std::pow(
                    seen.at(-0.2F + 0.01F * static_cast<float>(i), -0.9F + 0.01F * static_cast<float>(j)) /
                        255.0,
                    2.2);
        return sum / 1600;
    };
    const double white = mean(R"("hair.melanin":0.2,"hair.grey":1)");
    CHECK(white == Catch::Approx(0.25).epsilon(0.08));
    CHECK(mean(R"("hair.melanin":0.95,"hair.grey":0.5)") == Catch::Approx(white).epsilon(0.04));
}

TEST_CASE("hairs cross each other: along them hair is rough too, though less than across") {
    // How much a pixel differs from the one beside it: across hair that hangs, and along it.
    const auto rough = [](int size) {
        const std::string set =
            R"(,"hair.style":"long_straight","glasses.style":"none","beard.style":"none")";
        const Points p = points(set);
        const Layers layers = all_hair(p, 0.1F, [](std::size_t) { return std::array{0.2F, 0.2F, 0.2F}; });
        LayersInfo info = layers_info(layers);
        info.points = &p;
        Recipe recipe = person(set);
        recipe.frame.size = size;
        const auto made = plan(info, recipe, styles());
        REQUIRE(made);
        const auto picture = run(*made, layers);
        REQUIRE(picture);
        const auto at = [&](int x, int y) {
            return static_cast<double>(picture->rgba[4 * static_cast<std::size_t>(y * size + x) + 1]);
        };
        double across = 0, along = 0;
        const int high = size * 3 / 4;  // beside the face
        for (int y = high; y < high + 24; ++y)
            for (int x = 4; x < 52; ++x)
                across += std::abs(at(x + 1, y) - at(x, y)), along += std::abs(at(x, y + 1) - at(x, y));
        return std::pair{across / (24 * 48), along / (24 * 48)};
    };
    for (const int size : {256, 512, 1024}) {
        const auto [across, along] = rough(size);
        CHECK(along > 0.55 * across);
        CHECK(along < 0.98 * across);
        CHECK(across > 8);
        CHECK(across < 30);
    }
}

TEST_CASE("dark brown hair is redder in its shadows, and white where it shines") {
    const auto red = [](const std::string& melanin) {  // over green, of the darkest and the lightest tenth
        const std::string set =
            R"(,"hair.style":"bob","glasses.style":"none","hair.grey":0,"hair.melanin":)" + melanin;
        const Points p = points(set);
        const Layers layers =
            all_hair(p, 0.15F, [](std::size_t) { return std::array{0.06F, 0.035F, 0.022F}; });
        const Painted seen = painted(set, p, layers);
        std::vector<std::pair<int, double>> all;
        for (int j = 0; j < 40; ++j)
            for (int i = 0; i < 120; ++i) {
                const auto [r, g, b] =
                    seen.rgb(-0.6F + 0.01F * static_cast<float>(i), -0.9F + 0.01F * static_cast<float>(j));
                all.push_back({r + g + b, std::pow((r + 0.5) / (g + 0.5), 2.2)});
            }
        std::ranges::sort(all);
        const auto mean = [&](std::size_t from) {
            double sum = 0;
            for (std::size_t k = from; k < from + all.size() / 10; ++k) sum += all[k].second;
            return sum / static_cast<double>(all.size() / 10);
        };
        return std::pair{mean(0), mean(all.size() * 9 / 10)};
    };
    const auto brown = red("0.8"), black = red("0.95");
    CHECK(brown.first > 1.4 * brown.second);
    CHECK(brown.first > 1.08 * black.first);
    CHECK(brown.second == Catch::Approx(black.second).epsilon(0.12));
}

TEST_CASE("hair that hangs out of the picture is as even at its edge as above") {
    const std::string set = R"(,"hair.style":"long_straight","glasses.style":"none")";
    const Points p = points(set);
    const Layers layers = all_hair(p, 0.15F, [](std::size_t) { return std::array{0.2F, 0.2F, 0.2F}; });
    const Painted seen = painted(set, p, layers);
    const auto uneven = [&](float from) {  // along rows beside the face, of 0.06 half-widths from there
        double sum = 0, squares = 0;
        int count = 0;
        for (int j = 0; j < 8; ++j)
            for (int i = 0; i < 80; ++i, ++count) {
                const double l =
                    seen.at(-0.98F + 0.0078F * static_cast<float>(i), from + 0.0078F * static_cast<float>(j));
                sum += l, squares += l * l;
            }
        return std::sqrt(squares / count - sum * sum / count / count);
    };
    CHECK(uneven(0.5F) > 3);
    CHECK(uneven(0.935F) < 1.2 * uneven(0.5F));
}

TEST_CASE("a cheek with hair far behind it ends in a clean line; where hair lies on it, in single hairs") {
    const std::string set = R"(,"hair.style":"bob","glasses.style":"none","hair.messy":0)";
    const Points p = points(set);
    const auto uneven = [&](float depth) {  // along the line between them
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n; ++i) {
            const float x = static_cast<float>(i % 128) - 20,
                        share = std::clamp(0.5F - 0.15F * x, 0.0F, 1.0F);
            layers.regions[2 * n + i] = layers.regions[3 * n + i] = 0;
            layers.regions[i] = 1 - share, layers.regions[n + i] = share;
            layers.strands[i] = -1, layers.strands[2 * n + i] = 0.3F, layers.strands[3 * n + i] = 1;
            layers.depth[i] = x < 0 ? depth : 0;
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.4F - 0.37F * share;
        }
        const Painted seen = painted(set, p, layers);
        double sum = 0, squares = 0;
        for (int j = 0; j < 80; ++j) {
            const double l = seen.at((20.5F / 64) - 1, -0.4F + 0.01F * static_cast<float>(j));
            sum += l / 80, squares += l * l / 80;
        }
        return std::sqrt(squares - sum * sum);
    };
    CHECK(uneven(0) > 3 * uneven(-0.04F));
}

TEST_CASE("hanging hair lies in locks that are round; combed back, it is even") {
    const auto round = [](const std::string& style) {
        const std::string set = R"(,"hair.style":")" + style + "\"";
        const Points p = points(set);
        const Sitter sitter = sit(person(set));
        const finish::Locks words = finish::lock_words(p, sitter, finish::strands_of(sitter), 1);
        return std::bit_cast<float>(words.mould[0]) + std::bit_cast<float>(words.mould[1]);
    };
    CHECK(round("long_straight") > 0);
    CHECK(round("curls_big") > round("long_straight"));
    for (const char* style : {"slicked_back", "quiff", "ponytail_high", "half_up"}) CHECK(round(style) == 0);
}
