// What the network left soft, brought out. in: sitter, its soft root, source. 0 amount. The constants are explained in soften.cpp.
fn hair_at(x: i32, y: i32) -> f32 {
    let s = source_size();
    let i = u32((9 * s.y + clamp(y, 0, s.y - 1)) * s.x + clamp(x, 0, s.x - 1));
    return in2[i >> 2u][i & 3u];
}
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at0(x, y);
    let soft = at1(x, y);
    let inside = saturate((soft.a - 0.85) * (1.0 / 0.15));
    if (inside <= 0.0) { return sitter; }
    let place = full(x, y) * (vec2f(source_size()) / full_size()) - 0.5;
    let f = vec2f(floor(place.x), floor(place.y));
    let i = vec2i(f);
    let t = place - f;
    let hair = mixf(mixf(hair_at(i.x, i.y), hair_at(i.x + 1, i.y), t.x), mixf(hair_at(i.x, i.y + 1), hair_at(i.x + 1, i.y + 1), t.x), t.y);
    let root = sqrt(max(sitter, vec4f(0.0)));
    let more = (root - soft) * (number(0u) * inside * (1.0 - 0.7 * hair));
    let sharp = max(root + more / (1.0 + 5.0 * abs(more)), vec4f(0.0));
    return with_alpha(sharp * sharp, sitter.a);
}
