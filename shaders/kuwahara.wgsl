// Anisotropic Kuwahara filter (Kyprianidis, Kang, Dollner 2009; polynomial weights, Kyprianidis 2011). in: picture, flow, mask.
// 0 radius, 1 sharpness, 2 stretch, 3 how much the mask keeps.
// Windows come in steps of 128 directions, 16 shapes and a quarter of a pixel: the C++ keeps their weights.
fn shade(x: i32, y: i32) -> vec4f {
    let along = at1(x, y);
    let turn = f32(ifloor(atan2_turn(along.y, along.x) * 256.0 + 0.5) & 127) / 256.0;
    let t = vec2f(cos_turn(turn), sin_turn(turn));
    let radius = f32(ifloor(max(max(number(0u), 1.0) * (1.0 - number(3u) * saturate(at2(x, y).r)), 1.0) * 4.0 + 0.5)) / 4.0;
    let sharpness = number(1u);
    let ratio = 1.0 + number(2u) * f32(ifloor(saturate(along.z) * 15.0 + 0.5)) / 15.0;
    let a = radius * ratio;
    let b = radius / ratio;
    let rx = ifloor(sqrt(a * a * t.x * t.x + b * b * t.y * t.y));
    let ry = ifloor(sqrt(a * a * t.y * t.y + b * b * t.x * t.x));
    let zeta = 1.0 / radius;
    let eta = (zeta + 0.8365) * 3.3304;
    var mean: array<vec4f, 8>;
    var square: array<vec3f, 8>;
    for (var k = 0; k < 8; k++) {
        mean[k] = vec4f(0.0);
        square[k] = vec3f(0.0);
    }
    for (var j = -ry; j <= ry; j++) {
        for (var i = -rx; i <= rx; i++) {
            let d = vec2f(f32(i), f32(j));
            let u = (d.x * t.x + d.y * t.y) / a;
            let v = (d.y * t.x - d.x * t.y) / b;
            let d2 = u * u + v * v;
            if (d2 > 1.0) { continue; }
            let c = with_alpha(at0(x + i, y + j), 1.0);
            let p = 0.70710678 * (u - v);
            let q = 0.70710678 * (u + v);
            let uu = zeta - eta * u * u;
            let vv = zeta - eta * v * v;
            let pp = zeta - eta * p * p;
            let qq = zeta - eta * q * q;
            var w = array<f32, 8>(max(v + uu, 0.0), max(q + pp, 0.0), max(vv - u, 0.0), max(qq - p, 0.0),
                                  max(uu - v, 0.0), max(pp - q, 0.0), max(u + vv, 0.0), max(p + qq, 0.0));
            var total = 0.0;
            for (var k = 0; k < 8; k++) {
                w[k] = w[k] * w[k];
                total += w[k];
            }
            let g = exp(-3.125 * d2) / max(total, 1e-6);
            for (var k = 0; k < 8; k++) {
                let cw = c * (w[k] * g);
                mean[k] += cw;
                square[k] += cw.rgb * c.rgb;
            }
        }
    }
    var sum = vec4f(0.0);
    for (var k = 0; k < 8; k++) {
        let weight = max(mean[k].a, 1e-6);
        let m = mean[k].rgb / weight;
        let s = max(square[k] / weight - m * m, vec3f(0.0));
        let variance = s.r + s.g + s.b;
        let w = select(0.0, 1.0 / (1.0 + pow_(255.0 * 255.0 * 0.33 * variance, 0.5 * sharpness)), mean[k].a > 1e-6);
        sum += vec4f(m, 1.0) * w;
    }
    return with_alpha(sum / max(sum.a, 1e-12), at0(x, y).a);
}
