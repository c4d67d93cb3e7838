#include "sitter/eyewear_shape.h"

namespace limner {

LensShape lens_shape(std::string_view style) {
    if (style == "round") return {0.0455F, 0.0435F, 2.1F, 0, 0};
    if (style == "oval") return {0.049F, 0.035F, 2.4F, 0, 0};
    if (style == "rectangle") return {0.0515F, 0.033F, 5.0F, 0, 0};
    if (style == "square") return {0.0505F, 0.0405F, 4.6F, 0, 0};
    if (style == "aviator") return {0.0545F, 0.047F, 2.9F, 1, 0};
    if (style == "cat_eye") return {0.0515F, 0.0375F, 3.0F, 0, 1};
    return {0.0515F, 0.033F, 4.2F, 0, 0};  // half_rim
}

Vec2 lens_outline(const LensShape& s, float turn) {
    const float c = cos_turn(turn), n = sin_turn(turn), e = 2 / s.squareness;
    const float u = c < 0 ? -pow(-c, e) : pow(c, e), v = n < 0 ? -pow(-n, e) : pow(n, e);
    Vec2 p{0.5F * s.width * u, 0.5F * s.height * v};
    if (s.drop > 0) {  // a teardrop: narrow inside below, flat above
        p.y *= v > 0 ? 0.86F : 1.1F;
        p.x += 0.13F * s.width * smoothstep(0.2F, -1.0F, u) * smoothstep(0.3F, -1.0F, v);
        p.y -= 0.05F * s.height * smoothstep(-0.2F, 0.9F, u) * smoothstep(0.2F, -0.6F, v);
    }
    if (s.lift > 0) {
        const float corner = smoothstep(0.1F, 1.0F, u) * smoothstep(-0.1F, 0.8F, v);
        p.x += 0.055F * s.width * corner;
        p.y += 0.17F * s.height * corner;
        p.y += 0.08F * s.height * smoothstep(0.2F, -1.0F, u) * smoothstep(0.0F, -0.8F, v);
    }
    return p;
}

FrameMaterial frame_material(std::string_view colour) {
    FrameMaterial m;
    if (colour == "black")
        m.albedo = {0.012F, 0.012F, 0.012F};
    else if (colour == "tortoise")
        m.albedo = {0.11F, 0.045F, 0.014F}, m.tortoise = true;
    else if (colour == "gold")
        m.mirror = {0.80F, 0.58F, 0.30F}, m.blur = 0.16F;
    else if (colour == "silver")
        m.mirror = {0.68F, 0.68F, 0.67F}, m.blur = 0.16F;
    else if (colour == "red")
        m.albedo = {0.26F, 0.018F, 0.022F};
    else if (colour == "blue")
        m.albedo = {0.02F, 0.05F, 0.18F};
    else
        m.albedo = {0.62F, 0.60F, 0.57F};
    return m;
}

std::array<float, 3> earring_mirror(float metal) {
    return {mix(0.83F, 0.74F, metal), mix(0.60F, 0.73F, metal), mix(0.30F, 0.71F, metal)};
}

}  // namespace limner
