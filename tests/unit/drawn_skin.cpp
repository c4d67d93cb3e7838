// What is drawn on a face: make-up, eyes, the shine of skin, the shadow of a beard, wrinkles.
#include "drawn.h"

#include "base/vec.h"
#include "finish/features.h"
#include "finish/primitives/eyes_numbers.h"
#include "sitter/makeup.h"

#include <bit>
#include <map>

using namespace limner;
using namespace limner::tests;

TEST_CASE("make-up lies on lips, lids and cheeks, in the colours that were asked for, and nowhere else") {
    const std::string face =
        R"(,"skin.tone":3,"skin.freckles":0,"skin.moles":0,"glasses.style":"none","earrings.style":"none","expression.jaw_open":0)";
    const Points p = points(face);
    Layers layers = grey(p);
    const auto mark = [&](std::size_t k) { return Vec2{p.anchors[k].x, p.anchors[k].y}; };
    const Vec2 lip = (mark(57) + mark(66)) * 0.5F, cheek = (mark(45) + mark(54)) * 0.5F + Vec2{0.05F, 0},
               lid = (mark(43) + mark(44)) * 0.5F - Vec2{0, 0.03F}, forehead = mark(27) - Vec2{0, 0.25F},
               line = (mark(43) + mark(44)) * 0.5F - Vec2{0, 0.006F}, corner = mark(45),
               wing = corner + Vec2{0.018F, -0.0126F};
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
    CHECK(redder(blush, cheek) >= 5);
    CHECK(std::abs(redder(blush, forehead)) <= 1);

    const Painted slate = with({{"eyes", 1.0F}, {"eyes_hue", 1.0F}});
    CHECK(darker(slate, lid) > 25);
    CHECK(redder(slate, lid) < -6);
    CHECK(redder(with({{"eyes", 1.0F}, {"eyes_hue", 0.0F}}), lid) > 10);
    CHECK(darker(slate, cheek) == 0);

    const Painted lined = with({{"liner", 1.0F}});
    CHECK(darker(lined, line) > 15);
    CHECK(darker(lined, wing) > 25);
    CHECK(darker(with({{"liner", 0.3F}}), wing) < 5);
    CHECK(darker(lined, forehead) == 0);
}

TEST_CASE(
    "an upper lid is light up to its fold, and in the shade above; fewer have one the more Asian they are") {
    const std::string face =
        R"(,"lashes.length":0,"makeup.eyes":0,"makeup.liner":0,"glasses.style":"none","eyes.fold":0,"ancestry.african":0,"ancestry.asian":)";
    const Points p = points(face + "0");  // the same face for both: only how it is drawn differs
    const Layers layers = grey(p);
    const Painted folded = painted(face + "0", p, layers), plain = painted(face + "1", p, layers);
    for (const auto& [a, b] : {std::pair{43, 44}, std::pair{37, 38}}) {
        const AnchorPoint &one = p.anchors[static_cast<std::size_t>(a)],
                          &other = p.anchors[static_cast<std::size_t>(b)];
        const float x = 0.5F * (one.x + other.x), y = 0.5F * (one.y + other.y);
        CHECK(folded.at(x, y - 0.016F) > plain.at(x, y - 0.016F) + 12);
        CHECK(folded.at(x, y - 0.036F) < plain.at(x, y - 0.036F) - 4);
        CHECK(folded.at(x, y - 0.075F) == plain.at(x, y - 0.075F));
    }
    // A lid that closes lets its fold stay where it is: farther from the margin.
    const auto fold = [](const Points& of) {
        return std::bit_cast<float>(finish::eye_words(of, sit(person("")))[finish::kEyeFold]);
    };
    Points closing = p;
    for (const std::size_t k : {43U, 44U}) closing.anchors[k].y += 0.04F;
    CHECK(fold(closing) == Catch::Approx(fold(p) + 0.032F).margin(0.012F));
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

namespace {

constexpr const char* kOily =
    R"(,"presentation":0,"skin.tone":8,"skin.freckles":0,"skin.moles":0,"glasses.style":"none","makeup.blush":0,"beard.shadow":0,"age":20,"skin.oil":)";

// All skin dark, lit from the left only; a ball's about a place, where it faces halfway between there and the camera.
Layers mirroring(const Points& p, Vec2 middle) {
    Layers layers = grey(p);
    const std::size_t n = layers.pixels();
    std::fill(layers.rgb.begin(), layers.rgb.end(), 0.15F);
    for (std::size_t i = 0; i < n; ++i) {
        const float x = -0.375F + 3 * ((static_cast<float>(i % 128) + 0.5F) / 64 - 1 - middle.x),
                    y = 0.283F - 3 * ((static_cast<float>(i / 128) + 0.5F) / 64 - 1 - middle.y),
                    shorter = 1 / std::sqrt(x * x + y * y + 0.78F);
        layers.normal[i] = x * shorter, layers.normal[n + i] = y * shorter,
        layers.normal[2 * n + i] = 0.883F * shorter;
        for (std::size_t k = 0; k < 8; ++k) layers.transfer[k * n + i] = k == 1 ? 1.0F : 0.0F;
    }
    return layers;
}

// Mean and deviation of linear light about a place.
std::pair<double, double> about(const Painted& seen, float x, float y) {
    double sum = 0, squares = 0;
    for (int j = -8; j <= 8; ++j)
        for (int i = -8; i <= 8; ++i) {
            const double green = std::pow(
                seen.rgb(x + 0.006F * static_cast<float>(i), y + 0.006F * static_cast<float>(j))[1] / 255.0,
                2.2);
            sum += green, squares += green * green;
        }
    const double mean = sum / 289;
    return {mean, std::sqrt(squares / 289 - mean * mean)};
}

}  // namespace

TEST_CASE("oily skin glints where it mirrors a light, less in a shadow, and is hardly paler for it") {
    const Points p = points(std::string(kOily) + "1");
    const Vec2 on{p.anchors[35].x + 0.12F, p.anchors[35].y};
    const Layers lit = mirroring(p, on);
    Layers shadowed = lit, straight = lit;
    for (float& x : shadowed.rgb) x *= 0.25F;
    straight.normal = grey(p).normal;
    const auto cheek = [&](const Layers& layers, const char* oil) {
        return about(painted(std::string(kOily) + oil, p, layers), on.x, on.y);
    };
    const auto oily = cheek(lit, "1"), dry = cheek(lit, "0");
    CHECK(oily.second > 1.4 * dry.second);
    CHECK(oily.second > 1.4 * cheek(straight, "1").second);
    CHECK(cheek(shadowed, "1").second < 0.4 * oily.second);
    CHECK(oily.first == Catch::Approx(dry.first).epsilon(0.3));
}

TEST_CASE("no more gloss is taken off skin than lies on it") {
    const Points p = points(std::string(kOily) + "1");
    const Vec2 on{p.anchors[35].x + 0.12F, p.anchors[35].y};
    // Light that skin mirrors is white; without it there is the tone's own hue.
    const auto darkest = [&](float blue) {
        Layers layers = mirroring(p, on);
        std::fill_n(layers.rgb.begin() + static_cast<std::ptrdiff_t>(2 * layers.pixels()), layers.pixels(),
                    0.15F * blue);
        const Painted oily = painted(std::string(kOily) + "1", p, layers);
        int least = 255;
        for (int j = -8; j <= 8; ++j)
            for (int i = -8; i <= 8; ++i)
                least = std::min(least, oily.rgb(on.x + 0.006F * static_cast<float>(i),
                                                 on.y + 0.006F * static_cast<float>(j))[0]);
        return least;
    };
    CHECK(darkest(tone_blue(8)) > darkest(1) + 5);
}

TEST_CASE("a forehead's middle and a nose are oilier than temples and cheeks") {
    const Points p = points(std::string(kOily) + "1");
    const auto glint = [&](float x, float y) {
        const Layers layers = mirroring(p, {x, y});
        const auto with = [&](const char* oil) {
            return about(painted(std::string(kOily) + oil, p, layers), x, y).second;
        };
        return with("0.3") - with("0");
    };
    const AnchorPoint &nose = p.anchors[30], &inner = p.anchors[21], &outer = p.anchors[17];
    const float above = inner.y - 0.18F, middle = 0.5F * (p.anchors[21].x + p.anchors[22].x);
    CHECK(glint(nose.x, nose.y - 0.05F) > 1.3 * glint(p.anchors[2].x + 0.12F, nose.y));
    CHECK(glint(middle, above) > 1.3 * glint(outer.x, above));
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

TEST_CASE("wrinkles lie where a face has them, as deep as is asked; elsewhere old skin is rough") {
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
    // Elsewhere skin only gets rougher: it is as light as it was.
    const auto mean = [&](const Painted& of) {
        int sum = 0;
        for (int j = 0; j < 20; ++j)
            for (int i = 0; i < 40; ++i)
                sum += of.at(chin.x + 0.005F * static_cast<float>(i - 20),
                             chin.y - 0.02F - 0.005F * static_cast<float>(j));
        return static_cast<float>(sum) / 800;
    };
    CHECK(mean(deep) == Catch::Approx(mean(smooth)).margin(2));
    const float rough = moved(deep, {chin.x - 0.1F, chin.y - 0.12F}, {chin.x + 0.1F, chin.y - 0.02F});
    CHECK(rough > 3);
    CHECK(rough < moved(deep, forehead, over_brow));
}

TEST_CASE("between lips that are apart there are teeth, and it is dark below them") {
    const std::string
        open =
            R"(,"expression.smile":0.7,"expression.smile_open":1,"pose.yaw":0,"pose.pitch":0,"pose.roll":0,"makeup.lips":0,"beard.style":"none")",
        gaping =
            R"(,"expression.surprise":1,"pose.yaw":0,"pose.pitch":0,"pose.roll":0,"makeup.lips":0,"beard.style":"none")";
    // Of the mouth's middle: brightness from lip to lip, those so much less apart.
    const auto column = [&](const std::string& set, float apart) {
        Points p = points(set);
        for (const auto& [above, below] : {std::pair<std::size_t, std::size_t>{61, 67}, {62, 66}, {63, 65}}) {
            const AnchorPoint& lip = p.anchors[above];
            AnchorPoint& other = p.anchors[below];
            other.x = lip.x + apart * (other.x - lip.x), other.y = lip.y + apart * (other.y - lip.y);
        }
        const Painted painted_one = painted(set, p, grey(p));
        const AnchorPoint &upper = p.anchors[62], &lower = p.anchors[66];
        std::vector<int> out;
        for (int k = 1; k < 40; ++k) {
            const float t = static_cast<float>(k) / 40;
            out.push_back(
                painted_one.at(upper.x + (lower.x - upper.x) * t + 0.01F, upper.y + (lower.y - upper.y) * t));
        }
        return out;
    };
    const std::vector<int> smiles = column(open, 1), gapes = column(gaping, 1), slit = column(open, 0.1F);
    CHECK(*std::max_element(smiles.begin(), smiles.end()) > 150);  // teeth
    CHECK(gapes[30] < 60);                                         // no teeth so far down
    CHECK(*std::max_element(gapes.begin(), gapes.begin() + 20) > gapes[30] + 60);
    // Where lips hardly part no light comes to them.
    CHECK(slit[20] < smiles[20] - 60);
}
