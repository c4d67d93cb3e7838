#include "face_hair.h"
#include "sitter/beard_style.h"

#include <algorithm>
#include <array>

namespace limner::sitters {

namespace {

constexpr float degrees = 57.29578F;

// Distance (metres) outside a polygon in the x-y plane, negative inside.
float outside(const std::array<Vec3, 12>& polygon, Vec3 p) {
    float best = 1;
    bool in = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const Vec3 a = polygon[j], b = polygon[i];
        const float ex = b.x - a.x, ey = b.y - a.y, wx = p.x - a.x, wy = p.y - a.y;
        const float t = clamp01((wx * ex + wy * ey) / (ex * ex + ey * ey + 1e-12F));
        best = std::min(best, std::hypot(wx - ex * t, wy - ey * t));
        if ((a.y > p.y) != (b.y > p.y) && p.x < ex * (p.y - a.y) / ey + a.x) in = !in;
    }
    return in ? -best : best;
}

// Where on this face each part of a beard lies.
class Chart {
public:
    Chart(const Head& head, std::uint64_t seed) : head_(head), seed_(static_cast<std::uint32_t>(seed)) {
        for (int i = 0; i < 12; ++i) lips_[static_cast<std::size_t>(i)] = head.landmark(48 + i);
        left_ = lips_[0], right_ = lips_[6];
        mouth_ = (left_ + right_) * 0.5F;
        half_ = 0.5F * std::fabs(right_.x - left_.x);
        nose_ = head.landmark(33);
        chin_ = head.landmark(8);
        top_lip_ = lips_[3].y, bottom_lip_ = lips_[9].y;
        origin = {0, mouth_.y, head.ear[1].z + 0.035F};
        for (int i = 0; i < 17; ++i) {
            const Vec3 j = head.landmark(i);
            jaw_[static_cast<std::size_t>(i)] = {std::atan2(j.x - origin.x, j.z - origin.z) * degrees, j.y};
        }
    }

    float density(const BeardStyle& s, Vec3 p) const {
        const float az = std::atan2(p.x - origin.x, p.z - origin.z) * degrees, a = std::fabs(az);
        const float x = std::fabs(p.x - mouth_.x), u = x / half_;
        const float rough = 0.0012F * wobble(az / 5, seed_) + 0.0008F * wobble(az / 1.6F, seed_ + 3);
        const float lip = outside(lips_, p);
        if (p.z > origin.z && lip < 0.0012F) return 0;
        // Between the cheek line above and the neck line below.
        const std::size_t side = p.x > 0 ? 1 : 0;
        const Vec3 ear = head_.ear[side];
        const float corner_az = std::atan2(half_, mouth_.z - origin.z) * degrees;
        const float ear_az = std::atan2(0.070F, ear.z + 0.052F - origin.z) * degrees;
        const float w = (a - corner_az) / (ear_az - corner_az);
        const float rise = ear.y - mouth_.y;
        const float low_cheek = s.cheeks < 0.9F ? -0.006F * ramp(0.1F, 0.4F, w) * ramp(1, 0.6F, w) : 0;
        const float cheek = mouth_.y + rough + low_cheek +
                            (w < 0 ? 0.006F : mix(0.006F, rise + 0.02F, std::pow(clamp01(w), 1.9F)));
        const float jaw = jaw_height(az);
        const float neck = jaw - s.neck * ramp(85, 40, a) * (1 + 0.2F * wobble(az / 13, seed_ + 7)) - 0.002F;
        const float under = ramp(neck - 0.004F, neck + 0.004F, p.y);
        const float back = ramp(ear_az + 5, ear_az - 3, a);  // not onto the ear
        if (w > 1.6F || under <= 0) return 0;

        const float above_lip = p.y - top_line(p.x);
        float d = 0;
        if (s.moustache > 0) {  // from under the nose to past the corners, thin in the philtrum's middle
            const float top = mix(nose_.y - 0.002F, mouth_.y + 0.006F, ramp(0.35F, 1.25F, u));
            float m = ramp(top + 0.003F, top - 0.002F, p.y + rough) * ramp(-0.001F, 0.0015F, above_lip) *
                      ramp(1.32F, 1.08F, u);
            m *= mix(0.62F, 1, ramp(0.02F, 0.16F, u));
            d = std::max(d, m * s.moustache);
        }
        const float below = bottom_line(p.x) - p.y;
        if (s.chin > 0) {
            const float anchor = s.chin < 0.9F ? 1.0F : 0.0F;
            const float soul = ramp(0.36F, 0.18F, u) * ramp(0.001F, 0.003F, below);
            const float wide = mix(mix(0.72F, 1.05F, clamp01((mouth_.y - p.y) / 0.03F)),
                                   mix(0.3F, 1.45F, ramp(0.02F, 0.042F, mouth_.y - p.y)), anchor);
            float c = ramp(wide + 0.16F, wide - 0.12F, u + rough * 40) * ramp(0.004F, 0.009F, below);
            const float bare = ramp(0.009F, 0.004F, below) * 0;
            c *= 1 - bare;
            if (anchor > 0) c *= std::max(ramp(jaw + 0.017F, jaw + 0.010F, p.y), soul);
            const float sides = ramp(0.30F, 0.5F, u) *
                                ramp(0.013F, 0.007F, below);  // bare patches either side of the soul patch
            c *= 1 - 0.75F * sides * (s.corners > 0 ? 0.7F : 1);
            d = std::max(d, std::max(c, soul) * under);
        }
        if (s.corners > 0)
            d = std::max(d, s.corners * ramp(0.86F, 1.02F, u) * ramp(1.50F, 1.28F, u + rough * 40) *
                                ramp(mouth_.y + 0.011F, mouth_.y + 0.004F, p.y) * ramp(0, 0.002F, lip) *
                                under);
        if (s.jaw > 0) {
            float j = ramp(cheek + 0.004F, cheek - 0.005F, p.y) * under * back;
            if (s.moustache <= 0)
                j *= ramp(1.25F, 1.65F, u + rough * 30);  // chops: chin shaved
            else
                j *= std::max(ramp(0.95F, 1.3F, u), ramp(0.012F, 0.018F, below));
            d = std::max(d, j * s.jaw);
        }
        return d * ramp(0.0012F, 0.0028F, lip);
    }

    // The way hair lies here: down, forward along the jaw, aside under the nose.
    Vec3 flow(Vec3 p) const {
        const float u = (p.x - mouth_.x) / half_;
        const float moustache = ramp(-0.002F, 0.003F, p.y - top_line(p.x)) * ramp(1.5F, 1.2F, std::fabs(u)) *
                                (p.z > mouth_.z - 0.03F ? 1 : 0);
        const float side = std::tanh(u * 3);
        const Vec3 down{side * 0.10F * ramp(0, 0.03F, mouth_.y - p.y), -1, 0.18F};
        return mix(down, Vec3{side * 1.0F, -0.62F - 0.4F * std::fabs(u) * std::fabs(u), 0.1F}, moustache);
    }
    bool on_moustache(Vec3 p) const {
        return p.y > top_line(p.x) - 0.001F && std::fabs(p.x - mouth_.x) < 1.35F * half_ &&
               p.z > mouth_.z - 0.03F;
    }
    Vec3 mouth() const { return mouth_; }
    float half() const { return half_; }
    float lip_distance(Vec3 p) const { return outside(lips_, p); }

    Vec3 origin;  // rays start towards here

private:
    float jaw_height(float az) const {
        if (az <= jaw_[0].first) return jaw_[0].second;
        for (std::size_t i = 1; i < 17; ++i)
            if (az < jaw_[i].first)
                return mix(jaw_[i - 1].second, jaw_[i].second,
                           (az - jaw_[i - 1].first) / std::max(0.01F, jaw_[i].first - jaw_[i - 1].first));
        return jaw_[16].second;
    }
    float top_line(float x) const { return lip_line(x, 0, 6); }  // landmarks 48 … 54
    float bottom_line(float x) const {                           // 48, 59 … 55, 54
        float best = mouth_.y;
        for (int i = 6; i < 12; ++i) {
            const Vec3 a = lips_[static_cast<std::size_t>(i)],
                       b = lips_[static_cast<std::size_t>((i + 1) % 12)];
            if (x <= a.x && x >= b.x) best = mix(a.y, b.y, (x - a.x) / std::min(-1e-6F, b.x - a.x));
        }
        return best;
    }
    float lip_line(float x, int from, int to) const {
        for (int i = from; i < to; ++i) {
            const Vec3 a = lips_[static_cast<std::size_t>(i)], b = lips_[static_cast<std::size_t>(i + 1)];
            if (x >= a.x && x <= b.x) return mix(a.y, b.y, (x - a.x) / std::max(1e-6F, b.x - a.x));
        }
        return mouth_.y;
    }

    const Head& head_;
    std::uint32_t seed_;
    std::array<Vec3, 12> lips_;
    std::array<std::pair<float, float>, 17> jaw_;
    Vec3 left_, right_, mouth_, nose_, chin_;
    float half_ = 0.025F, top_lip_ = 0, bottom_lip_ = 0;
};

}  // namespace

void grow_beard(const Head& head, const Wish& wish, Strands& out) {
    const BeardStyle* style = beard_style(wish.beard_style);
    if (!style) return;
    Random random(wish.seed ^ 0xBEA2DULL);
    const Chart chart(head, wish.seed);
    const float factor = beard_length_factor(wish.beard_length);
    const bool full = style->length > 0.015F;
    out.kind = Strand::beard;
    out.root_radius = style->points == 4 ? 4.2e-5F : 4.8e-5F;
    out.tip_radius = style->points == 4 ? 3.0e-5F : 1.6e-5F;

    Locks locks;
    const int m = style->points;
    locks.points = m;
    const float thick = mix(0.45F, 1.15F, wish.beard_density);
    const int tries = static_cast<int>(static_cast<float>(style->count) * 2.2F);
    std::vector<SurfaceSample> roots;
    for (int i = 0; i < tries; ++i) {
        float a = random.unit() * 2 - 1, e = random.unit();
        const float roll = random.unit();
        const Vec3 d = from_polar(a * (style->jaw > 0 ? 112.0F : 46.0F), mix(-68, 62, e));
        if (random.unit() > std::cos(mix(-68, 62, e) / degrees)) continue;
        // March inwards from outside; the face is met first.
        float r = 0.16F;
        Field::Here here;
        for (int k = 0; k < 18; ++k) {
            here = head.field.at(chart.origin + d * r);
            if (std::fabs(here.distance) < 0.0003F) break;
            r -= std::min(here.distance, 0.03F) * 0.8F;  // the field says 1 when it is far
            if (r < 0.02F) break;
        }
        if (r < 0.03F || std::fabs(here.distance) > 0.003F) continue;
        const Vec3 p = chart.origin + d * r;
        const float here_density = chart.density(*style, p);
        const float patchy = 1 - (1 - wish.beard_density) * 0.5F *
                                     (0.5F + 0.5F * wobble(a * 30, static_cast<std::uint32_t>(wish.seed)) *
                                                 wobble(e * 14, static_cast<std::uint32_t>(wish.seed) + 1));
        if (roll > here_density * thick * patchy * (chart.on_moustache(p) ? 1.0F : 0.62F)) continue;
        roots.push_back({p, here.normal});
    }
    locks.add(static_cast<int>(roots.size()));
    for (std::size_t i = 0; i < roots.size(); ++i) {
        locks.strand(i)[0] = roots[i].position;
        locks.side[i] = roots[i].position.x < chart.mouth().x ? 1 : 2;
        locks.random[i] = random.unit();
    }
    const std::vector<std::uint32_t> leader =
        find_leaders(locks, std::max(60, static_cast<int>(roots.size()) / 14), random);
    locks.lock = leader;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const Vec3 n = roots[i].normal, p0 = roots[i].position;
        const bool lip = chart.on_moustache(p0);
        const float edge = chart.density(*style, p0);
        float len = (lip ? style->moustache_length : style->length) * factor * random.between(0.62F, 1.12F) *
                    mix(0.55F, 1, ramp(0.15F, 0.8F, edge));
        // Cheeks and sideburns are kept shorter than the chin.
        if (full && !lip) len *= mix(1, 0.42F, ramp(chart.mouth().y - 0.035F, chart.mouth().y + 0.03F, p0.y));
        locks.length[i] = len;
        Random lock_random(wish.seed + 131 * (std::uint64_t{leader[i]} + 1));
        const float noise = style->points == 4 ? 0.30F : 0.16F;
        const Vec3 lean = lock_random.normal3() * noise + random.normal3() * (noise * 0.6F);
        const Vec3 way = chart.flow(p0) + lean;
        const Vec3 flat = normalize(way - n * dot(way, n));
        Vec3 d = normalize(n * style->lift + flat * (1 - style->lift));
        const float step = len / static_cast<float>(m - 1);
        const float layer = std::min(0.3F * len, 0.011F) * (0.1F + 0.9F * locks.random[i]);
        Vec3 q = p0;
        Vec3* p = locks.strand(i);
        p[0] = p0 - n * 0.0005F;
        for (int k = 1; k < m; ++k) {
            const float t = static_cast<float>(k) / static_cast<float>(m - 1);
            const Field::Here here = head.field.at(q);
            const Vec3 along = way - here.normal * dot(way, here.normal);
            const Vec3 inward = full && !lip ? Vec3{-q.x * 4.5F, 0, 0} * t : Vec3{};
            d = normalize(d * 0.72F + normalize(normalize(along) * 0.6F +
                                                head.down * (style->gravity * (0.3F + t)) + inward) *
                                          0.28F);
            q = head.field.pushed_out(q + d * step, lip ? 0.0008F : layer * std::min(1.0F, 2 * t));
            p[k] = q;
            if (lip && k > 1 &&
                chart.lip_distance(q) < -0.0022F * (0.4F + locks.random[i])) {  // trimmed along the lip
                locks.keep[i] = std::min(locks.keep[i], t);
            }
        }
    }
    if (style->clump > 0) clump(locks, leader, style->clump, 1.0F);
    Curl helix{style->curl * (1 + 0.6F * wish.curl), style->length > 0.05F ? 26.0F : 55.0F, 0.7F, 0.1F};
    curl(locks, helix, random);
    frizz(locks, std::min(0.0016F, style->length * 0.06F), 0.03F, random);
    hand_out(head, locks, {0.0003F, -0.30F, 4}, out);
}

}  // namespace limner::sitters
