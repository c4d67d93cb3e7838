#include "gathered.h"

#include "coils.h"
#include "loose.h"

#include <algorithm>

namespace limner::sitters {

namespace {

struct Tie {
    Vec3 position, normal;
    float side = 0;  // -1, 0, +1: where its tail comes forward
};

// Where the tail goes from a tie: out, over, and down, behind the shoulder or in front of it.
std::vector<Vec3> tail_path(const Head& head, const Style& style, const Tie& tie, float length_,
                            float width) {
    const float side = tie.side != 0 ? tie.side : -1.0F;
    std::vector<Vec3> knots{tie.position, tie.position + tie.normal * (style.throw_out * 0.6F) +
                                              Vec3{0, style.throw_out * 0.25F, 0}};
    const Vec3 apex =
        tie.position + tie.normal * style.throw_out + Vec3{side * 0.012F, -0.2F * style.throw_out, 0};
    knots.push_back(apex);
    float run = style.throw_out * 1.4F;
    if (style.drape > 0.5F) {
        const Vec3 ear = head.ear[side > 0 ? 1 : 0];
        knots.push_back({side * 0.068F, std::min(tie.position.y - 0.03F, ear.y - 0.075F), ear.z + 0.004F});
        knots.push_back({side * 0.078F, ear.y - 0.125F, ear.z + 0.045F});
        knots.push_back({side * 0.080F, ear.y - 0.20F, ear.z + 0.085F});
        knots.push_back({side * 0.076F, ear.y - 0.28F, ear.z + 0.10F});
    } else if (style.drape > 0) {  // behind the shoulder, but to the side, where it is seen
        const Vec3 ear = head.ear[side > 0 ? 1 : 0];
        knots.push_back({side * 0.050F, tie.position.y - 0.05F, tie.position.z - 0.035F});
        knots.push_back({side * 0.082F, ear.y - 0.05F, ear.z - 0.065F});
        knots.push_back({side * 0.098F, ear.y - 0.13F, ear.z - 0.040F});
        knots.push_back({side * 0.104F, ear.y - 0.22F, ear.z - 0.02F});
        knots.push_back({side * 0.104F, ear.y - 0.30F, ear.z - 0.02F});
    } else {
        Vec3 q = apex, d = normalize(tie.normal * 0.4F + head.down);
        while (run < length_) {
            d = normalize(d * 0.55F + head.down * 0.45F + Vec3{side * 0.035F, 0, 0});
            q = head.field.pushed_out(q + d * 0.03F, width * 1.1F);
            knots.push_back(q);
            run += 0.03F;
        }
    }
    std::vector<Vec3> path = smooth_path(knots, 0.012F);
    std::vector<Vec3> out;
    run = 0;
    for (std::size_t i = 0; i < path.size() && run < length_; ++i) {
        if (i > 0) run += length(path[i] - path[i - 1]);
        out.push_back(
            i > 2 ? head.field.pushed_out(path[i], width * 0.8F * std::min(1.0F, static_cast<float>(i) / 6))
                  : path[i]);
    }
    return out;
}

void grow_tail(const Head& head, const Wish& wish, const Style& style, const std::vector<Vec3>& path,
               std::uint32_t lock0, Random& random, Strands& out) {
    constexpr int count = 5400;
    const int m = std::max(6, static_cast<int>(path.size()) * 3 / 4);
    Locks locks;
    locks.points = m;
    locks.add(count);
    const std::size_t n = path.size();
    std::vector<Vec3> a(n), b(n);
    Vec3 axis{1, 0, 0};
    for (std::size_t k = 0; k < n; ++k) {
        const Vec3 t = normalize(path[std::min(k + 1, n - 1)] - path[k > 0 ? k - 1 : 0]);
        axis = normalize(axis - t * dot(axis, t));
        a[k] = axis, b[k] = cross(t, axis);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const float theta = random.unit() * 6.2831853F, rho = std::sqrt(random.unit());
        const float end = random.between(0.78F, 1.0F);
        const auto sector = static_cast<std::uint32_t>(theta / 6.2831853F * 14),
                   ring = static_cast<std::uint32_t>(rho * 3);
        locks.lock[i] = lock0 + sector * 4 + ring;
        locks.length[i] = style.tail_length * end;
        locks.random[i] = random.unit();
        Vec3* p = locks.strand(i);
        for (int k = 0; k < m; ++k) {
            const float u = static_cast<float>(k) / static_cast<float>(m - 1) * end;
            const float at = u * static_cast<float>(n - 1);
            const std::size_t j = std::min(static_cast<std::size_t>(at), n - 2);
            const float f = at - static_cast<float>(j);
            const float width =
                mix(style.tie_radius * 0.8F, style.tail_width * (1 + 0.3F * wish.volume), ramp(0, 0.32F, u)) *
                mix(1, 0.45F, ramp(0.6F, 1, u));
            const Vec3 across = mix(a[j], a[j + 1], f), through = mix(b[j], b[j + 1], f);
            p[k] = mix(path[j], path[j + 1], f) +
                   (across * std::cos(theta) * 1.15F + through * std::sin(theta) * 0.8F) * (rho * width);
        }
    }
    Curl helix{style.curl, style.curl_turns, style.curl_jitter, 0.2F};
    helix.radius = helix.radius * (wish.curl < 0 ? 1 + wish.curl : 1 + 0.5F * wish.curl) +
                   0.004F * std::max(0.0F, wish.curl);
    curl(locks, helix, random);
    frizz(locks, 0.0025F * (0.5F + wish.messy), 0.02F + 0.05F * wish.messy, random);
    hand_out(head, locks, {0.001F, -0.235F, 4, true}, out);
}

// Hair wound round a ball.
void grow_bun(const Head& head, const Wish& wish, const Tie& tie, float radius, Random& random,
              Strands& out) {
    constexpr int count = 5200, m = 15;
    Locks locks;
    locks.points = m;
    locks.add(count);
    const Vec3 n = tie.normal, e = normalize(cross(n, {0.2F, 0.9F, 0.3F})), f = cross(n, e);
    const Vec3 centre = tie.position + n * (radius * 0.62F);
    for (std::size_t i = 0; i < count; ++i) {
        const int band = static_cast<int>(random.bits() % 9);
        const float start =
            hashed(static_cast<std::uint32_t>(band), static_cast<std::uint32_t>(wish.seed)) * 6.28F +
            random.normal() * 0.25F + random.between(0, 4.0F);
        const float turn = random.between(1.6F, 2.7F);
        // Each band spirals from the rim towards the top.
        const float from = mix(2.0F, 0.5F, static_cast<float>(band) / 8) + random.normal() * 0.10F,
                    to = from - 0.55F + random.normal() * 0.05F;
        const float r = radius *
                        (1 - 0.10F * random.unit() + 0.06F * std::sin(static_cast<float>(band) * 2.4F)) *
                        (1 + 0.25F * wish.volume * 0.5F);
        locks.lock[i] = static_cast<std::uint32_t>(band);
        locks.length[i] = r * turn;
        locks.random[i] = random.unit();
        Vec3* p = locks.strand(i);
        for (int k = 0; k < m; ++k) {
            const float t = static_cast<float>(k) / (m - 1);
            const float phi = start + turn * t, psi = mix(from, to, t);
            const float swell = 1 + 0.07F * std::sin(9 * psi);  // ridges between bands
            p[k] = centre +
                   ((e * std::cos(phi) + f * std::sin(phi)) * std::sin(psi) + n * (0.78F * std::cos(psi))) *
                       (r * swell);
        }
    }
    frizz(locks, 0.0012F * (0.4F + 1.6F * wish.messy), 0.02F + 0.07F * wish.messy, random);
    hand_out(head, locks, {0.001F, -0.235F, 4, true}, out);
}

}  // namespace

void grow_gathered(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                   Strands& hair, Strands& ropes) {
    Random random(wish.seed ^ hashed(style.id));
    const float factor = wish.length_factor();
    std::vector<Tie> ties;
    for (int k = 0; k < (style.pairs ? 2 : 1); ++k) {
        const float azimuth =
            style.pairs ? (k == 0 ? -style.tie_azimuth : style.tie_azimuth) : style.tie_azimuth;
        const SurfaceSample at = head.surface(from_polar(azimuth, style.tie_elevation));
        Tie tie{at.position + at.normal * (style.tie_radius * 0.8F), at.normal, 0};
        if (std::fabs(azimuth) < 165) tie.side = azimuth < 0 ? -1.0F : 1.0F;
        ties.push_back(tie);
    }
    // The plait's ring, for hair braided round the head.
    const auto ring = [&](float azimuth) {
        const float a = std::fabs(azimuth);
        return 50 - 20 * ramp(20, 110, a) - 12 * ramp(110, 180, a);
    };

    std::vector<Root> loose;
    Locks locks;
    const int m = style.points;
    locks.points = m;
    locks.spacing = 1.5F;
    std::vector<const Root*> drawn;
    for (const Root& r : roots) {
        const float rough = 4 * wobble(r.polar.azimuth / 20, 3) + 2.2F * (r.random - 0.5F);
        const bool up =
            r.polar.elevation + rough > style.gather_from - 22 * ramp(95, 60, std::fabs(r.polar.azimuth)) ||
            (style.gather_from > -80 && std::fabs(r.polar.azimuth) < 56 + 3 * r.random);
        if (up)
            drawn.push_back(&r);
        else
            loose.push_back(r);
    }
    locks.add(static_cast<int>(drawn.size()));
    for (std::size_t i = 0; i < drawn.size(); ++i)
        locks.strand(i)[0] = drawn[i]->position, locks.random[i] = drawn[i]->random;
    const Parting parting(head, wish, style);
    for (std::size_t i = 0; i < drawn.size(); ++i)
        locks.side[i] = part_of(style.id) == Part::none ? 0
                        : drawn[i]->position.x + random.normal() * 0.001F > parting.at(drawn[i]->position.z)
                            ? 1
                            : 2;
    locks.lock = find_leaders(locks, style.locks, random);

    const float layer = style.layer * (1 + 0.6F * wish.volume);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const Root& root = *drawn[i];
        const bool plus = locks.side[i] == 1;
        Tie tie = ties[style.pairs && plus ? 1 : 0];
        Vec3 from = root.position - head.centre, to;
        float r1;
        if (style.end == Style::End::ring) {
            const float azimuth = root.polar.azimuth + random.normal() * 1.5F + (plus ? 6.0F : -6.0F);
            const SurfaceSample at = head.surface(from_polar(azimuth, ring(azimuth)));
            to = at.position + at.normal * (style.bun * 0.6F) - head.centre;
        } else {
            const Vec3 e = normalize(cross(tie.normal, {0.3F, 0.2F, 0.9F})), f = cross(tie.normal, e);
            const float th = random.unit() * 6.28F;
            to =
                tie.position +
                (e * std::cos(th) + f * std::sin(th)) * (style.tie_radius * 0.6F * std::sqrt(random.unit())) -
                head.centre;
        }
        r1 = length(to);
        const float r0 = length(from);
        const Vec3 a = from * (1 / r0), b = to * (1 / r1);
        const float angle = std::acos(std::clamp(dot(a, b), -1.0F, 1.0F)), sine = std::sin(angle);
        // Parted hair leaves the parting sideways before it turns to the tie.
        Vec3 aside{};
        float over_line = 0;  // and leans over it at the root
        if (part_of(style.id) != Part::none) {
            const float near = ramp(0.055F, 0.0F, std::fabs(root.position.x - parting.at(root.position.z))) *
                               ramp(0.02F, 0.06F, root.position.y);
            aside = Vec3{plus ? 1.0F : -1.0F, -0.15F, 0.1F} * (0.26F * near);
            over_line = ramp(0.009F, 0.001F, std::fabs(root.position.x - parting.at(root.position.z))) *
                        0.0045F * (0.3F + 0.9F * root.random) * (plus ? -1.0F : 1.0F);
        }
        const Vec3 over =
            normalize(Vec3{0.55F * a.x + 0.35F * b.x, 0.50F + 0.3F * std::min(0.0F, a.y), -0.85F});
        const float low_tie =
            style.end == Style::End::ring ? 0 : ramp(45, 5, style.tie_elevation) * ramp(-0.9F, -0.2F, a.z);
        const Vec3 lean = random.normal3() * 0.012F + Random(wish.seed + locks.lock[i]).normal3() * 0.02F;
        Vec3* p = locks.strand(i);
        p[0] = root.position - root.normal * 0.0006F;
        float run = 0;
        const float own = layer * (0.15F + 0.85F * root.random);
        for (int k = 1; k < m; ++k) {
            const float t = locks.fraction(k);
            const float bow = t * (1 - t) * (1 - t) * 4;
            // A low tie is reached over the top and back of the head, never across the face.
            Vec3 d = sine > 1e-3F ? a * (std::sin((1 - t) * angle) / sine) + b * (std::sin(t * angle) / sine)
                                  : mix(a, b, t);
            d = mix(d, normalize(a * ((1 - t) * (1 - t)) + over * (1.7F * t * (1 - t)) + b * (t * t)),
                    low_tie);
            d = normalize(d + (aside * bow) + lean * std::sin(t * 3.14F));
            Vec3 q = head.centre + d * mix(r0, r1, t);
            if (k <= 2) q.x += over_line * (k == 1 ? 1.0F : 0.6F);
            const Field::Here here = head.field.at(q);
            const float want = own * std::min(1.0F, 3 * t) + 0.0006F;
            // Lies on the head, but for the last stretch, which rises to the tie.
            q = q +
                here.normal * ((want - here.distance) * (here.distance < want ? 1.0F : ramp(1.0F, 0.82F, t)));
            p[k] = q;
            run += length(q - p[k - 1]);
        }
        locks.length[i] = run;
    }
    clump(locks, locks.lock, style.clump * 0.5F, 1.0F);
    frizz(locks, 0.0007F * (0.3F + 1.8F * wish.messy), 0.01F + 0.05F * wish.messy, random);
    // Baby hairs at the edge escape.
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const float az = std::fabs(drawn[i]->polar.azimuth);
        if (drawn[i]->edge < 2.5F && az < 75 && random.unit() < 0.25F + 0.25F * wish.messy)
            locks.keep[i] = random.between(0.12F, 0.35F);
    }
    hand_out(head, locks, {0.0006F, -0.235F, 4}, hair);

    const float tail = style.tail_length * factor;
    for (std::size_t k = 0; k < ties.size(); ++k) {
        const Tie& tie = ties[k];
        switch (style.end) {
            case Style::End::tail: {
                grow_tail(head, wish, style, tail_path(head, style, tie, tail, style.tail_width),
                          static_cast<std::uint32_t>(5000 + 100 * k), random, hair);
                break;
            }
            case Style::End::bun:
                grow_bun(head, wish, tie, style.bun * std::sqrt(factor), random, hair);
                break;
            case Style::End::puff:
                grow_puff(head, wish, style, tie.position + tie.normal * (style.bun * 0.7F), tie.normal,
                          style.bun * (1 + 0.2F * wish.volume) * std::sqrt(factor), random, hair);
                break;
            case Style::End::braid: {
                Rope rope;
                rope.path = smooth_path(tail_path(head, style, tie, tail, style.bun), 0.0055F);
                rope.radius = style.bun;
                rope.weave = Style::Weave::plait;
                rope.strands = 660;
                rope.fuzz = 0.0008F * (0.5F + wish.messy);
                rope.lock = static_cast<std::uint32_t>(6000 + k);
                rope.tied = true;
                weave(head, rope, random, ropes);
                break;
            }
            case Style::End::ring: break;
        }
    }
    if (style.end == Style::End::ring) {
        std::vector<Vec3> knots;
        for (float azimuth = -178; azimuth <= 184; azimuth += 6) {
            const SurfaceSample at =
                head.surface(from_polar(azimuth, ring(azimuth > 180 ? azimuth - 360 : azimuth)));
            knots.push_back(at.position + at.normal * (style.bun * 0.75F));
        }
        Rope rope;
        rope.path = smooth_path(knots, 0.0055F);
        rope.radius = style.bun;
        rope.tip = 1;
        rope.weave = Style::Weave::plait;
        rope.strands = 780;
        rope.fuzz = 0.0007F * (0.5F + wish.messy);
        rope.lock = 7000;
        rope.tied = true;
        weave(head, rope, random, ropes);
    }
    if (!loose.empty()) grow_loose(head, wish, style, loose, hair);
}

}  // namespace limner::sitters
