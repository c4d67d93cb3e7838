// Where hairs of a beard grow. in: source. out, of each cell: from root to tip (none: 0), how far aside it bends, what a white patch shows.
// Numbers are in src/finish/primitives/beard_numbers.h; the constants are explained in beard.cpp.
const STUDIO = 9u;
const SKIN = 38u;
const LIPS = 46u;
const JAW = 70u;
const MIDDLE = 104u;
const HALF = 107u;
const NOSE = 108u;
const AXIS = 109u;
const RISE = 110u;
const MOUSTACHE = 111u;
const CHIN = 112u;
const CORNERS = 113u;
const JAW_GROWS = 114u;
const CHEEKS = 115u;
const NECK = 116u;
const LIFT = 117u;
const MANY = 118u;
const PATCHY = 119u;
const LONG = 120u;
const LIP_LONG = 121u;
const LEAN = 122u;
const SEED = 123u;
const PER_METRE = 8.2;
const EAR = 0.211;

fn three(i: u32) -> vec3f { return vec3f(number(i), number(i + 1u), number(i + 2u)); }
fn lip(i: u32) -> vec2f { return vec2f(number(LIPS + 2u * i), number(LIPS + 2u * i + 1u)); }
fn wobble(x: f32, seed: u32) -> f32 { return 1.4 * noise(x, 0.5, seed); }

fn aside(p: vec3f) -> f32 { return (p.x - number(MIDDLE)) / number(HALF); }
fn off_lips(p: vec3f) -> f32 {
    var best = 1.0;
    var inside = false;
    var a = lip(11u);
    for (var i = 0u; i < 12u; i++) {
        let b = lip(i);
        let edge = b - a;
        best = min(best, length(p.xy - (a + edge * share_along(p.xy, a, edge))));
        if ((a.y > p.y) != (b.y > p.y) && p.x < edge.x * (p.y - a.y) / edge.y + a.x) { inside = !inside; }
        a = b;
    }
    return select(best, -best, inside);
}
fn lips_line(x: f32, first: u32) -> f32 {
    for (var i = first; i < first + 6u; i++) {
        let a = lip(i);
        let b = lip((i + 1u) % 12u);
        if ((x >= a.x && x <= b.x) || (x >= b.x && x <= a.x)) {
            if (abs(b.x - a.x) < 1e-6) { return a.y; }
            return mixf(a.y, b.y, (x - a.x) / (b.x - a.x));
        }
    }
    return number(MIDDLE + 1u);
}
fn jaw_height(turn: f32) -> f32 {
    var before = number(JAW);
    var high = number(JAW + 1u);
    if (turn <= before) { return high; }
    for (var i = 1u; i < 17u; i++) {
        let there = number(JAW + 2u * i);
        let here = number(JAW + 2u * i + 1u);
        if (turn < there) { return mixf(high, here, (turn - before) / max(there - before, 1e-4)); }
        before = there;
        high = here;
    }
    return high;
}
fn on_moustache(p: vec3f) -> bool {
    return p.y > lips_line(p.x, 0u) - 0.001 && abs(aside(p)) < 1.35 && p.z > number(MIDDLE + 2u) - 0.03;
}
fn density(p: vec3f) -> f32 {
    let seed = number_u(SEED);
    let mouth = number(MIDDLE + 1u);
    let turn = atan2_turn(p.x - number(MIDDLE), p.z - number(AXIS));
    let a = abs(turn);
    let u = abs(aside(p));
    let lips = off_lips(p);
    let corner = atan2_turn(number(HALF), number(MIDDLE + 2u) - number(AXIS));
    let w = (a - corner) / (EAR - corner);
    if (w > 1.6 || (p.z > number(AXIS) && lips < 0.0012)) { return 0.0; }
    let rough = 0.0012 * wobble(turn * 72.0, seed) + 0.0008 * wobble(turn * 225.0, seed + 3u);
    let low = select(0.0, -0.006 * smooth_step(0.1, 0.4, w) * smooth_step(1.0, 0.6, w), number(CHEEKS) < 0.9);
    let cheek = mouth + rough + low + select(mixf(0.006, number(RISE) + 0.02, pow_(saturate(w), 1.9)), 0.006, w < 0.0);
    let jaw = jaw_height(turn);
    let neck = jaw - number(NECK) * smooth_step(0.236, 0.111, a) * (1.0 + 0.2 * wobble(turn * 27.7, seed + 7u)) - 0.002;
    let under = smooth_step(neck - 0.004, neck + 0.004, p.y);
    if (under <= 0.0) { return 0.0; }
    let back = smooth_step(EAR + 0.014, EAR - 0.008, a);
    let over = lips_line(p.x, 0u);
    let below = lips_line(p.x, 6u) - p.y;
    let moustache = number(MOUSTACHE);
    var d = 0.0;
    if (moustache > 0.0) {
        let top = mixf(number(NOSE) - 0.002, mouth + 0.006, smooth_step(0.35, 1.25, u));
        d = moustache * smooth_step(top + 0.003, top - 0.002, p.y + rough) * smooth_step(-0.001, 0.0015, p.y - over) *
            smooth_step(1.32, 1.08, u) * mixf(0.62, 1.0, smooth_step(0.02, 0.16, u));
    }
    if (number(CHIN) > 0.0) {
        let soul = smooth_step(0.36, 0.18, u) * smooth_step(0.001, 0.003, below);
        let anchor = number(CHIN) < 0.9;
        let wide = select(mixf(0.72, 1.05, saturate((mouth - p.y) / 0.03)), mixf(0.3, 1.45, smooth_step(0.02, 0.042, mouth - p.y)), anchor);
        var c = smooth_step(wide + 0.16, wide - 0.12, u + rough * 40.0) * smooth_step(0.004, 0.009, below);
        if (anchor) { c *= max(smooth_step(jaw + 0.017, jaw + 0.010, p.y), soul); }
        let sides = smooth_step(0.30, 0.5, u) * smooth_step(0.013, 0.007, below);
        c *= 1.0 - 0.75 * sides * select(1.0, 0.7, number(CORNERS) > 0.0);
        d = max(d, max(c, soul) * under);
    }
    if (number(CORNERS) > 0.0) {
        d = max(d, number(CORNERS) * smooth_step(0.86, 1.02, u) * smooth_step(1.50, 1.28, u + rough * 40.0) *
                       smooth_step(mouth + 0.011, mouth + 0.004, p.y) * smooth_step(0.0, 0.002, lips) * under);
    }
    if (number(JAW_GROWS) > 0.0) {
        let sides = select(max(smooth_step(0.95, 1.3, u), smooth_step(0.012, 0.018, below)), smooth_step(1.25, 1.65, u + rough * 30.0), moustache <= 0.0);
        d = max(d, number(JAW_GROWS) * smooth_step(cheek + 0.004, cheek - 0.005, p.y) * under * back * sides);
    }
    return d * smooth_step(0.0012, 0.0028, lips);
}
fn lies(p: vec3f) -> vec3f {
    let u = aside(p);
    let size = abs(u);
    let moustache = smooth_step(-0.002, 0.003, p.y - lips_line(p.x, 0u)) * smooth_step(1.5, 1.2, size) * select(0.0, 1.0, p.z > number(MIDDLE + 2u) - 0.03);
    let side = u / (0.33 + size);
    let down = vec3f(side * 0.10 * smooth_step(0.0, 0.03, number(MIDDLE + 1u) - p.y), -1.0, 0.18);
    return down + (vec3f(side, -0.62 - 0.4 * size * size, 0.1) - down) * moustache;
}

fn source_at(p: i32, at: vec2f) -> f32 { return sample_plane(p, (at + 1.0) * 0.5 * vec2f(source_size()) - 0.5); }
fn unit3(v: vec3f) -> vec3f { return v * (1.0 / max(length(v), 1e-6)); }
fn facing_at(at: vec2f) -> vec3f { return unit3(vec3f(source_at(4, at), source_at(5, at), source_at(6, at))); }
fn brightness(at: vec2f) -> f32 { return luma(vec4f(source_at(0, at), source_at(1, at), source_at(2, at), 0.0)); }
fn white_patch(n: vec3f) -> f32 {
    var sum = number(STUDIO + 28u);
    for (var k = 0u; k < 7u; k++) { sum += number(STUDIO + 4u * k + 3u) * max(dot(three(STUDIO + 4u * k), n), 0.0); }
    return sum;
}
fn light(at: vec2f, n: vec3f) -> f32 {
    var shown = 0.0;
    var white = 0.0;
    for (var k = 0u; k < 4u; k++) {
        let there = vec2f(number(SKIN + 2u * k), number(SKIN + 2u * k + 1u));
        let share = source_at(8, there);
        shown += share * brightness(there);
        white += share * white_patch(facing_at(there));
    }
    let albedo = max(shown / max(white, 1e-4), 0.02);
    let open = white_patch(n);
    return clamp(brightness(at) / albedo, 0.3 * open, 1.25 * open);
}
fn spread(own: u32, at: vec2f, field: u32) -> f32 {
    return number(LEAN) * (2.2 * noise(at.x * 0.21, at.y * 0.21, field) + 1.0 * (f32(own & 1023u) * (1.0 / 512.0) - 1.0));
}

fn shade(i: i32, j: i32) -> vec4f {
    let seed = number_u(SEED);
    let h = hash_i(i, j, seed);
    let b = hash_i(i, j, seed + 1u);
    let c = hash_i(i, j, seed + 2u);
    let cell = vec2f(f32(i), f32(j));
    let at = (cell + vec2f(unit_low(h), unit_high(h))) * (2.0 / 256.0) - 1.0;
    if (source_at(8, at) < 0.5) { return vec4f(0.0); }
    let x_row = three(0u);
    let y_row = three(3u);
    let z_row = three(6u);
    let seen = vec3f(at.x / PER_METRE, -at.y / PER_METRE, source_at(7, at));
    let p = vec3f(dot(x_row, seen), dot(y_row, seen), dot(z_row, seen));
    let dense = density(p);
    if (dense <= 0.0) { return vec4f(0.0); }
    let n = facing_at(at);
    let on_lip = on_moustache(p);
    let patchy = 1.0 - number(PATCHY) * (0.5 + 0.5 * wobble(cell.x * 0.11, seed + 5u) * wobble(cell.y * 0.09, seed + 6u));
    let locks = mixf(0.35, 1.1, smooth_step(-0.35, 0.3, noise(cell.x * 0.55, cell.y * 0.2, seed + 7u)));
    if (unit(b) >= number(MANY) * locks * dense * patchy * select(0.62, 1.0, on_lip) / max(n.z, 0.4)) { return vec4f(0.0); }
    let wanted = lies(p) + vec3f(spread(c, cell, seed + 8u), spread(c >> 10u, cell, seed + 9u), spread(c >> 20u, cell, seed + 10u));
    let way = x_row * wanted.x + y_row * wanted.y + z_row * wanted.z;
    let flat_way = unit3(way - n * dot(way, n));
    let rising = unit3(flat_way + (n - flat_way) * number(LIFT));
    var far = select(number(LONG), number(LIP_LONG), on_lip) * mixf(0.62, 1.12, unit_low(b)) * mixf(0.55, 1.0, smooth_step(0.15, 0.8, dense));
    if (on_lip) {
        let ahead = vec3f(dot(x_row, flat_way), dot(y_row, flat_way), dot(z_row, flat_way));
        let free = -0.0022 * (0.4 + unit_high(c));
        for (var k = 0; k < 3; k++) {
            if (off_lips(p + ahead * far) < free) { far *= 0.66; }
        }
    }
    let size = 0.5 * far * PER_METRE;
    let first = vec2f(rising.x, -rising.y) * size;
    let going = unit3(flat_way + (n - flat_way) * (0.7 * number(LIFT)));
    let whole = first + vec2f(going.x, -going.y) * size;
    let bend = clamp((whole.x * first.y - whole.y * first.x) / max(dot(whole, whole), 1e-8), -0.4, 0.4);
    return vec4f(whole, bend, light(at, n));
}
