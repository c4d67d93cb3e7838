// Colour and squared luma, for the guided filter (He, Sun, Tang 2010).
fn shade(x: i32, y: i32) -> vec4f {
    let c = at0(x, y);
    let l = luma(c);
    return with_alpha(c, l * l);
}
