#include "face_hair.h"

#include <algorithm>
#include <array>

namespace limner::sitters {

namespace {

// A point on the brow's ridge, t = 0 at the nose, 1 at the tail, through the five landmarks (Catmull-Rom).
Vec3 ridge(const std::array<Vec3, 5>& p, float t) {
    const float at = std::clamp(t, -0.12F, 1.1F) * 4;
    const int i = std::clamp(static_cast<int>(std::floor(at)), 0, 3);
    const float u = at - static_cast<float>(i);
    const auto get = [&](int k) {
        if (k < 0) return p[0] * 2 - p[1];
        if (k > 4) return p[4] * 2 - p[3];
        return p[static_cast<std::size_t>(k)];
    };
    const Vec3 a = get(i - 1), b = get(i), c = get(i + 1), d = get(i + 2);
    return (b * 2 + (c - a) * u + (a * 2 - b * 5 + c * 4 - d) * (u * u) +
            (b * 3 - a - c * 3 + d) * (u * u * u)) *
           0.5F;
}

template <std::size_t N>
float along(const std::array<std::array<float, 2>, N>& knots, float x) {
    if (x <= knots[0][0]) return knots[0][1];
    for (std::size_t i = 1; i < N; ++i)
        if (x < knots[i][0])
            return mix(knots[i - 1][1], knots[i][1], (x - knots[i - 1][0]) / (knots[i][0] - knots[i - 1][0]));
    return knots[N - 1][1];
}

// Angle of a hair above the outward direction of the ridge (radians), half width (mm) and density along a
// brow.
constexpr std::array<std::array<float, 2>, 6> angle{
    {{0, 1.25F}, {0.12F, 0.95F}, {0.3F, 0.55F}, {0.55F, 0.28F}, {0.8F, 0.02F}, {1, -0.18F}}};
constexpr std::array<std::array<float, 2>, 6> half_width{
    {{-0.05F, 2.6F}, {0.1F, 4.1F}, {0.35F, 4.4F}, {0.6F, 3.6F}, {0.85F, 2.1F}, {1.05F, 0.7F}}};
constexpr std::array<std::array<float, 2>, 6> density{
    {{-0.05F, 0.22F}, {0.08F, 0.62F}, {0.25F, 0.95F}, {0.6F, 1}, {0.85F, 0.85F}, {1.05F, 0.35F}}};

}  // namespace

void grow_brows(const Head& head, const Wish& wish, Strands& out) {
    constexpr int points = 6;
    const float thick = wish.brow_thickness;
    const float man = ramp(0.3F, 0.85F, wish.presentation), old = ramp(55, 80, wish.age);
    out.kind = Strand::brow;
    out.root_radius = 3.4e-5F;
    out.tip_radius = 1.1e-5F;
    for (int side = 0; side < 2; ++side) {
        Random random(wish.seed ^ (0xB205ULL + static_cast<std::uint64_t>(side)));
        std::array<Vec3, 5> knots;
        for (int k = 0; k < 5; ++k)
            knots[static_cast<std::size_t>(k)] = head.landmark(side == 0 ? 21 - k : 22 + k);
        const float tail = random.between(-0.5F, 0.5F) * 0.0008F, tilt = random.normal() * 0.0005F;
        // Landmarks run along the brow's upper edge and round the ridge; hair lies lower and straighter.
        const Vec3 inner = knots[0], outer = knots[4];
        for (int k = 0; k < 5; ++k) {
            const float t = static_cast<float>(k) / 4;
            Vec3& p = knots[static_cast<std::size_t>(k)];
            p.y = mix(p.y, mix(inner.y, outer.y, t) + 0.0035F * std::sin(3.1415927F * std::pow(t, 1.25F)),
                      0.45F) -
                  mix(0.0030F, 0.0052F, man);
            // The arch lifts two thirds out and lowers the tail.
            p.y +=
                wish.brow_arch * (0.0030F * std::exp(-20.0F * (t - 0.64F) * (t - 0.64F)) - 0.0012F * t * t) +
                tail * t + tilt * (1 - t);
        }
        const float out_x = side == 0 ? -1.0F : 1.0F;
        const int count = static_cast<int>(mix(260, 560, thick) * mix(0.95F, 1.1F, man) * (1 - 0.15F * old));
        const float wide = mix(0.62F, 1.6F, thick) * mix(0.92F, 1.12F, man);
        const float end = mix(0.98F, 0.94F, man);
        int made = 0;
        for (int attempt = 0; attempt < count * 9 && made < count; ++attempt) {
            const float t = random.between(-0.07F, end);
            if (random.unit() * 4.4F > along(density, t) * along(half_width, t)) continue;
            float v = random.normal() * 0.52F;  // across, -1 … 1 with soft edges
            const float ragged = 1 + 0.12F * wobble(t * 14, static_cast<std::uint32_t>(wish.seed) +
                                                                static_cast<std::uint32_t>(side));
            if (std::fabs(v) > 1.15F) continue;
            const float h = along(half_width, t) * 0.001F * wide * ragged;
            const Vec3 at = ridge(knots, t);
            const Vec3 ahead = normalize(ridge(knots, std::min(t + 0.04F, 1.09F)) - ridge(knots, t - 0.04F));
            Field::Here here = head.field.at(at);
            const Vec3 tangent = normalize(ahead - here.normal * dot(ahead, here.normal));
            Vec3 up = cross(here.normal, tangent);
            if (up.y < 0) up = up * -1.0F;
            Vec3 p = at + up * (v * h);
            here = head.field.at(p);
            p = p - here.normal * here.distance;
            // Lower hairs sweep up, upper ones lie down, so that they meet in the ridge.
            float a = along(angle, std::clamp(t, 0.0F, 1.0F)) - v * 0.38F + random.normal() * 0.13F;
            if (random.unit() < 0.02F) a += random.normal() * 0.35F;
            const float grey_coil = old * (random.unit() < 0.25F ? 1.0F : 0.0F);
            const float len =
                0.0088F * mix(0.82F, 1.08F, thick) *
                along(
                    std::array<std::array<float, 2>, 4>{{{0, 0.72F}, {0.25F, 1}, {0.7F, 0.95F}, {1, 0.62F}}},
                    t) *
                (1 - 0.22F * std::fabs(v)) * random.between(0.62F, 1.12F) * (1 + 0.5F * grey_coil);
            const Vec3 start = tangent * std::cos(a) + up * std::sin(a);
            const float bend = -0.5F - 0.35F * random.unit() + 0.9F * std::min(0.0F, a);
            if (out.first.empty()) out.first.push_back(0);
            Vec3 q = p - here.normal * 0.0003F;
            const float rise = 0.0007F + 0.0006F * random.unit() + 0.0012F * grey_coil;
            for (int k = 0; k < points; ++k) {
                const float s = static_cast<float>(k) / (points - 1);
                if (k > 0) {
                    const float turn = bend * s * 0.6F * (a > 0 ? 1.0F : 0.4F);
                    const Vec3 d =
                        start * std::cos(turn) + (up * std::cos(a) - tangent * std::sin(a)) * std::sin(turn);
                    q = q + d * (len / (points - 1));
                    const Field::Here on = head.field.at(q);
                    const float height = 0.0002F + rise * std::sin(s * 2.6F);
                    q = q + on.normal * (height - on.distance);
                }
                out.point.push_back(head.to_world(q));
            }
            out.first.push_back(static_cast<std::uint32_t>(out.point.size()));
            out.clump.push_back(static_cast<std::uint32_t>(std::max(0.0F, t * 12)) + (out_x > 0 ? 100U : 0U));
            ++made;
        }
    }
}

}  // namespace limner::sitters
