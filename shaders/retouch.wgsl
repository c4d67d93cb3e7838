// Skin without blotches but with pores; teeth and eyes whiter. in: sitter, fine, line, regions_a, regions_b. 0 smooth, 1 whiten.
fn shade(x: i32, y: i32) -> vec4f {
    let c = at0(x, y);
    let fine = at1(x, y);
    let fitted = at2(x, y);
    let a = at3(x, y);
    let b = at4(x, y);
    let base = sqrt(max(c, vec4f(0.0)));
    let change = fitted + fine * fitted.a - fine;
    var r = max(base + change * (number(0u) * smooth_step(0.5, 0.95, a.x)), vec4f(0.0));
    r = r * r;
    let l = luma(r);
    let high = max(max(r.r, r.g), r.b);
    let low = min(min(r.r, r.g), r.b);
    let pale = smooth_step(0.03, 0.12, l) * (1.0 - smooth_step(0.45, 0.75, (high - low) / max(high, 1e-4)));
    r = mix_(r, mix_(vec4f(l), r, 0.45) * 1.18, number(1u) * pale * saturate(a.w + b.y));
    return with_alpha(r, c.a);
}
