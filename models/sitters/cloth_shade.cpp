#include "cloth_shade.h"

#include "colour.h"
#include "noise.h"
#include "sitter/cloth_dyes.h"

namespace limner::sitters {

Cloth::Cloth(const Sitter& sitter) {
    seed_ = 0xc107;
    for (const float n : sitter.noise)
        seed_ = hash32(seed_ ^ static_cast<std::uint32_t>(static_cast<int>(n * 4096)));
    const float draw = hash01(seed_ + 1);
    const ClothDyes dyes = cloth_dyes(sitter, draw);
    const auto rgb = [](const std::array<float, 3>& c) { return Vec3{c[0], c[1], c[2]}; };
    colour_ = rgb(dyes.first), second_ = rgb(dyes.second);
    shirt_ = from_oklch(mix(0.86F, 0.95F, draw), draw < 0.35F ? 0.03F : 0.006F, 250);
    tie_ = from_oklch(0.28F + 0.22F * hash01(seed_ + 2), 0.11F, 360 * hash01(seed_ + 3));
    trim_ = from_oklch(dyes.lightness > 0.5F ? 0.9F : 0.2F, 0.01F, 60);
    const std::string_view pattern = sitter.choice("clothes.pattern"), style = sitter.choice("clothes.style");
    pattern_ = pattern == "stripes"   ? Pattern::stripes
               : pattern == "check"   ? Pattern::check
               : pattern == "dots"    ? Pattern::dots
               : pattern == "knit"    ? Pattern::knit
               : pattern == "melange" ? Pattern::melange
                                      : Pattern::plain;
    suit_ = style == "blazer" || style == "suit_tie";
    knitted_ = style == "sweater" || style == "turtleneck";
    if (suit_ && pattern_ == Pattern::dots) pattern_ = Pattern::plain;
}

Cloth::Point Cloth::at(std::string_view part, Vec2 uv) const {
    const auto has = [&](std::string_view word) { return part.find(word) != std::string_view::npos; };
    Point point{colour_, 0.75F, 0.25F, {0, 0}};
    const float u = uv.x, v = uv.y;
    const auto edge = [](float x, float width) { return smoothstep(-width, width, x); };
    const bool under = has("under") || has("inner") || (suit_ && has("shirt"));
    if (has("tie")) {
        point.albedo =
            mix(tie_, mix(tie_, grey(0.7F), 0.6F),
                hash01(seed_ + 9) < 0.5F ? edge(std::sin((u + v) * 2 * kPi / 0.016F) - 0.7F, 0.12F) : 0.0F);
        point.roughness = 0.45F, point.sheen = 0.5F;
        return point;
    }
    if (has("button") || has("zip") || has("cord")) {
        point.albedo = has("button") && suit_ ? grey(0.03F) : trim_;
        point.roughness = 0.4F, point.sheen = 0;
        return point;
    }
    if (under) {
        point.albedo = shirt_;
        const float weave = 0.05F;
        point.slope = {weave * std::sin(u * 2 * kPi / 0.0011F), weave * std::sin(v * 2 * kPi / 0.0011F)};
        return point;
    }
    switch (pattern_) {
        case Pattern::plain: break;
        case Pattern::stripes: {
            const float period = suit_ ? 0.014F : mix(0.014F, 0.036F, hash01(seed_ + 4)),
                        along = suit_ || hash01(seed_ + 5) < 0.35F ? u : v;
            const float thin = suit_ ? 0.95F : 0.1F;
            point.albedo = mix(colour_, second_,
                               edge(std::sin(along * 2 * kPi / period) - thin, suit_ ? 0.04F : 0.08F) *
                                   (suit_ ? 0.5F : 1.0F));
            break;
        }
        case Pattern::check: {
            const float period = suit_ ? 0.022F : 0.032F;
            const float a = edge(std::sin(u * 2 * kPi / period), 0.15F),
                        b = edge(std::sin(v * 2 * kPi / period), 0.15F);
            point.albedo = mix(colour_, second_, (a + b) * (suit_ ? 0.18F : 0.42F));
            break;
        }
        case Pattern::dots: {
            const float period = 0.018F, x = u / period, y = v / (period * 0.866F), row = std::floor(y);
            const float dx = (x + 0.5F * row) - std::floor(x + 0.5F * row) - 0.5F, dy = y - row - 0.5F;
            point.albedo = mix(second_, colour_, edge(std::hypot(dx, dy) - 0.22F, 0.04F));
            break;
        }
        case Pattern::knit: break;
        case Pattern::melange: {
            const float fleck = fractal_noise({u * 700, v * 1100, 0}, seed_, 2) +
                                0.4F * gradient_noise({u * 120, v * 420, 1}, seed_);
            point.albedo = mix(colour_, mix(colour_, grey(luminance(colour_) > 0.25F ? 0.03F : 0.6F), 0.55F),
                               smoothstep(-0.1F, 0.5F, fleck));
            break;
        }
    }
    if (pattern_ == Pattern::knit || knitted_) {  // V-shaped stitches
        const float gauge = pattern_ == Pattern::knit ? 0.0052F : 0.0022F;
        const float x = u / gauge - std::floor(u / gauge), side = std::abs(x - 0.5F) * 2;
        const float y = v / (gauge * 0.8F) + side * 0.55F, row = y - std::floor(y);
        const float height = std::sin(kPi * x * 2) * std::sin(kPi * x * 2) * std::sin(kPi * row);
        point.albedo *= mix(0.72F, 1.06F, std::sqrt(std::abs(height)));
        point.slope = {0.45F * std::cos(2 * kPi * x * 2) * std::sin(kPi * row), 0.35F * std::cos(kPi * row)};
        point.sheen = 0.45F;
    } else {
        point.slope = {0.08F * std::sin(u * 2 * kPi / 0.0013F), 0.08F * std::sin(v * 2 * kPi / 0.0013F)};
        point.albedo *= 1 + 0.06F * gradient_noise({u * 900, v * 900, 3}, seed_);
    }
    return point;
}

}  // namespace limner::sitters
