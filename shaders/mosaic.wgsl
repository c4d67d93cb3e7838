// Voronoi tiles (Worley 1996). in: picture. 0 cell, 1 jitter, 2 gap, 3 grout, 6 bevel, 7 vary, 8 glass, 9 seed.
fn site(cx: i32, cy: i32) -> vec2f {
    let h = hash_i(cx, cy, number_u(9u));
    return vec2f(f32(cx), f32(cy)) + 0.5 + number(1u) * (vec2f(unit_low(h), unit_high(h)) - 0.5);
}
fn shade(x: i32, y: i32) -> vec4f {
    let cell = max(number(0u), 3.0);
    let gap = number(2u);
    let seed = number_u(9u);
    let f = full(x, y);
    let g = f * (1.0 / cell);
    let i0 = vec2i(floor(g));
    var m = i0;
    var nearest = 1e9;
    for (var j = -1; j <= 1; j++) {
        for (var i = -1; i <= 1; i++) {
            let s = site(i0.x + i, i0.y + j) - g;
            let d = dot(s, s);
            if (d < nearest) {
                nearest = d;
                m = i0 + vec2i(i, j);
            }
        }
    }
    let own = site(m.x, m.y);
    var border = 1e9;
    var towards = vec2f(0.0);
    for (var j = -2; j <= 2; j++) {
        for (var i = -2; i <= 2; i++) {
            if (i == 0 && j == 0) { continue; }
            let s = site(m.x + i, m.y + j);
            let d = s - own;
            let size = length(d);
            let to = dot(0.5 * (s + own) - g, d) / size;
            if (to < border) {
                border = to;
                towards = d / size;
            }
        }
    }
    let inside = border * cell;
    let p = own * cell - vec2f(origin()) - 0.5;
    var c = sample0(p.x, p.y);
    let h = hash_i(m.x, m.y, seed + 5u);
    c = c * (1.0 + number(7u) * (unit_low(h) - 0.5)) + vec4f(0.10, 0.0, -0.10, 0.0) * (number(7u) * (unit_high(h) - 0.5));
    let edge = smooth_step(gap * 0.5 + 0.16 * cell, gap * 0.5, inside);
    c = c * (1.0 - number(6u) * edge * (0.7 * towards.x + 0.7 * towards.y));
    let glass = number(8u);
    if (glass > 0.0) {
        let swirl = fbm(g.x * 1.1 + unit_low(h) * 50.0, g.y * 2.3 + unit_high(h) * 50.0, 3, seed + 9u);
        let glow = 1.0 - smooth_step(0.0, 0.5, sqrt(nearest));
        let rich = mix_(vec4f(luma(c)), c, 1.45) * (1.08 + 0.22 * glow + 0.22 * swirl) + 0.03;
        c = mix_(c, rich, glass);
    }
    let cover = smooth_step(gap * 0.5 - 0.7, gap * 0.5 + 0.7, inside);
    let rough = 1.0 + 0.25 * (tooth(f.x, f.y, 1.5 * unit_length(), seed + 2u) - 0.5);
    return with_alpha(saturate(mix_(number_rgb(3u) * rough, c, cover)), at0(x, y).a);
}
