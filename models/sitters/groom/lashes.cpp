#include "face_hair.h"

#include <algorithm>
#include <array>
#include <span>

namespace limner::sitters {

namespace {

// Lid margins on the MakeHuman base mesh's left lash helper, from the inner to the outer corner; the right eye's are 125 further.
constexpr std::array<int, 12> upper_lid{14763, 14766, 14762, 14761, 14760, 14743, 14742, 14744, 14745, 14746, 14747, 14748};
constexpr std::array<int, 11> lower_lid{14765, 14759, 14758, 14757, 14756, 14755, 14754, 14753, 14752, 14792, 14751};

struct Lid {
    std::span<const int> margin;
    int count;
    float length, droop;  // metres; radians of downward start
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
    const Lid lids[2] = {{upper_lid, static_cast<int>(mix(74, 104, wish.lash_length)), long_lash, 0, true},
                         {lower_lid, static_cast<int>(mix(30, 46, wish.lash_length)), mix(0.0034F, 0.0050F, wish.lash_length), 0, false}};
    for (int side = 0; side < 2; ++side) {
        const bool plus = side == 1;
        const float outward = plus ? 1.0F : -1.0F;
        const Vec3 eye = eye_on_x[side];
        for (const Lid& lid : lids) {
            Random random(wish.seed ^ (0x1A5ULL + static_cast<std::uint64_t>(side * 2 + (lid.upper ? 1 : 0))));
            std::array<Vec3, 12> margin;
            const int n = static_cast<int>(lid.margin.size());
            for (int i = 0; i < n; ++i) {
                const int v = lid.margin[static_cast<std::size_t>(i)];
                margin[static_cast<std::size_t>(i)] = head.vertex_pair(v, v + 125, plus);
            }
            std::array<float, 12> arc{};
            for (int i = 1; i < n; ++i)
                arc[static_cast<std::size_t>(i)] = arc[static_cast<std::size_t>(i - 1)] + length(margin[static_cast<std::size_t>(i)] - margin[static_cast<std::size_t>(i - 1)]);
            const float total = arc[static_cast<std::size_t>(n - 1)];
            const auto point = [&](float t) {
                const float a = std::clamp(t, 0.0F, 1.0F) * total;
                int i = 1;
                while (i < n - 1 && arc[static_cast<std::size_t>(i)] < a) ++i;
                const float s0 = arc[static_cast<std::size_t>(i - 1)], s1 = arc[static_cast<std::size_t>(i)];
                return mix(margin[static_cast<std::size_t>(i - 1)], margin[static_cast<std::size_t>(i)], s1 > s0 ? (a - s0) / (s1 - s0) : 0);
            };
            for (int i = 0; i < lid.count; ++i) {
                // Lashes stand in little groups that lean together.
                const float raw = (static_cast<float>(i) + 0.5F + 0.45F * random.normal()) / static_cast<float>(lid.count);
                const float t = std::clamp(mix(lid.upper ? 0.10F : 0.16F, 0.985F, clamp01(raw)), 0.0F, 1.0F);
                const int group = static_cast<int>(t * (lid.upper ? 26 : 14));
                const float lean = (hashed(static_cast<std::uint32_t>(group), static_cast<std::uint32_t>(wish.seed), static_cast<std::uint32_t>(side)) - 0.5F) * 0.22F +
                                   (static_cast<float>(group) + 0.5F - t * (lid.upper ? 26 : 14)) * 0.16F;
                const Vec3 root = point(t), tangent = normalize(point(t + 0.06F) - point(t - 0.06F));
                // Out of the eye, then curling away from the slit; fanning out towards the outer corner.
                const Vec3 radial = normalize(root - eye);
                const float fan = (t - 0.42F) * (lid.upper ? 1.05F : 0.8F) + lean + random.normal() * 0.05F;
                Vec3 away{0, lid.upper ? 1.0F : -1.0F, 0};
                Vec3 start = normalize(Vec3{0, 0, 1} * 0.8F + radial * 0.35F + away * (lid.upper ? -0.22F - 0.25F * std::max(0.0F, -(radial.y) + 0.1F) : 0.10F));
                start = normalize(start + Vec3{outward, 0, 0} * (fan * 0.9F) + tangent * (random.normal() * 0.03F));
                const float profile = lid.upper ? mix(0.55F, 1, ramp(0.05F, 0.45F, t)) * mix(1, 0.86F, ramp(0.85F, 1, t)) : mix(0.7F, 1, ramp(0.2F, 0.7F, t));
                const float len = lid.length * profile * random.between(0.72F, 1.05F) * mix(1, 0.9F, man);
                const float curl = (lid.upper ? mix(1.05F, 1.45F, wish.lash_length) * mix(1, 0.8F, man) : 0.75F) * random.between(0.85F, 1.15F);
                Vec3 side_axis = normalize(cross(away, start));
                const Vec3 lift = normalize(cross(start, side_axis));  // perpendicular to start, on the away side
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
