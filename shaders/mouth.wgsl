// Lips without the network's grain, with creases, paint and gloss; the line between them, or teeth. in: source, sitter.
// Numbers are in src/finish/primitives/mouth_numbers.h; the constants are explained in mouth.cpp.
const UPPER = 0u;
const LOWER = 10u;
const BOX = 20u;
const ACROSS = 24u;
const TEETH = 26u;
const EDGE = 37u;
const SCALE = 48u;
const SEED = 49u;
const LIPSTICK = 50u;
const LIGHT = 54u;
const HEIGHTS = 55u;
const GLOSS = 57u;
const TURN = 58u;
const STUDIO = 67u;

struct Margin { away: f32, along: f32 }

fn pair(i: u32) -> vec2f { return vec2f(number(i), number(i + 1u)); }
fn head(i: u32) -> vec3f { return vec3f(number(i), number(i + 1u), number(i + 2u)); }
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
fn step_in(inside: f32, soft: f32) -> f32 { return smooth_step(-soft, soft, inside); }
fn gloss(edge: Margin, below: bool, crease: f32) -> f32 {
    let s = edge.along;
    let round = sqrt(max(4.0 * s * (1.0 - s), 0.1));
    let t = saturate(-edge.away / (number(HEIGHTS + select(0u, 1u, below)) * round + 1e-4));
    let up = select(mixf(-0.5, 0.4, t), mixf(0.75, -0.9, t), below) + 0.14 * crease;
    let aside = (s - 0.5) + 0.14 * crease;
    let n = normalize(aside * head(TURN) + up * head(TURN + 3u) + head(TURN + 6u));
    var mirrored = 0.0;
    for (var i = STUDIO; i < STUDIO + 28u; i += 4u) {
        let l = head(i);
        let facing = dot(n, l);
        let half = max(facing + n.z, 0.0) / sqrt(max(2.0 + 2.0 * l.z, 0.4));
        let h2 = half * half;
        let h4 = h2 * h2;
        let h8 = h4 * h4;
        let h16 = h8 * h8;
        let h32 = h16 * h16;
        mirrored += number(i + 3u) * max(facing, 0.0) * (h32 * h32 * h32);
    }
    let ends = smooth_step(0.06, 0.3, s) * smooth_step(0.94, 0.7, s);
    return number(GLOSS) * 0.35 * select(0.15, 1.0, below) * ends * mirrored;
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
    let ends = smooth_step(0.0, 0.08, upper.along) * smooth_step(1.0, 0.92, upper.along);
    let open = step_in(upper.away, soft) * step_in(lower.away, soft) * saturate(6.0 * ends);

    let lip = mean_of(12, place);
    if (lip.a > 0.05) {
        let root = lip / lip.a;
        let fan = along / (scale * 0.0011);
        let deep = down / (scale * 0.006);
        let crease = 0.7 * noise(fan, deep, number_u(SEED)) + 0.3 * noise(2.3 * fan, 2.0 * deep, number_u(SEED) + 1u);
        let share = saturate(sample_plane(12, place) * 1.5 - 0.25) * (1.0 - open);
        let bare = root * root * vec4f(1.08, 1.0, 0.99, 1.0) * (1.0 + 0.12 * crease);
        let below = lower.away < upper.away;
        var edge = upper;
        if (below) { edge = lower; }
        let grain = noise(along / (scale * 0.0007), down / (scale * 0.0007), number_u(SEED) + 2u);
        let wet = gloss(edge, below, crease + 1.4 * grain);
        let drawn = mix_(bare, number_rgb(LIPSTICK + 1u) * luma(bare), number(LIPSTICK));
        c = with_alpha(mix_(c, drawn, mixf(0.85, 1.0, number(LIPSTICK)) * share) + wet * share, c.a);
    }
    if (open > 0.0) {
        let inside = mean_of(13, place);
        let root = inside / max(inside.a, 0.05);
        var nth = 0u;
        while (nth < 9u && along > number(TEETH + nth + 1u)) { nth++; }
        let left = along - number(TEETH + nth);
        let right = number(TEETH + nth + 1u) - along;
        let wide = max(left + right, 1e-4);
        let within = (left - right) / wide;
        let w2 = within * within;
        let edge = mixf(number(EDGE + nth), number(EDGE + nth + 1u), left / wide) - scale * 0.0011 * (w2 * w2);
        let high = (edge - down) / (scale * 0.0098);
        let line = min(abs(left), abs(right)) / (0.0026 + 0.6 * pixel);
        let back = (f32(nth) - 4.5) * (1.0 / 4.5);
        let light = number(LIGHT) * mixf(0.4, 0.92, smooth_step(0.0, 0.04, upper.away)) *
                    mixf(0.1, 1.0, smooth_step(0.005, 0.03, upper.away + lower.away)) * (1.0 - 0.75 * back * back);
        let form = (1.0 - 0.34 * exp(-line * line)) * (1.03 - 0.16 * w2);
        let wx = 2.4 * within + 0.5;
        let wy = 4.5 * (high - 0.45);
        let tooth = mix_(vec4f(0.63, 0.54, 0.43, 0.0) * form, vec4f(0.34, 0.13, 0.12, 0.0), smooth_step(0.92, 1.04, high + 0.14 * w2)) + 0.22 * exp(-(wx * wx + wy * wy));
        let dark = root * root * mixf(0.12, 0.7, smooth_step(0.0, 0.06, down - edge));
        let seen = step_in(edge - down, soft) * step_in(left, soft) * step_in(right, soft);
        c = with_alpha(mix_(c, mix_(dark, tooth * light, seen), open), c.a);
    }
    let near = min(abs(upper.away), abs(lower.away)) / (0.0045 + 0.5 * pixel);
    let gape = abs(upper.away) + abs(lower.away);
    let dark = 0.5 * mixf(1.0, 0.4, smooth_step(0.006, 0.03, gape)) * exp(-near * near) * ends;
    return with_alpha(c * (1.0 - vec4f(0.92, 1.0, 1.0, 0.0) * dark), c.a);
}
