// Goes before every primitive: the pass's words, its images, noise and colour. The twin of src/finish/vec.h.
@group(0) @binding(0) var<uniform> words: array<vec4<u32>, 64>;
@group(0) @binding(1) var<storage, read> in0: array<vec4f>;
@group(0) @binding(2) var<storage, read> in1: array<vec4f>;
@group(0) @binding(3) var<storage, read> in2: array<vec4f>;
@group(0) @binding(4) var<storage, read> in3: array<vec4f>;
@group(0) @binding(5) var<storage, read> in4: array<vec4f>;
//OUTPUT

fn word(i: u32) -> u32 { return words[i >> 2u][i & 3u]; }
fn width() -> i32 { return i32(word(0u)); }
fn height() -> i32 { return i32(word(1u)); }
fn origin() -> vec2i { return vec2i(i32(word(2u)), i32(word(3u))); }
fn full_size() -> vec2f { return vec2f(f32(word(4u)), f32(word(5u))); }
fn unit_length() -> f32 { return bitcast<f32>(word(7u)); }
fn source_size() -> vec2i { return vec2i(i32(word(18u)), i32(word(19u))); }
fn number(i: u32) -> f32 { return bitcast<f32>(word(20u + i)); }
fn number_u(i: u32) -> u32 { return word(20u + i); }
fn full(x: i32, y: i32) -> vec2f { return vec2f(vec2i(x, y) + origin()) + 0.5; }  // a pixel's centre in the full picture
fn number_i(i: u32) -> i32 { return i32(number(i) + 0.5); }
fn number_rgb(i: u32) -> vec4f { return vec4f(number(i), number(i + 1u), number(i + 2u), 1.0); }

fn place(slot: u32, x: i32, y: i32) -> u32 {
    let w = i32(word(8u + 2u * slot));
    let h = i32(word(9u + 2u * slot));
    return u32(clamp(y, 0, h - 1) * w + clamp(x, 0, w - 1));
}
fn at0(x: i32, y: i32) -> vec4f { return in0[place(0u, x, y)]; }
fn at1(x: i32, y: i32) -> vec4f { return in1[place(1u, x, y)]; }
fn at2(x: i32, y: i32) -> vec4f { return in2[place(2u, x, y)]; }
fn at3(x: i32, y: i32) -> vec4f { return in3[place(3u, x, y)]; }
fn at4(x: i32, y: i32) -> vec4f { return in4[place(4u, x, y)]; }
fn sample0(x: f32, y: f32) -> vec4f {
    let f = vec2f(floor(x), floor(y));
    let i = vec2i(f);
    return mix_(mix_(at0(i.x, i.y), at0(i.x + 1, i.y), x - f.x), mix_(at0(i.x, i.y + 1), at0(i.x + 1, i.y + 1), x - f.x), y - f.y);
}
fn sample1(x: f32, y: f32) -> vec4f {
    let f = vec2f(floor(x), floor(y));
    let i = vec2i(f);
    return mix_(mix_(at1(i.x, i.y), at1(i.x + 1, i.y), x - f.x), mix_(at1(i.x, i.y + 1), at1(i.x + 1, i.y + 1), x - f.x), y - f.y);
}
fn sample2(x: f32, y: f32) -> vec4f {
    let f = vec2f(floor(x), floor(y));
    let i = vec2i(f);
    return mix_(mix_(at2(i.x, i.y), at2(i.x + 1, i.y), x - f.x), mix_(at2(i.x, i.y + 1), at2(i.x + 1, i.y + 1), x - f.x), y - f.y);
}
// The source's planes, in passes whose first input it is; the twin of src/finish/source.h.
fn plane(p: i32, x: i32, y: i32) -> f32 {
    let s = source_size();
    let i = u32((p * s.y + clamp(y, 0, s.y - 1)) * s.x + clamp(x, 0, s.x - 1));
    return in0[i >> 2u][i & 3u];
}
fn source_place(x: i32, y: i32) -> vec2f { return full(x, y) * (vec2f(source_size()) / full_size()) - 0.5; }
fn sample_plane(p: i32, place: vec2f) -> f32 {
    let f = vec2f(floor(place.x), floor(place.y));
    let i = vec2i(f);
    let t = place - f;
    return mixf(mixf(plane(p, i.x, i.y), plane(p, i.x + 1, i.y), t.x), mixf(plane(p, i.x, i.y + 1), plane(p, i.x + 1, i.y + 1), t.x), t.y);
}

fn mix_(a: vec4f, b: vec4f, t: f32) -> vec4f { return a + (b - a) * t; }
fn mixf(a: f32, b: f32, t: f32) -> f32 { return a + (b - a) * t; }
fn with_alpha(c: vec4f, a: f32) -> vec4f { return vec4f(c.rgb, a); }
fn ifloor(x: f32) -> i32 { return i32(floor(x)); }
fn smooth_step(a: f32, b: f32, x: f32) -> f32 {  // also for a > b, which the built-in leaves open
    let t = saturate((x - a) / (b - a));
    return t * t * (3.0 - 2.0 * t);
}
fn pow_(x: f32, y: f32) -> f32 { return select(exp2(y * log2(max(x, 1e-30))), 0.0, x <= 0.0); }

fn sin_turn(turn: f32) -> f32 {
    var t = turn - floor(turn + 0.5);
    if (t > 0.25) { t = 0.5 - t; } else if (t < -0.25) { t = -0.5 - t; }
    let q = t * t;
    return t * (6.28318531 + q * (-41.3417022 + q * (81.6052493 + q * (-76.7058597 + q * (42.0586939 - q * 15.0946426)))));
}
fn cos_turn(t: f32) -> f32 { return sin_turn(t + 0.25); }
fn atan2_turn(y: f32, x: f32) -> f32 {
    let ax = abs(x);
    let ay = abs(y);
    let a = min(ax, ay) / max(max(ax, ay), 1e-20);
    let s = a * a;
    var r = a * (0.99997726 + s * (-0.33262347 + s * (0.19354346 + s * (-0.11643287 + s * (0.05265332 - s * 0.01172120))))) * 0.15915494;
    if (ay > ax) { r = 0.25 - r; }
    if (x < 0.0) { r = 0.5 - r; }
    return select(r, -r, y < 0.0);
}

fn hash(x: u32, y: u32, seed: u32) -> u32 {
    var h = (x * 0x9E3779B1u) ^ (y * 0x85EBCA77u + seed * 0xC2B2AE3Du);
    h ^= h >> 15u;
    h *= 0x2C1B3C6Du;
    h ^= h >> 12u;
    h *= 0x297A2D39u;
    return h ^ (h >> 15u);
}
fn hash_i(x: i32, y: i32, seed: u32) -> u32 { return hash(bitcast<u32>(x), bitcast<u32>(y), seed); }
fn unit(h: u32) -> f32 { return f32(h >> 8u) * (1.0 / 16777216.0); }
fn unit_low(h: u32) -> f32 { return f32(h & 0xffffu) * (1.0 / 65536.0); }
fn unit_high(h: u32) -> f32 { return f32(h >> 16u) * (1.0 / 65536.0); }
fn noise_corner(i: vec2i, f: vec2f, c: vec2i, seed: u32) -> f32 {
    let h = hash_i(i.x + c.x, i.y + c.y, seed);
    return (unit_low(h) * 2.0 - 1.0) * (f.x - f32(c.x)) + (unit_high(h) * 2.0 - 1.0) * (f.y - f32(c.y));
}
fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let w = vec2f(floor(x), floor(y));
    let i = vec2i(w);
    let f = vec2f(x, y) - w;
    let s = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let a = mixf(noise_corner(i, f, vec2i(0, 0), seed), noise_corner(i, f, vec2i(1, 0), seed), s.x);
    let b = mixf(noise_corner(i, f, vec2i(0, 1), seed), noise_corner(i, f, vec2i(1, 1), seed), s.x);
    return 2.0 * mixf(a, b, s.y);
}
fn slope_corner(i: vec2i, f: vec2f, c: vec2i, seed: u32) -> vec3f {
    let h = hash_i(i.x + c.x, i.y + c.y, seed);
    let g = vec2f(unit_low(h), unit_high(h)) * 2.0 - 1.0;
    return vec3f(g.x * (f.x - f32(c.x)) + g.y * (f.y - f32(c.y)), g);
}
fn noise_slope(x: f32, y: f32, seed: u32) -> vec3f {
    let w = vec2f(floor(x), floor(y));
    let i = vec2i(w);
    let f = vec2f(x, y) - w;
    let s = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let d = 30.0 * f * f * (f - 1.0) * (f - 1.0);
    let c00 = slope_corner(i, f, vec2i(0, 0), seed);
    let c10 = slope_corner(i, f, vec2i(1, 0), seed);
    let c01 = slope_corner(i, f, vec2i(0, 1), seed);
    let c11 = slope_corner(i, f, vec2i(1, 1), seed);
    let low = mix(c00, c10, s.x);
    let high = mix(c01, c11, s.x);
    return 2.0 * (mix(low, high, s.y) + vec3f(0.0, d.x * mixf(c10.x - c00.x, c11.x - c01.x, s.y), d.y * (high.x - low.x)));
}
fn fbm(px: f32, py: f32, octaves: i32, seed: u32) -> f32 {
    var x = px;
    var y = py;
    var sum = 0.0;
    var gain = 0.5;
    for (var i = 0; i < octaves; i++) {
        sum += gain * noise(x, y, seed + u32(i));
        let t = 1.6 * x + 1.2 * y + 17.3;
        y = 1.6 * y - 1.2 * x + 5.7;
        x = t;
        gain *= 0.5;
    }
    return sum;
}

fn tooth(x: f32, y: f32, size: f32, seed: u32) -> f32 {
    let s = 1.0 / max(size, 0.7);
    let n = 0.62 * noise(x * s, y * s, seed) + 0.42 * noise(x * s * 2.1 + 3.7, y * s * 2.1, seed + 1u) +
            0.30 * noise(x * s * 0.43, y * s * 0.43 + 9.1, seed + 2u);
    return saturate(0.5 + 0.62 * n);
}

fn spline(a: vec2f, b: vec2f, c: vec2f, d: vec2f, t: f32) -> vec2f {
    return (b * 2.0 + (c - a) * t + (a * 2.0 - b * 5.0 + c * 4.0 - d) * (t * t) + (b * 3.0 - a - c * 3.0 + d) * (t * t * t)) * 0.5;
}
fn share_along(p: vec2f, start: vec2f, piece: vec2f) -> f32 { return saturate(dot(p - start, piece) / max(dot(piece, piece), 1e-12)); }
fn line_cover(distance: f32, half: f32, pixel: f32) -> f32 { return clamp((half - distance) / pixel + 0.5, 0.0, min(2.0 * half / pixel, 1.0)); }
// Of a pixel around p, by a hair that bends (drawn_line.h, BentHair).
fn hair_cover(p: vec2f, root: vec2f, pull: vec2f, tip: vec2f, pieces: i32, half: f32, thinner: f32, pixel: f32) -> f32 {
    var most = 0.0;
    var start = root;
    for (var k = 0; k < pieces; k++) {
        let s = f32(k + 1) * (1.0 / f32(pieces));
        let r = 1.0 - s;
        let next = root * (r * r) + pull * (2.0 * r * s) + tip * (s * s);
        let piece = next - start;
        let part = share_along(p, start, piece);
        let thick = half * (1.0 - thinner * (f32(k) + part));
        most = max(most, line_cover(length(p - (start + piece * part)), thick, pixel));
        start = next;
    }
    return most;
}

// The way that hair lies of which cosine and sine of twice the angle are known (src/finish/hair_lies.h).
fn hair_lies(cosine: f32, sine: f32) -> vec2f {
    let size = length(vec2f(cosine, sine));
    let turn = select(1.0, cosine / max(size, 1e-6), size > 1e-6);
    let down = sqrt(max(0.5 - 0.5 * turn, 0.0));
    return vec2f(sqrt(max(0.5 + 0.5 * turn, 0.0)), select(down, -down, sine < 0.0));
}
// Of a flow: its direction, none where it has none; and the next direction of who goes along it, straight on where there is none.
fn has_pixel(slot: u32, x: i32, y: i32) -> bool { return x >= 0 && y >= 0 && x < i32(word(8u + 2u * slot)) && y < i32(word(9u + 2u * slot)); }
fn heading(flow: vec2f) -> vec2f {
    let size = length(flow);
    return select(vec2f(0.0), flow * (1.0 / size), size > 0.0);
}
fn turned(way: vec2f, next: vec2f) -> vec2f { return select(next, -next, dot(next, way) < 0.0); }
fn strand_there(way: vec2f) -> f32 { return select(0.0, 1.0, way.x != 0.0 || way.y != 0.0); }

// Where hair parts: how far off it is (metres, to the sitter's left), and how much there is of it (src/finish/parting_line.h).
fn place_on_head(first: u32, p: vec2f, depth: f32) -> vec3f {
    let x = (p.x - number(first + 10u)) / 8.2;
    let y = (number(first + 11u) - p.y) / 8.2;
    return vec3f(number(first + 1u) * x + number(first + 2u) * y + number(first + 3u) * depth,
                 number(first + 4u) * x + number(first + 5u) * y + number(first + 6u) * depth,
                 number(first + 7u) * x + number(first + 8u) * y + number(first + 9u) * depth);
}
fn parting_at(first: u32, p: vec2f, depth: f32) -> vec3f {
    let at = place_on_head(first, p, depth);
    let line = mixf(number(first + 12u), number(first + 13u), smooth_step(-0.04, -0.14, at.z)) +
               0.0007 * noise(at.z * 70.0, 0.5, number_u(first + 14u));
    return vec3f(at.x - line, smooth_step(0.025, 0.045, at.y) * smooth_step(-0.14, -0.11, at.z), at.z);
}

fn luma(c: vec4f) -> f32 { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; }
fn encode_one(v: f32) -> f32 {
    let x = max(v, 0.0);
    return select(1.055 * pow_(x, 1.0 / 2.4) - 0.055, 12.92 * x, x <= 0.0031308);
}
fn decode_one(v: f32) -> f32 {
    let x = max(v, 0.0);
    return select(pow_((x + 0.055) / 1.055, 2.4), x / 12.92, x <= 0.04045);
}
fn encode_srgb(c: vec4f) -> vec4f { return vec4f(encode_one(c.r), encode_one(c.g), encode_one(c.b), c.a); }
fn decode_srgb(c: vec4f) -> vec4f { return vec4f(decode_one(c.r), decode_one(c.g), decode_one(c.b), c.a); }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if (id.x >= word(0u) || id.y >= word(1u)) { return; }
    store(id.xy, shade(i32(id.x), i32(id.y)));
}
