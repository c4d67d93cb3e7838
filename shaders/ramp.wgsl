// Luma becomes a colour of four. 0 3 6 9 colours, 12 13 14 where they change, 15 soft, 16 keep.
fn shade(x: i32, y: i32) -> vec4f {
    let in = at0(x, y);
    let l = luma(in);
    var c = number_rgb(0u);
    for (var k = 0u; k < 3u; k++) {
        let wide = 0.012 + number(15u) * 0.33;
        c = mix_(c, number_rgb(3u * k + 3u), saturate((l - number(12u + k) + wide * 0.5) / wide));
    }
    return with_alpha(mix_(c, in, number(16u)), in.a);
}
