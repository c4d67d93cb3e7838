#include "locks.h"

#include <algorithm>

namespace limner::sitters {

std::vector<std::uint32_t> find_leaders(const Locks& locks, int leaders, Random& random) {
    const std::size_t n = locks.count();
    std::vector<std::uint32_t> out(n);
    if (n == 0) return out;
    leaders = std::clamp(leaders, 1, static_cast<int>(n));
    // A grid of cells about as wide as leaders lie apart (hair covers some 600 cm²).
    const float cell = std::clamp(std::sqrt(0.06F / static_cast<float>(leaders)) * 1.3F, 0.004F, 0.05F);
    const auto place = [&](float v) { return std::clamp(static_cast<int>((v + 0.3F) / cell), 0, 159); };
    const auto key = [&](Vec3 p) {
        return (static_cast<std::size_t>(place(p.z)) * 160 + place(p.y)) * 160 + place(p.x);
    };
    std::vector<std::pair<std::size_t, std::uint32_t>> grid;
    for (int k = 0; k < leaders; ++k) {
        const auto i = static_cast<std::uint32_t>(random.bits() % n);
        grid.emplace_back(key(locks.strand(i)[0]), i);
    }
    std::sort(grid.begin(), grid.end());
    for (std::size_t i = 0; i < n; ++i) {
        const Vec3 p = locks.strand(i)[0];
        float best = 1e9F;
        std::uint32_t who = static_cast<std::uint32_t>(i);
        const int cx = place(p.x), cy = place(p.y), cz = place(p.z);
        for (int z = cz - 1; z <= cz + 1; ++z)
            for (int y = cy - 1; y <= cy + 1; ++y) {
                const std::size_t from = (static_cast<std::size_t>(std::max(z, 0)) * 160 +
                                          static_cast<std::size_t>(std::max(y, 0))) *
                                             160 +
                                         static_cast<std::size_t>(std::max(cx - 1, 0));
                for (auto it = std::lower_bound(grid.begin(), grid.end(),
                                                std::pair<std::size_t, std::uint32_t>{from, 0});
                     it != grid.end() && it->first <= from + 2; ++it) {
                    const std::uint32_t j = it->second;
                    if (locks.side[j] != locks.side[i]) continue;
                    const Vec3 d = locks.strand(j)[0] - p;
                    const float s = dot(d, d);
                    if (s < best) best = s, who = j;
                }
            }
        out[i] = who;
    }
    return out;
}

void clump(Locks& locks, const std::vector<std::uint32_t>& leader, float strength, float power) {
    const int m = locks.points;
    std::vector<float> weight(static_cast<std::size_t>(m));
    for (int k = 0; k < m; ++k)
        weight[static_cast<std::size_t>(k)] = strength * std::pow(locks.fraction(k), power);
    const std::vector<Vec3> before = locks.point;
    for (std::size_t i = 0; i < locks.count(); ++i) {
        const std::size_t j = leader[i];
        if (j == i) continue;
        const Vec3* guide = before.data() + j * static_cast<std::size_t>(m);
        Vec3* p = locks.strand(i);
        // Compare at equal distances from the root, so that shorter hairs end earlier along the lock.
        const float ratio =
            locks.length[j] > 1e-5F ? std::pow(locks.length[i] / locks.length[j], 1 / locks.spacing) : 1;
        // Short hair hardly clumps.
        const float ease =
            (0.75F + 0.5F * locks.random[i]) * (0.02F + 0.98F * ramp(0.006F, 0.045F, locks.length[i]));
        for (int k = 1; k < m; ++k) {
            const float at = std::min(static_cast<float>(k) * ratio, static_cast<float>(m - 1));
            const int a = std::min(static_cast<int>(at), m - 2);
            const Vec3 g = mix(guide[a], guide[a + 1], at - static_cast<float>(a));
            // Locks form away from the scalp: at the roots hair stays spread, or partings would gape.
            const float run = locks.length[i] * locks.fraction(k);
            const float formed = ramp(0.004F, std::min(0.065F, 0.012F + 0.7F * locks.length[i]), run);
            p[k] = mix(p[k], g, std::min(0.97F, weight[static_cast<std::size_t>(k)] * ease * formed));
        }
    }
}

void curl(Locks& locks, const Curl& how, Random& random) {
    if (how.radius <= 0) return;
    const int m = locks.points;
    std::vector<Vec3> moved(static_cast<std::size_t>(m));
    for (std::size_t i = 0; i < locks.count(); ++i) {
        const std::uint32_t lead = locks.lock[i];
        const float p0x = locks.strand(lead < locks.count() ? lead : i)[0].x;
        const float phase = hashed(lead, 11) * 6.2831853F * how.spread + random.normal() * how.jitter;
        const float turns = how.turns * (1 + how.spread * 0.36F * (hashed(lead, 12) - 0.5F)),
                    hand = how.spread < 0.9F         ? (p0x > 0 ? 1.0F : -1.0F)
                           : hashed(lead, 13) < 0.5F ? -1.0F
                                                     : 1.0F;
        const float radius = how.radius * (0.75F + 0.5F * hashed(lead, 14)) * (0.9F + 0.2F * random.unit());
        Vec3* p = locks.strand(i);
        Vec3 a = normalize(cross(p[1] - p[0], {0.3F, 0.2F, 0.93F}));
        for (int k = 0; k < m; ++k) {
            const Vec3 t = normalize(p[std::min(k + 1, m - 1)] - p[std::max(k - 1, 0)]);
            a = normalize(a - t * dot(a, t));
            const Vec3 b = cross(t, a);
            const float u = locks.fraction(k);
            const float s = ramp(0, how.from + 0.12F, u) * radius;
            const float angle = phase + hand * turns * locks.length[i] * u * 6.2831853F;
            moved[static_cast<std::size_t>(k)] = p[k] + (a * std::cos(angle) + b * std::sin(angle)) * s;
        }
        for (int k = 1; k < m; ++k) p[k] = moved[static_cast<std::size_t>(k)];
    }
}

void frizz(Locks& locks, float amount, float flyaways, Random& random) {
    const int m = locks.points;
    for (std::size_t i = 0; i < locks.count(); ++i) {
        Vec3 knots[5];
        for (Vec3& k : knots) k = random.normal3();
        const bool fly = random.unit() < flyaways;
        const float own = amount * (fly ? 1.0F + 4.0F * random.unit() : 0.5F + random.unit()) +
                          (fly ? 0.03F * std::min(locks.length[i], 0.12F) : 0);
        Vec3* p = locks.strand(i);
        for (int k = 1; k < m; ++k) {
            const float u = static_cast<float>(k) / static_cast<float>(m - 1), at = u * 3.999F;
            const int a = static_cast<int>(at);
            p[k] = p[k] + mix(knots[a], knots[a + 1], at - static_cast<float>(a)) * (own * u);
        }
    }
}

void hand_out(const Head& head, const Locks& locks, const HandOut& how, Strands& out) {
    const int m = locks.points;
    if (out.first.empty()) out.first.push_back(0);
    std::vector<Vec3> line(static_cast<std::size_t>(m));
    for (std::size_t i = 0; i < locks.count(); ++i) {
        const float keep = std::min(locks.keep[i], 1.0F);
        if (keep < 0.05F) continue;
        const Vec3* p = locks.strand(i);
        const float last = keep * static_cast<float>(m - 1);
        const int n = std::clamp(static_cast<int>(std::ceil(last)) + 1, std::min(how.least, m), m);
        int made = 0;
        for (int k = 0; k < n; ++k) {
            const float at = last * static_cast<float>(k) / static_cast<float>(n - 1);
            const int a = std::min(static_cast<int>(at), m - 2);
            Vec3 q = mix(p[a], p[a + 1], at - static_cast<float>(a));
            if (k > 0) q = head.field.pushed_out(q, how.gap);
            q = head.to_world(q);
            if (k > 1 && q.y < how.floor) break;
            line[static_cast<std::size_t>(made++)] = q;
        }
        if (made < 3) continue;
        out.point.insert(out.point.end(), line.begin(), line.begin() + made);
        out.first.push_back(static_cast<std::uint32_t>(out.point.size()));
        out.clump.push_back(locks.lock[i]);
        out.tied.push_back(how.tied ? 1 : 0);
    }
}

}  // namespace limner::sitters
