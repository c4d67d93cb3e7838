// Where a sitter's parts are, as the pack's skeleton knows it, and what the finish draws there.
#include "generator/skeleton.h"

#include "finish/cpu.h"
#include "finish/features.h"
#include "finish/plan.h"
#include "finish/primitives/beard_numbers.h"
#include "finish/primitives/brows_numbers.h"
#include "finish/primitives/cloth_numbers.h"
#include "finish/primitives/complexion_numbers.h"
#include "finish/primitives/eyes_numbers.h"
#include "finish/primitives/mouth_numbers.h"
#include "finish/primitives/worn_numbers.h"
#include "finish/primitives/strands_numbers.h"
#include "finish/primitives/wrinkles_numbers.h"
#include "finish_scene.h"
#include "recipe/schema.h"
#include "repository_file.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <bit>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <map>

using namespace limner;

namespace {

const Skeleton& skeleton() {
    static const Skeleton open = [] {
        auto made =
            Skeleton::open(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count);
        REQUIRE(made);
        return *std::move(made);
    }();
    return open;
}

Recipe person(const std::string& set) {
    const auto recipe = parse_recipe(
        R"({"limner":1,"seed":"ada","frame":{"size":256},"backdrop":{"kind":"plain"},"set":{"pose.yaw":0,"pose.pitch":0,"pose.roll":0,)"
        R"("gaze.x":0,"gaze.y":0,"hair.style":"buzz","beard.style":"none","expression.blink":0,"expression.wink":0,"expression.squint":0)" +
        set + "}}");
    REQUIRE(recipe);
    return *recipe;
}

Points points(const Skeleton& of, const std::string& set) {
    const Sitter sitter = sit(person(set));
    return of.points(network_input(sitter), network_input(undressed(sitter)));
}
Points points(const std::string& set) { return points(skeleton(), set); }

float gap(const Points& p) { return p.anchors[66].y - p.anchors[62].y; }  // between the lips

// A grey face that is all skin, with eyes where the pack has them, everywhere as deep as the nearest landmark.
Layers grey(const Points& p) {
    constexpr int size = 128;
    Layers layers;
    layers.width = layers.height = size;
    const std::size_t n = layers.pixels();
    layers.rgb.assign(3 * n, 0.4F);
    layers.alpha.assign(n, 1);
    layers.normal.assign(3 * n, 0);
    std::fill(layers.normal.begin() + static_cast<std::ptrdiff_t>(2 * n), layers.normal.end(), 1.0F);
    layers.depth.assign(n, 0);
    layers.regions.assign(8 * n, 0);
    layers.transfer.assign(8 * n, 0.125F);
    layers.strands.assign(4 * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        const float x = (static_cast<float>(i % size) + 0.5F) / size * 2 - 1,
                    y = (static_cast<float>(i / size) + 0.5F) / size * 2 - 1;
        float eyes = 0, nearest = 9;
        for (int k = 0; k < kLandmarks; ++k) {
            const AnchorPoint& a = p.anchors[static_cast<std::size_t>(k)];
            const float far = std::hypot(x - a.x, y - a.y);
            if (far < nearest) nearest = far, layers.depth[i] = a.depth;
        }
        for (const std::size_t at : {std::size_t{kEyeAnchors + 1}, std::size_t{kEyeAnchors + 3}})
            if (std::abs(x - p.anchors[at].x) < 0.11F && std::abs(y - p.anchors[at].y) < 0.05F) eyes = 1;
        layers.regions[i] = 1 - eyes;
        layers.regions[3 * n + i] = eyes;
    }
    return layers;
}

struct Painted {
    Picture picture;
    // Mean of red, green and blue at a place of the picture.
    int at(float x, float y) const {
        const auto [r, g, b] = rgb(x, y);
        return (r + g + b) / 3;
    }
    std::array<int, 3> rgb(float x, float y) const {
        const int px = static_cast<int>((x + 1) * 0.5F * static_cast<float>(picture.width)),
                  py = static_cast<int>((y + 1) * 0.5F * static_cast<float>(picture.height));
        const std::size_t i = 4 * (static_cast<std::size_t>(py) * static_cast<std::size_t>(picture.width) +
                                   static_cast<std::size_t>(px));
        return {picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2]};
    }
};

Painted painted(const std::string& set, const Points& p, const Layers& layers, bool drawn = true) {
    LayersInfo info = layers_info(layers);
    if (drawn) info.points = &p;
    const auto made = plan(info, person(set), styles());
    REQUIRE(made);
    auto picture = run(*made, layers);
    REQUIRE(picture);
    return {*std::move(picture)};
}
Painted painted(const std::string& set, bool drawn = true) {
    const Points p = points(set);
    return painted(set, p, grey(p), drawn);
}

int passes(const std::string& set, const std::string& primitive) {
    const Points p = points(set);
    LayersInfo info{256, 256, false};
    info.points = &p;
    const auto made = plan(info, person(set), styles());
    REQUIRE(made);
    return static_cast<int>(std::count_if(made->passes.begin(), made->passes.end(),
                                          [&](const PlanPass& pass) { return pass.primitive == primitive; }));
}

}  // namespace

TEST_CASE("the skeleton puts a face's parts where a face has them") {
    const Points p = points("");
    REQUIRE(p.anchors.size() == kAnchors);
    REQUIRE(p.worn.size() == kFittings);
    const AnchorPoint &left = p.anchors[kEyeAnchors + 1], &right = p.anchors[kEyeAnchors + 3],
                      &chin = p.anchors[8], &nose = p.anchors[30];
    CHECK(left.x > 0.15F);
    CHECK(right.x < -0.15F);
    CHECK(std::abs(left.y - right.y) < 0.03F);
    CHECK(nose.y > left.y);
    CHECK(nose.depth > left.depth);
    CHECK(chin.y > nose.y + 0.2F);
    CHECK(left.normal[2] > 0.98F);  // looks at the camera
    // Gaze turns the eyes, a smile opens the mouth, and a lens lies around its eye.
    CHECK(points(R"(,"gaze.x":20)").anchors[kEyeAnchors + 1].x > left.x + 0.02F);
    CHECK(gap(points(R"(,"expression.smile_open":1,"expression.jaw_open":0.5)")) >
          gap(points(R"(,"expression.smile_open":0,"expression.jaw_open":0)")) + 0.04F);
    float x0 = 9, x1 = -9, y0 = 9, y1 = -9;
    for (int k = 0; k < kLensPoints; ++k) {
        const WornPoint& w = p.worn[static_cast<std::size_t>(kGlasses + k)];
        x0 = std::min(x0, w.x), x1 = std::max(x1, w.x), y0 = std::min(y0, w.y), y1 = std::max(y1, w.y);
    }
    CHECK(x0 < left.x - 0.08F);
    CHECK(x1 > left.x + 0.08F);
    CHECK(y0 < left.y - 0.05F);
    CHECK(y1 > left.y + 0.05F);
    // Both precisions of the pack hold the same weights.
    const auto half =
        Skeleton::open(repository_file("models/portrait/portrait.fp16.onnx"), schema().input_count);
    REQUIRE(half);
    const Points same = points(*half, "");
    for (std::size_t i = 0; i < kAnchors; ++i) CHECK(std::abs(same.anchors[i].x - p.anchors[i].x) < 1e-3F);
}

TEST_CASE("what is no skeleton is refused in a sentence") {
    const auto code = [](const std::vector<std::uint8_t>& bytes, int inputs) {
        const auto made = Skeleton::open(bytes, inputs);
        if (made) return std::string("accepted");
        CHECK(made.error().sentence.ends_with('.'));
        return made.error().code;
    };
    CHECK(code({}, 8) == "network.form");
    CHECK(code(repository_file("tests/fuzz/corpus/network/every-step.onnx"), 8) == "skeleton.none");
    CHECK(code(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count - 1) ==
          "skeleton.none");
}

TEST_CASE("glasses, earrings, make-up, brows and shaven beards are not the network's business, all else is") {
    const auto asked = [](const std::string& set) { return network_input(undressed(sit(person(set)))); };
    const auto bare = asked(R"(,"glasses.style":"none","earrings.style":"none")");
    CHECK(
        asked(
            R"(,"glasses.style":"aviator","glasses.colour":"gold","glasses.tint":1,"glasses.thickness":1,"earrings.style":"drop","earrings.metal":1)") ==
        bare);
    CHECK(
        asked(
            R"(,"glasses.style":"none","earrings.style":"none","makeup.lips":1,"makeup.lips_hue":1,"makeup.eyes":1,"makeup.eyes_hue":1,"makeup.liner":1,"makeup.blush":1,"brows.thickness":1,"beard.shadow":1)") ==
        bare);
    CHECK(asked(R"(,"eyes.pigment":0.1,"glasses.style":"none","earrings.style":"none")") != bare);
}

TEST_CASE("make-up lies on lips, lids and cheeks, in the colours that were asked for, and nowhere else") {
    const std::string face =
        R"(,"skin.tone":3,"skin.freckles":0,"skin.moles":0,"glasses.style":"none","earrings.style":"none","expression.jaw_open":0)";
    const Points p = points(face);
    Layers layers = grey(p);
    const auto mark = [&](std::size_t k) { return Vec2{p.anchors[k].x, p.anchors[k].y}; };
    const Vec2 lip = (mark(57) + mark(66)) * 0.5F, cheek = (mark(45) + mark(54)) * 0.5F + Vec2{0.05F, 0},
               lid = (mark(43) + mark(44)) * 0.5F - Vec2{0, 0.03F}, forehead = mark(27) - Vec2{0, 0.25F},
               line = (mark(43) + mark(44)) * 0.5F - Vec2{0, 0.006F}, corner = mark(45),
               wing = corner + Vec2{0.03F, -0.021F};
    const std::size_t n = layers.pixels();
    for (std::size_t i = 0; i < n; ++i) {
        const float x = (static_cast<float>(i % 128) + 0.5F) / 64 - 1,
                    y = (static_cast<float>(i / 128) + 0.5F) / 64 - 1;
        if (std::abs(x - lip.x) < 0.12F && std::abs(y - lip.y) < 0.06F)
            layers.regions[i] = 0, layers.regions[4 * n + i] = 1;
    }
    const auto with = [&](const std::map<std::string, float>& paint) {
        std::string all = face;
        for (const char* id : {"lips", "lips_hue", "eyes", "eyes_hue", "liner", "blush"}) {
            const auto asked = paint.find(id);
            all += std::string(",\"makeup.") + id +
                   "\":" + std::to_string(asked == paint.end() ? 0 : asked->second);
        }
        return painted(all, p, layers);
    };
    const Painted bare = with({});
    const auto redder = [&](const Painted& a, Vec2 at) {
        const auto now = a.rgb(at.x, at.y), before = bare.rgb(at.x, at.y);
        const auto red = [](const std::array<int, 3>& c) { return c[0] - (c[1] + c[2]) / 2; };
        return red(now) - red(before);
    };
    const auto darker = [&](const Painted& a, Vec2 at) { return bare.at(at.x, at.y) - a.at(at.x, at.y); };

    const Painted lips = with({{"lips", 1.0F}, {"lips_hue", 0.5F}});
    CHECK(redder(lips, lip) > 50);
    CHECK(redder(lips, cheek) == 0);
    const Painted wine = with({{"lips", 1.0F}, {"lips_hue", 1.0F}});
    CHECK(darker(wine, lip) > darker(lips, lip) + 8);

    const Painted blush = with({{"blush", 1.0F}});
    CHECK(redder(blush, cheek) > 5);
    CHECK(std::abs(redder(blush, forehead)) <= 1);

    const Painted slate = with({{"eyes", 1.0F}, {"eyes_hue", 1.0F}});
    CHECK(darker(slate, lid) > 25);
    CHECK(redder(slate, lid) < -8);
    CHECK(redder(with({{"eyes", 1.0F}, {"eyes_hue", 0.0F}}), lid) > 10);
    CHECK(darker(slate, cheek) == 0);

    const Painted lined = with({{"liner", 1.0F}});
    CHECK(darker(lined, line) > 15);
    CHECK(darker(lined, wing) > 40);
    CHECK(darker(with({{"liner", 0.3F}}), wing) < 5);
    CHECK(darker(lined, forehead) == 0);
}

TEST_CASE("only what is there is drawn: eyes and mouth of a sitter, nothing on a photo") {
    const std::string none = R"(,"glasses.style":"none","earrings.style":"none")";
    CHECK(passes(none, "eyes") == 1);
    CHECK(passes(none, "mouth") == 1);
    CHECK(passes(none, "brows") == 1);
    CHECK(passes(none + R"(,"skin.wrinkles":0)", "wrinkles") == 0);
    CHECK(passes(none + R"(,"skin.wrinkles":1)", "wrinkles") == 1);
    CHECK(passes(none + R"(,"presentation":1,"beard.style":"none")", "beard") == 0);
    CHECK(passes(none + R"(,"presentation":1,"beard.style":"anchor")", "beard") == 1);
    CHECK(passes(none + R"(,"hair.style":"bob")", "parting") == 1);
    CHECK(passes(none + R"(,"hair.style":"bob_fringe")", "parting") == 0);
    CHECK(passes(none + R"(,"hair.style":"afro")", "parting") == 0);
    CHECK(passes(none, "worn") == 0);
    CHECK(passes(R"(,"glasses.style":"round","earrings.style":"none")", "worn") == 1);
    CHECK(passes(R"(,"glasses.style":"none","earrings.style":"hoop")", "worn") == 1);
    const Points p = points(none);
    LayersInfo photo{256, 256, true};
    photo.points = &p;
    const auto made = plan(photo, person(none), styles());
    REQUIRE(made);
    for (const PlanPass& pass : made->passes)
        for (const char* drawn : {"parting", "wrinkles", "brows", "mouth", "beard", "eyes", "worn"})
            CHECK(pass.primitive != drawn);
}

TEST_CASE("every number of a drawing pass is given, in order") {
    const std::string both = R"(,"glasses.style":"aviator","earrings.style":"hoop")";
    const Points p = points(both);
    const Sitter sitter = sit(person(both));
    CHECK(finish::eye_words(p, sitter).size() == finish::kEyesNumbers);
    CHECK(finish::mouth_words(p, sitter).size() == finish::kMouthNumbers);
    CHECK(finish::wrinkle_words(p, sit(person(both + R"(,"skin.wrinkles":1)"))).size() ==
          finish::kWrinklesNumbers);
    CHECK(finish::complexion_words(&p, sitter, 1).size() == finish::kComplexionNumbers);
    CHECK(finish::brow_words(p, sitter).size() == finish::kBrowsNumbers);
    CHECK(finish::cloth_words(p, sitter).size() == finish::kClothNumbers);
    CHECK(finish::parting_words(p, sit(person(both + R"(,"hair.style":"bob")"))).size() ==
          finish::kPartingNumbers);
    for (const char* style : {"bob", "afro"}) {
        const Sitter combed = sit(person(both + R"(,"hair.style":")" + style + "\""));
        CHECK(finish::strand_flow_words(&p, combed, finish::strands_of(combed), 0.5F).size() ==
              finish::kStrandFlowNumbers);
    }
    const Sitter bearded = sit(person(both + R"(,"presentation":1,"beard.style":"circle")"));
    CHECK(finish::beard_roots_words(p, bearded).size() == finish::kBeardRootsNumbers);
    CHECK(finish::beard_words(p, bearded).size() == finish::kBeardNumbers);
    const auto worn = finish::worn_words(p, sitter);
    CHECK(worn.size() == finish::kWornNumbers);
    CHECK(worn.size() + kHeaderWords <= kPassWords);
    const auto number = [&](int i) { return std::bit_cast<float>(worn[static_cast<std::size_t>(i)]); };
    CHECK(number(finish::kEarStyle) == 2.0F);
    CHECK(number(finish::kGlassesOn) == 1.0F);
    CHECK(number(finish::kScale) > 6.0F);  // half-widths a metre
    CHECK(number(finish::kScale) < 11.0F);
    CHECK(number(finish::kUpperHalf) > 0.0F);
    CHECK(number(finish::kBox) < number(finish::kBox + 2));
}

TEST_CASE("an eye is drawn where it looks: a black pupil, a coloured iris, a white") {
    const std::string pale =
        R"(,"eyes.pigment":0,"eyes.green":0,"eyes.pupil":0.5,"glasses.style":"none","earrings.style":"none")";
    const Points p = points(pale);
    const Painted with = painted(pale), without = painted(pale, false);
    for (const std::size_t eye : {std::size_t{kEyeAnchors}, std::size_t{kEyeAnchors + 2}}) {
        const AnchorPoint& front = p.anchors[eye + 1];
        // Below the middle, where the studio is not mirrored.
        CHECK(with.at(front.x + 0.004F, front.y + 0.012F) < 40);
        CHECK(with.at(front.x - 0.033F, front.y + 0.006F) > 60);  // iris
        CHECK(with.at(front.x + 0.065F, front.y + 0.006F) > with.at(front.x - 0.033F, front.y + 0.006F) + 20);
        CHECK(without.at(front.x, front.y) > 120);
    }
    const Points aside = points(R"(,"gaze.x":20,"eyes.pupil":0.5)");
    const Painted looking = painted(R"(,"gaze.x":20,"eyes.pupil":0.5,"glasses.style":"none")");
    CHECK(looking.at(aside.anchors[kEyeAnchors + 1].x, aside.anchors[kEyeAnchors + 1].y) < 60);
}

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
        for (std::size_t i = 0; i < n * 2 / 5; ++i) {  // hair above the brows, dark, that runs nowhere
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

TEST_CASE("a fringe hangs down to its ends, whatever the network says of them") {
    const auto upright = [](const std::string& style) {  // 0 .. 1, of strands just above the brows
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
                  y = static_cast<int>((p.anchors[19].y - 0.12F + 1) * 128);
        float up = -1;
        REQUIRE(
            run_float(*made, layers, nullptr, [&](std::size_t pass, double, std::span<const float> image) {
                if (made->passes[pass].primitive == "strand_flow")
                    up = std::abs(image[4 * static_cast<std::size_t>(y * 256 + x) + 1]);
            }));
        return up;
    };
    CHECK(upright("long_fringe") > 0.8F);
    CHECK(upright("afro") < 0.3F);
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

TEST_CASE("oily skin shines, and less in a shadow") {
    const std::string face =
        R"(,"presentation":0,"skin.tone":6,"skin.freckles":0,"skin.moles":0,"glasses.style":"none","makeup.blush":0,"beard.shadow":0,"skin.oil":)";
    const Points p = points(face + "1");
    Layers lit = grey(p), shadowed = lit;
    for (float& x : shadowed.rgb) x *= 0.25F;
    const auto shine = [&](const Layers& layers) {  // in the mean over a cheek
        const Painted dry = painted(face + "0", p, layers), oily = painted(face + "1", p, layers);
        float sum = 0;
        for (int j = -6; j <= 6; ++j)
            for (int i = -6; i <= 6; ++i) {
                const float x = p.anchors[35].x + 0.12F + 0.008F * static_cast<float>(i),
                            y = p.anchors[35].y + 0.008F * static_cast<float>(j);
                const auto a = dry.rgb(x, y), b = oily.rgb(x, y);
                sum += std::pow(static_cast<float>(b[1]) / 255, 2.2F) -
                       std::pow(static_cast<float>(a[1]) / 255, 2.2F);
            }
        return sum / 169;
    };
    const float bright = shine(lit);
    CHECK(bright > 0.008F);
    CHECK(shine(shadowed) < 0.8F * bright);
}

TEST_CASE("a shaven beard is seen as a shadow on lip, chin and jaw") {
    const std::string face =
        R"(,"presentation":1,"hair.melanin":0.9,"hair.grey":0,"skin.tone":3,"skin.freckles":0,"skin.moles":0,"glasses.style":"none","makeup.lips":0,"beard.shadow":)";
    const Points p = points(face + "1");
    const Layers layers = grey(p);
    const auto shaved = [&](const std::string& much) { return painted(face + much, p, layers); };
    const Painted none = shaved("0"), some = shaved("0.4"), all = shaved("1");
    const auto darker = [&](const Painted& with, float x, float y) {  // in the mean around a place
        int sum = 0;
        for (int j = -3; j <= 3; ++j)
            for (int i = -3; i <= 3; ++i) {
                const float u = x + 0.008F * static_cast<float>(i), v = y + 0.008F * static_cast<float>(j);
                sum += none.at(u, v) - with.at(u, v);
            }
        return sum / 49;
    };
    const AnchorPoint &chin = p.anchors[8], &lip = p.anchors[51], &nose = p.anchors[33],
                      &cheek = p.anchors[45], &jaw = p.anchors[4];
    CHECK(darker(all, chin.x, chin.y - 0.06F) > 15);
    CHECK(darker(all, 0.5F * (lip.x + nose.x), 0.5F * (lip.y + nose.y)) > 15);
    CHECK(darker(all, jaw.x + 0.06F, jaw.y - 0.02F) > 15);
    CHECK(darker(some, chin.x, chin.y - 0.06F) > 4);
    CHECK(darker(some, chin.x, chin.y - 0.06F) < darker(all, chin.x, chin.y - 0.06F) - 6);
    CHECK(darker(all, cheek.x, cheek.y + 0.12F) <= 2);
    CHECK(darker(all, nose.x, nose.y - 0.1F) == 0);
}

TEST_CASE("wrinkles lie where a face has them, as deep as is asked, and nowhere else") {
    struct Spot {
        float x, y;
    };
    const std::string bare =
        R"(,"glasses.style":"none","beard.shadow":0,"expression.brow_raise":0,"expression.smile":0,"skin.wrinkles":)";
    const Points p = points(bare + "1");
    const Painted smooth = painted(bare + "0"), some = painted(bare + "0.4"), deep = painted(bare + "1");
    // How far brightness moves within a box from `from` to `to`, against the face without wrinkles.
    const auto moved = [&](const Painted& with, Spot from, Spot to) {
        float most = 0;
        for (int j = 0; j <= 30; ++j)
            for (int i = 0; i <= 30; ++i) {
                const float x = from.x + (to.x - from.x) * static_cast<float>(i) / 30,
                            y = from.y + (to.y - from.y) * static_cast<float>(j) / 30;
                most = std::max(most, static_cast<float>(std::abs(with.at(x, y) - smooth.at(x, y))));
            }
        return most;
    };
    const AnchorPoint &brow = p.anchors[22], &wing = p.anchors[35], &mouth = p.anchors[54],
                      &chin = p.anchors[8];
    const Spot forehead{-0.15F, brow.y - 0.35F}, over_brow{0.15F, brow.y - 0.1F};
    CHECK(moved(deep, forehead, over_brow) > 8);
    CHECK(moved(some, forehead, over_brow) < moved(deep, forehead, over_brow));
    CHECK(moved(deep, {wing.x, wing.y}, {mouth.x + 0.12F, mouth.y}) > 8);
    CHECK(moved(deep, {chin.x - 0.1F, chin.y - 0.12F}, {chin.x + 0.1F, chin.y - 0.02F}) <= 2);
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
    CHECK(of(R"("hair.style":"long_wavy")").waves > 0.05F);
    CHECK(of(R"("hair.style":"long_curly")").waves_a_metre > of(R"("hair.style":"long_wavy")").waves_a_metre);
    CHECK(coils.hair_curls == 1.0F);
    CHECK(coils.hair_long < 0.2F);
    CHECK(beard.beard_long < combed.hair_long);
    CHECK(beard.beard_hangs > combed.beard_hangs);
    CHECK(beard.beard_curls > combed.beard_curls);
    const auto ropes = of(R"("hair.style":"locs_long","beard.style":"none")"),
               shaved = of(R"("hair.style":"buzz","beard.style":"none")");
    CHECK(ropes.ropes == 1.0F);
    CHECK(ropes.hair_curls < 0.2F);
    CHECK(of(R"("hair.style":"braids_two")").hair_curls < 0.2F);  // combed into braids
    CHECK(combed.ropes == 0.0F);

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
