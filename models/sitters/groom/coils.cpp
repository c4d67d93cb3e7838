#include "coils.h"

#include <algorithm>

namespace limner::sitters {

namespace {

// Bends a straight strand into kinks; neighbours in a lock kink together.
void kink(Vec3* p, int points, float amount, std::uint32_t lock, Random& random) {
    Random shared(0xC011ULL + lock);
    Vec3 stray{}, own{};
    for (int k = 1; k < points; ++k) {
        const float t = static_cast<float>(k) / static_cast<float>(points - 1);
        stray = stray * 0.35F + shared.normal3();
        own = own * 0.4F + random.normal3();
        p[k] = p[k] + (stray * 0.75F + own * 0.55F) * (amount * std::min(1.0F, 0.25F + 1.6F * t));
    }
}

}  // namespace

void grow_coils(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& out) {
    Random random(wish.seed ^ hashed(style.id));
    Locks locks;
    const int m = style.points;
    locks.points = m;
    locks.add(static_cast<int>(roots.size()));
    for (std::size_t i = 0; i < roots.size(); ++i) {
        locks.strand(i)[0] = roots[i].position;
        locks.random[i] = roots[i].random;
    }
    locks.lock = find_leaders(locks, style.locks, random);
    const float volume = wish.length_factor() * (1 + 0.22F * wish.volume);
    const float amount = style.kink * (1 + 0.5F * wish.curl) * (0.8F + 0.5F * wish.messy);
    const Vec3 heart = head.centre + Vec3{0, -0.012F, 0.004F};
    const auto seed = static_cast<std::uint32_t>(wish.seed);
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const Root& r = roots[i];
        const Vec3 radial = normalize(r.position - heart);
        const float az = std::fabs(r.polar.azimuth), el = r.polar.elevation;
        const float back = ramp(95, 135, az);
        float len = mix(mix(style.side, style.back, back), style.top, ramp(style.top_from, style.top_to, el));
        if (style.edge > 0) len = mix(style.edge, len, ramp(style.fade_from, style.fade_to, el));
        // Round outside whatever the skull's shape; softly lumpy; shorter at the very edge.
        const float lumps = 1 + 0.05F * wobble(r.polar.azimuth / 17, seed) * wobble(el / 13, seed + 1);
        len *= volume * lumps * mix(0.45F, 1, ramp(-1.0F, 9.0F, r.edge)) *
               std::clamp(1 + style.vary * random.normal(), 0.5F, 1.25F);
        const float reach = 0.55F + 0.45F * std::sqrt(r.random);  // inner hairs fill the volume
        len *= reach;
        locks.length[i] = len;
        // Out of the face: the front stands up and a little forward.
        Vec3 d = normalize(r.normal * 0.45F + radial * 0.75F + random.normal3() * (style.hair_noise) +
                           Vec3{0, 0.25F * ramp(70, 30, az) * ramp(50, 20, el), 0});
        Vec3* p = locks.strand(i);
        p[0] = r.position - r.normal * 0.0006F;
        const float sag = 0.12F * len / 0.1F;
        for (int k = 1; k < m; ++k) {
            const float t = static_cast<float>(k) / static_cast<float>(m - 1);
            p[k] = r.position + d * (len * t) + head.down * (sag * len * t * t);
        }
        kink(p, m, amount * std::min(1.0F, len / 0.03F), locks.lock[i], random);
    }
    if (style.clump > 0) clump(locks, locks.lock, style.clump, style.clump_power);
    hand_out(head, locks, {0.0005F, -0.235F, 4}, out);
}

void grow_puff(const Head& head, const Wish& wish, const Style& style, Vec3 centre, Vec3 outwards,
               float radius, Random& random, Strands& out) {
    Locks locks;
    constexpr int m = 13, count = 13000;
    locks.points = m;
    locks.add(count);
    const auto seed = static_cast<std::uint32_t>(wish.seed);
    for (std::size_t i = 0; i < count; ++i) {
        Vec3 d = normalize(random.normal3());
        if (dot(d, outwards) < -0.45F) d = normalize(d - outwards * (2 * dot(d, outwards)));
        const Polar q = polar(d);
        const float len = radius *
                          (1 + 0.07F * wobble(q.azimuth / 22, seed) * wobble(q.elevation / 16, seed + 3)) *
                          (0.6F + 0.4F * std::sqrt(random.unit()));
        locks.length[i] = len;
        locks.lock[i] =
            static_cast<std::uint32_t>(hashed(static_cast<std::uint32_t>((q.azimuth + 180) / 9),
                                              static_cast<std::uint32_t>((q.elevation + 90) / 9)) *
                                       100000);
        Vec3* p = locks.strand(i);
        for (int k = 0; k < m; ++k)
            p[k] = centre + d * (len * (0.12F + 0.88F * static_cast<float>(k) / (m - 1)));
        kink(p, m, style.kink * (1 + 0.5F * wish.curl), locks.lock[i], random);
    }
    hand_out(head, locks, {0.001F, -0.235F, 4, true}, out);
}

}  // namespace limner::sitters
