// Pen strokes in crossing layers. in: picture. 0 spacing, 1 angle, 2 length, 3 layers, 4 wobble, 5 width, 6 ink, 9 paper, 12 colour, 13 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let spacing = max(number(0u), 1.5);
    let per = 1.0 / spacing;
    let reach = max(number(2u), 4.0);
    let wobble = number(4u);
    let layers = number_i(3u);
    let seed = number_u(13u);
    let ink = number_rgb(6u);
    let in = at0(x, y);
    let f = full(x, y);
    let dark = saturate(1.0 - luma(in));
    let bend = wobble * spacing;
    let wx = f.x + bend * noise(f.x * per * 0.06, f.y * per * 0.06, seed + 50u);
    let wy = f.y + bend * noise(f.x * per * 0.06 + 31.0, f.y * per * 0.06, seed + 51u);
    var white = 1.0;
    for (var k = 0; k < layers; k++) {
        let fan = select(select(select(38.0, -34.0, k == 2), 72.0, k == 1), 0.0, k == 0);
        let turn = (number(1u) + fan) / 360.0;
        let c = cos_turn(turn);
        let s = sin_turn(turn);
        let u = wx * c + wy * s;
        let v = (wy * c - wx * s) * per;
        let row = ifloor(v);
        let h = hash_i(row, k, seed);
        let run = u / reach + unit(h) * 7.0;
        let piece = ifloor(run);
        let g = hash_i(row, piece, seed + 17u + u32(k));
        let along = run - floor(run);
        let taper = saturate(5.0 * along) * saturate(5.0 * (1.0 - along));
        let off = v - floor(v) - 0.5 + 0.36 * (unit_low(g) - 0.5) + 0.12 * wobble * (along - 0.5);
        let start = (f32(k) + 0.22) / (f32(layers) + 0.35);
        let strength = smooth_step(start - 0.07, start + 0.20, dark + 0.16 * (unit_high(g) - 0.5));
        let half = 0.5 * number(5u) * (0.35 + 0.65 * taper) * (0.45 + 0.75 * strength);
        let soft = max(0.7 * per, 0.05);
        let stroke = (1.0 - smooth_step(half - soft, half + soft, abs(off))) * strength * (0.6 + 0.4 * taper);
        white *= 1.0 - stroke;
    }
    let drawn = mix_(ink, in * 0.55 + ink * 0.2, number(12u));
    return with_alpha(mix_(drawn, number_rgb(9u), white), in.a);
}
