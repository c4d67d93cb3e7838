// How locks of hair fall. in: source. out, of each of its pixels: where what is there comes from (source pixels), how much of it does, how
// high a lock is.
// Numbers are in src/finish/primitives/locks_numbers.h; the constants are explained in locks.cpp.
fn lattice(i: i32, j: i32, seed: u32) -> f32 { return unit(hash_i(i, j, seed)) * 2.0 - 1.0; }
fn lattice_noise(at: vec2f, seed: u32) -> f32 {
    let f = floor(at);
    let i = vec2i(f);
    let t = at - f;
    let s = t * t * (3.0 - 2.0 * t);
    return mixf(mixf(lattice(i.x, i.y, seed), lattice(i.x + 1, i.y, seed), s.x),
                mixf(lattice(i.x, i.y + 1, seed), lattice(i.x + 1, i.y + 1, seed), s.x), s.y);
}
fn way_at(x: i32, y: i32) -> vec2f { return hair_lies(plane(24, x, y), plane(25, x, y)); }
fn shade(x: i32, y: i32) -> vec4f {
    let size = vec2f(source_size());
    let u = size.x * (1.0 / 256.0);
    let stride = number(1u) * u;
    let steps = number_i(2u);
    let here = vec2f(f32(x), f32(y));
    let down = (here.y + 0.5) / size.y;
    let aside = (here.x + 0.5) * 2.0 / size.x - 1.0;
    let beard = down > number(9u) && abs(aside - number(10u)) < number(11u);
    let far = ifloor(0.5 * 1.7 * (number(3u) + number(4u)) * u) + 1;
    let close = ifloor(0.5 * 4.0 * u) + 1;
    var most = 0.0;
    var skin = 0.0;
    for (var j = -2; j <= 2; j++) {
        for (var i = -2; i <= 2; i++) {
            most = max(most, plane(9, x + i * far, y + j * far));
            let p = vec2i(x + i * close, y + j * close);
            skin += plane(8, p.x, p.y) + 3.0 * (plane(10, p.x, p.y) + plane(11, p.x, p.y) + plane(12, p.x, p.y) + plane(13, p.x, p.y));
        }
    }
    if (most < 0.05 || beard) { return vec4f(0.0); }

    let per = 1.0 / (number(0u) * u);
    let seed = number_u(12u);
    let start = way_at(x, y);
    var along = lattice_noise(here * per, seed);
    var across = lattice_noise(here * per, seed + 1u);
    var sum = 1.0;
    for (var side = 0; side < 2; side++) {
        var way = select(start, -start, side == 1);
        var at = here;
        for (var k = 1; k <= steps; k++) {
            at += way * stride;
            way = turned(way, way_at(ifloor(at.x + 0.5), ifloor(at.y + 0.5)));
            let part = f32(k) / f32(steps);
            let weight = exp(-2.0 * part * part);
            along += weight * lattice_noise(at * per, seed);
            across += weight * lattice_noise(at * per, seed + 1u);
            sum += weight;
        }
    }
    let scale = 1.0 / (sum * number(8u));
    along = clamp(along * scale, -1.7, 1.7);
    across *= scale;
    let high = 0.8 / 0.5632 * (sqrt(across * across + 0.06) - 0.8617) + 0.6 * along;
    across = clamp(across, -1.7, 1.7);

    let high_up = 2.0 * down - 1.0;
    let tips = mixf(0.2, 1.0, smooth_step(number(7u) - 0.15, number(7u) + 0.15, high_up));
    let held = smooth_step(0.05, 0.4, skin * (1.0 / 25.0)) * smooth_step(number(6u), number(6u) + 0.1, high_up);
    let free = u * mixf(1.0, number(5u), held);
    let slips = number(3u) * along * tips * free;
    let off = number(4u) * across * free;
    let from_there = vec2f(start.x * slips - start.y * off, start.y * slips + start.x * off);
    let there = here + from_there;
    let matte = plane(3, x, y);
    let hair = plane(9, x, y) / max(matte, 0.05);
    let matte_there = sample_plane(3, there);
    let hair_there = sample_plane(9, there) / max(matte_there, 0.05);
    let comes = smooth_step(0.25, 0.7, hair_there) * smooth_step(0.02, 0.3, matte_there);
    let goes = smooth_step(0.8, 0.2, matte_there) * max(smooth_step(0.25, 0.7, hair), smooth_step(0.5, 0.1, matte));
    return vec4f(from_there, max(comes, goes), high);
}
