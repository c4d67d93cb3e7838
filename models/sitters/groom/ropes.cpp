#include "ropes.h"

#include "loose.h"

#include <algorithm>

namespace limner::sitters {

namespace {

constexpr float floor_height = -0.235F;  // below every picture

Vec3 spline(Vec3 a, Vec3 b, Vec3 c, Vec3 d, float u) {
    return (b * 2 + (c - a) * u + (a * 2 - b * 5 + c * 4 - d) * (u * u) +
            (b * 3 - a - c * 3 + d) * (u * u * u)) *
           0.5F;
}

}  // namespace

std::vector<Vec3> smooth_path(const std::vector<Vec3>& k, float step) {
    std::vector<Vec3> out;
    const int n = static_cast<int>(k.size());
    if (n < 2) return k;
    for (int i = 0; i + 1 < n; ++i) {
        const Vec3 b = k[static_cast<std::size_t>(i)], c = k[static_cast<std::size_t>(i + 1)];
        const Vec3 a = i > 0 ? k[static_cast<std::size_t>(i - 1)] : b * 2 - c,
                   d = i + 2 < n ? k[static_cast<std::size_t>(i + 2)] : c * 2 - b;
        const int pieces = std::max(1, static_cast<int>(std::lround(length(c - b) / step)));
        for (int j = 0; j < pieces; ++j)
            out.push_back(spline(a, b, c, d, static_cast<float>(j) / static_cast<float>(pieces)));
    }
    out.push_back(k.back());
    return out;
}

void weave(const Head& head, const Rope& rope, Random& random, Strands& out) {
    const std::size_t n = rope.path.size();
    if (n < 4) return;
    if (out.first.empty()) out.first.push_back(0);
    std::vector<Vec3> a(n), b(n);
    std::vector<float> run(n, 0.0F);
    Vec3 axis = normalize(cross(rope.path[1] - rope.path[0], {0.1F, 0.2F, 0.97F}));
    for (std::size_t k = 0; k < n; ++k) {
        const Vec3 t = normalize(rope.path[std::min(k + 1, n - 1)] - rope.path[k > 0 ? k - 1 : 0]);
        // The flat side of a plait faces away from the head.
        const Vec3 outwards = head.field.at(rope.path[k]).normal;
        axis = normalize(axis * 0.7F + normalize(cross(t, outwards)) * 0.3F *
                                           (dot(axis, cross(t, outwards)) < 0 ? -1.0F : 1.0F));
        axis = normalize(axis - t * dot(axis, t));
        a[k] = axis;
        b[k] = cross(t, axis);
        if (k > 0) run[k] = run[k - 1] + length(rope.path[k] - rope.path[k - 1]);
    }
    const float total = run[n - 1], r = rope.radius;
    const float phase0 = random.unit() * 6.28F;
    for (int s = 0; s < rope.strands; ++s) {
        const int which = s % (rope.weave == Style::Weave::plait ? 3 : 2);
        const float theta = random.unit() * 6.2831853F, rho = std::sqrt(random.between(0.25F, 1.0F));
        const float turn = random.between(-1, 1), end = random.between(0.93F, 1.0F);
        Vec3 fuzz[6];
        for (Vec3& f : fuzz) f = random.normal3() * rope.fuzz;
        const std::size_t before = out.point.size();
        for (std::size_t k = 0; k < n; ++k) {
            const float u = run[k] / total;
            if (u > end) break;
            float width = r * mix(1, rope.tip, ramp(0.55F, 1, u)) * ramp(-0.03F, 0.02F, u);
            Vec3 p = rope.path[k];
            if (rope.weave == Style::Weave::loc) {
                // A matted cylinder with slow bumps.
                const float bump = 1 + 0.16F * wobble(run[k] / 0.009F, rope.lock * 7 + 1);
                const float angle = theta + turn * 5 * u * total / 0.1F;
                p = p + (a[k] * std::cos(angle) + b[k] * std::sin(angle)) * (width * rho * bump);
            } else if (rope.weave == Style::Weave::twist) {
                const float angle =
                    phase0 + run[k] / (r * 5.0F) * 6.2831853F + static_cast<float>(which) * 3.1415927F;
                const Vec3 core = (a[k] * std::cos(angle) + b[k] * std::sin(angle)) * (width * 0.52F);
                const float inner = theta + angle * 0.5F;
                p = p + core + (a[k] * std::cos(inner) + b[k] * std::sin(inner)) * (width * 0.5F * rho);
            } else {
                // Three strands, each on a figure of eight, a third of a period apart.
                const float phi = run[k] / (r * 4.6F) * 6.2831853F + static_cast<float>(which) * 2.0943951F;
                const Vec3 core =
                    a[k] * (width * 0.62F * std::sin(phi)) + b[k] * (width * 0.34F * std::sin(2 * phi));
                const float inner = theta + phi * 0.35F;
                p = p + core +
                    (a[k] * std::cos(inner) * 0.50F + b[k] * std::sin(inner) * 0.42F) * (width * rho);
            }
            const float at = u * 4.99F;
            const int i = static_cast<int>(at);
            p = p + mix(fuzz[i], fuzz[i + 1], at - static_cast<float>(i)) * (0.3F + u);
            if (k > 0) p = head.field.pushed_out(p, 0.0005F);
            p = head.to_world(p);
            if (p.y < floor_height) break;
            out.point.push_back(p);
        }
        if (out.point.size() < before + 4) {
            out.point.resize(before);
            continue;
        }
        out.first.push_back(static_cast<std::uint32_t>(out.point.size()));
        out.clump.push_back(rope.lock);
        out.tied.push_back(rope.tied ? 1 : 0);
    }
}

namespace {

// Short hair from its roots into the nearest rope, so that the scalp between ropes is covered but for thin
// lines.
void tent(const Head& head, const std::vector<Root>& roots, const std::vector<Vec3>& tops,
          const std::vector<std::uint32_t>& owner, float lines, Strands& out) {
    if (out.first.empty()) out.first.push_back(0);
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const Vec3 p = roots[i].position;
        float best = 1e9F, second = 1e9F;
        std::size_t who = 0;
        for (std::size_t j = 0; j < tops.size(); ++j) {
            const Vec3 d = tops[j] - p;
            const float s = dot(d, d);
            if (s < best) {
                if (owner[j] != owner[who]) second = best;
                best = s, who = j;
            } else if (s < second && owner[j] != owner[who]) {
                second = s;
            }
        }
        if (std::sqrt(second) - std::sqrt(best) < lines * (0.6F + 0.8F * roots[i].random)) continue;
        if (best > 0.03F * 0.03F) continue;
        const Vec3 goal = tops[who];
        // They wander aside on the way; some are short new growth that lies anyhow, so that cells between
        // ropes are not bare.
        Random random(0x7E47ULL + i);
        Vec3 wander = random.normal3() * 0.0016F;
        const bool growth = i % 3 == 0;
        if (growth) {
            wander = random.normal3();
            wander = normalize(wander - roots[i].normal * dot(wander, roots[i].normal)) * 0.0045F;
        }
        for (int k = 0; k < 4; ++k) {
            const float t = static_cast<float>(k) / 3;
            Vec3 q = growth ? mix(p, mix(p, goal, 0.25F), t) + wander * t
                            : mix(p, goal, t * (0.6F + 0.4F * t)) + wander * std::sin(t * 3.14F);
            if (k == 0)
                q = p - roots[i].normal * 0.0006F;
            else
                q = head.field.pushed_out(
                    q, 0.0007F + 0.0012F * t * roots[i].random + 0.001F * std::sin(t * 3.14F));
            out.point.push_back(head.to_world(q));
        }
        out.first.push_back(static_cast<std::uint32_t>(out.point.size()));
        out.clump.push_back(owner[who]);
        out.tied.push_back(0);
    }
}

}  // namespace

void grow_ropes(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& hair, Strands& ropes) {
    Random random(wish.seed ^ hashed(style.id));
    // Sites picked so that no two lie close (dart throwing over the given roots).
    std::vector<Root> sites;
    const float apart = std::sqrt(0.052F / static_cast<float>(style.ropes)) * 0.80F;
    for (std::size_t tries = 0; tries < roots.size() && static_cast<int>(sites.size()) < style.ropes;
         ++tries) {
        const Root& r = roots[random.bits() % roots.size()];
        if (r.edge < 1.2F) continue;
        bool clear = true;
        for (const Root& s : sites) clear = clear && length(s.position - r.position) > apart;
        if (clear) sites.push_back(r);
    }
    Style one = style;
    one.locks = 1, one.hair_noise = style.lock_noise, one.lock_noise = 0;
    Locks paths = comb_loose(head, wish, one, sites, random);
    frizz(paths, style.frizz, 0, random);
    std::vector<Vec3> tops;
    std::vector<std::uint32_t> owner;
    const float step = style.weave == Style::Weave::loc ? 0.006F : style.rope * 0.62F;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        std::vector<Vec3> knots;
        const int kept = std::max(
            3, static_cast<int>(std::min(1.0F, paths.keep[i]) * static_cast<float>(paths.points - 1)) + 1);
        for (int k = 0; k < kept; ++k) {
            Vec3 q = paths.strand(i)[k];
            q = head.field.pushed_out(q, k == 0 ? style.rope * 0.3F : style.rope * 0.9F);
            knots.push_back(q);
            if (head.to_world(q).y < floor_height) break;
        }
        Rope rope;
        rope.path = smooth_path(knots, step);
        rope.radius = style.rope * (0.88F + 0.24F * sites[i].random);
        rope.tip = style.weave == Style::Weave::loc ? 0.75F : 0.55F;
        rope.weave = style.weave;
        rope.strands = style.weave == Style::Weave::loc ? 34 : 11;
        rope.fuzz = style.weave == Style::Weave::loc ? 0.0005F : 0.00022F;
        rope.lock = static_cast<std::uint32_t>(i);
        weave(head, rope, random, ropes);
        tops.push_back(knots[0]);
        owner.push_back(rope.lock);
    }
    tent(head, roots, tops, owner, 0.0003F, hair);
}

void grow_rows(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
               const Hairline& line, Strands& hair, Strands& ropes) {
    Random random(wish.seed ^ hashed(style.id));
    std::vector<Vec3> tops;
    std::vector<std::uint32_t> owner;
    const int rows = style.ropes;
    const float tail = style.top * wish.length_factor();
    for (int j = 0; j < rows; ++j) {
        // Lanes from the forehead over the top to the nape, side by side.
        const float lateral = (static_cast<float>(j) + 0.5F) / static_cast<float>(rows) * 2 - 1;
        const float alpha = lateral * 1.18F;
        std::vector<Vec3> knots;
        for (float beta = 0.1F; beta < 3.9F; beta += 0.055F) {
            const float bend =
                alpha * mix(0.80F, 1.0F, ramp(0.4F, 1.4F, beta)) * mix(1, 0.62F, ramp(2.2F, 3.6F, beta));
            const Vec3 d{std::sin(bend), std::cos(bend) * std::sin(beta), std::cos(bend) * std::cos(beta)};
            const float edge = line.above(d);
            if (edge < 0.8F) {
                if (knots.size() > 6) break;
                knots.clear();
                continue;
            }
            const SurfaceSample at = head.surface(d);
            knots.push_back(at.position + at.normal * (style.rope * 0.55F));
        }
        if (knots.size() < 8) continue;
        const std::size_t on_scalp = knots.size();
        // Then the end hangs down.
        Vec3 q = knots.back(), d = normalize(q - knots[knots.size() - 2]);
        for (float hung = 0; hung < tail; hung += 0.008F) {
            d = normalize(d * 0.7F + head.down * 0.3F);
            q = head.field.pushed_out(q + d * 0.008F, style.rope * 1.1F);
            knots.push_back(q);
        }
        Rope rope;
        rope.path = smooth_path(knots, style.rope * 0.6F);
        rope.radius = style.rope;
        rope.tip = 0.5F;
        rope.weave = Style::Weave::plait;
        rope.strands = 27;
        rope.fuzz = 0.00025F;
        rope.lock = static_cast<std::uint32_t>(j);
        weave(head, rope, random, ropes);
        const std::vector<Vec3> near =
            smooth_path({knots.begin(), knots.begin() + static_cast<std::ptrdiff_t>(on_scalp)}, 0.0045F);
        for (const Vec3& p : near) {
            tops.push_back(p);
            owner.push_back(rope.lock);
        }
    }
    tent(head, roots, tops, owner, 0.0022F, hair);
}

}  // namespace limner::sitters
