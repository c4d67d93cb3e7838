// Edges of skin made sharp. in: source, sitter, table of the outline. 0 margin (pixels).
// The table is described in src/finish/primitives/carve_numbers.h; the constants are explained in carve.cpp.
fn premultiplied(c: vec4f) -> vec4f { return vec4f(c.rgb * c.a, c.a); }
fn drawn(q: vec2f, n: vec2f, side: f32, d: f32) -> vec4f {
    let from_ = side * (number(0u) + max(d, 0.0) * (1.5 / 2.5));
    let at = q + from_ * n - full(0, 0);
    return premultiplied(sample1(at.x, at.y));
}
fn shade(x: i32, y: i32) -> vec4f {
    let c = at1(x, y);
    let p = full(x, y);
    let half_size = 0.5 * full_size();
    let margin = number(0u);
    let cell = vec2i(floor(p / half_size * 16.0));
    let list = in2[cell.y * 32 + cell.x];
    var nearest = 6.25 * margin * margin;
    var out = vec2f(0.0);
    var away = vec2f(0.0);
    let count = u32(list.y);
    for (var k = 0u; k < count; k++) {
        let at = u32(list.x) + 2u * k;
        let ends = (in2[at] + 1.0) * half_size.xyxy;
        let along = ends.zw - ends.xy;
        let from_ = p - ends.xy;
        let t = saturate(dot(from_, along) / max(dot(along, along), 1e-6));
        let off = from_ - t * along;
        let far = dot(off, off);
        if (far >= nearest) { continue; }
        let across = in2[at + 1u];
        nearest = far;
        away = off;
        out = mix(across.xy, across.zw, t);
    }
    let stands = length(out);
    if (stands < 1e-3) { return c; }
    let n = out / stands;
    let q = p - away;
    let off = dot(away, n);
    let aside = sqrt(max(nearest - off * off, 0.0));
    let in_skin = q * (vec2f(source_size()) / full_size()) - 0.5 - 1.5 * n;
    let skin = sample_plane(8, in_skin) + sample_plane(12, in_skin);
    let sure = saturate(stands) * smooth_step(0.35, 0.8, skin) * smooth_step(margin, 0.0, aside);
    if (sure <= 0.0) { return c; }
    let cover = saturate(0.5 - off);
    var made = vec4f(0.0);
    if (cover > 0.0) { made += drawn(q, n, -1.0, -off) * cover; }
    if (cover < 1.0) { made += drawn(q, n, 1.0, off) * (1.0 - cover); }
    made = mix_(premultiplied(c), made, sure);
    if (made.a > 1e-4) { return vec4f(made.rgb / made.a, made.a); }
    return with_alpha(c, 0.0);
}
