#include "earrings.h"
#include "sweep.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {
namespace {

struct Lobe {
    Vec3 front, back, low;  // where the pin comes out, behind, and the lobe's lowest point
    Vec3 outward;
};

Lobe lobe_of(const Assets& assets, const Cage& cage, int side) {
    const auto& ear = assets.ear[side];
    float low = 1e9F, high = -1e9F;
    for (const std::uint32_t v : ear) {
        low = std::min(low, cage[v].y);
        high = std::max(high, cage[v].y);
    }
    Lobe lobe;
    lobe.outward = normalize({side == 0 ? 0.8F : -0.8F, 0, 0.6F});
    const float level = low + 0.11F * (high - low), reach = 0.06F * (high - low);
    Vec3 sum;
    int count = 0;
    for (const std::uint32_t v : ear)
        if (cage[v].y < low + 0.2F * (high - low)) sum = sum + cage[v], ++count;
    const Vec3 middle = sum * (1.0F / static_cast<float>(std::max(count, 1)));
    float front = -1e9F, back = 1e9F;
    for (const std::uint32_t v : ear) {
        const Vec3 p = cage[v];
        if (std::abs(p.y - level) > reach) continue;
        const float d = dot(p - middle, lobe.outward);
        front = std::max(front, d);
        back = std::min(back, d);
    }
    Vec3 at = middle;
    at.y = level;
    lobe.front = at + lobe.outward * front;
    lobe.back = at + lobe.outward * std::max(back, front - 0.006F);
    lobe.low = {at.x, low, at.z};
    return lobe;
}

std::vector<Vec2> ball(float radius) {
    std::vector<Vec2> profile;
    for (int i = 0; i <= 14; ++i) {
        const float a = 3.14159F * static_cast<float>(i) / 14;
        profile.push_back({std::max(radius * std::sin(a), 1e-5F), -radius * std::cos(a)});
    }
    return profile;
}

}  // namespace

std::vector<Mesh> earrings_of(const Assets& assets, const Cage& cage, const Sitter& sitter) {
    std::vector<Mesh> out;
    const std::string_view style = sitter.choice("earrings.style");
    if (style == "none") return out;
    for (int side = 0; side < 2; ++side) {
        const Lobe lobe = lobe_of(assets, cage, side);
        const std::size_t first = out.size();
        if (style == "stud") {
            out.push_back(turned("stud", lobe.front + lobe.outward * 0.0009F, lobe.outward, ball(0.0024F)));
        } else if (style == "hoop") {
            const float radius = 0.0105F;
            const Vec3 centre = (lobe.front + lobe.back) * 0.5F - Vec3{0, radius - 0.0004F, 0};
            std::vector<Station> ring;
            for (int i = 0; i < 64; ++i) {
                const float a = 6.2831853F * static_cast<float>(i) / 64;
                const Vec3 away = lobe.outward * std::sin(a) + Vec3{0, std::cos(a), 0};
                ring.push_back(
                    {centre + away * radius, away * 0.0009F, cross(lobe.outward, {0, 1, 0}) * 0.0009F});
            }
            out.push_back(bar("hoop", ring, true, 2, 12));
        } else {
            out.push_back(
                turned("hook", lobe.front + lobe.outward * 0.0006F, lobe.outward, ball(0.0014F), 16));
            const Vec3 hang = lobe.front + lobe.outward * 0.0012F;
            std::vector<Station> wire;
            for (int i = 0; i <= 6; ++i)
                wire.push_back(
                    {hang - Vec3{0, 0.0016F * static_cast<float>(i), 0}, {0.0003F, 0, 0}, {0, 0, 0.0003F}});
            out.push_back(bar("wire", wire, false, 2, 8));
            std::vector<Vec2> drop;
            for (int i = 0; i <= 20; ++i) {
                const float t = static_cast<float>(i) / 20;  // a teardrop, its point above
                drop.push_back({std::max(0.0036F * std::sin(3.14159F * std::pow(1 - t, 0.62F)) *
                                             (0.35F + 0.65F * (1 - t)),
                                         1e-5F),
                                0.013F * t});
            }
            out.push_back(turned("drop", hang - Vec3{0, 0.0225F, 0}, {0, 1, 0}, drop));
        }
        for (std::size_t i = first; i < out.size(); ++i) {
            out[i].surface = Surface::metal;
            out[i].region = Region::clothes;
        }
    }
    return out;
}

}  // namespace limner::sitters
