// 0 black, 1 white, 2 gamma, 3 contrast, 4 saturation, 5 invert.
fn shade(x: i32, y: i32) -> vec4f {
    let in = at0(x, y);
    var c = saturate((in - number(0u)) / max(number(1u) - number(0u), 0.01));
    for (var k = 0; k < 3; k++) {
        if (number(2u) != 1.0) { c[k] = pow_(c[k], number(2u)); }
        let s = c[k] * c[k] * (3.0 - 2.0 * c[k]);
        c[k] = saturate(mixf(c[k], s, number(3u)));
    }
    c = saturate(mix_(vec4f(luma(c)), c, number(4u)));
    if (number(5u) > 0.5) { c = 1.0 - c; }
    return with_alpha(c, in.a);
}
