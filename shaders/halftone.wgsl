// Screens of ink. in: picture. 0 cell, 1 angle, 2 ink, 5 paper, 8 mode (0 dots, 1 lines, 2 four process colours), 9 soft.
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
fn layer(c: vec4f, ink: vec4f, cover: f32) -> vec4f { return c * mix_(vec4f(1.0), ink, cover); }
fn shade(x: i32, y: i32) -> vec4f {
    let in = at0(x, y);
    let f = full(x, y);
    let cell = max(number(0u), 2.0);
    let turn = number(1u) / 360.0;
    let soft = number(9u);
    let mode = number_i(8u);
    let paper = number_rgb(5u);
    if (mode < 2) {
        let cover = dot_screen(f.x, f.y, cell, turn, 1.0 - luma(in), soft, mode == 1);
        return with_alpha(mix_(paper, number_rgb(2u), cover), in.a);
    }
    let cmy = saturate(1.0 - in.rgb);
    let k = 0.85 * min(min(cmy.r, cmy.g), cmy.b);
    let rest = 1.0 / max(1.0 - k, 0.05);
    var c = paper;
    c = layer(c, vec4f(0.0, 0.64, 0.86, 1.0), dot_screen(f.x, f.y, cell, turn + 0.0417, saturate((cmy.r - k) * rest), soft, false));
    c = layer(c, vec4f(0.90, 0.13, 0.49, 1.0), dot_screen(f.x, f.y, cell, turn + 0.2083, saturate((cmy.g - k) * rest), soft, false));
    c = layer(c, vec4f(1.0, 0.92, 0.12, 1.0), dot_screen(f.x, f.y, cell, turn, saturate((cmy.b - k) * rest), soft, false));
    c = layer(c, vec4f(0.10, 0.10, 0.12, 1.0), dot_screen(f.x, f.y, cell, turn + 0.125, k, soft, false));
    return with_alpha(c, in.a);
}
