// Pigment caught by the paper's tooth. in: tone, marks, colour. 0 ink, 3 paper, 6 tooth, 7 pressure, 8 soft, 9 colour, 10 marks, 11 cover,
// 12 depth, 13 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let tone = at0(x, y);
    let f = full(x, y);
    let dark = saturate(1.0 - luma(tone));
    let grain = tooth(f.x, f.y, number(6u), number_u(13u));
    let threshold = 0.08 + 0.84 * mixf(grain, at1(x, y).r, number(10u));
    let press = number(7u) * mixf(dark, 1.0, number(11u));
    let amount = smooth_step(threshold - number(8u), threshold + number(8u), press) * saturate(press * 6.0);
    let strength = amount * (1.0 - number(12u) * (1.0 - saturate(press)));
    let sheet = number_rgb(3u) * (1.0 + 0.05 * (grain - 0.5));
    return with_alpha(saturate(mix_(sheet, mix_(number_rgb(0u), at2(x, y), number(9u)), strength)), tone.a);
}
