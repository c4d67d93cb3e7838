// Clothes: their neckline and what they are woven of. in: source, sitter.
// Numbers are in src/finish/primitives/cloth_numbers.h; the constants are explained in cloth.cpp.
struct Neck { foot: vec2f, out: vec2f, off: f32, along: f32 }
const WIDE = 0.022;
const HEM = 0.014;
const PER_METRE = 8.2;

fn collar(k: i32) -> vec2f { return vec2f(number(15u + 2u * u32(k)), number(16u + 2u * u32(k))); }
fn neck_at(p: vec2f) -> Neck {
    var least = vec2f(9.0);
    var most = vec2f(-9.0);
    for (var k = 0; k < 16; k++) {
        least = min(least, collar(k));
        most = max(most, collar(k));
    }
    var nearest = Neck(vec2f(0.0), vec2f(0.0), 9.0, 0.0);
    let room = HEM * PER_METRE + WIDE;
    if (any(p < least - room) || any(p > most + room)) { return nearest; }
    var best = 1e9;
    for (var k = 0; k < 15; k++) {
        let a = collar(max(k - 1, 0));
        let b = collar(k);
        let c = collar(k + 1);
        let d = collar(min(k + 2, 15));
        var start = b;
        for (var j = 1; j <= 2; j++) {
            let to = spline(a, b, c, d, f32(j) / 2.0);
            let piece = to - start;
            let t = share_along(p, start, piece);
            let foot = start + piece * t;
            let off = p - foot;
            let far = dot(off, off);
            if (far < best) {
                best = far;
                let out = vec2f(-piece.y, piece.x) * (1.0 / max(length(piece), 1e-6));
                nearest = Neck(foot, out, select(sqrt(far), -sqrt(far), dot(off, out) < 0.0), f32(k) + (f32(j - 1) + t) / 2.0);
            }
            start = to;
        }
    }
    return nearest;
}
fn edge(x: f32, wide: f32) -> f32 { return smooth_step(-wide, wide, x); }
fn second_at(u: f32, v: f32, pixel: f32) -> f32 {
    let period = number(1u);
    let soft = max(0.12, 3.0 * pixel / period);
    let seed = number_u(13u);
    switch (number_i(0u)) {
        case 1: { return edge(sin_turn(select(v, u, number(2u) > 0.5) / period) - 0.1, soft); }
        case 2: { return 0.5 * (edge(sin_turn(u / period), soft) + edge(sin_turn(v / period), soft)); }
        case 3: {
            let y = v / (period * 0.866);
            let row = floor(y);
            let dx = fract(u / period + 0.5 * row) - 0.5;
            let dy = y - row - 0.5;
            return 1.0 - edge(sqrt(dx * dx + dy * dy) - 0.22, max(0.05, pixel / period));
        }
        case 4: { return smooth_step(-0.35, 0.5, noise(u * 420.0, v * 700.0, seed) + 0.4 * noise(u * 120.0, v * 420.0, seed + 1u)); }
        default: { return 0.0; }
    }
}
fn weave_at(u: f32, v: f32, pixel: f32) -> f32 {
    let gauge = number(9u);
    if (gauge <= 0.0) { return 1.0 + 0.09 * noise(u * 620.0, v * 620.0, number_u(13u) + 2u); }
    let seen = smooth_step(1.5, 3.5, gauge / pixel);
    let x = fract(u / gauge);
    let row = fract(v / (gauge * 0.8) + abs(x - 0.5) * 2.0 * 0.55);
    let high = sin_turn(x) * sin_turn(x) * sin_turn(0.5 * row);
    return mixf(0.95, mixf(0.72, 1.09, sqrt(abs(high))), seen);
}
fn source_of(p: vec2f) -> vec2f { return (p + 1.0) * 0.5 * vec2f(source_size()) - 0.5; }
fn sitter(p: vec2f) -> vec4f {
    let at = (p + 1.0) * 0.5 * full_size() - 0.5 - vec2f(origin());
    return sample1(at.x, at.y);
}
fn shade(x: i32, y: i32) -> vec4f {
    var c = at1(x, y);
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let here = source_of(p);
    var wear = sample_plane(15, here) / max(sample_plane(3, here), 0.01);
    var hem = 0.0;
    var along = 0.0;
    if (number(14u) > 0.5) {
        let at = neck_at(p);
        if (abs(at.off) < HEM * PER_METRE + WIDE) {
            let free = 1.0 - smooth_step(0.02, 0.2, sample_plane(9, here));
            let skin_in = 0.5 * (sample_plane(8, source_of(at.foot - at.out * 0.045)) + sample_plane(8, source_of(at.foot - at.out * (2.2 * 0.045))));
            let sure = smooth_step(0.35, 0.95, skin_in) *
                       smooth_step(0.4, 0.8, sample_plane(15, source_of(at.foot + at.out * 0.045))) * free *
                       smooth_step(0.0, 3.0, at.along) * smooth_step(0.0, 3.0, 15.0 - at.along);
            if (sure > 0.0) {
                let cover = saturate(at.off / pixel + 0.5);
                if (abs(at.off) < WIDE) {
                    let skin = sitter(at.foot - at.out * max(-at.off, WIDE)) * (1.0 - 0.45 * exp(-abs(at.off) * (1.0 / 0.012)));
                    let outer = sitter(at.foot + at.out * max(at.off, WIDE));
                    c = with_alpha(mix_(c, mix_(skin, outer, cover), sure), c.a);
                    wear = mixf(wear, cover, sure);
                }
                hem = sure * cover * saturate((HEM * PER_METRE - at.off) / pixel + 0.5);
                along = at.along;
                let far = at.off * (1.0 / PER_METRE);
                let rim = exp(-far * far * (1.0 / (0.0012 * 0.0012)));
                let seam = (far - HEM) * (1.0 / 0.0009);
                c = with_alpha(c * (1.0 + sure * cover * (0.16 * rim - 0.22 * exp(-seam * seam))), c.a);
            }
        }
    }
    if (wear < 1.0 / 512.0) { return c; }
    let u = (p.x - number(10u)) * (1.0 / PER_METRE);
    let v = (number(11u) - p.y) * (1.0 / PER_METRE) - 0.7 * sample_plane(7, here);
    let metres = pixel * (1.0 / PER_METRE);
    let ribs = number(12u) * hem * smooth_step(1.5, 3.0, 0.0026 / metres);
    let thread = mixf(weave_at(u, v, metres), 1.0 + 0.13 * sin_turn(along * 0.2094 * 0.055 / 0.0026), ribs);
    let mean = number_rgb(47u);
    if (mean.y > 0.0) { c = with_alpha(mix_(c, mean * luma(c), 0.6 * saturate(wear)), c.a); }
    let dye = mix_(mix_(number_rgb(3u), number_rgb(6u), second_at(u, v, metres)), number_rgb(3u), ribs);
    return with_alpha(c * mix_(vec4f(1.0), dye * thread, saturate(wear)), c.a);
}
