// One layer of curved brush strokes (after Hertzmann 1998), gathered. in: picture, flow, canvas (height in alpha), mask.
// 0 width, 1 length in widths, 2 opacity, 3 bristle, 4 vary, 5 curve, 6 threshold, 7 across, 8 thick, 9 seed.
fn tangent(x: f32, y: f32) -> vec2f {
    let t = at1(ifloor(x + 0.5), ifloor(y + 0.5));
    return select(t.xy, vec2f(-t.y, t.x), number(7u) > 0.5);
}
fn slope(s: vec2f, along: vec2f, away: f32) -> f32 {
    let t = tangent(s.x + away * along.x, s.y + away * along.y);
    var c = dot(t, along);
    var v = t.y * along.x - t.x * along.y;
    if (c < 0.0) {
        c = -c;
        v = -v;
    }
    return v / max(c, 0.35);
}
fn shade(x: i32, y: i32) -> vec4f {
    let width = max(number(0u), 1.5);
    let cell = width * 0.8;
    let half_width = 0.5 * width;
    let half_length = half_width * max(number(1u), 1.0);
    let bristle = number(3u) * saturate((half_width - 1.0) * 0.35);
    let threshold = number(6u);
    let vary = number(4u);
    let curve = number(5u);
    let thick = number(8u);
    let seed = number_u(9u);
    let cells = ifloor((half_length + half_width) / cell + 0.5) + 1;
    let away = 0.7 * half_length;
    let far = 1.2 * half_length + 1.3 * half_width;
    let f = full(x, y);
    let o = vec2f(origin());
    let gx = ifloor(f.x / cell);
    let gy = ifloor(f.y / cell);
    var canvas = at2(x, y);
    for (var order = 0u; order < 4u; order++) {
        let x0 = gx - cells;
        let y0 = gy - cells;
        for (var cy = y0 + ((y0 ^ i32(order >> 1u)) & 1); cy <= gy + cells; cy += 2) {
            for (var cx = x0 + ((x0 ^ i32(order & 1u)) & 1); cx <= gx + cells; cx += 2) {
                let h = hash_i(cx, cy, seed);
                let s = vec2f((f32(cx) + unit_low(h)) * cell - o.x - 0.5, (f32(cy) + unit_high(h)) * cell - o.y - 0.5);
                let r = vec2f(f32(x), f32(y)) - s;
                if (dot(r, r) > far * far) { continue; }
                let ix = ifloor(s.x + 0.5);
                let iy = ifloor(s.y + 0.5);
                let along = tangent(s.x, s.y);
                let u = r.x * along.x + r.y * along.y;
                let straight = r.y * along.x - r.x * along.y;
                if (abs(u) > half_length + 0.27 * half_width || abs(straight) > 1.27 * half_width + curve * 0.5 * u * u / half_length) { continue; }
                let reference = at0(ix, iy);
                var opacity = number(2u);
                if (threshold > 0.0) {
                    let d = reference.rgb - at2(ix, iy).rgb;
                    opacity *= smooth_step(0.8 * threshold, 1.2 * threshold, sqrt(dot(d, d)) + 0.6 * saturate(at3(ix, iy).r));
                    if (opacity <= 0.0) { continue; }
                }
                let bend = curve * clamp((slope(s, along, away) - slope(s, along, -away)) / (4.0 * away), -0.5 / half_length, 0.5 / half_length);
                let v = straight - bend * u * u;
                let end = max(abs(u) - (half_length - half_width), 0.0);
                let d2 = (v * v + end * end) / (half_width * half_width);
                if (d2 >= 1.6) { continue; }
                let g = hash_i(cx, cy, seed + 1u);
                let phase = unit(g) * 61.0;
                let hair = noise(v / half_width * 3.1 + phase, u / half_length * 0.8, 71u) +
                           0.6 * noise(v / half_width * 7.3, u / half_length * 1.7 + phase, 72u);
                let d = sqrt(d2) + bristle * 0.22 * hair + bristle * 0.12 * saturate(u / half_length) * hair;
                let cover = smooth_step(1.0, 1.0 - max(0.25, 0.9 / half_width), d) * opacity;
                if (cover <= 0.0) { continue; }
                let bright = vary * (unit_low(g) - 0.5);
                let warm = 0.5 * vary * (unit_high(g) - 0.5);
                let paint = saturate(reference * (1.0 + 0.5 * bright) +
                                     vec4f(0.12 * warm + 0.06 * bright, 0.06 * bright, 0.06 * bright - 0.12 * warm, 0.0)) * (1.0 + 0.10 * bristle * hair);
                let ridge = (0.55 + 0.35 * smooth_step(0.4, 0.85, d) + 0.5 * bristle * hair) * thick;
                canvas = with_alpha(mix_(canvas, paint, cover), mixf(canvas.a, ridge + 0.35 * canvas.a, cover));
            }
        }
    }
    return canvas;
}
