// Hair falls in locks (src/finish/primitives/locks.cpp): what the plan's "mould" makes of the source.
#include "drawn.h"

#include <numeric>
#include <span>
#include <vector>

using namespace limner;
using namespace limner::tests;

namespace {

constexpr std::size_t kSide = 128, kPixels = kSide * kSide;

// A cap of hair on a grey face before nothing: hair down to the brows, skin between the temples below them, and nothing beside either.
Layers capped(const Points& p) {
    Layers layers = grey(p);
    for (std::size_t i = 0; i < kPixels; ++i) {
        const std::size_t x = i % kSide, y = i / kSide;
        const bool hair = y > 16 && y < 52 && x > 24 && x < 104, face = y >= 52 && x > 36 && x < 92;
        layers.alpha[i] = hair || face ? 1.0F : 0.0F;
        layers.regions[i] = face ? layers.regions[i] : 0.0F;
        layers.regions[3 * kPixels + i] *= face ? 1.0F : 0.0F;
        layers.regions[kPixels + i] = hair ? 1.0F : 0.0F;
        if (hair)
            for (std::size_t c = 0; c < 3; ++c) layers.rgb[c * kPixels + i] = 0.1F;
        layers.strands[i] = -1;  // it hangs
    }
    return layers;
}

struct Moulded {
    Layers before;
    std::vector<float> after;  // planes
    float at(std::size_t plane, std::size_t i) const { return after[plane * kPixels + i]; }
};

Moulded moulded(const std::string& set) {
    const Points p = points(set);
    Moulded made{capped(p), {}};
    LayersInfo info = layers_info(made.before);
    info.points = &p;
    const auto of = plan(info, person(set), styles());
    REQUIRE(of);
    const auto keep = [&](std::size_t pass, double, std::span<const float> image) {
        if (of->passes[pass].primitive == "mould") made.after.assign(image.begin(), image.end());
    };
    REQUIRE(run_float(*of, made.before, nullptr, keep));
    return made;
}

const std::string kCurls = R"(,"hair.style":"curls_medium")";

}  // namespace

TEST_CASE("hair that can fall falls in locks, and everything is drawn on those") {
    for (const char* style : {"curls_medium", "long_wavy", "long_straight", "locs_short", "afro", "crew"}) {
        INFO(style);
        CHECK(passes(R"(,"hair.style":")" + std::string(style) + "\"", "mould") == 1);
    }
    for (const char* style : {"bald", "buzz", "cornrows"}) {
        INFO(style);
        CHECK(passes(R"(,"hair.style":")" + std::string(style) + "\"", "mould") == 0);
    }
    const Points p = points(kCurls);
    LayersInfo info{256, 256, false};
    info.points = &p;
    const auto made = plan(info, person(kCurls), styles());
    REQUIRE(made);
    REQUIRE(made->source > 2);
    const PlanImage size = made->images[static_cast<std::size_t>(made->source)];
    CHECK(size.width * size.height * 4 == 256 * 256 * kSourcePlanes);
    for (const PlanPass& pass : made->passes)
        if (pass.primitive != "locks" && pass.primitive != "mould")
            CHECK(std::count(pass.inputs.begin(), pass.inputs.end(), 0) == 0);
}

TEST_CASE("locks change hair and its outline, and nothing else") {
    const Moulded made = moulded(kCurls);
    REQUIRE(made.after.size() == 28 * kPixels);
    int outside = 0, holes = 0;
    float before = 0, after = 0, least = 9, most = 0;
    for (std::size_t i = 0; i < kPixels; ++i) {
        const std::size_t x = i % kSide, y = i / kSide;
        if (y > 60) {  // the face, and what is beside it
            for (std::size_t plane = 0; plane < 3; ++plane)
                CHECK(made.at(plane, i) == made.before.rgb[plane * kPixels + i]);
            CHECK(made.at(3, i) == made.before.alpha[i]);
            CHECK(made.at(8, i) == made.before.regions[i]);
        }
        float light = 0;
        for (std::size_t k = 16; k < 24; ++k) light += made.at(k, i);
        CHECK(light == Catch::Approx(1).margin(1e-3));
        const bool hair = made.before.regions[kPixels + i] > 0;
        if (y < 48) outside += !hair && made.at(9, i) > 0.5F, holes += hair && made.at(3, i) < 0.5F;
        if (hair && y > 22 && y < 46 && x > 30 && x < 98) {
            before += made.before.rgb[i], after += made.at(0, i);
            least = std::min(least, made.at(0, i)), most = std::max(most, made.at(0, i));
        }
    }
    CHECK(outside > 20);
    CHECK(holes > 20);
    CHECK(after == Catch::Approx(before).epsilon(0.06));
    CHECK(most > 1.5F * least);
}

TEST_CASE("untidy hair falls in farther strewn locks, held hair hardly moves") {
    const auto moved = [](const std::string& set) {
        const Moulded made = moulded(set);
        float all = 0;
        for (std::size_t i = 0; i < kPixels; ++i) all += std::abs(made.at(3, i) - made.before.alpha[i]);
        return all;
    };
    const float tidy = moved(kCurls + R"(,"hair.messy":0)"), untidy = moved(kCurls + R"(,"hair.messy":1)"),
                held = moved(R"(,"hair.style":"bun_high","hair.messy":0)");
    CHECK(untidy > 1.3F * tidy);
    CHECK(held < 0.3F * tidy);
}

TEST_CASE("a lock's sides take more of the light that they face") {
    // Where it is brightest under the light from the left it is not under the one from the right.
    const Moulded made = moulded(kCurls);
    double both = 0, left_only = 0, right_only = 0;
    for (std::size_t y = 24; y < 44; ++y)
        for (std::size_t x = 32; x < 96; ++x) {
            const std::size_t i = y * kSide + x;
            const float left = made.at(17, i) * made.at(0, i) - 0.0125F,
                        right = made.at(18, i) * made.at(0, i) - 0.0125F;
            both += left * right, left_only += left * left, right_only += right * right;
        }
    CHECK(both < 0.95 * std::sqrt(left_only * right_only));
}
