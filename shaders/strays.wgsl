// Single hairs around hair. in: source, sitter, roots. out: the sitter with them, their matte too.
// Numbers are in src/finish/primitives/strays_numbers.h; the constants are explained in strays.cpp.
const CELLS = 96;
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    if (sitter.a >= 0.995) { return sitter; }
    var to = sitter;
    let pixel = 2.0 / full_size().x;
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let half_wide = number(0u);
    let reach = i32(number(2u)) + 1;
    let seed = number_u(3u);
    let size = vec2f(source_size());
    let here = vec2i(ifloor((p.x + 1.0) * 48.0), ifloor((p.y + 1.0) * 48.0));
    for (var j = max(here.y - reach, 0); j <= min(here.y + reach, CELLS - 1); j++) {
        for (var i = max(here.x - reach, 0); i <= min(here.x + reach, CELLS - 1); i++) {
            let grown = at2(i, j);
            if (grown.x == 0.0 && grown.y == 0.0) { continue; }
            let h = hash_i(i, j, seed);
            let root = (vec2f(f32(i), f32(j)) + vec2f(unit_low(h), unit_high(h))) * (2.0 / 96.0) - 1.0;
            if (length(p - root) > 1.4 * length(grown.xy) + half_wide + 2.0 * pixel) { continue; }
            let place = (root + 1.0) * 0.5 * size - 0.5 + grown.zw;
            let colour = vec4f(sample_plane(0, place), sample_plane(1, place), sample_plane(2, place), 0.0);
            for (var k = 0u; k < 3u; k++) {
                let own = hash_i(i, j, seed + 3u + k);
                let shorter = mixf(0.45, 1.0, unit_low(own));
                let aside = 0.55 * (unit_high(own) - 0.5);
                let bend = number(1u) * (2.0 * unit(own * 747796405u + 1u) - 1.0);
                let bright = 0.8 + 0.5 * unit_low(own * 747796405u + 3u);
                let whole = (grown.xy + vec2f(-grown.y, grown.x) * aside) * shorter;
                let tip = root + whole;
                let pull = root + whole * 0.5 + vec2f(-whole.y, whole.x) * bend;
                let cover = 0.85 * hair_cover(p, root, pull, tip, 4, half_wide, 0.18, pixel);
                if (cover <= 0.0) { continue; }
                let kept = to.a * (1.0 - cover);
                let all = kept + cover;
                to = with_alpha((to * kept + colour * (bright * cover)) * (1.0 / all), all);
            }
        }
    }
    return to;
}
