// Engraving (Ostromoukhov 1999). in: picture, surface, matte, form. 0 spacing, 1 angle, 2 bulge, 3 contrast, 4 crossing, 5 ink, 8 paper,
// 11 unevenness, 12 seed.
fn height_at(x: i32, y: i32) -> f32 {
    let s = at1(x, y);
    let solid = smooth_step(0.2, 0.6, dot(s.xyz, s.xyz)) * saturate(at2(x, y).a);
    return unit_length() * number(2u) * mixf(70.0 * luma(at3(x, y)), 1100.0 * (s.w + 0.1), solid);
}
fn shade(x: i32, y: i32) -> vec4f {
    let spacing = max(number(0u), 3.2);
    let per = 1.0 / spacing;
    let rough = number(11u);
    let seed = number_u(12u);
    let in = at0(x, y);
    let f = full(x, y);
    let rise = height_at(x, y);
    let dh = 0.5 * vec2f(height_at(x + 1, y) - height_at(x - 1, y), height_at(x, y + 1) - height_at(x, y - 1));
    var dark = saturate(1.0 - luma(in));
    dark = mixf(dark, dark * dark * (3.0 - 2.0 * dark), number(3u));
    var white = 1.0;
    for (var family = 0; family < 3; family++) {
        let turn = (number(1u) + select(select(-58.0, 62.0, family == 1), 0.0, family == 0)) / 360.0;
        let c = cos_turn(turn);
        let s = sin_turn(turn);
        let start = select(select(0.72, 0.42, family == 1), 0.0, family == 0);
        let share = select(number(4u) * saturate((dark - start) / (1.0 - start)), dark, family == 0);
        let phase = (f.y * c - f.x * s + rise + rough * 0.35 * spacing * noise(f.x * per * 0.21, f.y * per * 0.21, seed)) * per;
        let g = dh + vec2f(-s, c);
        let slope = sqrt(dot(g, g));
        let along = (f.x * c + f.y * s) * per;
        var many = 1.0;
        for (var i = 0; i < 3; i++) {
            many *= select(1.0, 2.0, slope * many < 0.5);
        }
        let more = 1.0 - smooth_step(0.5, 0.9, slope * many);
        var drawn = 0.0;
        for (var level = 0; level < 2; level++) {
            if (level == 1 && more <= 0.0) { break; }
            let times = select(many, 2.0 * many, level == 1);
            let place = (phase - 0.5) * times + 0.5;
            let rate = slope * times * per;
            let d = abs(place - floor(place) - 0.5);
            let shiver = 1.0 + rough * 0.5 * noise(along * 0.7, floor(place) * 3.1, seed + 3u);
            let half = select(0.40 * share, 0.06 + 0.44 * share, family == 0) * shiver;
            let soft = max(0.65 * rate, 0.04);
            let stroke = (1.0 - smooth_step(half - soft, half + soft, d)) * smooth_step(0.0, 0.10, share);
            drawn += mixf(stroke, 2.0 * half, smooth_step(0.35, 0.6, rate)) * select(1.0 - more, more, level == 1);
        }
        white *= 1.0 - saturate(drawn);
    }
    return with_alpha(mix_(number_rgb(5u), number_rgb(8u), white), in.a);
}
