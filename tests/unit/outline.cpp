// Where skin ends, as the pack's bust knows it, and edges that the finish draws by it.
#include "drawn_bust.h"
#include "finish_scene.h"

#include "finish/cpu.h"
#include "finish/features.h"
#include "finish/primitives/carve_numbers.h"

#include <algorithm>
#include <cmath>

using namespace limner;
using namespace limner::tests;

TEST_CASE("an outline has the bust on one side and less of it, or what lies behind, on the other") {
    constexpr int kSide = 256;
    constexpr std::size_t kPixels = std::size_t{kSide} * kSide;
    for (const char* set : {"", R"(,"pose.yaw":30)", R"(,"pose.pitch":-12,"pose.roll":9,"age":80)"}) {
        CAPTURE(set);
        const std::vector<float> input = numbers(set);
        std::vector<float> near(kBustMaps * kPixels), lit(kLitMaps * kPixels / 4);
        bust().maps(input, kSide, near, lit);
        const auto at = [&](const std::vector<float>& planes, int side, std::size_t plane, float x, float y) {
            const auto pixel = [&](float c) {
                return static_cast<std::size_t>(std::clamp((c + 1) * 0.5F * static_cast<float>(side), 0.0F,
                                                           static_cast<float>(side - 1)));
            };
            return planes[plane * static_cast<std::size_t>(side * side) +
                          pixel(y) * static_cast<std::size_t>(side) + pixel(x)];
        };
        const Outline outline = bust().outline(input);
        CHECK(outline.size() > 100);
        int within = 0, right = 0;
        for (const OutlinePiece& p : outline) {
            CHECK(std::hypot(p.out_x0, p.out_y0) < 1.001F);
            CHECK(std::hypot(p.x1 - p.x0, p.y1 - p.y0) < 0.25F);
            const float out = std::hypot(p.out_x0, p.out_y0);
            if (out < 0.99F || std::max(std::abs(p.x0), std::abs(p.y0)) > 0.95F) continue;
            ++within;
            const float dx = p.out_x0 * 3 * 2 / kSide, dy = p.out_y0 * 3 * 2 / kSide;  // three pixels
            const float inside = at(near, kSide, 0, p.x0 - dx, p.y0 - dy),
                        outside = at(near, kSide, 0, p.x0 + dx, p.y0 + dy);
            const float front = at(lit, kSide / 2, 0, p.x0 - dx, p.y0 - dy) / kBustScale,
                        back = at(lit, kSide / 2, 0, p.x0 + dx, p.y0 + dy) / kBustScale;
            right += inside > 0.9F && (outside < 0.1F || front - back > 0.002F) ? 1 : 0;
        }
        CHECK(within > 80);
        CHECK(right > 0.9 * within);
    }
}

TEST_CASE("a nose seen from the side stands out from the cheek behind it; from the front it does not") {
    const auto beside = [](const std::string& set) {
        const Points p = points(set);
        const AnchorPoint &tip = p.anchors[30], &bridge = p.anchors[27];
        int found = 0;
        for (const OutlinePiece& piece : bust().outline(numbers(set)))
            found +=
                std::abs(piece.x0 - tip.x) < 0.12F && piece.y0 > bridge.y && piece.y0 < tip.y - 0.02F ? 1 : 0;
        return found;
    };
    CHECK(beside(R"(,"pose.yaw":35)") > beside("") + 2);
}

TEST_CASE("every piece of an outline is listed wherever it is felt, in numbers that are short as text") {
    const Outline outline{{-0.5F, -0.5F, -0.45F, -0.5F, 0, -1, 0, -1},
                          {0.9F, 0.2F, 0.99F, 0.4F, 1, 0, 0.5F, 0},
                          {3, 3, 4, 4, 1, 0, 1, 0}};
    constexpr float kMargin = 0.02F;
    const std::vector<float> table = finish::carve_table(outline, kMargin);
    const auto list = [&](float x, float y) {
        const int cell = static_cast<int>((y + 1) * (0.5F * finish::kCarveCells)) * finish::kCarveCells +
                         static_cast<int>((x + 1) * (0.5F * finish::kCarveCells));
        const std::size_t first = 4 * static_cast<std::size_t>(table[4 * static_cast<std::size_t>(cell)]);
        std::vector<float> found;
        for (int k = 0; k < static_cast<int>(table[4 * static_cast<std::size_t>(cell) + 1]); ++k)
            found.push_back(table[first + 8 * static_cast<std::size_t>(k)]);
        return found;
    };
    CHECK(list(-0.47F, -0.5F).size() == 1);
    CHECK(list(-0.47F, -0.5F - finish::kCarveReach * kMargin).size() == 1);
    CHECK(std::abs(list(-0.47F, -0.5F)[0] + 0.5F) < 1e-4F);
    CHECK(list(0.95F, 0.3F).size() == 1);
    CHECK(list(0, 0).empty());
    for (const float x : table) CHECK(x * kTableParts == std::floor(x * kTableParts));
}

TEST_CASE("skin ends as sharply as the picture's size allows, and only skin") {
    // An edge that the network has blurred over four of its pixels, upright in the middle.
    const auto edge = [](bool skin) {
        Layers layers = finish_test::egg(64);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                const auto i = static_cast<std::size_t>(y * 64 + x);
                const float inside = std::clamp((32 - static_cast<float>(x) - 0.5F) / 4 + 0.5F, 0.0F, 1.0F);
                for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * 4096 + i] = 0.1F + 0.5F * inside;
                layers.alpha[i] = 1;
                for (std::size_t r = 0; r < 8; ++r) layers.regions[r * 4096 + i] = 0;
                layers.regions[(skin ? 0U : 7U) * 4096 + i] = 1;
            }
        return layers;
    };
    const Outline line{{0, -0.6F, 0, 0.6F, 1, 0, 1, 0}};
    const auto wide = [&](const Layers& layers, const Outline* outline) {
        LayersInfo info = layers_info(layers);
        info.outline = outline;
        const auto made =
            plan(info, finish_test::recipe_of(R"({"limner":1,"frame":{"size":256}})"), styles());
        REQUIRE(made);
        const auto image = run(*made, layers);
        REQUIRE(image);
        const auto shade = [&](int x) { return image->rgba[4 * static_cast<std::size_t>(128 * 256 + x)]; };
        const int low = shade(170), high = shade(86);
        int between = 0;
        for (int x = 86; x < 170; ++x)
            between += shade(x) > low + (high - low) / 5 && shade(x) < high - (high - low) / 5 ? 1 : 0;
        return between;
    };
    const Layers skin = edge(true), coat = edge(false);
    CHECK(wide(skin, nullptr) > 6);
    CHECK(wide(skin, &line) < 0.6 * wide(skin, nullptr));
    CHECK(wide(coat, &line) == wide(coat, nullptr));
}

TEST_CASE("hair upon skin is strands, not fog") {
    Layers layers = finish_test::egg(64);
    const std::size_t n = layers.pixels();
    for (std::size_t i = 0; i < n; ++i) {  // hair above that goes over into skin, in ten pixels
        const float hair = std::clamp((32 - static_cast<float>(i / 64)) / 10 + 0.5F, 0.0F, 1.0F);
        for (std::size_t r = 0; r < 8; ++r) layers.regions[r * n + i] = 0;
        layers.regions[i] = 1 - hair;
        layers.regions[n + i] = hair;
        for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.5F - 0.47F * hair;
        layers.alpha[i] = 1;
        layers.strands[i] = -hair;  // upright
        layers.strands[n + i] = 0;
        layers.strands[2 * n + i] = 0.1F * hair;
        layers.strands[3 * n + i] = hair;
    }
    const auto made =
        plan(layers_info(layers), finish_test::recipe_of(R"({"limner":1,"frame":{"size":256}})"), styles());
    REQUIRE(made);
    const auto image = run(*made, layers);
    REQUIRE(image);
    const auto shade = [&](int x, int y) {
        return static_cast<int>(image->rgba[4 * static_cast<std::size_t>(y * 256 + x) + 1]);
    };
    const int dark = shade(128, 40), bright = shade(128, 216);
    REQUIRE(bright > dark + 60);
    int between = 0, uneven = 0, rows = 0;
    for (int y = 112; y < 144; ++y, ++rows) {  // where hair is a third of it to two thirds
        int least = 255, most = 0;
        for (int x = 32; x < 224; ++x) {
            between += shade(x, y) > dark + (bright - dark) / 4 && shade(x, y) < bright - (bright - dark) / 4
                           ? 1
                           : 0;
            least = std::min(least, shade(x, y)), most = std::max(most, shade(x, y));
        }
        uneven += most - least > (bright - dark) / 2 ? 1 : 0;
    }
    CHECK(between < 0.5 * 192 * rows);
    CHECK(uneven > 0.6 * rows);
}
