// Structure tensor summed over the colours: xx, xy, yy; luma. in: picture.
fn shade(x: i32, y: i32) -> vec4f {
    let a = at0(x - 1, y - 1);
    let b = at0(x, y - 1);
    let c = at0(x + 1, y - 1);
    let d = at0(x - 1, y);
    let e = at0(x + 1, y);
    let f = at0(x - 1, y + 1);
    let g = at0(x, y + 1);
    let h = at0(x + 1, y + 1);
    let dx = (0.183 * (c - a + h - f) + 0.634 * (e - d)).rgb * 0.5;
    let dy = (0.183 * (f - a + h - c) + 0.634 * (g - b)).rgb * 0.5;
    return vec4f(dot(dx, dx), dot(dx, dy), dot(dy, dy), luma(at0(x, y)));
}
