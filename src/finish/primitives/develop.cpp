// The picture of a portrait in one pass: relight, backdrop with light wrap, grade, display curve, grain (shaders/develop.wgsl).
#include "finish/noise_field.h"
#include "finish/padded.h"
#include "finish/primitives/all.h"

#include <cmath>

namespace limner::finish {

namespace {

// Numbers of the pass; plan.cpp fills them in the same order.
enum {
    kShoulder,
    kCanonical,
    kLights,
    kExposure = kLights + 24,
    kContrast,
    kSaturation,
    kBalance,
    kVignette = kBalance + 3,
    kGrain,
    kGrainSeed,
    kBackdrop,
    kColour,
    kColour2 = kColour + 3,
    kSeed = kColour2 + 3,
    kDepthOfField,
    kWrap,
    kCut,
    kSolid
};

// Out-of-focus lights: a jittered grid of discs in three layers, larger and fainter towards the front.
Vec4 scene(const Pass& pass, float px, float py) {
    const std::uint32_t seed = pass.u(kSeed);
    const Vec4 a = pass.rgb(kColour), b = pass.rgb(kColour2);
    const float blur = 0.25F + 0.75F * pass.f(kDepthOfField);
    const float drift = 0.5F + 0.9F * py + 0.9F * fbm(px * 1.3F, py * 1.3F, 3, seed);
    Vec4 c = mix(a, b, smoothstep(0.0F, 1.0F, drift));
    c = c * splat(1.0F + 0.5F * fbm(px * 2.1F + 7.0F, py * 2.1F, 3, seed + 40U));
    for (int layer = 0; layer < 3; ++layer) {
        const float cell = layer == 0 ? 0.10F : (layer == 1 ? 0.17F : 0.29F);
        const std::uint32_t s = seed + 101U * static_cast<std::uint32_t>(layer + 1);
        const float gx = px / cell, gy = py / cell;
        const int ix = ifloor(gx), iy = ifloor(gy);
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i) {
                const std::uint32_t h = hash(ix + i, iy + j, s), k = hash(ix + i, iy + j, s + 7U);
                if ((k & 7U) > 3U) continue;  // half the cells are dark
                const float dx = gx - static_cast<float>(ix + i) - 0.2F - 0.6F * unit_low(h);
                const float dy = gy - static_cast<float>(iy + j) - 0.2F - 0.6F * unit_high(h);
                const float radius = blur * (0.35F + 0.45F * unit(k)),
                            d = std::sqrt(dx * dx + dy * dy) / radius;
                const float disc = 1.0F - smoothstep(0.86F, 1.06F, d);
                const float ring = 0.75F + 0.35F * smoothstep(0.5F, 0.95F, d);
                const float hue = unit(hash(ix + i, iy + j, s + 13U));
                const Vec4 tint = mix(a, b, hue) * splat(0.8F) + vec4(0.10F, 0.085F, 0.07F, 0) * splat(hue);
                const float height = 1.0F - smoothstep(0.05F, 0.6F, abs(py + 0.12F));
                c += tint * splat(disc * ring * 0.55F * height * (1.0F - 0.2F * static_cast<float>(layer)) *
                                  unit(h * 747796405U + 1U));
            }
    }
    return c;
}

struct Canvas {  // the studio's, over short sides from (x0, y0) to (x1, y1)
    FbmField patches, grain;

    Canvas(float x0, float y0, float x1, float y1)
        : patches(x0 * 2.7F, y0 * 2.7F, x1 * 2.7F, y1 * 2.7F, 4, 11U),
          grain(x0 * 23.0F, y0 * 23.0F, x1 * 23.0F, y1 * 23.0F, 2, 23U) {}
};

// Linear colour behind the sitter at (px, py): short sides from the middle of the picture, y down.
Vec4 backdrop(const Pass& pass, const Canvas& canvas, float px, float py) {
    const Vec4 a = pass.rgb(kColour), b = pass.rgb(kColour2);
    switch (pass.i(kBackdrop)) {
        case 1: return mix(a, b, smoothstep(-0.55F, 0.55F, py));
        case 2: {  // painted canvas in a pool of light behind the head
            const float dy = py + 0.06F;
            const float pool = exp(-3.8F * (px * px + dy * dy));
            const float mottle = 0.16F * canvas.patches.at(px * 2.7F, py * 2.7F) +
                                 0.05F * canvas.grain.at(px * 23.0F, py * 23.0F);
            return a * splat((0.34F + 1.06F * pool) * (1.0F + mottle));
        }
        case 3: return scene(pass, px, py);
        default: return a;
    }
}

}  // namespace

void develop(const Pass& pass) {
    const View person = pass.in[0], transfer_a = pass.in[1], transfer_b = pass.in[2];
    const float short_side = 1000.0F * pass.unit_length(), per_side = 1.0F / short_side;
    const float half_w = 0.5F * static_cast<float>(pass.full_width()),
                half_h = 0.5F * static_cast<float>(pass.full_height());
    const float corner = 1.0F / std::sqrt(half_w * half_w + half_h * half_h);
    const bool canonical = pass.f(kCanonical) > 0.5F, cut = pass.f(kCut) > 0.5F,
               solid = pass.f(kSolid) > 0.5F;
    const float shoulder = pass.f(kShoulder), above = 1.0F - shoulder, contrast = pass.f(kContrast);
    const float wrap = pass.f(kWrap), wrap_radius = 12.0F * pass.unit_length(), grain = pass.f(kGrain);
    const Vec4 balance = pass.rgb(kBalance) * splat(pass.f(kExposure));
    const Padded<float> matte(person, pass.width(), pass.height(), ifloor(wrap_radius) + 2,
                              [](Vec4 c) { return c[3]; });
    std::ptrdiff_t around[12];
    for (int k = 0; k < 12; ++k) {
        const float turn = static_cast<float>(k) * (1.0F / 12.0F),
                    r = wrap_radius * (k % 2 == 0 ? 1.0F : 0.45F);
        around[k] = ifloor(r * sin_turn(turn) + 0.5F) * matte.stride() + ifloor(r * cos_turn(turn) + 0.5F);
    }

    const auto side_x = [&](int x) { return (pass.full_x(x) - half_w) * per_side; };
    const auto side_y = [&](int y) { return (pass.full_y(y) - half_h) * per_side; };
    const Canvas canvas(side_x(-1), side_y(-1), side_x(pass.width()), side_y(pass.height()));
    each_pixel(pass, [&](int x, int y) {
        const float full_x = static_cast<float>(x + pass.origin_x()) + 0.5F,
                    full_y = static_cast<float>(y + pass.origin_y()) + 0.5F;
        const float px = (full_x - half_w) * per_side, py = (full_y - half_h) * per_side;
        Vec4 c = person.at(x, y);
        float alpha = saturate(c[3]);
        if (!canonical) {
            const Vec4 ta = transfer_a.at(x, y), tb = transfer_b.at(x, y);
            Vec4 light = splat(0);
            for (int k = 0; k < 8; ++k) light += pass.rgb(kLights + 3 * k) * splat(k < 4 ? ta[k] : tb[k - 4]);
            c = c * light;
        }
        c = max(c, splat(0));
        float kept = 1.0F;
        if (cut && !solid) {
            kept = alpha;
        } else {
            float creep = 0;  // light from behind creeps around the edge
            if (alpha > 0.0F && wrap > 0.0F) {
                float cover = 0;
                for (const std::ptrdiff_t there : around) cover += matte.at(x, y)[there];
                creep = wrap * saturate(1.0F - cover * (1.0F / 12.0F));
            }
            // Most of a portrait is sitter, and what is behind a sitter is not looked at.
            const Vec4 behind = alpha < 1.0F || creep > 0.0F ? backdrop(pass, canvas, px, py) : splat(0);
            c = mix(c, behind, creep);
            // A cut-out that a style will paint over: the sitter's colours run on to the end of the matte, so no fringe.
            c = mix(behind, c, cut ? smoothstep(0.0F, 0.2F, alpha) : alpha);
            if (cut) kept = alpha;
        }

        c = c * balance;
        const float l0 = luma(c);
        c = max(mix(splat(l0), c, pass.f(kSaturation)), splat(0));
        const float l = max(luma(c), 1e-5F);
        if (contrast != 1.0F) c = c * splat(0.18F * pow(l * (1.0F / 0.18F), contrast) / l);
        const float rx = full_x - half_w, ry = full_y - half_h;
        c = c * splat(1.0F - pass.f(kVignette) * 0.8F *
                                 smoothstep(0.3F, 1.05F, std::sqrt(rx * rx + ry * ry) * corner));

        const Vec4 over = c - splat(shoulder);
        if (over[0] > 0.0F || over[1] > 0.0F || over[2] > 0.0F) {
            const Vec4 rolled =
                above > 0.0F ? splat(shoulder) + splat(above) * (splat(1.0F) - exp(-over / splat(above)))
                             : splat(1.0F);
            c = with_alpha(over > splat(0) ? rolled : c, c[3]);
        }
        c = encode_srgb(c);
        const std::uint32_t fx = static_cast<std::uint32_t>(x + pass.origin_x()),
                            fy = static_cast<std::uint32_t>(y + pass.origin_y());
        c += splat((unit(hash(fx, fy, 977U)) - 0.5F) * (1.0F - alpha) *
                   (1.0F / 255.0F));  // smooth backdrops would show bands
        if (grain > 0.0F) {
            const float size = 1.0F / max(1.3F * pass.unit_length(), 0.8F);
            const float n = 0.6F * noise(full_x * size, full_y * size, pass.u(kGrainSeed)) +
                            0.5F * (unit(hash(fx, fy, pass.u(kGrainSeed))) - 0.5F);
            const float tone = luma(c);
            c += splat(n * grain * 0.16F * (0.25F + 3.0F * saturate(tone) * saturate(1.0F - tone)));
        }
        return with_alpha(saturate(c), kept);
    });
}

float develop_reach(const Pass& pass) { return pass.f(kWrap) > 0.0F ? 13.0F * pass.unit_length() : 0.0F; }

}  // namespace limner::finish
