// Shifts a picture by noise. in: picture, mask. 0 amount, 1 scale, 2 octaves, 3 keep, 4 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let f = full(x, y) / max(number(1u), 1.0);
    let octaves = number_i(2u);
    let seed = number_u(4u);
    let far = number(0u) * (1.0 - number(3u) * saturate(at1(x, y).r));
    return sample0(f32(x) + far * fbm(f.x, f.y, octaves, seed), f32(y) + far * fbm(f.x + 19.0, f.y + 7.0, octaves, seed + 9u));
}
