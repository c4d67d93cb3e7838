// Relight, backdrop with light wrap, grade, display curve, grain, in one pass. in: sitter, transfer_a, transfer_b.
const SHOULDER = 0u;
const CANONICAL = 1u;
const LIGHTS = 2u;
const EXPOSURE = 26u;
const CONTRAST = 27u;
const SATURATION = 28u;
const BALANCE = 29u;
const VIGNETTE = 32u;
const GRAIN = 33u;
const GRAIN_SEED = 34u;
const BACKDROP = 35u;
const COLOUR = 36u;
const COLOUR2 = 39u;
const SEED = 42u;
const DEPTH_OF_FIELD = 43u;
const WRAP = 44u;
const CUT = 45u;
const SOLID = 46u;

fn scene(px: f32, py: f32) -> vec4f {
    let seed = number_u(SEED);
    let a = number_rgb(COLOUR);
    let b = number_rgb(COLOUR2);
    let blur = 0.25 + 0.75 * number(DEPTH_OF_FIELD);
    let drift = 0.5 + 0.9 * py + 0.9 * fbm(px * 1.3, py * 1.3, 3, seed);
    var c = mix_(a, b, smooth_step(0.0, 1.0, drift));
    c = c * (1.0 + 0.5 * fbm(px * 2.1 + 7.0, py * 2.1, 3, seed + 40u));
    for (var layer = 0u; layer < 3u; layer++) {
        let cell = select(select(0.29, 0.17, layer == 1u), 0.10, layer == 0u);
        let s = seed + 101u * (layer + 1u);
        let gx = px / cell;
        let gy = py / cell;
        let ix = ifloor(gx);
        let iy = ifloor(gy);
        for (var j = -1; j <= 1; j++) {
            for (var i = -1; i <= 1; i++) {
                let h = hash_i(ix + i, iy + j, s);
                let k = hash_i(ix + i, iy + j, s + 7u);
                if ((k & 7u) > 3u) { continue; }
                let dx = gx - f32(ix + i) - 0.2 - 0.6 * unit_low(h);
                let dy = gy - f32(iy + j) - 0.2 - 0.6 * unit_high(h);
                let radius = blur * (0.35 + 0.45 * unit(k));
                let d = sqrt(dx * dx + dy * dy) / radius;
                let disc = 1.0 - smooth_step(0.86, 1.06, d);
                let ring = 0.75 + 0.35 * smooth_step(0.5, 0.95, d);
                let hue = unit(hash_i(ix + i, iy + j, s + 13u));
                let tint = mix_(a, b, hue) * 0.8 + vec4f(0.10, 0.085, 0.07, 0.0) * hue;
                let tall = 1.0 - smooth_step(0.05, 0.6, abs(py + 0.12));
                c += tint * (disc * ring * 0.55 * tall * (1.0 - 0.2 * f32(layer)) * unit(h * 747796405u + 1u));
            }
        }
    }
    return c;
}

fn backdrop(px: f32, py: f32) -> vec4f {
    let a = number_rgb(COLOUR);
    let b = number_rgb(COLOUR2);
    let kind = number_i(BACKDROP);
    if (kind == 1) { return mix_(a, b, smooth_step(-0.55, 0.55, py)); }
    if (kind == 2) {
        let dy = py + 0.06;
        let pool = exp(-3.8 * (px * px + dy * dy));
        let mottle = 0.16 * fbm(px * 2.7, py * 2.7, 4, 11u) + 0.05 * fbm(px * 23.0, py * 23.0, 2, 23u);
        return a * ((0.34 + 1.06 * pool) * (1.0 + mottle));
    }
    if (kind == 3) { return scene(px, py); }
    return a;
}

fn shade(x: i32, y: i32) -> vec4f {
    let per_side = 1.0 / (1000.0 * unit_length());
    let half = 0.5 * full_size();
    let corner = 1.0 / sqrt(dot(half, half));
    let full = vec2f(f32(x + origin().x), f32(y + origin().y)) + 0.5;
    let p = (full - half) * per_side;
    var c = at0(x, y);
    let alpha = saturate(c.a);
    if (number(CANONICAL) < 0.5) {
        let ta = at1(x, y);
        let tb = at2(x, y);
        var light = vec4f(0.0);
        for (var k = 0u; k < 8u; k++) {
            light += number_rgb(LIGHTS + 3u * k) * select(tb[k & 3u], ta[k & 3u], k < 4u);
        }
        c = c * light;
    }
    c = max(c, vec4f(0.0));
    let cut = number(CUT) > 0.5;
    let wrap = number(WRAP);
    var kept = 1.0;
    if (cut && number(SOLID) < 0.5) {
        kept = alpha;
    } else if (alpha < 0.9995 || wrap > 0.0) {
        let behind = backdrop(p.x, p.y);
        if (alpha > 0.0 && wrap > 0.0) {
            let radius = 12.0 * unit_length();
            var cover = 0.0;
            for (var k = 0; k < 12; k++) {
                let turn = f32(k) * (1.0 / 12.0);
                let r = radius * select(0.45, 1.0, k % 2 == 0);
                cover += at0(ifloor(f32(x) + r * cos_turn(turn) + 0.5), ifloor(f32(y) + r * sin_turn(turn) + 0.5)).a;
            }
            c = mix_(c, behind, wrap * saturate(1.0 - cover * (1.0 / 12.0)));
        }
        c = mix_(behind, c, select(alpha, smooth_step(0.0, 0.2, alpha), cut));
        if (cut) { kept = alpha; }
    }

    c = c * number_rgb(BALANCE) * number(EXPOSURE);
    c = max(mix_(vec4f(luma(c)), c, number(SATURATION)), vec4f(0.0));
    let l = max(luma(c), 1e-5);
    let contrast = number(CONTRAST);
    if (contrast != 1.0) { c = c * (0.18 * pow_(l * (1.0 / 0.18), contrast) / l); }
    let r = full - half;
    c = c * (1.0 - number(VIGNETTE) * 0.8 * smooth_step(0.3, 1.05, sqrt(dot(r, r)) * corner));

    let shoulder = number(SHOULDER);
    let above = 1.0 - shoulder;
    for (var k = 0; k < 3; k++) {
        let over = c[k] - shoulder;
        if (over > 0.0) { c[k] = select(1.0, shoulder + above * (1.0 - exp(-over / max(above, 1e-6))), above > 0.0); }
    }
    c = encode_srgb(c);
    c += vec4f((unit(hash_i(x + origin().x, y + origin().y, 977u)) - 0.5) * (1.0 - alpha) * (1.0 / 255.0));
    let grain = number(GRAIN);
    if (grain > 0.0) {
        let size = 1.0 / max(1.3 * unit_length(), 0.8);
        let n = 0.6 * noise(full.x * size, full.y * size, number_u(GRAIN_SEED)) +
                0.5 * (unit(hash_i(x + origin().x, y + origin().y, number_u(GRAIN_SEED))) - 0.5);
        let tone = luma(c);
        c += vec4f(n * grain * 0.16 * (0.25 + 3.0 * saturate(tone) * saturate(1.0 - tone)));
    }
    return with_alpha(saturate(c), kept);
}
