#include "sight.h"

namespace limner::sitters {

Vec2 in_picture(const Camera& camera, Vec3 world) {
    const Vec2 at = camera.project(world);
    const float half = 0.5F * static_cast<float>(camera.size());
    return {at.x / half - 1, at.y / half - 1};
}

Sight::Sight(const Body& body, const Camera& camera)
    : camera_(camera), depth_(static_cast<std::size_t>(side_ * side_), -1e9F) {
    for (const Mesh& mesh : body.meshes)
        if (mesh.surface == Surface::skin || mesh.surface == Surface::cloth ||
            mesh.surface == Surface::eyeball || mesh.surface == Surface::gums)
            cover(mesh);
}

Vec2 Sight::pixel(Vec3 world) const {
    const Vec2 at = in_picture(camera_, world);
    constexpr float scale = side_ / (2 * reach_);
    return {(at.x + reach_) * scale, (at.y + reach_) * scale};
}

void Sight::cover(const Mesh& mesh) {
    std::vector<Vec3> at;
    at.reserve(mesh.position.size());
    for (const Vec3& p : mesh.position) {
        const Vec2 q = pixel(p);
        at.push_back({q.x, q.y, p.z});
    }
    // Pixels whose middle a triangle covers; most triangles are smaller than a pixel and cover none.
    const auto first = [](float v) { return std::max(0, static_cast<int>(std::ceil(v - 0.5F))); };
    const auto last = [](float v) { return std::min(side_ - 1, static_cast<int>(std::floor(v - 0.5F))); };
    for (const auto& t : mesh.triangle) {
        const Vec3 a = at[t[0]], b = at[t[1]], c = at[t[2]];
        const int x0 = first(std::min({a.x, b.x, c.x})), x1 = last(std::max({a.x, b.x, c.x}));
        const int y0 = first(std::min({a.y, b.y, c.y})), y1 = last(std::max({a.y, b.y, c.y}));
        if (x0 > x1 || y0 > y1) continue;
        const float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (area == 0) continue;
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x) {
                const float px = static_cast<float>(x) + 0.5F, py = static_cast<float>(y) + 0.5F;
                const float u = ((px - a.x) * (c.y - a.y) - (py - a.y) * (c.x - a.x)) / area;
                const float v = ((b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)) / area;
                if (u < 0 || v < 0 || u + v > 1) continue;
                float& z = depth_[static_cast<std::size_t>(y * side_ + x)];
                z = std::max(z, a.z + u * (b.z - a.z) + v * (c.z - a.z));
            }
    }
}

float Sight::seen(Vec3 world) const {
    const Vec2 at = pixel(world);
    if (!(at.x >= 0 && at.y >= 0 && at.x < side_ && at.y < side_)) return 1;
    const float front =
        depth_[static_cast<std::size_t>(static_cast<int>(at.y) * side_ + static_cast<int>(at.x))];
    return smoothstep(-0.008F, -0.004F, world.z - front);
}

float Sight::above_floor(Vec3 world) const {
    constexpr float below = 0.57F;  // of the picture's side, from its middle
    const float floor = camera_.centre().y - below * camera_.side();
    return world.y - floor * (camera_.distance() - world.z) / camera_.distance();
}

std::vector<float> clear_of_hair(const Camera& camera, const std::vector<Strands>& strands,
                                 std::span<const Vec3> points) {
    constexpr float reach = 0.0025F, piece = 0.004F, in_front = 0.002F;
    constexpr std::size_t every = 4;  // strands are many: a quarter of them, each counting for four
    const float radius = 2 * reach / camera.side();
    // Which points a cell of the picture concerns.
    constexpr int cells = 96;
    const auto cell = [](float v) {
        return std::clamp(static_cast<int>((v + 2) * (cells / 4.0F)), 0, cells - 1);
    };
    std::vector<Vec2> at;
    std::vector<std::vector<std::size_t>> near(cells * cells);
    for (std::size_t i = 0; i < points.size(); ++i) {
        at.push_back(in_picture(camera, points[i]));
        for (int y = cell(at[i].y - radius); y <= cell(at[i].y + radius); ++y)
            for (int x = cell(at[i].x - radius); x <= cell(at[i].x + radius); ++x)
                near[static_cast<std::size_t>(y * cells + x)].push_back(i);
    }
    std::vector<float> covered(points.size(), 0);  // metres squared of hair before the disc around each point
    for (const Strands& s : strands) {
        if (s.kind != Strand::hair && s.kind != Strand::beard) continue;
        const float width = (s.root_radius + s.tip_radius) * every;
        for (std::size_t i = 0; i + 1 < s.first.size(); i += every)
            for (std::size_t k = s.first[i]; k + 1 < s.first[i + 1]; ++k) {
                const Vec3 from = s.point[k], step = s.point[k + 1] - from;
                const float run = length(step);
                const int pieces = 1 + static_cast<int>(run / piece);
                for (int j = 0; j < pieces; ++j) {
                    const Vec3 p =
                        from + step * ((static_cast<float>(j) + 0.5F) / static_cast<float>(pieces));
                    const Vec2 q = in_picture(camera, p);
                    for (const std::size_t n : near[static_cast<std::size_t>(cell(q.y) * cells + cell(q.x))])
                        if (p.z > points[n].z + in_front && std::hypot(q.x - at[n].x, q.y - at[n].y) < radius)
                            covered[n] += width * run / static_cast<float>(pieces);
                }
            }
    }
    std::vector<float> out;
    for (const float c : covered) out.push_back(std::exp(-c / (kPi * reach * reach)));
    return out;
}

}  // namespace limner::sitters
