// Cross-stitch. in: picture. 0 cell, 1 cloth, 4 levels, 5 vary, 6 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let cell = ifloor(max(number(0u), 4.0) + 0.5);
    let per = 1.0 / f32(cell);
    let soft = 1.2 * per;
    let steps = number(4u) - 1.0;
    let f = vec2i(x, y) + origin();
    let c0 = f / cell;
    let u = (f32(f.x - c0.x * cell) + 0.5) * per - 0.5;
    let v = (f32(f.y - c0.y * cell) + 0.5) * per - 0.5;
    let m = c0 * cell + cell / 2 - origin();
    var thread = saturate(floor(saturate(at0(m.x, m.y)) * steps + 0.5) / steps);
    thread = thread * (1.0 + number(5u) * (unit(hash_i(c0.x, c0.y, number_u(6u))) - 0.5));
    let weave = 0.5 + 0.5 * cos_turn(f32(f.x) * per * 4.0) * cos_turn(f32(f.y) * per * 4.0);
    var c = number_rgb(1u) * (0.72 + 0.28 * weave);
    let hole = u * u + v * v;
    c = c * (0.78 + 0.22 * smooth_step(0.28, 0.5, 0.9 - hole));
    for (var arm = 0; arm < 2; arm++) {
        let across = 0.70710678 * select(u + v, u - v, arm == 0);
        let along = 0.70710678 * select(u - v, u + v, arm == 0);
        let half = 0.235;
        let d = abs(across) / half;
        let end = smooth_step(0.62 + soft, 0.62 - soft, abs(along));
        let side = smooth_step(half + soft, half - soft, abs(across));
        let round = 0.74 + 0.36 * (1.0 - d * d) + 0.10 * cos_turn(along * 9.0 + across * 5.0);
        let shadow = smooth_step(half + 4.0 * soft, half, abs(across)) * smooth_step(0.66 + 3.0 * soft, 0.62, abs(along));
        c = c * (1.0 - 0.22 * shadow);
        c = mix_(c, thread * max(round, 0.3), end * side);
    }
    return with_alpha(saturate(c), at0(x, y).a);
}
