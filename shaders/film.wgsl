// A film's look. in: picture, blurred, regions_a. 0 contrast, 1 fade, 2 saturation, 3 shadows, 6 lights, 9 tint, 10 glow, 11 halation,
// 12 13 14 red, green, blue curve, 15 keep skin, 16 vignette, 17 grain, 18 seed.
fn skin_likeness(c: vec4f) -> f32 {
    let high = max(max(c.r, c.g), c.b);
    let low = min(min(c.r, c.g), c.b);
    let chroma = high - low;
    let hue = (c.g - c.b) / max(chroma, 1e-3);
    let per = 1.0 / max(high, 0.02);
    let saturation = chroma * per;
    let red_first = smooth_step(-0.03, 0.02, (c.r - c.g) * per) * smooth_step(-0.03, 0.02, (c.r - c.b) * per);
    return red_first * smooth_step(-0.15, 0.1, hue) * (1.0 - smooth_step(0.8, 1.0, hue)) * smooth_step(0.02, 0.06, saturation) *
           (1.0 - smooth_step(0.8, 0.95, saturation));
}
fn shade(x: i32, y: i32) -> vec4f {
    let in = at0(x, y);
    let wide = at1(x, y);
    var c = in;
    c = mix_(c, 1.0 - (1.0 - c) * (1.0 - wide), number(10u));
    let hot = smooth_step(0.55, 1.0, luma(wide)) * number(11u);
    c += vec4f(0.30 * hot, 0.10 * hot, 0.02 * hot, 0.0);
    for (var k = 0u; k < 3u; k++) {
        let v = saturate(c[k]);
        c[k] = mixf(v, v * v * (3.0 - 2.0 * v), number(0u) + number(12u + k));
    }
    let l = luma(c);
    let t = mix_(number_rgb(3u), number_rgb(6u), smooth_step(0.15, 0.85, l));
    c += (t - luma(t)) * number(9u);
    c = mix_(vec4f(l), c, number(2u));
    let fade = number(1u);
    c = c * (1.0 - fade) + fade * 0.55 * (1.0 - 0.6 * l);
    let skin = number(15u) * max(saturate(at2(x, y).x), skin_likeness(in));
    c = mix_(c, in, skin);
    let half = 0.5 * full_size();
    let f = vec2f(f32(x + origin().x), f32(y + origin().y)) + 0.5;
    let r = f - half;
    c = c * (1.0 - number(16u) * 0.7 * smooth_step(0.35, 1.1, sqrt(dot(r, r)) / sqrt(dot(half, half))));
    let grain = number(17u);
    if (grain > 0.0) {
        let size = 1.0 / max(1.5 * unit_length(), 0.8);
        let n = 0.7 * noise(f.x * size, f.y * size, number_u(18u)) +
                0.5 * (unit(hash_i(x + origin().x, y + origin().y, number_u(18u))) - 0.5);
        let tone = saturate(luma(c));
        c += vec4f(n * grain * 0.16 * (0.25 + 3.0 * tone * (1.0 - tone)));
    }
    return with_alpha(saturate(c), in.a);
}
