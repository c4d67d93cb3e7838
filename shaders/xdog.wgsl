// Smoothed along the flow (Kang 2007) and thresholded softly (Winnemoller 2012, eq. 5). in: dog, flow.
// 0 along, 1 threshold, 2 hardness.
fn shade(x: i32, y: i32) -> vec4f {
    let sigma = max(number(0u), 0.3);
    let fall = -0.5 / (sigma * sigma);
    let phi = number(2u);
    let steps = ifloor(2.5 * sigma + 0.5);
    var sum = at0(x, y).r;
    var total = 1.0;
    for (var side = 0; side < 2; side++) {
        var p = vec2f(f32(x), f32(y));
        var d = at1(x, y).xy;
        if (side == 1) { d = -d; }
        for (var k = 1; k <= steps; k++) {
            p += d;
            let w = exp(fall * f32(k * k));
            sum += w * sample0(p.x, p.y).r;
            total += w;
            let next = at1(ifloor(p.x + 0.5), ifloor(p.y + 0.5)).xy;
            d = select(next, -next, dot(next, d) < 0.0);
        }
    }
    let u = sum / total - number(1u);
    let e = exp(2.0 * phi * min(u, 0.0));
    let ink = select(2.0 * e / (1.0 + e), 1.0, u >= 0.0);
    return vec4f(ink, ink, ink, 1.0);
}
