// The noise's mean along the hair's flow. in: noise, flow. In cells: 0 stride; deviation of the weights: 1 on the head, 2 in a beard.
// The constants are explained in strands.cpp.
fn way_at(p: vec2f) -> vec2f {  // none outside the picture
    let i = vec2i(ifloor(p.x + 0.5), ifloor(p.y + 0.5));
    return select(vec2f(0.0), heading(at1(i.x, i.y).xy), has_pixel(1u, i.x, i.y));
}
fn shade(x: i32, y: i32) -> vec4f {
    let first = way_at(vec2f(f32(x), f32(y)));
    if (first.x == 0.0 && first.y == 0.0) { return vec4f(0.0); }
    var n = at0(x, y);
    let u = full_size().x * (1.0 / 512.0);
    let stride = number(0u);
    let far = stride * max(0.5 * u, 1.0);
    let sigma = select(number(1u), number(2u), at1(x, y).z < 0.0);
    let fall = -0.5 * stride * stride / (sigma * sigma);
    var a = vec2f(f32(x), f32(y));
    var b = a;
    var way_a = first;
    var way_b = -first;
    var sum = 1.0;
    for (var k = 1; k <= 6; k++) {
        let weight = exp(fall * f32(k * k));
        sum += 2.0 * weight;
        way_a = turned(way_a, way_at(a + way_a * (0.5 * far)));
        way_b = turned(way_b, way_at(b + way_b * (0.5 * far)));
        a += way_a * far;
        b += way_b * far;
        n += (sample0(a.x, a.y) * strand_there(way_a) + sample0(b.x, b.y) * strand_there(way_b)) * weight;
    }
    return n * (1.0 / sum);
}
