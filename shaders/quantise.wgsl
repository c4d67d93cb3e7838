// Soft luminance quantisation (Winnemoller, Olsen, Gooch 2006). 0 levels, 1 sharpness, 2 saturation.
fn shade(x: i32, y: i32) -> vec4f {
    let levels = number(0u);
    let sharp = number(1u);
    let scale = (1.0 + exp(-sharp)) / (1.0 - exp(-sharp));
    let c = at0(x, y);
    let l = luma(c);
    let s = l * levels;
    let edge = floor(s + 0.5);
    let across = s - edge;
    let e = exp(-2.0 * sharp * abs(across));
    let t = 0.5 * (1.0 - e) / (1.0 + e) * scale;
    let q = max(edge + select(t, -t, across < 0.0), 0.4) / levels;
    return with_alpha(saturate(mix_(vec4f(q), c * (q / max(l, 0.02)), number(2u))), c.a);
}
