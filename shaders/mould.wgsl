// The source with its locks as they fall. in: source, locks. out: four numbers of its planes to a pixel.
// Numbers are in src/finish/primitives/locks_numbers.h; the constants are explained in locks.cpp.
fn moved(p: i32, x: i32, y: i32, lock: vec4f) -> f32 {
    let here = plane(p, x, y);
    if (lock.z <= 0.0) { return here; }
    return mixf(here, sample_plane(p, vec2f(f32(x), f32(y)) + lock.xy), lock.z);
}
fn facing(k: i32, right: f32, down: f32) -> f32 {
    if (k == 7) { return 1.0; }
    let light = u32(2 + 4 * k);
    return clamp(1.0 - (right * number(light) - down * number(light + 1u)), 0.2, 2.2);
}
fn value(p: i32, x: i32, y: i32) -> f32 {
    let lock = at1(x, y);
    let own = moved(p, x, y, lock);
    let coloured = p < 3;
    let light_there = p >= 16 && p < 24;
    if (!coloured && !light_there) { return own; }
    let matte = moved(3, x, y, lock);
    let hair = smooth_step(0.3, 0.9, moved(9, x, y, lock) / max(matte, 0.05));
    if (hair <= 0.0 || matte <= 0.0) { return own; }
    let round = 0.5 * number(1u) * f32(source_size().x) * (1.0 / 256.0) * hair;
    let right = round * (at1(x + 1, y).w - at1(x - 1, y).w);
    let down = round * (at1(x, y + 1).w - at1(x, y - 1).w);
    var all = 0.0;
    var lit = 0.0;
    for (var k = 0; k < 8; k++) {
        let share = moved(16 + k, x, y, lock);
        all += share;
        lit += share * facing(k, right, down);
    }
    let more = lit / max(all, 1e-3);
    if (coloured) { return own * more * clamp(1.0 + hair * number(0u) * lock.w, 0.3, 2.0); }
    return own * facing(p - 16, right, down) / max(more, 1e-3);
}
fn shade(x: i32, y: i32) -> vec4f {
    let size = source_size();
    let pixels = size.x * size.y;
    let first = 4 * (y * width() + x);
    var out = vec4f(0.0);
    for (var k = 0; k < 4; k++) {
        let p = (first + k) / pixels;
        let i = (first + k) - p * pixels;
        out[k] = value(p, i % size.x, i / size.x);
    }
    return out;
}
