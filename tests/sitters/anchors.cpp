// Anchors: cheap to make, and exactly where the renderer's camera sees the same points. Needs the assets; says so and skips.
#include "anchors.h"

#include "camera.h"
#include "fixture.h"

#include <catch_amalgamated.hpp>

#include <cstring>

using namespace limner;
using namespace limner::sitters;

TEST_CASE("anchors: the landmarks are where the portrait has them") {
    const auto vertices = anchor_vertices(assets());
    REQUIRE(vertices.size() == 68 + kSpreadAnchors);
    Recipe recipe;
    for (const char* seed : {"one", "two", "three"}) {
        recipe.seed = seed;
        const Sitter sitter = sit(recipe);
        const Body body = build_body(assets(), sitter);
        const Camera camera(body, 256);
        const Anchors anchors = anchors_of(assets(), vertices, sitter);
        for (std::size_t i = 0; i < 68; ++i) {
            const Vec2 seen = camera.project(body.landmarks[i]);
            CHECK(std::abs((anchors[i].x + 1) * 128 - seen.x) < 0.01F);
            CHECK(std::abs((anchors[i].y + 1) * 128 - seen.y) < 0.01F);
        }
        for (const Anchor& a : anchors) CHECK(std::abs(length(a.normal) - 1) < 1e-3F);
    }
}

TEST_CASE("anchors: the front of the eye moves with the gaze, and nothing else does") {
    const auto vertices = anchor_vertices(assets());
    const Sitter ahead = plain();
    const Anchors before = anchors_of(assets(), vertices, ahead),
                  after = anchors_of(assets(), vertices, with(ahead, "gaze.x", 20));
    const std::size_t left = 68 + kSpreadAnchors;
    CHECK(after[left + 1].x > before[left + 1].x + 0.02F);
    CHECK(after[left + 3].x > before[left + 3].x + 0.02F);
    CHECK(std::abs(after[left].x - before[left].x) < 1e-4F);
    CHECK(std::abs(after[30].x - before[30].x) < 1e-4F);  // the nose
}

TEST_CASE("anchors: the file says what it holds") {
    const auto vertices = anchor_vertices(assets());
    const Sitter sitter = plain();
    const auto bytes = anchor_file({network_input(sitter)}, {anchors_of(assets(), vertices, sitter)});
    std::uint32_t head[4];
    REQUIRE(bytes.size() > 20);
    CHECK(std::memcmp(bytes.data(), "LANC", 4) == 0);
    std::memcpy(head, bytes.data() + 4, sizeof head);
    CHECK(head[0] == 1);
    CHECK(head[2] == static_cast<std::uint32_t>(kAnchors));
    CHECK(head[3] == 1);
    CHECK(bytes.size() == 20 + 4 * (head[1] + 6 * head[2]));
}
