// The parting of combed hair, or the rows of cornrows. in: source, sitter.
// Numbers are in src/finish/primitives/strands_numbers.h; the constants are explained in parting.cpp.
fn rowed(c: vec4f, scalp: vec4f, on_head: vec3f, seed: u32) -> vec4f {
    let y = on_head.y - 0.035;
    let z = on_head.z + 0.075;
    let bend = 6.2831853 * atan2_turn(on_head.x, sqrt(y * y + z * z));
    let over = 6.2831853 * atan2_turn(y, z);
    let lane = bend / (mixf(0.8, 1.0, smooth_step(0.4, 1.4, over)) * mixf(1.0, 0.62, smooth_step(2.2, 3.6, over)));
    let row = (lane * (1.0 / 1.18) + 1.0) * 0.5 * number(17u);
    let nth = floor(row);
    let off = 2.0 * abs(row - nth - 0.5);
    let ragged = 0.16 * noise(row * 3.0, over * 26.0, seed + 4u);
    let bare = smooth_step(0.6, 0.82, off + ragged) * smooth_step(1.15, 0.95, abs(lane));
    let plait = mixf(0.8, 0.35, off * off) * (1.0 + 0.42 * sin_turn(over * 4.6 + 0.45 * off + nth * 0.37));
    return mix_(c * (plait * (1.0 + 0.3 * noise(row * 9.0, over * 40.0, seed + 5u))), scalp, 0.75 * bare);
}
fn unmixed(painted: vec4f, drawn: vec4f, skin: vec4f, share: f32) -> vec4f {
    let hair = (painted - skin * (0.8 * (1.0 - share))) * (1.0 / max(share, 0.25));
    return mix_(max(min(hair, painted * 1.4), painted * 0.45), drawn, smooth_step(0.6, 0.9, share));
}
fn shade(x: i32, y: i32) -> vec4f {
    let c = at1(x, y);
    let at = source_place(x, y);
    let share = sample_plane(9, at);
    if (share <= 0.08) { return c; }
    let p = full(x, y) * 2.0 / full_size() - 1.0;
    let seed = number_u(14u);
    let skin = (vec2f(number(15u), number(16u)) + 1.0) * 0.5 * vec2f(source_size()) - 0.5;
    let face = vec4f(sample_plane(0, skin), sample_plane(1, skin), sample_plane(2, skin), 0.0);
    let scalp = face * vec4f(0.56, 0.54, 0.54, 0.0);
    if (number(17u) > 0.0) {
        let painted = vec4f(sample_plane(0, at), sample_plane(1, at), sample_plane(2, at), 0.0);
        let on_head = place_on_head(0u, p, sample_plane(7, at));
        let rows = rowed(unmixed(painted, c, face, share), scalp * 1.2, on_head, seed);
        return with_alpha(mix_(c, rows, smooth_step(0.08, 0.3, share) * smooth_step(-0.02, 0.01, on_head.y)), c.a);
    }
    let hair = smooth_step(0.3, 0.8, share);
    if (hair <= 0.0) { return c; }
    let there = parting_at(0u, p, sample_plane(7, at));
    if (there.y <= 0.0 || abs(there.x) > 0.012) { return c; }
    let far = abs(there.x);
    let strand = p.y - 3.2 * far;
    let ahead = smooth_step(-0.075, -0.03, there.z);
    let left = select(7.5, 1.5, there.x > 0.0);
    let open = mixf(0.4, 1.3, ahead) * max(1.0 + 1.1 * noise(there.z * 46.0, 3.5, seed + 3u), 0.1);
    let half_wide = 0.0006 * mixf(0.3, 1.0, there.y) * open *
                    (0.9 + 1.1 * noise(strand * 70.0, left, seed + 1u) + 1.3 * noise(strand * 210.0, left + 1.0, seed + 2u));
    let soft = 0.0002 + 2.0 / full_size().x / 8.2;
    let bare = mixf(0.34, 0.6, ahead) * smooth_step(half_wide + soft, half_wide - soft, far);
    let deep = there.x * (1.0 / 0.005);
    let seen = hair * there.y;
    return with_alpha(mix_(c * (1.0 - seen * 0.25 * exp(-deep * deep)), scalp, seen * bare), c.a);
}
