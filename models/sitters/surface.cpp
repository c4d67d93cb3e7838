#include "surface.h"

namespace limner::sitters {

Fine subdivided(const Assets& assets, const Cage& cage) {
    Fine fine(assets.fine_first.size() - 1);
    for (std::size_t i = 0; i < fine.size(); ++i) {
        Vec3 sum;
        for (std::uint32_t k = assets.fine_first[i]; k < assets.fine_first[i + 1]; ++k)
            sum = sum + cage[assets.fine_index[k]] * assets.fine_weight[k];
        fine[i] = sum;
    }
    return fine;
}

std::vector<Vec3> quad_normals(std::span<const Vec3> position, std::span<const Quad> quads) {
    std::vector<Vec3> normal(position.size());
    for (const Quad& q : quads) {
        const Vec3 n = cross(position[q[2]] - position[q[0]], position[q[3]] - position[q[1]]);
        for (const std::uint32_t v : q) normal[v] = normal[v] + n;
    }
    for (Vec3& n : normal) n = normalize(n * 1e8F);
    return normal;
}

void add_skin_meshes(const Assets& assets, const Fine& fine, const Fine& rest, std::vector<Mesh>& out) {
    const std::vector<Vec3> normal = quad_normals(fine, assets.fine_quad);
    for (const std::uint8_t inside : {std::uint8_t{0}, std::uint8_t{1}}) {
        Mesh m;
        m.name = inside ? "mouth_lining" : "skin";
        m.surface = inside ? Surface::gums : Surface::skin;
        m.region = inside ? Region::mouth : Region::skin;
        std::vector<std::uint32_t> place(assets.split_of.size(), ~0U);
        for (std::size_t f = 0; f < assets.split_quad.size(); ++f) {
            if (assets.quad_in_mouth[f] != inside) continue;
            Quad q = assets.split_quad[f];
            for (std::uint32_t& v : q) {
                if (place[v] == ~0U) {
                    place[v] = static_cast<std::uint32_t>(m.position.size());
                    const std::uint32_t at = assets.split_of[v];
                    m.position.push_back(fine[at]);
                    m.normal.push_back(normal[at]);
                    m.rest.push_back(rest[at]);
                    m.uv.push_back(assets.split_uv[v]);
                    if (!inside) {
                        m.mask.push_back(assets.fine_lips[at]);
                        m.thickness.push_back(assets.fine_thickness[at]);
                    }
                }
                v = place[v];
            }
            m.triangle.push_back({q[0], q[1], q[2]});
            m.triangle.push_back({q[0], q[2], q[3]});
        }
        out.push_back(std::move(m));
    }
}

}  // namespace limner::sitters
