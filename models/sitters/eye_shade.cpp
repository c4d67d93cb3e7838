#include "eye_shade.h"

#include "noise.h"
#include "sitter/iris_colour.h"

namespace limner::sitters {

EyeColour::EyeColour(const Sitter& sitter) {
    const IrisColour iris = iris_colour(sitter.number("eyes.pigment"), sitter.number("eyes.green"));
    const auto as_vec = [](Vec4 v) { return Vec3{v[0], v[1], v[2]}; };
    stroma_ = as_vec(iris.stroma);
    deep_ = stroma_ * 0.34F;
    collar_ = as_vec(iris.collar);
    pupil_ = pupil_radius(sitter.number("eyes.pupil"));
    redness_ = sitter.number("eyes.redness");
    age_ = sitter.number("age");
    seed_ = 0xe7e;
    for (const float n : sitter.noise)
        seed_ = hash32(seed_ ^ static_cast<std::uint32_t>(static_cast<int>(n * 4096)));
}

EyeColour::Point EyeColour::at(Vec2 uv, bool left) const {
    const std::uint32_t seed = seed_ + (left ? 1U : 2U);
    const float rim = std::sin(std::min(uv.x, 1.5F)) / std::sin(kLimbus), turn = uv.y;
    const Vec3 round{std::cos(turn), std::sin(turn), 0};

    // Sclera: warm white, yellower and redder towards the back, with branching veins.
    const float back = smoothstep(kLimbus, 1.5F, uv.x);
    Vec3 sclera = mix(Vec3{0.66F, 0.63F, 0.60F}, Vec3{0.62F, 0.53F, 0.46F},
                      0.35F * back + 0.3F * clamp01((age_ - 40) / 60));
    const Vec3 at = round * (uv.x * 5) + Vec3{0, 0, 3};
    const float wander = fractal_noise(at * 1.3F, seed + 5, 2);
    const float branch = std::abs(gradient_noise({turn * 5 + wander * 1.6F, uv.x * 3.5F, 7}, seed + 6));
    const float veins =
        (1 - smoothstep(0.0F, 0.06F, branch)) * smoothstep(0.6F, 1.2F, uv.x) * (0.6F + 0.4F * wander);
    sclera *= exp(Vec3{-0.05F, -0.5F, -0.45F} *
                  ((0.08F + 0.9F * redness_) * (0.5F * back + 0.9F * std::max(0.0F, veins))));

    // Iris: fibres, crypts, a collarette at two fifths, a soft dark limbus.
    const float inside = (rim - pupil_) / (1 - pupil_);
    const float fibre = gradient_noise({turn * 14, rim * 1.6F, 0}, seed) * 0.6F +
                        gradient_noise({turn * 34, rim * 3, 1}, seed + 1) * 0.4F;
    const float crypt = smoothstep(0.15F, 0.55F, gradient_noise({turn * 5, rim * 4.5F, 2}, seed + 2));
    const float ruffle = 0.05F * gradient_noise({turn * 6, 0, 3}, seed + 3);
    const float collarette = 1 - smoothstep(0.16F, 0.42F, inside + ruffle);
    Vec3 iris = mix(stroma_, collar_, collarette * 0.75F) * (1 + 0.55F * fibre);
    iris = mix(iris, deep_, 0.55F * crypt * (1 - collarette));
    iris *= 1 + 0.25F * bell(inside + ruffle - 0.3F, 0.07F);
    iris = mix(iris, deep_ * 0.5F, smoothstep(0.72F, 1.0F, rim) * 0.85F);
    iris = mix(Vec3{0.004F, 0.0035F, 0.003F}, iris, smoothstep(pupil_ - 0.035F, pupil_ + 0.045F, rim));

    const float white = smoothstep(0.93F, 1.13F, rim);  // the limbus is a soft half millimetre
    return {clamped(mix(iris, sclera * mix(0.6F, 1.0F, smoothstep(0.98F, 1.22F, rim)), white), 0.002F, 0.8F),
            1 - white};
}

}  // namespace limner::sitters
