// Triangles drawn to edges. in: picture, flow. 0 cell, 1 jitter, 2 snap, 3 vary, 4 seed.
fn corner(cx: i32, cy: i32, cell: f32, o: vec2f) -> vec2f {
    let h = hash_i(cx, cy, number_u(4u));
    let p = (vec2f(f32(cx), f32(cy)) + number(1u) * (vec2f(unit_low(h), unit_high(h)) - 0.5)) * cell - o;
    var sum = vec2f(0.0);
    var total = 1e-6;
    for (var j = -2; j <= 2; j++) {
        for (var i = -2; i <= 2; i++) {
            let d = vec2f(f32(i), f32(j)) * 0.16 * cell;
            let e = at1(ifloor(p.x + d.x + 0.5), ifloor(p.y + d.y + 0.5)).w;
            let w = e * e * e;
            sum += w * d;
            total += w;
        }
    }
    return p + sum / total * number(2u);
}
fn side(m: vec2f, n: vec2f, p: vec2f) -> f32 { return (n.x - m.x) * (p.y - m.y) - (n.y - m.y) * (p.x - m.x); }
fn shade(x: i32, y: i32) -> vec4f {
    let cell = max(number(0u), 4.0);
    let seed = number_u(4u);
    let o = vec2f(origin()) + 0.5;
    let i0 = vec2i(floor((vec2f(f32(x), f32(y)) + o) / cell));
    var p: array<array<vec2f, 4>, 4>;
    for (var j = 0; j < 4; j++) {
        for (var i = 0; i < 4; i++) { p[j][i] = corner(i0.x + i - 1, i0.y + j - 1, cell, o); }
    }
    var sum = vec4f(0.0);
    for (var sub = 0; sub < 4; sub++) {
        let at = vec2f(f32(x), f32(y)) + select(select(select(vec2f(-0.375, 0.125), vec2f(0.125, 0.375), sub == 2), vec2f(0.375, -0.125), sub == 1),
                                                vec2f(-0.125, -0.375), sub == 0);
        var c = at0(x, y);
        for (var k = 0; k < 18; k++) {
            let half = k & 1;
            let i = (k >> 1u) % 3;
            let j = (k >> 1u) / 3;
            let cx = i0.x + i - 1;
            let cy = i0.y + j - 1;
            let other = (hash_i(cx, cy, seed + 3u) & 1u) != 0u;
            let a = select(p[j][i], p[j][i + 1], other);
            let d = select(p[j + 1][i + 1], p[j + 1][i], other);
            let b = select(select(p[j + 1][i], p[j + 1][i + 1], other), select(p[j][i + 1], p[j][i], other), half == 0);
            let e0 = side(a, b, at);
            let e1 = side(b, d, at);
            let e2 = side(d, a, at);
            if ((e0 >= 0.0 && e1 >= 0.0 && e2 >= 0.0) || (e0 <= 0.0 && e1 <= 0.0 && e2 <= 0.0)) {
                let m = (a + b + d) / 3.0;
                c = sample0(m.x, m.y) * (1.0 + number(3u) * (unit(hash_i(cx, cy, seed + 7u + u32(half))) - 0.5));
                break;
            }
        }
        sum += c;
    }
    return with_alpha(saturate(sum * 0.25), at0(x, y).a);
}
