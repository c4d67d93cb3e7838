// Fittings: hair, glasses, necklines and earrings lie where the sitter's values say. Needs the assets; says so and skips.
#include "fittings.h"

#include "anchors.h"
#include "fixture.h"

#include <catch_amalgamated.hpp>

#include <cstring>
#include <set>

using namespace limner;
using namespace limner::sitters;

namespace {

Sitter choosing(Sitter s, std::string_view id, std::string_view choice) {
    const Attribute& a = *schema().find(id);
    for (std::size_t k = 0; k < a.choices.size(); ++k)
        if (a.choices[k].id == choice)
            s.values[static_cast<std::size_t>(schema().index(id))].choice = static_cast<int>(k);
    REQUIRE(s.choice(id) == choice);
    return s;
}

Fittings fitted(const Sitter& sitter) {
    static const auto roots = mane_roots(assets());
    return fittings_of(assets(), roots, sitter);
}

float mean_of(const Fittings& f, int from, int to, float (*what)(const Fitting&)) {
    float sum = 0;
    for (int i = from; i < to; ++i) sum += what(f[static_cast<std::size_t>(i)]);
    return sum / static_cast<float>(to - from);
}
float seen(const Fitting& f) { return f.seen; }
float down(const Fitting& f) { return -f.vector.y; }
float height(const Fitting& f) { return -f.y; }

}  // namespace

TEST_CASE("fittings: the mane's roots are spread over both sides of the scalp") {
    const auto roots = mane_roots(assets());
    REQUIRE(roots.size() == kManeRoots);
    CHECK(std::set(roots.begin(), roots.end()).size() == kManeRoots);
    for (std::size_t i = 0; i < roots.size(); i += 2) {
        const Vec3 a = assets().average[roots[i]], b = assets().average[roots[i + 1]];
        CHECK(length(a - Vec3{-b.x, b.y, b.z}) < 1e-3F);
        for (std::size_t j = 0; j < i; ++j) CHECK(length(a - assets().average[roots[j]]) > 0.014F);
    }
}

TEST_CASE("fittings: long hair hangs, short hair does not, and who is bald has none") {
    const Fittings lengthy = fitted(choosing(plain(), "hair.style", "long_straight")),
                   buzz = fitted(choosing(plain(), "hair.style", "buzz")),
                   bald = fitted(choosing(plain(), "hair.style", "bald"));
    const auto tips = [](const Fittings& f, float (*what)(const Fitting&)) {
        float sum = 0;
        for (int r = 0; r < kManeRoots; ++r) sum += what(f[static_cast<std::size_t>(kMane + 2 * r + 1)]);
        return sum / kManeRoots;
    };
    CHECK(tips(lengthy, height) < tips(buzz, height) - 0.8F);
    CHECK(tips(lengthy, down) > 0.8F);
    CHECK(tips(buzz, down) < 0.5F);
    CHECK(mean_of(buzz, kMane, kTail, seen) > 0.2F);
    CHECK(mean_of(bald, kMane, kTail, seen) == 0);
    CHECK(mean_of(bald, kRise, kFittings, seen) == 0);
    // Where nothing grows the points stay on the scalp.
    CHECK(tips(bald, height) == Catch::Approx(tips(buzz, height)).margin(0.1));
}

TEST_CASE("fittings: only tied hair has a tail") {
    CHECK(mean_of(fitted(choosing(plain(), "hair.style", "long_wavy")), kTail, kGlasses, seen) == 0);
    const Fittings bun = fitted(choosing(plain(), "hair.style", "bun_high"));
    CHECK(mean_of(bun, kTail, kGlasses, seen) > 0.3F);
    // A ball's outline: the left half lies left of the right half, each from above to below.
    for (std::size_t k = kTail; k < kTail + 8; ++k) CHECK(bun[k].x < bun[k + 8].x);
    CHECK(bun[kTail].y < bun[kTail + 7].y);
    const Fittings braids = fitted(choosing(plain(), "hair.style", "braids_two"));
    CHECK(braids[kTail + 4].x < -0.3F);
    CHECK(braids[kTail + 12].x > 0.3F);
    CHECK(braids[kTail + 7].y > braids[kTail].y + 0.3F);
}

TEST_CASE("fittings: putting glasses on changes nothing but that they are seen") {
    const Sitter without = choosing(plain(), "glasses.style", "none");
    const Fittings off = fitted(without), on = fitted(choosing(without, "glasses.style", "oval"));
    for (std::size_t i = 0; i < kFittings; ++i) {
        CHECK(std::memcmp(&off[i], &on[i], offsetof(Fitting, seen)) == 0);
        const bool glasses = i >= kGlasses && i < kCollar;
        if (glasses) CHECK(off[i].seen == 0);
        if (!glasses) CHECK(off[i].seen == on[i].seen);
    }
    CHECK(mean_of(on, kGlasses, kGlasses + 2 * kLensPoints + 1, seen) == 1);
}

TEST_CASE("fittings: rims surround the eyes") {
    const auto vertices = anchor_vertices(assets());
    for (const char* style : {"round", "rectangle", "aviator", "cat_eye"}) {
        const Sitter sitter = with(choosing(plain(), "glasses.style", style), "pose.yaw", -18);
        const Fittings f = fitted(sitter);
        const Anchors anchors = anchors_of(assets(), vertices, sitter);
        for (int lens = 0; lens < 2; ++lens) {
            const Anchor& eye = anchors[static_cast<std::size_t>(kAnchors - 3 + 2 * lens)];
            float turned = 0;  // once around, whichever way
            for (int k = 0; k < kLensPoints; ++k) {
                const Fitting
                    &a = f[static_cast<std::size_t>(kGlasses + lens * kLensPoints + k)],
                    &b = f[static_cast<std::size_t>(kGlasses + lens * kLensPoints + (k + 1) % kLensPoints)];
                const float ax = a.x - eye.x, ay = a.y - eye.y, bx = b.x - eye.x, by = b.y - eye.y;
                turned += std::atan2(ax * by - ay * bx, ax * bx + ay * by);
            }
            CHECK(std::abs(turned) == Catch::Approx(6.2832).margin(0.01));
            // It begins at the temple and goes up.
            const Fitting* rim = &f[static_cast<std::size_t>(kGlasses + lens * kLensPoints)];
            CHECK((rim[0].x > rim[8].x) == (lens == 0));
            CHECK(rim[4].y < rim[12].y);
        }
    }
}

TEST_CASE("fittings: a turned head hides the far temple and the far earring") {
    const Sitter bare = choosing(choosing(choosing(plain(), "hair.style", "bald"), "glasses.style", "round"),
                                 "earrings.style", "stud");
    const std::size_t left = kGlasses + 2 * kLensPoints + 2, right = left + 2;
    const Fittings to_right = fitted(with(bare, "pose.yaw", 32)),
                   to_left = fitted(with(bare, "pose.yaw", -32));
    CHECK(to_right[left].seen < 0.1F);
    CHECK(to_right[right].seen > 0.9F);
    CHECK(to_left[left].seen > 0.9F);
    CHECK(to_left[right].seen < 0.1F);
    CHECK(to_right[kEarrings].seen < to_right[kEarrings + 1].seen);
    CHECK(to_left[kEarrings].seen > to_left[kEarrings + 1].seen);
    // Hair falls over it.
    const Fittings hidden = fitted(choosing(with(bare, "pose.yaw", 32), "hair.style", "long_straight"));
    CHECK(hidden[kEarrings + 1].seen < 0.5F * to_right[kEarrings + 1].seen);
}

TEST_CASE("fittings: a neckline runs from shoulder to shoulder, lower where the garment is cut lower") {
    const Sitter sitter = with(choosing(plain(), "hair.style", "buzz"), "pose.pitch", 10);
    const Fittings high = fitted(choosing(sitter, "clothes.style", "turtleneck")),
                   low = fitted(choosing(sitter, "clothes.style", "scoop"));
    for (std::size_t k = kCollar; k < kEarrings; ++k) {
        CHECK(low[k].y > high[k].y);
        if (k >= kCollar + 2 && k < kEarrings - 2) CHECK(low[k].x < low[k + 1].x);
    }
    CHECK(mean_of(high, kCollar, kEarrings, seen) > 0.5F);
}

TEST_CASE("fittings: the file says what it holds, and the same sitter makes the same") {
    Recipe recipe;
    recipe.seed = "twice";
    const Sitter sitter = sit(recipe);
    const Fittings f = fitted(sitter);
    const auto bytes = fitting_file({network_input(sitter)}, {f});
    CHECK(bytes == fitting_file({network_input(sitter)}, {fitted(sitter)}));
    std::uint32_t head[4];
    REQUIRE(bytes.size() > 20);
    CHECK(std::memcmp(bytes.data(), "LFIT", 4) == 0);
    std::memcpy(head, bytes.data() + 4, sizeof head);
    CHECK(head[0] == 1);
    CHECK(head[2] == static_cast<std::uint32_t>(kFittings));
    CHECK(head[3] == 1);
    CHECK(bytes.size() == 20 + 4 * (head[1] + 7 * head[2]));
    for (const Fitting& p : f) {
        CHECK(std::abs(p.x) <= 3);
        CHECK(std::abs(p.y) <= 3);
        CHECK(std::isfinite(p.depth));
        CHECK(length(p.vector) < 1.001F);
        CHECK((p.seen >= 0 && p.seen <= 1));
    }
}
