// Spot inks, least squares in absorbance. in: picture. 0 3 6 inks, 9 paper, 12 count, 13 screen (0 dots, 1 grains, 2 flat), 14 cell,
// 15 angle, 16 shift, 17 uneven, 18 hardness, 19 seed.
fn dot_screen(x: f32, y: f32, cell: f32, turn: f32, cover: f32, soft: f32, as_lines: bool) -> f32 {
    let c = cos_turn(turn);
    let s = sin_turn(turn);
    let per = 1.0 / cell;
    let u = (x * c + y * s) * per;
    let v = (y * c - x * s) * per;
    let spot = select(0.5 + 0.25 * (cos_turn(u) + cos_turn(v)), 0.5 + 0.5 * cos_turn(v), as_lines);
    let wide = (0.8 + soft) * 1.6 * per;
    return smooth_step(-wide, wide, spot - 1.0 + cover * (1.0 + 2.0 * wide) - wide);
}
fn absorbance(c: vec3f, paper: vec3f) -> vec3f { return max(-log2(max(c, vec3f(0.02)) / max(paper, vec3f(0.02))), vec3f(0.0)); }
fn shade(x: i32, y: i32) -> vec4f {
    let f = full(x, y);
    let count = number_i(12u);
    let screen = number_i(13u);
    let cell = max(number(14u), 2.0);
    let turn = number(15u) / 360.0;
    let shift = number(16u);
    let seed = number_u(19u);
    let paper = number_rgb(9u);
    var absorb: array<vec3f, 3>;
    var norm: array<f32, 3>;
    for (var k = 0u; k < 3u; k++) {
        absorb[k] = absorbance(number_rgb(3u * k).rgb, paper.rgb);
        norm[k] = 1.0 / max(dot(absorb[k], absorb[k]), 1e-3);
    }
    var c = paper;
    for (var plate = 0; plate < count; plate++) {
        let way = 0.13 + 0.37 * f32(plate);
        let sx = shift * cos_turn(way);
        let sy = shift * sin_turn(way);
        let wanted = absorbance(saturate(sample0(f32(x) + sx, f32(y) + sy)).rgb, paper.rgb);
        var amount = array<f32, 3>(0.3, 0.3, 0.3);
        for (var round = 0; round < 6; round++) {
            for (var k = 0; k < count; k++) {
                var rest = wanted;
                for (var j = 0; j < count; j++) {
                    if (j != k) { rest -= absorb[j] * amount[j]; }
                }
                amount[k] = saturate(dot(rest, absorb[k]) * norm[k]);
            }
        }
        var cover = amount[plate];
        cover = mixf(cover, cover * cover * (3.0 - 2.0 * cover), number(18u));
        let p = u32(plate);
        if (screen == 0) {
            cover = dot_screen(f.x, f.y, cell, turn + 0.0833 * f32(plate), cover, 0.3, false);
        } else if (screen == 1) {
            let n = tooth(f.x, f.y, 0.5 * cell, seed + 11u * p);
            cover = smooth_step(-0.16, 0.16, cover * 1.3 - 0.15 - (0.12 + 0.76 * n));
        }
        let worn = 1.0 - number(17u) * (0.35 * tooth(f.x, f.y, 2.2 * cell, seed + 5u + p) +
                                        0.3 * unit(hash_i(x + origin().x, y + origin().y, seed + p)));
        c = c * mix_(vec4f(1.0), number_rgb(3u * p) / max(paper, vec4f(0.02)), cover * worn);
    }
    return with_alpha(saturate(c), at0(x, y).a);
}
