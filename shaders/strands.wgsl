// Strands drawn into the hair, combed noise summed along its flow. in: source, sitter, combed noise, flow.
// 0 how crisp to cut the matte elsewhere. In cells: deviation of the weights: 1 on the head, 2 in a beard; 3 stride; how far
// noise was combed: 4 on the head, 5 in a beard. 6 whether hair on the head is in ropes; 7 how ragged a beard's outline is;
// 8 how much ropes are plaited; 9 how much darker its shadows are; 10 how much redder dark hair is; 11 how much grain is seen.
// The constants are explained in strands.cpp.
fn within(c: vec4f, about: vec4f) -> vec4f { return about * clamp(luma(c) / max(luma(about), 1e-4), 0.6, 1.2); }
fn hair_at(at: vec2f) -> f32 { return sample_plane(9, at) / max(sample_plane(3, at), 0.05); }
fn way_at(p: vec2f) -> vec2f {  // none outside the picture
    let i = vec2i(ifloor(p.x + 0.5), ifloor(p.y + 0.5));
    return select(vec2f(0.0), heading(at3(i.x, i.y).xy), has_pixel(3u, i.x, i.y));
}
fn lightened(c: vec4f, light: f32, warm: f32) -> vec4f {
    let own = luma(c);
    let lit = max(c + mix_(c, vec4f(own), mixf(0.35, 0.65, smooth_step(0.14, 0.05, own))) * (light - 1.0), c * 0.1);
    return mix_(lit, lit * vec4f(1.10, 0.96, 0.86, 1.0), warm * smooth_step(0.09, 0.035, luma(lit)));
}
fn grain_at(x: i32, y: i32) -> f32 { return unit(hash_i(x, y, 0x6772u)); }
fn grain(at: vec2f, cell: f32) -> f32 {
    let p = (at - 0.5) / cell;
    let i = vec2i(ifloor(p.x), ifloor(p.y));
    let part = p - vec2f(i);
    return 2.0 * mixf(mixf(grain_at(i.x, i.y), grain_at(i.x + 1, i.y), part.x),
                      mixf(grain_at(i.x, i.y + 1), grain_at(i.x + 1, i.y + 1), part.x), part.y) - 1.0;
}
fn shade(x: i32, y: i32) -> vec4f {
    let sitter = at1(x, y);
    let here = at3(x, y);
    let share = length(here.xy);
    let cut = saturate((sitter.a - 0.5) * number(0u) + 0.5);
    let u = full_size().x * (1.0 / 512.0);
    if (share <= 0.0) { return with_alpha(sitter, cut); }
    let cell = max(0.5 * u, 1.0);
    let stride = number(3u);
    let far = stride * cell;
    let beard = here.z < 0.0;
    let sigma = select(number(1u), number(2u), beard);
    let fall = -0.5 * stride * stride / (sigma * sigma);
    var n = at2(x, y).xyz;
    var a = vec2f(f32(x), f32(y));
    var b = a;
    var way_a = way_at(a);
    var way_b = -way_a;
    var sum = 1.0;
    for (var k = 1; k <= 5; k++) {
        let weight = exp(fall * f32(k * k));
        sum += 2.0 * weight;
        way_a = turned(way_a, way_at(a + way_a * (0.5 * far)));
        way_b = turned(way_b, way_at(b + way_b * (0.5 * far)));
        a += way_a * far;
        b += way_b * far;
        n += (sample2(a.x, a.y).xyz * strand_there(way_a) + sample2(b.x, b.y).xyz * strand_there(way_b)) * weight;
    }
    let combed = select(number(4u), number(5u), beard);
    let both = sqrt(sigma * sigma + combed * combed) * cell;
    let combed_far = saturate(number(4u) * (1.0 / 16.0) - 0.5);
    n *= vec3f(max(both / cell, 1.0) / (0.44 * sum), sqrt(max(both / max(4.0 * u, 2.0), 1.0)) / (0.142 * sum),
               sqrt(max(both / max(12.0 * u, 2.0), 1.0)) / (0.23 * sum));

    let loose = vec3f(0.94, 0.6, 0.8);
    let head = mix(mix(loose, vec3f(0.74, 0.6, 0.5), combed_far), loose * vec3f(1.05, 0.8, 0.4), number(6u));
    let seen = select(head, vec3f(1.4, 0.6, 0.8), beard) * vec3f(min(1.5 * u, 1.0), min(2.0 * u, 1.0), min(4.0 * u, 1.0));
    let strength = seen * abs(here.z);
    var drawn = dot(strength, n);
    let crossing = select(number(11u) * min(1.5 * u, 1.0) * abs(here.z), 0.0, beard);
    if (crossing > 0.0) { drawn += crossing * grain(full(x, y), cell); }
    if (!beard && number(8u) > 0.0) {
        let run = select(full(x, y).x, full(x, y).y, abs(here.y) > abs(here.x));
        let gap = exp(-16.0 * n.z * n.z);
        let plait = sin_turn(run / (9.0 * u) + 0.8 * abs(n.z) + 0.15 * n.y);
        drawn += smooth_step(0.6, 1.0, share) *
                 (number(8u) * 0.22 * plait * (1.0 - gap) * min(2.0 * u, 1.0) -
                  mixf(0.42, 0.21, smooth_step(0.05, 0.14, luma(sitter))) * (gap - 0.174) * min(4.0 * u, 1.0));
    }
    let root = clamp(1.0 + drawn, 0.15, 2.5);
    let shine = 0.5 * here.w * clamp(1.0 + 0.8 * n.x, 0.0, 2.5);
    var light = root * root / (1.0 + dot(strength, strength) + crossing * crossing * (1.0 / 3.0)) + shine;
    if (!beard && number(9u) > 0.0) {
        light *= clamp(pow(max(luma(sitter), 1e-6) * (1.0 / 0.028), number(9u) * smooth_step(0.6, 0.95, share)), 0.65, 1.5);
    }
    let level = 1.0 / (1.0 + exp(-1.7 * 0.88 * dot(vec3f(1.0, 0.4, 0.35), n)));
    let warm = number(10u);
    var lit = lightened(sitter, light, warm * share);
    let place = source_place(x, y);
    let hair = hair_at(place);
    if (!beard && hair >= 0.02 && hair <= 0.97) {
        let slope = vec2f(hair_at(place + vec2f(1.5, 0.0)) - hair_at(place - vec2f(1.5, 0.0)),
                          hair_at(place + vec2f(0.0, 1.5)) - hair_at(place - vec2f(0.0, 1.5))) * (1.0 / 3.0);
        let steep = length(slope);
        var sure = smooth_step(0.012, 0.04, steep) * smooth_step(0.02, 0.15, hair) * smooth_step(0.97, 0.88, hair);
        if (sure > 0.0) {
            let way = slope / steep;
            let far_hair = way * min((1.0 - hair) / steep + 0.8, 9.0);
            let far_skin = way * min(hair / steep + 0.8, 9.0);
            let before = sample_plane(7, place - far_skin) - sample_plane(7, place + far_hair);
            let apart = smooth_step(0.015, 0.005, before);
            lit = mix_(lit, sitter, (1.0 - apart) * smooth_step(0.95, 0.5, hair));
            sure *= apart;
            let pixels = full_size().x / f32(source_size().x);
            let to_hair = vec2f(f32(x), f32(y)) + far_hair * pixels;
            let to_skin = vec2f(f32(x), f32(y)) - far_skin * pixels;
            let hair_there = sample1(to_hair.x, to_hair.y);
            let skin_there = sample1(to_skin.x, to_skin.y);
            let hair_here = (sitter - skin_there * (1.0 - hair)) * (1.0 / max(hair, 0.2));
            let skin_here = (sitter - hair_there * hair) * (1.0 / max(1.0 - hair, 0.2));
            let deep = smooth_step(0.3, 0.8, hair);
            let skin = mix_(within(skin_here, skin_there), skin_there, deep) * (1.0 - 0.65 * hair);
            let strand = mix_(hair_there, within(hair_here, hair_there), deep);
            let covers = saturate(2.0 * (1.5 * hair - 0.25 - level) + 0.5) * mixf(0.5, 1.0, smooth_step(0.02, 0.6, hair));
            lit = mix_(lit, mix_(skin, lightened(strand, light, warm), covers), sure);
        }
    }
    let matte = saturate(sitter.a * (1.0 / 0.9));
    let wisps = saturate(2.0 * (1.5 * matte - 0.25 - level) + 0.5);
    return with_alpha(lit, mixf(cut, wisps, smooth_step(0.3, 0.8, share) * select(1.0, number(7u), beard) * min(1.5 * u, 1.0)));
}
