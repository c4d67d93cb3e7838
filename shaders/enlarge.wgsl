// From the network's planes to the picture's size, edges kept. 0 first plane, 1 2 offset, 3 4 scale.
fn planes(first: i32, x: i32, y: i32) -> vec4f {
    return vec4f(plane(first, x, y), plane(first + 1, x, y), plane(first + 2, x, y), plane(first + 3, x, y));
}
fn weight(d2: f32) -> f32 {
    let x2 = min(d2, 4.0);
    let a = 0.4 * x2 - 1.0;
    let b = 0.25 * x2 - 1.0;
    return (1.5625 * a * a - 0.5625) * b * b;
}
fn shade(x: i32, y: i32) -> vec4f {
    let first = number_i(0u);
    let colour = first == 0;
    let scale = vec2f(number(3u), number(4u));
    if (all(scale == vec2f(1.0))) { return planes(first, x + number_i(1u), y + number_i(2u)); }
    let u = (f32(x) + number(1u) + 0.5) * scale.x - 0.5;
    let v = (f32(y) + number(2u) + 0.5) * scale.y - 0.5;
    let ix = ifloor(u);
    let iy = ifloor(v);
    let fx = u - floor(u);
    let fy = v - floor(v);
    var light: array<array<f32, 4>, 4>;
    var matte: array<array<f32, 4>, 4>;
    for (var j = 0; j < 4; j++) {
        for (var i = 0; i < 4; i++) {
            let c = planes(0, ix + i - 1, iy + j - 1);
            matte[j][i] = c.a;
            light[j][i] = sqrt(max(luma(c), 0.0)) * c.a;
        }
    }
    var t = vec3f(0.0);
    for (var j = 0; j < 3; j++) {
        for (var i = 0; i < 3; i++) {
            let dx = f32(i) - 0.5 - fx;
            let dy = f32(j) - 0.5 - fy;
            let w = 1.0 / (0.3 + dx * dx + dy * dy);
            let lx = light[j][i + 1] - light[j][i] + light[j + 1][i + 1] - light[j + 1][i];
            let ly = light[j + 1][i] - light[j][i] + light[j + 1][i + 1] - light[j][i + 1];
            t += w * vec3f(lx * lx, lx * ly, ly * ly);
            let mx = matte[j][i + 1] - matte[j][i] + matte[j + 1][i + 1] - matte[j + 1][i];
            let my = matte[j + 1][i] - matte[j][i] + matte[j + 1][i + 1] - matte[j][i + 1];
            t += 0.5 * w * vec3f(mx * mx, mx * my, my * my);
        }
    }
    let half = 0.5 * (t.x - t.z);
    let root = sqrt(half * half + t.y * t.y);
    let along = root / (0.5 * (t.x + t.z) + 0.004);
    var n = vec2f(half + root, t.y);
    if (half < 0.0) { n = vec2f(t.y, root - half); }
    let size = length(n);
    if (size > 1e-8) { n = n / size; } else { n = vec2f(1.0, 0.0); }
    let stretch = 1.0 / (1.0 + along);
    let squeeze = 1.0 + 0.15 * along;
    var sum = vec4f(0.0);
    var total = vec4f(0.0);
    var low = vec4f(1e30);
    var high = vec4f(-1e30);
    var middle = vec2f(0.0);
    for (var j = 0; j < 4; j++) {
        for (var i = 0; i < 4; i++) {
            let c = planes(first, ix + i - 1, iy + j - 1);
            let dx = f32(i - 1) - fx;
            let dy = f32(j - 1) - fy;
            let across = (dx * n.x + dy * n.y) * squeeze;
            let along_edge = (dy * n.x - dx * n.y) * stretch;
            let w = weight(across * across + along_edge * along_edge);
            let w4 = vec4f(vec3f(select(w, w * max(matte[j][i], 0.02), colour)), w);
            sum += c * w4;
            total += w4;
            middle += w4.x * vec2f(dx, dy);
            if (i >= 1 && i <= 2 && j >= 1 && j <= 2) {
                low = min(low, c);
                high = max(high, c);
            }
        }
    }
    let c00 = planes(first, ix, iy);
    let c10 = planes(first, ix + 1, iy);
    let c01 = planes(first, ix, iy + 1);
    let c11 = planes(first, ix + 1, iy + 1);
    var off = mix_(c10 - c00, c11 - c01, fy) * middle.x + mix_(c01 - c00, c11 - c10, fx) * middle.y;
    if (colour) { off.a = 0.0; }
    let c = (sum - off) / max(total, vec4f(1e-4));
    return min(max(c, low), high);
}
