// What skin is besides its tone: blood and melanin in patches, freckles, moles, spots of age, blusher, shaven beard, pores, folds, oil. in: source, sitter.
// Numbers are in src/finish/primitives/complexion_numbers.h.
// The constants are explained in complexion.cpp.
fn row(first: u32, p: vec3f) -> f32 { return number(first) * p.x + number(first + 1u) * p.y + number(first + 2u) * p.z; }
struct Skin { at: vec4f, normal: vec4f, lit: vec3f, mirrored: vec4f, shaved: f32, oily: f32, share: f32 }
struct Halves { x: vec4f, y: vec4f, z: vec4f, fresnel: vec4f }
fn halves_of_lights() -> Halves {
    let lx = vec4f(number(29u), number(37u), number(45u), number(49u));
    let ly = vec4f(number(30u), number(38u), number(46u), number(50u));
    let lz = vec4f(number(31u), number(39u), number(47u), number(51u));
    let shorter = vec4f(1.0) / sqrt(max(2.0 + 2.0 * lz, vec4f(0.1)));
    let z = (lz + 1.0) * shorter;
    let away = 1.0 - z;
    let twice = away * away;
    return Halves(lx * shorter, ly * shorter, z, vec4f(1.0, 1.0, 0.35, 0.35) * (0.028 + 0.972 * twice * twice * away));
}
fn facing(h: Halves, n: vec3f) -> vec4f { return h.x * n.x + h.y * n.y + h.z * n.z; }
fn lobe(h: vec4f, alpha2: f32) -> vec4f {
    let d = h * h * (alpha2 - 1.0) + 1.0;
    return alpha2 / (d * d);
}
fn shaved(u: f32, v: f32) -> f32 {
    let amount = number(54u);
    if (amount <= 0.0) { return 0.0; }
    let x = abs(u - number(55u));
    let mouth = number(56u);
    let corners = number(58u);
    let lip = mixf(number(57u) - 0.002, corners + 0.006, smooth_step(0.5 * mouth, 1.25 * mouth, x));
    let cheek = mixf(corners + 0.002, number(60u), smooth_step(1.3 * mouth, number(61u), x));
    let top = select(max(lip, cheek), lip, x < 1.25 * mouth);
    let back = number(62u);
    return amount * smooth_step(0.004, -0.006, v - top) * smooth_step(-0.06, -0.03, v - number(59u)) * smooth_step(back, back - 0.02, x);
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
fn normal_there(x: i32, y: i32) -> vec3f { return vec3f(plane(4, x, y), plane(5, x, y), plane(6, x, y)); }
fn skin_at(given_x: i32, given_y: i32) -> Skin {
    let s = source_size();
    let x = clamp(given_x, 0, s.x - 1);
    let y = clamp(given_y, 0, s.y - 1);
    let share = plane(8, x, y);
    if (share < 1.0 / 512.0) { return Skin(vec4f(0.0), vec4f(0.0), vec3f(0.0), vec4f(0.0), 0.0, 0.0, 0.0); }
    let at = (vec2f(f32(x), f32(y)) + 0.5) / vec2f(s);
    let p = vec3f((at.x - 0.5) * 0.24, (0.473 - at.y) * 0.24, plane(7, x, y));
    let v = row(4u, p);
    let u = 0.597 * atan2_turn(row(1u, p), row(7u, p) + 0.09 + 1.2 * max(-0.08 - v, 0.0));
    let seed = number_u(0u);
    let blood = number(10u) * fbm(u * 38.0, v * 38.0, 3, seed + 21u) + number(11u) * fbm(u * 260.0, v * 260.0, 2, seed + 25u);
    let cloud = number(12u) * fbm(u * 70.0, v * 70.0, 3, seed + 31u);
    let n = normal_there(x, y);
    let right = normal_there(x + 1, y) - normal_there(x - 1, y);
    let below = normal_there(x, y + 1) - normal_there(x, y - 1);
    let turns = 0.25 * (dot(right, right) + dot(below, below));
    let seen = luma(vec4f(plane(0, x, y), plane(1, x, y), plane(2, x, y), 0.0));
    let white = 0.25 * seen / (number(23u) * max(n.z, 0.25));
    var lit = vec3f(0.0);
    var mirrored = vec4f(0.0);
    for (var k = 0; k < 7; k++) {
        let l = vec3f(number(25u + 4u * u32(k)), number(26u + 4u * u32(k)), number(27u + 4u * u32(k)));
        let arrives = plane(16 + k, x, y) / max(dot(l, n), 0.25);
        lit += l * arrives;
        if (k == 1) { mirrored.x = arrives * white; }
        if (k == 3) { mirrored.y = arrives * white; }
        if (k == 5) { mirrored.z = arrives * white; }
        if (k == 6) { mirrored.w = arrives * white; }
    }
    return Skin(vec4f(u, v, blood, cloud) * share, vec4f(n, turns) * share, lit * share, mirrored * share, shaved(u, v) * share, oily(u, v) * share, share);
}
fn relief(at: vec2f, cheek: f32, age: f32, steep: vec4f, seed: u32) -> vec3f {
    let bend = 0.5 * noise(at.x * 90.0, at.y * 90.0, seed + 91u);
    let cells = vec4f(300.0, 650.0, 1200.0, 1000.0);
    let wide = noise_slope(at.x * 150.0 + bend, at.y * 190.0 - bend, seed + 90u);
    var slope = (0.003 + 0.003 * age) * vec2f(1.0, 1.2) * wide.yz;
    var tone = 0.8 * wide.x;
    for (var i = 0; i < 3; i++) {
        if (steep[i] <= 0.0) { continue; }
        let n = noise_slope(at.x * (0.85 * cells[i]) + bend, at.y * (1.15 * cells[i]) - bend, seed + 92u + u32(i));
        let q = 1.0 + 16.0 * n.x * n.x;
        slope += vec2f(0.85, 1.15) * n.yz * (steep[i] * (1.0 + 8.0 * n.x / (q * q)));
        if (i < 2) { tone += 0.6 * n.x; }
    }
    if (steep.w > 0.0) {
        let n = noise_slope(at.x * cells.w, at.y * cells.w, seed + 96u);
        if (n.x > 0.1) { slope -= n.yz * (steep.w * (0.5 + cheek)); }
    }
    return vec3f(slope, (0.32 + 0.65 * age) * tone);
}
fn relief_steep(age: f32) -> vec4f {
    let cells = vec4f(300.0, 650.0, 1200.0, 1000.0) * (0.24 / full_size().x);
    let seen = clamp((1.0 / cells - 0.8) / 0.8, vec4f(0.0), vec4f(1.0));
    return seen * vec4f(0.002 + 0.003 * age, 0.005 + 0.006 * age, 0.011 + 0.013 * age, 0.03 - 0.01 * age);
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
    if (number(17u) > 0.0) { pigment += vec3f(-0.11, -0.21, -0.28) * spot(75.0, 0.28, 0.96, at + vec2f(0.03, 0.015) * skin.zw, number(17u), 0.12, 0.34, seed + 61u); }
    let shadow = mixf(mixf(a.shaved, b.shaved, t.x), mixf(c.shaved, d.shaved, t.x), t.y) / share;
    if (shadow > 0.0) { pigment += vec3f(-0.62, -0.55, -0.48) * (shadow * (0.95 + 0.55 * noise(at.x * 900.0, at.y * 900.0, seed + 71u))); }
    let steep = relief_steep(number(22u));
    let rough = relief(at, cheek, number(22u), steep, seed);
    pigment += vec3f(-0.10, -0.15, -0.20) * rough.z;
    let normal = mix_(mix_(a.normal, b.normal, t.x), mix_(c.normal, d.normal, t.x), t.y) / share;
    let n = normal.xyz;
    let lit = mix(mix(a.lit, b.lit, t.x), mix(c.lit, d.lit, t.x), t.y) / share;
    let mirrored = mix_(mix_(a.mirrored, b.mirrored, t.x), mix_(c.mirrored, d.mirrored, t.x), t.y) / share;
    let oily_here = mixf(mixf(a.oily, b.oily, t.x), mixf(c.oily, d.oily, t.x), t.y) / share;
    let up = vec3f(number(4u), number(5u), number(6u));
    let v_way = normalize(up - n * dot(up, n));
    let u_way = cross(v_way, n);
    let lean = u_way * -rough.x - v_way * rough.y;
    let more_lit = 1.0 + (0.9 - 0.5 * number(23u)) * clamp(dot(lit, lean), -0.5, 0.5);
    let h = halves_of_lights();
    let smooth_facing = facing(h, n);
    let rugged = facing(h, normalize(n + lean));
    let film = number(19u) * oily_here;
    let matte = 1.0 - 0.6 * film;
    let broad2 = number(20u) * number(20u);
    let film2 = broad2 * 0.0731 + normal.w;
    let variance = 1.8 * dot(steep, steep);
    let there = lobe(rugged, broad2) * matte + lobe(rugged, film2) * film;
    let meant = lobe(smooth_facing, broad2 + 2.0 * variance) * (matte - number(21u)) + lobe(smooth_facing, film2 + 0.012) * film;
    let more = dot(mirrored * h.fresnel, there - meant);
    let mirrors = 0.6 * max(sitter.b - number(24u) * sitter.r, 0.0) / (1.0 - number(24u));
    let sheen = share * clamp(more, -mirrors, 0.9 * luma(sitter));
    return vec4f(max(sitter.rgb * exp(pigment * share) * mixf(1.0, more_lit, share) + sheen, vec3f(0.0)), sitter.a);
}
