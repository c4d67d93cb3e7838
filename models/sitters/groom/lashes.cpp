#include "face_hair.h"

#include <algorithm>
#include <array>

namespace limner::sitters {

namespace {

// Landmarks of a lid from the inner to the outer corner: the eye on -X, the eye on +X.
constexpr std::array<std::array<int, 4>, 2> upper_lid{{{39, 38, 37, 36}, {42, 43, 44, 45}}};
constexpr std::array<std::array<int, 4>, 2> lower_lid{{{39, 40, 41, 36}, {42, 47, 46, 45}}};

struct Lid {
    const std::array<std::array<int, 4>, 2>& margin;
    int count;
    float length;  // metres
    bool upper;
};

}  // namespace

void grow_lashes(const Head& head, const Wish& wish, const Vec3 eye_on_x[2], Strands& out) {
    constexpr int points = 7;
    const float man = ramp(0.3F, 0.85F, wish.presentation);
    out.kind = Strand::lash;
    out.root_radius = 3.2e-5F;
    out.tip_radius = 0.9e-5F;
    if (out.first.empty()) out.first.push_back(0);
    const float long_lash = mix(0.0060F, 0.0100F, wish.lash_length);
    const Lid lids[2] = {{upper_lid, static_cast<int>(mix(74, 104, wish.lash_length)), long_lash, true},
                         {lower_lid, static_cast<int>(mix(30, 46, wish.lash_length)),
                          mix(0.0034F, 0.0050F, wish.lash_length), false}};
    for (int side = 0; side < 2; ++side) {
        const bool plus = side == 1;
        const float outward = plus ? 1.0F : -1.0F;
        const Vec3 eye = eye_on_x[side];
        const int upper_mid = upper_lid[static_cast<std::size_t>(side)][1],
                  lower_mid = lower_lid[static_cast<std::size_t>(side)][1];
        const float closed = ramp(0.0065F, 0.0012F, head.landmark(upper_mid).y - head.landmark(lower_mid).y);
        for (const Lid& lid : lids) {
            Random random(wish.seed ^
                          (0x1A5ULL + static_cast<std::uint64_t>(side * 2 + (lid.upper ? 1 : 0))));
            std::array<Vec3, 4> m;
            for (std::size_t i = 0; i < 4; ++i)
                m[i] = head.landmark(lid.margin[static_cast<std::size_t>(side)][i]);
            const auto point = [&](float t) {  // Catmull-Rom along the lid's margin
                const float at = std::clamp(t, 0.0F, 1.0F) * 3;
                const int i = std::min(static_cast<int>(at), 2);
                const float u = at - static_cast<float>(i);
                const Vec3 b = m[static_cast<std::size_t>(i)], c = m[static_cast<std::size_t>(i + 1)];
                const Vec3 a = i > 0 ? m[static_cast<std::size_t>(i - 1)]
                                     : m[2] + (m[0] - m[3]) * 0.35F - (m[1] - m[0]) * 0.2F;
                const Vec3 d = i < 2 ? m[static_cast<std::size_t>(i + 2)]
                                     : m[1] + (m[3] - m[0]) * 0.35F - (m[2] - m[3]) * 0.2F;
                return (b * 2 + (c - a) * u + (a * 2 - b * 5 + c * 4 - d) * (u * u) +
                        (b * 3 - a - c * 3 + d) * (u * u * u)) *
                       0.5F;
            };
            for (int i = 0; i < lid.count; ++i) {
                // Lashes stand in little groups that lean together.
                const float raw =
                    (static_cast<float>(i) + 0.5F + 0.45F * random.normal()) / static_cast<float>(lid.count);
                const float t = std::clamp(mix(lid.upper ? 0.10F : 0.16F, 0.985F, clamp01(raw)), 0.0F, 1.0F);
                const int group = static_cast<int>(t * (lid.upper ? 26 : 14));
                const float lean =
                    (hashed(static_cast<std::uint32_t>(group), static_cast<std::uint32_t>(wish.seed),
                            static_cast<std::uint32_t>(side)) -
                     0.5F) *
                        0.22F +
                    (static_cast<float>(group) + 0.5F - t * (lid.upper ? 26 : 14)) * 0.16F;
                const Vec3 root = point(t), tangent = normalize(point(t + 0.06F) - point(t - 0.06F));
                // Out of the eye, then curling away from the slit; fanning out towards the outer corner.
                const Vec3 radial = normalize(root - eye);
                const float fan = (t - 0.42F) * (lid.upper ? 1.05F : 0.8F) + lean + random.normal() * 0.05F;
                Vec3 away{0, lid.upper ? 1.0F : -1.0F, 0};
                Vec3 start = normalize(Vec3{0, 0, 1} * 0.8F + radial * 0.35F +
                                       away * (lid.upper ? -0.22F - 0.75F * closed : 0.10F));
                start = normalize(start + Vec3{outward, 0, 0} * (fan * 0.9F) +
                                  tangent * (random.normal() * 0.03F));
                const float profile =
                    lid.upper ? mix(0.55F, 1, ramp(0.05F, 0.45F, t)) * mix(1, 0.86F, ramp(0.85F, 1, t))
                              : mix(0.7F, 1, ramp(0.2F, 0.7F, t));
                const float len = lid.length * profile * random.between(0.72F, 1.05F) * mix(1, 0.9F, man);
                const float curl =
                    (lid.upper ? mix(1.05F, 1.45F, wish.lash_length) * mix(1, 0.8F, man) : 0.75F) *
                    random.between(0.85F, 1.15F);
                Vec3 side_axis = normalize(cross(away, start));
                const Vec3 lift =
                    normalize(cross(start, side_axis));  // perpendicular to start, on the away side
                Vec3 q = root;
                for (int k = 0; k < points; ++k) {
                    const float s = static_cast<float>(k) / (points - 1);
                    if (k > 0) {
                        const float turn = curl * (s - 0.5F / (points - 1)) * 0.95F;
                        q = q + (start * std::cos(turn) + lift * std::sin(turn)) * (len / (points - 1));
                    }
                    out.point.push_back(head.to_world(q));
                }
                out.first.push_back(static_cast<std::uint32_t>(out.point.size()));
                out.clump.push_back(static_cast<std::uint32_t>(group + side * 100 + (lid.upper ? 0 : 50)));
            }
        }
    }
}

}  // namespace limner::sitters
