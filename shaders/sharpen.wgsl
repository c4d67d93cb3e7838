// What the network left soft, brought out. in: source, sitter, its soft root. 0 amount, 1 how much to smooth the matte.
// The constants are explained in soften.cpp.
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    let soft = at2(x, y);
    let inside = saturate((soft.a - 0.85) * (1.0 / 0.15));
    let hair = sample_plane(9, source_place(x, y));
    let matte = mixf(soft.a, sitter.a, saturate(1.0 - number(1u) + 3.0 * hair));
    if (inside <= 0.0) { return with_alpha(sitter, matte); }
    let root = sqrt(max(sitter, vec4f(0.0)));
    let more = (root - soft) * (number(0u) * inside * (1.0 - 0.7 * hair));
    let sharp = max(root + more / (1.0 + 5.0 * abs(more)), vec4f(0.0));
    return with_alpha(sharp * sharp, matte);
}
