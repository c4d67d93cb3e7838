#include "sweep.h"

#include <cmath>

namespace limner::sitters {

void find_smooth_normals(Mesh& m) {
    m.normal.assign(m.position.size(), {});
    for (const auto& t : m.triangle) {
        const Vec3 n = cross(m.position[t[1]] - m.position[t[0]], m.position[t[2]] - m.position[t[0]]);
        for (const std::uint32_t v : t) m.normal[v] = m.normal[v] + n;
    }
    for (Vec3& n : m.normal) n = normalize(n * 1e8F);
}

Mesh bar(std::string name, const std::vector<Station>& stations, bool closed, float squareness, int around) {
    Mesh m;
    m.name = std::move(name);
    const auto stride = static_cast<std::uint32_t>(around);
    const auto count = static_cast<std::uint32_t>(stations.size());
    float travelled = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (i > 0) travelled += length(stations[i].at - stations[i - 1].at);
        for (int j = 0; j < around; ++j) {
            const float w = 6.2831853F * (static_cast<float>(j) + 0.5F) / static_cast<float>(around);
            const float c = std::cos(w), s = std::sin(w), e = 2 / squareness;
            const float x = std::copysign(std::pow(std::abs(c), e), c),
                        y = std::copysign(std::pow(std::abs(s), e), s);
            m.position.push_back(stations[i].at + stations[i].a * x + stations[i].b * y);
            m.uv.push_back({travelled, static_cast<float>(j) / static_cast<float>(around)});
        }
    }
    for (std::uint32_t i = 0; i < (closed ? count : count - 1); ++i)
        for (std::uint32_t j = 0; j < stride; ++j) {
            const std::uint32_t k = (i + 1) % count, l = (j + 1) % stride;
            m.triangle.push_back({i * stride + j, i * stride + l, k * stride + j});
            m.triangle.push_back({i * stride + l, k * stride + l, k * stride + j});
        }
    if (!closed)
        for (const bool end : {false, true}) {
            const auto centre = static_cast<std::uint32_t>(m.position.size());
            const std::uint32_t first = end ? (count - 1) * stride : 0;
            m.position.push_back(end ? stations.back().at : stations.front().at);
            m.uv.push_back({});
            for (std::uint32_t j = 0; j < stride; ++j) {
                const std::uint32_t a = first + j, b = first + (j + 1) % stride;
                m.triangle.push_back(end ? std::array{centre, a, b} : std::array{centre, b, a});
            }
        }
    // Outward: the first face must look away from its station.
    const auto& t = m.triangle.front();
    const Vec3 n = cross(m.position[t[1]] - m.position[t[0]], m.position[t[2]] - m.position[t[0]]);
    if (dot(n, m.position[t[0]] - stations.front().at) < 0)
        for (auto& f : m.triangle) std::swap(f[1], f[2]);
    find_smooth_normals(m);
    m.rest = m.position;
    return m;
}

Vec3 middle_of(const Mesh& bar, int station, int around) {
    Vec3 sum;
    for (int j = 0; j < around; ++j) sum = sum + bar.position[static_cast<std::size_t>(station * around + j)];
    return sum * (1.0F / static_cast<float>(around));
}

Mesh turned(std::string name, Vec3 centre, Vec3 up, const std::vector<Vec2>& profile, int around) {
    const Vec3 u = normalize(cross(up, std::abs(up.x) < 0.8F ? Vec3{1, 0, 0} : Vec3{0, 1, 0})),
               v = cross(up, u);
    std::vector<Station> stations;
    for (const Vec2& p : profile) stations.push_back({centre + up * p.y, u * p.x, v * p.x});
    return bar(std::move(name), stations, false, 2, around);
}

}  // namespace limner::sitters
