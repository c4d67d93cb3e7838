// A Gaussian along the flow's own line. in: picture, flow, mask. 0 sigma, 1 how much the mask keeps.
fn shade(x: i32, y: i32) -> vec4f {
    let sigma = max(number(0u), 0.05);
    let fall = -0.5 / (sigma * sigma);
    let steps = ifloor(2.5 * sigma + 0.5);
    let middle = at0(x, y);
    var sum = middle;
    var total = 1.0;
    for (var side = 0; side < 2; side++) {
        var p = vec2f(f32(x), f32(y));
        var d = at1(x, y).xy;
        if (side == 1) { d = -d; }
        for (var k = 1; k <= steps; k++) {
            p += d;
            let w = exp(fall * f32(k * k));
            sum += sample0(p.x, p.y) * w;
            total += w;
            let next = at1(ifloor(p.x + 0.5), ifloor(p.y + 0.5)).xy;
            d = select(next, -next, dot(next, d) < 0.0);
        }
    }
    let m = 1.0 - number(1u) * saturate(at2(x, y).r);
    return with_alpha(mix_(middle, sum / total, m), middle.a);
}
