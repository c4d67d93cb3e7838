// Depth of field. in: picture, surface, matte. 0 radius, 1 depth in focus, 2 range.
fn blur_at(x: i32, y: i32) -> f32 {
    let s = at1(x, y);
    let per = 1.0 / (1000.0 * unit_length());
    let d = (full(x, y) - vec2f(0.5, 0.46) * full_size()) * per * vec2f(1.0, 0.8);
    let middle = smooth_step(0.22, 0.75, sqrt(dot(d, d)));
    if (word(10u) == 1u) { return middle; }
    let range = max(number(2u), 0.005);
    let near = saturate((abs(s.w - number(1u)) - 0.25 * range) / range);
    return mixf(1.0, near * smooth_step(0.0, 0.3, dot(s.xyz, s.xyz)), saturate(at2(x, y).a));
}
fn shade(x: i32, y: i32) -> vec4f {
    let radius = number(0u);
    let own = blur_at(x, y) * radius;
    var sum = at0(x, y);
    var total = 1.0;
    for (var k = 0; k < 48; k++) {
        let r = radius * sqrt((f32(k) + 0.5) * (1.0 / 48.0));
        let turn = f32(k) * 0.38196601;
        let sx = ifloor(f32(x) + r * cos_turn(turn) + 0.5);
        let sy = ifloor(f32(y) + r * sin_turn(turn) + 0.5);
        let w = smooth_step(r - 1.0, r + 1.0, min(blur_at(sx, sy) * radius, own));
        let c = at0(sx, sy);
        let bright = w * (1.0 + 1.5 * smooth_step(0.75, 1.0, luma(c)));
        sum += c * bright;
        total += bright;
    }
    return with_alpha(sum / total, at0(x, y).a);
}
