#include "scalp.h"

#include <algorithm>

namespace limner::sitters {

namespace {

constexpr float degrees = 57.29578F;

// Vertices of the MakeHuman base mesh, left and right.
constexpr std::array<int, 2> ear_outermost{12038, 5439}, ear_lobe{12329, 5732};

void add_triangle(std::vector<SurfaceSample>& out, const Vec3* p, const Vec3* n) {
    const float longest = std::max({length(p[1] - p[0]), length(p[2] - p[1]), length(p[0] - p[2])});
    const int steps = std::clamp(static_cast<int>(longest / 0.0075F), 0, 24);
    if (steps == 0) return;
    const float s = 1.0F / static_cast<float>(steps + 1);
    for (int i = 0; i <= steps; ++i)
        for (int j = 0; i + j <= steps; ++j) {
            const float a = (static_cast<float>(i) + 0.33F) * s, b = (static_cast<float>(j) + 0.33F) * s,
                        c = 1 - a - b;
            out.push_back({p[0] * a + p[1] * b + p[2] * c, normalize(n[0] * a + n[1] * b + n[2] * c)});
        }
}

std::vector<SurfaceSample> samples_of(const Body& body, bool mirror) {
    std::vector<SurfaceSample> out;
    out.reserve(40000);
    const auto flip = [&](Vec3 v) { return Vec3{mirror ? -v.x : v.x, v.y, v.z}; };
    const auto inside = [](Vec3 p) { return p.y > -0.34F && p.z > -0.30F && std::fabs(p.x) < 0.27F; };
    std::vector<char> used(body.head_position.size(), 0);
    for (const auto& q : body.head_quad) {
        Vec3 c, n;
        for (const std::uint32_t v : q) {
            c = c + body.head_position[v] * 0.25F;
            n = n + body.head_normal[v];
        }
        if (!inside(c)) continue;
        out.push_back({flip(c), flip(normalize(n))});
        for (const std::uint32_t v : q)
            if (!used[v]) {
                used[v] = 1;
                out.push_back({flip(body.head_position[v]), flip(body.head_normal[v])});
            }
    }
    // Neck, shoulders and clothes as posed; the head itself is known better from above.
    for (const Mesh& mesh : body.meshes) {
        if ((mesh.surface != Surface::skin && mesh.surface != Surface::cloth) ||
            mesh.normal.size() != mesh.position.size())
            continue;
        std::vector<Vec3> p(mesh.position.size()), n(mesh.position.size());
        for (std::size_t i = 0; i < p.size(); ++i) {
            p[i] = flip(body.head_to_world.apply_inverse(mesh.position[i]));
            n[i] = flip(body.head_to_world.turn_back(mesh.normal[i]));
        }
        // Fine meshes are sampled sparsely.
        std::size_t every = std::max<std::size_t>(1, mesh.triangle.size() / 30000), count = 0;
        const float ceiling = mesh.surface == Surface::cloth ? 1.0F : -0.10F;
        for (const auto& t : mesh.triangle) {
            if (count++ % every != 0) continue;
            const Vec3 tp[3] = {p[t[0]], p[t[1]], p[t[2]]}, tn[3] = {n[t[0]], n[t[1]], n[t[2]]};
            const Vec3 c = (tp[0] + tp[1] + tp[2]) * (1.0F / 3);
            if (c.y > ceiling || !inside(c)) continue;
            out.push_back({c, normalize(tn[0] + tn[1] + tn[2])});
            add_triangle(out, tp, tn);
        }
    }
    return out;
}

template <std::size_t N>
float table(const std::array<std::array<float, 2>, N>& knots, float x) {
    if (x <= knots[0][0]) return knots[0][1];
    for (std::size_t i = 1; i < N; ++i)
        if (x < knots[i][0]) {
            const float t = (x - knots[i - 1][0]) / (knots[i][0] - knots[i - 1][0]);
            return mix(knots[i - 1][1], knots[i][1], t * t * (3 - 2 * t) * 0.5F + t * 0.5F);
        }
    return knots[N - 1][1];
}

}  // namespace

Head::Head(const Body& body, bool mirror)
    : field(samples_of(body, mirror)), body_(body), mirror_(mirror), body_to_world_(body.head_to_world) {
    float top = 0, back = 0, front = 0, half = 0;
    for (const auto& q : body.head_quad)
        for (const std::uint32_t i : q) {
            const Vec3 p = body.head_position[i];
            if (p.y < 0.035F || p.y > 0.2F) continue;
            top = std::max(top, p.y);
            back = std::min(back, p.z);
            front = std::max(front, p.z);
            if (p.y > 0.05F) half = std::max(half, std::fabs(p.x));
        }
    crown = top;
    centre = {0, top - 0.09F, (front + back) * 0.5F};
    radius = (half + (front - back) * 0.5F + 0.09F) / 3;
    for (int side = 0; side < 2; ++side) {
        ear[static_cast<std::size_t>(side)] = vertex_pair(ear_outermost[0], ear_outermost[1], side == 1);
        lobe[static_cast<std::size_t>(side)] = vertex_pair(ear_lobe[0], ear_lobe[1], side == 1);
    }
    brow = std::clamp((landmark(19).y + landmark(24).y) * 0.5F - 0.006F, 0.006F, 0.026F);
    down = flip(body.head_to_world.turn_back({0, -1, 0}));
    whorl = surface(from_polar(172, 58)).position;
}

Vec3 Head::landmark(int i) const {
    static constexpr std::array<int, 68> swapped{
        16, 15, 14, 13, 12, 11, 10, 9,  8,  7,  6,  5,  4,  3,  2,  1,  0,  26, 25, 24, 23, 22, 21,
        20, 19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36,
        41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65};
    const auto k = static_cast<std::size_t>(mirror_ ? swapped[static_cast<std::size_t>(i)] : i);
    return from_world(body_.landmarks[k]);
}

SurfaceSample Head::surface(Vec3 direction) const {
    float r = radius * 0.75F;
    Vec3 n = direction;
    for (int i = 0; i < 7; ++i) {
        const Field::Here h = field.at(centre + direction * r);
        const float slope = std::max(0.5F, dot(h.normal, direction));
        r = std::clamp(r - h.distance / slope, radius * 0.5F, radius * 1.6F);
        n = h.normal;
    }
    return {centre + direction * r, n};
}

Polar polar(Vec3 d) {
    d = normalize(d);
    return {std::atan2(d.x, d.z) * degrees, std::asin(std::clamp(d.y, -1.0F, 1.0F)) * degrees};
}

Vec3 from_polar(float azimuth, float elevation) {
    const float a = azimuth / degrees, e = elevation / degrees;
    return {std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)};
}

Hairline::Hairline(const Head& head, const Wish& wish, Kind kind)
    : kind_(kind), seed_(static_cast<std::uint32_t>(wish.seed >> 7)) {
    Random random(wish.seed ^ 0xA11CE);
    const float man = ramp(0.25F, 0.85F, wish.presentation);
    const float h = std::clamp(wish.hairline, 0.0F, 1.0F);
    recede_ = h;
    // The edge at the middle lies 50-70 mm above the eyes; temples retreat with the hairline.
    front_ = mix(17.5F, 20.0F, man) + h * 10 + random.normal() * 0.8F;
    peak_ = std::max(0.0F, random.between(-1.5F, 2.5F)) * mix(0.6F, 1, man);
    rough_ = mix(0.8F, 1.2F, man);
    float temple = mix(1.0F, 4.5F, man) + h * mix(5.0F, 17.0F, man);
    if (kind == Kind::receding) {
        front_ += 3;
        temple += 16;
    }
    const float wide = kind == Kind::receding ? 1.15F : 1;
    for (int side = 0; side < 2; ++side) {
        auto& k = side == 0 ? left_ : right_;
        const auto s = static_cast<std::size_t>(side);
        const Vec3 e = head.ear[s], l = head.lobe[s];
        const float x = e.x > 0 ? 0.07F : -0.07F;
        const auto at = [&](float dy, float dz) {
            const Polar q = polar(Vec3{x, e.y + dy, e.z + dz} - head.centre);
            return std::array<float, 2>{std::fabs(q.azimuth), q.elevation};
        };
        const float burn =
            mix(-0.006F, l.y - e.y + 0.018F, man);  // where sideburns end, below the ear's widest point
        const auto burn_front = at(burn, 0.062F), burn_back = at(burn - 0.002F, 0.043F),
                   ear_front = at(0.012F, 0.037F), above = at(0.023F, 0.008F), ear_back = at(0.010F, -0.014F),
                   behind = at(-0.030F, -0.020F), low = at(-0.058F, -0.026F);
        k[0] = {0, front_ - peak_};
        k[1] = {9, front_ + 0.2F};
        k[2] = {21 * wide, front_ + temple * 0.75F};
        k[3] = {33 * wide, front_ + temple * 0.85F - 2};
        k[4] = {43, front_ + temple * 0.30F - 6};
        k[5] = {50, 4 + temple * 0.1F};
        k[6] = burn_front;
        k[7] = burn_back;
        k[8] = ear_front;
        k[9] = above;
        k[10] = ear_back;
        k[11] = behind;
        k[12] = {std::max(low[0], behind[0] + 4), low[1]};
        for (std::size_t i = 1; i < k.size(); ++i) k[i][0] = std::max(k[i][0], k[i - 1][0] + 0.5F);
    }
}

float Hairline::above(Vec3 direction) const {
    const Polar p = polar(direction);
    const float a = std::fabs(p.azimuth);
    float limit = table(p.azimuth < 0 ? left_ : right_, a);
    if (a > 130) limit = mix(limit, -46.0F, ramp(130, 165, a));
    const auto s = static_cast<std::uint32_t>(p.azimuth < 0 ? 1 : 2) + seed_;
    limit +=
        rough_ * (1.0F * wobble(a / 7, s) + 0.9F * wobble(a / 2.1F, s + 9) + 0.5F * wobble(a / 0.8F, s + 17));
    return p.elevation - limit;
}

float Hairline::chance(Vec3 direction, float above) const {
    const Polar p = polar(direction);
    const float a = std::fabs(p.azimuth);
    const float soft = a < 50 ? 4.5F : a < 110 ? 3.0F : 5.0F;
    float chance = ramp(-0.45F * soft, soft, above);
    if (kind_ == Kind::natural || kind_ == Kind::receding) return chance;
    const float back = ramp(60, 120, a);
    if (kind_ == Kind::horseshoe) {  // only a band round the sides and back
        const float rim = mix(16.0F, 12.0F, back) + 4 * wobble(p.azimuth / 25, seed_ + 5);
        return chance * mix(1.0F, 0.012F, ramp(rim - 6, rim + 9, p.elevation)) *
               (a < 48 ? ramp(40, 48, a) : 1);
    }
    // Thinning: sparse over the top, sparsest at the crown.
    const float top = ramp(28, 60, p.elevation) * mix(0.80F, 1.0F, back);
    return chance * mix(1.0F, 0.05F, top) * mix(1.0F, 0.7F, ramp(10, 0, above) * ramp(60, 40, a));
}

std::vector<Root> scatter_roots(const Head& head, const Hairline& line, int count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Root> out;
    out.reserve(static_cast<std::size_t>(count));
    // Hair covers about 45 % of the sphere of directions; its lower cap is never tried.
    const int tries = static_cast<int>(static_cast<float>(count) * 1.43F);
    const float bottom = -0.72F;
    const float u0 = random.unit(), v0 = random.unit();
    for (int i = 0; i < tries; ++i) {
        float u = u0 + 0.7548776662F * static_cast<float>(i), v = v0 + 0.5698402910F * static_cast<float>(i);
        u -= std::floor(u), v -= std::floor(v);
        const float spread = 1.0F / std::sqrt(static_cast<float>(tries));
        v = clamp01(v + spread * 0.6F * (random.unit() - 0.5F));
        const float y = bottom + (1 - bottom) * v, s = std::sqrt(std::max(0.0F, 1 - y * y));
        const float a = 6.2831853F * (u + spread * 0.6F * (random.unit() - 0.5F));
        const Vec3 d{s * std::sin(a), y, s * std::cos(a)};
        const float above = line.above(d), roll = random.unit(), extra = random.unit();
        if (above < -4 || roll >= line.chance(d, above)) continue;
        const SurfaceSample at = head.surface(d);
        out.push_back({at.position, at.normal, polar(d), above, extra});
    }
    return out;
}

void thicken_edge(const Head& head, const Hairline& line, int count, Random& random,
                  std::vector<Root>& roots) {
    for (int i = 0; i < count; ++i) {
        const float azimuth = random.between(-72, 72), height = 9.0F * random.unit(), extra = random.unit();
        // The edge at this azimuth, then a little above it.
        float elevation = 50;
        for (int k = 0; k < 4; ++k) elevation -= line.above(from_polar(azimuth, elevation));
        const Vec3 d = from_polar(azimuth, elevation + height);
        const float above = line.above(d);
        if (std::fabs(above - height) > 3 || random.unit() >= line.chance(d, above - 1.0F)) continue;
        const SurfaceSample at = head.surface(d);
        roots.push_back({at.position, at.normal, polar(d), above, extra});
    }
}

}  // namespace limner::sitters
