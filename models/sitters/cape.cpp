#include "cape.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {
namespace {

constexpr float tau = 6.283185307F;

Vec3 sampled(const Cape& cape, const std::vector<Vec3>& grid, float azimuth, float s) {
    float c = (azimuth / tau + 0.5F) * static_cast<float>(cape.columns) - 0.5F;
    c -= std::floor(c / static_cast<float>(cape.columns)) * static_cast<float>(cape.columns);
    const int c0 = std::min(static_cast<int>(c), cape.columns - 1), c1 = (c0 + 1) % cape.columns;
    const float fc = c - static_cast<float>(c0);
    const auto after = std::upper_bound(cape.step.begin() + 1, cape.step.end() - 1, s);
    const int i = static_cast<int>(after - cape.step.begin());
    const float fs = std::clamp((s - cape.step[i - 1]) / (cape.step[i] - cape.step[i - 1]), 0.0F, 1.0F);
    const auto column = [&](int k) {
        const Vec3* p = &grid[static_cast<std::size_t>(k) * cape.steps];
        return p[i - 1] * (1 - fs) + p[i] * fs;
    };
    return column(c0) * (1 - fc) + column(c1) * fc;
}

void find_normals(Cape& cape) {
    cape.normal.resize(cape.place.size());
    const auto at = [&](int c, int i) {
        return cape.place[static_cast<std::size_t>((c + cape.columns) % cape.columns) * cape.steps + i];
    };
    for (int c = 0; c < cape.columns; ++c)
        for (int i = 0; i < cape.steps; ++i) {
            const Vec3 around = at(c + 1, i) - at(c - 1, i);
            const Vec3 down = at(c, std::min(i + 1, cape.steps - 1)) - at(c, std::max(i - 1, 0));
            cape.normal[static_cast<std::size_t>(c) * cape.steps + i] = normalize(cross(down, around));
        }
}

void blur(Cape& cape, std::vector<Vec3>& grid, int rounds) {
    std::vector<Vec3> next = grid;
    for (int r = 0; r < rounds; ++r) {
        for (int c = 0; c < cape.columns; ++c) {
            const std::size_t row = static_cast<std::size_t>(c) * cape.steps;
            const std::size_t left =
                static_cast<std::size_t>((c + cape.columns - 1) % cape.columns) * cape.steps;
            const std::size_t right = static_cast<std::size_t>((c + 1) % cape.columns) * cape.steps;
            for (int i = 1; i + 1 < cape.steps; ++i)
                next[row + i] = grid[row + i] * 0.4F + (grid[left + i] + grid[right + i]) * 0.15F +
                                (grid[row + i - 1] + grid[row + i + 1]) * 0.15F;
        }
        std::swap(grid, next);
    }
}

}  // namespace

Vec3 Cape::position_at(float azimuth, float s) const { return sampled(*this, place, azimuth, s); }
Vec3 Cape::normal_at(float azimuth, float s) const { return normalize(sampled(*this, normal, azimuth, s)); }

Cape cape_of(const Assets& assets, const Fine& skin) {
    Cape cape;
    cape.columns = static_cast<int>(assets.cape_azimuth.size());
    cape.steps = static_cast<int>(assets.cape_step.size());
    cape.step = assets.cape_step;
    cape.place.resize(assets.cape_vertex.size());
    for (std::size_t k = 0; k < cape.place.size(); ++k) {
        const Quad& v = assets.cape_vertex[k];
        const auto& w = assets.cape_weight[k];
        cape.place[k] = skin[v[0]] * w[0] + skin[v[1]] * w[1] + skin[v[2]] * w[2] + skin[v[3]] * w[3];
    }
    find_normals(cape);
    return cape;
}

Cape draped(const Cape& skin, int rounds, float clearance) {
    Cape cloth = skin;
    blur(cloth, cloth.place, rounds);
    std::vector<Vec3> lift(cloth.place.size());
    for (std::size_t k = 0; k < cloth.place.size(); ++k) {
        const float above = dot(cloth.place[k] - skin.place[k], skin.normal[k]);
        lift[k] = skin.normal[k] * std::max(0.0F, clearance - above);
    }
    blur(cloth, lift, 6);
    for (std::size_t k = 0; k < cloth.place.size(); ++k) {
        cloth.place[k] = cloth.place[k] + lift[k];
        const float above = dot(cloth.place[k] - skin.place[k], skin.normal[k]);
        if (above < 0.6F * clearance)
            cloth.place[k] = cloth.place[k] + skin.normal[k] * (0.6F * clearance - above);
    }
    blur(cloth, cloth.place, 1);
    find_normals(cloth);
    blur(cloth, cloth.normal, 2);
    return cloth;
}

}  // namespace limner::sitters
