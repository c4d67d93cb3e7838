// Lips without the network's grain, with creases and paint; the line between them, or teeth. in: source, sitter.
// Numbers are in src/finish/primitives/mouth_numbers.h; the constants are explained in mouth.cpp.
const UPPER = 0u;
const LOWER = 10u;
const BOX = 20u;
const ACROSS = 24u;
const TEETH = 26u;
const SCALE = 37u;
const SEED = 38u;

struct Margin { away: f32, along: f32 }

fn pair(i: u32) -> vec2f { return vec2f(number(i), number(i + 1u)); }
fn on(which: u32, at: f32) -> vec2f {
    let i = select(select(select(3u, 2u, at < 3.0), 1u, at < 2.0), 0u, at < 1.0);
    let u = at - f32(i);
    let b = pair(which + 2u * i);
    let c = pair(which + 2u * i + 2u);
    var a = b;
    var d = c;
    if (i > 0u) { a = pair(which + 2u * i - 2u); }
    if (i < 3u) { d = pair(which + 2u * i + 4u); }
    return spline(a, b, c, d, u);
}
fn margin(which: u32, p: vec2f) -> Margin {
    var found = Margin(9.0, 0.0);
    var least = 9.0;
    var start = on(which, 0.0);
    for (var k = 0; k < 16; k++) {
        let to = on(which, f32(k + 1) * 0.25);
        let piece = to - start;
        let t = share_along(p, start, piece);
        let off = p - (start + piece * t);
        let far = dot(off, off);
        if (far < least) {
            least = far;
            let below = piece.x * off.y - piece.y * off.x > 0.0;
            found = Margin(select(-sqrt(far), sqrt(far), below == (which == UPPER)), (f32(k) + t) * (1.0 / 16.0));
        }
        start = to;
    }
    return found;
}
fn tap(i: i32) -> f32 {
    if (i < -2 || i > 2) { return 0.0; }
    return select(select(0.33, 0.76, abs(i) == 1), 1.0, i == 0);
}
fn mean_of(region: i32, place: vec2f) -> vec4f {
    let f = vec2f(floor(place.x), floor(place.y));
    let at = vec2i(f);
    let t = place - f;
    var sum = vec4f(0.0);
    for (var j = -2; j <= 3; j++) {
        for (var i = -2; i <= 3; i++) {
            let weight = mixf(tap(i), tap(i - 1), t.x) * mixf(tap(j), tap(j - 1), t.y) * plane(region, at.x + i, at.y + j);
            if (weight <= 0.0) { continue; }
            let c = vec4f(plane(0, at.x + i, at.y + j), plane(1, at.x + i, at.y + j), plane(2, at.x + i, at.y + j), 1.0);
            sum += sqrt(max(c, vec4f(0.0))) * weight;
        }
    }
    return sum;
}
fn shade(x: i32, y: i32) -> vec4f {
    var c = at1(x, y);
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    if (any(p < pair(BOX)) || any(p > pair(BOX + 2u))) { return c; }
    let place = source_place(x, y);
    let off = p - pair(UPPER + 4u);
    let across = pair(ACROSS);
    let along = dot(off, across);
    let down = across.x * off.y - across.y * off.x;
    let scale = number(SCALE);
    let upper = margin(UPPER, p);
    let lower = margin(LOWER, p);
    let soft = max(0.0014, 0.7 * pixel);
    let open = smooth_step(-soft, soft, upper.away) * smooth_step(-soft, soft, lower.away);

    let lip = mean_of(12, place);
    if (lip.a > 0.05) {
        let root = lip / lip.a;
        let fan = along / (scale * 0.0011);
        let deep = down / (scale * 0.006);
        let crease = 0.7 * noise(fan, deep, number_u(SEED)) + 0.3 * noise(2.3 * fan, 2.0 * deep, number_u(SEED) + 1u);
        let share = saturate(sample_plane(12, place) * 1.5 - 0.25) * (1.0 - open);
        let bare = root * root * (1.0 + 0.16 * crease);
        c = with_alpha(mix_(c, mix_(bare, number_rgb(40u) * luma(bare), number(39u)), 0.85 * share), c.a);
    }
    if (open > 0.0) {
        let inside = mean_of(13, place);
        if (inside.a > 0.05) {
            let root = inside / inside.a;
            var drawn = root * root;
            let teeth = smooth_step(0.06, 0.22, luma(drawn));
            var gap = 9.0;
            var left = -9.0;
            var right = 9.0;
            for (var k = 0u; k < 11u; k++) {
                let d = along - number(TEETH + k);
                gap = min(gap, abs(d));
                if (d >= 0.0) { left = max(left, -d); } else { right = min(right, -d); }
            }
            let within = (right + left) / max(right - left, 1e-4);
            let line = gap / (0.0026 + 0.6 * pixel);
            let form = (1.0 - 0.30 * exp(-line * line)) * (1.04 - 0.14 * within * within);
            drawn = drawn * mixf(1.0, form, teeth) * mixf(0.45, 1.0, smooth_step(0.0, 0.016, upper.away));
            c = with_alpha(mix_(c, drawn, open * saturate(2.0 * inside.a)), c.a);
        }
    }
    let near = min(abs(upper.away), abs(lower.away)) / (0.0045 + 0.5 * pixel);
    let ends = smooth_step(0.0, 0.08, upper.along) * smooth_step(1.0, 0.92, upper.along);
    let gape = abs(upper.away) + abs(lower.away);
    let dark = 0.62 * mixf(1.0, 0.4, smooth_step(0.006, 0.03, gape)) * exp(-near * near) * ends;
    return with_alpha(c * (1.0 - vec4f(0.92, 1.0, 1.0, 0.0) * dark), c.a);
}
