#include "sitter/iris_colour.h"

namespace limner {

IrisColour iris_colour(float pigment, float green) {
    const Vec4 blue = mix(vec4(0.115F, 0.185F, 0.270F, 1), vec4(0.120F, 0.190F, 0.150F, 1),
                          smoothstep(0.45F, 0.95F, green));
    const Vec4 pale =
        mix(blue, vec4(0.165F, 0.195F, 0.215F, 1), 0.45F * (1 - smoothstep(0.0F, 0.35F, green)));
    const Vec4 hazel = mix(vec4(0.165F, 0.120F, 0.060F, 1), vec4(0.135F, 0.130F, 0.055F, 1), green);
    const Vec4 brown = vec4(0.085F, 0.040F, 0.018F, 1), dark = vec4(0.030F, 0.015F, 0.009F, 1);
    const auto ramp = [&](float p) {
        if (p < 0.45F) return mix(pale, hazel, smoothstep(0.12F, 0.45F, p));
        if (p < 0.75F) return mix(hazel, brown, smoothstep(0.45F, 0.72F, p));
        return mix(brown, dark, smoothstep(0.75F, 1.0F, p));
    };
    const Vec4 stroma = ramp(pigment);
    return {stroma, mix(ramp(min(1.0F, pigment + 0.22F)), stroma, 0.25F)};
}

}  // namespace limner
