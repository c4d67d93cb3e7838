// What is drawn of what is worn: necklines and cloth, glasses.
#include "drawn.h"

using namespace limner;
using namespace limner::tests;

TEST_CASE("a neckline is as sharp as the picture, and cloth has the pattern that was asked for") {
    // Skin over dark cloth, softly joined on a half circle that is the collar.
    const auto wearing = [](const std::string& set) {
        Points p = points(set);
        for (int k = 0; k < kCollarPoints; ++k) {
            WornPoint& at = p.worn[static_cast<std::size_t>(kCollar + k)];
            const float turn = 3.14159265F * (1 - static_cast<float>(k) / (kCollarPoints - 1));
            at.x = 0.45F * std::cos(turn), at.y = 0.25F + 0.45F * std::sin(turn);
        }
        Layers layers = grey(p);
        const std::size_t n = layers.pixels();
        for (std::size_t i = 0; i < n; ++i) {
            const float x = (static_cast<float>(i % 128) + 0.5F) / 64 - 1,
                        y = (static_cast<float>(i / 128) + 0.5F) / 64 - 1;
            const float off = y > 0.25F ? std::hypot(x, y - 0.25F) - 0.45F : std::abs(x) - 0.45F;
            const float share = std::clamp(0.5F + off / 0.05F, 0.0F, 1.0F);
            layers.depth[i] = 0;
            layers.regions[i] = 1 - share;
            layers.regions[3 * n + i] = 0;
            layers.regions[7 * n + i] = share;
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.6F - 0.55F * share;
        }
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made =
            plan(info, person(R"(,"hair.style":"bald","glasses.style":"none","earrings.style":"none")" + set),
                 styles());
        REQUIRE(made);
        auto picture = run(*made, layers);
        REQUIRE(picture);
        return Painted{*std::move(picture)};
    };
    // How much of skin there still is in cloth just below the neckline, about.
    const auto blurred = [](const Painted& painted) {
        int sum = 0;
        for (int i = -8; i <= 8; ++i) {
            const float x = 0.01F * static_cast<float>(i);
            sum += painted.at(x, 0.712F) - painted.at(x, 0.76F);
        }
        return sum / 17;
    };
    // How far the brightest place of a column of cloth is from the darkest.
    const auto contrast = [](const Painted& painted, float x) {
        int least = 255, most = 0;
        for (float y = 0.3F; y < 0.95F; y += 0.008F) {
            least = std::min(least, painted.at(x, y));
            most = std::max(most, painted.at(x, y));
        }
        return most - least;
    };
    const std::string plain = R"(,"clothes.pattern":"plain","clothes.lightness":0.5,"clothes.style":)";
    const Painted shirt = wearing(plain + R"("crew")"), hood = wearing(plain + R"("hoodie")");
    CHECK(blurred(hood) > 15);
    CHECK(blurred(shirt) < 0.6 * blurred(hood));
    CHECK(std::abs(shirt.at(0, 0.4F) - hood.at(0, 0.4F)) <= 1);
    CHECK(std::abs(shirt.at(0.75F, 0.6F) - hood.at(0.75F, 0.6F)) <= 8);
    // Dyed as was asked, though the network has painted it grey.
    const Painted blue = wearing(plain + R"("crew","clothes.saturation":1,"clothes.hue":265)");
    const auto dyed = blue.rgb(0.75F, 0.6F), undyed = shirt.rgb(0.75F, 0.6F);
    CHECK(dyed[2] - dyed[0] > undyed[2] - undyed[0] + 15);
    for (const char* pattern : {"check", "dots"}) {
        INFO(pattern);
        const Painted worn =
            wearing(R"(,"clothes.lightness":0.5,"clothes.style":"crew","clothes.pattern":")" +
                    std::string(pattern) + "\"");
        CHECK(contrast(worn, -0.72F) > 2 * contrast(shirt, -0.72F));
    }
}

TEST_CASE("a frame is drawn on its outline, and a dark lens is dark") {
    const std::string black =
        R"(,"glasses.style":"round","glasses.colour":"black","glasses.thickness":1,"earrings.style":"none")";
    const Points p = points(black);
    const Painted
        clear = painted(black + R"(,"glasses.tint":0)"),
        dark = painted(black + R"(,"glasses.tint":1)"),
        gold = painted(
            R"(,"glasses.style":"round","glasses.colour":"gold","glasses.thickness":1,"glasses.tint":0)");
    for (int k = 0; k < 2 * kLensPoints; ++k) {
        const WornPoint& w = p.worn[static_cast<std::size_t>(kGlasses + k)];
        int darkest = 255;  // the rim is a few pixels wide
        for (float dx = -0.02F; dx <= 0.021F; dx += 0.008F)
            for (float dy = -0.02F; dy <= 0.021F; dy += 0.008F)
                darkest = std::min(darkest, clear.at(w.x + dx, w.y + dy));
        CHECK(darkest < 70);
    }
    const float cheek = p.anchors[kEyeAnchors + 1].y + 0.11F;  // within the lens, below the eye
    CHECK(dark.at(p.anchors[kEyeAnchors + 1].x, cheek) < clear.at(p.anchors[kEyeAnchors + 1].x, cheek) - 60);
    const WornPoint& above = p.worn[static_cast<std::size_t>(kGlasses + 4)];
    CHECK(gold.at(above.x, above.y) > clear.at(above.x, above.y) + 60);
}

TEST_CASE("other glasses go on the eyes that were kept, and look as if painted afresh") {
    const std::string round = R"(,"glasses.style":"round","earrings.style":"none")",
                      square = R"(,"glasses.style":"square","earrings.style":"none")";
    const Layers layers = grey(points(round));
    KeptImages kept;
    const auto paint = [&](const std::string& set, KeptImages* with) {
        const Points p = points(set);
        LayersInfo info = layers_info(layers);
        info.points = &p;
        const auto made = plan(info, person(set), styles());
        REQUIRE(made);
        const auto picture = run(*made, layers, nullptr, with);
        REQUIRE(picture);
        return picture->rgba;
    };
    const auto first = paint(round, &kept);
    const auto second = paint(square, &kept);
    CHECK(second != first);
    CHECK(second == paint(square, nullptr));
    CHECK(paint(round, &kept) == first);
}
