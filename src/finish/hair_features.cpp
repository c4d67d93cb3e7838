// How hair lies and parts: the words of "strand_flow" and "parting", and how far "strand_comb" and "strands" draw noise out.
#include "finish/features.h"
#include "finish/pass_words.h"
#include "finish/primitives/locks_numbers.h"
#include "finish/primitives/strands_numbers.h"
#include "finish/primitives/strays_numbers.h"
#include "sitter/parting.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

namespace limner::finish {

namespace {

constexpr float kWhorl = 0.0074F;  // metres: where a parting ends, on its side of the middle
constexpr float kTogether = 0.6F;  // how much of its hairs' waves is a lock's, the rest being each hair's own
constexpr float kGrainCombed = 2.1F,
                kGrainLoose = 2.9F;     // as spectra of renders have it, at 256 to 1,024 pixels
constexpr float kStrayThick = 7.0e-5F;  // metres, half of a stray hair's width
constexpr float kStrayFarthest =
    1.25F;                        // how far a stray hair's tip or bend may be, of the longest one's length
constexpr float kCheeks = 1.03F;  // a bearded face's width, of that of the jaw at the mouth's height
constexpr std::size_t kJawRight = 3, kJawLeft = 13;  // landmarks there

// Hair styles by parts of their names.
class HairStyle {
public:
    explicit HairStyle(const Sitter& sitter) : name_(sitter.choice("hair.style")) {}
    bool any(std::initializer_list<std::string_view> parts) const {
        return std::any_of(parts.begin(), parts.end(),
                           [&](std::string_view part) { return name_.find(part) != std::string_view::npos; });
    }
    std::string_view name() const { return name_; }

private:
    std::string_view name_;
};

}  // namespace

Strands strands_of(const Sitter& sitter) {
    const HairStyle style(sitter);
    float curls = 0.16F, far = 1, curls_wide = 1.0F, ropes = 0;  // combed
    if (style.any({"locs", "twists", "box_braids", "cornrows"}))
        ropes = 1;
    else if (style.any({"curly"}))
        curls = 0.5F, far = 0.3F, curls_wide = 1.8F;
    else if (style.any({"curls"}))
        curls = 0.9F, far = 0.22F, curls_wide = 1.8F;
    else if (style.any({"coil", "afro"}))
        curls = 1, far = 0.12F, curls_wide = 0.8F;
    else if (style.any({"wavy", "beach", "mop", "shag"}))
        curls = 0.28F, far = 0.85F, curls_wide = 1.3F;
    else if (style.any({"pixie", "layers"}))  // hairs of many lengths, whose ends stand off
        curls = 0.2F, far = 0.85F;
    else if (style.any({"shaved", "buzz"}))
        curls = 0.3F, far = -0.3F, curls_wide = 1;
    else if (style.any({"crew", "crop", "caesar", "fade", "flat_top", "spiky", "mohawk", "receding",
                        "thinning", "horseshoe"}))
        curls = 0.3F, far = 0.1F, curls_wide = 0.8F;
    curls = saturate(curls * (1 + 0.5F * sitter.number("hair.curl")));
    Strands strands{curls, far, 0, 0, 0};
    strands.warm = (far > 0.8F ? 1.0F : 0.4F) * (1 - sitter.number("hair.grey")) *
                   smoothstep(0.55F, 0.72F, sitter.number("hair.melanin")) *
                   smoothstep(0.93F, 0.82F, sitter.number("hair.melanin"));
    strands.deep = 0.22F * (1 - 0.6F * curls) * smoothstep(0.15F, 0, sitter.number("hair.grey")) *
                   smoothstep(0.6F, 0.85F, sitter.number("hair.melanin"));
    const auto wave = [&](float radius, float turns,
                          float apart) {  // of the helix that the renderer winds, metres
        strands.waves =
            kTogether * atan2_turn(6.2831853F * radius * turns * (1 + 0.6F * sitter.number("hair.curl")), 1);
        strands.waves_a_metre = turns;
        strands.waves_apart = apart;
    };
    strands.curls_wide = curls_wide, strands.ropes = ropes;
    strands.grain = ropes > 0 || far == 1 ? kGrainCombed : kGrainLoose;
    strands.rooted = ropes == 0 && far < 0.5F && !style.any({"curls", "curly"}) ? 1.0F : 0.0F;
    strands.outlined = ropes == 0 && far > 0.8F && curls < 0.3F ? 1.0F : 0.0F;
    if (style.any({"quiff", "pompadour", "slicked", "swept_back", "ponytail_high", "bun_high", "half_up"}))
        strands.front = Front::back;
    else if (style.name().ends_with("_fringe") || style.any({"bowl", "shag"}))
        strands.front = Front::fringe;
    strands.frizz = (ropes > 0 ? 0.005F : 0.014F - 0.008F * strands.hair_curls) *
                    mix(0.75F, 1.2F, sitter.number("hair.messy"));
    strands.plaits = ropes * (style.any({"locs"}) ? 0.1F : (style.any({"cornrows"}) ? 0.0F : 1.0F));
    if (style.any({"wavy"}))
        wave(0.0085F, 10, 0.3F);
    else if (style.any({"beach"}))
        wave(0.006F, 11, 0.7F);
    else if (style.any({"curly"}))
        wave(0.008F, 19, 1);
    else if (style.any({"layers"}))
        wave(0.0045F, 7, 1);
    if (const std::string_view beard = sitter.choice("beard.style"); beard != "none")
        strands.beard_curls = beard.starts_with("full") ? 0.3F : 0.1F, strands.beard_long = 0.2F,
        strands.beard_hangs = 0.6F, strands.beard_wisps = beard.starts_with("full") ? 1.0F : 0.25F;
    return strands;
}

Combing combing_of(const Strands& strands, int size) {
    const float u = static_cast<float>(size) * (1.0F / 512.0F), cells = u / max(kStrandCell * u, 1.0F);
    const auto deviation = [&](float units) { return max(units * cells, 1.6F); };
    const auto usual = [&](float far) { return deviation(mix(3.5F, 11.0F, far)); };
    // Shorn hair points at the camera: dots rather than strands.
    const Stroke close{1.2F, mix(1.1F, 3.2F, saturate(3.0F * strands.hair_long)), 3.2F},
        longer{6, usual(strands.hair_long), usual(strands.beard_long)};
    if (strands.hair_long < 0.95F) return {{close}, longer};
    return {{close, {6, deviation(14), longer.beard}}, {16, deviation(36), deviation(0)}};
}

namespace {

// The middle and half the width of a bearded face, -1 .. 1 across the picture: all of it where nobody knows points, none without a beard.
struct Across {
    float middle, wide;
};
Across bearded(const Points* points, const Sitter& sitter) {
    if (sitter.choice("beard.style") == "none") return {0, 0};
    if (!points) return {0, 4};
    const float right = points->anchors[kJawRight].x, left = points->anchors[kJawLeft].x;
    return {0.5F * (left + right), kCheeks * 0.5F * abs(left - right)};
}

// PartingNumber; off where hair does not part, or where nobody sees that it does.
void put_parting(Words& words, const Points* points, const Sitter& sitter) {
    const std::string_view style = sitter.choice("hair.style");
    // A fringe hides it, and so do curls.
    const Strands strands = strands_of(sitter);
    const bool hidden = strands.front == Front::fringe || strands.hair_curls > 0.7F ||
                        style.find("curl") != std::string_view::npos;
    const Part part = hidden ? Part::none : part_of(style);
    if (!points) {
        words.resize(words.size() + kPartingLineNumbers);
        return;
    }
    put(words, part == Part::none ? 0.0F : 1.0F);
    for (const float x : head_turn(sitter)) put(words, x);
    const Vec2 eyes = mid_eyes(*points);
    put(words, eyes.x);
    put(words, eyes.y);
    const float wish = sitter.number("hair.part"), side = wish < 0 ? -1.0F : 1.0F;
    put(words, side * parting_aside(part, abs(wish)));
    put(words, side * kWhorl);
    words.push_back(seed_of(sitter));
}

}  // namespace

std::vector<std::uint32_t> strand_flow_words(const Points* points, const Sitter& sitter,
                                             const Strands& strands, float face) {
    const auto [middle, wide] = bearded(points, sitter);
    Words words;
    for (const float x :
         {strands.hair_curls, strands.beard_curls, face, middle, wide, strands.beard_hangs,
          points ? 0.0F : 1.0F, strands.waves, strands.waves_a_metre / kPerMetre, strands.waves_apart})
        put(words, x);
    words.push_back(seed_of(sitter));
    put_parting(words, points, sitter);
    if (points && strands.front != Front::free) {
        const auto at = [&](std::size_t landmark) {
            return Vec2{points->anchors[landmark].x, points->anchors[landmark].y};
        };
        for (const float x : {static_cast<float>(strands.front), 0.5F * (at(19).y + at(24).y),
                              0.5F * (at(0).x + at(16).x), 0.5F * abs(at(16).x - at(0).x)})
            put(words, x);
    }
    words.resize(kSheen);
    // What is mirrored is as bright on any hair, and so less of what pale hair sends back; short hairs and ropes face all ways.
    put(words, 1.1F * (1.0F - 0.8F * strands.hair_curls) * (1.0F - 0.65F * strands.ropes) *
                   mix(0.35F, 1.0F, smoothstep(0.1F, 0.85F, strands.hair_long)) *
                   (1.0F - sitter.number("hair.grey")) *
                   smoothstep(0.1F, 0.7F, sitter.number("hair.melanin")));
    put(words, strands.rooted);
    put_studio(words);
    put(words, strands.outlined);
    put(words, strands.frizz);
    return words;
}

Strays stray_words(const Points& points, const Sitter& sitter, const Strands& strands, float face) {
    const std::string_view style = sitter.choice("hair.style");
    if (style == "bald" || style == "shaved" || style == "buzz" || strands.ropes > 0) return {};
    const float messy = sitter.number("hair.messy"), curls = saturate(1.3F * strands.hair_curls - 0.2F),
                far = saturate(strands.hair_long);
    const float longest = mix(0.022F, 0.13F, far) * mix(1.0F, 0.55F, curls) * mix(0.7F, 1.2F, messy);
    const auto [middle, wide] = bearded(&points, sitter);
    Strays strays;
    for (const float x : {mix(0.25F, 1.0F, messy) * (strands.front == Front::back ? 0.5F : 1.0F), longest,
                          mix(0.3F, 1.1F, messy) * (1.0F + curls), mix(0.5F, 1.0F, far), face, middle, wide})
        put(strays.roots, x);
    strays.roots.push_back(seed_of(sitter));
    put(strays.hairs, kStrayThick * kPerMetre);
    put(strays.hairs, 0.12F + 0.4F * curls);
    put(strays.hairs, std::floor(kStrayFarthest * longest * (0.5F * kStrayCells)) + 1);
    strays.hairs.push_back(seed_of(sitter));
    return strays;
}

namespace {

// Locks, in 256ths of the picture's side: how wide they are, what noise is drawn out by (stride, steps, the deviation that leaves), how far
// they slip along and aside, that on skin (a share), how deep between them it is and how round they are.
struct Fall {
    float wide, stride, steps, deviation, along, across, on_skin, deep, round;
    bool tips;  // only what hangs slips far along itself, and nothing falls into the forehead
};
constexpr float kForehead = 0.2F;  // above the brows, half-widths: skin does not hold locks there
constexpr Fall kFallCurls{6.5F, 2.8F, 4, 0.284F, 2.4F, 2.8F, 0.35F, 0.22F, 0.26F, false},
    kFallShortCurls{5, 2.2F, 4, 0.284F, 1.5F, 1.8F, 0.5F, 0.2F, 0.24F, false},
    kFallCurly{6, 2.5F, 6, 0.243F, 3, 2.6F, 0.25F, 0.18F, 0.22F, true},
    kFallCoils{5, 3, 2, 0.319F, 1.2F, 1.6F, 0.7F, 0.08F, 0.1F, false},
    kFallRopes{4.5F, 4, 18, 0.099F, 9, 1.2F, 0.4F, 0.12F, 0, false},
    kFallWaves{6, 4.2F, 16, 0.121F, 5, 1.8F, 0.15F, 0.1F, 0.1F, true},
    kFallCombed{6, 4.2F, 16, 0.121F, 5, 1, 0.1F, 0.06F, 0.07F, true},
    kFallCropped{4, 4, 4, 0.194F, 2, 1, 0.2F, 0.06F, 0.07F, false};

}  // namespace

Locks lock_words(const Points& points, const Sitter& sitter, const Strands& strands, float face) {
    const HairStyle style(sitter);
    if (style.any({"bald", "shaved", "buzz", "cornrows"})) return {};
    const Fall& fall = strands.ropes > 0                         ? kFallRopes
                       : style.any({"curly"})                    ? kFallCurly
                       : style.any({"curls_short", "curls_top"}) ? kFallShortCurls
                       : style.any({"curls"})                    ? kFallCurls
                       : strands.hair_curls > 0.7F               ? kFallCoils
                       : strands.hair_long < 0.5F                ? kFallCropped
                       : strands.hair_curls > 0.19F              ? kFallWaves
                                                                 : kFallCombed;
    const bool tied = style.any({"bun", "ponytail", "slicked"});  // such hair is held
    const float loose = tied ? 0.15F : mix(0.75F, 1.35F, sitter.number("hair.messy"));
    const auto [middle, wide] = bearded(&points, sitter);
    Locks words;
    for (const float x :
         {fall.wide, fall.stride, fall.steps, loose * fall.along, loose * fall.across, fall.on_skin,
          fall.tips ? -4.0F : 0.5F * (points.anchors[19].y + points.anchors[24].y) - kForehead,
          fall.tips ? mid_eyes(points).y : -4.0F, fall.deviation, face, middle, wide})
        put(words.locks, x);
    words.locks.push_back(seed_of(sitter) + 7U);
    // Combed back, hair lies in no locks.
    const bool flat = strands.front == Front::back;
    put(words.mould, flat ? 0.0F : fall.deep);
    put(words.mould, flat ? 0.0F : fall.round);
    put_studio(words.mould);
    return words;
}

std::vector<std::uint32_t> parting_words(const Points& points, const Sitter& sitter) {
    Words words;
    put_parting(words, &points, sitter);
    const bool rows = sitter.choice("hair.style") == "cornrows";
    if (words[kPartingOn] == 0 && !rows) return {};
    // Between the brows there is hardly ever hair.
    put(words, 0.5F * (points.anchors[21].x + points.anchors[22].x));
    put(words, 0.5F * (points.anchors[21].y + points.anchors[22].y));
    put(words, rows ? 11.0F : 0.0F);
    return words;
}

}  // namespace limner::finish
