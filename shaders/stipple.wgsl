// Dots, the more the darker. in: picture. 0 cell, 1 size, 2 gamma, 3 ink, 6 paper, 9 colour, 10 layers, 11 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let f = full(x, y);
    let o = vec2f(origin());
    let layers = number_i(10u);
    var c = number_rgb(6u);
    for (var k = 0; k < layers; k++) {
        let cell = max(number(0u), 2.0) * select(select(select(0.61, 0.71, k == 2), 0.83, k == 1), 1.0, k == 0);
        let seed = number_u(11u) + 101u * u32(k);
        let cx = ifloor(f.x / cell);
        let cy = ifloor(f.y / cell);
        for (var j = -1; j <= 1; j++) {
            for (var i = -1; i <= 1; i++) {
                let h = hash_i(cx + i, cy + j, seed);
                let px = (f32(cx + i) + 0.5 + 0.76 * (unit_low(h) - 0.5)) * cell;
                let py = (f32(cy + j) + 0.5 + 0.76 * (unit_high(h) - 0.5)) * cell;
                let at = sample0(px - o.x - 0.5, py - o.y - 0.5);
                let dark = pow_(saturate(1.0 - luma(at)), number(2u));
                let rank = unit(hash_i(cx + i, cy + j, seed + 7u));
                let over = dark * 1.08 - 0.02 - rank * 0.98;
                let there = smooth_step(0.0, 0.05, over);
                let radius = cell * number(1u) * (0.30 + 0.22 * saturate(over)) * (0.8 + 0.2 * there);
                let d = length(f - vec2f(px, py));
                c = mix_(c, mix_(number_rgb(3u), at, number(9u)), there * smooth_step(radius + 0.6, radius - 0.6, d));
            }
        }
    }
    return with_alpha(c, at0(x, y).a);
}
