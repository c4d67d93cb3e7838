#include "eyewear.h"

#include "sitter/eyewear_shape.h"
#include "sweep.h"
#include "vectors.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {
namespace {

constexpr int points = kRimPoints;

Vec2 outline(const LensShape& shape, float turn) {
    const limner::Vec2 p = lens_outline(shape, turn);
    return {p.x, p.y};
}

// Heights of the face's skin towards the camera, on a grid of 1.5 mm.
class Relief {
public:
    Relief(const Fine& skin, Vec3 middle) : middle_(middle) {
        z_.fill(-1);
        for (const Vec3& p : skin) {
            const int i = column((p - middle).x), j = row((p - middle).y);
            if (i >= 0 && i < side && j >= 0 && j < side && p.z > middle.z - 0.06F)
                z_[i * side + j] = std::max(z_[i * side + j], p.z);
        }
        for (int round = 0; round < 3; ++round) {
            auto filled = z_;
            for (int i = 1; i + 1 < side; ++i)
                for (int j = 1; j + 1 < side; ++j)
                    if (z_[i * side + j] < -0.5F)
                        for (const int k : {-side, side, -1, 1})
                            filled[i * side + j] = std::max(filled[i * side + j], z_[i * side + j + k]);
            z_ = filled;
        }
    }
    float at(float x, float y) const {  // about the middle
        const int i = std::clamp(column(x), 0, side - 1), j = std::clamp(row(y), 0, side - 1);
        return z_[i * side + j];
    }

private:
    static constexpr int side = 120;
    static int column(float x) { return static_cast<int>(std::floor(x / 0.0015F)) + side / 2; }
    static int row(float y) { return column(y); }
    std::array<float, side * side> z_;
    Vec3 middle_;
};

// Half width of the head (without ears) near a height and depth.
float half_width(const Cage& cage, const std::vector<std::uint8_t>& is_ear, Vec3 at, float side) {
    float widest = 0;
    for (std::uint32_t i = 0; i < skin_vertex_count; ++i) {
        if (is_ear[i]) continue;
        const Vec3 p = cage[i];
        if (p.x * side > 0 && std::abs(p.y - at.y) < 0.012F && std::abs(p.z - at.z) < 0.012F)
            widest = std::max(widest, p.x * side);
    }
    return widest;
}

Mesh as(Mesh m, Surface surface) {
    m.surface = surface;
    m.region = Region::glasses;
    return m;
}

struct Fit {
    Vec3 middle;   // between the lenses, before depth
    float depth;   // z of the lens plane at x = 0
    float centre;  // lens centre's distance from the middle
    float y;       // lens centre's height over the middle
    float scale;
    Vec3 place(float x, float y_over, float out = 0) const {  // face-form wrap and pantoscopic tilt
        const float yy = y + y_over;
        return {middle.x + x, middle.y + yy, depth - 2.3F * x * x + 0.13F * yy + out};
    }
};

}  // namespace

std::vector<Mesh> eyewear_of(const Assets& assets, const Fine& skin, const Cage& cage,
                             const Eyeball (&eyes)[2], const Sitter& sitter) {
    std::vector<Mesh> out;
    const std::string_view id = sitter.choice("glasses.style");
    if (id == "none") return out;
    const float thick = sitter.number("glasses.thickness");
    LensShape style = lens_shape(id);

    std::vector<std::uint8_t> is_ear(skin_vertex_count, 0);
    for (const auto& ear : assets.ear)
        for (const std::uint32_t v : ear) is_ear[v] = 1;
    Fit fit;
    fit.middle = (eyes[0].centre + eyes[1].centre) * 0.5F;
    const float pupils = length(eyes[0].centre - eyes[1].centre);
    const float temple = half_width(cage, is_ear, fit.middle + Vec3{0, 0.004F, -0.012F}, 1);
    fit.scale = std::clamp((2 * temple + 0.002F) / 0.129F, 0.86F, 1.12F);
    style.width *= fit.scale;
    style.height *= std::clamp(0.5F + 0.5F * fit.scale, 0.9F, 1.1F);
    fit.centre = std::max(0.5F * pupils + 0.0005F, 0.5F * style.width + 0.0075F * fit.scale);
    fit.y = -0.0035F - 0.06F * (style.height - 0.034F) - (style.drop > 0 ? 0.003F : 0);

    // As near as the face lets it: rims clear of brow, nose and cheeks, lenses clear of the lashes.
    const float half_rim_depth = 0.0011F + 0.0011F * thick;
    const Relief relief(skin, fit.middle);
    fit.depth = -1;
    float depth = fit.middle.z + eyes[0].radius * 1.1F + 0.0095F;
    for (const float side : {-1.0F, 1.0F})
        for (int k = 0; k < points; ++k) {
            const Vec2 p = outline(style, static_cast<float>(k) / points);
            const float x = side * (fit.centre + p.x);
            fit.depth = 0;
            const Vec3 q = fit.place(x, p.y);
            depth = std::max(depth, relief.at(x, fit.y + p.y) + 0.0012F + half_rim_depth - q.z);
        }
    fit.depth = depth;

    const float rim_half = half_rim(thick) * fit.scale;
    const bool open = open_below(id);
    for (int lens = 0; lens < 2; ++lens) {
        const float side = lens == 0 ? 1.0F : -1.0F;
        std::vector<Station> rim;
        std::vector<Vec3> edge;
        for (int k = 0; k < points; ++k) {
            const float turn = static_cast<float>(k) / points;
            const Vec2 p = outline(style, turn), before = outline(style, turn - 0.005F),
                       after = outline(style, turn + 0.005F);
            const float norm = std::hypot(after.x - before.x, after.y - before.y) + 1e-9F;
            const Vec3 outward{side * (after.y - before.y) / norm, -(after.x - before.x) / norm, 0};
            const Vec3 at = fit.place(side * (fit.centre + p.x), p.y);
            edge.push_back(at);
            const float heavy = rim_weight(style, thick, p.y);
            if (!open || p.y > kOpenBelow * style.height)
                rim.push_back({at, outward * (rim_half * heavy), Vec3{0, 0, half_rim_depth}});
        }
        if (open) {  // from the nose over the brow to the hinge: start where the gap ends
            std::size_t start = 0;
            for (std::size_t k = 1; k < rim.size(); ++k)
                if (length(rim[k].at - rim[k - 1].at) > 0.01F) start = k;
            std::rotate(rim.begin(), rim.begin() + static_cast<std::ptrdiff_t>(start), rim.end());
        }
        out.push_back(as(bar("rim", rim, !open, 3.2F), Surface::frame));

        Mesh glass;  // a shallow cap over the outline
        glass.name = "lens";
        Vec3 centre;
        for (const Vec3& p : edge) centre = centre + p * (1.0F / points);
        constexpr int rings = 12;
        const auto bulge = [&](Vec3 p) {
            const Vec3 d = p - centre;
            return 0.0022F - 2.0F * (d.x * d.x + d.y * d.y);
        };
        for (int r = 0; r <= rings; ++r)
            for (int k = 0; k < points; ++k) {
                const float t = static_cast<float>(r) / rings;
                Vec3 p = mix(centre, edge[static_cast<std::size_t>(k)], t);
                const Vec3 flat = p;
                p.z += bulge(flat) - bulge(edge[static_cast<std::size_t>(k)]) * t * t -
                       (1 - t * t) * bulge(centre) * 0.35F;
                glass.position.push_back(p);
                glass.uv.push_back(
                    {(flat.x - centre.x) / style.width + 0.5F, (flat.y - centre.y) / style.height + 0.5F});
            }
        for (std::uint32_t r = 0; r < rings; ++r)
            for (std::uint32_t k = 0; k < points; ++k) {
                const std::uint32_t a = r * points + k, b = r * points + (k + 1) % points;
                if (side > 0)
                    glass.triangle.insert(glass.triangle.end(),
                                          {{a, a + points, b}, {b, a + points, b + points}});
                else
                    glass.triangle.insert(glass.triangle.end(),
                                          {{a, b, a + points}, {b, b + points, a + points}});
            }
        find_smooth_normals(glass);
        glass.rest = glass.position;
        out.push_back(as(std::move(glass), Surface::lens));

        // Temple: from the hinge to where the ear grows from the head, then down behind it.
        Vec3 root{0, -1, 0}, back;
        for (const std::uint32_t v : assets.ear_root[lens])
            if (cage[v].y > root.y) root = cage[v];
        int behind = 0;
        for (const std::uint32_t v : assets.ear_root[lens])
            if (cage[v].z < root.z && cage[v].y < root.y - 0.018F && cage[v].y > root.y - 0.034F)
                back = back + cage[v], ++behind;
        back = behind > 0 ? back * (1.0F / static_cast<float>(behind)) : root + Vec3{0, -0.025F, -0.012F};
        const float half_height = half_temple(thick) * fit.scale, half_thick = 0.0007F + 0.0008F * thick;
        const Vec2 hinge_at = outline(style, kHingeTurn);
        const Vec3 hinge = fit.place(side * (fit.centre + hinge_at.x + rim_half), hinge_at.y);
        const float reach = side * (hinge.x) + 0.0045F * fit.scale;
        std::vector<Vec3> path{hinge,
                               {side * (side * hinge.x + 0.003F), hinge.y, hinge.z - 0.0006F},
                               {side * reach, hinge.y, hinge.z - 0.0045F}};
        const Vec3 over = root + Vec3{side * 0.001F, 0.0025F, 0.002F};
        for (int i = 1; i <= 14; ++i) {
            const float t = static_cast<float>(i) / 14;
            Vec3 p = mix(path[2], over, t);
            const float wide = half_width(cage, is_ear, p, side) + half_thick + 0.0012F;
            p.x = side * std::max(side * p.x + 0.002F * std::sin(3.14159F * t), wide);
            path.push_back(p);
        }
        const Vec3 last = path.back();
        const Vec3 tip = back + Vec3{side * 0.001F, 0, -0.003F};
        for (int i = 1; i <= 9; ++i) {
            const float t = static_cast<float>(i) / 9;
            const Vec3 corner = last + Vec3{0, 0.0005F, -0.014F};
            path.push_back(mix(mix(last, corner, t), mix(corner, tip, t), t));
        }
        for (int round = 0; round < 3; ++round)
            for (std::size_t i = 4; i + 1 < path.size(); ++i)
                path[i] = path[i] * 0.5F + (path[i - 1] + path[i + 1]) * 0.25F;
        std::vector<Station> arm;
        for (std::size_t i = 0; i < path.size(); ++i) {
            const Vec3 ahead = normalize(path[std::min(i + 1, path.size() - 1)] - path[i == 0 ? 0 : i - 1]);
            const Vec3 aside = normalize(cross(Vec3{0, 1, 0} + Vec3{0, 0, 1e-3F}, ahead));
            const Vec3 up = normalize(cross(ahead, aside));
            arm.push_back({path[i], aside * half_thick, up * half_height});
        }
        out.push_back(as(bar("temple", arm, false, 3), Surface::frame));

        // Nose pad and its arm.
        const Vec2 inner = outline(style, 0.549F);
        const Vec3 from = fit.place(side * (fit.centre + inner.x), inner.y);
        float x = 0.004F;
        const float pad_y = fit.y + std::min(-0.003F, inner.y);
        while (x < fit.centre + inner.x && relief.at(side * x, pad_y) > fit.depth - 0.0065F) x += 0.0005F;
        const Vec3 pad{fit.middle.x + side * (x + 0.0002F), fit.middle.y + pad_y, fit.depth - 0.0065F};
        const Vec3 facing = normalize(Vec3{side * 0.75F, 0.15F, 0.62F}),
                   tall = normalize(Vec3{side * 0.28F, -0.94F, 0.16F});
        std::vector<Station> pads;
        for (int i = 0; i <= 10; ++i) {
            const float t = -1 + 0.2F * static_cast<float>(i),
                        r = std::sqrt(std::max(0.0F, 1 - t * t)) + 0.02F;
            pads.push_back(
                {pad + tall * (0.0058F * t), facing * (0.0011F * r), cross(facing, tall) * (0.0032F * r)});
        }
        out.push_back(as(bar("nose_pad", pads, false, 2), Surface::lens));
        std::vector<Station> wire;
        for (int i = 0; i <= 8; ++i) {
            const float t = static_cast<float>(i) / 8;
            const Vec3 p =
                mix(from, pad + facing * 0.001F, t) + Vec3{0, 0, -0.0035F * std::sin(3.14159F * t)};
            wire.push_back({p, {0.00045F, 0, 0}, {0, 0.00045F, 0}});
        }
        out.push_back(as(bar("pad_arm", wire, false, 2, 8), Surface::frame));
    }

    // Bridge, and the aviator's second bar above it.
    const auto bridge = [&](float turn, float arch, float weight) {
        const Vec2 p = outline(style, turn);
        std::vector<Station> line;
        for (int i = 0; i <= 16; ++i) {
            const float t = static_cast<float>(i) / 8 - 1;
            const float x = t * (fit.centre + p.x);
            const Vec3 at = fit.place(x, p.y + arch * (1 - t * t), 0.0012F * (1 - t * t));
            line.push_back({at, {0, weight * (rim_half + 0.0004F), 0}, {0, 0, half_rim_depth * 0.9F}});
        }
        out.push_back(as(bar("bridge", line, false, 3), Surface::frame));
    };
    bridge(kBridgeTurn, kBridgeArch, 1.1F + 0.5F * thick);
    if (id == "aviator") bridge(kUpperBarTurn, kUpperBarArch, 0.9F);
    return out;
}

}  // namespace limner::sitters
