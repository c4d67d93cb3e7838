#include "pose.h"

#include <algorithm>

namespace limner::sitters {

Pose pose_of(const Assets& assets, const Cage& neutral, const Sitter& sitter, Vec3 mid_eye) {
    const float yaw = sitter.number("pose.yaw") * degree;
    const float pitch = sitter.number("pose.pitch") * degree;
    const float roll = sitter.number("pose.roll") * degree;
    Pose pose;
    pose.head = yaw_turn(yaw) * pitch_turn(pitch) * roll_turn(roll);
    pose.body = yaw_turn(0.4F * yaw) * roll_turn(0.1F * roll);
    pose.pivot = joint_of(assets, neutral, Joint::neck);
    pose.low = pose.pivot.y - 0.03F;
    pose.high = joint_of(assets, neutral, Joint::jaw).y + 0.005F;
    pose.origin = {};
    pose.origin = pose.rigid_head(mid_eye);
    return pose;
}

Vec3 Pose::apply(Vec3 p) const {
    // Skin behind the neck is carried along further down than under the chin.
    const float t = std::clamp((p.y - low) / (high - low), 0.0F, 1.0F);
    const float w = t * t * (3 - 2 * t);
    const Vec3 d = p - pivot;
    return pivot + (body * d) * (1 - w) + (head * d) * w - origin;
}

}  // namespace limner::sitters
