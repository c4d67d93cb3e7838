// Tone and colour, pixel by pixel (shaders/adjust.wgsl, quantise.wgsl, ramp.wgsl, focus.wgsl, film.wgsl).
#include "finish/primitives/all.h"

namespace limner::finish {

// 0 black, 1 white (in: what becomes 0 and 1), 2 gamma, 3 contrast, 4 saturation, 5 invert.
void adjust(const Pass& pass) {
    const float black = pass.f(0), span = 1.0F / max(pass.f(1) - black, 0.01F), gamma = pass.f(2),
                contrast = pass.f(3), saturation = pass.f(4);
    const bool invert = pass.f(5) > 0.5F;
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y);
        Vec4 c = saturate((in - splat(black)) * splat(span));
        if (gamma != 1.0F) c = pow(c, gamma);
        const Vec4 s = c * c * (splat(3.0F) - splat(2.0F) * c);  // contrast bends towards or away from an S
        c = saturate(mix(c, s, contrast));
        c = saturate(mix(splat(luma(c)), c, saturation));
        if (invert) c = splat(1) - c;
        return with_alpha(c, in[3]);
    });
}

// Brings what is dark and what is light around each place nearer to one lightness, by a gamma of its own (after local gamma
// correction, Moroney 2000): so that a drawing models dark skin as well as light. in: picture, the same blurred wide.
// 0 amount, 1 lightness to come to.
void even(const Pass& pass) {
    const float amount = pass.f(0), to = log2(pass.f(1));
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[0].at(x, y);
        const float around = clamp(luma(pass.in[1].at(x, y)), 0.02F, 0.95F);
        const float gamma = clamp(mix(1.0F, to / log2(around), amount), 0.3F, 2.5F);
        const float l = max(luma(c), 1e-4F), want = pow(l, gamma);
        return with_alpha(saturate(c * splat(want / l)), c[3]);
    });
}

// Soft luminance quantisation (Winnemoller, Olsen, Gooch 2006, eq. 8). 0 levels, 1 sharpness, 2 saturation.
void quantise(const Pass& pass) {
    const float levels = pass.f(0), sharp = pass.f(1), saturation = pass.f(2);
    const float scale = (1.0F + exp(-sharp)) / (1.0F - exp(-sharp));  // so that plateaus meet
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[0].at(x, y);
        const float l = luma(c), s = l * levels;
        const float edge = floor(s + 0.5F),
                    across = s - edge;  // distance to the nearest border between two plateaus
        const float e = exp(-2.0F * sharp * abs(across)), t = 0.5F * (1.0F - e) / (1.0F + e) * scale;
        const float q = max(edge + (across < 0 ? -t : t), 0.4F) / levels;
        const Vec4 out = mix(splat(q), c * splat(q / max(l, 0.02F)), saturation);
        return with_alpha(saturate(out), c[3]);
    });
}

// Luma becomes a colour of four. 0 3 6 9 the colours from dark to light, 12 13 14 where they change, 15 soft (0 steps, 1 gradients),
// 16 how much of the picture's own colour stays.
void ramp(const Pass& pass) {
    const Vec4 colours[4] = {pass.rgb(0), pass.rgb(3), pass.rgb(6), pass.rgb(9)};
    const float soft = pass.f(15), keep = pass.f(16);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y);
        const float l = luma(in);
        Vec4 c = colours[0];
        for (int k = 0; k < 3; ++k) {
            const float at = pass.f(12 + k), wide = 0.012F + soft * 0.33F;
            c = mix(c, colours[k + 1], saturate((l - at + wide * 0.5F) / wide));
        }
        c = mix(c, in, keep);
        return with_alpha(c, in[3]);
    });
}

// Where a style must stay crisp: a weight for each kind of region. in: regions_a, regions_b, matte.
// 0 eyes, 1 brows, 2 lips and mouth, 3 skin, 4 hair, 5 glasses, 6 clothes, 7 behind the sitter. A photo has no regions: 0.
void focus(const Pass& pass) {
    each_pixel(pass, [&](int x, int y) {
        const Vec4 a = pass.in[0].at(x, y), b = pass.in[1].at(x, y);
        const float sum = a[0] + a[1] + a[2] + a[3] + b[0] + b[1] + b[2] + b[3];
        float m = pass.f(0) * a[3] + pass.f(1) * a[2] + pass.f(2) * (b[0] + b[1]) + pass.f(3) * a[0] +
                  pass.f(4) * a[1] + pass.f(5) * b[2] + pass.f(6) * b[3];
        m += pass.f(7) * saturate(1.0F - pass.in[2].at(x, y)[3]);
        return vec4(saturate(m), saturate(m), saturate(m), saturate(sum));
    });
}

// How much a colour looks like skin of any depth: an orange hue, neither grey nor vivid. Smooth, for looks that must keep skin.
float skin_likeness(Vec4 c) {
    const float high = max(max(c[0], c[1]), c[2]), low = min(min(c[0], c[1]), c[2]), chroma = high - low;
    const float hue = (c[1] - c[2]) / max(chroma, 1e-3F);  // 0 red, 1 yellow, where red is the highest
    const float per = 1.0F / max(high, 0.02F), saturation = chroma * per;
    const float red_first =
        smoothstep(-0.03F, 0.02F, (c[0] - c[1]) * per) * smoothstep(-0.03F, 0.02F, (c[0] - c[2]) * per);
    return red_first * smoothstep(-0.15F, 0.1F, hue) * (1.0F - smoothstep(0.8F, 1.0F, hue)) *
           smoothstep(0.02F, 0.06F, saturation) * (1.0F - smoothstep(0.8F, 0.95F, saturation));
}

// A film's look. in: picture, the same blurred (for halation and glow), regions_a.
// 0 contrast, 1 fade, 2 saturation, 3 shadows' tint, 6 lights' tint, 9 tint, 10 glow, 11 halation, 12 red curve, 13 green curve,
// 14 blue curve (each -1..1 bends an S), 15 keep skin, 16 vignette, 17 grain, 18 seed.
void film(const Pass& pass) {
    const float contrast = pass.f(0), fade = pass.f(1), saturation = pass.f(2), tint = pass.f(9),
                glow = pass.f(10), halation = pass.f(11);
    const Vec4 dark = pass.rgb(3), light = pass.rgb(6);
    const float keep = pass.f(15), vignette = pass.f(16), grain = pass.f(17);
    const float half_w = 0.5F * static_cast<float>(pass.full_width()),
                half_h = 0.5F * static_cast<float>(pass.full_height());
    const float corner = 1.0F / std::sqrt(half_w * half_w + half_h * half_h),
                size = 1.0F / max(1.5F * pass.unit_length(), 0.8F);
    each_pixel(pass, [&](int x, int y) {
        const Vec4 in = pass.in[0].at(x, y), wide = pass.in[1].at(x, y);
        Vec4 c = in;
        const Vec4 screened = splat(1) - (splat(1) - c) * (splat(1) - wide);
        c = mix(c, screened, glow);
        const float hot = smoothstep(0.55F, 1.0F, luma(wide)) * halation;
        c += vec4(0.30F * hot, 0.10F * hot, 0.02F * hot, 0);
        for (int k = 0; k < 3; ++k) {
            const float v = saturate(c[k]), s = v * v * (3.0F - 2.0F * v);
            c[k] = mix(v, s, contrast + pass.f(12 + k));
        }
        const float l = luma(c);
        // Tints move colour, not lightness.
        const Vec4 t = mix(dark, light, smoothstep(0.15F, 0.85F, l));
        c += (t - splat(luma(t))) * splat(tint);
        c = mix(splat(l), c, saturation);
        c = c * splat(1.0F - fade) + splat(fade * 0.55F) * splat(1.0F - 0.6F * l);
        const float skin = keep * max(saturate(pass.in[2].at(x, y)[0]), skin_likeness(in));
        c = mix(c, in, skin);
        const float fx = static_cast<float>(x + pass.origin_x()) + 0.5F,
                    fy = static_cast<float>(y + pass.origin_y()) + 0.5F;
        const float rx = fx - half_w, ry = fy - half_h;
        c = c *
            splat(1.0F - vignette * 0.7F * smoothstep(0.35F, 1.1F, std::sqrt(rx * rx + ry * ry) * corner));
        if (grain > 0.0F) {
            const float n = 0.7F * noise(fx * size, fy * size, pass.u(18)) +
                            0.5F * (unit(hash(x + pass.origin_x(), y + pass.origin_y(), pass.u(18))) - 0.5F);
            const float tone = saturate(luma(c));
            c += splat(n * grain * 0.16F * (0.25F + 3.0F * tone * (1.0F - tone)));
        }
        return with_alpha(saturate(c), in[3]);
    });
}

}  // namespace limner::finish
