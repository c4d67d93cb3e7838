// The end of every style. in: before, after. 0 strength, 1 grain, 2 grain's seed.
fn shade(x: i32, y: i32) -> vec4f {
    let before = at0(x, y);
    var c = mix_(before, at1(x, y), number(0u));
    let grain = number(1u);
    if (grain > 0.0) {
        let f = vec2f(f32(x + origin().x) + 0.5, f32(y + origin().y) + 0.5);
        let size = 1.0 / max(1.3 * unit_length(), 0.8);
        let n = 0.6 * noise(f.x * size, f.y * size, number_u(2u)) + 0.5 * (unit(hash_i(x + origin().x, y + origin().y, number_u(2u))) - 0.5);
        let tone = luma(c);
        c += vec4f(n * grain * 0.16 * (0.25 + 3.0 * saturate(tone) * saturate(1.0 - tone)));
    }
    return with_alpha(saturate(c), before.a);
}
