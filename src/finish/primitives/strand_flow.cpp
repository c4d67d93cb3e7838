// Which way strands of hair run (shaders/strand_flow.wgsl): as the network says, but where it is known better. strands.cpp draws along it.
#include "finish/hair_lies.h"
#include "finish/primitives/all.h"
#include "finish/primitives/strands_numbers.h"

#include <cmath>
#include <vector>

namespace limner::finish {

namespace {

// Hair less coherent than this curls; by this angle (turns, a deviation) where it is less coherent by the second number.
constexpr float kStraight = 0.42F, kUnruly = 0.2F, kCurl = 1.2F / 6.28318531F;
constexpr float kAlways = 0.5F;  // what curls much curls by so much of that however coherent it is

// Short hair grows out of a forehead up the slope of its share. Measured over so many pixels of the source both ways; where the share
// rises by less, or less upwards (a direction's part), that is no hairline.
constexpr float kRootsFar = 3.0F, kRootsFrom = 0.06F, kRootsTo = 0.2F, kUpFrom = 0.2F, kUpTo = 0.6F;
constexpr float kStray = 0.07F;  // how far single hairs stray from that, turns
// An outline is felt at this distance, of the source's width, between these slopes of the matte; where hair lies across it (the cosine of
// twice the angle) it ends there.
constexpr float kOutlineFar = 0.035F, kOutlineFrom = 0.1F, kOutlineTo = 0.35F, kAgreeFrom = -0.3F,
                kAgreeTo = 0.3F;

constexpr float kWaveLight =
    3.0F;                       // how much brighter they are where they bulge, for every turn that they swing
constexpr float kLocks = 3.0F;  // to a wave's length, of locks that wave by themselves
// How hair is combed beside a parting: away from it, down and back; and between which distances (metres) it goes over to what the
// network says.
constexpr float kAcross = 1.0F, kDown = 0.4F, kBack = 0.1F, kCombedFrom = 0.025F, kCombedTo = 0.065F;

constexpr float kBare = 0.03F,
                kCovered = 0.3F;  // share of hair: none below, all above; strewn strands have all of it too
constexpr float kLeast = 1.0F / 512.0F;  // regions less than this are none
constexpr float kFan =
    0.45F;  // how a fringe spreads: across over down, half a width of the picture from its middle
constexpr float kBackFrom = 0.25F;  // below the brows, half pictures: whence hair that is combed back spreads
constexpr float kFrizzWide = 5.5F, kFrizzNarrow = 2.4F;  // 512ths of the picture's side, across hair
constexpr float kFrizzLong = 5.0F;                       // so many times as far along it
constexpr float kUsualShine = 0.2F;  // of light that is mirrored, what the network has painted everywhere

// What a source pixel says of hair. All of it is times the share, so that where hair borders on skin only hair has a word.
struct Hair {
    Vec4 strands = splat(0);  // c, s, contrast, coherence
    float share = 0;
};

class HairMap {
public:
    explicit HairMap(const Pass& pass)
        : source_(pass),
          apart_(source_.width() / 128 > 1 ? source_.width() / 128 : 1),
          hair_(source_.pixels()) {
        for (int y = 0; y < source_.height(); ++y)
            for (int x = 0; x < source_.width(); ++x) {
                const auto plane = [&](int index) { return source_.at(index, x, y); };
                float brows = plane(10) * pass.f(kBrowsToo);
                if (plane(9) + brows < kLeast) continue;
                if (brows >= kLeast)
                    brows *= 1.0F - smoothstep(0.02F, 0.15F, eyes_near(x, y));  // lashes are no brows
                Hair& hair = hair_[source_.index(x, y)];
                hair.share = smoothstep(kBare, kCovered, (plane(9) + brows) / max(plane(3), 0.01F));
                hair.strands = vec4(plane(24), plane(25), plane(26), plane(27)) * splat(hair.share);
            }
    }

    Vec2 place(const Pass& pass, int x, int y) const { return source_.place(pass, x, y); }
    float covers(Vec2 place) const { return hair_share(source_, place); }
    float depth(Vec2 place) const { return source_.sample(7, place); }
    float matte(Vec2 place) const { return source_.sample(3, place); }
    float width() const { return static_cast<float>(source_.width()); }
    Vec4 normal(Vec2 place) const {
        const Vec4 n = vec4(source_.sample(4, place), source_.sample(5, place), source_.sample(6, place), 0);
        return n * splat(1.0F / max(std::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]), 1e-6F));
    }
    Vec2 picture(Vec2 place) const {  // -1 .. 1
        return {(place.x + 0.5F) * 2.0F / static_cast<float>(source_.width()) - 1.0F,
                (place.y + 0.5F) * 2.0F / static_cast<float>(source_.height()) - 1.0F};
    }

    Hair sample(Vec2 place) const {
        const int ix = ifloor(place.x), iy = ifloor(place.y);
        const Hair &a = hair_[source_.index(ix, iy)], &b = hair_[source_.index(ix + 1, iy)],
                   &c = hair_[source_.index(ix, iy + 1)], &d = hair_[source_.index(ix + 1, iy + 1)];
        if (a.share + b.share + c.share + d.share <= 0) return {};
        const float u = place.x - floor(place.x), v = place.y - floor(place.y);
        return {mix(mix(a.strands, b.strands, u), mix(c.strands, d.strands, u), v),
                mix(mix(a.share, b.share, u), mix(c.share, d.share, u), v)};
    }

private:
    float eyes_near(int x, int y) const {
        float most = 0;
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) most = max(most, source_.at(11, x + i * apart_, y + j * apart_));
        return most;
    }

    Source source_;
    int apart_;
    std::vector<Hair> hair_;
};

// How strands run at a place. The network hardly learns where hair parts and turns its directions smoothly over the middle, as if hair
// were combed across in arcs. Near a parting it is combed away from it instead, as the renderer does.
Vec4 combed(const HairMap& map, const PartingLine& line, Vec2 place, const Hair& here) {
    const PartingLine::Place at = line.at(map.picture(place), map.depth(place));
    const float near = at.shown * smoothstep(kCombedTo, kCombedFrom, abs(at.off));
    if (near <= 0) return here.strands;
    const Vec4 n = map.normal(place);
    const Vec4 way = line.to_camera(vec4(at.off < 0 ? -kAcross : kAcross, -kDown, -kBack, 0));
    const float out = way[0] * n[0] + way[1] * n[1] + way[2] * n[2];
    const float x = way[0] - n[0] * out, y = n[1] * out - way[1], size = max(x * x + y * y, 1e-6F);
    // As the network has them: of twice the angle.
    const Vec4 own = vec4((x * x - y * y) / size, 2.0F * x * y / size, here.strands[2] / here.share, 1.0F);
    return mix(here.strands, own * splat(here.share), near);
}

// The same near a hairline: what the network says there is of hair behind it, which often lies along the line.
Vec4 rooted(const HairMap& map, Vec2 place, Vec4 h, float share, float by, float stray) {
    const auto rise = [&](Vec2 to) { return map.covers(place + to) - map.covers(place - to); };
    const Vec2 slope{rise({kRootsFar, 0}), rise({0, kRootsFar})};
    const float steep = length(slope);
    if (steep <= kRootsFrom) return h;
    const float along = cos_turn(stray), across = sin_turn(stray);
    const Vec2 up = slope * (1.0F / steep), way{up.x * along - up.y * across, up.y * along + up.x * across};
    const float near = by * smoothstep(kRootsFrom, kRootsTo, steep) * smoothstep(kUpFrom, kUpTo, -up.y);
    return mix(h, vec4((way.x * way.x - way.y * way.y) * share, 2.0F * way.x * way.y * share, h[2], h[3]),
               near);
}

// Combed hair lies along its outline, where the network, which paints a mean of many, often lets it run out like fur; but not where it
// ends there.
Vec4 outlined(const HairMap& map, Vec2 place, Vec4 h, float share, float by) {
    const float far = kOutlineFar * map.width();
    const Vec2 slope{(map.matte(place + Vec2{far, 0}) - map.matte(place - Vec2{far, 0})) * 0.5F,
                     (map.matte(place + Vec2{0, far}) - map.matte(place - Vec2{0, far})) * 0.5F};
    const float steep = length(slope), size = std::sqrt(h[0] * h[0] + h[1] * h[1]);
    if (steep <= kOutlineFrom || size <= 1e-6F) return h;
    const Vec2 along{-slope.y / steep, slope.x / steep};
    const float cosine = along.x * along.x - along.y * along.y, sine = 2.0F * along.x * along.y;
    const float agree = (h[0] * cosine + h[1] * sine) / size;
    const float near =
        by * smoothstep(kOutlineFrom, kOutlineTo, steep) * smoothstep(kAgreeFrom, kAgreeTo, agree);
    return mix(h, vec4(cosine * share, sine * share, h[2], h[3]), near);
}

// Between forehead and crown, which the network knows least about: at its ends it lays a fringe across the forehead, and hair that is
// combed back along its line.
Vec4 fronted(const Pass& pass, int x, int y, Vec4 h, float share) {
    const float aside = pass.full_x(x) * 2.0F / static_cast<float>(pass.full_width()) - 1.0F -
                        pass.f(kFrontMiddle),
                above = pass.full_y(y) * 2.0F / static_cast<float>(pass.full_height()) - 1.0F -
                        pass.f(kFrontBrows),
                wide = pass.f(kFrontWide);
    const bool fringe = pass.f(kFront) < 1.5F;
    const float dx = fringe ? kFan * aside : -aside / max(kBackFrom - above, kBackFrom);
    const float per = share / (dx * dx + 1.0F),
                high = fringe ? smoothstep(-0.5F, -0.2F, above) : smoothstep(-0.8F, -0.45F, above);
    return mix(h, vec4((dx * dx - 1.0F) * per, 2.0F * dx * per, h[2], share),
               high * smoothstep(wide, 0.8F * wide, abs(aside)));
}

// Of waves in hair that hangs, locks side by side more or less together, in turns.
float waves(const Pass& pass, int x, int y) {
    const float per = 2.0F / static_cast<float>(pass.full_width()), across = pass.full_x(x) * per - 1.0F,
                down = pass.full_y(y) * per;
    const float turns = pass.f(kWavesLong);
    const float lock = 1.6F * pass.f(kWavesApart) *
                       noise(across * turns * kLocks, down * turns * 0.25F, pass.u(kFlowSeed) + 4U);
    const float uneven = 1.0F + 0.12F * noise(across * 4.0F, down * 4.0F, pass.u(kFlowSeed) + 5U);
    return (down * turns * uneven + lock) * (across < 0 ? -1.0F : 1.0F);
}

// How hairs of one lock cross each other, -1 .. 1: the same in pictures of all sizes, as far as pixels show it. `hangs` is 1 where hair
// runs down and 0 where it runs across.
float frizzy(const Pass& pass, int x, int y, float hangs) {
    const float per = 512.0F / static_cast<float>(pass.full_width());
    const auto turned = [&](float cell, std::uint32_t k) {
        const float seen = saturate(cell / per - 1.0F);
        if (seen <= 0) return 0.0F;
        const float px = pass.full_x(x) * per / cell, py = pass.full_y(y) * per / cell;
        constexpr float kAlong = 1.0F / kFrizzLong;
        const std::uint32_t seed = pass.u(kFlowSeed) + k;
        const float down = hangs > 0 ? noise(px, py * kAlong, seed) : 0.0F,
                    across = hangs < 1 ? noise(px * kAlong, py, seed + 8U) : 0.0F;
        return seen * mix(across, down, hangs);
    };
    return turned(kFrizzWide, 6U) + turned(kFrizzNarrow, 7U);
}

// What hair that runs along `way` mirrors of the studio to the camera (Kajiya, Kay 1989): a band across it, 0 .. about 1.
float sheen(const Pass& pass, Vec2 way, Vec4 normal) {
    const float rise = clamp((normal[1] * way.y - normal[0] * way.x) / max(normal[2], 0.3F), -3.0F, 3.0F);
    const float one = 1.0F / std::sqrt(1.0F + rise * rise);
    float mirrored = 0;
    for (int k = 0; k < 7; ++k) {
        const int i = kFlowStudio + 4 * k;
        const float lx = pass.f(i), ly = pass.f(i + 1), lz = pass.f(i + 2);
        const float along = (lx * way.x - ly * way.y + (lz + 1.0F) * rise) * one;
        const float across = max(1.0F - along * along / max(2.0F + 2.0F * lz, 0.4F), 0.0F);
        const float a2 = across * across, a4 = a2 * a2, a8 = a4 * a4, a16 = a8 * a8;
        const float facing = lx * normal[0] + ly * normal[1] + lz * normal[2];
        mirrored += pass.f(i + 3) * saturate(facing + 0.2F) * (a16 * a16);
    }
    return mirrored - kUsualShine;
}

}  // namespace

// in: the source, noise. out: direction of the strands, as long as the share of hair; contrast times the share, less than none in a
// beard; how much it shines, times the share.
// Numbers: StrandFlowNumber.
void strand_flow(const Pass& pass) {
    const HairMap map(pass);
    const PartingLine line(pass, kFlowParting);
    each_pixel(pass, [&](int x, int y) {
        const Vec2 place = map.place(pass, x, y);
        const Hair hair = map.sample(place);
        if (hair.share <= 0) return splat(0);
        const float down = pass.full_y(y) / static_cast<float>(pass.full_height());
        const float aside =
            pass.full_x(x) * 2.0F / static_cast<float>(pass.full_width()) - 1.0F - pass.f(kFaceMiddle);
        const bool face = down > pass.f(kFaceFrom) && abs(aside) < pass.f(kFaceWide);
        Vec4 h = hair.strands;
        if (!face && line.there()) h = combed(map, line, place, hair);
        if (pass.f(kFront) > 0) h = fronted(pass, x, y, h, hair.share);
        if (!face && pass.f(kRooted) > 0)
            h = rooted(map, place, h, hair.share, pass.f(kRooted), kStray * pass.in[1].at(x, y)[3]);
        if (!face && pass.f(kOutlined) > 0) h = outlined(map, place, h, hair.share, pass.f(kOutlined));
        if (face) h[0] -= pass.f(kFaceHangs) * hair.share;  // (-1, 0) is upright, at twice the angle
        const auto [dx, dy] = lies(h[0], h[1]);
        const float curls = face ? pass.f(kFaceCurls) : pass.f(kHairCurls);
        const float unruly = max(saturate((kStraight - h[3] / hair.share) * (1.0F / kUnruly)),
                                 kAlways * saturate(2.0F * curls - 1.0F));
        const float curl = curls * unruly * kCurl * pass.in[1].at(x, y)[3];
        const float wavy = face ? 0.0F : pass.f(kWaves) * smoothstep(0.25F, 0.75F, abs(dy));
        const float turns = wavy > 0 ? waves(pass, x, y) : 0.0F, wave = wavy * sin_turn(turns);
        const float frizz = face || pass.f(kFrizz) <= 0
                                ? 0.0F
                                : pass.f(kFrizz) * frizzy(pass, x, y, smoothstep(0.3F, 0.7F, dy * dy));
        const float along = cos_turn(curl + wave + frizz), across = sin_turn(curl + wave + frizz);
        const Vec2 way{dx * along - dy * across, dy * along + dx * across};
        // Waves bulge between their turns.
        const float shine = face ? 0.0F
                                 : hair.share * (pass.f(kSheen) * sheen(pass, way, map.normal(place)) +
                                                 kWaveLight * wavy * cos_turn(turns));
        return vec4(way.x * hair.share, way.y * hair.share, face ? -h[2] : h[2], shine);
    });
}

}  // namespace limner::finish
