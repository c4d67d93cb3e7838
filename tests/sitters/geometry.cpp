// The sitters' bodies: what a label says is where it should be in space. Needs the assets; says so and skips without them.
#include "fixture.h"

#include <cstring>

using namespace limner;
using namespace limner::sitters;

namespace {

float gap(const Body& b, int i, int j) { return length(b.landmarks[i] - b.landmarks[j]); }
float lids(const Body& b, bool left) {
    return left ? gap(b, 43, 47) + gap(b, 44, 46) : gap(b, 37, 41) + gap(b, 38, 40);
}

Vec3 looks(const Body& b, bool left) {  // the cornea's apex from the eyeball's centre
    for (const Mesh& m : b.meshes)
        if (m.name == (left ? "cornea_left" : "cornea_right"))
            return normalize(m.position[0] - (left ? b.eye_left : b.eye_right));
    FAIL("no cornea");
    return {};
}

}  // namespace

TEST_CASE("the head turns as far as its label says", "[geometry]") {
    for (const float yaw : {-35.0F, -12.0F, 0.0F, 20.0F, 35.0F}) {
        const Body b = build_body(assets(), with(plain(), "pose.yaw", yaw));
        const Vec3 across = b.landmarks[45] - b.landmarks[36];
        CHECK(std::atan2(-across.z, across.x) * 57.29578F == Catch::Approx(yaw).margin(0.6));
        CHECK(length(b.eye_left + b.eye_right) < 1e-5F);
    }
    const Body up = build_body(assets(), with(plain(), "pose.pitch", 20)),
               tilted = build_body(assets(), with(plain(), "pose.roll", 15));
    CHECK(up.head_to_world.turn({0, 0, 1}).y == Catch::Approx(std::sin(20 / 57.29578F)).margin(1e-4));
    CHECK(tilted.landmarks[27].x > tilted.landmarks[8].x);
}

TEST_CASE("eyes look into the lens whatever the head does, and aside by their label", "[geometry]") {
    for (const float yaw : {-20.0F, 0.0F, 20.0F}) {
        const Body b = build_body(assets(), with(plain(), "pose.yaw", yaw));
        for (const bool left : {true, false}) {
            const Vec3 to_lens = normalize(Vec3{0, 0, 1} - (left ? b.eye_left : b.eye_right));
            CHECK(dot(looks(b, left), to_lens) > std::cos(0.5F / 57.29578F));
        }
    }
    CHECK(looks(build_body(assets(), with(plain(), "gaze.x", 15)), true).x > 0.2F);
    CHECK(looks(build_body(assets(), with(plain(), "gaze.y", -12)), true).y < -0.15F);
    // A head turned away holds the eyes at thirty degrees.
    const Body far = build_body(assets(), with(with(plain(), "pose.yaw", 35), "gaze.x", -25));
    CHECK(dot(far.head_to_world.turn({0, 0, 1}), looks(far, true)) > std::cos(30.5F / 57.29578F));
}

TEST_CASE("the mouth opens with its label", "[geometry]") {
    float before = -1;
    for (const float open : {0.0F, 0.15F, 0.4F, 0.7F, 1.0F}) {
        const float now = gap(build_body(assets(), with(plain(), "expression.jaw_open", open)), 62, 66);
        CHECK(now > before);
        before = now;
    }
    CHECK(before > 0.018F);
    CHECK(gap(build_body(assets(), plain()), 62, 66) < 0.002F);
}

TEST_CASE("gums stay behind the skin above the smallest chin", "[geometry]") {
    Sitter s = plain();
    for (const char* id : {"chin.height", "chin.projection", "face.length", "mouth.lower_lip"})
        s = with(s, id, -1);
    const Body b = build_body(assets(), s);
    const auto skin_before =
        [&](const Vec3& p) {  // how far forward it is, within three millimetres of the place
            float z = -1;
            for (const Mesh& m : b.meshes)
                if (m.surface == Surface::skin)
                    for (const Vec3& q : m.position)
                        if (std::hypot(q.x - p.x, q.y - p.y) < 0.003F) z = std::max(z, q.z);
            return z;
        };
    int looked = 0, out = 0;
    for (const Mesh& m : b.meshes) {
        if (m.name != "gums") continue;
        for (const Vec3& p : m.position) {
            if (p.y > b.landmarks[57].y) continue;  // below the lips
            ++looked;
            out += p.z > skin_before(p) ? 1 : 0;
        }
    }
    CHECK(looked > 100);
    CHECK(out == 0);
}

TEST_CASE("lids close over each eye by blink and wink", "[geometry]") {
    const float open = lids(build_body(assets(), plain()), true);
    CHECK(open > 0.011F);
    const Body shut = build_body(assets(), with(plain(), "expression.blink", 1));
    CHECK(lids(shut, true) < 0.25F * open);
    CHECK(lids(shut, false) < 0.25F * open);
    const Body wink =
        build_body(assets(), with(plain(), "expression.wink", 1));  // positive: the picture's right
    CHECK(lids(wink, true) < 0.3F * open);
    CHECK(lids(wink, false) > 0.7F * open);
    float before = 1;
    for (const float blink : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
        const float now = lids(build_body(assets(), with(plain(), "expression.blink", blink)), true);
        CHECK(now < before);
        before = now;
    }
}

TEST_CASE("contempt and smiles lift the corners they say", "[geometry]") {
    const Body neutral = build_body(assets(), with(plain(), "expression.smile", 0));
    const Body contempt =
        build_body(assets(), with(with(plain(), "expression.smile", 0), "expression.contempt", 1));
    const float left = contempt.landmarks[54].y - neutral.landmarks[54].y,
                right = contempt.landmarks[48].y - neutral.landmarks[48].y;
    CHECK(left > 0.0015F);
    CHECK(left > 2 * right);
    const Body smile = build_body(assets(), with(plain(), "expression.smile", 1));
    CHECK(gap(smile, 48, 54) > 1.04F * gap(neutral, 48, 54));
    CHECK(smile.landmarks[54].y > neutral.landmarks[54].y + 0.001F);
}

TEST_CASE("a mirrored sitter has a mirrored body", "[geometry]") {
    Sitter s = plain();
    auto& identity = s.values[static_cast<std::size_t>(schema().index("identity"))].numbers;
    for (std::size_t i = 0; i < identity.size(); ++i) identity[i] = std::sin(static_cast<float>(i) * 2.1F);
    s = with(with(with(s, "face.asymmetry", 0.6F), "pose.yaw", 18), "expression.contempt", 0.5F);
    const Body a = build_body(assets(), s), b = build_body(assets(), mirrored(s));
    for (const int pair :
         {36 * 100 + 45, 48 * 100 + 54, 4 * 100 + 12, 30 * 100 + 30, 8 * 100 + 8, 19 * 100 + 24}) {
        const Vec3 p = a.landmarks[static_cast<std::size_t>(pair / 100)],
                   q = b.landmarks[static_cast<std::size_t>(pair % 100)];
        CHECK(length(p - Vec3{-q.x, q.y, q.z}) <
              0.0016F);  // landmarks are picked vertices, about 1.5 mm apart
    }
}

TEST_CASE("every garment, frame and earring is sound, and the same each time", "[geometry]") {
    for (const char* id : {"clothes.style", "glasses.style", "earrings.style"}) {
        const auto index = static_cast<std::size_t>(schema().index(id));
        for (std::size_t choice = 0; choice < schema().attributes[index].choices.size(); ++choice) {
            Sitter s = plain();
            s.values[index].choice = static_cast<int>(choice);
            const Body b = build_body(assets(), s), again = build_body(assets(), s);
            REQUIRE(b.meshes.size() == again.meshes.size());
            for (std::size_t m = 0; m < b.meshes.size(); ++m) {
                const Mesh& mesh = b.meshes[m];
                INFO(id << " " << choice << " " << mesh.name);
                REQUIRE(mesh.normal.size() == mesh.position.size());
                REQUIRE(mesh.uv.size() == mesh.position.size());
                CHECK(std::memcmp(mesh.position.data(), again.meshes[m].position.data(),
                                  mesh.position.size() * sizeof(Vec3)) == 0);
                bool sound = true;
                for (std::size_t k = 0; k < mesh.position.size(); ++k)
                    sound = sound && std::isfinite(dot(mesh.position[k], mesh.position[k])) &&
                            std::abs(length(mesh.normal[k]) - 1) < 1e-2F;
                for (const auto& t : mesh.triangle)
                    for (const std::uint32_t v : t) sound = sound && v < mesh.position.size();
                CHECK(sound);
            }
        }
    }
}

TEST_CASE("missing assets are a sentence", "[geometry]") {
    const auto nothing = load_assets("no/such/folder", "no/cache");
    REQUIRE(!nothing);
    CHECK(nothing.error().code == "assets.missing");
    CHECK(nothing.error().sentence.find("LIMNER_ASSETS") != std::string::npos);
}
