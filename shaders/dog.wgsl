// Sharpened difference of Gaussians across the flow (Winnemoller 2012, eq. 7). in: picture, flow. 0 width, 1 sharpen, 2 tone.
fn shade(x: i32, y: i32) -> vec4f {
    let sigma = max(number(0u), 0.3);
    let outer = 1.6 * sigma;
    let sharpen = number(1u);
    let fall = -0.5 / (sigma * sigma);
    let fall2 = -0.5 / (outer * outer);
    let steps = ifloor(2.5 * outer + 0.5);
    let t = at1(x, y);
    let l = luma(at0(x, y));
    var a = l;
    var b = l;
    var wa = 1.0;
    var wb = 1.0;
    for (var k = 1; k <= steps; k++) {
        let s = f32(k);
        let w = exp(fall * s * s);
        let w2 = exp(fall2 * s * s);
        let sum = luma(sample0(f32(x) - t.y * s, f32(y) + t.x * s)) + luma(sample0(f32(x) + t.y * s, f32(y) - t.x * s));
        a += w * sum;
        b += w2 * sum;
        wa += 2.0 * w;
        wb += 2.0 * w2;
    }
    a /= wa;
    b /= wb;
    return vec4f(mixf(1.0, a, number(2u)) + sharpen * (a - b) / (b + 0.12), a, 0.0, 1.0);
}
