// Wrinkles (shaders/wrinkles.wgsl): lines of the forehead, between the brows, beside and under the eyes and from the nose to the mouth, where
// the renderer has them (models/sitters/skin.cpp). They are a millimetre wide, a third of the network's pixel. Grooves of this height
// are lit by the studio's main light.
#include "finish/primitives/wrinkles_numbers.h"

#include "finish/primitives/all.h"
#include "finish/source.h"

namespace limner::finish {

namespace {

constexpr float kHeight = 0.0011F;                            // metres, of a groove of depth 1
constexpr float kLightX = -0.5F, kLightY = 0.86F;             // the main light's direction over the picture
constexpr float kLit = 1.1F, kDark = 0.2F;                    // by a slope of 1; at a depth of 1
constexpr float kRed = 0.82F, kGreen = 1.06F, kBlue = 1.09F;  // how much of a shadow each sees
constexpr float kNear = 0.0004F;        // metres between which a slope is taken, half of it
constexpr float kLeast = 1.0F / 64.0F;  // skin less than this is none

float bell(float x, float width) { return exp(-(x / width) * (x / width)); }
float cube(float x) { return x * x * x; }

class Face {
public:
    explicit Face(const Pass& pass) : pass_(pass), seed_(pass.u(kWrinkleSeed)), per_(dot(right(), right())) {}

    Vec2 right() const { return pair(kWrinkleRight); }
    Vec2 place(Vec2 p) const {
        const Vec2 d = p - pair(kWrinkleOrigin);
        return {dot(d, right()) / per_, (d.x * right().y - d.y * right().x) / per_};
    }
    float height(Vec2 p) const { return forehead(p) + side(p, p.x < 0 ? 0 : 1); }

private:
    Vec2 pair(int i) const { return {pass_.f(i), pass_.f(i + 1)}; }
    float forehead(Vec2 p) const {
        if (p.y < -0.005F || p.y > 0.056F) return 0;
        const float x = p.x / pass_.f(kWrinkleNarrow);
        if (abs(x) > 0.1F) return 0;
        const float wave = 0.0035F * noise(x * 28.0F, 3.5F, seed_) - 1.5F * x * x;
        const float phase = (p.y + wave) * (1.0F / 0.0105F);
        const float line = 1.0F - abs(sin_turn(0.5F * phase));
        const float where =
            smoothstep(0.006F, 0.016F, p.y) * (1.0F - smoothstep(0.04F, 0.055F, p.y)) * bell(x, 0.045F);
        const float uneven = 0.5F + 0.8F * noise(x * 60.0F, floor(phase) * 3.7F, seed_ + 3U);
        const float frown = bell(abs(x) - 0.0075F - 0.1F * max(0.0F, p.y), 0.0014F) *
                            smoothstep(-0.005F, 0.004F, p.y) * (1.0F - smoothstep(0.012F, 0.024F, p.y));
        return -(where * max(0.0F, uneven) * cube(line) * pass_.f(kWrinkleBrows) +
                 (x < 0 ? 0.2F : 0.3F) * frown);
    }
    float side(Vec2 p, int which) const {
        const int first = kWrinkleSides + 8 * which;
        const float outwards = which == 0 ? -1.0F : 1.0F;
        const Vec2 corner = pair(first), eye = pair(first + 2), wing = pair(first + 4),
                   mouth = pair(first + 6);
        float h = 0;
        // Beside the eye: rays from its outer corner.
        const float out = outwards * (p.x - corner.x), up = p.y - corner.y,
                    far = std::sqrt(out * out + up * up);
        if (out > 0.001F && far < 0.024F) {
            const float angle =
                atan2_turn(up, out) * 6.28318531F + 0.25F * noise(p.x * 60.0F, p.y * 60.0F, seed_ + 7U);
            const float ray = 1.0F - abs(sin_turn((angle * 4.2F + 0.6F) * 0.15915494F));
            h -= 0.75F * ray * ray * smoothstep(0.006F, 0.012F, far) *
                 (1.0F - smoothstep(0.013F, 0.024F, far)) * (1.0F - smoothstep(0.7F, 1.1F, abs(angle))) *
                 pass_.f(kWrinkleSquint);
        }
        // From the wing of the nose past the corner of the mouth.
        const Vec2 a{wing.x + outwards * 0.007F, wing.y + 0.004F},
            b{mouth.x + outwards * 0.008F, mouth.y - 0.008F};
        const float t = (p.y - a.y) / min(b.y - a.y, -0.01F);
        if (t > -0.1F && t < 1.15F) {
            const float bow = 2.0F * t - 1.0F,
                        off = p.x - mix(a.x, b.x, t) - outwards * 0.004F * (1.0F - bow * bow);
            if (abs(off) < 0.007F)  // beyond, there is nothing of it
                h -= pass_.f(kWrinkleSmile) * bell(off, 0.0022F) * smoothstep(-0.1F, 0.2F, t) *
                     (1.0F - smoothstep(0.8F, 1.15F, t));
        }
        // Under the eye.
        const float across = (p.x - eye.x) * (1.0F / 0.016F);
        if (abs(across) < 1.3F) {
            const float down = eye.y - 0.011F + 0.004F * across * across - p.y;
            if (down > -0.004F && down < 0.009F)
                h -= max(0.34F + 0.5F * noise(p.x * 110.0F, p.y * 160.0F, seed_ + 11U), 0.0F) *
                     (bell(down, 0.0018F) + 0.5F * bell(down - 0.004F, 0.0018F)) *
                     (1.0F - smoothstep(0.9F, 1.3F, abs(across)));
        }
        return h;
    }

    const Pass& pass_;
    std::uint32_t seed_;
    float per_;
};

}  // namespace

// in: the source, the sitter. out: the sitter with wrinkles in its skin.
void wrinkles(const Pass& pass) {
    const Source source(pass);
    const Face face(pass);
    const float pixel = 2.0F / static_cast<float>(pass.full_width());
    const float near = max(kNear, 0.5F * pixel / length(face.right()));
    each_pixel(pass, [&](int x, int y) {
        const Vec4 c = pass.in[1].at(x, y);
        const float skin = source.sample(8, source.place(pass, x, y));
        if (skin < kLeast) return c;
        const Vec2 p = face.place({pass.full_x(x) * pixel - 1.0F,
                                   pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F});
        const float high = face.height({p.x + near * kLightX, p.y + near * kLightY}),
                    low = face.height({p.x - near * kLightX, p.y - near * kLightY});
        const float depth = pass.f(kWrinkleDepth) * skin;
        const float slope = (low - high) * kHeight / (2.0F * near);
        const float lit = clamp(1.0F + depth * (kLit * slope + kDark * 0.5F * (low + high)), 0.45F, 1.5F);
        // Light that reaches into a groove has been in skin, which keeps green and blue.
        const float dark = max(1.0F - lit, 0.0F);
        return with_alpha(c * (splat(lit + dark) - vec4(kRed, kGreen, kBlue, 0) * splat(dark)), c[3]);
    });
}

}  // namespace limner::finish
