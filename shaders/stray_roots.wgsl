// Where single hairs stand off. in: source. out, of each cell: from a tuft's root to the tip of its longest hair (none: 0), the way into
// the hair in source pixels.
// Numbers are in src/finish/primitives/strays_numbers.h; the constants are explained in strays.cpp.
fn shade(i: i32, j: i32) -> vec4f {
    let none = vec4f(0.0);
    let seed = number_u(7u);
    let size = vec2f(source_size());
    let wide = f32(max(source_size().x / 128, 1));
    let h = hash_i(i, j, seed);
    let b = hash_i(i, j, seed + 1u);
    let c = hash_i(i, j, seed + 2u);
    if (unit(b) >= number(0u)) { return none; }
    let at = (vec2f(f32(i), f32(j)) + vec2f(unit_low(h), unit_high(h))) * (2.0 / 96.0) - 1.0;
    let place = (at + 1.0) * 0.5 * size - 0.5;
    let rise = vec2f((sample_plane(3, place + vec2f(wide, 0.0)) - sample_plane(3, place - vec2f(wide, 0.0))) * 0.5,
                     (sample_plane(3, place + vec2f(0.0, wide)) - sample_plane(3, place - vec2f(0.0, wide))) * 0.5);
    let steep = length(rise);
    if (steep < 0.12) { return none; }
    let away = rise * (-1.0 / steep);
    if (sample_plane(3, place) < 0.55 || sample_plane(3, place + away * 3.0 * wide) > 0.35) { return none; }
    let within = place - away * 1.5 * wide;
    let share = sample_plane(9, within) / max(sample_plane(3, within), 0.05);
    let hair = smooth_step(0.5, 0.9, share);
    let beard = (at.y + 1.0) * 0.5 > number(4u) && abs(at.x - number(5u)) < number(6u);
    if (hair <= 0.0 || beard) { return none; }
    var way = hair_lies(sample_plane(24, within), sample_plane(25, within));
    let along = dot(way, away);
    let upwards = way.y < 0.0;
    let hangs = select((c & 0x10000u) != 0u, upwards, unit_low(c) < number(3u));
    let across = abs(along) > 0.35;
    let inwards = along < 0.0;
    if (select(hangs, inwards, across)) { way = -way; }
    let off = number(2u) * (0.25 + 0.75 * unit_high(b));
    let going = way + away * off;
    let u = unit_low(b);
    let far = number(1u) * (0.3 + 0.7 * u * u) * hair;
    return vec4f(going * (far / max(length(going), 1e-3)), within - place);
}
