// Gaussian blur along one axis. 0 sigma (pixels), 1 axis.
fn shade(x: i32, y: i32) -> vec4f {
    let sigma = max(number(0u), 0.05);
    let fall = -0.5 / (sigma * sigma);
    let d = select(vec2i(0, 1), vec2i(1, 0), number(1u) < 0.5);
    let radius = ifloor(3.0 * sigma + 0.5);
    var sum = at0(x, y);
    var total = 1.0;
    for (var k = 1; k <= radius; k++) {
        let w = exp(fall * f32(k * k));
        sum += (at0(x - k * d.x, y - k * d.y) + at0(x + k * d.x, y + k * d.y)) * w;
        total += 2.0 * w;
    }
    return sum / total;
}
