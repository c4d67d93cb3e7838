#include "body.h"
#include "clothes.h"
#include "earrings.h"
#include "eyewear.h"
#include "mouth.h"
#include "person.h"

namespace limner::sitters {
namespace {

void pose_meshes(std::vector<Mesh>& meshes, std::size_t from, std::size_t to, const Pose& pose,
                 bool head_only, Vec3 mid_eye) {
    for (std::size_t i = from; i < to; ++i) {
        Mesh& m = meshes[i];
        for (Vec3& p : m.rest) p = p - mid_eye;
        if (head_only) {
            for (Vec3& p : m.position) p = pose.rigid_head(p);
            for (Vec3& n : m.normal) n = pose.head * n;
        } else {
            constexpr float h = 0.002F;
            for (std::size_t k = 0; k < m.position.size(); ++k) {
                const Vec3 p = m.position[k];
                m.position[k] = pose.apply(p);
                const Vec3 n = m.normal[k];
                // Carry two tangents, so that the normal follows the bend.
                const Vec3 a = normalize(cross(n, std::abs(n.x) < 0.8F ? Vec3{1, 0, 0} : Vec3{0, 1, 0})),
                           b = cross(n, a);
                const Vec3 turned =
                    cross(pose.apply(p + a * h) - m.position[k], pose.apply(p + b * h) - m.position[k]);
                m.normal[k] = normalize(turned);
            }
        }
    }
}

}  // namespace

Body build_body(const Assets& assets, const Sitter& sitter) {
    const Person person = person_of(assets, sitter);
    Body body;
    add_skin_meshes(assets, person.fine, person.rest, body.meshes);
    for (Mesh& m : clothes_of(assets, person.rest, sitter)) body.meshes.push_back(std::move(m));
    pose_meshes(body.meshes, 0, body.meshes.size(), person.pose, false, person.mid_eye);
    const std::size_t rigid = body.meshes.size();
    for (int side = 0; side < 2; ++side)
        add_eye_meshes(assets, person.eyes[side], side, person.fine, body.meshes);
    add_mouth_meshes(assets, person.rest, person.expression.jaw, body.meshes);
    for (Mesh& m : eyewear_of(assets, person.fine, person.cage, person.eyes, sitter))
        body.meshes.push_back(std::move(m));
    for (Mesh& m : earrings_of(assets, person.cage, sitter)) body.meshes.push_back(std::move(m));
    pose_meshes(body.meshes, rigid, body.meshes.size(), person.pose, true, person.mid_eye);

    body.head_position = person.cage;
    for (Vec3& p : body.head_position) p = p - person.mid_eye;
    body.head_normal = quad_normals(body.head_position, assets.cage_quad);
    body.head_quad.assign(assets.cage_quad.begin(), assets.cage_quad.end());
    body.head_to_world = {person.pose.head, {}};
    body.neck = person.pose.pivot - person.mid_eye;
    add_points(assets, person, body);
    return body;
}

}  // namespace limner::sitters
