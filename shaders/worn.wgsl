// Earrings; glasses: rims and bars as tubes in the studio's light, temples, lenses and their shadow. in: source, sitter.
// Numbers are in src/finish/primitives/worn_numbers.h; the constants are explained in worn.cpp.
const STUDIO = 0u;
const EAR_STYLE = 29u;
const EAR_MIRROR = 30u;
const EARS = 33u;
const GLASSES = 43u;
const RIM = 44u;
const PLANE = 172u;
const BARS = 178u;
const TEMPLES = 190u;
const RIM_HALF = 206u;
const THICK = 207u;
const BRIDGE_HALF = 208u;
const UPPER_HALF = 209u;
const TEMPLE_HALF = 210u;
const OPEN = 211u;
const TINT = 212u;
const ALBEDO = 213u;
const MIRROR = 216u;
const BLUR = 219u;
const TORTOISE = 220u;
const CLEAR = 221u;
const SCALE = 222u;
const BOX = 223u;
const NEAR = 0.0125;

struct Rim { distance: f32, knot: f32, inside: bool, outward: vec2f }
struct Nearest { distance: f32, part: f32, side: vec2f }

fn pair(i: u32) -> vec2f { return vec2f(number(i), number(i + 1u)); }
fn knot(lens: u32, k: i32) -> vec2f { return pair(RIM + 2u * (lens * 32u + u32(k & 31))); }
fn centre(lens: u32) -> vec2f { return (knot(lens, 0) + knot(lens, 8) + knot(lens, 16) + knot(lens, 24)) * 0.25; }
fn pixel() -> f32 { return 2.0 / full_size().x; }

fn rim_at(lens: u32, p: vec2f) -> Rim {
    var nearest = 0;
    var least = 99.0;
    for (var k = 0; k < 32; k++) {
        let d = p - knot(lens, k);
        if (dot(d, d) < least) { least = dot(d, d); nearest = k; }
    }
    var found = Rim(9.0, 0.0, false, vec2f(0.0));
    let far_off = 1.5 * NEAR * number(SCALE);
    if (least > far_off * far_off) {
        found.inside = dot(p - knot(lens, nearest), knot(lens, nearest) - centre(lens)) < 0.0;
        return found;
    }
    var foot = vec2f(0.0);
    var along = vec2f(0.0);
    for (var s = nearest - 1; s <= nearest; s++) {
        let a = knot(lens, s - 1);
        let b = knot(lens, s);
        let c = knot(lens, s + 1);
        let d = knot(lens, s + 2);
        var start = b;
        for (var j = 0; j < 4; j++) {
            let t = (f32(j) + 1.0) * 0.25;
            let to = spline(a, b, c, d, t);
            let way = to - start;
            let part = share_along(p, start, way);
            let on = start + way * part;
            let far = length(p - on);
            if (far < found.distance) {
                found.distance = far;
                found.knot = f32(s) + (f32(j) + part) * 0.25;
                foot = on;
                along = way;
            }
            start = to;
        }
    }
    var out = vec2f(along.y, -along.x) / max(length(along), 1e-9);
    if (dot(out, foot - centre(lens)) < 0.0) { out = -out; }
    found.outward = out;
    found.inside = dot(p - foot, out) < 0.0;
    if (found.knot < 0.0) { found.knot += 32.0; }
    return found;
}
fn rim_half(at: f32) -> f32 {
    if (number(OPEN) > 0.5 && at > 16.2 && at < 31.8) { return 0.00018 * number(SCALE); }
    let up = sin_turn(at * (1.0 / 32.0));
    let tall = select(sqrt(up), -sqrt(-up), up < 0.0);
    return number(RIM_HALF) * (1.0 + 0.45 * number(THICK) * smooth_step(-0.3, 1.0, tall));
}
fn shadow_half(at: f32) -> f32 {
    let gone = number(OPEN) * smooth_step(14.5, 17.0, at) * (1.0 - smooth_step(31.0, 32.0, at));
    return rim_half(8.0) * (1.0 - 0.9 * gone);
}
fn cover_of(distance: f32, half: f32) -> f32 { return line_cover(distance, half, pixel()); }

fn polished(n: vec2f, albedo: vec4f, head_on: vec4f, blur: f32) -> vec4f {
    let metal = head_on.r > 0.3;
    let nz = sqrt(max(1.0 - n.x * n.x - n.y * n.y, 0.0));
    let r = vec3f(2.0 * nz * n.x, 2.0 * nz * n.y, 2.0 * nz * nz - 1.0);
    let dome = number(STUDIO + 28u);
    var lit = dome * (0.75 + 0.25 * n.y);
    var glint = 0.0;
    for (var k = 0u; k < 7u; k++) {
        let i = STUDIO + 4u * k;
        let e = number(i + 3u);
        lit += e * max(n.x * number(i) + n.y * number(i + 1u) + nz * number(i + 2u), 0.0);
        let c = r.x * number(i) + r.y * number(i + 1u) + r.z * number(i + 2u);
        let away = sqrt(max(2.0 - 2.0 * c, 0.0));
        glint += min(e * 51.0 * (1.0 - smooth_step(0.14 - blur, 0.14 + blur, away)), select(12.0, 1.6, metal));
    }
    let rest = 1.0 - nz;
    let mirror = mix_(head_on, vec4f(1.0), 0.12 * (rest * rest * rest * rest * rest));
    return albedo * lit + mirror * (glint + dome * (1.0 + 0.35 * r.y) + select(0.0, 0.35 * lit, metal));
}
fn tube(across: f32, half: f32, side: vec2f, p: vec2f) -> vec4f {
    var albedo = number_rgb(ALBEDO);
    if (number(TORTOISE) > 0.5) {
        let at = p / number(SCALE);
        let spots = fbm(at.x * 115.0, at.y * 115.0, 2, 71u);
        albedo = mix_(albedo * 1.3, albedo * 0.12, smooth_step(-0.12, 0.26, spots));
    }
    let metal = number(MIRROR) > 0.3;
    let apart = 0.6 * pixel() / half;
    let own = saturate(0.5 * half / pixel() - 0.5);
    var sum = vec4f(0.0);
    for (var k = -1; k <= 1; k++) {
        let at = clamp(across * own + apart * f32(k), -1.0, 1.0);
        let steep = select(at * (0.25 + 0.68 * at * at), 0.92 * at, metal);
        sum += polished(vec2f(side.x, -side.y) * steep, albedo, number_rgb(MIRROR), number(BLUR));
    }
    return sum * (1.0 / 3.0);
}

fn approach(found: ptr<function, Nearest>, p: vec2f, start: vec2f, to: vec2f, first: f32, share: f32) {
    let way = to - start;
    let t = share_along(p, start, way);
    let off = p - (start + way * t);
    let far = length(off);
    if (far >= (*found).distance) { return; }
    *found = Nearest(far, first + share * t, off / max(far, 1e-9));
}
fn on_arch(first: u32, p: vec2f) -> Nearest {
    let a = pair(first);
    let b = pair(first + 4u);
    let bend = pair(first + 2u) * 2.0 - (a + b) * 0.5;
    var found = Nearest(9.0, 0.0, vec2f(0.0));
    var start = a;
    for (var k = 1; k <= 6; k++) {
        let t = f32(k) * (1.0 / 6.0);
        let u = 1.0 - t;
        let to = a * (u * u) + bend * (2.0 * u * t) + b * (t * t);
        approach(&found, p, start, to, t, 0.0);
        start = to;
    }
    return found;
}
fn on_temple(side: u32, p: vec2f) -> Nearest {
    let i = TEMPLES + 8u * side;
    let hinge = pair(i + 2u);
    let half = pair(i + 4u);
    var found = Nearest(9.0, 0.0, vec2f(0.0));
    approach(&found, p, pair(i), hinge, 0.0, 1.0);
    approach(&found, p, hinge, half, 1.0, 1.0);
    approach(&found, p, half, half + (half - hinge) * 0.85, 2.0, 1.0);
    return found;
}
fn over(below: vec4f, colour: vec4f, cover: f32) -> vec4f {
    let alpha = cover + below.a * (1.0 - cover);
    if (alpha <= 0.0) { return below; }
    return with_alpha((colour * cover + below * (below.a * (1.0 - cover))) / alpha, alpha);
}
fn bead(below: vec4f, distance: f32, radius: f32, n: vec2f, seen: f32, dot_: f32) -> vec4f {
    let cover = line_cover(distance, radius, dot_) * seen;
    if (cover <= 0.0) { return below; }
    let size = length(n);
    return over(below, polished(n * select(1.0, 0.95 / size, size > 0.95), vec4f(0.0), number_rgb(EAR_MIRROR), 0.14), cover);
}
fn round_bead(below: vec4f, d: vec2f, radius: f32, seen: f32, dot_: f32) -> vec4f {
    return bead(below, length(d), radius, vec2f(d.x, -d.y) / radius, seen, dot_);
}
fn earring(below: vec4f, side: u32, q: vec2f, dot_: f32, seen: f32) -> vec4f {
    let style = number_i(EAR_STYLE);
    if (style == 1) { return round_bead(below, q, 0.0024, seen, dot_); }
    if (style == 2) {
        let wide = number(EARS + 5u * side + 4u);
        let u = q.x / wide;
        let ring = sqrt(u * u + q.y * q.y);
        let slope = sqrt(u * u / (wide * wide) + q.y * q.y) / max(ring, 1e-6);
        let off = (ring - 0.0105) / max(slope, 1e-3);
        let thin = saturate(0.5 * 0.0009 / dot_ - 0.5);
        let across = thin * off / 0.0009 / max(ring * slope, 1e-6);
        return bead(below, abs(off), 0.0009, vec2f(across * u / wide, -across * q.y), seen, dot_);
    }
    var c = bead(below, abs(q.x) + max(abs(q.y + 0.006) - 0.004, 0.0), 0.0003, vec2f(0.0), seen, dot_);
    c = round_bead(c, q + vec2f(0.0, 0.0098), 0.0014, seen, dot_);
    let t = (0.0113 - q.y) / 0.013;
    if (t <= 0.0 || t >= 1.0) { return c; }
    let radius = 0.0036 * sin_turn(0.5 * pow_(1.0 - t, 0.62)) * (0.35 + 0.65 * (1.0 - t));
    return bead(c, abs(q.x), radius, vec2f(q.x / max(radius, 1e-5), 0.9 * (t - 0.35)), seen, dot_);
}
fn bar(c: vec4f, on: Nearest, half: f32, p: vec2f, solid: f32) -> vec4f {
    if (half <= 0.0) { return c; }
    let cover = cover_of(on.distance, half) * solid;
    if (cover <= 0.0) { return c; }
    return over(c, tube(min(on.distance / half, 1.0), half, on.side, p), cover);
}
fn dark(distance: f32, half: f32) -> f32 {
    let soft = 0.0026 * number(SCALE);
    let d = distance / (soft + half);
    return exp(-1.5 * d * d) * saturate(half / (0.35 * soft));
}
fn shade(x: i32, y: i32) -> vec4f {
    var c = at1(x, y);
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    if (number_i(EAR_STYLE) > 0) {
        for (var side = 0u; side < 2u; side++) {
            let at = EARS + 5u * side;
            let ear = pair(at);
            let off = p - ear;
            if (any(abs(off) > vec2f(0.12))) { continue; }
            let high = select(0.0105 * 8.2, 0.0, number_i(EAR_STYLE) == 1);
            let lobe = (ear - vec2f(0.0, high) + 1.0) * 0.5 * vec2f(source_size()) - 0.5;
            let before = sample_plane(7, source_place(x, y)) - number(at + 2u);
            let seen = smooth_step(0.35, 0.65, number(at + 3u)) * smooth_step(0.5, 0.9, sample_plane(3, lobe)) *
                       (1.0 - 0.9 * smooth_step(0.3, 0.7, sample_plane(9, lobe))) * (1.0 - smooth_step(0.014, 0.024, before) * saturate(c.a));
            if (seen > 0.0) { c = earring(c, side, off * (1.0 / 8.2), pixel() / 8.2, seen); }
        }
    }
    let scale = number(SCALE);
    let margin = 0.008 * scale;
    if (number(GLASSES) < 0.5 || any(p < pair(BOX) - margin) || any(p > pair(BOX + 2u) + margin)) { return c; }
    let place = source_place(x, y);
    let middle = 0.5 * (centre(0u).x + centre(1u).x);
    let lens = select(1u, 0u, p.x > middle);

    let rim = rim_at(lens, p);
    let near = rim.distance < NEAR * scale;
    let between = abs(p.x - middle) < 0.5 * abs(centre(0u).x - centre(1u).x);

    let caster = p - vec2f(0.0012, 0.0035) * scale;
    var shadow = 0.0;
    if (near) {
        let shading = rim_at(lens, caster);
        shadow = dark(shading.distance, shadow_half(shading.knot));
    }
    if (between) { shadow = max(shadow, dark(on_arch(BARS, caster).distance, number(BRIDGE_HALF))); }
    c = with_alpha(c * (1.0 - 0.30 * shadow), c.a);

    if (rim.inside) {
        let upper = saturate(0.5 - (p.y - centre(lens).y) * 6.0);
        let through = mix_(vec4f(0.965), vec4f(0.045, 0.042, 0.04, 1.0), 0.97 * number(TINT));
        c = with_alpha(c * through + (0.003 + 0.005 * upper * upper), c.a);
    }
    for (var side = 0u; side < 2u && !between; side++) {
        let t = on_temple(side, p);
        let half = number(TEMPLE_HALF);
        let cover = cover_of(t.distance, half);
        if (cover <= 0.0) { continue; }
        let at_hinge = number(TEMPLES + 8u * side + 6u);
        let seen = select(mixf(at_hinge, number(TEMPLES + 8u * side + 7u), min(t.part - 1.0, 1.0)), mixf(1.0, at_hinge, t.part), t.part < 1.0);
        let kept = smooth_step(0.3, 0.6, seen) * (1.0 - smooth_step(0.4, 1.2, t.part) * smooth_step(0.3, 0.8, sample_plane(9, place))) * (1.0 - smooth_step(2.5, 3.0, t.part));
        c = over(c, tube(t.distance / half, half, t.side, p), cover * kept);
    }
    let solid = select(1.0, 0.6, number(CLEAR) > 0.5);
    if (between) {
        c = bar(c, on_arch(BARS, p), number(BRIDGE_HALF), p, solid);
        c = bar(c, on_arch(BARS + 6u, p), number(UPPER_HALF), p, solid);
    }
    if (!near) { return c; }
    let half = rim_half(rim.knot);
    let cover = cover_of(rim.distance, half) * solid;
    if (cover > 0.0) {
        let at = PLANE + 3u * lens;
        let plane_depth = number(at) + number(at + 1u) * p.x + number(at + 2u) * p.y;
        let hidden = smooth_step(0.006, 0.012, sample_plane(7, place) - plane_depth) * saturate(c.a);
        c = over(c, tube(min(rim.distance / half, 1.0) * select(1.0, -1.0, rim.inside), half, rim.outward, p), cover * (1.0 - hidden));
    }
    return c;
}
