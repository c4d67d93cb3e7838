// What skin is besides its tone: blood and melanin in patches, freckles, moles, spots of age, blusher, shaven beard, pores, folds, oil. in: source, sitter.
// Numbers are in src/finish/primitives/complexion_numbers.h.
// The constants are explained in complexion.cpp.
fn row(first: u32, p: vec3f) -> f32 { return number(first) * p.x + number(first + 1u) * p.y + number(first + 2u) * p.z; }
struct Skin { at: vec4f, shaved: f32, gloss: f32, share: f32 }
fn shaved(u: f32, v: f32) -> f32 {
    let amount = number(52u);
    if (amount <= 0.0) { return 0.0; }
    let x = abs(u - number(53u));
    let mouth = number(54u);
    let corners = number(56u);
    let lip = mixf(number(55u) - 0.002, corners + 0.006, smooth_step(0.5 * mouth, 1.25 * mouth, x));
    let cheek = mixf(corners + 0.002, number(58u), smooth_step(1.3 * mouth, number(59u), x));
    let top = select(max(lip, cheek), lip, x < 1.25 * mouth);
    let back = number(60u);
    return amount * smooth_step(0.004, -0.006, v - top) * smooth_step(-0.06, -0.03, v - number(57u)) * smooth_step(back, back - 0.02, x);
}
fn oval(at: vec2f, centre: vec2f, size: vec2f) -> f32 {
    let d = (at - centre) / size;
    return exp(-dot(d, d));
}
fn oily(u: f32, v: f32) -> f32 {
    let middle = exp(-(u / 0.018) * (u / 0.018)) * smooth_step(-0.067, -0.052, v);
    return 0.35 + 0.65 * max(max(middle, oval(vec2f(u, v), vec2f(0.0, -0.042), vec2f(0.018, 0.016))),
                             0.5 * oval(vec2f(u, v), vec2f(0.0, -0.1), vec2f(0.018, 0.014)));
}
fn gloss(x: i32, y: i32) -> f32 {
    let n = vec3f(plane(4, x, y), plane(5, x, y), plane(6, x, y));
    var matte = number(51u);
    var mirrored = 0.0;
    for (var i = 23u; i < 51u; i += 4u) {
        let l = vec3f(number(i), number(i + 1u), number(i + 2u));
        let facing = number(i + 3u) * max(dot(l, n), 0.0);
        let half = max(dot(l, n) + n.z, 0.0) / sqrt(max(2.0 + 2.0 * l.z, 0.4));
        let h2 = half * half;
        let h4 = h2 * h2;
        let h8 = h4 * h4;
        matte += facing;
        let h16 = h8 * h8;
        let h32 = h16 * h16;
        let h64 = h32 * h32;
        mirrored += facing * (0.1 * h16 + 6.0 * (h64 * h64));
    }
    let seen = luma(vec4f(plane(0, x, y), plane(1, x, y), plane(2, x, y), 0.0));
    return mirrored * saturate(seen / max(matte * number(22u), 1e-3));
}
fn skin_at(given_x: i32, given_y: i32) -> Skin {
    let s = source_size();
    let x = clamp(given_x, 0, s.x - 1);
    let y = clamp(given_y, 0, s.y - 1);
    let share = plane(8, x, y);
    if (share < 1.0 / 512.0) { return Skin(vec4f(0.0), 0.0, 0.0, 0.0); }
    let at = (vec2f(f32(x), f32(y)) + 0.5) / vec2f(s);
    let p = vec3f((at.x - 0.5) * 0.24, (0.473 - at.y) * 0.24, plane(7, x, y));
    let v = row(4u, p);
    let u = 0.597 * atan2_turn(row(1u, p), row(7u, p) + 0.09 + 1.2 * max(-0.08 - v, 0.0));
    let seed = number_u(0u);
    let blood = number(10u) * fbm(u * 38.0, v * 38.0, 3, seed + 21u) + number(11u) * fbm(u * 260.0, v * 260.0, 2, seed + 25u);
    let cloud = number(12u) * fbm(u * 70.0, v * 70.0, 3, seed + 31u);
    return Skin(vec4f(u, v, blood, cloud) * share, shaved(u, v) * share, gloss(x, y) * oily(u, v) * share, share);
}
fn spot(cells: f32, sine: f32, cosine: f32, at: vec2f, chance: f32, least: f32, most: f32, seed: u32) -> f32 {
    let p = vec2f(cosine * at.x - sine * at.y, sine * at.x + cosine * at.y) * cells;
    let i = vec2i(ifloor(p.x), ifloor(p.y));
    let h = hash_i(i.x, i.y, seed);
    if (unit(h) >= chance) { return 0.0; }
    let place = hash_i(i.x, i.y, seed + 1u);
    let size = mixf(least, most, f32(h & 255u) * (1.0 / 255.0));
    let d = p - vec2f(i) - (size + (1.0 - 2.0 * size) * vec2f(unit_low(place), unit_high(place)));
    let blur = 0.24 / full_size().x * cells;
    let wide = sqrt(size * size + 0.36 * blur * blur);
    let seen = (size * size) / (wide * wide);
    let strong = 0.35 + 0.65 * f32(place & 255u) * (1.0 / 255.0);
    return strong * seen * (1.0 - smooth_step(wide * (0.4 * seen), wide, length(d)));
}
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    let source_at = source_place(x, y);
    let f = vec2f(floor(source_at.x), floor(source_at.y));
    let i = vec2i(f);
    let t = source_at - f;
    let a = skin_at(i.x, i.y);
    let b = skin_at(i.x + 1, i.y);
    let c = skin_at(i.x, i.y + 1);
    let d = skin_at(i.x + 1, i.y + 1);
    let share = mixf(mixf(a.share, b.share, t.x), mixf(c.share, d.share, t.x), t.y);
    if (share < 1.0 / 512.0) { return sitter; }
    let skin = mix_(mix_(a.at, b.at, t.x), mix_(c.at, d.at, t.x), t.y) / share;
    let at = skin.xy;
    let seed = number_u(0u);
    var pigment = vec3f(-0.08, -0.42, -0.36) * skin.z + vec3f(-0.10, -0.15, -0.20) * skin.w;
    let cheek = oval(vec2f(abs(at.x), at.y), vec2f(0.041, -0.038), vec2f(0.026, 0.021));
    pigment += vec3f(-0.02, -0.45, -0.32) * (number(18u) * cheek);
    if (number(13u) > 0.0) {
        let cheeks = cheek + oval(at, vec2f(0.0, -0.008), vec2f(0.04, 0.02));
        let nose = 0.8 * oval(at, vec2f(0.0, -0.042), vec2f(0.018, 0.016));
        let chance = number(13u) * saturate(0.12 + 0.9 * (cheeks + nose));
        let freckles = spot(400.0, 0.0, 1.0, at, chance, 0.13, 0.36, seed + 41u) + spot(520.0, 0.515, 0.857, at, chance, 0.13, 0.36, seed + 43u) +
                       spot(690.0, 0.839, 0.545, at, chance, 0.13, 0.36, seed + 45u) + spot(860.0, 0.974, 0.225, at, chance, 0.13, 0.36, seed + 47u);
        pigment += vec3f(-0.24, -0.45, -0.64) * (number(14u) * min(freckles, 1.4));
    }
    if (number(15u) > 0.0) { pigment += vec3f(-0.9, -1.2, -1.35) * (number(16u) * spot(42.0, 0.6, 0.8, at, number(15u), 0.03, 0.08, seed + 51u)); }
    if (number(17u) > 0.0) { pigment += vec3f(-0.10, -0.17, -0.20) * spot(75.0, 0.28, 0.96, at + vec2f(0.03, 0.015) * skin.zw, number(17u), 0.06, 0.34, seed + 61u); }
    let shadow = mixf(mixf(a.shaved, b.shaved, t.x), mixf(c.shaved, d.shaved, t.x), t.y) / share;
    if (shadow > 0.0) { pigment += vec3f(-0.62, -0.55, -0.48) * (shadow * (0.95 + 0.55 * noise(at.x * 900.0, at.y * 900.0, seed + 71u))); }
    let bend = 1.6 * noise(at.x * 90.0, at.y * 90.0, seed + 91u);
    let folds = noise(at.x * 190.0 + bend, at.y * 270.0 - bend, seed + 92u);
    let furrows = noise(at.x * 480.0 - bend, at.y * 600.0 + bend, seed + 93u);
    let pit = max(noise(at.x * 1400.0, at.y * 1400.0, seed + 94u) - 0.1, 0.0) - 0.096;
    let rough = 0.48 * folds + 0.5 * furrows - 0.9 * max(0.25 - abs(folds), 0.0) - 0.7 * max(0.2 - abs(furrows), 0.0) + 0.095;
    let fine = saturate(1.5 - 0.75 * 1400.0 * 0.24 / full_size().x);
    let relief = (0.012 + number(21u)) * rough - fine * (1.25 - 1.3 * number(22u)) * (0.045 + 0.06 * cheek) * pit;
    let sharp = saturate(1.5 - 0.75 * 1900.0 * 0.24 / full_size().x);
    let glint = max(noise(at.x * 1900.0, at.y * 1900.0, seed + 82u), 0.0);
    let sheen = mixf(mixf(a.gloss, b.gloss, t.x), mixf(c.gloss, d.gloss, t.x), t.y) * (number(19u) * (1.0 + 0.5 * folds) + number(20u) * (furrows + sharp * (3.5 * glint * glint - 0.217)));
    return vec4f(max(sitter.rgb * exp((pigment + 2.0 * relief) * share) + sheen, vec3f(0.0)), sitter.a);
}
