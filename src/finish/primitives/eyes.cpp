// Eyes (shaders/eyes.wgsl): between the lids what the network paints, which is soft at the scale of its pixels, is replaced by an eyeball
// drawn at the picture's own size: iris, pupil, limbus, sclera with its veins as the renderer has them (models/sitters/eye_shade.cpp), in
// the light that the network has painted there, with the studio mirrored in the cornea. Then make-up and lashes.
#include "finish/primitives/eyes_numbers.h"

#include "finish/drawn_line.h"
#include "finish/primitives/all.h"
#include "finish/source.h"
#include "sitter/makeup.h"

#include <vector>

namespace limner::finish {

namespace {

constexpr float kLimbusSine = 0.468F;  // of the polar angle of the limbus
constexpr float kCornea = 0.64F;       // its radius, of the eyeball's (Le Grand 1957)
constexpr float kAside = 0.05F,
                kAbove = 0.11F;  // half-widths beside and above the corners, beyond which nothing is drawn
constexpr float kLidSoft = 0.0011F;    // half-widths over which lids end
constexpr int kSpread = 6, kRise = 4;  // source pixels, to both sides, over which light is averaged
constexpr float kFinePixel = 0.008F;   // half-widths of a pixel in which fibres begin to be lost
constexpr int kPieces = 15;            // straight ones, of a margin
constexpr int kLashes = 44, kLowerLashes = 18, kAround = 8;  // and how many to both sides may reach a place
constexpr float kLashHalf = 0.00058F;                        // half-widths, of their width at the root
constexpr float kFan = 0.35F;      // skin from further off is from a wider stretch: streaks would show
constexpr float kLetOut = 0.06F;   // of a pixel: so much eye outside the lids is painted over
constexpr int kHalos = 4;          // and looked for skin in so many times
constexpr float kPainted = 0.06F;  // half-widths that paint reaches further
constexpr float kLine = 0.009F, kWing = 0.034F;  // of a line's width, and of its end beyond the corner
constexpr float kHalo = 0.015F;  // half-widths around the margins, in which the network's eye shines through;
constexpr float kHaloClosed = 0.5F;  // times how far the lid has gone down, more: its eyes never close quite
constexpr float kHaloMost = 0.045F;  // and at most, in all

constexpr float kFoldSoft = 0.004F;                  // half-widths over which a lid's light ends at its fold,
constexpr float kOverhang = 0.035F;                  // and over which the shade above it ends
constexpr float kPlate = 0.30F, kUnderFold = 0.15F;  // log of how much lighter and darker they are

struct Lid {                    // the nearest place of a margin
    float away = 9, along = 0;  // positive inside the eye; 0 inner .. 1 outer corner
    Vec2 outward;               // from the margin, outside
};

// What lids' shade, as it is drawn below, takes of that on average, and what is wet mirrors all around; chosen beside renders.
constexpr Vec4 kClear = {1.08F, 1.09F, 1.075F, 1};

class Eye {
public:
    Eye(const Pass& pass, int side)
        : pass_(pass),
          first_(side * kEyeNumbers),
          front_{f(kEyeFront), f(kEyeFront + 1)},
          radius_(f(kEyeRadius)),
          ax_(f(kEyeAxis)),
          ay_(f(kEyeAxis + 1)),
          az_(f(kEyeAxis + 2)) {
        for (const int which : {kEyeUpper, kEyeLower})
            for (int k = 0; k <= kPieces; ++k)
                margins_[which == kEyeLower][k] = margin(which, static_cast<float>(k) * (1.0F / kPieces));
    }

    float f(int i) const { return pass_.f(first_ + i); }
    Vec2 lid(int margin, int k) const { return {f(margin + 2 * k), f(margin + 2 * k + 1)}; }
    Vec2 front() const { return front_; }
    Vec2 inner() const { return lid(kEyeUpper, 0); }
    Vec2 outer() const { return lid(kEyeUpper, 3); }

    // A place on a margin (Catmull and Rom 1974), as lashes grow (models/sitters/groom/lashes.cpp).
    Vec2 margin(int which, float along) const {
        const float at = along * 3;
        const int i = at < 1 ? 0 : (at < 2 ? 1 : 2);
        const float u = at - static_cast<float>(i);
        const Vec2 m0 = lid(which, 0), m1 = lid(which, 1), m2 = lid(which, 2), m3 = lid(which, 3);
        const Vec2 before = m2 + (m0 - m3) * 0.35F - (m1 - m0) * 0.2F,
                   after = m1 + (m3 - m0) * 0.35F - (m2 - m3) * 0.2F;
        const Vec2 a = i == 0 ? before : (i == 1 ? m0 : m1), b = i == 0 ? m0 : (i == 1 ? m1 : m2),
                   c = i == 0 ? m1 : (i == 1 ? m2 : m3), d = i == 0 ? m2 : (i == 1 ? m3 : after);
        return spline(a, b, c, d, u);
    }
    Lid nearest(int which, Vec2 p) const {
        const Vec2 across = outer() - inner();
        const float flip = across.x > 0 ? 1.0F : -1.0F;
        Lid found;
        float least = 9;
        const Vec2* piece = margins_[which == kEyeLower];
        Vec2 from = piece[0];
        for (int k = 1; k <= kPieces; ++k) {
            const Vec2 to = piece[k];
            const Vec2 way = to - from;
            const float t = share_along(p, from, way);
            const Vec2 off = p - (from + way * t);
            const float far = length(off);
            if (far < least) {
                least = far;
                const float below = (way.x * off.y - way.y * off.x) * flip;  // y down
                found.away = (below > 0) == (which == kEyeUpper) ? far : -far;
                found.outward = off * (1.0F / max(far, 1e-9F));
                found.along = (static_cast<float>(k - 1) + t) * (1.0F / kPieces);
            }
            from = to;
        }
        return found;
    }

    // The eyeball's surface in the eye's own frame: sine of the polar angle over the limbus', and the direction around the axis.
    struct Place {
        float rim, around_x, around_y;
    };
    Place place(Vec2 p) const {
        const float x = (p.x - front_.x) / radius_ + ax_, y = (front_.y - p.y) / radius_ + ay_;
        const float z = std::sqrt(max(1.0F - x * x - y * y, 0.0F));
        const float cosine = x * ax_ + y * ay_ + z * az_;
        // Around: along the picture's right, and upwards, at right angles to the axis.
        const float wide = std::sqrt(max(az_ * az_ + ax_ * ax_, 1e-6F)), ux = az_ / wide, uz = -ax_ / wide;
        const float u = x * ux + z * uz;
        const float v = x * (ay_ * uz) + y * (az_ * ux - ax_ * uz) + z * (-ay_ * ux);
        const float sine = std::sqrt(max(u * u + v * v, 1e-9F));
        return {cosine > 0 ? sine / kLimbusSine : 3.0F, u / sine, v / sine};
    }
    // What is smooth of its colour.
    Vec4 broad(const Place& at) const {
        const Vec4 stroma = pass_.rgb(kStroma);
        const float pupil = pass_.f(kPupil), inside = (at.rim - pupil) / (1.0F - pupil);
        Vec4 iris = mix(stroma, pass_.rgb(kCollar), 0.75F * (1.0F - smoothstep(0.16F, 0.42F, inside)));
        iris = mix(iris, stroma * splat(0.17F), 0.85F * smoothstep(0.72F, 1.0F, at.rim));
        return mix(around_pupil(iris, at), sclera(at), smoothstep(0.93F, 1.13F, at.rim));
    }
    Vec4 around_pupil(Vec4 iris, const Place& at) const {
        const float pupil = pass_.f(kPupil);
        return mix(vec4(0.004F, 0.0035F, 0.003F, 1), iris,
                   smoothstep(pupil - 0.035F, pupil + 0.045F, at.rim));
    }
    Vec4 blood(float amount) const {
        return exp(vec4(-0.05F, -0.5F, -0.45F, 0) * splat((0.08F + 0.9F * pass_.f(kRedness)) * amount));
    }
    Vec4 sclera(const Place& at) const {
        const float back = smoothstep(1.0F, 2.1F, at.rim);
        const Vec4 white = mix(vec4(0.66F, 0.63F, 0.60F, 1), vec4(0.62F, 0.53F, 0.46F, 1),
                               0.35F * back + 0.3F * pass_.f(kAged));
        return white * splat(mix(0.6F, 1.0F, smoothstep(0.98F, 1.22F, at.rim))) * blood(0.5F * back);
    }
    // Fibres, crypts and the collarette of the iris, veins of the sclera.
    Vec4 fine(const Place& at, std::uint32_t seed) const {
        const float pupil = pass_.f(kPupil), inside = (at.rim - pupil) / (1.0F - pupil);
        const float turn = atan2_turn(-at.around_x, at.around_y);  // its seam is below, where the lid is
        const float fibre = 0.6F * noise(turn * 60.0F, at.rim * 1.6F, seed) +
                            0.4F * noise(turn * 150.0F, at.rim * 3.0F, seed + 1U);
        const float crypt = smoothstep(0.12F, 0.5F, noise(turn * 26.0F, at.rim * 4.5F, seed + 2U));
        const float ruffle = 0.05F * noise(turn * 30.0F, 0.5F, seed + 3U);
        const float collarette = 1.0F - smoothstep(0.16F, 0.42F, inside + ruffle);
        const Vec4 stroma = pass_.rgb(kStroma), deep = stroma * splat(0.34F);
        Vec4 iris = mix(stroma, pass_.rgb(kCollar), 0.75F * collarette) * splat(1.0F + 0.75F * fibre);
        iris = mix(iris, deep, 0.6F * crypt * (1.0F - collarette));
        const float ring = (inside + ruffle - 0.3F) / 0.07F;
        iris = iris * splat(1.0F + 0.25F * exp(-ring * ring));
        iris = mix(iris, deep * splat(0.5F), 0.85F * smoothstep(0.72F, 1.0F, at.rim));
        const float wander = fbm(at.around_x * at.rim * 4.0F, at.around_y * at.rim * 4.0F, 2, seed + 5U);
        const float branch = abs(noise(turn * 22.0F + 0.8F * wander, at.rim * 1.5F, seed + 6U));
        const float veins = (1.0F - smoothstep(0.0F, 0.06F, branch)) * smoothstep(1.25F, 2.1F, at.rim) *
                            saturate(0.6F + 0.6F * wander);
        return mix(around_pupil(iris, at), sclera(at) * blood(0.9F * veins),
                   smoothstep(0.93F, 1.13F, at.rim));
    }
    // The studio's discs mirrored in the cornea.
    float mirrored(Vec2 p, float soft) const {
        const float cornea = kCornea * radius_;
        float sum = 0;
        for (int k = 0; k < 7; ++k) {
            const int i = kEyeStudio + 4 * k;
            const float lx = pass_.f(i), ly = pass_.f(i + 1), lz = pass_.f(i + 2) + 1.0F;
            if (lz < 0.6F) continue;  // behind the head
            const float size = std::sqrt(lx * lx + ly * ly + lz * lz);
            const float nx = lx / size, ny = ly / size;
            // From the cornea's front, which faces along the axis.
            const float dx = (p.x - front_.x) - (nx - ax_) * cornea,
                        dy = (front_.y - p.y) - (ny - ay_) * cornea;
            const float half = 0.10F * cornea;
            const float qx = abs(dx) / half, qy = abs(dy) / (1.15F * half), fx = qx * std::sqrt(qx),
                        fy = qy * std::sqrt(qy);
            const float square = std::sqrt(fx * fx + fy * fy);
            const float edge = max(soft / half, 0.12F);
            sum += clamp(1.3F * pass_.f(i + 3) - 0.08F, 0.0F, 0.8F) *
                   (1.0F - smoothstep(1.0F - edge, 1.0F + edge, square));
        }
        return sum;
    }

private:
    const Pass& pass_;
    int first_;
    Vec2 front_;
    float radius_, ax_, ay_, az_;
    Vec2 margins_[2][kPieces + 1];
};

// Skin around an eye with paint on it: shadow on the lid up to its fold and out beyond the corner; a line along the lashes that widens
// and ends in a wing. `t` is -1 at the inner corner, 1 at the outer one; `high` is above the line between them.
Vec4 made_up(const Pass& pass, Vec4 c, const Eye& eye, const Lid& upper, const Lid& lower, Vec2 p, Vec2 ahead,
             float t, float high, float pixel) {
    const float shadow = pass.f(kEyePaint), liner = pass.f(kEyeLinerAmount), off = -upper.away;
    const float on = smoothstep(0.0F, 0.006F, off) * smoothstep(0.115F, 0.045F, off) *
                     smoothstep(1.5F, 1.0F, abs(t)) * smoothstep(-0.012F, 0.02F, high);
    c = mix(c, pass.rgb(kEyePaintColour) * splat(luma(c)), shadow * on * (0.55F + 0.15F * t));
    if (liner <= 0) return c;
    const float thick = kLine * (0.5F + 0.6F * liner) * (1.0F + 0.5F * max(t, 0.0F)) *
                        mix(0.35F, 1.0F, smoothstep(-1.0F, -0.2F, t));
    const float edge = 0.004F + pixel;
    const float over = smoothstep(-0.012F, -0.004F, off) * smoothstep(thick + edge, thick, off) *
                       smoothstep(1.08F, 1.0F, abs(t)),
                under = 0.55F * smoothstep(0.008F, 0.0F, lower.away) *
                        smoothstep(-0.007F - edge, -0.005F, lower.away) * smoothstep(-0.4F, 0.4F, t) *
                        smoothstep(1.05F, 0.95F, t);
    const Vec2 up = Vec2{ahead.y, -ahead.x} * (ahead.x > 0 ? 1.0F : -1.0F);
    const Vec2 wing = (ahead * 0.82F + up * 0.57F) * (kWing * smoothstep(0.4F, 1.0F, liner));
    const float part = share_along(p, eye.outer(), wing);
    const float tip =
        line_cover(length(p - (eye.outer() + wing * part)), 0.7F * thick * (1.0F - part), pixel);
    const float strong = saturate(3.0F * liner) * (0.35F + 0.6F * liner);
    return mix(c, vec4(kEyeLiner[0], kEyeLiner[1], kEyeLiner[2], 0), strong * max(max(over, under), tip));
}

// Between its margin and its fold an upper lid faces the light; above, the skin that hangs over turns from it. The network's pixels are
// too wide for either.
float fold_light(const Pass& pass, int side, const Lid& upper, float pixel) {
    const float off = -upper.away, along = upper.along;
    const float far = pass.f(kEyeFold + side) * mix(0.7F, 1.2F, smoothstep(0.1F, 0.65F, along)) *
                      mix(1.0F, 0.75F, smoothstep(0.7F, 1.0F, along));
    const float soft = min(kFoldSoft, 0.3F * far) + 0.5F * pixel;
    const float over = smoothstep(far - soft, far + soft, off),
                plate = smoothstep(0.05F * far, 0.5F * far, off) * (1.0F - over),
                hangs = over * smoothstep(far + kOverhang, far, off);
    const float deep = pass.f(kEyeFolded) * smoothstep(0.02F, 0.2F, along) * smoothstep(1.0F, 0.9F, along);
    return exp(deep * (kPlate * plate - kUnderFold * hangs));
}

// Lashes stand on the margin in little groups, curl away from the slit and fan out towards the outer corner.
class Lashes {
public:
    Lashes(const Pass& pass, const Eye& eye, bool upper, std::uint32_t seed)
        : count_(upper ? kLashes : kLowerLashes) {
        const Vec2 across = eye.outer() - eye.inner();
        const Vec2 out = across * (1.0F / max(length(across), 1e-6F));
        Vec2 up{out.y, -out.x};
        if ((up.y > 0) == upper) up = up * -1.0F;
        const int which = upper ? kEyeUpper : kEyeLower;
        const float reach = pass.f(kLashLength) * (upper ? 1.0F : 0.5F), count = static_cast<float>(count_);
        for (int k = 0; k < count_; ++k) {
            const std::uint32_t h = hash(k, upper ? 1 : 2, seed);
            const float own = unit_low(h) - 0.5F, other = unit_high(h);
            const float t =
                mix(upper ? 0.10F : 0.18F, 0.985F, (static_cast<float>(k) + 0.5F + 0.7F * own) / count);
            const float profile = upper ? mix(0.55F, 1.0F, smoothstep(0.05F, 0.45F, t)) *
                                              mix(1.0F, 0.86F, smoothstep(0.85F, 1.0F, t))
                                        : mix(0.7F, 1.0F, smoothstep(0.2F, 0.7F, t));
            const float lean =
                1.05F * (t - 0.42F) + 0.22F * (unit(hash(k / 2, 7, seed)) - 0.5F) + 0.12F * own;
            const float corner = smoothstep(0.55F, 0.95F, t);
            const float size = reach * profile * mix(0.72F, 1.05F, other) * mix(0.9F, 1.2F, corner);
            // Seen from the front most of a lash points at the camera: it starts level, and its end rises.
            const Vec2 root = eye.margin(which, t), bend = root + (out * (0.38F * lean) + up * 0.10F) * size,
                       tip =
                           root +
                           (out * ((0.75F + 0.45F * corner) * lean) + up * mix(0.52F, 0.38F, corner)) * size;
            for (int j = 0; j < 4; ++j) {
                const float s = static_cast<float>(j) * (1.0F / 3.0F), r = 1.0F - s;
                way_[k][j] = root * (r * r) + bend * (2.0F * r * s) + tip * (s * s);
            }
        }
    }
    // How much they hide at a place that is nearest to the margin at `along`.
    float cover(Vec2 p, float along, float pixel) const {
        float clear = 1;
        const int middle = ifloor(along * static_cast<float>(count_));
        for (int k = middle - kAround < 0 ? 0 : middle - kAround; k <= middle + kAround && k < count_; ++k) {
            const Vec2* way = way_[k];
            for (int j = 0; j < 3; ++j) {
                const Vec2 piece = way[j + 1] - way[j];
                const float part = share_along(p, way[j], piece);
                const float far = length(p - (way[j] + piece * part));
                const float thick = kLashHalf * (1.0F - 0.27F * (static_cast<float>(j) + part));
                clear *= 1.0F - 0.85F * line_cover(far, thick, pixel);
            }
        }
        return 1.0F - clear;
    }

private:
    int count_;
    Vec2 way_[kLashes][4];
};

}  // namespace

// in: the source, the sitter. out: the sitter with clear eyes and lashes.
void eyes(const Pass& pass) {
    const Source source(pass);
    const Eye both[2] = {{pass, 0}, {pass, 1}};
    const float pixel = 2.0F / static_cast<float>(pass.full_width());
    const float painted = pass.f(kEyePaint) + pass.f(kEyeLinerAmount) > 0 ? kPainted : 0.0F;
    const float seen_fine = saturate(1.6F - pixel / kFinePixel);
    const std::uint32_t seeds[2] = {pass.u(kEyeSeed) + 16U, pass.u(kEyeSeed) + 32U};
    const Lashes lashes[2][2] = {{{pass, both[0], true, seeds[0]}, {pass, both[0], false, seeds[0]}},
                                 {{pass, both[1], true, seeds[1]}, {pass, both[1], false, seeds[1]}}};
    // The colour of what the network has painted of either eye, by source pixel.
    std::vector<Vec4> broad(2 * source.pixels());
    std::vector<bool> known(2 * source.pixels());
    float near_x[2 * kSpread + 1], near_y[2 * kRise + 1];
    for (int i = -kSpread; i <= kSpread; ++i) {
        const float f = static_cast<float>(i) * (1.0F / 3.5F);
        near_x[i + kSpread] = exp(-0.5F * f * f);
    }
    for (int j = -kRise; j <= kRise; ++j) {
        const float f = static_cast<float>(j) * (1.0F / 2.2F);
        near_y[j + kRise] = exp(-0.5F * f * f);
    }
    const float step_x = 2.0F / static_cast<float>(source.width()),
                step_y = 2.0F / static_cast<float>(source.height());
    each_pixel(pass, [&](int x, int y) {
        Vec4 c = pass.in[1].at(x, y);
        const Vec2 p{pass.full_x(x) * pixel - 1.0F,
                     pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F};
        const int side = p.x > 0.5F * (both[0].front().x + both[1].front().x) ? 0 : 1;
        const Eye& eye = both[side];
        const Vec2 middle = (eye.inner() + eye.outer()) * 0.5F;
        const float half = 0.5F * length(eye.outer() - eye.inner());
        const Vec2 ahead = (eye.outer() - eye.inner()) * (0.5F / max(half, 1e-6F)), off = p - middle;
        const float t = dot(off, ahead) / max(half, 1e-6F),
                    high = (ahead.y * off.x - ahead.x * off.y) * (ahead.x > 0 ? 1.0F : -1.0F);
        if (abs(dot(off, ahead)) > half + kAside + painted || abs(high) > kAbove + painted) return c;
        Lid upper = eye.nearest(kEyeUpper, p), lower = eye.nearest(kEyeLower, p);
        const float ends = abs(upper.along + lower.along - 1.0F);
        if (ends > 0.9999F) upper.away = -abs(upper.away), lower.away = -abs(lower.away);  // beyond a corner
        const float soft = max(kLidSoft, 0.7F * pixel);
        const float open = smoothstep(-soft, soft, upper.away) * smoothstep(-soft, soft, lower.away);
        // Outside the lids the skin runs on to their margins, over what the network's softness has let out of the eye.
        const Lid& margin = upper.away < lower.away ? upper : lower;
        const Vec2 place = source.place(pass, x, y);
        const float halo =
            min(kHalo + kHaloClosed * max(pass.f(kEyeFold + side) - kLidFold, 0.0F), kHaloMost);
        const float over = margin.away < 0
                               ? max(smoothstep(halo, 0.6F * halo, -margin.away),
                                     smoothstep(0.5F * kLetOut, 2.5F * kLetOut, source.sample(11, place)))
                               : 0.0F;
        if (over > 0) {
            Vec2 from{};
            for (int k = 1; k <= kHalos; ++k) {  // to where no eye is painted any more
                const float far = max(halo * static_cast<float>(k) + margin.away, 0.0F);
                from = margin.outward * (far / pixel);
                const Vec2 there = margin.outward * (far / step_x);
                if (source.sample(11, place + there) < kLetOut) break;
            }
            const auto skin = [&](float aside) {
                return pass.in[1].sample(static_cast<float>(x) + from.x - aside * from.y,
                                         static_cast<float>(y) + from.y + aside * from.x);
            };
            c = with_alpha(mix(c, (skin(-kFan) + skin(0) + skin(kFan)) * splat(1.0F / 3.0F), over), c[3]);
        }
        if (upper.away < 0) c = with_alpha(c * splat(fold_light(pass, side, upper, pixel)), c[3]);
        if (open > 0) {
            // The light here: what the network has painted over the colour of what it has painted, around here.
            const int sx = ifloor(place.x + 0.5F), sy = ifloor(place.y + 0.5F);
            Vec4 seen = splat(0), drawn_there = splat(1e-4F);
            float sum = 0;
            for (int j = -kRise; j <= kRise; ++j)
                for (int i = -kSpread; i <= kSpread; ++i) {
                    const float weight =
                        source.at(11, sx + i, sy + j) * (near_x[i + kSpread] * near_y[j + kRise]);
                    if (weight < 1e-3F) continue;
                    const std::size_t at = 2 * source.index(sx + i, sy + j) + static_cast<std::size_t>(side);
                    if (!known[at]) {
                        broad[at] =
                            eye.broad(eye.place({(static_cast<float>(sx + i) + 0.5F) * step_x - 1.0F,
                                                 (static_cast<float>(sy + j) + 0.5F) * step_y - 1.0F}));
                        known[at] = true;
                    }
                    sum += weight;
                    seen += vec4(source.at(0, sx + i, sy + j), source.at(1, sx + i, sy + j),
                                 source.at(2, sx + i, sy + j), 0) *
                            splat(weight);
                    drawn_there += broad[at] * splat(weight);
                }
            const Vec4 light = min(seen / drawn_there, splat(1.6F)) * kClear;
            const Eye::Place at = eye.place(p);
            // Under the lid and towards the corners it is darker.
            const float shade = mix(0.7F, 1.1F, smoothstep(0.0F, 0.022F, upper.away)) *
                                mix(0.8F, 1.0F, smoothstep(0.0F, 0.008F, lower.away));
            const float glint = eye.mirrored(p, pixel) * smoothstep(0.001F, 0.005F, upper.away) *
                                smoothstep(0.006F, 0.03F, upper.away + lower.away);
            const float corner = length(p - eye.inner()) / half;
            const Vec4 ball = mix(eye.broad(at), eye.fine(at, seeds[side]), seen_fine);
            const Vec4 flesh =
                mix(ball, vec4(0.50F, 0.24F, 0.21F, 1), 0.8F * (1.0F - smoothstep(0.10F, 0.24F, corner)));
            const float round = mix(0.62F, 1.0F, smoothstep(2.3F, 1.2F, at.rim));  // it turns away
            const Vec4 drawn = flesh * light * splat(shade * round) + splat(glint * saturate(1.6F - at.rim));
            c = with_alpha(mix(c, drawn, open * saturate(2.0F * sum)), c[3]);
        }
        if (painted > 0) c = with_alpha(made_up(pass, c, eye, upper, lower, p, ahead, t, high, pixel), c[3]);
        const Vec4 lash = pass.rgb(kLashColour);
        const float wet = lower.away / (0.0028F + pixel);
        c = with_alpha(mix(c, c * vec4(1.08F, 0.90F, 0.86F, 1), 0.8F * exp(-wet * wet)), c[3]);
        // The upper margin, where lashes root close together, is a dark line; the lower one is flesh.
        const float line = upper.away / (0.0042F + pixel);
        c = with_alpha(mix(c, lash, 0.5F * exp(-2.0F * line * line) * smoothstep(0.02F, 0.2F, upper.along)),
                       c[3]);
        const float hidden = max(lashes[side][0].cover(p, upper.along, pixel),
                                 0.8F * lashes[side][1].cover(p, lower.along, pixel));
        return with_alpha(mix(c, lash, hidden), c[3]);
    });
}

float eyes_reach(const Pass& pass) {
    return 0.5F * kHaloMost * kHalos * static_cast<float>(pass.full_width()) + 1.0F;
}

}  // namespace limner::finish
