#include "body.h"
#include "clothes.h"
#include "earrings.h"
#include "eyes.h"
#include "eyewear.h"
#include "mouth.h"
#include "pose.h"
#include "surface.h"

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
    const Cage neutral = neutral_cage(assets, sitter);
    const Fine rest = subdivided(assets, neutral);
    Eyeball eyes[2] = {seat_eye(assets, neutral, rest, 0), seat_eye(assets, neutral, rest, 1)};
    const Vec3 mid_eye = (eyes[0].centre + eyes[1].centre) * 0.5F;
    const Pose pose = pose_of(assets, neutral, sitter, mid_eye);

    const Expression expression = expression_of(sitter);
    Cage cage = expressed(assets, neutral, expression);
    Fine fine = subdivided(assets, cage);
    seal_lips(assets, expression.part, fine);
    for (int side = 0; side < 2; ++side) {
        aim_eye(eyes[side], sitter, pose.head, mid_eye);
        move_lids(assets, eyes[side], side, side == 0 ? expression.close_left : expression.close_right,
                  expression.droop, fine, cage);
    }

    Body body;
    add_skin_meshes(assets, fine, rest, body.meshes);
    for (Mesh& m : clothes_of(assets, rest, sitter)) body.meshes.push_back(std::move(m));
    pose_meshes(body.meshes, 0, body.meshes.size(), pose, false, mid_eye);
    const std::size_t rigid = body.meshes.size();
    for (int side = 0; side < 2; ++side) add_eye_meshes(assets, eyes[side], side, fine, body.meshes);
    add_mouth_meshes(assets, rest, expression.jaw, body.meshes);
    for (Mesh& m : eyewear_of(assets, fine, cage, eyes, sitter)) body.meshes.push_back(std::move(m));
    for (Mesh& m : earrings_of(assets, cage, sitter)) body.meshes.push_back(std::move(m));
    pose_meshes(body.meshes, rigid, body.meshes.size(), pose, true, mid_eye);

    body.head_position = cage;
    for (Vec3& p : body.head_position) p = p - mid_eye;
    body.head_normal = quad_normals(body.head_position, assets.cage_quad);
    body.head_quad.assign(assets.cage_quad.begin(), assets.cage_quad.end());
    body.head_to_world = {pose.head, {}};
    for (std::size_t i = 0; i < 68; ++i) body.landmarks[i] = pose.apply(fine[assets.landmark[i]]);
    body.eye_left = pose.rigid_head(eyes[0].centre);
    body.eye_right = pose.rigid_head(eyes[1].centre);
    body.eye_radius = 0.5F * (eyes[0].radius + eyes[1].radius);
    body.mouth_centre = (body.landmarks[48] + body.landmarks[54]) * 0.5F;
    return body;
}

}  // namespace limner::sitters
