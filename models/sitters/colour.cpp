#include "colour.h"

#include "base/lab.h"
#include "base/oklch.h"

namespace limner::sitters {
namespace {

float lab_forward(float t) { return t > 0.008856F ? std::cbrt(t) : 7.787F * t + 16.0F / 116; }
int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

}  // namespace

float to_srgb(float x) {
    x = clamp01(x);
    return x <= 0.0031308F ? 12.92F * x : 1.055F * std::pow(x, 1 / 2.4F) - 0.055F;
}

float from_srgb(float x) { return x <= 0.04045F ? x / 12.92F : std::pow((x + 0.055F) / 1.055F, 2.4F); }

std::uint8_t srgb_byte(float linear) { return static_cast<std::uint8_t>(to_srgb(linear) * 255 + 0.5F); }

Vec3 from_hex(std::string_view t) {
    const auto channel = [&](std::size_t i) {
        return from_srgb(static_cast<float>(hex_digit(t[i]) * 16 + hex_digit(t[i + 1])) / 255);
    };
    return t.size() == 7 ? Vec3{channel(1), channel(3), channel(5)} : grey(1);
}

Lab to_lab(Vec3 c) {
    const float x = lab_forward((0.4124F * c.x + 0.3576F * c.y + 0.1805F * c.z) / 0.9505F);
    const float y = lab_forward(0.2126F * c.x + 0.7152F * c.y + 0.0722F * c.z);
    const float z = lab_forward((0.0193F * c.x + 0.1192F * c.y + 0.9505F * c.z) / 1.089F);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Vec3 from_lab(Lab lab) {
    const auto [r, g, b] = rgb_from_lab(lab.l, lab.a, lab.b);
    return {r, g, b};
}

float typology_angle(Lab lab) { return std::atan2(lab.l - 50, lab.b) * 180 / kPi; }

Vec3 from_oklch(float lightness, float chroma, float hue_deg) {
    const auto [r, g, b] = rgb_from_oklch(lightness, chroma, hue_deg);
    return {r, g, b};
}

float display_curve(float x) {
    x = std::max(x, 0.0F);
    return to_srgb(x <= 0.7F ? x : 0.7F + 0.3F * (1 - std::exp(-(x - 0.7F) / 0.3F)));
}

}  // namespace limner::sitters
