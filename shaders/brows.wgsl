// Brows, hair by hair, on skin without the network's shade. in: source, sitter.
// Numbers are in src/finish/primitives/brows_numbers.h; the constants are explained in brows.cpp.
const SIDE = 20u;
const SHORT = 10u;
const LIGHT = 15u;
const HAIRS = 40u;
const WIDE = 41u;
const LONG = 42u;
const END = 43u;
const GREY = 44u;
const DARK = 45u;
const SEED = 48u;

fn knot(side: u32, k: i32) -> vec2f {
    let i = SIDE * side + 2u * u32(k);
    return vec2f(number(i), number(i + 1u));
}
fn piece_of(place: f32) -> i32 { return select(select(select(3, 2, place < 3.0), 1, place < 2.0), 0, place < 1.0); }
fn on(side: u32, t: f32) -> vec2f {
    let place = clamp(t, -0.12, 1.1) * 4.0;
    let i = piece_of(place);
    let b = knot(side, i);
    let c = knot(side, i + 1);
    var before = b * 2.0 - c;
    var after = c * 2.0 - b;
    if (i > 0) { before = knot(side, i - 1); }
    if (i < 3) { after = knot(side, i + 2); }
    return spline(before, b, c, after, place - f32(i));
}
fn number_along(first: u32, t: f32) -> f32 {
    let place = saturate(t) * 4.0;
    let i = piece_of(place);
    return mixf(number(first + u32(i)), number(first + u32(i) + 1u), place - f32(i));
}
fn way(along: vec2f, up: vec2f, shorter: f32, angle: f32) -> vec2f {
    let turns = angle * 0.15915494;
    return along * (shorter * cos_turn(turns)) + up * sin_turn(turns);
}

struct Nearest { far: f32, high: f32, t: f32, up: vec2f, along: vec2f }
fn nearest(side: u32, p: vec2f) -> Nearest {
    let flip = select(-1.0, 1.0, side == 0u);
    var found = Nearest(9.0, 0.0, 0.0, vec2f(0.0), vec2f(0.0));
    var least = vec2f(9.0);
    var most = vec2f(-9.0);
    for (var k = 0; k < 5; k++) {
        least = min(least, knot(side, k));
        most = max(most, knot(side, k));
    }
    if (any(p < least - 0.1) || any(p > most + 0.1)) { return found; } // further off than anything that matters
    var start = on(side, 0.0);
    for (var k = 0; k < 10; k++) {
        let to = on(side, f32(k + 1) * (0.94 / 10.0));
        let piece = to - start;
        let t = share_along(p, start, piece);
        let off = p - (start + piece * t);
        let far = length(off);
        if (far < found.far) {
            let along = piece * (1.0 / max(length(piece), 1e-6));
            let up = vec2f(along.y, -along.x) * flip;
            found = Nearest(far, dot(off, up), (f32(k) + t) * (0.94 / 10.0), up, along);
        }
        start = to;
    }
    return found;
}
fn skin(x: i32, y: i32, place: vec2f, at: Nearest, to: f32, never: i32, pixel: f32) -> vec4f {
    var sum = vec4f(0.0);
    for (var k = -1; k <= 1; k++) {
        let way = at.up * (to - at.high) + at.along * (0.012 * f32(k));
        let there = way * (1.0 / pixel);
        let clear = max(1.0 - 4.0 * sample_plane(never, place + way * (0.5 * f32(source_size().x))), 0.0);
        sum += with_alpha(sample1(f32(x) + there.x, f32(y) + there.y) * clear, clear);
    }
    return sum;
}
fn without_shade(c: vec4f, x: i32, y: i32, p: vec2f, pixel: f32) -> vec4f {
    let left = nearest(0u, p);
    var at = nearest(1u, p);
    if (left.far < at.far) { at = left; }
    if (at.far >= 0.072) { return c; }
    let place = source_place(x, y);
    let cover = 0.7 * smooth_step(0.072, 0.05, at.far) * smooth_step(0.3, 0.03, sample_plane(9, place)) * mixf(1.0, 0.35, smooth_step(0.6, 0.94, at.t));
    if (cover <= 0.0) { return c; }
    let share = saturate((at.high + 0.068) * (1.0 / (0.078 + 0.068)));
    let sum = skin(x, y, place, at, 0.078, 9, pixel) * (share + 1e-3) + skin(x, y, place, at, -0.068, 11, pixel) * (1.001 - share);
    if (sum.a < 0.2) { return c; }
    return with_alpha(mix_(c, sum / sum.a, cover), c.a);
}

fn shade(x: i32, y: i32) -> vec4f {
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    var c = without_shade(at1(x, y), x, y, p, pixel);
    let open = 0.9 * (1.0 - smooth_step(0.25, 0.6, sample_plane(9, source_place(x, y))));
    if (open <= 0.0) { return c; }
    let count = i32(number(HAIRS));
    for (var side = 0u; side < 2u; side++) {
        // No hair reaches further from the ridge's ends and bends than this.
        let room = 1.6 * number(LONG) + 8.0 * number(WIDE) + 2.0 * pixel;
        var least = vec2f(9.0);
        var most = vec2f(-9.0);
        for (var k = 0; k < 5; k++) {
            least = min(least, knot(side, k));
            most = max(most, knot(side, k));
        }
        let inside = (p > least - room) & (p < most + room);
        if (!all(inside)) { continue; }
        let seed = number_u(SEED) + side;
        let flip = select(-1.0, 1.0, side == 0u);
        // They stand in their order along the ridge: only those beside this place are looked at.
        let chord = knot(side, 4) - knot(side, 0);
        let size_of = max(length(chord), 1e-6);
        let beside = dot(p - knot(side, 0), chord) / (size_of * size_of);
        let reach = room / size_of + 0.15;
        let per = number(HAIRS) / (number(END) + 0.06);
        let last = min(count - 1, ifloor((beside + reach + 0.06) * per) + 1);
        for (var k = max(0, ifloor((beside - reach + 0.06) * per) - 1); k <= last; k++) {
            let ha = hash_i(k, 1, seed);
            let hb = hash_i(k, 2, seed);
            let hc = hash_i(k, 3, seed);
            let t = mixf(-0.06, number(END), (f32(k) + unit(ha)) / number(HAIRS));
            let low = t - 0.3;
            let wide = 4.45 - select(6.2, 11.0, low < 0.0) * low * low;
            let dense = min(0.22 + 2.4 * (t + 0.05), 1.0) * (1.0 - 0.7 * smooth_step(0.72, 1.1, t));
            if (unit(hb) * 4.45 > dense * wide) { continue; }
            let middle_of = on(side, t);
            if (length(p - middle_of) > room) { continue; }
            let across = 1.15 * (unit_low(hc) + unit_high(hc) - 1.0);
            let ragged = 1.0 + 0.12 * noise(t * 14.0, 0.5, seed);
            let ahead = on(side, t + 0.04) - on(side, t - 0.04);
            let along = ahead * (1.0 / max(length(ahead), 1e-6));
            let up = vec2f(along.y, -along.x) * flip;
            let turn = (1.25 - 2.7 * t + 1.3 * t * t) - 0.38 * across + 0.26 * (unit_low(hb) - 0.5);
            let far_along = t - 0.25;
            let profile = 1.0 - select(0.68, 4.5, far_along < 0.0) * far_along * far_along;
            let size = number(LONG) * profile * (1.0 - 0.22 * abs(across)) * mixf(0.62, 1.12, unit_low(ha));
            let shorter = number_along(SIDE * side + SHORT, t);
            let bend = (-0.30 - 0.21 * unit_high(hb) + 0.54 * min(0.0, turn)) * select(0.4, 1.0, turn > 0.0);
            let root = middle_of + up * (across * wide * ragged * number(WIDE));
            let middle = root + way(along, up, shorter, turn) * (0.5 * size);
            let tip = middle + way(along, up, shorter, turn + bend) * (0.5 * size);
            var clear = 1.0;
            var start = root;
            for (var j = 0; j < 3; j++) {
                let s = f32(j + 1) * (1.0 / 3.0);
                let r = 1.0 - s;
                let to = root * (r * r) + middle * (2.0 * r * s) + tip * (s * s);
                let piece = to - start;
                let part = share_along(p, start, piece);
                let far = length(p - (start + piece * part));
                clear = min(clear, 1.0 - line_cover(far, 0.0004 * (1.0 - 0.22 * (f32(j) + part)), pixel));
                start = to;
            }
            if (clear >= 1.0) { continue; }
            let own = exp(0.7 * (unit_high(ha) - 0.5));
            var colour = number_rgb(DARK) * own;
            if (unit(hash_i(k, 4, seed)) < number(GREY)) { colour = vec4f(0.24); }
            c = with_alpha(mix_(c, colour * number_along(SIDE * side + LIGHT, t), open * (1.0 - clear)), c.a);
        }
    }
    return c;
}
