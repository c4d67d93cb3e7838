// Evens light and dark by a gamma of each place's own (after Moroney 2000). in: picture, blurred wide. 0 amount, 1 lightness to come to.
fn shade(x: i32, y: i32) -> vec4f {
    let c = at0(x, y);
    let around = clamp(luma(at1(x, y)), 0.02, 0.95);
    let gamma = clamp(mixf(1.0, log2(number(1u)) / log2(around), number(0u)), 0.3, 2.5);
    let l = max(luma(c), 1e-4);
    return with_alpha(saturate(c * (pow_(l, gamma) / l)), c.a);
}
