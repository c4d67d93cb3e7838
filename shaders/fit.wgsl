// The line that fits each window of the guided filter: offset rgb, slope. 0 edge.
fn shade(x: i32, y: i32) -> vec4f {
    let m = at0(x, y);
    let l = luma(m);
    let variance = max(m.a - l * l, 0.0);
    let slope = variance / (variance + number(0u) * number(0u));
    return with_alpha(m * (1.0 - slope), slope);
}
