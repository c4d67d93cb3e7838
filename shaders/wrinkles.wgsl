// Wrinkles as grooves in the skin, lit by the main light. in: source, sitter.
// Numbers are in src/finish/primitives/wrinkles_numbers.h; the constants are explained in wrinkles.cpp.
const DEPTH = 0u;
const ORIGIN = 1u;
const RIGHT = 3u;
const NARROW = 5u;
const BROWS = 6u;
const SQUINT = 7u;
const SMILE = 8u;
const SIDES = 9u;
const SEED = 25u;

fn pair(i: u32) -> vec2f { return vec2f(number(i), number(i + 1u)); }
fn bell(x: f32, width: f32) -> f32 { return exp(-(x / width) * (x / width)); }
fn cube(x: f32) -> f32 { return x * x * x; }
fn forehead(p: vec2f) -> f32 {
    if (p.y < -0.005 || p.y > 0.056) { return 0.0; }
    let seed = number_u(SEED);
    let x = p.x / number(NARROW);
    if (abs(x) > 0.1) { return 0.0; }
    let wave = 0.0035 * noise(x * 28.0, 3.5, seed) - 1.5 * x * x;
    let phase = (p.y + wave) * (1.0 / 0.0105);
    let line = 1.0 - abs(sin_turn(0.5 * phase));
    let region = smooth_step(0.006, 0.016, p.y) * (1.0 - smooth_step(0.04, 0.055, p.y)) * bell(x, 0.045);
    let uneven = 0.5 + 0.8 * noise(x * 60.0, floor(phase) * 3.7, seed + 3u);
    let frown = bell(abs(x) - 0.0075 - 0.1 * max(0.0, p.y), 0.0014) * smooth_step(-0.005, 0.004, p.y) *
                (1.0 - smooth_step(0.012, 0.024, p.y));
    return -(region * max(0.0, uneven) * cube(line) * number(BROWS) + select(0.3, 0.2, x < 0.0) * frown);
}
fn side(p: vec2f) -> f32 {
    let first = SIDES + select(8u, 0u, p.x < 0.0);
    let outwards = select(1.0, -1.0, p.x < 0.0);
    let corner = pair(first);
    let eye = pair(first + 2u);
    let wing = pair(first + 4u);
    let mouth = pair(first + 6u);
    var h = 0.0;
    let out = outwards * (p.x - corner.x);
    let up = p.y - corner.y;
    let far = sqrt(out * out + up * up);
    if (out > 0.001 && far < 0.024) {
        let angle = atan2_turn(up, out) * 6.28318531 + 0.25 * noise(p.x * 60.0, p.y * 60.0, number_u(SEED) + 7u);
        let ray = 1.0 - abs(sin_turn((angle * 4.2 + 0.6) * 0.15915494));
        h -= 0.75 * ray * ray * smooth_step(0.006, 0.012, far) * (1.0 - smooth_step(0.013, 0.024, far)) *
             (1.0 - smooth_step(0.7, 1.1, abs(angle))) * number(SQUINT);
    }
    let a = vec2f(wing.x + outwards * 0.007, wing.y + 0.004);
    let b = vec2f(mouth.x + outwards * 0.008, mouth.y - 0.008);
    let t = (p.y - a.y) / min(b.y - a.y, -0.01);
    if (t > -0.1 && t < 1.15) {
        let bow = 2.0 * t - 1.0;
        let off = p.x - mixf(a.x, b.x, t) - outwards * 0.004 * (1.0 - bow * bow);
        if (abs(off) < 0.007) { h -= number(SMILE) * bell(off, 0.0022) * smooth_step(-0.1, 0.2, t) * (1.0 - smooth_step(0.8, 1.15, t)); }
    }
    let across = (p.x - eye.x) * (1.0 / 0.016);
    if (abs(across) < 1.3) {
        let down = eye.y - 0.011 + 0.004 * across * across - p.y;
        if (down > -0.004 && down < 0.009) {
            h -= max(0.34 + 0.5 * noise(p.x * 110.0, p.y * 160.0, number_u(SEED) + 11u), 0.0) *
                 (bell(down, 0.0018) + 0.5 * bell(down - 0.004, 0.0018)) * (1.0 - smooth_step(0.9, 1.3, abs(across)));
        }
    }
    return h;
}
fn groove(p: vec2f) -> f32 { return forehead(p) + side(p); }

fn shade(x: i32, y: i32) -> vec4f {
    let c = at1(x, y);
    let skin = sample_plane(8, source_place(x, y));
    if (skin < 1.0 / 64.0) { return c; }
    let pixel = 2.0 / full_size().x;
    let right = pair(RIGHT);
    let near = max(0.0004, 0.5 * pixel / length(right));
    let d = full(x, y) * 2.0 / full_size() - 1.0 - pair(ORIGIN);
    let p = vec2f(dot(d, right), d.x * right.y - d.y * right.x) / dot(right, right);
    let light = vec2f(-0.5, 0.86) * near;
    let high = groove(p + light);
    let low = groove(p - light);
    let depth = number(DEPTH) * skin;
    let slope = (low - high) * 0.0011 / (2.0 * near);
    let lit = clamp(1.0 + depth * (1.1 * slope + 0.2 * 0.5 * (low + high)), 0.45, 1.5);
    let dark = max(1.0 - lit, 0.0);
    return with_alpha(c * (vec4f(lit + dark) - vec4f(0.82, 1.06, 1.09, 0.0) * dark), c.a);
}
