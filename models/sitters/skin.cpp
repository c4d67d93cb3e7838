#include "skin.h"

#include "colour.h"
#include "hair_shade.h"
#include "noise.h"
#include "sitter/makeup.h"

namespace limner::sitters {
namespace {

Vec3 of(const Paint& paint) { return {paint[0], paint[1], paint[2]}; }

Vec3 oval(Vec3 p, Vec3 centre, float wide, float high) {  // x: bell over an ellipse in the frontal plane
    const float d = square((p.x - centre.x) / wide) + square((p.y - centre.y) / high);
    return {std::exp(-d), 0, 0};
}

}  // namespace

Vec3 tone_albedo(float tone, float warmth) {
    const ToneLab known = tone_lab(tone);
    Lab lab{known.l, known.a, known.b};
    lab.a -= 1.2F * warmth;
    lab.b += 3.0F * warmth;
    return clamped(from_lab(lab), 0.004F, 0.95F);
}

Skin::Skin(const Sitter& sitter, const AtlasLibrary& atlases, const Body& body, float pixel)
    : pores_(1 - smoothstep(0.0002F, 0.0006F, pixel)),
      fine_(1 - smoothstep(0.0005F, 0.001F, pixel)),
      level_(Atlas::level_for(pixel)) {
    const auto value = [&](const char* id) { return sitter.number(id); };
    const float tone = value("skin.tone");
    age_ = value("age");
    atlas_ = atlases.mix(age_, value("presentation"), tone, value("skin.variant"));
    base_ = tone_albedo(tone, value("skin.warmth"));
    melanin_ = clamp01((tone - 1) / 9);
    redness_ = value("skin.redness");
    freckles_ = value("skin.freckles");
    moles_ = value("skin.moles");
    blotches_ = value("skin.blotches");
    oil_ = value("skin.oil");
    wrinkles_ = value("skin.wrinkles");
    circles_ = value("skin.eye_circles");
    bags_ = value("skin.eye_bags");
    shadow_ = value("beard.shadow");
    smile_ = value("expression.smile");
    brow_raise_ = std::max(value("expression.brow_raise"), value("expression.surprise"));
    squint_ = std::max(value("expression.squint"), smile_ * 0.5F);
    lipstick_ = value("makeup.lips");
    lip_hue_ = value("makeup.lips_hue");
    eye_shadow_ = value("makeup.eyes");
    eye_shadow_hue_ = value("makeup.eyes_hue");
    liner_ = value("makeup.liner");
    blush_ = value("makeup.blush");
    hair_ = HairColour(sitter, Strand::hair).mean_albedo();
    bald_ = sitter.choice("hair.style") == "bald";
    seed_ = 0x5eed;
    for (const float n : sitter.noise)
        seed_ = hash32(seed_ ^ static_cast<std::uint32_t>(static_cast<int>(n * 4096)));

    // Landmarks are skin vertices: their resting places are those vertices'.
    std::array<float, 68> nearest;
    nearest.fill(1e9F);
    for (const Mesh& mesh : body.meshes) {
        if (mesh.surface != Surface::skin || mesh.rest.size() != mesh.position.size()) continue;
        for (std::size_t v = 0; v < mesh.position.size(); ++v)
            for (std::size_t k = 0; k < 68; ++k) {
                const Vec3 d = mesh.position[v] - body.landmarks[k];
                const float far = dot(d, d);
                if (far < nearest[k]) nearest[k] = far, mark_[k] = mesh.rest[v];
            }
    }
}

// 1 on the part of the head that hair grows on: above a line over the forehead, down the temples, behind the ears.
float Skin::scalp(Vec3 p) const {
    const float brow = 0.5F * (mark_[19].y + mark_[24].y), ear_z = 0.5F * (mark_[0].z + mark_[16].z);
    const float behind = ear_z - p.z;  // metres behind the front of the ear
    float line = brow + 0.052F - 0.9F * std::max(0.0F, std::abs(p.x) - 0.03F);
    if (behind > -0.02F) line = mix(line, mark_[0].y + 0.01F, smoothstep(-0.02F, 0.01F, behind));
    line -= 0.075F * smoothstep(0.03F, 0.08F, behind);
    return smoothstep(-0.006F, 0.01F, p.y - line);
}

// 1 where beards grow: jaw, chin, upper lip and upper neck.
float Skin::beard_zone(Vec3 p) const {
    const Vec3 corner = (mark_[48] + mark_[54]) * 0.5F, nose = mark_[33], chin = mark_[8];
    const float mouth_half = 0.5F * std::abs(mark_[54].x - mark_[48].x), x = std::abs(p.x);
    const float side = std::abs(mark_[54].x - mark_[48].x) * 0.5F;
    const float jaw_x = 0.5F * std::abs(mark_[2].x - mark_[14].x);
    // Upper border: under the nose, dropping to the mouth's corner, rising to the sideburn.
    const float moustache = mix(nose.y - 0.002F, corner.y + 0.006F, smoothstep(side * 0.5F, side * 1.25F, x));
    const float cheek = mix(corner.y + 0.002F, mark_[1].y, smoothstep(side * 1.3F, jaw_x, x));
    const float top = x < mouth_half * 1.25F ? moustache : std::max(moustache, cheek);
    const float in = smoothstep(0.004F, -0.006F, p.y - top) * smoothstep(-0.06F, -0.03F, p.y - chin.y);
    return in * smoothstep(0.5F * (mark_[0].z + mark_[16].z) - 0.02F, 0.5F * (mark_[0].z + mark_[16].z), p.z);
}

float Skin::wrinkle_height(Vec3 p) const {
    if (wrinkles_ < 0.03F) return 0;
    const float brow_y = 0.25F * (mark_[19].y + mark_[20].y + mark_[23].y + mark_[24].y), x = std::abs(p.x);
    float h = 0;
    // Forehead: four uneven lines, deeper when the brows are up.
    const float above = p.y - brow_y;
    if (above > -0.005F && above < 0.07F && p.z > mark_[0].z + 0.03F) {
        const float wave =
            0.0035F * gradient_noise({p.x * 28, 3, 0}, seed_) - 0.9F * p.x * p.x / 0.06F * 0.1F;
        const float phase = (above + wave) / 0.0105F;
        const float line = 1 - std::abs(std::sin(kPi * phase));
        const float where =
            smoothstep(0.006F, 0.016F, above) * (1 - smoothstep(0.04F, 0.055F, above)) * bell(p.x, 0.045F);
        const float uneven = 0.6F + 0.6F * gradient_noise({p.x * 45, std::floor(phase) * 3.7F, 1}, seed_ + 3);
        h -= where * std::max(0.0F, uneven) * square(line) * line *
             (0.55F + 1.1F * std::max(0.0F, brow_raise_));
        // Frown: two uprights between the brows.
        h -= 0.8F * bell(x - 0.0075F - 0.1F * std::max(0.0F, above), 0.0014F) *
             smoothstep(-0.005F, 0.004F, above) * (1 - smoothstep(0.012F, 0.024F, above));
    }
    // Crow's feet: rays from the outer corner of the eye.
    for (const int k : {36, 45}) {
        const Vec3 d = p - mark_[static_cast<std::size_t>(k)];
        const float out = (k == 45 ? 1 : -1) * d.x, r = std::hypot(out, d.y) + std::abs(d.z) * 0.4F;
        if (out < 0.001F || r > 0.045F) continue;
        const float angle = std::atan2(d.y, out) + 0.25F * gradient_noise(p * 60, seed_ + 7);
        const float ray = 1 - std::abs(std::sin(angle * 4.2F + 0.6F));
        h -= square(ray) * ray * smoothstep(0.006F, 0.012F, r) * (1 - smoothstep(0.022F, 0.036F, r)) *
             (1 - smoothstep(0.7F, 1.1F, std::abs(angle))) * (0.5F + 0.9F * squint_);
    }
    // Nasolabial fold: from the wing of the nose past the corner of the mouth.
    for (const int side : {-1, 1}) {
        const Vec3 wing = mark_[side < 0 ? 31 : 35], corner = mark_[side < 0 ? 48 : 54];
        const Vec3 a = wing + Vec3{static_cast<float>(side) * 0.007F, 0.004F, 0};
        const Vec3 b = corner + Vec3{static_cast<float>(side) * 0.008F, -0.008F, 0};
        const float t = (p.y - a.y) / (b.y - a.y);
        if (t < -0.2F || t > 1.2F) continue;
        const float bow = static_cast<float>(side) * 0.004F * (1 - square(2 * t - 1));
        const float off = p.x - mix(a.x, b.x, t) - bow;
        h -= (0.9F + 0.6F * smile_) * bell(off, 0.0022F) * smoothstep(-0.1F, 0.2F, t) *
             (1 - smoothstep(0.8F, 1.15F, t));
    }
    // Under the eye.
    for (const int side : {0, 1}) {
        const Vec3 eye = (mark_[side == 0 ? 36 : 42] + mark_[side == 0 ? 39 : 45]) * 0.5F;
        const float dx = (p.x - eye.x) / 0.016F, y = eye.y - 0.011F + 0.004F * dx * dx - p.y;
        if (std::abs(dx) > 1.3F) continue;
        const float lines = bell(y, 0.0011F) + 0.6F * bell(y - 0.0038F, 0.0011F);
        h -= 0.55F * lines * (1 - smoothstep(0.9F, 1.3F, std::abs(dx)));
    }
    return h * 0.0006F * wrinkles_;
}

float Skin::height(Vec2 uv, Vec3 rest, float lips) const {
    // A slope needs two pixels: what is finer than that would glitter.
    const int level = std::min(level_ + 1, Atlas::kLevels - 1);
    const Vec3 d = atlas_.log_detail(uv, level);
    float painted = luminance(d) * 0.00028F;
    if (wrinkles_ > 0.02F) painted += luminance(atlas_.aged->log_detail(uv, level)) * 0.0009F * wrinkles_;
    painted *= 1 - scalp(rest);
    const float pores =
        pores_ > 0.02F ? (0.5F - nearest_cell(rest * 950, 11).distance) * 0.00006F * pores_ : 0;
    // Lips have upright furrows.
    const float furrow = lips * fine_ * 0.00012F * gradient_noise({rest.x * 900, rest.y * 120, 0}, 5);
    return painted + pores * (1 - lips) * (1 - 0.5F * wrinkles_) + furrow + wrinkle_height(rest);
}

SkinPoint Skin::at(Vec2 uv, Vec3 rest, float lips) const {
    const float on_scalp = scalp(rest), dark = melanin_;
    const float face = 1 - on_scalp;
    Vec3 detail = atlas_.log_detail(uv, level_);
    if (wrinkles_ > 0.02F) detail += atlas_.aged->log_detail(uv, level_) * (0.35F * wrinkles_);
    // Painted lids and lips keep their shape as lightness; their colour is laid on below. Painted stubble goes.
    const float tamed = luminance(detail);
    detail = mix(mix(grey(tamed), detail, 0.6F) * 0.85F, grey(tamed * 0.6F), std::max(lips, 0.0F));
    detail = clamped(mix(detail, grey(tamed * 0.15F), on_scalp), -0.8F, 0.5F);
    Vec3 colour = base_ * exp(detail);

    // Blood (haemoglobin absorbs green most, then blue; Jacques 2013): cheeks, nose, ears, chin, lids and a patchy field.
    const Vec3 cheek_l = (mark_[45] + mark_[54]) * 0.5F + Vec3{0.006F, -0.004F, 0};
    const Vec3 cheek_r = (mark_[36] + mark_[48]) * 0.5F + Vec3{-0.006F, -0.004F, 0};
    const float cheeks = oval(rest, cheek_l, 0.024F, 0.02F).x + oval(rest, cheek_r, 0.024F, 0.02F).x;
    const float nose = oval(rest, mark_[30] + Vec3{0, -0.002F, 0}, 0.016F, 0.013F).x *
                       smoothstep(-0.02F, 0.0F, rest.z - mark_[33].z + 0.01F);
    const float chin = oval(rest, mark_[8] + Vec3{0, 0.014F, 0}, 0.015F, 0.011F).x;
    const float ear =
        smoothstep(-0.004F, -0.014F, rest.z - 0.5F * (mark_[0].z + mark_[16].z)) *
        smoothstep(0.0F, 0.008F, std::abs(rest.x) - 0.5F * std::abs(mark_[16].x - mark_[0].x) + 0.004F) *
        smoothstep(-0.045F, -0.02F, rest.y);
    const float patch = fractal_noise(rest * 38, seed_ + 21, 3),
                fine = fractal_noise(rest * 260, seed_ + 22, 2);
    const float blood = face * (0.9F * cheeks + 0.8F * nose + 0.35F * chin + 0.7F * ear - 0.28F) +
                        (0.35F + 0.9F * blotches_) * 0.6F * patch + 0.12F * fine;
    const float bloom = redness_ * 1.15F * (1 - 0.55F * dark);
    colour *= exp(Vec3{-0.08F, -0.42F, -0.36F} * (bloom * blood));
    // Melanin clouds.
    colour *= exp(Vec3{-0.10F, -0.15F, -0.2F} *
                  ((0.25F + 0.8F * blotches_) * fractal_noise(rest * 70 + grey(9), seed_ + 31, 3)));
    // The forehead is a little yellower, the lower face cooler.
    colour *= exp(Vec3{0.0F, 0.02F, -0.04F} * smoothstep(0.0F, 0.05F, rest.y - mark_[27].y));

    // Freckles: cells on nose and cheeks.
    if (freckles_ > 0.01F) {
        const float zone =
            face * (1 - lips) *
            clamp01(0.25F + 0.9F * (cheeks + nose * 0.8F + oval(rest, mark_[28], 0.04F, 0.02F).x));
        for (const float scale : {420.0F, 690.0F}) {
            const Cell cell = nearest_cell(rest * scale, 41U + static_cast<std::uint32_t>(scale));
            const float lucky = hash01(cell.id ^ seed_);
            const float size = 0.16F + 0.22F * hash01(cell.id + 77U);
            const float spot = (1 - smoothstep(size * 0.5F, size, cell.distance)) *
                               (lucky < freckles_ * zone * 0.9F ? 1.0F : 0.0F);
            colour *=
                exp(Vec3{-0.24F, -0.45F, -0.64F} * (spot * (0.5F + 0.5F * freckles_) * (1 - 0.6F * dark)));
        }
    }
    if (moles_ > 0.01F) {
        const Cell cell = nearest_cell(rest * 42, seed_ + 51);
        if (hash01(cell.id ^ 0x77U) < 0.10F * moles_ && lips < 0.05F) {
            const float size = 0.035F + 0.045F * hash01(cell.id + 3U);
            colour *= exp(Vec3{-0.9F, -1.2F, -1.35F} *
                          ((1 - smoothstep(size * 0.7F, size, cell.distance)) * (1 - 0.5F * dark)));
        }
    }
    if (age_ > 50) {  // age spots
        const Cell cell = nearest_cell(rest * 75, seed_ + 61);
        const float size = 0.2F + 0.2F * hash01(cell.id + 5U), ragged = 0.06F * patch;
        if (hash01(cell.id ^ 0x99U) < 0.3F * smoothstep(50, 85, age_))
            colour *= exp(Vec3{-0.12F, -0.24F, -0.34F} *
                          (1 - smoothstep(size * 0.6F, size, cell.distance + ragged)));
    }

    // Circles under the eyes, darker lids.
    float socket = 0;
    for (const int side : {0, 1}) {
        const Vec3 inner = mark_[side == 0 ? 39 : 42], outer = mark_[side == 0 ? 36 : 45],
                   eye = (inner + outer) * 0.5F;
        const float under = oval(rest, mix(eye, inner, 0.35F) + Vec3{0, -0.011F, 0}, 0.014F, 0.0075F).x;
        const float lid = oval(rest, eye + Vec3{0, 0.005F, 0}, 0.016F, 0.008F).x;
        socket += under * circles_ + 0.25F * lid * (0.4F + circles_) + 0.3F * under * bags_;
    }
    colour *= exp(Vec3{-0.22F, -0.36F, -0.26F} * socket);

    // Lips: blood shows through thin skin; make-up lies on top.
    if (lips > 0.01F) {
        const Vec3 bare = base_ * mix(Vec3{0.86F, 0.60F, 0.60F}, Vec3{0.95F, 0.70F, 0.72F}, dark) *
                          std::exp(0.5F * tamed) * mix(1.0F, 0.93F, clamp01(age_ / 90));
        colour = mix(colour, bare, lips * 0.85F);
        if (lipstick_ > 0.01F) {
            const Vec3 lacquer = of(lipstick(lip_hue_)) * (std::exp(0.35F * tamed) * mix(1.0F, 0.45F, dark));
            colour = mix(colour, lacquer, smoothstep(0.35F, 0.75F, lips) * lipstick_ * 0.9F);
        }
    }

    // Shaving shadow: hair under the skin, seen blue-grey through it.
    const float shaved = shadow_ * beard_zone(rest) * (1 - lips);
    if (shaved > 0.005F) {
        const float grain = 0.75F + 0.5F * fine + 0.35F * fine_ * gradient_noise(rest * 900, 71);
        colour = mix(colour, colour * Vec3{0.52F, 0.56F, 0.60F}, clamp01(shaved * grain * 0.95F));
    }
    // Under hair the scalp takes some of its colour: roots no thicker than a tenth of a pixel.
    if (on_scalp > 0.01F && !bald_) colour = mix(colour, mix(colour * 0.6F, hair_, 0.55F), on_scalp * 0.85F);

    // Make-up on lids and cheeks.
    Vec3 cover;
    colour = painted_eyes(rest, colour, cover);
    if (blush_ > 0.01F) colour *= exp(of(kBlusher) * (blush_ * 0.9F * cheeks * (1 - 0.3F * dark)));

    SkinPoint point;
    point.albedo = clamped(colour, 0.004F, 0.93F);
    const float centre =
        std::max({bell(rest.x, 0.018F) * smoothstep(mark_[33].y - 0.01F, mark_[33].y + 0.005F, rest.y), nose,
                  0.5F * chin});
    point.roughness = mix(0.56F, 0.44F, oil_) - 0.05F * centre * face + 0.03F * fine;
    point.gloss = (0.05F + 0.5F * oil_) * (0.35F + 0.65F * centre) * face + 0.12F * on_scalp;
    if (lips > 0.01F) {
        const float wet = 0.45F + 0.5F * lipstick_ * (hash01(seed_ ^ 5U) > 0.4F ? 1.0F : 0.1F);
        point.gloss = mix(point.gloss, wet, lips);
        point.roughness = mix(point.roughness, 0.4F, lips);
    }
    point.sheen = clamp01(1 + 1.2F * tamed) * (1 - 0.25F * shaved) * (1 - 0.3F * cover.x);
    point.height = 0;
    return point;
}

// Shadow on the lids, liner along the lashes. `cover.x` tells how much paint lies there.
Vec3 Skin::painted_eyes(Vec3 p, Vec3 albedo, Vec3& cover) const {
    if (eye_shadow_ < 0.01F && liner_ < 0.01F) return albedo;
    for (const int side : {0, 1}) {
        const std::size_t first = side == 0 ? 36 : 42;
        const Vec3 outer = mark_[side == 0 ? 36 : 45], inner = mark_[side == 0 ? 39 : 42],
                   eye = (inner + outer) * 0.5F;
        const float half = 0.5F * std::abs(outer.x - inner.x), t = (p.x - eye.x) / half,
                    out = side == 0 ? -t : t;
        if (std::abs(t) > 1.6F || std::abs(p.y - eye.y) > 0.03F) continue;
        // Lid margins as parabolas through the four lid landmarks.
        const float up = 0.5F * (mark_[first + 1].y + mark_[first + 2].y) - eye.y,
                    low = 0.5F * (mark_[first + 4].y + mark_[first + 5].y) - eye.y;
        const float arch = 1 - 0.88F * std::min(1.0F, t * t),
                    tilt = mix(inner.y, outer.y, 0.5F + 0.5F * out) - eye.y;
        const float over_upper = p.y - eye.y - tilt - up * arch,
                    under_lower = eye.y + tilt + low * arch - p.y;
        if (eye_shadow_ > 0.01F) {
            const float on = smoothstep(-0.002F, 0.0005F, over_upper) *
                             (1 - smoothstep(0.005F, 0.0125F, over_upper)) *
                             (1 - smoothstep(1.0F, 1.45F, std::abs(t)));
            const Vec3 pigment = of(eye_shadow(eye_shadow_hue_)) * mix(1.0F, 0.5F, melanin_);
            albedo = mix(albedo, pigment, on * eye_shadow_ * (0.45F + 0.2F * out));
            cover.x = std::max(cover.x, on * eye_shadow_);
        }
        if (liner_ > 0.01F) {
            const float thick = 0.0011F * (0.5F + 0.6F * liner_) * (1 + 0.5F * std::max(0.0F, out));
            float line = smoothstep(-0.0015F, -0.0005F, over_upper) *
                         (1 - smoothstep(thick, thick + 0.0008F, over_upper));
            line = std::max(line, 0.55F * smoothstep(-0.001F, 0.0F, under_lower) *
                                      (1 - smoothstep(0.0006F, 0.0014F, under_lower)) *
                                      smoothstep(-0.4F, 0.4F, out));
            line *= 1 - smoothstep(1.0F, 1.2F, std::abs(t));
            albedo = mix(albedo, of(kEyeLiner), line * (0.35F + 0.6F * liner_));
            cover.x = std::max(cover.x, line);
        }
    }
    return albedo;
}

}  // namespace limner::sitters
