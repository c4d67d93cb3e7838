// Strands drawn into the hair, noise summed along its flow, and pores into the skin. in: sitter, noise, flow.
// 0 how crisp to cut the matte elsewhere.
// The constants are explained in strands.cpp.
fn step_at(x: f32, y: f32, size: f32) -> vec2f {
    let f = at2(ifloor(x + 0.5), ifloor(y + 0.5)).xy;
    let share = length(f);
    return select(vec2f(0.0), f * (size / share), share > 0.0);
}
fn pored(sitter: vec4f, x: i32, y: i32, u: f32, skin: f32) -> vec4f {
    if (skin <= 0.0) { return sitter; }
    let cell = max(0.75 * u, 1.0);
    let px = f32(x);
    let py = f32(y);
    let above = sample1(px, py - cell).x;
    let below = sample1(px, py + cell).x;
    let pit = (0.4 * at1(x, y).x + 0.15 * (above + below + sample1(px - cell, py).x + sample1(px + cell, py).x)) * (1.0 / 0.27);
    let slope = 0.5 * (below - above) * (1.0 / 0.4);
    let root = 1.0 + skin * min(1.2 * u, 1.0) * (0.015 * (pit - 0.4 * (pit * pit - 1.0)) + 0.014 * slope);
    return sitter * (root * root);
}
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at0(x, y);
    let here = at2(x, y);
    let share = length(here.xy);
    let cut = saturate((sitter.a - 0.5) * number(0u) + 0.5);
    let u = full_size().x * (1.0 / 512.0);
    let skinned = pored(sitter, x, y, u, here.w);
    if (share <= 0.0) { return with_alpha(skinned, cut); }
    let size = 1.2 * max(0.75 * u, 1.0);
    let long = 24.0 * u;
    let near = 8.0 * size;
    let pairs = ifloor(clamp(select(4.0 + (long - near) / (4.0 * size), long / (2.0 * size), long <= near) + 0.5, 1.0, 7.0));
    let reach = 2.0 * size * f32(pairs + max(pairs - 4, 0));
    let wide = reach * (1.0 / 2.2);
    let fine = min(5.0 * u, wide);
    var n = at1(x, y).xyz;
    var squares = 1.0;
    var sum = 1.0;
    let first = step_at(f32(x), f32(y), size);
    var p = vec4f(vec2f(f32(x), f32(y)), vec2f(f32(x), f32(y)));
    var d = vec4f(first, -first);
    var at = 0.0;
    for (var k = 0; k < pairs; k++) {
        let apart = select(2.0, 1.0, k < 4);
        for (var i = 0; i < 2; i++) {
            p += d * apart;
            at += apart * size;
            let f = apart * exp(-0.5 * at * at / (fine * fine));
            let w = apart * exp(-0.5 * at * at / (wide * wide));
            squares += 2.0 * f * f;
            sum += 2.0 * w;
            n += (sample1(p.x, p.y).xyz + sample1(p.z, p.w).xyz) * vec3f(f, w, w);
        }
        let a = step_at(p.x, p.y, size);
        let b = step_at(p.z, p.w, size);
        let agree = vec2f(dot(a, d.xy), dot(b, d.zw));
        d = vec4f(select(select(d.xy, -a, agree.x < 0.0), a, agree.x > 0.0), select(select(d.zw, -b, agree.y < 0.0), b, agree.y > 0.0));
    }
    let per = 1.0 / (0.145 * sum);
    n *= vec3f(1.0 / (0.46 * sqrt(squares)), per * sqrt(wide / max(4.0 * u, 2.0)), per * sqrt(wide / max(12.0 * u, 2.0)));

    let seen = vec3f(1.25 * min(1.5 * u, 1.0), 0.54 * min(1.5 * u, 1.0), 0.47 * min(4.0 * u, 1.0));
    let strength = seen * here.z;
    let root = clamp(1.0 + dot(strength, n), 0.15, 2.5);
    let lit = skinned * (root * root / (1.0 + dot(strength, strength)));

    let level = 1.0 / (1.0 + exp(-1.7 * 0.88 * dot(vec3f(0.4, 0.8, 0.7), n)));
    let matte = saturate(sitter.a * (1.0 / 0.9));
    let wisps = saturate(2.0 * (1.5 * matte - 0.25 - level) + 0.5);
    return with_alpha(lit, mixf(cut, wisps, share * min(2.0 * u, 1.0)));
}
