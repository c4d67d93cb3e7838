// Where hair is and how it runs. in: source, noise. out: direction as long as the share of hair; contrast times the share, less than none in a beard; how much it shines, times the share.
// Numbers are in src/finish/primitives/strands_numbers.h; the constants are explained in strand_flow.cpp.
fn share_at(x: i32, y: i32) -> f32 {
    let hair = plane(9, x, y);
    var brows = plane(10, x, y) * number(6u);
    if (hair + brows < 1.0 / 512.0) { return 0.0; }
    if (brows >= 1.0 / 512.0) {
        let apart = max(source_size().x / 128, 1);
        let s = source_size();
        let cx = clamp(x, 0, s.x - 1);
        let cy = clamp(y, 0, s.y - 1);
        var eyes = 0.0;
        for (var j = -2; j <= 2; j++) {
            for (var i = -2; i <= 2; i++) { eyes = max(eyes, plane(11, cx + i * apart, cy + j * apart)); }
        }
        brows *= 1.0 - smooth_step(0.02, 0.15, eyes);
    }
    return smooth_step(0.03, 0.3, (hair + brows) / max(plane(3, x, y), 0.01));
}
fn strands_at(x: i32, y: i32) -> vec4f { return vec4f(plane(24, x, y), plane(25, x, y), plane(26, x, y), plane(27, x, y)); }
fn normal_at(at: vec2f) -> vec3f {
    let own = vec3f(sample_plane(4, at), sample_plane(5, at), sample_plane(6, at));
    return own * (1.0 / max(length(own), 1e-6));
}
fn combed(at: vec2f, share: f32, h: vec4f) -> vec4f {
    let there = parting_at(11u, (at + 0.5) * 2.0 / vec2f(source_size()) - 1.0, sample_plane(7, at));
    let near = there.y * smooth_step(0.065, 0.025, abs(there.x));
    if (near <= 0.0) { return h; }
    let n = normal_at(at);
    let way = number_rgb(12u).xyz * select(1.0, -1.0, there.x < 0.0) - number_rgb(15u).xyz * 0.4 - number_rgb(18u).xyz * 0.1;
    let out = dot(way, n);
    let dx = way.x - n.x * out;
    let dy = n.y * out - way.y;
    let size = max(dx * dx + dy * dy, 1e-6);
    return mix_(h, vec4f((dx * dx - dy * dy) / size, 2.0 * dx * dy / size, h.z / share, 1.0) * share, near);
}
fn covers(at: vec2f) -> f32 { return sample_plane(9, at) / max(sample_plane(3, at), 0.05); }
fn rooted(at: vec2f, h: vec4f, share: f32, by: f32, stray: f32) -> vec4f {
    let right = vec2f(3.0, 0.0);
    let down = vec2f(0.0, 3.0);
    let slope = vec2f(covers(at + right) - covers(at - right), covers(at + down) - covers(at - down));
    let steep = length(slope);
    if (steep <= 0.06) { return h; }
    let along = cos_turn(stray);
    let across = sin_turn(stray);
    let up = slope * (1.0 / steep);
    let way = vec2f(up.x * along - up.y * across, up.y * along + up.x * across);
    let near = by * smooth_step(0.06, 0.2, steep) * smooth_step(0.2, 0.6, -up.y);
    return mix_(h, vec4f((way.x * way.x - way.y * way.y) * share, 2.0 * way.x * way.y * share, h.z, h.w), near);
}
fn outlined(at: vec2f, h: vec4f, share: f32, by: f32) -> vec4f {
    let far = 0.035 * f32(source_size().x);
    let slope = vec2f((sample_plane(3, at + vec2f(far, 0.0)) - sample_plane(3, at - vec2f(far, 0.0))) * 0.5,
                      (sample_plane(3, at + vec2f(0.0, far)) - sample_plane(3, at - vec2f(0.0, far))) * 0.5);
    let steep = length(slope);
    let size = length(h.xy);
    if (steep <= 0.1 || size <= 1e-6) { return h; }
    let along = vec2f(-slope.y, slope.x) * (1.0 / steep);
    let cosine = along.x * along.x - along.y * along.y;
    let sine = 2.0 * along.x * along.y;
    let agree = (h.x * cosine + h.y * sine) / size;
    let near = by * smooth_step(0.1, 0.35, steep) * smooth_step(-0.3, 0.3, agree);
    return mix_(h, vec4f(cosine * share, sine * share, h.z, h.w), near);
}
fn fronted(x: i32, y: i32, h: vec4f, share: f32) -> vec4f {
    let aside = full(x, y).x * 2.0 / full_size().x - 1.0 - number(28u);
    let above = full(x, y).y * 2.0 / full_size().y - 1.0 - number(27u);
    let wide = number(29u);
    let fringe = number(26u) < 1.5;
    let dx = select(-aside / max(0.25 - above, 0.25), 0.45 * aside, fringe);
    let per = share / (dx * dx + 1.0);
    let high = select(smooth_step(-0.8, -0.45, above), smooth_step(-0.5, -0.2, above), fringe);
    return mix_(h, vec4f((dx * dx - 1.0) * per, 2.0 * dx * per, h.z, share), high * smooth_step(wide, 0.8 * wide, abs(aside)));
}
fn waves(x: i32, y: i32) -> f32 {
    let per = 2.0 / full_size().x;
    let across = full(x, y).x * per - 1.0;
    let down = full(x, y).y * per;
    let turns = number(8u);
    let lock = 1.6 * number(9u) * noise(across * turns * 3.0, down * turns * 0.25, number_u(10u) + 4u);
    let uneven = 1.0 + 0.12 * noise(across * 4.0, down * 4.0, number_u(10u) + 5u);
    return (down * turns * uneven + lock) * select(1.0, -1.0, across < 0.0);
}
fn sheen(way: vec2f, n: vec3f) -> f32 {
    let rise = clamp((n.y * way.y - n.x * way.x) / max(n.z, 0.3), -3.0, 3.0);
    let one = 1.0 / sqrt(1.0 + rise * rise);
    var mirrored = 0.0;
    for (var i = 32u; i < 60u; i += 4u) {
        let l = vec3f(number(i), number(i + 1u), number(i + 2u));
        let along = (l.x * way.x - l.y * way.y + (l.z + 1.0) * rise) * one;
        let across = max(1.0 - along * along / max(2.0 + 2.0 * l.z, 0.4), 0.0);
        let a2 = across * across;
        let a4 = a2 * a2;
        let a8 = a4 * a4;
        let a16 = a8 * a8;
        mirrored += number(i + 3u) * saturate(dot(l, n) + 0.2) * (a16 * a16);
    }
    return mirrored - 0.2;
}
fn crossing(p: vec2f, hangs: f32, seed: u32) -> f32 {
    var down = 0.0;
    var across = 0.0;
    if (hangs > 0.0) { down = noise(p.x, p.y * 0.2, seed); }
    if (hangs < 1.0) { across = noise(p.x * 0.2, p.y, seed + 8u); }
    return mixf(across, down, hangs);
}
fn frizzy(x: i32, y: i32, hangs: f32) -> f32 {
    let u = full_size().x / 512.0;
    let p = full(x, y) / u;
    return saturate(5.5 * u - 1.0) * crossing(p / 5.5, hangs, number_u(10u) + 6u) +
           saturate(2.4 * u - 1.0) * crossing(p / 2.4, hangs, number_u(10u) + 7u);
}
fn shade(x: i32, y: i32) -> vec4f {
    let at = source_place(x, y);
    let f = vec2f(floor(at.x), floor(at.y));
    let i = vec2i(f);
    let t = at - f;
    let a = share_at(i.x, i.y);
    let b = share_at(i.x + 1, i.y);
    let c = share_at(i.x, i.y + 1);
    let d = share_at(i.x + 1, i.y + 1);
    if (a + b + c + d <= 0.0) { return vec4f(0.0); }
    let share = mixf(mixf(a, b, t.x), mixf(c, d, t.x), t.y);
    if (share <= 0.0) { return vec4f(0.0); }
    let aside = full(x, y).x * 2.0 / full_size().x - 1.0 - number(3u);
    let face = full(x, y).y / full_size().y > number(2u) && abs(aside) < number(4u);
    var h = mix_(mix_(strands_at(i.x, i.y) * a, strands_at(i.x + 1, i.y) * b, t.x),
                 mix_(strands_at(i.x, i.y + 1) * c, strands_at(i.x + 1, i.y + 1) * d, t.x), t.y);
    if (face) { h.x -= number(5u) * share; } else if (number(11u) > 0.5) { h = combed(at, share, h); }
    if (number(26u) > 0.0) { h = fronted(x, y, h, share); }
    if (!face && number(31u) > 0.0) { h = rooted(at, h, share, number(31u), 0.07 * at1(x, y).w); }
    if (!face && number(61u) > 0.0) { h = outlined(at, h, share, number(61u)); }
    let lying = hair_lies(h.x, h.y);
    let curls = select(number(0u), number(1u), face);
    let unruly = max(saturate((0.42 - h.w / share) * (1.0 / 0.2)), 0.5 * saturate(2.0 * curls - 1.0));
    let curl = curls * unruly * (1.2 / 6.28318531) * at1(x, y).w;
    var wavy = 0.0;
    var turns = 0.0;
    if (!face) { wavy = number(7u) * smooth_step(0.25, 0.75, abs(lying.y)); }
    if (wavy > 0.0) { turns = waves(x, y); }
    let wave = wavy * sin_turn(turns);
    var frizz = 0.0;
    if (!face && number(62u) > 0.0) { frizz = number(62u) * frizzy(x, y, smooth_step(0.3, 0.7, lying.y * lying.y)); }
    let along = cos_turn(curl + wave + frizz);
    let across = sin_turn(curl + wave + frizz);
    let way = vec2f(lying.x * along - lying.y * across, lying.y * along + lying.x * across);
    var shine = 0.0;
    if (!face) { shine = share * (number(30u) * sheen(way, normal_at(at)) + 3.0 * wavy * cos_turn(turns)); }
    return vec4f(way * share, select(h.z, -h.z, face), shine);
}
