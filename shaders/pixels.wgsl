// Large pixels. in: picture. 0 cell, 1 levels, 2 dither, 3 gap.
const BAYER = array<i32, 16>(0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);
fn shade(x: i32, y: i32) -> vec4f {
    let cell = ifloor(max(number(0u), 2.0) + 0.5);
    let f = vec2i(x, y) + origin();
    let c = f / cell;
    let m = c * cell + cell / 2 - origin();
    let in = at0(m.x, m.y);
    var bayer = BAYER;
    let d = 0.5 + number(2u) * ((f32(bayer[(c.y & 3) * 4 + (c.x & 3)]) + 0.5) / 16.0 - 0.5);
    let steps = number(1u) - 1.0;
    var q = saturate(floor(saturate(in) * steps + d) / steps);
    if (f.x % cell == 0 || f.y % cell == 0) { q = q * (1.0 - number(3u)); }
    return with_alpha(q, at0(x, y).a);
}
