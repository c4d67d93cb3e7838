// in: a smoothed tensor. out: unit tangent x, y; anisotropy; edge strength.
fn shade(x: i32, y: i32) -> vec4f {
    let t = at0(x, y);
    let half = 0.5 * (t.x - t.z);
    let root = sqrt(half * half + t.y * t.y);
    let mean = 0.5 * (t.x + t.z);
    var n = vec2f(half + root, t.y);
    if (half < 0.0) { n = vec2f(t.y, root - half); }
    let size = length(n);
    if (size > 1e-9) { n = n * (1.0 / size); } else { n = vec2f(0.0, 1.0); }
    return vec4f(-n.y, n.x, root / (mean + 1e-5), sqrt(max(mean + root, 0.0)));
}
