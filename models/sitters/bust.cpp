#include "bust.h"

#include "person.h"
#include "points_file.h"
#include "recipe/recipe.h"
#include "surface.h"

#include <algorithm>

namespace limner::sitters {
namespace {

// People of all kinds and moods, in whose shapes the mesh must be true.
std::vector<std::vector<Vec3>> many_shapes(const Assets& assets) {
    constexpr int count = 10;
    std::vector<std::vector<Vec3>> shapes;
    for (int i = 0; i < count; ++i) {
        Recipe recipe;
        recipe.seed = "bust/" + std::to_string(i);
        recipe.set["presentation"] = i % 2;
        recipe.set["age"] = 20 + 7 * i;
        recipe.set["expression.smile"] = 0.1 * i;
        recipe.set["expression.brow_raise"] = i % 3 - 1;
        recipe.set["expression.jaw_open"] = i % 4 == 3 ? 0.5 : 0;
        shapes.push_back(person_of(assets, sit(recipe)).fine);
    }
    return shapes;
}

}  // namespace

BustMesh bust_mesh(const Assets& assets) {
    const Cage average(assets.average.begin(), assets.average.end());
    const Fine fine = subdivided(assets, average);
    const std::vector<Vec3> normal = quad_normals(fine, assets.fine_quad);
    const Vec3 eyes =
        (joint_of(assets, average, Joint::left_eye) + joint_of(assets, average, Joint::right_eye)) * 0.5F;
    const Vec3 face = eyes - Vec3{0, 0.03F, 0};
    const auto wanted = [&](std::uint32_t v) {
        const Vec3 d = fine[v] - face;
        return normal[v].z > -0.55F && std::abs(d.x) < 0.2F && d.y > -0.25F;
    };
    std::vector<Triangle> triangles;
    for (std::size_t f = 0; f < assets.fine_quad.size(); ++f) {
        const Quad& q = assets.fine_quad[f];
        if (assets.quad_in_mouth[f] != 0 || !std::all_of(q.begin(), q.end(), wanted)) continue;
        triangles.push_back({q[0], q[1], q[2]});
        triangles.push_back({q[0], q[2], q[3]});
    }
    std::vector<std::uint8_t> kept(fine.size(), 0);
    for (const std::uint32_t v : assets.landmark) kept[v] = 1;
    std::vector<float> weight(fine.size());
    for (std::uint32_t v = 0; v < fine.size(); ++v) {
        const Vec3 d = fine[v] - face;
        weight[v] = 0.04F + std::exp(-(d.x * d.x + d.y * d.y) / (0.065F * 0.065F));
    }
    const std::vector<std::vector<Vec3>> shapes = many_shapes(assets);
    triangles = decimated(shapes, std::move(triangles), weight, kept, bust_vertices);

    BustMesh mesh;
    mesh.vertex.assign(assets.landmark.begin(), assets.landmark.end());
    std::vector<std::uint32_t> place(fine.size(), ~0U);
    for (std::uint32_t i = 0; i < mesh.vertex.size(); ++i) place[mesh.vertex[i]] = i;
    for (const Triangle& t : triangles)
        for (const std::uint32_t v : t)
            if (place[v] == ~0U) {
                place[v] = static_cast<std::uint32_t>(mesh.vertex.size());
                mesh.vertex.push_back(v);
            }
    for (const Triangle& t : triangles) mesh.triangle.push_back({place[t[0]], place[t[1]], place[t[2]]});
    for (const std::uint32_t v : mesh.vertex) mesh.rest.push_back(fine[v] - eyes);
    return mesh;
}

std::vector<Vec3> bust_of(const Assets& assets, const BustMesh& mesh, const Sitter& sitter) {
    const Person person = person_of(assets, sitter);
    std::vector<Vec3> out;
    for (const std::uint32_t v : mesh.vertex) out.push_back(person.fine[v] - person.mid_eye);
    out.push_back(person.pose.pivot - person.mid_eye);
    out.push_back({0, person.pose.high - person.mid_eye.y, 0});
    for (const Eyeball& eye : person.eyes) out.push_back(eye.centre - person.mid_eye);
    return out;
}

std::vector<std::uint8_t> bust_file(const BustMesh& mesh, const std::vector<std::vector<float>>& inputs,
                                    const std::vector<std::vector<Vec3>>& busts) {
    std::vector<std::uint8_t> out;
    const auto number = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
    const std::uint32_t head[] = {1, number(inputs.empty() ? 0 : inputs[0].size()),
                                  number(mesh.vertex.size()), number(mesh.triangle.size()),
                                  number(inputs.size())};
    put(out, "LBST", 4);
    put(out, head, sizeof head);
    put(out, mesh.triangle.data(), mesh.triangle.size() * sizeof(Triangle));
    put(out, mesh.rest.data(), mesh.rest.size() * sizeof(Vec3));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        put(out, inputs[i].data(), inputs[i].size() * sizeof(float));
        put(out, busts[i].data(), busts[i].size() * sizeof(Vec3));
    }
    return out;
}

}  // namespace limner::sitters
