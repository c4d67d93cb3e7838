// Bare paper around a picture. in: picture. 0 width, 1 rough, 2 paper, 5 soft, 6 tooth, 7 oval, 8 scale, 9 seed.
fn shade(x: i32, y: i32) -> vec4f {
    let c = at0(x, y);
    let f = full(x, y);
    let size = full_size();
    let seed = number_u(9u);
    let per = 1.0 / max(number(8u), 1.0);
    let straight = min(min(f.x, size.x - f.x), min(f.y, size.y - f.y));
    let e = (f / size - 0.5) * 2.0;
    let shorter = min(size.x, size.y);
    let round = (1.0 - sqrt(dot(e, e))) * 0.5 * shorter + 0.02 * shorter;
    let inside = mixf(straight, round, number(7u)) - number(0u) + number(1u) * fbm(f.x * per, f.y * per, 5, seed);
    let grain = tooth(f.x, f.y, number(6u), seed + 3u);
    let soft = max(number(5u), 0.7);
    let cover = smooth_step(-soft, soft, inside + soft * 1.4 * (grain - 0.5));
    return with_alpha(mix_(number_rgb(2u) * (1.0 + 0.05 * (grain - 0.5)), c, cover), c.a);
}
