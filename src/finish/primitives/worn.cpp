// Glasses and earrings (shaders/worn.wgsl). A rim is a pixel or two of the network's and ten of a picture's, so the network paints a face without
// them and they are drawn here: rims and bars as tubes in the studio's light, temples, lenses, and the shadow that all of it casts.
#include "finish/primitives/worn_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/source.h"

namespace limner::finish {

namespace {

// As the renderer has them (models/sitters/shade.cpp, lights.cpp): how large a studio light is in a mirror, and how bright at most.
constexpr float kDiscRadius = 0.14F, kDiscGain = 51.0F, kGlint = 12.0F, kMetalGlint = 1.6F;
// Earrings, metres, as models/sitters/earrings.cpp has them; half-widths a metre; half-widths around one in which there is any of it.
constexpr float kStud = 0.0024F, kHoop = 0.0105F, kHoopHalf = 0.0009F, kHook = 0.0014F, kDropLong = 0.013F,
                kDropWide = 0.0036F;
constexpr float kEarReach = 0.12F;
constexpr int kSteps = 4;  // straight pieces between two knots
constexpr float kShadowDown = 0.0035F, kShadowAside = 0.0012F, kShadowSoft = 0.0026F,
                kShadow = 0.30F;  // metres; and how dark
constexpr float kNear = 0.0125F;  // metres around a rim in which there is anything of it, its shadow included
constexpr float kBehind = 0.006F;  // metres before the frame, where skin begins to hide it

// What a surface shows that faces (x, y, what is left): matte, and the studio mirrored.
Vec4 polished(const Pass& pass, float nx, float ny, Vec4 albedo, Vec4 head_on, float blur) {
    const bool metal = head_on[0] > 0.3F;
    const float nz = std::sqrt(max(1.0F - nx * nx - ny * ny, 0.0F));
    const float rx = 2.0F * nz * nx, ry = 2.0F * nz * ny, rz = 2.0F * nz * nz - 1.0F;
    const float dome = pass.f(kStudio + 4 * kDiscs);
    float lit = dome * (0.75F + 0.25F * ny), glint = 0;
    for (int k = 0; k < kDiscs; ++k) {
        const int i = kStudio + 4 * k;
        const float e = pass.f(i + 3);
        lit += e * max(nx * pass.f(i) + ny * pass.f(i + 1) + nz * pass.f(i + 2), 0.0F);
        const float c = rx * pass.f(i) + ry * pass.f(i + 1) + rz * pass.f(i + 2);
        const float away = std::sqrt(max(2.0F - 2.0F * c, 0.0F));
        glint += min(e * kDiscGain * (1.0F - smoothstep(kDiscRadius - blur, kDiscRadius + blur, away)),
                     metal ? kMetalGlint : kGlint);
    }
    const float rest = 1.0F - nz, grazing = rest * rest * rest * rest * rest;
    const Vec4 mirror = mix(head_on, splat(1.0F), 0.12F * grazing);
    return albedo * splat(lit) +
           mirror * splat(glint + dome * (1.0F + 0.35F * ry) + (metal ? 0.35F * lit : 0.0F));
}

struct Rim {  // the nearest place of a lens' outline
    float distance = 9, knot = 0;
    bool inside = false;
    Vec2 outward;
};

class Frame {
public:
    explicit Frame(const Pass& pass) : pass_(pass), pixel_(2.0F / static_cast<float>(pass.full_width())) {
        for (int lens = 0; lens < 2; ++lens)
            for (int s = 0; s < kKnots; ++s)
                for (int j = 0; j < kSteps; ++j)
                    curve_[lens][s][j] = between(lens, s, (static_cast<float>(j) + 1) * (1.0F / kSteps));
        for (int lens = 0; lens < 2; ++lens)
            centre_[lens] = (knot(lens, 0) + knot(lens, 8) + knot(lens, 16) + knot(lens, 24)) * 0.25F;
    }

    Vec2 pair(int i) const { return {pass_.f(i), pass_.f(i + 1)}; }
    Vec2 knot(int lens, int k) const { return pair(kRim + 2 * (lens * kKnots + (k & (kKnots - 1)))); }
    Vec2 centre(int lens) const { return centre_[lens]; }

    Rim rim(int lens, Vec2 p) const {
        int nearest = 0;
        float least = 99;
        for (int k = 0; k < kKnots; ++k) {
            const Vec2 d = p - knot(lens, k);
            if (dot(d, d) < least) least = dot(d, d), nearest = k;
        }
        Rim found;
        if (least > 2.25F * kNear * kNear * pass_.f(kScale) * pass_.f(kScale)) {  // far from it all
            found.inside = dot(p - knot(lens, nearest), knot(lens, nearest) - centre(lens)) < 0;
            return found;
        }
        Vec2 foot{}, along{};
        for (int s = nearest - 1; s <= nearest; ++s) {
            Vec2 from = knot(lens, s);
            for (int j = 0; j < kSteps; ++j) {
                const Vec2 to = curve_[lens][s & (kKnots - 1)][j];
                const Vec2 way = to - from;
                const float part = share_along(p, from, way);
                const Vec2 on = from + way * part;
                const float far = length(p - on);
                if (far < found.distance) {
                    found.distance = far;
                    found.knot = static_cast<float>(s) + (static_cast<float>(j) + part) * (1.0F / kSteps);
                    foot = on;
                    along = way;
                }
                from = to;
            }
        }
        const float size = max(length(along), 1e-9F);
        Vec2 out{along.y / size, -along.x / size};
        if (dot(out, foot - centre(lens)) < 0) out = out * -1.0F;
        found.outward = out;
        found.inside = dot(p - foot, out) < 0;
        if (found.knot < 0) found.knot += static_cast<float>(kKnots);
        return found;
    }

    // Half the rim's width at a place of the outline; where there is none, the cord that holds the lens.
    float half(float at) const {
        if (pass_.f(kOpen) > 0.5F && at > 16.2F && at < 31.8F) return 0.00018F * pass_.f(kScale);
        const float up = sin_turn(at * (1.0F / kKnots));
        const float height = up < 0 ? -std::sqrt(-up) : std::sqrt(up);
        return pass_.f(kRimHalf) * (1.0F + 0.45F * pass_.f(kThick) * smoothstep(-0.3F, 1.0F, height));
    }

    // The same for its shadow, in which a rim does not end at once.
    float shadow_half(float at) const {
        const float gone =
            pass_.f(kOpen) * smoothstep(14.5F, 17.0F, at) * (1.0F - smoothstep(31.0F, 32.0F, at));
        return half(8.0F) * (1.0F - 0.9F * gone);
    }

    // How much of a pixel a bar covers whose middle is `distance` away.
    float cover(float distance, float half) const { return line_cover(distance, half, pixel_); }
    float pixel() const { return pixel_; }

    // What a tube of half a width `half` shows at `across` (-1..1 of it) with `side` the way from its middle (y down). Of a thin one a
    // pixel sees much at once.
    Vec4 tube(float across, float half, Vec2 side, Vec2 p) const {
        Vec4 albedo = pass_.rgb(kAlbedo);
        if (pass_.f(kTortoise) > 0.5F) {
            const float x = p.x / pass_.f(kScale), y = p.y / pass_.f(kScale);
            const float spots = fbm(x * 115.0F, y * 115.0F, 2, 71U);
            albedo = mix(albedo * splat(1.3F), albedo * splat(0.12F), smoothstep(-0.12F, 0.26F, spots));
        }
        const bool metal = pass_.f(kMirror) > 0.3F;
        const float apart = 0.6F * pixel_ / half, own = saturate(0.5F * half / pixel_ - 0.5F);
        Vec4 sum = splat(0);
        for (int k = -1; k <= 1; ++k) {
            const float at = clamp(across * own + apart * static_cast<float>(k), -1.0F, 1.0F);
            // Acetate is flat with round edges, wire is round.
            const float steep = metal ? 0.92F * at : at * (0.25F + 0.68F * at * at);
            sum +=
                polished(pass_, side.x * steep, -side.y * steep, albedo, pass_.rgb(kMirror), pass_.f(kBlur));
        }
        return sum * splat(1.0F / 3.0F);
    }

private:
    // A place on the curve from a knot to the next.
    Vec2 between(int lens, int s, float t) const {
        const Vec2 a = knot(lens, s - 1), b = knot(lens, s), c = knot(lens, s + 1), d = knot(lens, s + 2);
        return spline(a, b, c, d, t);
    }

    const Pass& pass_;
    float pixel_;
    Vec2 curve_[2][kKnots][kSteps], centre_[2];
};

struct Nearest {  // place on a bar of straight or curved pieces
    float distance = 9, part = 0;
    Vec2 side;
};
void approach(Nearest& found, Vec2 p, Vec2 from, Vec2 to, float start, float share) {
    const Vec2 way = to - from;
    const float t = share_along(p, from, way);
    const Vec2 off = p - (from + way * t);
    const float far = length(off);
    if (far >= found.distance) return;
    found.distance = far;
    found.part = start + share * t;
    found.side = off * (1.0F / max(far, 1e-9F));
}
Nearest on_arch(const Pass& pass, int first, Vec2 p) {
    const Vec2 a{pass.f(first), pass.f(first + 1)}, m{pass.f(first + 2), pass.f(first + 3)},
        b{pass.f(first + 4), pass.f(first + 5)};
    const Vec2 bend = m * 2.0F - (a + b) * 0.5F;
    Nearest found;
    Vec2 from = a;
    for (int k = 1; k <= 6; ++k) {
        const float t = static_cast<float>(k) * (1.0F / 6.0F), u = 1.0F - t;
        const Vec2 to = a * (u * u) + bend * (2.0F * u * t) + b * (t * t);
        approach(found, p, from, to, t, 0);
        from = to;
    }
    return found;
}
// Corner, hinge, half-way, and as far again to the ear.
Nearest on_temple(const Pass& pass, int side, Vec2 p) {
    const int i = kTemples + 8 * side;
    const Vec2 corner{pass.f(i), pass.f(i + 1)}, hinge{pass.f(i + 2), pass.f(i + 3)},
        half{pass.f(i + 4), pass.f(i + 5)};
    Nearest found;
    approach(found, p, corner, hinge, 0, 1);
    approach(found, p, hinge, half, 1, 1);
    approach(found, p, half, half + (half - hinge) * 0.85F, 2, 1);
    return found;
}

Vec4 over(Vec4 below, Vec4 colour, float cover) {
    const float alpha = cover + below[3] * (1.0F - cover);
    if (alpha <= 0) return below;
    return with_alpha((colour * splat(cover) + below * splat(below[3] * (1.0F - cover))) / splat(alpha),
                      alpha);
}

// An earring at `q`, metres from its middle (y down): a ball, a ring seen from aside, or a ball and a drop on a wire.
Vec4 earring(const Pass& pass, Vec4 below, int side, Vec2 q, float pixel, float seen) {
    const int style = pass.i(kEarStyle), at = kEars + 5 * side;
    const auto bead = [&](Vec4 c, float distance, float radius, float nx,
                          float ny) {  // inside where distance < radius
        const float cover = line_cover(distance, radius, pixel) * seen;
        if (cover <= 0) return c;
        const float size = std::sqrt(nx * nx + ny * ny), most = size > 0.95F ? 0.95F / size : 1.0F;
        return over(c, polished(pass, nx * most, ny * most, splat(0), pass.rgb(kEarMirror), 0.14F), cover);
    };
    const auto ball = [&](Vec4 c, Vec2 d, float radius) {
        return bead(c, length(d), radius, d.x / radius, -d.y / radius);
    };
    if (style == 1) return ball(below, q, kStud);
    if (style == 2) {
        const float wide = pass.f(at + 4), u = q.x / wide, ring = std::sqrt(u * u + q.y * q.y);
        const float slope = std::sqrt(u * u / (wide * wide) + q.y * q.y) / max(ring, 1e-6F);
        const float off = (ring - kHoop) / max(slope, 1e-3F),
                    thin = saturate(0.5F * kHoopHalf / pixel -
                                    0.5F),  // of a thin wire a pixel sees much at once
            across = thin * off / kHoopHalf / max(ring * slope, 1e-6F);
        return bead(below, abs(off), kHoopHalf, across * u / wide, -across * q.y);
    }
    Vec4 c = bead(below, abs(q.x) + max(abs(q.y + 0.006F) - 0.004F, 0.0F), 0.0003F, 0, 0);
    c = ball(c, q + Vec2{0, 0.0098F}, kHook);
    const float t = (0.0113F - q.y) / kDropLong;  // from below; its point is above
    if (t <= 0 || t >= 1) return c;
    const float radius = kDropWide * sin_turn(0.5F * pow(1.0F - t, 0.62F)) * (0.35F + 0.65F * (1.0F - t));
    return bead(c, abs(q.x), radius, q.x / max(radius, 1e-5F), 0.9F * (t - 0.35F));
}

}  // namespace

// in: the source, the sitter. out: the sitter with glasses and earrings on.
void worn(const Pass& pass) {
    const Source source(pass);
    const Frame frame(pass);
    const float scale = pass.f(kScale), margin = 0.008F * scale;
    const bool glasses = pass.f(kGlassesOn) > 0.5F;
    each_pixel(pass, [&](int x, int y) {
        Vec4 c = pass.in[1].at(x, y);
        const Vec2 p{pass.full_x(x) * frame.pixel() - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        if (pass.i(kEarStyle) > 0)
            for (int side = 0; side < 2; ++side) {
                const int at = kEars + 5 * side;
                const Vec2 ear = frame.pair(at), off = p - ear;
                if (abs(off.x) > kEarReach || abs(off.y) > kEarReach) continue;
                // It hangs on a lobe, which is there; and what is before it hides it.
                const float high = pass.i(kEarStyle) == 1 ? 0.0F : kHoop * kPerMetre;
                const Vec2 lobe{(ear.x + 1.0F) * 0.5F * static_cast<float>(source.width()) - 0.5F,
                                (ear.y - high + 1.0F) * 0.5F * static_cast<float>(source.height()) - 0.5F};
                const float before = source.sample(7, source.place(pass, x, y)) - pass.f(at + 2);
                const float seen = smoothstep(0.35F, 0.65F, pass.f(at + 3)) *
                                   smoothstep(0.5F, 0.9F, source.sample(3, lobe)) *
                                   (1.0F - 0.9F * smoothstep(0.3F, 0.7F, source.sample(9, lobe))) *
                                   (1.0F - smoothstep(0.014F, 0.024F, before) * saturate(c[3]));
                if (seen > 0)
                    c = earring(pass, c, side, off * (1.0F / kPerMetre), frame.pixel() / kPerMetre, seen);
            }
        if (!glasses || p.x < pass.f(kBox) - margin || p.y < pass.f(kBox + 1) - margin ||
            p.x > pass.f(kBox + 2) + margin || p.y > pass.f(kBox + 3) + margin)
            return c;
        const Vec2 place = source.place(pass, x, y);
        const int lens = p.x > 0.5F * (frame.centre(0).x + frame.centre(1).x) ? 0 : 1;

        const Rim rim = frame.rim(lens, p);
        const bool near = rim.distance < kNear * scale,  // and between the lenses there are the bars
            between = abs(p.x - 0.5F * (frame.centre(0).x + frame.centre(1).x)) <
                      0.5F * abs(frame.centre(0).x - frame.centre(1).x);

        // The shadow: of whatever is above and towards the key light.
        const Vec2 caster = p - Vec2{kShadowAside, kShadowDown} * scale;
        const Rim shading = near ? frame.rim(lens, caster) : Rim{};
        const Nearest bridge_shading = between ? on_arch(pass, kBars, caster) : Nearest{};
        const float soft = kShadowSoft * scale;
        const auto dark = [&](float distance, float half) {
            const float d = distance / (soft + half);
            return exp(-1.5F * d * d) * saturate(half / (0.35F * soft));
        };
        const float shadow = max(dark(shading.distance, frame.shadow_half(shading.knot)),
                                 dark(bridge_shading.distance, pass.f(kBridgeHalf)));
        c = with_alpha(c * splat(1.0F - kShadow * shadow), c[3]);

        if (rim.inside) {
            const float tint = 0.97F * pass.f(kTint),
                        upper = saturate(0.5F - (p.y - frame.centre(lens).y) * 6.0F);
            const Vec4 through = mix(splat(0.965F), vec4(0.045F, 0.042F, 0.04F, 1), tint);
            c = with_alpha(c * through + splat(0.003F + 0.005F * upper * upper), c[3]);
        }
        for (int side = 0; side < 2 && !between; ++side) {
            const Nearest t = on_temple(pass, side, p);
            const float half = pass.f(kTempleHalf);
            float cover = frame.cover(t.distance, half);
            if (cover <= 0) continue;
            const float at_hinge = pass.f(kTemples + 8 * side + 6), at_half = pass.f(kTemples + 8 * side + 7);
            const float seen =
                t.part < 1 ? mix(1.0F, at_hinge, t.part) : mix(at_hinge, at_half, min(t.part - 1.0F, 1.0F));
            const float hair = smoothstep(0.3F, 0.8F, source.sample(9, place));
            cover *= smoothstep(0.3F, 0.6F, seen) * (1.0F - smoothstep(0.4F, 1.2F, t.part) * hair) *
                     (1.0F - smoothstep(2.5F, 3.0F, t.part));
            c = over(c, frame.tube(t.distance / half, half, t.side, p), cover);
        }
        const float solid = pass.f(kClear) > 0.5F ? 0.6F : 1.0F;
        const auto bar = [&](const Nearest& on, float half) {
            const float cover = half > 0 ? frame.cover(on.distance, half) * solid : 0.0F;
            if (cover > 0) c = over(c, frame.tube(min(on.distance / half, 1.0F), half, on.side, p), cover);
        };
        if (between) {
            bar(on_arch(pass, kBars, p), pass.f(kBridgeHalf));
            bar(on_arch(pass, kBars + 6, p), pass.f(kUpperHalf));
        }
        if (!near) return c;
        const float half = frame.half(rim.knot), cover = frame.cover(rim.distance, half) * solid;
        if (cover > 0) {
            const float plane = pass.f(kPlane + 3 * lens) + pass.f(kPlane + 3 * lens + 1) * p.x +
                                pass.f(kPlane + 3 * lens + 2) * p.y;
            const float hidden =
                smoothstep(kBehind, 2.0F * kBehind, source.sample(7, place) - plane) * saturate(c[3]);
            const float across = min(rim.distance / half, 1.0F) * (rim.inside ? -1.0F : 1.0F);
            c = over(c, frame.tube(across, half, rim.outward, p), cover * (1.0F - hidden));
        }
        return c;
    });
}

}  // namespace limner::finish
