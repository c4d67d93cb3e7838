// Noise drawn out along lines. in: flow. 0 length, 1 width, 2 follow, 3 angle, 4 contrast, 5 seed.
fn direction(p: vec2f, fixed: vec2f) -> vec2f {
    let t = at0(ifloor(p.x + 0.5), ifloor(p.y + 0.5));
    var a = t.xy;
    let agree = dot(a, fixed);
    if (agree < 0.0) { a = -a; }
    let share = number(2u) * saturate(t.z * 1.6) * saturate(4.0 * abs(agree));
    let d = fixed * (1.0 - share) + a * share;
    return d / max(length(d), 1e-4);
}
fn shade(x: i32, y: i32) -> vec4f {
    let per = 1.0 / max(number(1u), 0.8);
    let turn = number(3u) / 360.0;
    let fixed = vec2f(cos_turn(turn), sin_turn(turn));
    let step = max(number(0u), 0.5) * (2.4 / 12.0);
    let o = vec2f(origin()) + 0.5;
    var sum = 0.0;
    var total = 0.0;
    for (var side = 0; side < 2; side++) {
        var p = vec2f(f32(x), f32(y));
        for (var k = 0; k <= 12; k++) {
            if (k > 0) { p += direction(p, fixed) * select(-step, step, side == 0); }
            if (k < side) { continue; }
            let z = f32(k) * 0.2;
            let w = exp(-0.5 * z * z);
            sum += w * noise((p.x + o.x) * per, (p.y + o.y) * per, number_u(5u));
            total += w;
        }
    }
    let s = saturate(0.5 + number(4u) * 1.9 * sum / total);
    return vec4f(s, s, s, 1.0);
}
