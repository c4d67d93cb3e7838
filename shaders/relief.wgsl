// Light on thick paint and on canvas. in: a picture, height in alpha. 0 depth, 1 angle, 2 gloss, 3 weave, 4 size, 5 luma, 6 seed.
fn rise(x: i32, y: i32) -> f32 {
    let c = at0(x, y);
    let f = full(x, y);
    let size = max(number(4u), 1.5);
    let thread = 0.5 * cos_turn(f.x / size) * cos_turn(f.y / size) + 0.5 * (tooth(f.x, f.y, size * 0.8, number_u(6u)) - 0.5);
    return c.a + number(5u) * luma(c) + number(3u) * thread * (1.0 - 0.55 * saturate(c.a));
}
fn shade(x: i32, y: i32) -> vec4f {
    let turn = number(1u) / 360.0;
    let dx = 0.5 * (rise(x + 1, y) - rise(x - 1, y));
    let dy = 0.5 * (rise(x, y + 1) - rise(x, y - 1));
    let toward = (dy * cos_turn(turn) - dx * sin_turn(turn)) * number(0u) / max(unit_length(), 0.5);
    let lit = clamp(1.0 + 0.9 * toward, 0.55, 1.5);
    let shine = number(2u) * smooth_step(0.10, 0.55, toward) * 0.35;
    return with_alpha(saturate(at0(x, y) * lit + shine), 1.0);
}
