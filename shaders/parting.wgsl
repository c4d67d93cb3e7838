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
    let far = abs(there.x + 0.0006 * noise(p.y * 32.0, 1.5, seed + 1u) + 0.0006 * noise(p.y * 110.0, 2.5, seed + 2u));
    let half_wide = 0.0007 * noise(p.y * 14.0, 3.5, seed + 3u) - 0.0001;
    let over = saturate(0.7 + 0.9 * noise(p.y * 150.0 + p.x * 60.0, 4.5, seed + 4u));
    let bare = 0.3 * over * (1.0 - smooth_step(half_wide, half_wide + 0.0011 + 2.0 / full_size().x / 8.2, far));
    let deep = there.x * (1.0 / 0.005);
    let seen = hair * there.y;
    let skin = (vec2f(number(15u), number(16u)) + 1.0) * 0.5 * vec2f(source_size()) - 0.5;
    let scalp = vec4f(sample_plane(0, skin), sample_plane(1, skin), sample_plane(2, skin), 0.0) * 0.5;
    return with_alpha(mix_(c * (1.0 - seen * 0.25 * exp(-deep * deep)), scalp, seen * bare), c.a);
}
