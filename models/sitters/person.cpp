#include "person.h"

#include "mouth.h"

namespace limner::sitters {

Person person_of(const Assets& assets, const Sitter& sitter) {
    Person p;
    const Cage neutral = neutral_cage(assets, sitter);
    p.rest = subdivided(assets, neutral);
    for (int side = 0; side < 2; ++side) p.eyes[side] = seat_eye(assets, neutral, p.rest, side);
    p.mid_eye = (p.eyes[0].centre + p.eyes[1].centre) * 0.5F;
    p.pose = pose_of(assets, neutral, sitter, p.mid_eye);
    p.expression = expression_of(sitter);
    p.cage = expressed(assets, neutral, p.expression);
    p.fine = subdivided(assets, p.cage);
    seal_lips(assets, p.expression.part, p.fine);
    for (int side = 0; side < 2; ++side) {
        aim_eye(p.eyes[side], sitter, p.pose.head, p.mid_eye);
        move_lids(assets, p.eyes[side], side, side == 0 ? p.expression.close_left : p.expression.close_right,
                  p.expression.droop, p.fine, p.cage);
    }
    return p;
}

void add_points(const Assets& assets, const Person& person, Body& body) {
    for (std::size_t i = 0; i < 68; ++i)
        body.landmarks[i] = person.pose.apply(person.fine[assets.landmark[i]]);
    body.eye_left = person.pose.rigid_head(person.eyes[0].centre);
    body.eye_right = person.pose.rigid_head(person.eyes[1].centre);
    body.eye_radius = 0.5F * (person.eyes[0].radius + person.eyes[1].radius);
    body.mouth_centre = (body.landmarks[48] + body.landmarks[54]) * 0.5F;
}

}  // namespace limner::sitters
