#include "garment.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {

Mesh sheet(const Cape& cape, std::string name, int across, int along, bool flat_uv,
           const std::function<Spot(float, float)>& shape) {
    Mesh m;
    m.name = std::move(name);
    m.surface = Surface::cloth;
    m.region = Region::clothes;
    for (int i = 0; i <= across; ++i)
        for (int j = 0; j <= along; ++j) {
            const Spot spot = shape(static_cast<float>(i) / static_cast<float>(across),
                                    static_cast<float>(j) / static_cast<float>(along));
            m.position.push_back(cape.position_at(spot.azimuth, spot.s) +
                                 cape.normal_at(spot.azimuth, spot.s) * spot.off);
        }
    const auto stride = static_cast<std::uint32_t>(along + 1);
    m.uv.resize(m.position.size());
    for (int i = 0; i <= across; ++i)
        for (int j = 0; j <= along; ++j) {
            const std::size_t k = static_cast<std::size_t>(i) * stride + static_cast<std::size_t>(j);
            if (flat_uv)
                m.uv[k] = {m.position[k].x, m.position[k].y};
            else
                m.uv[k] = {i == 0 ? 0 : m.uv[k - stride].x + length(m.position[k] - m.position[k - stride]),
                           j == 0 ? 0 : m.uv[k - 1].y + length(m.position[k] - m.position[k - 1])};
        }
    m.rest = m.position;
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(across); ++i)
        for (std::uint32_t j = 0; j < static_cast<std::uint32_t>(along); ++j) {
            const std::uint32_t a = i * stride + j, b = a + stride;
            m.triangle.push_back({a, a + 1, b});
            m.triangle.push_back({a + 1, b + 1, b});
        }
    m.normal.assign(m.position.size(), {});
    for (const auto& t : m.triangle) {
        const Vec3 n = cross(m.position[t[1]] - m.position[t[0]], m.position[t[2]] - m.position[t[0]]);
        for (const std::uint32_t v : t) m.normal[v] = m.normal[v] + n;
    }
    const bool closed =
        length(m.position.front() - m.position[static_cast<std::size_t>(across) * stride]) < 1e-5F;
    if (closed)
        for (std::uint32_t j = 0; j < stride; ++j) {
            Vec3& a = m.normal[j];
            Vec3& b = m.normal[static_cast<std::size_t>(across) * stride + j];
            a = b = a + b;
        }
    for (Vec3& n : m.normal) n = normalize(n * 1e8F);
    return m;
}

Mesh tube(std::string name, const std::vector<Vec3>& path, const std::vector<float>& radius, int around) {
    Mesh m;
    m.name = std::move(name);
    m.surface = Surface::cloth;
    m.region = Region::clothes;
    Vec3 side = normalize(cross(path[1] - path[0], {0.123F, 0.456F, 0.881F}));
    float travelled = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const Vec3 ahead = normalize(path[std::min(i + 1, path.size() - 1)] - path[i == 0 ? 0 : i - 1]);
        side = normalize(side - ahead * dot(side, ahead));
        const Vec3 up = cross(ahead, side);
        if (i > 0) travelled += length(path[i] - path[i - 1]);
        for (int j = 0; j <= around; ++j) {
            const float a = 6.2831853F * static_cast<float>(j) / static_cast<float>(around);
            const Vec3 out = side * std::cos(a) + up * std::sin(a);
            m.position.push_back(path[i] + out * radius[i]);
            m.normal.push_back(out);
            m.uv.push_back({travelled, a * radius[i]});
        }
    }
    m.rest = m.position;
    const auto stride = static_cast<std::uint32_t>(around + 1);
    for (std::uint32_t i = 0; i + 1 < path.size(); ++i)
        for (std::uint32_t j = 0; j + 1 < stride; ++j) {
            const std::uint32_t a = i * stride + j, b = a + stride;
            m.triangle.push_back({a, b, a + 1});
            m.triangle.push_back({a + 1, b, b + 1});
        }
    return m;
}

Spot on_plane(float x, float y, float off) {
    return {std::atan2(x, -y), std::sqrt(x * x + y * y) - 0.055F, off};
}

}  // namespace limner::sitters
