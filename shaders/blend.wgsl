// in: below, above, mask. 0 mode, 1 amount, 2 channel of the mask (4: none), 3 turned over.
fn shade(x: i32, y: i32) -> vec4f {
    let a = at0(x, y);
    let b = at1(x, y);
    let mode = number_i(0u);
    let channel = number_i(2u);
    var m = 1.0;
    if (channel < 4) {
        m = saturate(at2(x, y)[channel]);
        if (number(3u) > 0.5) { m = 1.0 - m; }
    }
    var c = b;
    if (mode == 1) { c = a * b; }
    else if (mode == 2) { c = 1.0 - (1.0 - a) * (1.0 - b); }
    else if (mode == 3) { c = select(1.0 - 2.0 * (1.0 - a) * (1.0 - b), 2.0 * a * b, a < vec4f(0.5)); }
    else if (mode == 4) { c = (1.0 - 2.0 * b) * a * a + 2.0 * b * a; }
    else if (mode == 5) { c = min(a, b); }
    else if (mode == 6) { c = max(a, b); }
    return with_alpha(mix_(a, c, number(1u) * m), a.a);
}
