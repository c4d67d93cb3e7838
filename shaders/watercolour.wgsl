// Pigment on paper (Bousseau et al. 2006). in: washes, blurred. 0 edge, 1 granulation, 2 turbulence, 3 paper, 6 tooth, 7 dilution, 8 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let c = at0(x, y);
    let f = full(x, y);
    let seed = number_u(8u);
    let per = 1.0 / (70.0 * unit_length());
    let rim = smooth_step(0.01, 0.10, luma(at1(x, y)) - luma(c));
    let grain = tooth(f.x, f.y, number(6u), seed);
    let pool = fbm(f.x * per, f.y * per, 4, seed + 20u);
    let density = 1.0 + number(0u) * rim + number(2u) * 1.6 * pool + number(1u) * 1.5 * (0.5 - grain);
    var p = c - (c - c * c) * (density - 1.0);
    p = mix_(p, vec4f(1.0), number(7u) * (0.25 + 0.75 * luma(p)));
    return with_alpha(saturate(p * number_rgb(3u) * (1.0 + 0.05 * (grain - 0.5))), c.a);
}
