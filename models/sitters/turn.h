// Rotations as the rows of a matrix. Signs follow the schema: yaw to the picture's right, pitch up, roll to the picture's right.
#pragma once
#include "scene.h"

namespace limner::sitters {

using Turn = std::array<Vec3, 3>;

inline constexpr float degree = 0.017453292519943F;

inline Vec3 operator*(const Turn& m, Vec3 p) { return {dot(m[0], p), dot(m[1], p), dot(m[2], p)}; }
inline Turn transposed(const Turn& m) {
    return {Vec3{m[0].x, m[1].x, m[2].x}, Vec3{m[0].y, m[1].y, m[2].y}, Vec3{m[0].z, m[1].z, m[2].z}};
}
inline Turn operator*(const Turn& a, const Turn& b) {
    const Turn t = transposed(b);
    Turn out;
    for (int i = 0; i < 3; ++i) out[i] = {dot(a[i], t[0]), dot(a[i], t[1]), dot(a[i], t[2])};
    return out;
}
inline Turn yaw_turn(float a) {  // (0,0,1) -> +X
    const float c = std::cos(a), s = std::sin(a);
    return {Vec3{c, 0, s}, Vec3{0, 1, 0}, Vec3{-s, 0, c}};
}
inline Turn pitch_turn(float a) {  // (0,0,1) -> +Y
    const float c = std::cos(a), s = std::sin(a);
    return {Vec3{1, 0, 0}, Vec3{0, c, s}, Vec3{0, -s, c}};
}
inline Turn roll_turn(float a) {  // (0,1,0) -> +X
    const float c = std::cos(a), s = std::sin(a);
    return {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}};
}
inline Turn about_axis(Vec3 axis, float a) {  // Rodrigues; `axis` is unit
    const float c = std::cos(a), s = std::sin(a), t = 1 - c;
    return {
        Vec3{c + axis.x * axis.x * t, axis.x * axis.y * t - axis.z * s, axis.x * axis.z * t + axis.y * s},
        Vec3{axis.y * axis.x * t + axis.z * s, c + axis.y * axis.y * t, axis.y * axis.z * t - axis.x * s},
        Vec3{axis.z * axis.x * t - axis.y * s, axis.z * axis.y * t + axis.x * s, c + axis.z * axis.z * t}};
}

}  // namespace limner::sitters
