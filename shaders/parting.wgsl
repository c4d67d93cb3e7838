// The parting of combed hair. in: source, sitter.
// Numbers are in src/finish/primitives/strands_numbers.h; the constants are explained in parting.cpp.
fn shade(x: i32, y: i32) -> vec4f {
    let c = at1(x, y);
    let at = source_place(x, y);
    let hair = smooth_step(0.3, 0.8, sample_plane(9, at));
    if (hair <= 0.0) { return c; }
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let there = parting_at(0u, p, sample_plane(7, at));
    if (there.y <= 0.0 || abs(there.x) > 0.012) { return c; }
    let seed = number_u(14u);
    let far = abs(there.x);
    let strand = p.y - 3.2 * far;
    let half_wide = 0.0009 * (0.8 + 0.5 * noise(p.y * 14.0, 3.5, seed + 3u) + 1.3 * noise(strand * 110.0, select(7.5, 1.5, there.x > 0.0), seed + 1u) +
                              1.6 * noise(strand * 290.0, select(8.5, 2.5, there.x > 0.0), seed + 2u));
    let bare = 0.48 * smooth_step(half_wide + 0.0027 + 2.0 / full_size().x / 8.2, half_wide - 0.0009, far);
    let deep = there.x * (1.0 / 0.005);
    let seen = hair * there.y;
    let skin = (vec2f(number(15u), number(16u)) + 1.0) * 0.5 * vec2f(source_size()) - 0.5;
    let scalp = vec4f(sample_plane(0, skin), sample_plane(1, skin), sample_plane(2, skin), 0.0) * vec4f(0.54, 0.48, 0.46, 0.0);
    return with_alpha(mix_(c * (1.0 - seen * 0.25 * exp(-deep * deep)), scalp, seen * bare), c.a);
}
