// The pack's bust: the mesh is where the skeleton has a face, and its maps are what the network was taught with.
#include "drawn_bust.h"

#include <numeric>

using namespace limner;
using namespace limner::tests;

namespace {

constexpr int kSide = 128;
constexpr std::size_t kPlane = kSide * kSide;

struct Maps {
    std::vector<float> near, lit;
    float at(std::size_t plane, std::size_t pixel) const { return near[plane * kPlane + pixel]; }
    float mean(std::size_t plane) const {
        const auto from = near.begin() + static_cast<std::ptrdiff_t>(plane * kPlane);
        return std::accumulate(from, from + kPlane, 0.0F) / kPlane;
    }
    float light(std::size_t l) const {
        const auto from = lit.begin() + static_cast<std::ptrdiff_t>((l + 1) * kPlane / 4);
        return std::accumulate(from, from + kPlane / 4, 0.0F);
    }
};

Maps maps(const std::string& set) {
    Maps m{std::vector<float>(kBustMaps * kPlane), std::vector<float>(kLitMaps * kPlane / 4)};
    bust().maps(numbers(set), kSide, m.near, m.lit);
    return m;
}

std::size_t light_named(const std::string& id) {
    for (std::size_t l = 0; l < schema().lights.size(); ++l)
        if (schema().lights[l].id == id) return l;
    FAIL("there is no light " + id);
    return 0;
}

}  // namespace

TEST_CASE("the bust has its landmarks where the skeleton has them, whatever the pose") {
    for (const char* set : {"", R"(,"pose.yaw":30)", R"(,"pose.yaw":-25,"pose.pitch":12,"pose.roll":8)",
                            R"(,"expression.smile":1,"face.width":1,"age":70)"}) {
        CAPTURE(set);
        const auto vertices = bust().posed(numbers(set));
        const Points p = points(set);
        float off = 0;
        for (std::size_t i = 0; i < kLandmarks; ++i)
            off += std::hypot(vertices[i].x - p.anchors[i].x, vertices[i].y - p.anchors[i].y) * 128;
        CHECK(off / kLandmarks < 1.2F);  // pixels of 256; the skeleton alone is off by half a one
        for (const Bust::Vertex& v : vertices)
            CHECK(std::abs(std::hypot(v.normal[0], v.normal[1], v.normal[2]) - 1) < 1e-3F);
    }
}

TEST_CASE("maps say what is skin, which way it faces, and what each light does") {
    const Maps m = maps("");
    CHECK(m.mean(0) > 0.3F);
    CHECK(m.mean(0) < 0.75F);
    for (std::size_t i = 0; i < kPlane; ++i) {
        const float cover = m.at(0, i);
        REQUIRE(cover >= 0);
        REQUIRE(cover <= 1);
        const float length = std::hypot(m.at(1, i), m.at(2, i), m.at(3, i));
        REQUIRE(length <= cover + 1e-3F);
        REQUIRE(m.at(7, i) >= 0);
        REQUIRE(m.at(7, i) <= cover * 1.05F);
    }
    // The left light comes from the picture's left, where the nose's shadow is not.
    const std::size_t left = light_named("left"), right = light_named("right"), low = light_named("low");
    const auto half = [&](std::size_t l, bool right_half) {
        float sum = 0;
        for (std::size_t i = 0; i < kPlane / 4; ++i)
            if ((i % (kSide / 2) >= kSide / 4) == right_half) sum += m.lit[(l + 1) * kPlane / 4 + i];
        return sum;
    };
    CHECK(half(left, false) > 1.5F * half(left, true));
    CHECK(half(right, true) > 1.5F * half(right, false));
    // Whoever looks up gets less of what comes from below, and an open mouth is a hole.
    CHECK(maps(R"(,"pose.pitch":15)").light(low) < maps(R"(,"pose.pitch":-15)").light(low));
    CHECK(maps(R"(,"expression.jaw_open":1)").mean(0) < m.mean(0) - 0.002F);
}

TEST_CASE("maps say how much brighter skin is at its spots than it is painted, which differs most in ears") {
    const Maps m = maps("");
    double ears = 0, cheeks = 0;
    int in_ears = 0, in_cheeks = 0;
    for (std::size_t i = 0; i < kPlane; ++i) {
        for (std::size_t plane = 8; plane < kBustMaps; ++plane) {
            REQUIRE(std::abs(m.at(plane, i)) <= m.at(0, i) * 0.66F);  // exp(1 / 2) - 1
            if (m.at(0, i) < 1) continue;
            const float x = std::abs(m.at(4, i)) / kBustScale, y = m.at(5, i) / kBustScale,
                        z = m.at(6, i) / kBustScale;
            const bool ear = x > 0.07F && y > -0.05F && y < 0.02F && z < -0.05F,
                       cheek = x > 0.03F && x < 0.05F && y > -0.05F && y < -0.03F;
            const double square = static_cast<double>(m.at(plane, i)) * m.at(plane, i);
            if (ear) ears += square, ++in_ears;
            if (cheek) cheeks += square, ++in_cheeks;
        }
    }
    CHECK(in_ears > 50);
    CHECK(in_cheeks > 200);
    CHECK(ears / in_ears > 4 * cheeks / in_cheeks);
}

TEST_CASE("of a head that turns to the right one sees more of what faces left") {
    const auto facing = [](const Maps& m) { return m.mean(1) / m.mean(0); };
    CHECK(facing(maps(R"(,"pose.yaw":30)")) < facing(maps(R"(,"pose.yaw":-30)")) - 0.05F);
}

TEST_CASE("what has no bust is refused in a sentence") {
    const auto code = [](const std::vector<std::uint8_t>& bytes, int inputs) {
        const auto made = Bust::open(bytes, inputs);
        if (made) return std::string("accepted");
        CHECK(made.error().sentence.ends_with('.'));
        return made.error().code;
    };
    const int inputs = schema().input_count;
    CHECK(code({}, inputs) == "network.form");
    CHECK(code(repository_file("tests/fuzz/corpus/network/every-step.onnx"), inputs) == "bust.none");
    CHECK(code(repository_file("models/portrait/portrait.fp32.onnx"), inputs - 1) == "bust.none");
    // Both precisions hold the same one.
    const auto half = Bust::open(repository_file("models/portrait/portrait.fp16.onnx"), inputs);
    REQUIRE(half);
    const auto a = half->posed(numbers("")), b = bust().posed(numbers(""));
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].x == b[i].x);
}
