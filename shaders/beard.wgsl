// Beards, hair by hair. in: sitter, roots.
// Numbers are in src/finish/primitives/beard_numbers.h; the constants are explained in beard.cpp.
const CELLS = 256;
const GREY = 3u;
const REACH = 4u;
const HALF = 5u;
const BOX = 6u;
const SEED = 10u;
fn cell_of(v: f32) -> i32 { return clamp(ifloor((v + 1.0) * 128.0), 0, CELLS - 1); }
fn shade(x: i32, y: i32) -> vec4f {
    var to = at0(x, y);
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let reach = i32(number(REACH)) + 1;
    let half_wide = number(HALF);
    let seed = number_u(SEED);
    let i0 = max(cell_of(p.x) - reach, cell_of(number(BOX)));
    let i1 = min(cell_of(p.x) + reach, cell_of(number(BOX + 2u)));
    let j0 = max(cell_of(p.y) - reach, cell_of(number(BOX + 1u)));
    let j1 = min(cell_of(p.y) + reach, cell_of(number(BOX + 3u)));
    for (var j = j0; j <= j1; j++) {
        for (var i = i0; i <= i1; i++) {
            let grown = at1(i, j);
            let whole = grown.xy;
            if (whole.x == 0.0 && whole.y == 0.0) { continue; }
            let h = hash_i(i, j, seed);
            let root = (vec2f(f32(i), f32(j)) + vec2f(unit_low(h), unit_high(h))) * (2.0 / 256.0) - 1.0;
            if (length(p - root) > 1.2 * length(whole) + half_wide + 2.0 * pixel) { continue; }
            let tip = root + whole;
            let pull = root + whole * 0.5 + vec2f(-whole.y, whole.x) * grown.z;
            let cover = hair_cover(p, root, pull, tip, 3, half_wide, 0.2, pixel);
            if (cover <= 0.0) { continue; }
            let c = hash_i(i, j, seed + 3u);
            let vary = exp(0.8 * (unit_low(c) - 0.5)) * grown.w;
            let colour = select(number_rgb(0u) * (0.38 * vary), vec4f(0.50, 0.48, 0.44, 0.0) * vary, unit(c) < number(GREY));
            to = with_alpha(mix_(to, colour, 0.85 * cover), to.a);
        }
    }
    return to;
}
