// From recipe and layers to a picture, on the CPU.
#include "finish_scene.h"

#include "finish/cpu.h"
#include "finish/light.h"
#include "finish/tiled.h"
#include "recipe/schema.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>

using namespace limner;
using finish_test::egg;
using finish_test::recipe_of;

namespace {

Picture paint(const Layers& layers, const std::string& json) {
    const auto made = plan(layers_info(layers), recipe_of(json), styles());
    REQUIRE(made);
    const auto picture = run(*made, layers);
    REQUIRE(picture);
    return *picture;
}

std::array<int, 4> pixel(const Picture& p, int x, int y) {
    const std::size_t i = 4 * static_cast<std::size_t>(y * p.width + x);
    return {p.rgba[i], p.rgba[i + 1], p.rgba[i + 2], p.rgba[i + 3]};
}

Photo photo_of(int width, int height) {
    std::vector<std::uint8_t> rgba;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            rgba.push_back(static_cast<std::uint8_t>((x * 3 + y) & 255));
            rgba.push_back(static_cast<std::uint8_t>((x + y * 2) & 255));
            rgba.push_back(static_cast<std::uint8_t>(((x / 9) * 31 + (y / 7) * 17) & 255));
            rgba.push_back(255);
        }
    return *open_photo(width, height, std::move(rgba));
}

}  // namespace

TEST_CASE("a change of light runs one pass again", "[finish]") {
    const LayersInfo info{256, 256};
    const auto one =
        plan(info, recipe_of(R"({"limner":1,"light":{"lights":[{"azimuth":-45,"elevation":40,"gain":2}]}})"),
             styles());
    const auto two = plan(
        info,
        recipe_of(
            R"({"limner":1,"light":{"lights":[{"azimuth":30,"elevation":10,"gain":2,"colour":"#ffc080"}]}})"),
        styles());
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE(one->passes.size() == two->passes.size());
    int changed = 0;
    for (std::size_t i = 0; i < one->passes.size(); ++i)
        changed +=
            one->passes[i].words != two->passes[i].words || one->passes[i].inputs != two->passes[i].inputs;
    CHECK(changed == 1);
    CHECK(one->passes.back().primitive == "develop");
    for (const PlanPass& pass : one->passes)
        for (const int input : one->passes.back().inputs) CHECK((pass.output != input || pass.keep));
}

TEST_CASE("what a run keeps changes no picture, and spares passes", "[finish]") {
    Layers layers = egg(64);
    const auto made = [&](const std::string& json) {
        return *plan(layers_info(layers), recipe_of(json), styles());
    };
    const std::string
        lit =
            R"({"limner":1,"frame":{"size":128},"light":{"lights":[{"azimuth":-45,"elevation":40,"gain":2}]}})",
        moved =
            R"({"limner":1,"frame":{"size":128},"light":{"lights":[{"azimuth":45,"elevation":20,"gain":2}]}})",
        styled = R"({"limner":1,"frame":{"size":128},"style":{"name":"oil"}})",
        smooth = R"({"limner":1,"frame":{"size":128},"retouch":{"smooth":0.5}})";
    KeptImages kept;
    for (const std::string& json : {lit, moved, styled, smooth, lit}) {
        const Plan plan = made(json);
        CHECK((run(plan, layers, nullptr, &kept)->rgba == run(plan, layers)->rgba));
    }
    // If the layers change without a word, only what is made again shows it.
    std::fill(layers.rgb.begin(), layers.rgb.end(), 0.1F);
    const Plan plan = made(moved);
    CHECK((run(plan, layers, nullptr, &kept)->rgba != run(plan, layers)->rgba));
    kept.forget();
    CHECK((run(plan, layers, nullptr, &kept)->rgba == run(plan, layers)->rgba));
}

TEST_CASE("a light in the place of a studio light is that light", "[finish][light]") {
    const Schema& s = schema();
    for (std::size_t k = 0; k + 1 < s.lights.size(); ++k) {
        LightMix mix;
        mix.canonical = false;
        mix.ambient_gain = 0;
        mix.sources = {{static_cast<float>(s.lights[k].azimuth_deg),
                        static_cast<float>(s.lights[k].elevation_deg),
                        static_cast<float>(s.lights[k].gain),
                        {1, 1, 1}}};
        const auto factors = finish::light_factors(mix, s);
        for (std::size_t j = 0; j < factors.size(); ++j)
            CHECK(factors[j][0] == Catch::Approx(j == k ? 1.0F : 0.0F).margin(2e-3));
    }
}

TEST_CASE("a light keeps its strength on its way around the sitter", "[finish][light]") {
    const Schema& s = schema();
    for (int azimuth = -180; azimuth <= 180; azimuth += 10)
        for (int elevation = -90; elevation <= 90; elevation += 15) {
            LightMix mix;
            mix.canonical = false;
            mix.ambient_gain = 0;
            mix.sources = {{static_cast<float>(azimuth), static_cast<float>(elevation), 2.0F, {1, 1, 1}}};
            const auto factors = finish::light_factors(mix, s);
            double irradiance = 0;
            for (std::size_t k = 0; k < factors.size(); ++k)
                irradiance += factors[k][0] * s.lights[k].gain;  // red of these lamps is 1
            CHECK(irradiance == Catch::Approx(2.0).epsilon(0.01));
        }
}

TEST_CASE("the studio's own mix shows the layers as they are", "[finish]") {
    Layers layers = egg(64);
    const Picture p =
        paint(layers, R"({"limner":1,"frame":{"size":64},"backdrop":{"kind":"plain","colour":"#405060"}})");
    const auto corner = pixel(p, 1, 1);
    CHECK(std::abs(corner[0] - 0x40) <= 1);
    CHECK(std::abs(corner[1] - 0x50) <= 1);
    CHECK(std::abs(corner[2] - 0x60) <= 1);
    CHECK(corner[3] == 255);
    const std::size_t i = 58 * 64 + 32;  // a coat: linear below the shoulder, so sRGB of the layer
    const float c = layers.rgb[i];
    CHECK(layers.regions[7 * 64 * 64 + i] == 1);
    CHECK(std::abs(pixel(p, 32, 58)[0] - 255.0F * (1.055F * std::pow(c, 1 / 2.4F) - 0.055F)) <= 1.0F);
}

TEST_CASE("transparent backdrops keep straight alpha, circles cut it", "[finish]") {
    const Layers layers = egg(64);
    const Picture cut =
        paint(layers, R"({"limner":1,"frame":{"size":64},"backdrop":{"kind":"transparent"}})");
    CHECK(pixel(cut, 1, 1)[3] == 0);
    CHECK(pixel(cut, 32, 36)[3] == 255);
    // The edge of the matte has the sitter's colour, not a fringe of something darker.
    for (int x = 0; x < 32; ++x)
        if (const auto p = pixel(cut, x, 34); p[3] > 20 && p[3] < 235) CHECK(p[0] > 90);
    const Picture round = paint(layers, R"({"limner":1,"frame":{"size":64,"shape":"circle"}})");
    CHECK(pixel(round, 0, 0)[3] == 0);
    CHECK(pixel(round, 32, 1)[3] == 255);
    const Picture styled =
        paint(layers,
              R"({"limner":1,"frame":{"size":64},"backdrop":{"kind":"transparent"},"style":{"name":"ink"}})");
    CHECK(pixel(styled, 1, 1)[3] == 0);
    CHECK(pixel(styled, 32, 36)[3] == 255);
}

TEST_CASE("same recipe, same bytes; strength 0 is no style", "[finish]") {
    const Layers layers = egg(64);
    const std::string plain = R"({"limner":1,"frame":{"size":96}})",
                      none = R"({"limner":1,"frame":{"size":96},"style":{"name":"oil","strength":0}})";
    CHECK((paint(layers, plain).rgba == paint(layers, plain).rgba));
    CHECK((paint(layers, plain).rgba == paint(layers, none).rgba));
}

TEST_CASE("every style gives the same bytes again", "[finish][style]") {
    const Layers sitter = egg(24);
    for (const Style& style : styles().all()) {
        INFO(style.name);
        const std::string recipe =
            R"({"limner":1,"seed":"again","frame":{"size":48},"grade":{"grain":0.5},"style":{"name":")" +
            style.name + "\"}}";
        CHECK((paint(sitter, recipe).rgba == paint(sitter, recipe).rgba));
    }
}

TEST_CASE("every style paints every kind of picture", "[finish][style]") {
    const Layers sitter = egg(32);
    const Photo photo = photo_of(41, 33);
    for (const Style& style : styles().all()) {
        INFO(style.name);
        const Picture p =
            paint(sitter, R"({"limner":1,"frame":{"size":64},"style":{"name":")" + style.name + "\"}}");
        CHECK(p.rgba.size() == 64 * 64 * 4);
        const auto q = finish_photo(
            photo, recipe_of(R"({"limner":1,"style":{"name":")" + style.name + "\"}}"), styles());
        REQUIRE(q);
        CHECK(q->width == 41);
        CHECK(q->height == 33);
    }
}

TEST_CASE("no style and no grade leave a photo as it is", "[finish][photo]") {
    const Photo photo = photo_of(70, 50);
    const auto p = finish_photo(photo, Recipe{}, styles());
    REQUIRE(p);
    CHECK((p->rgba == photo.rgba));
}

TEST_CASE("hair is drawn strand by strand, and only hair", "[finish][strands]") {
    const int side = 64, size = 256;
    const std::string recipe =
        R"({"limner":1,"seed":"SEED","frame":{"size":256},"backdrop":{"kind":"transparent"},"set":{"hair.style":"long_straight"}})";
    const auto seeded = [&](const std::string& seed) {
        std::string text = recipe;
        return text.replace(text.find("SEED"), 4, seed);
    };
    Layers layers = egg(side);
    // Hair of one colour, so that what varies in it are strands.
    const std::size_t n = layers.pixels();
    for (std::size_t i = 0; i < n; ++i)
        if (layers.regions[n + i] > 0)
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * n + i] = 0.1F;
    const Picture one = paint(layers, seeded("one")), two = paint(layers, seeded("two"));
    Layers bald = layers;
    std::fill_n(bald.regions.begin() + static_cast<std::ptrdiff_t>(n), n, 0.0F);
    const Picture none = paint(bald, seeded("one"));

    double across = 0, along = 0, mean = 0, plain = 0, cover = 0, plain_cover = 0;
    int inside = 0, changed = 0;
    for (int y = 1; y < size - 1; ++y)
        for (int x = 1; x < size - 1; ++x) {
            const std::size_t at = static_cast<std::size_t>(y / 4 * side + x / 4);
            const float hair = layers.regions[n + at];
            float near = 0;
            for (std::size_t j = 0; j < 9; ++j)
                near = std::max(near, layers.regions[n + at + j % 3 - 1 + (j / 3) * 64 - 64]);
            const auto p = pixel(one, x, y), q = pixel(none, x, y);
            if (y < 120 && near == 0 && layers.alpha[at] > 0.95F) changed += p != q;
            if (y < 80) cover += p[3], plain_cover += q[3];
            if (hair < 0.98F || y < 50 || y > 66 || std::abs(x - 128) > 40) continue;
            ++inside;
            CHECK(p[3] == 255);
            mean += p[1] * p[1], plain += q[1] * q[1];  // about linear
            across += std::abs(p[1] - pixel(one, x + 1, y)[1]);
            along += std::abs(p[1] - pixel(one, x, y + 1)[1]);
        }
    CHECK(inside > 500);
    CHECK(across > 1.5 * along);  // they hang down
    CHECK(mean / plain == Catch::Approx(1).margin(0.08));
    CHECK(cover / plain_cover == Catch::Approx(1).margin(0.03));
    CHECK(changed == 0);
    CHECK((one.rgba == paint(layers, seeded("one")).rgba));
    CHECK((one.rgba != two.rgba));
}

TEST_CASE("skin is not even, at no size more than at others, what is not skin is, and its tone stays",
          "[finish][strands]") {
    Layers layers = egg(64);
    std::fill(layers.rgb.begin(), layers.rgb.end(), 0.25F);
    const auto at = [&](int size) {
        return paint(layers, R"({"limner":1,"frame":{"size":)" + std::to_string(size) + "}}");
    };
    const auto of = [](const Picture& p, int left, int top,
                       int side) {  // of a square: mean and deviation of green
        double sum = 0, squares = 0;
        for (int y = top; y < top + side; ++y)
            for (int x = left; x < left + side; ++x) {
                const double g = pixel(p, x, y)[1];
                sum += g, squares += g * g;
            }
        const double n = static_cast<double>(side) * side, mean = sum / n;
        return std::pair{mean, std::sqrt(squares / n - mean * mean)};
    };
    const Picture large = at(512), small = at(128);
    const auto cheek = of(large, 290, 300, 40), cloth = of(large, 230, 480, 30), far = of(small, 73, 75, 10);
    CHECK(cheek.second > 1.0);
    CHECK(cheek.second < 5.0);
    CHECK(far.second < 1.3 * cheek.second);
    CHECK(cloth.second < 0.3 * cheek.second);
    CHECK(cheek.first == Catch::Approx(far.first).margin(0.5));
}

TEST_CASE("freckles, moles and spots of age lie on skin, as many as are asked for", "[finish][complexion]") {
    Layers layers = egg(64);
    std::fill(layers.rgb.begin(), layers.rgb.end(), 0.4F);
    const auto with = [&](const std::string& set, const std::string& seed = "one") {
        return paint(layers,
                     R"({"limner":1,"seed":")" + seed +
                         R"(","frame":{"size":512},"set":{"skin.tone":2,"age":30,)" +
                         R"("skin.blotches":0,"skin.redness":0,"pose.yaw":0,"pose.pitch":0,"pose.roll":0,)" +
                         set + "}}");
    };
    const std::string none = R"("skin.freckles":0,"skin.moles":0)";
    const Picture bare = with(none);
    const auto darker = [&](const Picture& p) {  // pixels; off the skin there are none
        int count = 0;
        for (int y = 8; y < 504; ++y)
            for (int x = 8; x < 504; ++x) {
                float near = 0;
                for (int k = 0; k < 9; ++k)
                    near +=
                        layers
                            .regions[static_cast<std::size_t>((y / 8 + k / 3 - 1) * 64 + x / 8 + k % 3 - 1)];
                const int less = pixel(bare, x, y)[2] - pixel(p, x, y)[2];
                count += less > 6;
                if (near == 0) REQUIRE(less == 0);
            }
        return count;
    };
    const Picture few = with(R"("skin.freckles":0.2,"skin.moles":0)"),
                  many = with(R"("skin.freckles":0.9,"skin.moles":0)");
    CHECK(darker(few) > 50);
    CHECK(darker(many) > 3 * darker(few));
    CHECK(darker(many) < 512 * 512 / 12);
    CHECK(darker(with(R"("skin.freckles":0,"skin.moles":1)")) > 10);
    CHECK((many.rgba == with(R"("skin.freckles":0.9,"skin.moles":0)").rgba));
    CHECK((many.rgba != with(R"("skin.freckles":0.9,"skin.moles":0)", "two").rgba));
}

TEST_CASE("what lies on skin turns with the head", "[finish][complexion]") {
    // A ball on the head's axis: only what is drawn on it tells that it turned.
    constexpr int side = 64, size = 512;
    constexpr float whole = 0.24F, radius = 0.09F, degree = 0.0174533F;
    const auto turned = [&](float yaw) {
        Layers layers = egg(side);
        std::fill(layers.rgb.begin(), layers.rgb.end(), 0.4F);
        std::fill(layers.regions.begin(), layers.regions.end(), 0.0F);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const float px = ((static_cast<float>(x) + 0.5F) / side - 0.5F) * whole +
                                 radius * std::sin(yaw * degree),
                            py = (0.473F - (static_cast<float>(y) + 0.5F) / side) * whole;
                const float rest = radius * radius - px * px - py * py;
                const auto at = static_cast<std::size_t>(y * side + x);
                layers.alpha[at] = layers.regions[at] = rest > 0 ? 1.0F : 0.0F;
                layers.depth[at] = std::sqrt(std::max(rest, 0.0F)) - radius * std::cos(yaw * degree);
            }
        return paint(
            layers,
            R"({"limner":1,"seed":"one","frame":{"size":512},"set":{"skin.tone":2,"skin.freckles":0,)"
            R"("skin.moles":0,"skin.blotches":1,"skin.redness":1,"pose.pitch":0,"pose.roll":0,"pose.yaw":)" +
                std::to_string(yaw) + "}}");
    };
    const Picture front = turned(0), aside = turned(20);
    // Mean green about a place of the ball, at an angle from where the camera looks.
    const auto seen = [&](const Picture& p, float yaw, float angle, int down) {
        const float x = (std::sin(angle * degree) - std::sin(yaw * degree)) * radius / whole + 0.5F;
        int sum = 0;
        for (int k = 0; k < 81; ++k)
            sum += pixel(p, static_cast<int>(x * size) + k % 9 - 4,
                         static_cast<int>(0.473F * size) + down + k / 9 - 4)[1];
        return sum / 81.0;
    };
    double same = 0, other = 0;
    int places = 0;
    for (float angle = -30; angle <= 20; angle += 2)
        for (int down = -90; down <= 90; down += 10, ++places) {
            same += std::abs(seen(front, 0, angle, down) - seen(aside, 20, angle + 20, down));
            other += std::abs(seen(front, 0, angle, down) - seen(aside, 20, angle, down));
        }
    CHECK(other / places > 1);
    CHECK(same < 0.5 * other);
}

TEST_CASE("strands lie in the full picture: its parts fit together", "[finish][strands]") {
    const Layers layers = egg(64);
    const Recipe recipe = recipe_of(R"({"limner":1,"frame":{"size":512},"set":{"skin.freckles":1}})");
    const auto whole = plan(layers_info(layers), recipe, styles());
    const Window window{150, 60, 180, 140};
    const auto part = plan(layers_info(layers), recipe, styles(), window);
    REQUIRE(whole);
    REQUIRE(part);
    const auto all = run(*whole, layers), some = run(*part, layers);
    REQUIRE(all);
    REQUIRE(some);
    int far = 0;
    for (int y = part->reach; y < window.height - part->reach; ++y)
        for (int x = part->reach; x < window.width - part->reach; ++x) {
            const auto p = pixel(*all, x + window.x, y + window.y), q = pixel(*some, x, y);
            for (std::size_t c = 0; c < 4; ++c) far += std::abs(p[c] - q[c]) > 1;
        }
    CHECK(part->reach < 160);  // mostly a strand, and what is blurred of 64 pixels made 512
    CHECK(far <= 4);
}

// Positions are counted from a tile's corner, so their last bits differ; nothing a person could see may.
TEST_CASE("tiles fit together", "[finish][photo]") {
    const Photo photo = photo_of(130, 100);
    for (const char* name :
         {"oil", "ink", "watercolour", "comic", "mosaic", "lens", "engraving", "low_poly"}) {
        INFO(name);
        const Recipe recipe = recipe_of(std::string(R"({"limner":1,"style":{"name":")") + name + "\"}}");
        const auto whole = finish_photo(photo, recipe, styles(), nullptr, {}, 4096),
                   tiled = finish_photo(photo, recipe, styles(), nullptr, {}, 64);
        REQUIRE(whole);
        REQUIRE(tiled);
        REQUIRE(whole->rgba.size() == tiled->rgba.size());
        int far = 0;
        for (std::size_t i = 0; i < whole->rgba.size(); ++i)
            far += std::abs(whole->rgba[i] - tiled->rgba[i]) > 1;
        CHECK(far * 2000 <= static_cast<int>(whole->rgba.size()));
    }
}

TEST_CASE("what cannot be done is said in a sentence", "[finish]") {
    const LayersInfo info{256, 256};
    const auto unknown = plan(info, recipe_of(R"({"limner":1,"style":{"name":"nonesuch"}})"), styles());
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().sentence == "There is no style \"nonesuch\".");
    const auto setting =
        plan(info, recipe_of(R"({"limner":1,"style":{"name":"ink","set":{"width":99}}})"), styles());
    REQUIRE_FALSE(setting);
    CHECK(setting.error().sentence.find("Line width") != std::string::npos);
    const auto huge = check_photo_size(10000, 6000);
    REQUIRE_FALSE(huge);
    CHECK(huge.error().sentence.find("50 megapixels") != std::string::npos);
    CHECK_FALSE(open_photo(10, 10, std::vector<std::uint8_t>(7)));
    CHECK_FALSE(plan(LayersInfo{0, 0}, Recipe{}, styles()));
    CHECK_FALSE(plan(info, Recipe{}, styles(), {500, 0, 100, 100}));
}
