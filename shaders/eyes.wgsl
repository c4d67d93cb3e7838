// Eyes drawn between the lids in the light the network has painted there; make-up, lashes. in: source, sitter.
// Numbers are in src/finish/primitives/eyes_numbers.h; the constants are explained in eyes.cpp.
const EYE = 22u;
const UPPER = 6u;
const LOWER = 14u;
const STROMA = 44u;
const COLLAR = 47u;
const PUPIL = 50u;
const REDNESS = 51u;
const AGED = 52u;
const SEED = 53u;
const LASH_LENGTH = 54u;
const LASH_COLOUR = 55u;
const STUDIO = 58u;
const PAINT = 87u;
const PAINT_COLOUR = 88u;
const LINER = 91u;
const FOLD = 92u;
const FOLDED = 94u;

struct Lid { away: f32, along: f32, outward: vec2f }
struct Ball { rim: f32, around: vec2f }

fn pair(i: u32) -> vec2f { return vec2f(number(i), number(i + 1u)); }
fn front(eye: u32) -> vec2f { return pair(EYE * eye); }
fn axis(eye: u32) -> vec3f { return vec3f(number(EYE * eye + 2u), number(EYE * eye + 3u), number(EYE * eye + 4u)); }
fn radius(eye: u32) -> f32 { return number(EYE * eye + 5u); }
fn inner(eye: u32) -> vec2f { return pair(EYE * eye + UPPER); }
fn outer(eye: u32) -> vec2f { return pair(EYE * eye + UPPER + 6u); }

fn margin(eye: u32, which: u32, along: f32) -> vec2f {
    let at = along * 3.0;
    let i = select(select(2, 1, at < 2.0), 0, at < 1.0);
    let u = at - f32(i);
    let base = EYE * eye + which;
    let m0 = pair(base);
    let m1 = pair(base + 2u);
    let m2 = pair(base + 4u);
    let m3 = pair(base + 6u);
    let before = m2 + (m0 - m3) * 0.35 - (m1 - m0) * 0.2;
    let after = m1 + (m3 - m0) * 0.35 - (m2 - m3) * 0.2;
    let a = select(select(m1, m0, i == 1), before, i == 0);
    let b = select(select(m2, m1, i == 1), m0, i == 0);
    let c = select(select(m3, m2, i == 1), m1, i == 0);
    let d = select(select(after, m3, i == 1), m2, i == 0);
    return spline(a, b, c, d, u);
}
fn nearest(eye: u32, which: u32, p: vec2f) -> Lid {
    let across = outer(eye) - inner(eye);
    let flip = select(-1.0, 1.0, across.x > 0.0);
    var found = Lid(9.0, 0.0, vec2f(0.0));
    var least = 9.0;
    var start = margin(eye, which, 0.0);
    for (var k = 1; k <= 15; k++) {
        let to = margin(eye, which, f32(k) * (1.0 / 15.0));
        let way = to - start;
        let t = share_along(p, start, way);
        let off = p - (start + way * t);
        let far = length(off);
        if (far < least) {
            least = far;
            let below = (way.x * off.y - way.y * off.x) * flip;
            found = Lid(select(-far, far, (below > 0.0) == (which == UPPER)), (f32(k - 1) + t) * (1.0 / 15.0), off / max(far, 1e-9));
        }
        start = to;
    }
    return found;
}

fn ball(eye: u32, p: vec2f) -> Ball {
    let a = axis(eye);
    let f = front(eye);
    let x = (p.x - f.x) / radius(eye) + a.x;
    let y = (f.y - p.y) / radius(eye) + a.y;
    let z = sqrt(max(1.0 - x * x - y * y, 0.0));
    let cosine = x * a.x + y * a.y + z * a.z;
    let wide = sqrt(max(a.z * a.z + a.x * a.x, 1e-6));
    let ux = a.z / wide;
    let uz = -a.x / wide;
    let u = x * ux + z * uz;
    let v = x * (a.y * uz) + y * (a.z * ux - a.x * uz) + z * (-a.y * ux);
    let sine = sqrt(max(u * u + v * v, 1e-9));
    return Ball(select(3.0, sine / 0.468, cosine > 0.0), vec2f(u, v) / sine);
}
fn blood(amount: f32) -> vec4f { return exp(vec4f(-0.05, -0.5, -0.45, 0.0) * ((0.08 + 0.9 * number(REDNESS)) * amount)); }
fn sclera(at: Ball) -> vec4f {
    let back = smooth_step(1.0, 2.1, at.rim);
    let white = mix_(vec4f(0.66, 0.63, 0.60, 1.0), vec4f(0.62, 0.53, 0.46, 1.0), 0.35 * back + 0.3 * number(AGED));
    return white * mixf(0.6, 1.0, smooth_step(0.98, 1.22, at.rim)) * blood(0.5 * back);
}
fn around_pupil(iris: vec4f, at: Ball) -> vec4f {
    let pupil = number(PUPIL);
    return mix_(vec4f(0.004, 0.0035, 0.003, 1.0), iris, smooth_step(pupil - 0.035, pupil + 0.045, at.rim));
}
fn broad(at: Ball) -> vec4f {
    let stroma = number_rgb(STROMA);
    let inside = (at.rim - number(PUPIL)) / (1.0 - number(PUPIL));
    var iris = mix_(stroma, number_rgb(COLLAR), 0.75 * (1.0 - smooth_step(0.16, 0.42, inside)));
    iris = mix_(iris, stroma * 0.17, 0.85 * smooth_step(0.72, 1.0, at.rim));
    return mix_(around_pupil(iris, at), sclera(at), smooth_step(0.93, 1.13, at.rim));
}
fn fine(at: Ball, seed: u32) -> vec4f {
    let inside = (at.rim - number(PUPIL)) / (1.0 - number(PUPIL));
    let turn = atan2_turn(-at.around.x, at.around.y);
    let fibre = 0.6 * noise(turn * 60.0, at.rim * 1.6, seed) + 0.4 * noise(turn * 150.0, at.rim * 3.0, seed + 1u);
    let crypt = smooth_step(0.12, 0.5, noise(turn * 26.0, at.rim * 4.5, seed + 2u));
    let ruffle = 0.05 * noise(turn * 30.0, 0.5, seed + 3u);
    let collarette = 1.0 - smooth_step(0.16, 0.42, inside + ruffle);
    let stroma = number_rgb(STROMA);
    let deep = stroma * 0.34;
    var iris = mix_(stroma, number_rgb(COLLAR), 0.75 * collarette) * (1.0 + 0.75 * fibre);
    iris = mix_(iris, deep, 0.6 * crypt * (1.0 - collarette));
    let ring = (inside + ruffle - 0.3) / 0.07;
    iris = iris * (1.0 + 0.25 * exp(-ring * ring));
    iris = mix_(iris, deep * 0.5, 0.85 * smooth_step(0.72, 1.0, at.rim));
    let place = at.around * (at.rim * 4.0);
    let wander = fbm(place.x, place.y, 2, seed + 5u);
    let branch = abs(noise(turn * 22.0 + 0.8 * wander, at.rim * 1.5, seed + 6u));
    let veins = (1.0 - smooth_step(0.0, 0.06, branch)) * smooth_step(1.25, 2.1, at.rim) * saturate(0.6 + 0.6 * wander);
    return mix_(around_pupil(iris, at), sclera(at) * blood(0.9 * veins), smooth_step(0.93, 1.13, at.rim));
}
fn mirrored(eye: u32, p: vec2f, soft: f32) -> f32 {
    let cornea = 0.64 * radius(eye);
    let a = axis(eye);
    let f = front(eye);
    var sum = 0.0;
    for (var k = 0u; k < 7u; k++) {
        let i = STUDIO + 4u * k;
        let l = vec3f(number(i), number(i + 1u), number(i + 2u) + 1.0);
        if (l.z < 0.6) { continue; }
        let n = l.xy / length(l);
        let d = vec2f(p.x - f.x, f.y - p.y) - (n - a.xy) * cornea;
        let half = 0.10 * cornea;
        let q = abs(d) / vec2f(half, 1.15 * half);
        let powers = q * sqrt(q);
        let square = length(powers);
        let edge = max(soft / half, 0.12);
        sum += clamp(1.3 * number(i + 3u) - 0.08, 0.0, 0.8) * (1.0 - smooth_step(1.0 - edge, 1.0 + edge, square));
    }
    return sum;
}
fn lashes(eye: u32, upper: bool, p: vec2f, along: f32, pixel: f32, seed: u32) -> f32 {
    let count = select(18, 44, upper);
    let across = outer(eye) - inner(eye);
    let out = across / max(length(across), 1e-6);
    var up = vec2f(out.y, -out.x);
    if ((up.y > 0.0) == upper) { up = -up; }
    let which = select(LOWER, UPPER, upper);
    let reach = number(LASH_LENGTH) * select(0.5, 1.0, upper);
    var clear = 1.0;
    let middle = ifloor(along * f32(count));
    for (var k = max(middle - 8, 0); k <= middle + 8 && k < count; k++) {
        let h = hash_i(k, select(2, 1, upper), seed);
        let own = unit_low(h) - 0.5;
        let t = mixf(select(0.18, 0.10, upper), 0.985, (f32(k) + 0.5 + 0.7 * own) / f32(count));
        let profile = select(mixf(0.7, 1.0, smooth_step(0.2, 0.7, t)),
                             mixf(0.55, 1.0, smooth_step(0.05, 0.45, t)) * mixf(1.0, 0.86, smooth_step(0.85, 1.0, t)), upper);
        let lean = 1.05 * (t - 0.42) + 0.22 * (unit(hash_i(k / 2, 7, seed)) - 0.5) + 0.12 * own;
        let corner = smooth_step(0.55, 0.95, t);
        let size = reach * profile * mixf(0.72, 1.05, unit_high(h)) * mixf(0.9, 1.2, corner);
        let root = margin(eye, which, t);
        let bend = root + (out * (0.38 * lean) + up * 0.10) * size;
        let tip = root + (out * ((0.75 + 0.45 * corner) * lean) + up * mixf(0.52, 0.38, corner)) * size;
        var start = root;
        for (var j = 0; j < 3; j++) {
            let s = f32(j + 1) * (1.0 / 3.0);
            let r = 1.0 - s;
            let to = root * (r * r) + bend * (2.0 * r * s) + tip * (s * s);
            let piece = to - start;
            let part = share_along(p, start, piece);
            let far = length(p - (start + piece * part));
            let thick = 0.00058 * (1.0 - 0.27 * (f32(j) + part));
            clear *= 1.0 - 0.85 * line_cover(far, thick, pixel);
            start = to;
        }
    }
    return 1.0 - clear;
}

fn made_up(c: vec4f, eye: u32, upper: Lid, lower: Lid, p: vec2f, ahead: vec2f, t: f32, high: f32, pixel: f32) -> vec4f {
    let liner = number(LINER);
    let off = -upper.away;
    let on = smooth_step(0.0, 0.006, off) * smooth_step(0.115, 0.045, off) * smooth_step(1.5, 1.0, abs(t)) * smooth_step(-0.012, 0.02, high);
    let skin = mix_(c, number_rgb(PAINT_COLOUR) * luma(c), number(PAINT) * on * (0.55 + 0.15 * t));
    if (liner <= 0.0) { return skin; }
    let thick = 0.009 * (0.5 + 0.6 * liner) * (1.0 + 0.5 * max(t, 0.0)) * mixf(0.35, 1.0, smooth_step(-1.0, -0.2, t));
    let edge = 0.004 + pixel;
    let over = smooth_step(-0.012, -0.004, off) * smooth_step(thick + edge, thick, off) * smooth_step(1.08, 1.0, abs(t));
    let under = 0.55 * smooth_step(0.008, 0.0, lower.away) * smooth_step(-0.007 - edge, -0.005, lower.away) *
                smooth_step(-0.4, 0.4, t) * smooth_step(1.05, 0.95, t);
    let up = vec2f(ahead.y, -ahead.x) * select(-1.0, 1.0, ahead.x > 0.0);
    let wing = (ahead * 0.82 + up * 0.57) * (0.034 * smooth_step(0.4, 1.0, liner));
    let part = share_along(p, outer(eye), wing);
    let tip = line_cover(length(p - (outer(eye) + wing * part)), 0.7 * thick * (1.0 - part), pixel);
    let strong = saturate(3.0 * liner) * (0.35 + 0.6 * liner);
    return mix_(skin, vec4f(0.012, 0.010, 0.010, 0.0), strong * max(max(over, under), tip));
}

fn fold_light(eye: u32, upper: Lid, pixel: f32) -> f32 {
    let off = -upper.away;
    let far = number(FOLD + eye) * mixf(0.7, 1.2, smooth_step(0.1, 0.65, upper.along)) * mixf(1.0, 0.75, smooth_step(0.7, 1.0, upper.along));
    let soft = min(0.004, 0.3 * far) + 0.5 * pixel;
    let over = smooth_step(far - soft, far + soft, off);
    let plate = smooth_step(0.05 * far, 0.5 * far, off) * (1.0 - over);
    let hangs = over * smooth_step(far + 0.035, far, off);
    let deep = number(FOLDED) * smooth_step(0.02, 0.2, upper.along) * smooth_step(1.0, 0.9, upper.along);
    return exp(deep * (0.30 * plate - 0.15 * hangs));
}

fn shade(x: i32, y: i32) -> vec4f {
    var c = at1(x, y);
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let eye = select(1u, 0u, p.x > 0.5 * (front(0u).x + front(1u).x));
    let half = 0.5 * length(outer(eye) - inner(eye));
    let ahead = (outer(eye) - inner(eye)) * (0.5 / max(half, 1e-6));
    let off = p - (inner(eye) + outer(eye)) * 0.5;
    let t = dot(off, ahead) / max(half, 1e-6);
    let high = (ahead.y * off.x - ahead.x * off.y) * select(-1.0, 1.0, ahead.x > 0.0);
    let reach = select(0.0, 0.06, number(PAINT) + number(LINER) > 0.0);
    if (abs(dot(off, ahead)) > half + 0.05 + reach || abs(high) > 0.11 + reach) { return c; }
    let seed = number_u(SEED) + select(32u, 16u, eye == 0u);
    var upper = nearest(eye, UPPER, p);
    var lower = nearest(eye, LOWER, p);
    if (abs(upper.along + lower.along - 1.0) > 0.9999) {
        upper.away = -abs(upper.away);
        lower.away = -abs(lower.away);
    }
    let soft = max(0.0011, 0.7 * pixel);
    let open = smooth_step(-soft, soft, upper.away) * smooth_step(-soft, soft, lower.away);
    let place = source_place(x, y);
    var edge = lower;
    if (upper.away < lower.away) { edge = upper; }
    let halo = min(0.015 + 0.5 * max(number(FOLD + eye) - 0.0185, 0.0), 0.045);
    let over = select(0.0, max(smooth_step(halo, 0.6 * halo, -edge.away), smooth_step(0.03, 0.15, sample_plane(11, place))), edge.away < 0.0);
    if (over > 0.0) {
        var from_here = vec2f(0.0);
        for (var k = 1; k <= 4; k++) {
            let far = max(halo * f32(k) + edge.away, 0.0);
            from_here = edge.outward * (far / pixel);
            if (sample_plane(11, place + edge.outward * (far * 0.5 * f32(source_size().x))) < 0.06) { break; }
        }
        let here = vec2f(f32(x), f32(y)) + from_here;
        let aside = vec2f(-from_here.y, from_here.x) * 0.35;
        c = with_alpha(mix_(c, (sample1(here.x - aside.x, here.y - aside.y) + sample1(here.x, here.y) + sample1(here.x + aside.x, here.y + aside.y)) * (1.0 / 3.0), over), c.a);
    }
    if (upper.away < 0.0) { c = with_alpha(c * fold_light(eye, upper, pixel), c.a); }
    if (open > 0.0) {
        let sx = ifloor(place.x + 0.5);
        let sy = ifloor(place.y + 0.5);
        let step = 2.0 / vec2f(source_size());
        var seen = vec4f(0.0);
        var painted = vec4f(1e-4);
        var sum = 0.0;
        for (var j = -4; j <= 4; j++) {
            for (var i = -6; i <= 6; i++) {
                let fx = f32(i) * (1.0 / 3.5);
                let fy = f32(j) * (1.0 / 2.2);
                let weight = plane(11, sx + i, sy + j) * (exp(-0.5 * fx * fx) * exp(-0.5 * fy * fy));
                if (weight < 1e-3) { continue; }
                sum += weight;
                seen += vec4f(plane(0, sx + i, sy + j), plane(1, sx + i, sy + j), plane(2, sx + i, sy + j), 0.0) * weight;
                painted += broad(ball(eye, (vec2f(f32(sx + i), f32(sy + j)) + 0.5) * step - 1.0)) * weight;
            }
        }
        let light = min(seen / painted, vec4f(1.6)) * vec4f(1.08, 1.09, 1.075, 1.0);
        let at = ball(eye, p);
        let shadow = mixf(0.7, 1.1, smooth_step(0.0, 0.022, upper.away)) * mixf(0.8, 1.0, smooth_step(0.0, 0.008, lower.away));
        let glint = mirrored(eye, p, pixel) * smooth_step(0.001, 0.005, upper.away) * smooth_step(0.006, 0.03, upper.away + lower.away);
        let corner = length(p - inner(eye)) / half;
        let globe = mix_(broad(at), fine(at, seed), saturate(1.6 - pixel / 0.008));
        let flesh = mix_(globe, vec4f(0.50, 0.24, 0.21, 1.0), 0.8 * (1.0 - smooth_step(0.10, 0.24, corner)));
        let round = mixf(0.62, 1.0, smooth_step(2.3, 1.2, at.rim));
        let drawn = flesh * light * (shadow * round) + glint * saturate(1.6 - at.rim);
        c = with_alpha(mix_(c, drawn, open * saturate(2.0 * sum)), c.a);
    }
    if (reach > 0.0) { c = with_alpha(made_up(c, eye, upper, lower, p, ahead, t, high, pixel), c.a); }
    let lash = number_rgb(LASH_COLOUR);
    let wet = lower.away / (0.0028 + pixel);
    c = with_alpha(mix_(c, c * vec4f(1.08, 0.90, 0.86, 1.0), 0.8 * exp(-wet * wet)), c.a);
    let line = upper.away / (0.0042 + pixel);
    c = with_alpha(mix_(c, lash, 0.5 * exp(-2.0 * line * line) * smooth_step(0.02, 0.2, upper.along)), c.a);
    let hidden = max(lashes(eye, true, p, upper.along, pixel, seed), 0.8 * lashes(eye, false, p, lower.along, pixel, seed));
    return with_alpha(mix_(c, lash, hidden), c.a);
}
