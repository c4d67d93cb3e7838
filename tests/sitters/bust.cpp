// Busts: a sound mesh of the renderer's own skin, and what the pack's bust makes of it is where the renderer's camera sees it.
#include "bust.h"

#include "anchors.h"
#include "fixture.h"
#include "generator/bust.h"
#include "unit/repository_file.h"
#include "vectors.h"

#include <map>

using namespace limner;
using namespace limner::sitters;

TEST_CASE("busts: the mesh is one surface, front faces out, and begins with the landmarks") {
    const BustMesh mesh = bust_mesh(assets());
    CHECK(mesh.vertex.size() == bust_vertices);
    for (std::size_t i = 0; i < 68; ++i) CHECK(mesh.vertex[i] == assets().landmark[i]);
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> edges;
    float out = 0, all = 0;
    for (const Triangle& t : mesh.triangle) {
        for (std::size_t i = 0; i < 3; ++i) {
            REQUIRE(t[i] < mesh.vertex.size());
            ++edges[{t[i], t[(i + 1) % 3]}];
        }
        const Vec3 n = cross(mesh.rest[t[1]] - mesh.rest[t[0]], mesh.rest[t[2]] - mesh.rest[t[0]]);
        out += n.z;
        all += length(n);
    }
    for (const auto& [edge, count] : edges) CHECK(count == 1);  // each way once: no fold, no third sheet
    CHECK(out > 0.3F * all);
}

TEST_CASE("busts: what the pack makes of a sitter's numbers is the renderer's sitter") {
    const auto known =
        Bust::open(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count);
    REQUIRE(known);
    const auto vertices = anchor_vertices(assets());
    Recipe recipe;
    double off = 0;
    int count = 0;
    for (int i = 0; i < 8; ++i) {
        recipe.seed = "bust test/" + std::to_string(i);
        const Sitter sitter = sit(recipe);
        const Anchors anchors = anchors_of(assets(), vertices, sitter);
        const auto posed = known->posed(network_input(sitter));
        for (std::size_t k = 0; k < 68; ++k, ++count)
            off += std::hypot(posed[k].x - anchors[k].x, posed[k].y - anchors[k].y) * 128;
    }
    CHECK(off / count < 0.6);  // pixels of 256
}

TEST_CASE("busts: decimation keeps what must stay and what is round") {
    // A half-sphere of 24 x 12 quads.
    std::vector<Vec3> ball;
    std::vector<Triangle> triangles;
    constexpr std::uint32_t around = 24, up = 12;
    for (std::uint32_t j = 0; j <= up; ++j)
        for (std::uint32_t i = 0; i < around; ++i) {
            const float a = 2 * kPi * static_cast<float>(i) / around,
                        b = 0.45F * kPi * static_cast<float>(j) / up;
            ball.push_back({std::cos(a) * std::cos(b), std::sin(a) * std::cos(b), std::sin(b)});
        }
    for (std::uint32_t j = 0; j < up; ++j)
        for (std::uint32_t i = 0; i < around; ++i) {
            const std::uint32_t p = j * around + i, q = j * around + (i + 1) % around;
            triangles.push_back({p, q, q + around});
            triangles.push_back({p, q + around, p + around});
        }
    std::vector<float> weight(ball.size(), 1);
    std::vector<std::uint8_t> kept(ball.size(), 0);
    kept[100] = 1;
    const std::vector<std::vector<Vec3>> shapes{ball};
    const auto left = decimated(shapes, triangles, weight, kept, 80);
    std::map<std::uint32_t, int> used;
    for (const Triangle& t : left)
        for (const std::uint32_t v : t) ++used[v];
    CHECK(used.size() == 80);
    CHECK(used.contains(100));
    float area = 0, before = 0;
    const auto size = [&](const Triangle& t) {
        return length(cross(ball[t[1]] - ball[t[0]], ball[t[2]] - ball[t[0]])) / 2;
    };
    for (const Triangle& t : left) area += size(t);
    for (const Triangle& t : triangles) before += size(t);
    CHECK(area > 0.93F * before);
}
