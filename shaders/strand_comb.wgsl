// Noise drawn out along the hair's flow by a few cells. in: noise, flow.
// The constants are explained in strands.cpp.
fn way_at(p: vec2f) -> vec2f { return heading(at1(ifloor(p.x + 0.5), ifloor(p.y + 0.5)).xy); }
fn shade(x: i32, y: i32) -> vec4f {
    var n = at0(x, y);
    let first = way_at(vec2f(f32(x), f32(y)));
    if (first.x == 0.0 && first.y == 0.0) { return n; }
    let u = full_size().x * (1.0 / 512.0);
    let far = 1.2 * max(0.75 * u, 1.0);
    let fall = -0.5 * 1.2 * 1.2 / (3.2 * 3.2);
    var a = vec2f(f32(x), f32(y));
    var b = a;
    var way_a = first;
    var way_b = -first;
    var sum = 1.0;
    var squares = 1.0;
    for (var k = 1; k <= 6; k++) {
        let weight = exp(fall * f32(k * k));
        sum += 2.0 * weight;
        squares += 2.0 * weight * weight;
        way_a = turned(way_a, way_at(a + way_a * (0.5 * far)));
        way_b = turned(way_b, way_at(b + way_b * (0.5 * far)));
        a += way_a * far;
        b += way_b * far;
        n += (sample0(a.x, a.y) + sample0(b.x, b.y)) * weight;
    }
    return n * vec4f(1.0 / sqrt(squares), 1.0 / sum, 1.0 / sum, 1.0);
}
