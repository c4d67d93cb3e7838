#include "loose.h"

#include <algorithm>

namespace limner::sitters {

namespace {

constexpr Vec3 X{1, 0, 0}, Y{0, 1, 0}, Z{0, 0, 1};

// Sides and back, where hair hangs whatever the top does.
float low_weight(const Polar& p) { return ramp(58, 24, p.elevation) * ramp(34, 62, std::fabs(p.azimuth)); }

struct Shape {  // what of a strand's making depends on its root
    float length = 0.05F, lift = 0.2F, rise = 0, fringe = 0;
    Vec3 comb, over;
    std::uint8_t side = 0;
};

class Comb {
public:
    Comb(const Head& head, const Wish& wish, const Style& style)
        : head_(head), wish_(wish), s_(style), parting_(head, wish, style) {}

    Shape shape(const Root& r, Random& random) const {
        Shape out;
        const float az = std::fabs(r.polar.azimuth), el = r.polar.elevation;
        const float low = low_weight(r.polar);
        const bool parted = parting_.any();
        const float off = r.position.x - parting_.at(r.position.z) + random.normal() * 0.0011F;
        const float side = parted ? std::tanh(off / 0.0015F) : std::tanh(r.position.x / 0.03F);
        out.side = parted ? (off > 0 ? 1 : 2) : 0;

        Vec3 comb = X * (s_.across * side - s_.sweep) - Y * s_.down + Z * s_.forward;
        // Behind the whorl hair fans out and down.
        const float behind = ramp(head_.whorl.z + 0.035F, head_.whorl.z - 0.005F, r.position.z);
        const Vec3 fan = normalize(r.position - head_.whorl + Vec3{0, -0.006F, 0.002F});
        comb = comb + fan * s_.radial;
        comb = mix(comb, fan * 1.2F - Y * 0.4F, behind);
        const float lw = low * s_.low;
        comb = comb * (1 - lw) + (Y * -1.0F - Z * (s_.low_back * (az < 100 ? 1.0F : 0.2F))) * lw;

        // The fringe.
        const float deep = r.edge;  // degrees above the edge
        if (s_.fringe_cut > 0 || s_.fringe > 0) {
            out.fringe = ramp(s_.fringe_wide + 8, s_.fringe_wide - 6, az) *
                         ramp(s_.fringe_deep + 8, s_.fringe_deep - 6, deep);
            if (s_.fringe_cut > 0) {
                const Vec3 f = Z * 1.0F - Y * 0.35F - X * s_.fringe_sweep + X * (r.position.x * 4);
                comb = mix(comb, f, out.fringe);
                if (out.fringe > 0.5F) out.side = 3;
            }
        }
        // Hair beside the parting first leans over it, so that scalp shows as a thin line only.
        if (parted && out.side != 3) {
            const float beside = std::fabs(r.position.x - parting_.at(r.position.z));
            out.over = Vec3{off > 0 ? -1.0F : 1.0F, 0, 0} *
                       (0.45F * ramp(0.009F, 0.001F, beside) * (0.3F + 0.9F * r.random) * (1 - low));
        }
        out.comb = comb;

        // Length.
        const float back = ramp(95, 135, az);
        float below = mix(s_.side, s_.back, back);
        if (s_.edge > 0) below = mix(s_.edge, below, ramp(s_.fade_from, s_.fade_to, el));
        float length =
            mix(below, s_.top,
                ramp(s_.top_from, s_.top_to, el + (az > 100 ? 6.0F : 0.0F)) *
                    (az > 55 ? 1 : mix(1, ramp(s_.top_from - 25, s_.top_to - 25, el), ramp(55, 40, az))));
        if (az < 50) length = mix(length, s_.top, ramp(50, 40, az) * ramp(-4, 6, el - 8));
        if (s_.strip > 0) {
            const float in = ramp(s_.strip + 0.004F, s_.strip - 0.004F, std::fabs(r.position.x));
            length = mix(s_.side, length, in);
            comb = mix(comb, X * (-8 * r.position.x) + Y * 0.6F - Z * 0.25F, in);
            out.comb = comb;
        }
        if (s_.fringe > 0) length = mix(length, s_.fringe, out.fringe);
        // Sideburns are trimmed, but for women's long hair, where they join it.
        const float burn = ramp(9, 1, el) * ramp(82, 72, az) * ramp(0.3F, 0.7F, wish_.presentation);
        length = mix(length, std::min(length, 0.011F), burn);
        length *= wish_.length_factor() * std::clamp(1 + s_.vary * random.normal(), 0.45F, 1.6F);
        // Baby hairs along the edge of the face.
        if (az < 70 && deep < 3.0F && random.unit() < 0.55F)
            length *= mix(0.3F, 1, std::max(0.0F, deep) / 3.0F);
        out.length = std::max(length, 0.0015F);
        out.rise = s_.rise * (1 - low) + s_.front_lift * ramp(34, 4, deep) * ramp(50, 28, az);
        out.lift = std::clamp(s_.lift + 0.14F * wish_.volume * (1 - 0.5F * low), 0.02F, 0.98F);
        return out;
    }

private:
    const Head& head_;
    const Wish& wish_;
    const Style& s_;
    Parting parting_;
};

// In front of the eyes, or across the face.
bool on_bare_face(const Head& head, const Style& style, Vec3 q, float half_width) {
    return q.z > 0.002F && q.y < head.brow + (style.fringe_cut > 0 ? 0.003F : 0.020F) && q.y > -0.145F &&
           std::fabs(q.x) < half_width;
}

}  // namespace

Parting::Parting(const Head& head, const Wish& wish, const Style& style)
    : head_(head),
      any_(part_of(style.id) != Part::none),
      seed_(static_cast<std::uint32_t>(wish.seed)),
      x_(parting_aside(part_of(style.id), std::fabs(wish.part))) {}

float Parting::at(float z) const {
    const float back = ramp(head_.centre.z + 0.045F, head_.whorl.z, z);
    return mix(x_, head_.whorl.x, back) + 0.0016F * wobble(z * 90, seed_);
}

void Parting::thicken(const Hairline& line, int count, Random& random, std::vector<Root>& roots) const {
    if (!any_) return;
    for (int i = 0; i < count; ++i) {
        const float z = random.between(head_.whorl.z + 0.01F, head_.centre.z + 0.095F),
                    aside = 0.0065F * random.normal(), extra = random.unit();
        const float x = at(z) + aside;
        Vec3 p{x, head_.crown, z};
        for (int k = 0; k < 3; ++k) p = {x, head_.surface(normalize(p - head_.centre)).position.y, z};
        const Vec3 d = normalize(p - head_.centre);
        const float above = line.above(d);
        if (above < -3 || random.unit() >= line.chance(d, above)) continue;
        const SurfaceSample on = head_.surface(d);
        if (on.position.y < head_.centre.y) continue;
        roots.push_back({on.position, on.normal, polar(d), above, extra});
    }
}

Locks comb_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                 Random& random) {
    const Comb comb(head, wish, style);

    Locks locks;
    const int m = style.points;
    locks.points = m;
    locks.spacing = style.top > 0.12F ? (style.curl * style.curl_turns > 0.1F ? 1.2F : 1.5F) : 1.15F;
    locks.add(static_cast<int>(roots.size()));
    std::vector<Shape> shapes(roots.size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
        shapes[i] = comb.shape(roots[i], random);
        locks.strand(i)[0] = roots[i].position;
        locks.side[i] = shapes[i].side;
        locks.length[i] = shapes[i].length;
        locks.random[i] = roots[i].random;
    }
    const std::vector<std::uint32_t> leader = find_leaders(locks, style.locks, random);
    locks.lock = leader;

    const float volume = 1 + 0.55F * wish.volume, puff = style.puff + 0.10F * std::max(0.0F, wish.volume);
    const float layer = style.layer * volume;
    const float factor = wish.length_factor();
    const float messy = 0.5F + wish.messy;

    for (std::size_t i = 0; i < roots.size(); ++i) {
        const Root& root = roots[i];
        Shape& shape = shapes[i];
        const std::uint32_t lead = leader[i];
        Random lock_random(wish.seed + 977 * (std::uint64_t{lead} + 1));
        const Vec3 lean = lock_random.normal3() * (style.lock_noise * messy) +
                          random.normal3() * (style.hair_noise * messy);
        const Vec3 way = shape.comb + lean;
        const Vec3 n0 = root.normal;
        const Vec3 flat = normalize(way - n0 * dot(way, n0));
        Vec3 d =
            normalize(n0 * shape.lift + flat * (1 - shape.lift) + Y * shape.rise + shape.over + lean * 0.3F);
        const float own_layer = layer * (0.12F + 0.88F * root.random) * std::min(1.0F, shape.length / 0.05F);
        Vec3* p = locks.strand(i);
        Vec3 q = root.position;
        p[0] = q - n0 * 0.0008F;
        float cut = 2;
        for (int k = 1; k < m; ++k) {
            const float t = locks.fraction(k), step = shape.length * (t - locks.fraction(k - 1));
            const float keep_stiff = std::pow(style.stiff, step / 0.006F);  // `stiff` is for 6 mm
            const Field::Here here = head.field.at(q);
            const Vec3 along = way - here.normal * dot(way, here.normal);
            const float away = clamp01(here.distance / 0.03F);
            // Parted hair keeps to its side.
            const float aside = shape.side == 1 && q.x > -0.03F  ? 1.0F
                                : shape.side == 2 && q.x < 0.03F ? -1.0F
                                : q.x < 0                        ? -1.0F
                                                                 : 1.0F;
            // Over the face: aside and back, before it is reached, and not yet down.
            float in = 0;
            if (shape.fringe < 0.5F || style.fringe_cut <= 0)
                in = clamp01((q.z + 0.004F) / 0.02F) * clamp01((head.brow + 0.060F - q.y) / 0.03F) *
                     clamp01((0.088F - std::fabs(q.x)) / 0.03F) * (1 - 0.75F * style.trim) *
                     (style.forward < -0.3F ? ramp(0.01F, 0.03F, shape.length * t) : 1.0F);
            Vec3 target = normalize(along) * (style.follow * (1 - away * style.release)) +
                          head.down * (style.gravity * (0.35F + t) * (1 - 0.7F * in)) +
                          here.normal * (puff - style.hug * clamp01((here.distance - own_layer) / 0.012F) *
                                                    clamp01(2 - t * shape.length / 0.04F));
            // Long hair closes in on the neck.
            if (shape.length > 0.14F && q.y < -0.01F)
                target = target + Vec3{-1.7F * q.x, 0, 0.9F * (head.centre.z + 0.01F - q.z)} *
                                      ramp(-0.01F, -0.09F, q.y);
            if (style.stand > 0) target = mix(target, d, style.stand);
            d = d * keep_stiff + normalize(target) * (1 - keep_stiff);
            if (in > 0) d = d + Vec3{aside * 0.8F, 0, -0.25F} * (in * std::min(1.0F, step / 0.006F));
            d = normalize(d);
            Vec3 next = q + d * step;
            const float gap = own_layer * std::min(1.0F, t * shape.length / 0.02F);
            next = head.field.pushed_out(next, gap);
            d = normalize(next - q);
            q = q + d * step;
            p[k] = q;
            if (cut > 1) {
                // Where between the last point and this one it is cut: at a level exactly, before the bare
                // face at once.
                const Vec3 last = p[k - 1];
                const auto crossing = [&](float level) {
                    return q.y < level ? clamp01((last.y - level) / std::max(1e-5F, last.y - q.y)) : 2.0F;
                };
                float at = 2;
                if (style.cut != 0) {
                    const float level = head.crown - (head.crown - style.cut) * factor +
                                        style.cut_slope * (q.z - head.centre.z);
                    at = crossing(level + style.cut_soft * (2 * root.random - 1));
                }
                if (style.fringe_cut > 0 && shape.fringe > 0.15F && q.z > -0.005F &&
                    std::fabs(q.x) < 0.068F) {
                    const float level = head.brow + style.fringe_cut - 0.013F + 0.022F * (1 - factor) +
                                        0.003F * (2 * root.random - 1) -
                                        0.006F * ramp(0.03F, 0.065F, std::fabs(q.x)) * (1 + style.trim);
                    at = std::min(at, crossing(level));
                }
                if (style.ceiling > 0 && q.y > head.crown + style.ceiling * factor)
                    at = std::min(at, clamp01((head.crown + style.ceiling * factor - last.y) /
                                              std::max(1e-5F, q.y - last.y)));
                if (on_bare_face(head, style, q, mix(0.060F, 0.040F, style.trim)))
                    at = std::min(at, style.fringe_cut > 0 && shape.fringe > 0.15F
                                          ? crossing(head.brow + 0.003F)
                                          : 0.05F);
                if (at <= 1) cut = (static_cast<float>(k - 1) + at) / static_cast<float>(m - 1);
            }
        }
        locks.keep[i] = cut;
    }
    return locks;
}

void grow_loose(const Head& head, const Wish& wish, const Style& style, const std::vector<Root>& roots,
                Strands& out) {
    Random random(wish.seed ^ hashed(style.id));
    Locks locks = comb_loose(head, wish, style, roots, random);
    const std::vector<std::uint32_t> leader = locks.lock;
    if (style.clump > 0) {
        if (style.big_clump > 0)
            clump(locks, find_leaders(locks, style.big_locks, random), style.big_clump, style.clump_power);
        clump(locks, leader, std::min(0.95F, style.clump), style.clump_power);
    }
    Curl helix{style.curl, style.curl_turns, style.curl_jitter, style.curl_from, style.curl_spread};
    if (helix.radius > 0) {
        helix.radius *= std::max(0.0F, wish.curl < 0 ? 1 + wish.curl : 1 + 0.5F * wish.curl);
        helix.turns *= 1 + 0.35F * wish.curl;
    } else if (wish.curl > 0.02F && style.top > 0.03F) {
        helix = {0.0045F * wish.curl * std::min(1.0F, style.top / 0.1F), 14, 0.3F, 0.15F, 0.4F};
    }
    curl(locks, helix, random);
    frizz(locks, style.frizz * (0.5F + wish.messy * 1.6F), 0.015F + 0.06F * wish.messy, random);
    // Curls may have strayed over the face since.
    for (std::size_t i = 0; i < locks.count(); ++i)
        for (int k = 1; k < locks.points; ++k) {
            const float t = static_cast<float>(k) / static_cast<float>(locks.points - 1);
            if (t > locks.keep[i]) break;
            const Vec3 q = locks.strand(i)[k];
            if (on_bare_face(head, style, q, mix(0.064F, 0.046F, style.trim))) {
                locks.keep[i] = std::max(0.0F, t - 0.9F / static_cast<float>(locks.points - 1));
                break;
            }
        }
    hand_out(head, locks, {}, out);
}

}  // namespace limner::sitters
