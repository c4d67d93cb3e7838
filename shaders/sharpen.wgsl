// What the network left soft, brought out. in: source, sitter, its soft root. 0 amount. The constants are explained in soften.cpp.
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    let soft = at2(x, y);
    let inside = saturate((soft.a - 0.85) * (1.0 / 0.15));
    if (inside <= 0.0) { return sitter; }
    let hair = sample_plane(9, source_place(x, y));
    let root = sqrt(max(sitter, vec4f(0.0)));
    let more = (root - soft) * (number(0u) * inside * (1.0 - 0.7 * hair));
    let sharp = max(root + more / (1.0 + 5.0 * abs(more)), vec4f(0.0));
    return with_alpha(sharp * sharp, sitter.a);
}
