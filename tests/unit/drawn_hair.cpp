// What is drawn of hair: brows, partings, fringes, strands, beards.
#include "drawn.h"

#include "finish/features.h"
#include "finish/primitives/strands_numbers.h"

#include <bit>

using namespace limner;
using namespace limner::tests;

TEST_CASE("brows are drawn over the eyes, as thick, as dark and as grey as they are") {
    // Brightness of a band along the landmarks of the left brow, or `above` it.
    const auto band = [](const std::string& set, float above) {
        const std::string whole = set + R"(,"glasses.style":"none","presentation":0.5)";
        const Points p = points(whole);
        const Painted picture = painted(whole);
        float sum = 0;
        int count = 0;
        for (int k = 22; k < 26; ++k)
            for (int i = 0; i < 8; ++i)
                for (int down = 0; down < 8; ++down, ++count) {
                    const AnchorPoint &a = p.anchors[static_cast<std::size_t>(k)],
                                      &b = p.anchors[static_cast<std::size_t>(k) + 1];
                    const float t = static_cast<float>(i) / 8;
                    sum += static_cast<float>(
                        picture.at(a.x + (b.x - a.x) * t,
                                   a.y + (b.y - a.y) * t + 0.008F * static_cast<float>(down) - above));
                }
        return sum / static_cast<float>(count);
    };
    const std::string dark = R"(,"hair.melanin":1,"hair.grey":0,"brows.thickness":)",
                      fair = R"(,"hair.melanin":0.05,"hair.redness":0.1,"hair.grey":0,"brows.thickness":0.9)",
                      white = R"(,"hair.melanin":1,"hair.grey":1,"age":85,"brows.thickness":0.9)";
    const float thick = band(dark + "0.9", 0), thin = band(dark + "0.1", 0), bare = band(dark + "0.9", 0.2F);
    CHECK(thick < bare - 25);
    CHECK(thick < thin - 8);
    CHECK(thin < bare - 4);
    CHECK(band(fair, 0) > thick + 10);
    CHECK(band(white, 0) > thick + 8);
}

TEST_CASE("hair parts on the side that is asked for, and is combed away from there") {
    const auto with = [](float part) {
        const std::string set =
            R"(,"hair.style":"long_straight","glasses.style":"none","hair.part":)" + std::to_string(part);
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n * 9 / 25; ++i) {  // hair above the brows, dark, that runs nowhere
            layers.regions[i] = 0;
            layers.regions[n + i] = 1;
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.05F;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made = plan(info, person(set), styles());
        REQUIRE(made);
        const float eyes = 0.5F * (p.anchors[kEyeAnchors].x + p.anchors[kEyeAnchors + 2].x);
        // How bright a column is that lies so many metres to the sitter's left, over the forehead; and which way strands run there.
        struct Column {
            float bright = 0, down = 0;
        };
        std::vector<std::vector<float>> images(made->passes.size());
        const auto run =
            run_float(*made, layers, nullptr, [&](std::size_t pass, double, std::span<const float> image) {
                images[pass].assign(image.begin(), image.end());
            });
        REQUIRE(run);
        const auto image = [&](const char* primitive) -> const std::vector<float>& {
            for (std::size_t i = 0; i < made->passes.size(); ++i)
                if (made->passes[i].primitive == primitive) return images[i];
            FAIL("no such pass");
            return images[0];
        };
        return [=, flow = image("strand_flow"), picture = image("parting")](float left) {
            Column column;
            for (int y = 66; y < 90; ++y) {
                const int x = static_cast<int>((eyes + left * 8.2F + 1) * 128);
                const std::size_t i = 4 * static_cast<std::size_t>(y * 256 + x);
                column.bright += picture[i] / 24;
                const float turned = flow[i] < 0 ? -1.0F : 1.0F;
                column.down += turned * flow[i + 1] / 24;
            }
            return column;
        };
    };
    const auto left = with(0.8F), right = with(-0.8F);
    const float at = 0.046F * 0.8F;
    CHECK(left(at).bright > left(at + 0.012F).bright + 0.003F);
    CHECK(left(at).bright > left(at - 0.012F).bright + 0.003F);
    CHECK(right(-at).bright > right(at).bright + 0.003F);
    // Down and to the right of the picture on its left, down and to the left of the picture on the other side.
    CHECK(left(at + 0.008F).down > 0.15F);
    CHECK(left(at - 0.008F).down < -0.15F);
}

TEST_CASE("cornrows are rows of plaits with scalp between them, locs are ropes with the dark between them") {
    // How often it changes from dark to bright along a line across the top of the head.
    const auto rows = [](const std::string& style, int from, int to) {
        const std::string set =
            R"(,"glasses.style":"none","pose.yaw":0,"pose.pitch":0,"pose.roll":0,"hair.style":")" + style +
            "\"";
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n * 9 / 25; ++i) {  // dark hair above a bright face
            layers.regions[i] = 0;
            layers.regions[n + i] = 1;
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.05F;
        }
        const Painted drawn = painted(set, p, layers);
        const float eyes = 0.5F * (p.anchors[kEyeAnchors].x + p.anchors[kEyeAnchors + 2].x);
        int changes = 0;
        bool bright = false;
        for (int k = -60; k <= 60; ++k) {
            const int level = drawn.at(eyes + 0.008F * static_cast<float>(k), -0.55F);
            if (level > to && !bright) ++changes, bright = true;
            if (level < from) bright = false;
        }
        return changes;
    };
    CHECK(rows("cornrows", 75, 90) >= 5);
    CHECK(rows("crop", 75, 90) <= 1);
    CHECK(rows("locs_long", 45, 60) >= 3);
    CHECK(rows("long_straight", 45, 60) <= 1);
}

TEST_CASE("cornrows are drawn where the network paints a mist of them, and not in a beard") {
    const std::string set =
        R"(,"glasses.style":"none","pose.yaw":0,"pose.pitch":0,"pose.roll":0,"hair.style":"cornrows")";
    const Points p = points(set);
    // From the darkest to the brightest along a line, whose pixels are hair for so much, and skin for the rest.
    const auto spread = [&](float share, float y) {
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n; ++i) {
            layers.regions[i] = 1 - share;
            layers.regions[n + i] = share;
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.3F - 0.25F * share;
        }
        const Painted drawn = painted(set, p, layers);
        const float eyes = 0.5F * (p.anchors[kEyeAnchors].x + p.anchors[kEyeAnchors + 2].x);
        int least = 255, most = 0;
        for (int k = -60; k <= 60; ++k) {
            const int level = drawn.at(eyes + 0.005F * static_cast<float>(k), y);
            least = std::min(least, level), most = std::max(most, level);
        }
        return most - least;
    };
    CHECK(spread(0.35F, -0.5F) > 40);
    CHECK(spread(0.02F, -0.5F) < 20);
    CHECK(spread(0.35F, 0.75F) < 40);
}

TEST_CASE(
    "single hairs stand off where hair ends, more of messy hair; none of ropes or shorn hair, and none on a "
    "face") {
    // How much is not backdrop, farther than the matte is soft from a disc of bright hair, or of `skin` instead.
    const auto outside = [](const std::string& style, float messy, bool skin = false) {
        const std::string set = R"(,"glasses.style":"none","earrings.style":"none","hair.style":")" + style +
                                R"(","hair.messy":)" + std::to_string(messy);
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels(), side = static_cast<std::size_t>(layers.width);
        const auto from_middle = [](std::size_t x, std::size_t y, std::size_t of) {
            const float half = 0.5F * static_cast<float>(of);
            return std::hypot((static_cast<float>(x) + 0.5F) / half - 1,
                              (static_cast<float>(y) + 0.5F) / half - 1);
        };
        for (std::size_t i = 0; i < n; ++i) {
            const float matte =
                std::clamp((0.6F - from_middle(i % side, i / side, side)) * 20 + 0.5F, 0.0F, 1.0F);
            layers.alpha[i] = matte;
            for (std::size_t k = 0; k < 8; ++k) layers.regions[k * n + i] = 0;
            layers.regions[(skin ? 0 : n) + i] = matte;
            layers.strands[i] = -1;  // upright
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.8F;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        Recipe recipe = person(set);
        recipe.backdrop.colour = {0, 0, 0};
        const auto made = plan(info, recipe, styles());
        REQUIRE(made);
        const auto picture = run(*made, layers);
        REQUIRE(picture);
        int seen = 0;
        const auto wide = static_cast<std::size_t>(picture->width);
        for (std::size_t i = 0; i < wide * wide; ++i)
            if (from_middle(i % wide, i / wide, wide) > 0.68F) seen += picture->rgba[4 * i] > 12;
        return seen;
    };
    const int messy = outside("long_straight", 1), neat = outside("long_straight", 0);
    CHECK(messy > 80);
    CHECK(messy > 2 * neat);
    CHECK(outside("crop", 1) < messy);
    CHECK(outside("buzz", 1) == 0);
    CHECK(passes(R"(,"hair.style":"locs_long","hair.messy":1)", "strays") == 0);
    CHECK(outside("long_straight", 1, true) == 0);
}

TEST_CASE(
    "a fringe hangs down, short hair and hair combed back grow out of a forehead, whatever the network "
    "says") {
    // 0 .. 1, of strands so far above the brows, or just above where hair ends if that is less than nothing.
    const auto upright = [](const std::string& style, float above) {
        const std::string set = R"(,"glasses.style":"none","hair.style":")" + style + "\"";
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n * 2 / 5; ++i) {  // hair that runs across
            layers.regions[i] = 0;
            layers.regions[n + i] = 1;
            for (const std::size_t plane : {0U, 2U, 3U}) layers.strands[plane * n + i] = 1;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made = plan(info, person(set), styles());
        REQUIRE(made);
        const int x = static_cast<int>((0.5F * (p.anchors[0].x + p.anchors[16].x) + 1) * 128),
                  y = above < 0 ? 99 : static_cast<int>((p.anchors[19].y - above + 1) * 128);
        float up = -1;
        REQUIRE(
            run_float(*made, layers, nullptr, [&](std::size_t pass, double, std::span<const float> image) {
                if (made->passes[pass].primitive == "strand_flow")
                    up = std::abs(image[4 * static_cast<std::size_t>(y * 256 + x) + 1]);
            }));
        return up;
    };
    CHECK(upright("long_fringe", 0.12F) > 0.8F);
    CHECK(upright("afro", 0.12F) < 0.5F);
    CHECK(upright("long_fringe", 0.5F) < 0.3F);
    for (const char* back : {"slicked_back", "quiff", "ponytail_high"}) CHECK(upright(back, 0.4F) > 0.8F);
    CHECK(upright("crew", -1) > 0.6F);
    CHECK(upright("crew", 0.4F) < 0.6F);
    CHECK(upright("side_swept", -1) < 0.3F);
}

TEST_CASE("a beard grows where its style has it, and is as dark and as grey as the hair") {
    // Brightness of a box about halfway between two landmarks, in the picture.
    const auto at = [](const Painted& picture, const Points& p, int from, int to) {
        const AnchorPoint &a = p.anchors[static_cast<std::size_t>(from)],
                          &b = p.anchors[static_cast<std::size_t>(to)];
        float sum = 0;
        for (int j = -3; j <= 3; ++j)
            for (int i = -6; i <= 6; ++i)
                sum += static_cast<float>(picture.at(0.5F * (a.x + b.x) + 0.006F * static_cast<float>(i),
                                                     0.5F * (a.y + b.y) + 0.006F * static_cast<float>(j)));
        return sum / 91;
    };
    const auto someone = [](const std::string& beard) {
        return R"(,"presentation":1,"age":40,"skin.tone":3,"hair.melanin":0.9,"hair.style":"crew","beard.shadow":0,)"
               R"("expression.smile":0,"pose.yaw":0,"glasses.style":"none","hair.grey":)" +
               beard;
    };
    const std::string none = someone(R"(0,"beard.style":"none")");
    const Points p = points(none);
    const Painted bare = painted(none);
    constexpr int kNose = 33, kLip = 51, kLowLip = 57, kChin = 8, kCheek = 31, kJaw = 3;
    const auto darker = [&](const std::string& beard, int from, int to) {
        return at(bare, p, from, to) - at(painted(someone(beard)), points(someone(beard)), from, to);
    };
    CHECK(darker(R"(0,"beard.style":"moustache")", kNose, kLip) > 12);
    CHECK(darker(R"(0,"beard.style":"moustache")", kLowLip, kChin) < 4);
    CHECK(darker(R"(0,"beard.style":"moustache")", kCheek, kJaw) < 3);
    CHECK(darker(R"(0,"beard.style":"goatee")", kLowLip, kChin) > 12);
    CHECK(darker(R"(0,"beard.style":"goatee")", kNose, kLip) < 4);
    CHECK(darker(R"(1,"beard.style":"moustache")", kNose, kLip) <
          darker(R"(0,"beard.style":"moustache")", kNose, kLip) - 8);
    CHECK(darker(R"(0,"beard.density":0.1,"beard.style":"moustache")", kNose, kLip) <
          darker(R"(0,"beard.density":1,"beard.style":"moustache")", kNose, kLip) - 5);
}

TEST_CASE("combed hair lies along its outline, but not where it ends there; curls do as they like") {
    // How upright strands are at the left side of a disc of hair that the network says runs aslant, at this angle to the outline in
    // degrees.
    const auto upright = [](const std::string& style, float aslant) {
        const std::string set = R"(,"glasses.style":"none","hair.messy":0.5,"hair.style":")" + style + "\"";
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels(), side = static_cast<std::size_t>(layers.width);
        const float turn = 2 * aslant * 3.14159265F / 180;  // to the vertical, doubled
        for (std::size_t i = 0; i < n; ++i) {
            const float half = 0.5F * static_cast<float>(side);
            const float far = std::hypot((static_cast<float>(i % side) + 0.5F) / half - 1,
                                         (static_cast<float>(i / side) + 0.5F) / half - 1);
            const float matte = std::clamp((0.7F - far) * 20 + 0.5F, 0.0F, 1.0F);
            layers.alpha[i] = matte;
            for (std::size_t k = 0; k < 8; ++k) layers.regions[k * n + i] = 0;
            layers.regions[n + i] = matte;
            layers.strands[i] = -std::cos(turn), layers.strands[n + i] = std::sin(turn);
            layers.strands[2 * n + i] = layers.strands[3 * n + i] = 1;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made = plan(info, person(set), styles());
        REQUIRE(made);
        float down = 0;
        REQUIRE(
            run_float(*made, layers, nullptr, [&](std::size_t pass, double, std::span<const float> image) {
                if (made->passes[pass].primitive != "strand_flow") return;
                for (int y = 118; y < 138; ++y) {
                    const float* flow = &image[4 * static_cast<std::size_t>(y * 256 + 43)];
                    down += std::abs(flow[1]) / std::max(std::hypot(flow[0], flow[1]), 1e-3F) / 20;
                }
            }));
        return down;
    };
    CHECK(upright("long_swept_back", 35) > upright("afro", 35) + 0.03F);
    CHECK(upright("long_swept_back", 35) > 0.9F);
    CHECK(upright("long_swept_back", 88) < 0.3F);
}

TEST_CASE("outlines of hair are single hairs in large pictures, and soft in small ones") {
    // The share of an outline's pixels that are neither hair nor backdrop.
    const auto soft = [](int size) {
        const std::string set = R"(,"glasses.style":"none","hair.style":"crew")";
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels(), side = static_cast<std::size_t>(layers.width);
        const auto matte_at = [](float x, float y) {
            return std::clamp((0.6F - std::hypot(x, y)) * 8 + 0.5F, 0.0F, 1.0F);
        };
        for (std::size_t i = 0; i < n; ++i) {
            const float half = 0.5F * static_cast<float>(side);
            const float matte = matte_at((static_cast<float>(i % side) + 0.5F) / half - 1,
                                         (static_cast<float>(i / side) + 0.5F) / half - 1);
            layers.alpha[i] = matte;
            for (std::size_t k = 0; k < 8; ++k) layers.regions[k * n + i] = 0;
            layers.regions[n + i] = matte;
            layers.strands[i] = -1, layers.strands[2 * n + i] = 1;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        Recipe recipe = person(set);
        recipe.frame.size = size;
        recipe.backdrop.kind = "transparent";
        const auto made = plan(info, recipe, styles());
        REQUIRE(made);
        const auto picture = run(*made, layers);
        REQUIRE(picture);
        int all = 0, between = 0;
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const float half = 0.5F * static_cast<float>(size),
                            matte = matte_at((static_cast<float>(x) + 0.5F) / half - 1,
                                             (static_cast<float>(y) + 0.5F) / half - 1);
                if (matte < 0.25F || matte > 0.75F) continue;
                const int alpha = picture->rgba[4 * static_cast<std::size_t>(y * size + x) + 3];
                ++all, between += alpha > 40 && alpha < 215;
            }
        REQUIRE(all > 100);
        return static_cast<float>(between) / static_cast<float>(all);
    };
    CHECK(soft(160) > 1.3F * soft(640));
    CHECK(soft(256) > 1.1F * soft(640));
}

TEST_CASE("combed hair does not curl, coils do, and a beard has its own strands") {
    const auto of = [](const std::string& set) {
        const auto recipe = parse_recipe(R"({"limner":1,"seed":"ada","set":{"hair.curl":0,)" + set + "}}");
        REQUIRE(recipe);
        return finish::strands_of(sit(*recipe));
    };
    const auto combed = of(R"("hair.style":"long_straight","beard.style":"none")"),
               coils = of(R"("hair.style":"afro","beard.style":"none")"),
               beard = of(R"("hair.style":"long_straight","beard.style":"full_long")");
    CHECK(combed.hair_curls < 0.2F);
    CHECK(combed.hair_long == 1.0F);
    CHECK(combed.waves == 0.0F);
    CHECK(of(R"("hair.style":"long_wavy")").waves > 0.03F);
    CHECK(of(R"("hair.style":"long_curly")").waves_a_metre > of(R"("hair.style":"long_wavy")").waves_a_metre);
    CHECK(coils.hair_curls == 1.0F);
    CHECK(coils.hair_long < 0.2F);
    CHECK(beard.beard_long < combed.hair_long);
    CHECK(beard.beard_hangs > combed.beard_hangs);
    CHECK(beard.beard_curls > combed.beard_curls);
    const auto ropes = of(R"("hair.style":"locs_long","beard.style":"none")"),
               shaved = of(R"("hair.style":"buzz","beard.style":"none")");
    CHECK(ropes.ropes == 1.0F);
    CHECK(of(R"("hair.style":"box_braids")").plaits > ropes.plaits);
    CHECK(combed.plaits == 0.0F);
    // What brown hair lets through is red, most where it is combed; black and fair hair are as the network paints them.
    const auto warm = [&](const char* style, const char* colour) {
        return of(std::string(R"("hair.style":")") + style + R"(","hair.melanin":)" + colour).warm;
    };
    CHECK(warm("bob", R"(0.8,"hair.grey":0)") == 1.0F);
    CHECK(warm("afro", R"(0.8,"hair.grey":0)") < 0.5F);
    CHECK(warm("afro", R"(0.8,"hair.grey":0)") > 0.2F);
    for (const char* colour : {R"(0.95,"hair.grey":0)", R"(0.4,"hair.grey":0)", R"(0.8,"hair.grey":1)"})
        CHECK(warm("bob", colour) == 0.0F);
    // Hairs of a lock cross each other, least in ropes.
    CHECK(combed.frizz > 0.01F);
    CHECK(of(R"("hair.style":"long_straight","hair.messy":1)").frizz >
          of(R"("hair.style":"long_straight","hair.messy":0)").frizz);
    CHECK(ropes.frizz < 0.5F * combed.frizz);
    CHECK(ropes.hair_curls < 0.2F);
    CHECK(of(R"("hair.style":"braids_two")").hair_curls < 0.2F);  // combed into braids
    CHECK(combed.ropes == 0.0F);

    // Pale hair sends back so much light that what it mirrors is hardly seen.
    const auto shines = [](const std::string& set) {
        const auto recipe = parse_recipe(R"({"limner":1,"set":{"hair.style":"long_straight",)" + set + "}}");
        REQUIRE(recipe);
        const Sitter sitter = sit(*recipe);
        return std::bit_cast<float>(
            finish::strand_flow_words(nullptr, sitter, finish::strands_of(sitter), 0)[finish::kSheen]);
    };
    CHECK(shines(R"("hair.grey":0,"hair.melanin":1)") > 0.5F);
    CHECK(shines(R"("hair.grey":1,"hair.melanin":1)") < 0.01F);
    CHECK(shines(R"("hair.grey":0,"hair.melanin":0)") < 0.01F);

    // How far a strand is seen, in pixels of a picture of 512, where the noise has a pixel's cells.
    const auto far = [](const finish::Strands& strands, int size) {
        const finish::Combing combing = finish::combing_of(strands, size);
        float square = combing.last.hair * combing.last.hair;
        for (const finish::Stroke& stroke : combing.strokes) {
            CHECK(stroke.stride < combing.last.stride);
            square += stroke.hair * stroke.hair;
        }
        return std::sqrt(square);
    };
    CHECK(far(combed, 512) > 3 * far(coils, 512));
    CHECK(far(coils, 512) > far(shaved, 512));
    CHECK(far(combed, 1024) == Catch::Approx(2 * far(combed, 512)).epsilon(0.05));
    const finish::Combing bearded = finish::combing_of(beard, 512);
    CHECK(bearded.last.beard < 0.1F * bearded.last.hair);
}

TEST_CASE("a beard is in the face: hair that hangs beside it is none") {
    const auto contrast = [](const std::string& beard) {
        const std::string set =
            R"(,"hair.style":"long_straight","glasses.style":"none","beard.style":")" + beard + "\"";
        const Points p = points(set);
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n; ++i) {
            layers.regions[i] = 0;
            layers.regions[n + i] = 1;
            layers.strands[2 * n + i] = 0.2F;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made = plan(info, person(set), styles());
        REQUIRE(made);
        std::vector<float> flow;
        REQUIRE(
            run_float(*made, layers, nullptr, [&](std::size_t pass, double, std::span<const float> image) {
                if (made->passes[pass].primitive == "strand_flow") flow.assign(image.begin(), image.end());
            }));
        const AnchorPoint& chin = p.anchors[8];
        return [=](float aside) {
            const int x = static_cast<int>((chin.x + aside + 1) * 128),
                      y = static_cast<int>((chin.y - 0.05F + 1) * 128);
            return flow[4 * static_cast<std::size_t>(y * 256 + x) + 2];
        };
    };
    const auto full = contrast("full_long"), none = contrast("none");
    CHECK(full(0) < -0.1F);
    CHECK(full(0.75F) > 0.1F);
    CHECK(full(-0.75F) > 0.1F);
    CHECK(none(0) > 0.1F);
}
