// The manner of any picture, after StyleBlit (Sykora et al. 2019). in: picture, guide, example, its guide.
// 0 chunk, 1 tolerance, 2 place, 3 keep, 4 scale, 5 seed.
fn spread(w: i32, h: i32) -> vec2f {
    var sum = 0.0;
    var square = 0.0;
    for (var j = 0; j < 12; j++) {
        for (var i = 0; i < 12; i++) {
            let l = luma(at3((2 * i + 1) * w / 24, (2 * j + 1) * h / 24));
            sum += l;
            square += l * l;
        }
    }
    let mean = sum * (1.0 / 144.0);
    return vec2f(mean, sqrt(max(square * (1.0 / 144.0) - mean * mean, 1e-4)));
}
fn sample3(x: f32, y: f32) -> vec4f {
    let f = vec2f(floor(x), floor(y));
    let i = vec2i(f);
    return mix_(mix_(at3(i.x, i.y), at3(i.x + 1, i.y), x - f.x), mix_(at3(i.x, i.y + 1), at3(i.x + 1, i.y + 1), x - f.x), y - f.y);
}
fn wanted(c: vec4f, stats: vec2f) -> f32 { return saturate(stats.x + (luma(c) - 0.45) * stats.y * 4.4); }
fn folded(v: f32, size: f32) -> f32 {
    let t = abs(v - floor(v / (2.0 * size)) * 2.0 * size);
    return select(2.0 * size - t, t, t < size);
}
fn shade(x: i32, y: i32) -> vec4f {
    let picture = at0(x, y);
    let w = i32(word(12u));
    let h = i32(word(13u));
    if (w <= 1) { return picture; }
    let tolerance = number(1u);
    let scale = number(4u);
    let extent = vec2f(f32(w), f32(h));
    let stats = spread(w, h);
    let f = full(x, y);
    let o = vec2f(origin());
    let own = at1(x, y);
    let here = wanted(own, stats);
    var sum = vec4f(0.0);
    var base = vec4f(0.0);
    var left = 1.0;
    for (var level = 0; level < 4; level++) {
        let size = max(number(0u) * select(select(select(0.125, 0.25, level == 2), 0.5, level == 1), 1.0, level == 0), 3.0);
        let seed = number_u(5u) + 31u * u32(level);
        let c0 = vec2i(floor(f / size));
        var m = c0;
        var nearest = 1e9;
        var at = vec2f(0.0);
        for (var j = -1; j <= 1; j++) {
            for (var i = -1; i <= 1; i++) {
                let k = hash_i(c0.x + i, c0.y + j, seed);
                let s = (vec2f(c0 + vec2i(i, j)) + vec2f(unit_low(k), unit_high(k))) * size;
                let d = s - f;
                if (dot(d, d) < nearest) {
                    nearest = dot(d, d);
                    at = s;
                    m = c0 + vec2i(i, j);
                }
            }
        }
        let mark = at1(ifloor(at.x - o.x), ifloor(at.y - o.y));
        let light = wanted(mark, stats);
        var best = vec2f(0.0);
        var cost = 1e9;
        for (var k = 0u; k < 24u; k++) {
            let r = hash_i(m.x, m.y, seed + 1000u + k);
            let c = vec2f(unit_low(r), unit_high(r));
            let there = at3(ifloor(c.x * extent.x), ifloor(c.y * extent.y));
            let d = c - at / full_size();
            let warm = (there.r - there.b) - (mark.r - mark.b);
            let price = 3.0 * abs(luma(there) - light) + 0.4 * abs(warm) + number(2u) * dot(d, d);
            if (price < cost) {
                cost = price;
                best = c;
            }
        }
        let s = best * extent + (f - at) * scale;
        let sx = folded(s.x, extent.x - 1.0);
        let sy = folded(s.y, extent.y - 1.0);
        let soft = sample3(sx, sy);
        let wrong = abs(luma(soft) - here);
        let take = select(left * smooth_step(1.5 * tolerance, 0.5 * tolerance, wrong), left, level == 3);
        sum += sample2(sx, sy) * take;
        base += soft * take;
        left -= take;
        if (left <= 0.0) { break; }
    }
    var palette = vec4f(0.0);
    var total = 1e-9;
    for (var j = 0; j < 8; j++) {
        for (var i = 0; i < 8; i++) {
            let there = at3((2 * i + 1) * w / 16, (2 * j + 1) * h / 16);
            let dl = luma(there) - here;
            let d = (vec2f(f32(i), f32(j)) + 0.5) * 0.125 - f / full_size();
            let warm = (there.r - there.b) - (own.r - own.b);
            let green = (there.g - 0.5 * (there.r + there.b)) - (own.g - 0.5 * (own.r + own.b));
            let weight = exp2(-90.0 * dl * dl - 14.0 * (warm * warm + green * green) - 6.0 * number(2u) * dot(d, d));
            palette += there * weight;
            total += weight;
        }
    }
    let detail = sum - base;
    let example_colours = palette / total + 0.35 * (here - luma(palette) / total) + detail;
    let own_colours = own + detail * 1.15;
    return with_alpha(saturate(mix_(example_colours, own_colours, number(3u))), picture.a);
}
