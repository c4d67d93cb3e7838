#include "anchors.h"

#include "camera.h"
#include "person.h"
#include "points_file.h"
#include "sight.h"

#include <algorithm>

namespace limner::sitters {
namespace {

Vec3 normal_at(const AnchorVertex& at, const Fine& fine) {
    Vec3 sum;
    for (const Quad& q : at.around) sum = sum + cross(fine[q[2]] - fine[q[0]], fine[q[3]] - fine[q[1]]);
    return normalize(sum * 1e8F);
}

}  // namespace

std::vector<AnchorVertex> anchor_vertices(const Assets& assets) {
    const Cage average(assets.average.begin(), assets.average.end());
    const Fine fine = subdivided(assets, average);
    std::vector<std::uint32_t> chosen(assets.landmark.begin(), assets.landmark.end());
    const Vec3 brow = (fine[chosen[21]] + fine[chosen[22]]) * 0.5F;
    const Vec3 face = (brow + fine[chosen[33]]) * 0.5F;
    std::vector<std::uint8_t> outside(fine.size(), 0);
    for (std::size_t f = 0; f < assets.fine_quad.size(); ++f)
        if (assets.quad_in_mouth[f] == 0)
            for (const std::uint32_t v : assets.fine_quad[f]) outside[v] = 1;
    const std::vector<Vec3> normal = quad_normals(fine, assets.fine_quad);
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t v = 0; v < fine.size(); ++v)
        if (outside[v] != 0 && normal[v].z > -0.45F && std::abs(fine[v].x - face.x) < 0.2F &&
            fine[v].y > face.y - 0.26F)
            candidates.push_back(v);
    // Farthest points first (Gonzalez 1985), distances on the face counting double.
    const auto weight = [&](std::uint32_t v) {
        const Vec3 d = fine[v] - face;
        return 1 + std::exp(-(d.x * d.x + d.y * d.y) / (0.07F * 0.07F));
    };
    std::vector<float> nearest(candidates.size(), 1e9F);
    const auto approach = [&](std::uint32_t v) {
        for (std::size_t i = 0; i < candidates.size(); ++i)
            nearest[i] = std::min(nearest[i], length(fine[candidates[i]] - fine[v]) * weight(candidates[i]));
    };
    for (const std::uint32_t v : chosen) approach(v);
    for (int k = 0; k < kSpreadAnchors; ++k) {
        const auto far = std::max_element(nearest.begin(), nearest.end()) - nearest.begin();
        chosen.push_back(candidates[static_cast<std::size_t>(far)]);
        approach(chosen.back());
    }
    std::vector<AnchorVertex> out;
    for (const std::uint32_t v : chosen) {
        out.push_back({v, {}});
        for (const Quad& q : assets.fine_quad)
            if (q[0] == v || q[1] == v || q[2] == v || q[3] == v) out.back().around.push_back(q);
    }
    return out;
}

Anchors anchors_of(const Assets& assets, const std::vector<AnchorVertex>& vertices, const Sitter& sitter) {
    const Person person = person_of(assets, sitter);
    Body aimed;
    add_points(assets, person, aimed);
    const Camera camera(aimed, 2);
    Anchors out;
    const auto place = [&](std::size_t i, Vec3 world, Vec3 normal) {
        const Vec2 at = in_picture(camera, world);
        out[i] = {at.x, at.y, world.z, normal};
    };
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        const Vec3 p = person.fine[vertices[i].vertex], n = normal_at(vertices[i], person.fine);
        constexpr float step = 0.002F;
        const Vec3 world = person.pose.apply(p);
        // The skin is bent between body and head: the normal follows as a short needle would.
        place(i, world, normalize(person.pose.apply(p + n * step) - world));
    }
    for (std::size_t side = 0; side < 2; ++side) {
        const Eyeball& eye = person.eyes[side];
        const Vec3 axis = person.pose.head * eye.axis, centre = person.pose.rigid_head(eye.centre);
        const std::size_t at = vertices.size() + 2 * side;
        place(at, centre, axis);
        place(at + 1, centre + axis * eye.radius, axis);
    }
    return out;
}

std::vector<std::uint8_t> anchor_file(const std::vector<std::vector<float>>& inputs,
                                      const std::vector<Anchors>& anchors) {
    std::vector<std::vector<float>> rows;
    for (const Anchors& row : anchors) {
        rows.emplace_back();
        for (const Anchor& a : row)
            rows.back().insert(rows.back().end(), {a.x, a.y, a.depth, a.normal.x, a.normal.y, a.normal.z});
    }
    return points_file("LANC", kAnchors, inputs, rows);
}

}  // namespace limner::sitters
