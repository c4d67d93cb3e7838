#include "finish/features.h"

#include "base/vec.h"
#include "finish/on_head.h"
#include "finish/pass_words.h"
#include "finish/primitives/beard_numbers.h"
#include "finish/primitives/brows_numbers.h"
#include "finish/primitives/complexion_numbers.h"
#include "finish/primitives/eyes_numbers.h"
#include "finish/primitives/worn_numbers.h"
#include "finish/primitives/wrinkles_numbers.h"
#include "finish/primitives/mouth_numbers.h"
#include "recipe/schema.h"
#include "sitter/beard_style.h"
#include "sitter/eyewear_shape.h"
#include "sitter/iris_colour.h"
#include "sitter/makeup.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace limner::finish {

namespace {

constexpr float kLongestBeard =
    0.012F;  // metres of a hair that is drawn; longer ones hang in a mane, which is the network's
constexpr float kOpenLid = 0.29F;   // of an eye's width
constexpr float kExposure = 0.40F;  // of every picture the network has seen (models/sitters/lights.h)

std::array<float, 3> towards(const Light& light) {
    const auto azimuth = static_cast<float>(light.azimuth_deg / 360),
               elevation = static_cast<float>(light.elevation_deg / 360);
    return {sin_turn(azimuth) * cos_turn(elevation), sin_turn(elevation),
            cos_turn(azimuth) * cos_turn(elevation)};
}

}  // namespace

void put_studio(Words& words) {
    for (const Light& light : schema().lights) {
        if (light.radius_deg < 180) put(words, towards(light));
        put(words, static_cast<float>(light.gain) * kExposure);
    }
}

namespace {

// What a white matte patch shows there that faces `normal`.
float white_patch(const std::array<float, 3>& normal) {
    float sum = 0;
    for (const Light& light : schema().lights) {
        const float gain = static_cast<float>(light.gain) * kExposure;
        const std::array<float, 3> d = towards(light);
        sum += light.radius_deg < 180
                   ? gain * max(normal[0] * d[0] + normal[1] * d[1] + normal[2] * d[2], 0.0F)
                   : gain;
    }
    return sum;
}

// Albedo of hair with a sitter's melanins, so much more of each of them than on the head: what is left of light after many strands,
// as the renderer's (models/sitters/hair_shade.cpp).
void put_pigment(Words& words, const Sitter& sitter, float darker, float dark, float redder) {
    const float melanin = std::max(sitter.reached("hair.melanin"), 0.0F), red = sitter.number("hair.redness");
    const float eumelanin = (0.085F + 6.5F * melanin * melanin * melanin) * darker + dark,
                pheomelanin = redder * (0.03F + 1.35F * limner::pow(red, 2.2F) * (1 - 0.35F * melanin));
    const float absorbed[3] = {0.419F * eumelanin + 0.187F * pheomelanin,
                               0.697F * eumelanin + 0.4F * pheomelanin,
                               1.37F * eumelanin + 1.05F * pheomelanin};
    for (const float sigma : absorbed) put(words, 0.92F * exp(-2.55F * std::sqrt(sigma)));
}

// A paint on skin, of whose light a part `of_skin` comes back where it is bare, for every part of the luminance that is seen there;
// on the darkest skin there shows so much `on_dark` of it.
void put_paint(Words& words, const Paint& paint, float of_skin, float on_dark, const Sitter& sitter) {
    const float tone = sitter.number("skin.tone");
    const float level = mix(1.0F, on_dark, saturate((tone - 1) / 9)) / (of_skin * tone_luma(tone));
    for (const float x : paint) put(words, x * level);
}

// Where a lens' outline is in the picture: a smooth map from the outline as it is designed, found by least squares from the points
// known on it, so that lenses are as even as they were made.
class LensMap {
public:
    static constexpr std::size_t kTerms = 5;
    using Terms = std::array<double, kTerms>;

    LensMap(const LensShape& shape, const WornPoint* rim) {
        std::array<std::array<double, kTerms + 3>, kTerms> rows{};  // normal equations, then x, y, depth
        for (int k = 0; k < kLensPoints; ++k) {
            const Terms t = terms(lens_outline(shape, static_cast<float>(k) / kLensPoints));
            const double known[3] = {rim[k].x, rim[k].y, rim[k].depth};
            for (std::size_t i = 0; i < kTerms; ++i) {
                for (std::size_t j = 0; j < kTerms; ++j) rows[i][j] += t[i] * t[j];
                for (std::size_t c = 0; c < 3; ++c) rows[i][kTerms + c] += t[i] * known[c];
            }
        }
        // Gauss and Jordan; an outline's points are in general position.
        for (std::size_t i = 0; i < kTerms; ++i) {
            for (std::size_t j = kTerms + 3; j-- > i;) rows[i][j] /= rows[i][i];
            for (std::size_t k = 0; k < kTerms; ++k)
                if (k != i)
                    for (std::size_t j = kTerms + 3; j-- > i;) rows[k][j] -= rows[k][i] * rows[i][j];
        }
        for (std::size_t c = 0; c < 3; ++c)
            for (std::size_t i = 0; i < kTerms; ++i) by_[c][i] = rows[i][kTerms + c];
    }

    std::array<float, 3> at(Vec2 p) const {  // x, y, depth
        const Terms t = terms(p);
        std::array<float, 3> out{};
        for (std::size_t c = 0; c < 3; ++c) {
            double sum = 0;
            for (std::size_t i = 0; i < kTerms; ++i) sum += by_[c][i] * t[i];
            out[c] = static_cast<float>(sum);
        }
        return out;
    }
    // Half-widths a metre, up and down the lens.
    float scale() const {
        const std::array<float, 3> low = at({0, -0.01F}), high = at({0, 0.01F});
        return length(Vec2{high[0] - low[0], high[1] - low[1]}) / 0.02F;
    }

private:
    static Terms terms(Vec2 p) {
        const double x = p.x / 0.025, y = p.y / 0.025;
        return {1, x, y, x * x, x * y};
    }
    std::array<Terms, 3> by_{};
};

// How far above the margin of the upper lid it folds, in half-widths: the fold stays where it is while the lid goes down.
float lid_fold(const Points& points, const int (&upper)[4], const int (&lower)[4]) {
    const auto middle = [&](const int(&lid)[4]) {
        const AnchorPoint &a = points.anchors[static_cast<std::size_t>(lid[1])],
                          &b = points.anchors[static_cast<std::size_t>(lid[2])];
        return Vec2{0.5F * (a.x + b.x), 0.5F * (a.y + b.y)};
    };
    const AnchorPoint &from = points.anchors[static_cast<std::size_t>(upper[0])],
                      &to = points.anchors[static_cast<std::size_t>(upper[3])];
    const float wide = length(Vec2{to.x - from.x, to.y - from.y}),
                gap = length(middle(upper) - middle(lower));
    return kLidFold + 0.8F * max(kOpenLid * wide - gap, 0.0F);
}

}  // namespace

std::array<float, 9> head_turn(const Sitter& sitter) {
    // The inverse of turning by roll, then pitch, then yaw (models/sitters/turn.h).
    const auto turn = [&](const char* id) { return sitter.number(id) * (1.0F / 360.0F); };
    const float yc = cos_turn(turn("pose.yaw")), ys = sin_turn(turn("pose.yaw")),
                pc = cos_turn(turn("pose.pitch")), ps = sin_turn(turn("pose.pitch")),
                rc = cos_turn(turn("pose.roll")), rs = sin_turn(turn("pose.roll"));
    // Columns of yaw * pitch, which are rows of its inverse.
    const std::array<std::array<float, 3>, 3> column{
        {{yc, 0, -ys}, {-ys * ps, pc, -yc * ps}, {ys * pc, ps, yc * pc}}};
    std::array<float, 9> rows{};
    for (std::size_t i = 0; i < 3; ++i) {
        rows[i] = rc * column[0][i] - rs * column[1][i];
        rows[3 + i] = rs * column[0][i] + rc * column[1][i];
        rows[6 + i] = column[2][i];
    }
    return rows;
}

// Amounts as in the renderer's skin (models/sitters/skin.cpp); chances a cell of a lattice in a plane, where the renderer's lattices are
// in space.
std::vector<std::uint32_t> complexion_words(const Points* points, const Sitter& sitter, std::uint32_t seed) {
    Words words{seed};
    const std::array<float, 9> turn = head_turn(sitter);
    for (const float x : turn) put(words, x);
    const float dark = std::clamp((sitter.number("skin.tone") - 1) / 9, 0.0F, 1.0F),
                blotches = sitter.number("skin.blotches"), freckles = sitter.number("skin.freckles"),
                moles = sitter.number("skin.moles"), age = sitter.number("age");
    const float bloom = sitter.number("skin.redness") * 1.15F * (1 - 0.55F * dark);
    put(words, bloom * 0.6F * (0.35F + 0.9F * blotches));
    put(words, bloom * 0.12F);
    put(words, 0.25F + 0.8F * blotches);
    put(words, freckles > 0.01F ? 0.5F * freckles : 0.0F);
    put(words, (0.5F + 0.5F * freckles) * (1 - 0.6F * dark));
    put(words, moles > 0.01F ? 0.06F * moles : 0.0F);
    put(words, 1 - 0.5F * dark);
    put(words, 0.14F * std::clamp((age - 50) / 35, 0.0F, 1.0F));
    put(words, 0.65F * sitter.number("makeup.blush") * (1 - 0.3F * dark));
    const float oil = sitter.number("skin.oil");
    put(words, 0.05F + 0.5F * oil);
    const float rough = mix(0.56F, 0.44F, oil);
    put(words, rough * rough);
    put(words, 0.03F + (0.05F + 0.06F * dark) * oil);
    put(words, sitter.number("skin.wrinkles"));
    put(words, tone_luma(sitter.number("skin.tone")));
    put(words, tone_blue(sitter.number("skin.tone")));
    put_studio(words);
    if (!points) return words;
    const auto at = [&](std::size_t landmark) {
        const AnchorPoint& a = points->anchors[landmark];
        return on_head(turn, 0.5F * (a.x + 1), 0.5F * (a.y + 1), a.depth);
    };
    const auto high = [&](std::size_t a, std::size_t b) { return 0.5F * (at(a).y + at(b).y); };
    const auto half = [&](std::size_t a, std::size_t b) { return 0.5F * abs(at(a).x - at(b).x); };
    // Pale hair and white hair is hardly seen.
    put(words, sitter.number("beard.shadow") * mix(0.5F, 1.0F, sitter.number("hair.melanin")) *
                   (1 - 0.4F * sitter.number("hair.grey")));
    for (const float x : {0.5F * (at(48).x + at(54).x), max(half(48, 54), 0.01F), at(33).y, high(48, 54),
                          at(8).y, high(1, 15), max(half(2, 14), 0.04F), max(half(0, 16), 0.04F)})
        put(words, x);
    return words;
}

std::vector<std::uint32_t> worn_words(const Points& points, const Sitter& sitter) {
    const std::string_view style = sitter.choice("glasses.style"), earrings = sitter.choice("earrings.style");
    if (style == "none" && earrings == "none") return {};
    Words words;
    put_studio(words);
    put(words, earrings == "none" ? 0.0F : (earrings == "stud" ? 1.0F : (earrings == "hoop" ? 2.0F : 3.0F)));
    put(words, earring_mirror(sitter.number("earrings.metal")));
    const float yaw = sitter.number("pose.yaw") / 360;
    for (int side = 0; side < 2; ++side) {
        const WornPoint& ear = points.worn[static_cast<std::size_t>(kEarrings + side)];
        const float wide = (side == 0 ? 0.8F : -0.8F) * cos_turn(yaw) + 0.6F * sin_turn(yaw);
        // Studs are so small that the skeleton has learnt them as seen less.
        const float seen = ear.seen + (earrings == "stud" ? 0.22F : 0.0F);
        for (const float x : {ear.x, ear.y, ear.depth, seen, max(abs(wide), 0.15F)}) put(words, x);
    }
    put(words, style == "none" ? 0.0F : 1.0F);
    if (style == "none") return words;
    const LensShape shape = lens_shape(style);
    const WornPoint* worn = points.worn.data() + kGlasses;
    const LensMap lens[2] = {{shape, worn}, {shape, worn + kLensPoints}};
    const float scale = max(0.5F * (lens[0].scale() + lens[1].scale()), 1.0F),
                thick = sitter.number("glasses.thickness");
    for (const LensMap& map : lens)
        for (int k = 0; k < kKnots; ++k) {
            const auto at = map.at(lens_outline(shape, static_cast<float>(k) / kKnots));
            put(words, at[0]);
            put(words, at[1]);
        }
    for (const LensMap& map : lens) {  // depth as a plane over the picture, through three places
        const auto a = map.at({0, 0}), b = map.at({0.02F, 0}), c = map.at({0, 0.015F});
        const float bx = b[0] - a[0], by = b[1] - a[1], cx = c[0] - a[0], cy = c[1] - a[1],
                    area = bx * cy - by * cx;
        const float dx = ((b[2] - a[2]) * cy - (c[2] - a[2]) * by) / area,
                    dy = ((c[2] - a[2]) * bx - (b[2] - a[2]) * cx) / area;
        put(words, a[2] - dx * a[0] - dy * a[1]);
        put(words, dx);
        put(words, dy);
    }
    // The bars between the lenses: their ends, and the middle they arch over.
    const auto bar = [&](float turn, float arch, std::optional<Vec2> middle) {
        const auto a = lens[0].at(lens_outline(shape, turn)), b = lens[1].at(lens_outline(shape, turn));
        if (!middle) middle = Vec2{0.5F * (a[0] + b[0]), 0.5F * (a[1] + b[1]) - arch * scale};
        for (const float x : {a[0], a[1], middle->x, middle->y, b[0], b[1]}) put(words, x);
    };
    const WornPoint* after = worn + 2 * kLensPoints;
    bar(kBridgeTurn, kBridgeArch, Vec2{after[0].x, after[0].y});
    bar(kUpperBarTurn, kUpperBarArch, std::nullopt);
    for (int side = 0; side < 2;
         ++side) {  // where the frame ends, hinge, half-way to the ear; how much is seen
        const auto corner = lens[side].at(lens_outline(shape, kHingeTurn));
        const WornPoint &hinge = after[1 + 2 * side], &half = after[2 + 2 * side];
        for (const float x : {corner[0], corner[1], hinge.x, hinge.y, half.x, half.y, hinge.seen, half.seen})
            put(words, x);
    }
    put(words, half_rim(thick) * scale);
    put(words, thick);
    put(words, (1.1F + 0.5F * thick) * (half_rim(thick) + 0.0004F) * scale);
    put(words, style == "aviator" ? 0.9F * (half_rim(thick) + 0.0004F) * scale : 0.0F);
    put(words, half_temple(thick) * scale);
    put(words, open_below(style) ? 1.0F : 0.0F);
    put(words, sitter.number("glasses.tint"));
    const std::string_view colour = sitter.choice("glasses.colour");
    const FrameMaterial material = frame_material(colour);
    put(words, material.albedo);
    put(words, material.mirror);
    put(words, material.blur);
    put(words, material.tortoise ? 1.0F : 0.0F);
    put(words, colour == "clear" ? 1.0F : 0.0F);
    put(words, scale);
    // A box around all of it.
    float x0 = 9, y0 = 9, x1 = -9, y1 = -9;
    for (int k = 0; k < 4 * kKnots; k += 2) {
        const float x = std::bit_cast<float>(words[static_cast<std::size_t>(kRim + k)]),
                    y = std::bit_cast<float>(words[static_cast<std::size_t>(kRim + k) + 1]);
        x0 = min(x0, x), x1 = max(x1, x), y0 = min(y0, y), y1 = max(y1, y);
    }
    for (int i = 1; i < 5; i += 2)  // hinges, and as far beyond half-way to the ears
        for (const float t : {0.0F, 1.85F}) {
            const float x = mix(after[i].x, after[i + 1].x, t), y = mix(after[i].y, after[i + 1].y, t);
            x0 = min(x0, x), x1 = max(x1, x), y0 = min(y0, y), y1 = max(y1, y);
        }
    for (const float x : {x0, y0, x1, y1}) put(words, x);
    return words;
}

std::vector<std::uint32_t> mouth_words(const Points& points, const Sitter& sitter) {
    const auto at = [&](int landmark) {
        const AnchorPoint& a = points.anchors[static_cast<std::size_t>(landmark)];
        return Vec2{a.x, a.y};
    };
    Words words;
    for (const auto& margin : {std::array{60, 61, 62, 63, 64}, std::array{60, 67, 66, 65, 64}})
        for (const int landmark : margin) put(words, at(landmark).x), put(words, at(landmark).y);
    float x0 = 9, y0 = 9, x1 = -9, y1 = -9;
    for (int k = 48; k < 68; ++k)
        x0 = min(x0, at(k).x), x1 = max(x1, at(k).x), y0 = min(y0, at(k).y), y1 = max(y1, at(k).y);
    for (const float x : {x0 - 0.03F, y0 - 0.03F, x1 + 0.03F, y1 + 0.03F}) put(words, x);
    const Vec2 eyes = at(45) - at(36);
    const float size = max(length(eyes), 1e-6F);
    put(words, eyes.x / size), put(words, eyes.y / size);
    // Upper teeth are fast to the head, on an arch below the nose: places where they meet, by the arc from the middle, metres. Seated
    // as the renderer's on 150 people: their edges are within 1.5 mm, deviation.
    constexpr float kArc[] = {0, 0.0085F, 0.0152F, 0.0228F, 0.0298F, 0.0368F}, kArch = 0.026F;
    const std::array<float, 9> turn = head_turn(sitter);
    const auto in_picture = [&](const std::array<float, 3>& d) {
        return Vec2{kPerMetre * (turn[0] * d[0] + turn[3] * d[1] + turn[6] * d[2]),
                    -kPerMetre * (turn[1] * d[0] + turn[4] * d[1] + turn[7] * d[2])};
    };
    const AnchorPoint &jaw = points.anchors[4], &other = points.anchors[12];
    const float dx = (jaw.x - other.x) / kPerMetre, dy = (jaw.y - other.y) / kPerMetre,
                dz = jaw.depth - other.depth, wide = std::sqrt(dx * dx + dy * dy + dz * dz);
    const Vec2 across = eyes * (1 / size), foot = at(33) - at(62);
    std::array<float, kToothGaps> edge{};
    for (int k = 0; k < kToothGaps; ++k) {
        const float arc = k < kToothGaps / 2 ? -kArc[kToothGaps / 2 - k] : kArc[k - kToothGaps / 2];
        const float x = kArch * (0.29F + 6.7F * wide) * sin_turn(arc / kArch * 0.15915494F);
        const Vec2 p = foot + in_picture({x, 8.5F * x * x - 0.009F - 0.111F * wide,
                                          -0.01F - (27 + 14000 * x * x) * x * x});
        put(words, dot(p, across));
        edge[static_cast<std::size_t>(k)] = across.x * p.y - across.y * p.x;
    }
    for (const float x : edge) put(words, x);
    put(words, kPerMetre);
    words.push_back(seed_of(sitter));
    put(words, 0.97F * sitter.number("makeup.lips"));
    put_paint(words, lipstick(sitter.number("makeup.lips_hue")), 0.74F, 0.3F, sitter);
    put(words, white_patch({turn[6], turn[7], turn[8]}));
    put(words, length(at(62) - at(51))), put(words, length(at(66) - at(57)));
    put(words, 0.65F + 0.4F * sitter.number("makeup.lips"));
    for (const float x : turn) put(words, x);
    put_studio(words);
    return words;
}

std::vector<std::uint32_t> wrinkle_words(const Points& points, const Sitter& sitter) {
    const float depth = sitter.number("skin.wrinkles");
    if (depth < 0.03F) return {};
    const auto at = [&](int landmark) {
        const AnchorPoint& a = points.anchors[static_cast<std::size_t>(landmark)];
        return Vec2{a.x, a.y};
    };
    const Vec2 eyes = at(45) - at(36), right = eyes * (kPerMetre / max(length(eyes), 1e-6F)),
               origin = (at(19) + at(20) + at(23) + at(24)) * 0.25F;
    const float smile = std::max(sitter.number("expression.smile"), 0.0F),
                raised = std::max(
                    {sitter.number("expression.brow_raise"), sitter.number("expression.surprise"), 0.0F});
    Words words;
    // How deep they look grows ever slower, as on renders: the network has painted some of the deepest itself.
    const float shown = std::sqrt(depth) * min(1.0F, 10.0F * depth);
    for (const float x : {shown, origin.x, origin.y, right.x, right.y}) put(words, x);
    put(words, max(cos_turn(sitter.number("pose.yaw") / 360), 0.5F));
    put(words, 0.35F + 0.7F * raised);
    put(words, 0.5F + 0.9F * std::max(sitter.number("expression.squint"), 0.5F * smile));
    put(words, 0.72F + 0.48F * smile);
    const auto place = [&](Vec2 p) {  // metres from the origin, as WrinklesNumber says
        const Vec2 d = p - origin;
        put(words, dot(d, right) / (kPerMetre * kPerMetre));
        put(words, (d.x * right.y - d.y * right.x) / (kPerMetre * kPerMetre));
    };
    for (const auto& [outer, inner, wing, mouth] : {std::array{36, 39, 31, 48}, std::array{45, 42, 35, 54}}) {
        place(at(outer));
        place((at(outer) + at(inner)) * 0.5F);
        place(at(wing));
        place(at(mouth));
    }
    words.push_back(seed_of(sitter));
    return words;
}

std::vector<std::uint32_t> brow_words(const Points& points, const Sitter& sitter) {
    const auto anchor = [&](int landmark) -> const AnchorPoint& {
        return points.anchors[static_cast<std::size_t>(landmark)];
    };
    const Vec2 eyes = Vec2{anchor(45).x, anchor(45).y} - Vec2{anchor(36).x, anchor(36).y};
    const Vec2 right = eyes * (1.0F / max(length(eyes), 1e-6F)), up{right.y, -right.x};
    const float thick = sitter.number("brows.thickness"), arch = sitter.number("brows.arch"),
                man = smoothstep(0.3F, 0.85F, sitter.number("presentation")),
                old = smoothstep(55.0F, 80.0F, sitter.number("age"));
    Words words;
    for (int side = 0; side < 2; ++side) {
        std::array<const AnchorPoint*, kBrowKnots> from{};
        std::array<Vec2, kBrowKnots> place{};  // metres, along the line of the eyes and upwards
        for (int k = 0; k < kBrowKnots; ++k) {
            const AnchorPoint& a = anchor(side == 0 ? 22 + k : 21 - k);
            const Vec2 p = Vec2{a.x, a.y} * (1.0F / kPerMetre);
            from[static_cast<std::size_t>(k)] = &a;
            place[static_cast<std::size_t>(k)] = {dot(p, right), dot(p, up)};
        }
        // Landmarks run along the brow's upper edge and round the ridge; hair lies lower and straighter, as the renderer's.
        std::array<Vec2, kBrowKnots> ridge = place;
        for (std::size_t k = 0; k < kBrowKnots; ++k) {
            const float t = static_cast<float>(k) / (kBrowKnots - 1);
            ridge[k].y =
                mix(place[k].y,
                    mix(place[0].y, place[4].y, t) + 0.0035F * sin_turn(0.5F * limner::pow(t, 1.25F)),
                    0.45F) -
                mix(0.0030F, 0.0052F, man) +
                arch * (0.0030F * exp(-20.0F * (t - 0.64F) * (t - 0.64F)) - 0.0012F * t * t);
            const Vec2 p = (right * ridge[k].x + up * ridge[k].y) * kPerMetre;
            put(words, p.x), put(words, p.y);
        }
        for (std::size_t k = 0; k < kBrowKnots; ++k) {  // foreshortened by how much deeper it gets
            const std::size_t a = k == 0 ? 0 : k - 1, b = std::min<std::size_t>(k + 1, kBrowKnots - 1);
            const float flat = length(ridge[b] - ridge[a]), deep = from[b]->depth - from[a]->depth;
            put(words, flat / max(std::sqrt(flat * flat + deep * deep), 1e-6F));
        }
        for (const AnchorPoint* a : from) put(words, white_patch(a->normal));
    }
    put(words, std::floor(mix(500.0F, 950.0F, thick) * mix(0.95F, 1.1F, man) * (1 - 0.15F * old)));
    put(words, mix(0.62F, 1.6F, thick) * mix(0.92F, 1.12F, man) * 0.001F * kPerMetre);
    put(words, 0.0080F * mix(0.82F, 1.08F, thick) * kPerMetre);
    put(words, mix(0.98F, 0.94F, man));
    put(words, 0.4F * sitter.number("hair.grey"));
    put_pigment(words, sitter, 1.5F, 0.28F, 1);
    words.push_back(seed_of(sitter));
    return words;
}

std::vector<std::uint32_t> beard_roots_words(const Points& points, const Sitter& sitter) {
    const BeardStyle* style = beard_style(sitter.choice("beard.style"));
    if (!style) return {};
    Words words;
    const std::array<float, 9> turn = head_turn(sitter);
    for (const float x : turn) put(words, x);
    put_studio(words);
    const auto anchor = [&](int landmark) -> const AnchorPoint& {
        return points.anchors[static_cast<std::size_t>(landmark)];
    };
    const auto on_head = [&](int landmark) {
        const AnchorPoint& a = anchor(landmark);
        const float p[3] = {a.x / kPerMetre, -a.y / kPerMetre, a.depth};
        std::array<float, 3> out{};
        for (std::size_t i = 0; i < 3; ++i)
            out[i] = turn[3 * i] * p[0] + turn[3 * i + 1] * p[1] + turn[3 * i + 2] * p[2];
        return out;
    };
    const auto between = [&](int a, int b) {
        put(words, 0.5F * (anchor(a).x + anchor(b).x));
        put(words, 0.5F * (anchor(a).y + anchor(b).y));
    };
    between(2, 31), between(14, 35), between(28, 28),
        between(40, 31);  // cheeks, bridge of the nose, under an eye
    for (int k = 0; k < kLipPoints; ++k) {
        const auto p = on_head(48 + k);
        put(words, p[0]), put(words, p[1]);
    }
    const auto left = on_head(48), right = on_head(54), ear = on_head(0), other_ear = on_head(16);
    const std::array<float, 3> middle = {0.5F * (left[0] + right[0]), 0.5F * (left[1] + right[1]),
                                         0.5F * (left[2] + right[2])};
    const float axis = 0.5F * (ear[2] + other_ear[2]) + 0.02F;
    for (int k = 0; k < kJawPoints; ++k) {
        const auto p = on_head(k);
        put(words, atan2_turn(p[0] - middle[0], p[2] - axis)), put(words, p[1]);
    }
    put(words, middle);
    put(words, max(0.5F * abs(right[0] - left[0]), 0.01F));
    put(words, on_head(33)[1]);
    put(words, axis);
    put(words, 0.5F * (ear[1] + other_ear[1]) - middle[1]);
    for (const float x :
         {style->moustache, style->chin, style->corners, style->jaw, style->cheeks, style->neck, style->lift})
        put(words, x);
    // The renderer tries so many roots over this many square metres, if few of those that a cell's sides see.
    const float area = style->jaw > 0 ? 0.051F : 0.021F, cell = 2.0F / kBeardCells / kPerMetre;
    const float density = sitter.number("beard.density"),
                longer = beard_length_factor(sitter.reached("beard.length"));
    put(words,
        static_cast<float>(style->count) * 2.2F * 0.8F / area * cell * cell * mix(0.45F, 1.15F, density));
    put(words, 0.5F * (1 - density));
    put(words, min(style->length * longer, kLongestBeard));
    put(words, min(style->moustache_length * longer, kLongestBeard));
    put(words, style->points == 4 ? 0.30F : 0.16F);
    words.push_back(seed_of(sitter));
    return words;
}

std::vector<std::uint32_t> beard_words(const Points& points, const Sitter& sitter) {
    const BeardStyle* style = beard_style(sitter.choice("beard.style"));
    if (!style) return {};
    Words words;
    put_pigment(words, sitter, 1.15F, 0.12F, 1.4F);
    put(words, min(1.0F, 1.15F * sitter.number("hair.grey")));
    const float far =
        1.12F *
        min(max(style->length, style->moustache_length) * beard_length_factor(sitter.reached("beard.length")),
            kLongestBeard) *
        kPerMetre;
    put(words, std::floor(far * (0.5F * kBeardCells)) + 1);
    put(words, (style->points == 4 ? 6.2e-5F : 6.4e-5F) * kPerMetre);
    // Jaw and nose, and how far a beard goes beyond.
    float box[4] = {1, 1, -1, -1};
    for (int k = 0; k < 36; ++k) {
        if (k >= kJawPoints && k < 31) continue;  // the brows, the nose's bridge
        const AnchorPoint& a = points.anchors[static_cast<std::size_t>(k)];
        box[0] = min(box[0], a.x), box[1] = min(box[1], a.y), box[2] = max(box[2], a.x),
        box[3] = max(box[3], a.y);
    }
    const float room = far + 0.035F * kPerMetre;
    for (int k = 0; k < 4; ++k) put(words, box[k] + (k < 2 ? -room : room));
    words.push_back(seed_of(sitter));
    return words;
}

std::vector<std::uint32_t> eye_words(const Points& points, const Sitter& sitter) {
    // From the inner to the outer corner, in iBUG's order: of the sitter's left eye, of the right one.
    constexpr int kUpper[2][4] = {{42, 43, 44, 45}, {39, 38, 37, 36}},
                  kLower[2][4] = {{42, 47, 46, 45}, {39, 40, 41, 36}};
    Words words;
    for (std::size_t side = 0; side < 2; ++side) {
        const AnchorPoint &middle = points.anchors[kEyeAnchors + 2 * side],
                          &front = points.anchors[kEyeAnchors + 2 * side + 1];
        const std::array<float, 3>& a = middle.normal;
        const float size = max(std::sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]), 1e-6F);
        const std::array<float, 3> axis = {a[0] / size, a[1] / size, a[2] / size};
        put(words, front.x);
        put(words, front.y);
        put(words, axis);
        put(words,
            std::clamp((front.depth - middle.depth) / max(axis[2], 0.5F), 0.0112F, 0.0134F) * kPerMetre);
        for (const auto& lid : {kUpper[side], kLower[side]})
            for (int k = 0; k < 4; ++k) {
                put(words, points.anchors[static_cast<std::size_t>(lid[k])].x);
                put(words, points.anchors[static_cast<std::size_t>(lid[k])].y);
            }
    }
    const IrisColour iris = iris_colour(sitter.number("eyes.pigment"), sitter.number("eyes.green"));
    // A cornea mirrors a little of everything around; chosen beside renders.
    constexpr Vec4 kThrough = {0.86F, 0.90F, 0.96F, 1}, kMirrored = {0.002F, 0.004F, 0.006F, 0};
    for (const Vec4& colour : {iris.stroma * kThrough + kMirrored, iris.collar * kThrough + kMirrored})
        put(words, {colour[0], colour[1], colour[2]});
    put(words, pupil_radius(sitter.number("eyes.pupil")));
    put(words, sitter.number("eyes.redness"));
    put(words, saturate((sitter.number("age") - 40) / 60));
    words.push_back(seed_of(sitter));
    const float length = sitter.number("lashes.length"), dark = sitter.number("hair.melanin"),
                man = smoothstep(0.3F, 0.85F, sitter.number("presentation"));
    put(words, mix(0.0060F, 0.0100F, length) * mix(1.0F, 0.9F, man) * kPerMetre);
    const Vec4 colour =
        mix(vec4(0.060F, 0.036F, 0.020F, 1), vec4(0.008F, 0.006F, 0.005F, 1), saturate(2.0F * dark));
    put(words, {colour[0], colour[1], colour[2]});
    put_studio(words);
    put(words, sitter.number("makeup.eyes"));
    put_paint(words, eye_shadow(sitter.number("makeup.eyes_hue")), 1, 0.5F, sitter);
    put(words, sitter.number("makeup.liner"));
    for (std::size_t side = 0; side < 2; ++side) put(words, lid_fold(points, kUpper[side], kLower[side]));
    // As deep as on renders, by their normals.
    put(words,
        saturate(1.15F - 0.95F * sitter.number("ancestry.asian") + 0.25F * sitter.number("ancestry.african") -
                 0.3F * max(sitter.number("eyes.fold"), 0.0F)));
    return words;
}

}  // namespace limner::finish
