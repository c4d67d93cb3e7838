// Noise of three widths and how strands curl: what hair is drawn from. in: nothing. 0 seed; 1 how wide curls are.
fn white(x: i32, y: i32, seed: u32) -> f32 { return unit(hash_i(x, y, seed)) * 2.0 - 1.0; }
fn value(x: i32, y: i32, seed: u32) -> f32 {
    return white(x, y, seed) - 0.2 * ((white(x - 1, y, seed) + white(x + 1, y, seed)) + (white(x, y - 1, seed) + white(x, y + 1, seed)));
}
fn grain(x: f32, y: f32, seed: u32) -> f32 {
    let f = vec2f(floor(x), floor(y));
    let i = vec2i(f);
    let t = vec2f(x, y) - f;
    let left = mixf(value(i.x, i.y, seed), value(i.x, i.y + 1, seed), t.y);
    let right = mixf(value(i.x + 1, i.y, seed), value(i.x + 1, i.y + 1, seed), t.y);
    return mixf(left, right, t.x);
}
fn shade(x: i32, y: i32) -> vec4f {
    let u = full_size().x * (1.0 / 512.0);
    let seed = number_u(0u);
    let at = full(x, y);
    let fine = (at - 0.5) * (1.0 / max(0.5 * u, 1.0));
    let middle = at * (1.0 / max(4.0 * u, 2.0));
    let wide = at * (1.0 / max(12.0 * u, 2.0));
    let wide_curl = at * (1.0 / max(13.0 * number(1u) * u, 2.0));
    let narrow_curl = at * (1.0 / max(6.0 * number(1u) * u, 2.0));
    let curl = noise(wide_curl.x, wide_curl.y, seed + 3u) + 0.5 * noise(narrow_curl.x, narrow_curl.y, seed + 4u);
    return vec4f(grain(fine.x, fine.y, seed), noise(middle.x, middle.y, seed + 1u), noise(wide.x, wide.y, seed + 2u), curl * (1.0 / 0.39));
}
