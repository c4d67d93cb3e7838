// Where a style must stay crisp. in: regions_a, regions_b, matte.
// 0 eyes, 1 brows, 2 lips and mouth, 3 skin, 4 hair, 5 glasses, 6 clothes, 7 behind the sitter.
fn shade(x: i32, y: i32) -> vec4f {
    let a = at0(x, y);
    let b = at1(x, y);
    let sum = a.x + a.y + a.z + a.w + b.x + b.y + b.z + b.w;
    var m = number(0u) * a.w + number(1u) * a.z + number(2u) * (b.x + b.y) + number(3u) * a.x + number(4u) * a.y + number(5u) * b.z +
            number(6u) * b.w;
    m += number(7u) * saturate(1.0 - at2(x, y).a);
    return vec4f(vec3f(saturate(m)), saturate(sum));
}
