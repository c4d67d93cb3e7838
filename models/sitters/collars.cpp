#include "collars.h"
#include "noise.h"
#include "vectors.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {
namespace {

constexpr float pi = 3.14159265F;

float smooth(float a, float b, float x) {
    const float t = std::clamp((x - a) / (b - a), 0.0F, 1.0F);
    return t * t * (3 - 2 * t);
}
float front(float azimuth) {  // 1 in front, 0 behind
    const float c = 0.5F + 0.5F * std::cos(azimuth);
    return c * c;
}

// Wrinkles of cloth that hangs from the shoulders: long folds away from the neck, few and soft. Metres.
float folds(const Wardrobe& w, float azimuth, float s) {
    const float r = 0.055F + std::max(s, 0.0F);
    const Vec3 p = Vec3{r * std::sin(azimuth) * 26, r * std::cos(azimuth) * 9, azimuth} + w.phase;
    const float long_folds = gradient_noise(p, 11);
    const float fine =
        gradient_noise(Vec3{r * std::sin(azimuth) * 60, r * std::cos(azimuth) * 34, 3} + w.phase, 12);
    return smooth(0.0F, 0.06F, s) * (0.0016F * long_folds + 0.0005F * fine);
}

void set_uv_flat(Mesh& m) {
    for (std::size_t k = 0; k < m.position.size(); ++k) m.uv[k] = {m.position[k].x, m.position[k].y};
}

Mesh button(const Cape& cape, Spot at, float radius) {
    constexpr int around = 20;
    Mesh m;
    m.name = "button";
    m.surface = Surface::cloth;
    m.region = Region::clothes;
    const Vec3 n = cape.normal_at(at.azimuth, at.s);
    const Vec3 c = cape.position_at(at.azimuth, at.s) + n * at.off;
    const Vec3 u = normalize(cross({0, 1, 0}, n)), v = cross(n, u);
    // Rim, top ring, dish: rings of (radius, height).
    const Vec2 rings[] = {{1, 0}, {1, 0.25F}, {0.9F, 0.38F}, {0.7F, 0.3F}, {0.001F, 0.28F}};
    for (const Vec2& ring : rings)
        for (int j = 0; j < around; ++j) {
            const float a = 2 * pi * static_cast<float>(j) / around;
            m.position.push_back(c + (u * std::cos(a) + v * std::sin(a)) * (radius * ring.x) +
                                 n * (radius * ring.y));
        }
    m.uv.assign(m.position.size(), {});
    m.rest = m.position;
    m.normal.assign(m.position.size(), {});
    for (std::uint32_t i = 0; i + 1 < std::size(rings); ++i)
        for (std::uint32_t j = 0; j < around; ++j) {
            const std::uint32_t a = i * around + j, b = i * around + (j + 1) % around;
            for (const auto& t : {std::array{a, b, a + around}, std::array{b, b + around, a + around}}) {
                m.triangle.push_back(t);
                const Vec3 f =
                    cross(m.position[t[1]] - m.position[t[0]], m.position[t[2]] - m.position[t[0]]);
                for (const std::uint32_t k : t) m.normal[k] = m.normal[k] + f;
            }
        }
    for (Vec3& x : m.normal) x = normalize(x);
    return m;
}

// A leaf between a fold line and an outer edge, both polylines on the chest's plane; it rises at the fold and rolls over.
Mesh leaf(const Cape& cape, std::string name, const std::vector<Vec2>& fold, const std::vector<Vec2>& outer,
          float off, bool mirrored) {
    const auto along = [](const std::vector<Vec2>& line, float u) {
        const float k = u * static_cast<float>(line.size() - 1);
        const auto i = std::min(static_cast<std::size_t>(k), line.size() - 2);
        const float t = k - static_cast<float>(i);
        return Vec2{mix(line[i].x, line[i + 1].x, t), mix(line[i].y, line[i + 1].y, t)};
    };
    Mesh m = sheet(cape, std::move(name), 64, 16, false, [&](float u, float t) {
        const float uu = mirrored ? 1 - u : u;
        const Vec2 a = along(fold, uu), b = along(outer, uu);
        const float roll = off + 0.0022F * std::sin(pi * std::min(1.0F, t * 1.6F));
        const float edge = t > 0.97F ? -0.0016F : 0;
        const float x = mix(a.x, b.x, t) * (mirrored ? -1.0F : 1.0F);
        return on_plane(x, mix(a.y, b.y, t), roll + edge);
    });
    set_uv_flat(m);
    return m;
}

}  // namespace

Edge round_edge(float behind, float lower_in_front) {
    return [=](float azimuth) { return behind + lower_in_front * front(azimuth); };
}

Edge v_edge(float behind, float depth, float half_width) {
    return [=](float azimuth) {
        const float bottom = 0.055F + depth;
        const Vec2 d{half_width, 0.035F + bottom};  // from the point (0, -bottom) to (half_width, 0.035)
        const float dx = std::sin(std::abs(azimuth)), dy = -std::cos(azimuth);
        const float across = dx * d.y - dy * d.x;
        const float rho = across > 1e-4F ? bottom * d.x / across : 0;
        const float s = rho - 0.055F;
        // A soft maximum with the round part behind the neck.
        const float k = 0.006F, h = std::clamp(0.5F + 0.5F * (s - behind) / k, 0.0F, 1.0F);
        return std::abs(azimuth) > 2.2F ? behind : mix(behind, s, h) + k * h * (1 - h);
    };
}

Mesh panel(const Wardrobe& w, const Cape& cape, std::string name, const Edge& edge, float off, float wrinkles,
           float hem) {
    return sheet(cape, std::move(name), 256, 72, true, [&, off, wrinkles, hem](float u, float t) {
        const float azimuth = -pi + 2 * pi * u;
        const float e = edge(azimuth) + hem;
        const float k = t * 72;
        if (k < 3) return Spot{azimuth, e + 0.0002F * k, off - 0.0012F * (3 - k)};  // the edge turns in
        const float v = (k - 3) / 69;
        const float s = e + 0.0006F + v * (0.35F + 0.65F * v) * (0.24F - e);
        return Spot{azimuth, s, off + wrinkles * folds(w, azimuth, s - e)};
    });
}

Mesh band(const Wardrobe& w, const Cape& cape, std::string name, const Edge& edge, float width, float off,
          float ribs) {
    (void)w;
    const int across = ribs > 0 ? 960 : 320;
    return sheet(cape, std::move(name), across, 14, false, [&, across](float u, float t) {
        const float azimuth = -pi + 2 * pi * u;
        const float e = edge(azimuth);
        const float rib = ribs * std::cos(2 * pi * u * static_cast<float>(across) / 8);
        const float k = t * 14;
        if (k < 3)
            return Spot{azimuth, e + 0.001F - 0.0005F * std::sin(pi * k / 6),
                        -0.0016F + (0.0016F + off) * k / 3};
        const float v = (k - 3) / 11;
        const float puff = std::sin(pi * std::min(1.0F, 0.35F + 0.65F * v));
        return Spot{azimuth, e + 0.0005F + v * (width + 0.0015F),
                    off * (0.25F + 0.75F * puff) + rib * std::sin(pi * std::min(v * 1.05F, 1.0F))};
    });
}

void add_shirt_collar(const Wardrobe& w, const ShirtCollar& c, std::vector<Mesh>& out) {
    const float half = pi - c.gap;  // from the middle behind to each front end
    // Inner face of the stand, then the leaf folded over it down to the points. u runs from one front end around the neck to the other.
    out.push_back(sheet(w.soft, c.cloth + "_collar", 220, 30, false, [&](float u, float t) {
        const float side = 2 * u - 1;  // -1 .. 1, 0 behind
        const float to_front = smooth(0.35F, 1.0F, std::abs(side));
        const float height = c.stand * (1 - 0.35F * to_front);
        const float lean = 0.0035F * to_front;
        const float k = t * 30;
        float azimuth = pi + side * half;
        if (k <= 10) {  // up inside the stand
            const float v = k / 10;
            return Spot{azimuth, mix(0.006F + 0.004F * to_front, -height, v),
                        0.0006F + 0.0009F * v + lean * v};
        }
        if (k <= 14) {  // over the fold
            const float a = (k - 10) / 4 * pi;
            return Spot{azimuth, -height - 0.0012F * std::sin(a),
                        0.0015F + lean + 0.0014F * (1 - std::cos(a))};
        }
        const float v = (k - 14) / 16;
        const float reach = mix(0.012F, c.points, std::pow(smooth(0.45F, 1.0F, std::abs(side)), 1.6F));
        // The front ends slant outwards to the points.
        azimuth += (side > 0 ? -1.0F : 1.0F) * v * 0.32F * std::pow(to_front, 3.0F);
        const float edge = v > 0.96F ? -0.0012F : 0;
        return Spot{azimuth, mix(-height, reach, v),
                    mix(0.0043F + lean, c.off, v) + 0.0015F * std::sin(pi * v) + edge};
    }));
}

void add_placket(const Wardrobe& w, const std::string& cloth, float from, float to, int buttons,
                 std::vector<Mesh>& out) {
    const float top = 0.05F + from, bottom = 0.055F + to;
    out.push_back(sheet(w.soft, cloth + "_placket", 10, 40, true, [&](float u, float t) {
        const float edge = u < 0.05F || u > 0.95F ? 0.0012F : 0;
        return on_plane(mix(-0.015F, 0.015F, u), -mix(top, bottom, t),
                        0.0036F - edge + 0.4F * folds(w, 0, t * (to - from)));
    }));
    for (int i = 0; i < buttons; ++i) {
        const float y = top + 0.012F + static_cast<float>(i) * (buttons > 2 ? 0.07F : 0.045F);
        if (y < bottom - 0.008F) out.push_back(button(w.soft, on_plane(0, -y, 0.0037F), 0.0052F));
    }
}

void add_turtleneck(const Wardrobe& w, std::vector<Mesh>& out) {
    out.push_back(sheet(w.soft, "cloth_rib_neck", 640, 44, false, [&](float u, float t) {
        const float azimuth = -pi + 2 * pi * u;
        const float top = -0.042F + 0.006F * front(azimuth), low = 0.006F + 0.004F * front(azimuth);
        const float rib = 0.00035F * std::cos(2 * pi * u * 80);
        const float sag =
            0.0018F *
            gradient_noise(Vec3{std::sin(azimuth) * 1.6F, t * 5, std::cos(azimuth) * 1.6F} + w.phase, 21);
        const float k = t * 44;
        if (k <= 4) return Spot{azimuth, mix(0.004F, top, k / 4), 0.0006F};  // inside
        if (k <= 10) {
            const float a = (k - 4) / 6 * pi;
            return Spot{azimuth, top - 0.0025F * std::sin(a),
                        0.0008F + 0.0031F * (1 - std::cos(a)) + rib * (k - 4) / 6};
        }
        if (k <= 36) {
            const float v = (k - 10) / 26;
            return Spot{azimuth, mix(top, low, v),
                        0.007F + 0.0022F * std::sin(pi * v) + rib + sag * smooth(0, 0.3F, v)};
        }
        const float a = (k - 36) / 8;  // the fold's lower edge turns in
        return Spot{azimuth, low + 0.002F * std::sin(pi * a), 0.007F - 0.0055F * a + sag + rib * (1 - a)};
    }));
}

void add_stand_collar(const Wardrobe& w, std::vector<Mesh>& out) {
    out.push_back(sheet(w.stiff, "cloth_jacket_collar", 240, 24, false, [&](float u, float t) {
        const float side = 2 * u - 1;
        const float azimuth = pi + side * (pi - 0.34F);
        const float to_front = smooth(0.5F, 1.0F, std::abs(side));
        const float height = 0.034F - 0.006F * to_front, flare = 0.004F + 0.007F * to_front;
        const float k = t * 24;
        const float wave = 0.001F * gradient_noise(Vec3{side * 5, t * 2, 0} + w.phase, 31);
        const float base = 0.004F + 0.028F * to_front;
        if (k <= 9) return Spot{azimuth, mix(base, -height, k / 9), 0.001F + flare * k / 9 + wave};
        if (k <= 14) {
            const float a = (k - 9) / 5 * pi;
            return Spot{azimuth, -height - 0.002F * std::sin(a),
                        0.001F + flare + 0.0016F * (1 - std::cos(a)) + wave};
        }
        return Spot{azimuth, mix(-height, base + 0.008F, (k - 14) / 10),
                    mix(flare + 0.0042F, 0.005F, (k - 14) / 10) + wave};
    }));
    // A zip's two tapes along the opening.
    for (const float sign : {-1.0F, 1.0F}) {
        const Edge edge = v_edge(0.0F, 0.13F, 0.04F);
        out.push_back(sheet(w.stiff, "cord_zip", 4, 60, true, [&](float u, float t) {
            const float azimuth = sign * mix(0.5F, 0.0F, t);
            return Spot{azimuth, edge(azimuth) + 0.005F * (u - 0.5F), 0.0055F + 0.0012F * std::sin(pi * u)};
        }));
    }
}

void add_hood(const Wardrobe& w, std::vector<Mesh>& out) {
    // The hood lies behind the neck: a thick crumpled roll, thinner towards the front where its edges meet.
    out.push_back(sheet(w.stiff, "cloth_hood", 260, 48, false, [&](float u, float t) {
        const float side = 2 * u - 1;
        const float to_front = smooth(0.25F, 1.0F, std::abs(side));
        const float azimuth = pi + side * (pi - 0.17F);
        const float thick = mix(0.021F, 0.0075F, to_front), wide = mix(0.034F, 0.012F, to_front);
        const float centre = mix(0.012F, 0.026F, to_front);
        const float a = -2.4F + 4.8F * t;  // open below, where it meets the body
        const float crumple =
            1 +
            0.16F * gradient_noise(Vec3{side * 4.5F, std::cos(a) * 1.2F, std::sin(a) * 1.2F} + w.phase, 41) +
            0.06F * gradient_noise(Vec3{side * 13, a * 2, 0} + w.phase, 42);
        return Spot{azimuth, centre + wide * crumple * std::sin(a),
                    std::max(-0.004F, thick * (0.75F + 0.95F * crumple * std::cos(a)))};
    }));
    for (const float sign : {-1.0F, 1.0F}) {
        std::vector<Vec3> path;
        std::vector<float> radius;
        for (int i = 0; i <= 40; ++i) {
            const float t = static_cast<float>(i) / 40;
            const float x = sign * (0.021F + 0.006F * t + 0.003F * std::sin(5 * t + w.phase.x));
            const Spot at = on_plane(x, -(0.084F + 0.1F * t), 0.006F + 0.006F * (1 - t));
            path.push_back(w.stiff.position_at(at.azimuth, at.s) +
                           w.stiff.normal_at(at.azimuth, at.s) * at.off);
            radius.push_back(t > 0.94F ? 0.0032F : 0.0023F);
        }
        out.push_back(tube("cord", path, radius, 10));
    }
}

void add_lapels(const Wardrobe& w, std::vector<Mesh>& out) {
    // On the chest's plane: fold from beside the neck to the button; collar, notch, lapel.
    const std::vector<Vec2> lapel_fold{
        {0.055F, -0.035F}, {0.043F, -0.08F}, {0.03F, -0.13F}, {0.015F, -0.19F}, {0.004F, -0.235F}};
    const std::vector<Vec2> lapel_edge{
        {0.105F, -0.062F}, {0.122F, -0.078F}, {0.098F, -0.13F}, {0.058F, -0.19F}, {0.008F, -0.238F}};
    for (const bool mirrored : {false, true})
        out.push_back(leaf(w.stiff, "cloth_jacket_lapel", lapel_fold, lapel_edge, 0.0085F, mirrored));
    out.push_back(sheet(w.stiff, "cloth_jacket_collar", 200, 26, false, [&](float u, float t) {
        const float side = 2 * u - 1;
        const float to_front = smooth(0.5F, 1.0F, std::abs(side));
        const float azimuth = pi + side * (pi - 0.99F);
        const float height = mix(0.016F, -0.004F, to_front);
        const float reach = mix(0.032F, 0.058F, to_front);
        const float k = t * 26;
        if (k <= 6) return Spot{azimuth, mix(0.012F, -height, k / 6), 0.002F + 0.004F * k / 6};
        if (k <= 11) {
            const float a = (k - 6) / 5 * pi;
            return Spot{azimuth, -height - 0.0025F * std::sin(a), 0.006F + 0.002F * (1 - std::cos(a))};
        }
        const float v = (k - 11) / 15;
        return Spot{azimuth, mix(-height, reach, v),
                    0.01F + 0.001F * std::sin(pi * v) - (v > 0.96F ? 0.0018F : 0)};
    }));
}

void add_tie(const Wardrobe& w, std::vector<Mesh>& out) {
    out.push_back(sheet(w.soft, "tie_knot", 24, 20, true, [&](float u, float t) {
        const float half = mix(0.0185F, 0.0115F, t), x = 2 * u - 1;
        const float dent = 0.0012F * std::exp(-x * x * 30) * t;
        const float ends = std::sqrt(std::max(0.0F, 1 - std::pow(2 * t - 1, 6.0F)));
        return on_plane(x * half, -mix(0.05F, 0.086F, t),
                        0.003F + 0.0105F * ends * std::sqrt(std::max(0.0F, 1 - x * x)) - dent);
    }));
    out.push_back(sheet(w.soft, "tie_blade", 24, 50, true, [&](float u, float t) {
        const float half = mix(0.0125F, 0.036F, std::pow(t, 0.7F)), x = 2 * u - 1;
        const float dimple = 0.0022F * std::exp(-x * x * 14) * std::exp(-t * 9);
        return on_plane(x * half, -mix(0.083F, 0.28F, t), 0.0052F + 0.0028F * (1 - x * x * x * x) - dimple);
    }));
}

}  // namespace limner::sitters
