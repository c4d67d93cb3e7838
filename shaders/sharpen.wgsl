// What the network left soft, brought out, and specks off skin and lips. in: source, sitter, its soft root. 0 amount, 1 how much to smooth the matte.
// The constants are explained in soften.cpp.
fn root_at(x: i32, y: i32) -> vec3f { return sqrt(max(vec3f(plane(0, x, y), plane(1, x, y), plane(2, x, y)), vec3f(0.0))); }
fn speck_at(given_x: i32, given_y: i32) -> vec3f {
    let s = source_size();
    let x = clamp(given_x, 0, s.x - 1);
    let y = clamp(given_y, 0, s.y - 1);
    let skin = plane(8, x, y);
    let lips = plane(12, x, y);
    if (skin + lips < 1.0 / 64.0) { return vec3f(0.0); }
    var taps = array<f32, 5>(0.41, 0.80, 1.0, 0.80, 0.41);
    var sum = vec3f(0.0);
    var total = 0.0;
    for (var j = -2; j <= 2; j++) {
        for (var i = -2; i <= 2; i++) {
            if (((i + j) & 1) != 0) { continue; }
            let weight = taps[i + 2] * taps[j + 2] * (skin * plane(8, x + i, y + j) + lips * plane(12, x + i, y + j));
            sum += root_at(x + i, y + j) * weight;
            total += weight;
        }
    }
    let out = root_at(x, y) - sum / max(total, 1e-6);
    return max(out, vec3f(0.0)) * (0.8 * (skin + lips)) + min(out, vec3f(0.0)) * (0.8 * skin + 0.6 * lips);
}
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    let soft = at2(x, y);
    let inside = saturate((soft.a - 0.85) * (1.0 / 0.15));
    let place = source_place(x, y);
    let hair = sample_plane(9, place);
    let matte = mixf(soft.a, sitter.a, saturate(1.0 - number(1u) + 3.0 * hair));
    if (inside <= 0.0) { return with_alpha(sitter, matte); }
    let f = vec2f(floor(place.x), floor(place.y));
    let i = vec2i(f);
    let t = place - f;
    let above = mix(speck_at(i.x, i.y), speck_at(i.x + 1, i.y), t.x);
    let speck = vec4f(mix(above, mix(speck_at(i.x, i.y + 1), speck_at(i.x + 1, i.y + 1), t.x), t.y), 0.0);
    let root = sqrt(max(sitter, vec4f(0.0)));
    let more = (root - soft - speck) * (number(0u) * inside * (1.0 - 0.7 * hair));
    let sharp = max(root - speck + more / (1.0 + 5.0 * abs(more)), vec4f(0.0));
    return with_alpha(sharp * sharp, matte);
}
