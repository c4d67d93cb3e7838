// Grooming: the same sitter is groomed the same way, mirrored ones mirrored, and hair stays outside the head. On an egg with
// ears and landmarks, so that no assets are needed.
#include "groom.h"
#include "fixture.h"
#include "groom/make.h"
#include "groom/style.h"

#include <cmath>
#include <map>

using namespace limner;
using namespace limner::sitters;

namespace {

constexpr Vec3 egg_centre{0, 0.025F, -0.068F}, egg_radii{0.074F, 0.096F, 0.096F};

Vec3 on_egg(Vec3 d) {
    const Vec3 u{d.x / egg_radii.x, d.y / egg_radii.y, d.z / egg_radii.z};
    return egg_centre + d * (1.0F / std::sqrt(dot(u, u)));
}
Vec3 egg_normal(Vec3 p) {
    const Vec3 d = p - egg_centre;
    return normalize({d.x / (egg_radii.x * egg_radii.x), d.y / (egg_radii.y * egg_radii.y),
                      d.z / (egg_radii.z * egg_radii.z)});
}
Vec3 front(float x, float y) {  // the egg's surface seen from the front
    const float u = x / egg_radii.x, v = (y - egg_centre.y) / egg_radii.y;
    return {x, y, egg_centre.z + egg_radii.z * std::sqrt(std::max(0.0F, 1 - u * u - v * v))};
}

Body egg() {
    Body body;
    body.head_position.resize(19158);
    body.head_normal.resize(19158, Vec3{0, 0, 1});
    constexpr int across = 96, down = 64;
    for (int j = 0; j <= down; ++j)
        for (int i = 0; i < across; ++i) {
            const float a = 6.2831853F * static_cast<float>(i) / across,
                        e = 3.1415927F * (static_cast<float>(j) / down - 0.5F);
            const auto k = static_cast<std::size_t>(j * across + i);
            const Vec3 p = on_egg({std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)});
            body.head_position[k] = p;
            body.head_normal[k] = egg_normal(p);
            if (j == down) continue;
            const auto at = [&](int x, int y) { return static_cast<std::uint32_t>(y * across + x % across); };
            body.head_quad.push_back({at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)});
        }
    // Vertices of the ears that the groomer looks for.
    body.head_position[12038] = {0.088F, -0.004F, -0.087F},
    body.head_position[5439] = {-0.088F, -0.004F, -0.087F};
    body.head_position[12329] = {0.073F, -0.046F, -0.067F},
    body.head_position[5732] = {-0.073F, -0.046F, -0.067F};
    for (int k = 0; k < 5; ++k) {
        const float x = 0.012F + 0.010F * static_cast<float>(k),
                    y = 0.020F - 0.0010F * static_cast<float>(k * k - 3 * k);
        body.landmarks[static_cast<std::size_t>(22 + k)] = front(x, y);
        body.landmarks[static_cast<std::size_t>(21 - k)] = front(-x, y);
    }
    const float lid[6][2] = {{-0.046F, 0}, {-0.038F, 0.005F},  {-0.026F, 0.005F},
                             {-0.017F, 0}, {-0.026F, -0.004F}, {-0.038F, -0.004F}};
    constexpr int mirror[6] = {45, 44, 43, 42, 47, 46};
    for (int k = 0; k < 6; ++k) {
        body.landmarks[static_cast<std::size_t>(36 + k)] = front(lid[k][0], lid[k][1]);
        body.landmarks[static_cast<std::size_t>(mirror[k])] = front(-lid[k][0], lid[k][1]);
    }
    for (int k = 0; k < 12; ++k) {
        const float a = 3.1415927F * (1 - static_cast<float>(k) / 6);
        body.landmarks[static_cast<std::size_t>(48 + k)] =
            front(0.024F * std::cos(a), -0.022F + 0.008F * std::sin(a));
    }
    body.landmarks[33] = front(0, -0.004F);
    for (int k = 0; k < 17; ++k) {
        const float a = (static_cast<float>(k) / 8 - 1) * 1.5F;
        body.landmarks[static_cast<std::size_t>(k)] =
            on_egg(normalize({std::sin(a), -0.35F - 0.95F * std::cos(a), std::cos(a)}));
    }
    body.eye_left = {0.031F, 0, 0.004F}, body.eye_right = {-0.031F, 0, 0.004F};
    return body;
}

const Body& head() {
    static const Body body = egg();
    return body;
}

Sitter sitter_with(std::string_view style, std::map<std::string, float> numbers = {},
                   std::string_view beard = "none") {
    Sitter s = plain();
    for (const Attribute& a : schema().attributes) {
        Value& v = s.values[static_cast<std::size_t>(schema().index(a.id))];
        const std::string_view wanted = a.id == "hair.style"    ? style
                                        : a.id == "beard.style" ? beard
                                                                : std::string_view{};
        for (std::size_t i = 0; !wanted.empty() && i < a.choices.size(); ++i)
            if (a.choices[i].id == wanted) v.choice = static_cast<int>(i);
        if (const auto it = numbers.find(a.id); it != numbers.end()) v.numbers = {it->second};
    }
    s.noise.assign(static_cast<std::size_t>(schema().noise_count), 0.25F);
    return s;
}

std::size_t strand_count(const std::vector<Strands>& all, Strand kind) {
    std::size_t n = 0;
    for (const Strands& s : all)
        if (s.kind == kind) n += s.first.size() - 1;
    return n;
}

double mean_length(const std::vector<Strands>& all, Strand kind) {
    double total = 0;
    std::size_t n = 0;
    for (const Strands& s : all)
        if (s.kind == kind)
            for (std::size_t i = 0; i + 1 < s.first.size(); ++i, ++n)
                for (std::uint32_t k = s.first[i]; k + 1 < s.first[i + 1]; ++k)
                    total += length(s.point[k + 1] - s.point[k]);
    return total / static_cast<double>(std::max<std::size_t>(1, n));
}

}  // namespace

TEST_CASE("Every style of the schema has a groom", "[groom]") {
    const Attribute* styles = schema().find("hair.style");
    REQUIRE(styles);
    for (const Choice& c : styles->choices) {
        INFO(c.id);
        REQUIRE(find_style(c.id));
    }
}

TEST_CASE("Every style is whole, finite and outside the head", "[groom]") {
    const Attribute* styles = schema().find("hair.style");
    const Head truth(head(), false);
    for (const Choice& c : styles->choices) {
        INFO(c.id);
        const std::vector<Strands> all = groom(head(), sitter_with(c.id));
        std::size_t points = 0, inside = 0, broken = 0;
        for (const Strands& s : all) {
            REQUIRE(s.first.front() == 0);
            REQUIRE(s.first.back() == s.point.size());
            REQUIRE(s.clump.size() + 1 == s.first.size());
            for (std::size_t i = 0; i + 1 < s.first.size(); ++i) {
                REQUIRE(s.first[i + 1] >= s.first[i] + 3);
                for (std::uint32_t k = s.first[i]; k < s.first[i + 1]; ++k, ++points) {
                    const Vec3 p = s.point[k];
                    if (!(std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z)) || length(p) > 1)
                        ++broken;
                    else if (k > s.first[i] + 1 && truth.field.distance(p) < -0.0015F)
                        ++inside;
                }
            }
        }
        CHECK(broken == 0);
        CAPTURE(points);
        CHECK(points < 470000);
        CHECK(static_cast<double>(inside) < 0.01 * static_cast<double>(points));
        const std::size_t hairs = strand_count(all, Strand::hair);
        if (c.id == "bald")
            CHECK(hairs == 0);
        else
            CHECK(hairs > 8000);
        CHECK(strand_count(all, Strand::brow) > 300);
        CHECK(strand_count(all, Strand::lash) > 150);
    }
}

TEST_CASE("The same sitter is groomed the same way", "[groom]") {
    for (const char* style : {"long_wavy", "curls_short", "box_braids", "bun_high"}) {
        const Sitter s = sitter_with(style, {{"hair.part", 0.4F}}, "full_medium");
        const std::vector<Strands> a = groom(head(), s), b = groom(head(), s);
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            REQUIRE(a[i].first == b[i].first);
            bool same = true;
            for (std::size_t k = 0; k < a[i].point.size(); ++k)
                same = same && a[i].point[k].x == b[i].point[k].x && a[i].point[k].y == b[i].point[k].y &&
                       a[i].point[k].z == b[i].point[k].z;
            CHECK(same);
        }
    }
}

TEST_CASE("Mirrored sitters have mirrored hair", "[groom]") {
    for (const char* style : {"side_part", "curtains", "curls_short", "afro", "crown_braid"}) {
        INFO(style);
        const std::vector<Strands> a = groom(head(), sitter_with(style, {{"hair.part", 0.5F}})),
                                   b = groom(head(), sitter_with(style, {{"hair.part", -0.5F}}));
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            REQUIRE(strand_count(a, a[i].kind) > 0);
            // The egg's own corners round differently on either side: compare where the mass of hair lies.
            Vec3 ma, mb;
            for (const Vec3& p : a[i].point) ma = ma + p * (1.0F / static_cast<float>(a[i].point.size()));
            for (const Vec3& p : b[i].point) mb = mb + p * (1.0F / static_cast<float>(b[i].point.size()));
            CHECK(std::fabs(ma.x + mb.x) < 0.003F);
            CHECK(std::fabs(ma.y - mb.y) < 0.003F);
            CHECK(std::fabs(ma.z - mb.z) < 0.003F);
        }
    }
}

TEST_CASE("Longer is longer, and no hair hangs before the eyes", "[groom]") {
    for (const char* style : {"buzz", "side_part", "bob", "curls_medium", "afro", "locs_short"}) {
        INFO(style);
        double last = 0;
        for (const float wish : {-1.0F, -0.5F, 0.0F, 0.5F, 1.0F}) {
            const double mean =
                mean_length(groom(head(), sitter_with(style, {{"hair.length", wish}})), Strand::hair);
            CHECK(mean > last);
            last = mean;
        }
    }
    for (const char* style :
         {"long_wavy", "bob_fringe", "mop", "curls_big", "curtains", "ponytail_low", "braid_side"}) {
        INFO(style);
        std::size_t before = 0, strands = 0;
        for (const Strands& s : groom(head(), sitter_with(style, {{"hair.part", 0.4F}})))
            if (s.kind == Strand::hair)
                for (std::size_t i = 0; i + 1 < s.first.size(); ++i, ++strands)
                    for (std::uint32_t k = s.first[i]; k < s.first[i + 1]; ++k) {
                        const Vec3 p = s.point[k];
                        if (p.z > 0.012F && std::fabs(p.x) < 0.042F && p.y < 0.008F && p.y > -0.03F) {
                            ++before;
                            break;
                        }
                    }
        CHECK(static_cast<double>(before) < 0.001 * static_cast<double>(strands));
    }
}

TEST_CASE("Beards grow with their length and stay off the lips", "[groom]") {
    double last = 0;
    for (const char* beard : {"stubble", "boxed_short", "full_medium", "full_long"}) {
        const double mean =
            mean_length(groom(head(), sitter_with("crew", {{"presentation", 0.95F}}, beard)), Strand::beard);
        CHECK(mean > last);
        last = mean;
    }
    for (const Choice& c : schema().find("beard.style")->choices) {
        INFO(c.id);
        const std::vector<Strands> all = groom(head(), sitter_with("crew", {{"presentation", 0.95F}}, c.id));
        if (c.id == "none") {
            CHECK(strand_count(all, Strand::beard) == 0);
            continue;
        }
        CHECK(strand_count(all, Strand::beard) > 150);
        for (const Strands& s : all)
            if (s.kind == Strand::beard)
                for (std::size_t i = 0; i + 1 < s.first.size(); ++i) {
                    const Vec3 root = s.point[s.first[i]];
                    const float u = root.x / 0.024F, v = (root.y + 0.022F) / 0.008F;
                    CHECK(u * u + v * v > 0.95F);
                }
    }
}
