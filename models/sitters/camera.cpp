#include "camera.h"

namespace limner::sitters {

// Karras et al. 2019, "A Style-Based Generator Architecture", how FFHQ was cut: side max(4 x eye distance, 3.6 x
// eye-to-mouth), centre a tenth of eye-to-mouth below the eyes. The roll is kept.
Camera::Camera(const Body& body, int size) : size_(size) {
    const Vec2 left = on_plane(body.eye_left), right = on_plane(body.eye_right);
    const Vec2 a = on_plane(body.landmarks[48]), b = on_plane(body.landmarks[54]);
    const Vec2 eyes{(left.x + right.x) / 2, (left.y + right.y) / 2}, mouth{(a.x + b.x) / 2, (a.y + b.y) / 2};
    const Vec2 down{mouth.x - eyes.x, mouth.y - eyes.y};
    side_ =
        std::max(4.0F * std::hypot(left.x - right.x, left.y - right.y), 3.6F * std::hypot(down.x, down.y));
    centre_ = {eyes.x + 0.1F * down.x, eyes.y + 0.1F * down.y};
}

Vec2 Camera::on_plane(Vec3 p) const {
    const float scale = distance_ / (distance_ - p.z);
    return {p.x * scale, p.y * scale};
}

Ray Camera::ray(float x, float y) const {
    const auto n = static_cast<float>(size_);
    const Vec3 eye{0, 0, distance_},
        through{centre_.x + (x / n - 0.5F) * side_, centre_.y + (0.5F - y / n) * side_, 0};
    return {eye, normalize(through - eye)};
}

Vec2 Camera::project(Vec3 world) const {
    const Vec2 p = on_plane(world);
    const auto n = static_cast<float>(size_);
    return {((p.x - centre_.x) / side_ + 0.5F) * n, (0.5F - (p.y - centre_.y) / side_) * n};
}

float Camera::pixel_at(float depth) const {
    return side_ / static_cast<float>(size_) * (distance_ - depth) / distance_;
}

}  // namespace limner::sitters
