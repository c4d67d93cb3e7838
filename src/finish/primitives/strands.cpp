// Hair (shaders/strand_noise.wgsl, strand_comb.wgsl, strands.wgsl). The network paints hair as its mean and says how
// strands run and how strongly they show; here strands with these statistics are drawn, at the picture's own size: noise is
// drawn out along the hair's flow (strand_flow.cpp) by line integral convolution (Cabral, Leedom 1993). Lengths are in u, a
// 512th of the picture's side.
#include "finish/hair_lies.h"
#include "finish/padded.h"
#include "finish/primitives/all.h"
#include "finish/primitives/strands_numbers.h"

#include <cmath>
#include <utility>
#include <vector>

namespace limner::finish {

namespace {

// Noise at three widths, from single hairs to locks.
constexpr float kFineCell = kStrandCell, kMiddleCell = 4.0F, kWideCell = 12.0F;
// In a picture too small for a width its noise is a pixel or two wide, and weaker by these times u: about what is left of a
// large picture made as small.
constexpr float kFineSeen = 1.5F, kMiddleSeen = 2.0F, kWideSeen = 4.0F, kWispsSeen = 1.5F;
constexpr float kWideCurl = 13.0F, kNarrowCurl = 6.0F;
constexpr float kCurlDeviation = 0.39F;  // measured, of the wide one's noise and half the narrow one's

// A strand is followed closely first, for single hairs (strand_comb), then in longer strides, each as long as the way before reaches
// (strand_comb again, of hair that runs straight; strands). Lengths in cells of the finest noise.
constexpr int kCombs = 6, kStrides = 5;  // samples, both ways
constexpr std::uint32_t kGrainSeed = 0x6772U;
constexpr float kGrainVariance = 1.0F / 3.0F;  // of a value between -1 and 1
// Standard deviation of averages along lines, measured at u = 1: of the finest noise, which has nothing that is wide, times cell / sigma;
// of the others times sqrt(cell / sigma).
constexpr float kFineDeviation = 0.44F, kMiddleDeviation = 0.142F, kWideDeviation = 0.23F;

// How much of each width is seen, and how many times as much in ropes; and of each in the matte's edge.
constexpr Vec4 kDetail = {0.94F, 0.6F, 0.8F, 0}, kCombed = {0.74F, 0.6F, 0.5F, 0},
               kBeard = {1.4F, 0.6F, 0.8F, 0}, kRopes = {1.05F, 0.8F, 0.4F, 0},
               kWisps = {1.0F, 0.4F, 0.35F, 0};
constexpr float kWhite = 0.35F, kWhiteDark = 0.65F, kLeastLight = 0.1F;
constexpr Vec4 kThrough = {1.10F, 0.96F, 0.86F, 1};  // chosen beside renders
constexpr float kThroughFrom = 0.035F, kThroughTo = 0.09F, kDark = 0.05F, kFair = 0.14F;  // luma
constexpr float kShine = 0.5F;                   // of light that is mirrored, of what hair sends back
constexpr float kPlaits = 0.22F, kPlait = 9.0F;  // how much plaits show, and how long they are
// How dark it is between ropes of dark hair and of fair, through which light comes, and within how little of the noise's deviation; its mean, 1 / sqrt(1 + 2 kGapNarrow), is taken off.
constexpr float kGap = 0.42F, kGapFair = 0.21F, kGapNarrow = 16.0F, kGapMean = 0.174F;
// Where hair covers but a share of a pixel, between the first and the last of these, it is taken apart into what lies on either side and
// put together again strand by strand.
constexpr float kEdgeFrom = 0.02F, kEdgeIn = 0.15F, kEdgeOut = 0.88F, kEdgeTo = 0.97F;
// Where the share changes by less in a pixel of the source, nobody knows what is mixed; how many of them away there is only the one or the
// other, more than the share says and at most.
constexpr float kEdgeSlow = 0.012F, kEdgeSteep = 0.04F, kEdgeMore = 0.8F, kEdgeFar = 9.0F;
constexpr float kSingle = 0.5F, kMany = 0.6F;
constexpr float kShaded = 0.65F;  // how much darker skin is that hair all but covers
// Metres that skin is nearer than the hair beside it: no strand lies on it, or some may.
constexpr float kBefore = 0.015F, kNotBefore = 0.005F;
constexpr float kBehindFrom = 0.5F, kBehindTo = 0.95F;  // shares of hair behind it
constexpr float kDarkHair = 0.028F;                     // luma, usual of hair that is dark
constexpr float kWispSpread = 1.7F * 0.88F;             // the second: 1 / sqrt(sum kWisps^2)

float unit_of(const Pass& pass) { return static_cast<float>(pass.full_width()) * (1.0F / 512.0F); }
float fine_cell(float u) { return max(kFineCell * u, 1.0F); }
float middle_cell(float u) { return max(kMiddleCell * u, 2.0F); }
float wide_cell(float u) { return max(kWideCell * u, 2.0F); }

// One noise() of vec.h over a pass, a row at a time: what depends on x only or on y only is worked out once.
class NoiseRow {
public:
    NoiseRow(const Pass& pass, float cell, std::uint32_t seed)
        : per_(1.0F / cell), seed_(seed), places_(static_cast<std::size_t>(pass.width())) {
        left_ = ifloor(pass.full_x(0) * per_);
        for (int x = 0; x < pass.width(); ++x) {
            const float at = pass.full_x(x) * per_, whole = floor(at), u = at - whole;
            places_[static_cast<std::size_t>(x)] = {static_cast<int>(whole) - left_, u, fade(u)};
        }
        columns_.resize(static_cast<std::size_t>(places_.back().column) + 1);
    }

    void go(float full_y) {
        const float at = full_y * per_, whole = floor(at), v = at - whole, sv = fade(v);
        const int row = static_cast<int>(whole);
        Line before = line(left_, row, v, sv);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Line after = line(left_ + static_cast<int>(i) + 1, row, v, sv);
            columns_[i] = vec4(before.slope, before.height, after.slope, after.height - after.slope);
            before = after;
        }
    }

    float at(std::size_t x) const {
        const Place& p = places_[x];
        const Vec4 c = columns_[static_cast<std::size_t>(p.column)];
        return 2.0F * mix(c[0] * p.u + c[1], c[2] * p.u + c[3], p.su);
    }

private:
    struct Place {
        int column;
        float u, su;
    };
    struct Line {  // along x, of a lattice column's two corners mixed
        float slope, height;
    };

    static float fade(float t) { return t * t * t * (t * (t * 6.0F - 15.0F) + 10.0F); }
    Line line(int column, int row, float v, float sv) const {
        const std::uint32_t upper = hash(column, row, seed_), lower = hash(column, row + 1, seed_);
        const auto signed_unit = [](float t) { return t * 2.0F - 1.0F; };
        return {mix(signed_unit(unit_low(upper)), signed_unit(unit_low(lower)), sv),
                mix(signed_unit(unit_high(upper)) * v, signed_unit(unit_high(lower)) * (v - 1.0F), sv)};
    }

    float per_;
    std::uint32_t seed_;
    int left_ = 0;
    std::vector<Place> places_;
    std::vector<Vec4> columns_;
};

// Noise without what is wider than a cell, one value a cell, bilinear between the cells: it is drawn out in several rounds, each of which
// mixes neighbours, and hairs of white noise end up two or three cells wide.
class GrainRow {
public:
    GrainRow(const Pass& pass, float cell, std::uint32_t seed)
        : per_(1.0F / cell), seed_(seed), places_(static_cast<std::size_t>(pass.width())) {
        left_ = ifloor((pass.full_x(0) - 0.5F) * per_);
        for (int x = 0; x < pass.width(); ++x) {
            const float at = (pass.full_x(x) - 0.5F) * per_, whole = floor(at);
            places_[static_cast<std::size_t>(x)] = {static_cast<int>(whole) - left_, at - whole};
        }
        cells_.resize(static_cast<std::size_t>(places_.back().column) + 2);
    }

    void go(float full_y) {
        const float at = (full_y - 0.5F) * per_, whole = floor(at), v = at - whole;
        const int row = static_cast<int>(whole);
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const int column = left_ + static_cast<int>(i);
            cells_[i] = mix(value(column, row), value(column, row + 1), v);
        }
    }

    float at(std::size_t x) const {
        const auto i = static_cast<std::size_t>(places_[x].column);
        return mix(cells_[i], cells_[i + 1], places_[x].u);
    }

private:
    struct Place {
        int column;
        float u;
    };
    float white(int x, int y) const { return unit(hash(x, y, seed_)) * 2.0F - 1.0F; }
    float value(int x, int y) const {
        return white(x, y) -
               0.2F * ((white(x - 1, y) + white(x + 1, y)) + (white(x, y - 1) + white(x, y + 1)));
    }

    float per_;
    std::uint32_t seed_;
    int left_ = 0;
    std::vector<Place> places_;
    std::vector<float> cells_;
};

// A Gaussian's weights at the samples of one way, `apart` from each other.
template <std::size_t N>
struct Weights {
    float at[N];
    float sum = 1;  // over both ways

    Weights(float sigma, float apart) {
        const float fall = -0.5F * apart * apart / (sigma * sigma);
        for (std::size_t k = 0; k < N; ++k) {
            at[k] = exp(fall * static_cast<float>((k + 1) * (k + 1)));
            sum += 2.0F * at[k];
        }
    }
};

// Walks along the flow both ways at once: (x, y) of one and of the other. Direction is asked for half-way through every step
// (the midpoint method), because steps are as long as curls are wide.
class Walk {
public:
    Walk(const Padded<Vec2>& flow, int border, int x, int y) : flow_(flow), border_(border) {
        const float px = static_cast<float>(x), py = static_cast<float>(y);
        const Vec2 start = *flow.at(x, y);
        at_ = vec4(px, py, px, py);
        way_ = vec4(start.x, start.y, -start.x, -start.y);
    }
    void step(float far) {
        turn(at_ + way_ * splat(0.5F * far));
        at_ += way_ * splat(far);
    }
    // floor() of a place at most the border outside.
    IVec4 whole(Vec4 at) const {
        return __builtin_convertvector(at + splat(static_cast<float>(border_)), IVec4) - border_;
    }
    Vec4 sum(const Padded<Vec4>& noise) const {
        const IVec4 i = whole(at_);
        const Vec4 part = at_ - __builtin_convertvector(i, Vec4);
        Vec4 both = splat(0);
        if (way_[0] != 0 || way_[1] != 0) both += noise.between(i[0], i[1], part[0], part[1]);
        if (way_[2] != 0 || way_[3] != 0) both += noise.between(i[2], i[3], part[2], part[3]);
        return both;
    }

private:
    void turn(Vec4 at) {
        const IVec4 i = whole(at + splat(0.5F));
        const Vec2 a = *flow_.at(i[0], i[1]), b = *flow_.at(i[2], i[3]);
        const Vec4 next = vec4(a.x, a.y, b.x, b.y), products = next * way_;
        const Vec4 agree = products + Vec4{products[1], products[0], products[3], products[2]};
        way_ = agree < splat(0) ? -next : next;  // none beyond the hair: it ends there
    }

    const Padded<Vec2>& flow_;
    int border_;
    Vec4 at_ = splat(0), way_ = splat(0);
};

int comb_border(const Pass& pass) {
    return ifloor(static_cast<float>(kCombs) * pass.f(0) * fine_cell(unit_of(pass))) + 3;
}
int strands_border(const Pass& pass) {
    return ifloor(static_cast<float>(kStrides) * pass.f(3) * fine_cell(unit_of(pass))) + 3;
}

Padded<Vec2> directions(const View& flow, int width, int height, int border) {
    // Of length 1; none where no hair is, nor outside the picture: noise that is clamped there would not average out.
    return Padded<Vec2>::bare(flow, width, height, border, [](Vec4 f) {
        const float share = std::sqrt(f[0] * f[0] + f[1] * f[1]);
        return share > 0 ? Vec2{f[0], f[1]} * (1.0F / share) : Vec2{};
    });
}

float sum_of(Vec4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

}  // namespace

// in: nothing. out: noise of three widths, each of variance as it comes; how strands curl, of unit variance. 0 seed; 1 how wide curls
// are.
void strand_noise(const Pass& pass) {
    const float u = unit_of(pass), curls = pass.f(1);
    const std::uint32_t seed = pass.u(0);
    GrainRow fine(pass, fine_cell(u), seed);
    NoiseRow middle(pass, middle_cell(u), seed + 1U), wide(pass, wide_cell(u), seed + 2U),
        wide_curl(pass, max(kWideCurl * curls * u, 2.0F), seed + 3U),
        narrow_curl(pass, max(kNarrowCurl * curls * u, 2.0F), seed + 4U);
    for (int y = 0; y < pass.height(); ++y) {
        const float full_y = pass.full_y(y);
        fine.go(full_y);
        for (NoiseRow* row : {&middle, &wide, &wide_curl, &narrow_curl}) row->go(full_y);
        Vec4* out = pass.out + static_cast<std::ptrdiff_t>(y) * pass.width();
        for (std::size_t x = 0; x < static_cast<std::size_t>(pass.width()); ++x)
            out[x] = vec4(fine.at(x), middle.at(x), wide.at(x),
                          (wide_curl.at(x) + 0.5F * narrow_curl.at(x)) * (1.0F / kCurlDeviation));
    }
}

// in: noise, flow. out: the noise's weighted mean along the hair's flow; none where no hair is. In cells: 0 stride; deviation of
// the weights: 1 on the head, 2 in a beard.
void strand_comb(const Pass& pass) {
    const float stride = pass.f(0) * fine_cell(unit_of(pass));
    const int border = comb_border(pass), w = pass.width(), h = pass.height();
    const Padded<Vec4> noise(pass.in[0], w, h, border, [](Vec4 n) { return n; });
    const Padded<Vec2> flow = directions(pass.in[1], w, h, border);
    const Weights<kCombs> kinds[2] = {{pass.f(1), pass.f(0)}, {pass.f(2), pass.f(0)}};
    each_pixel(pass, [&](int x, int y) {
        const Vec2 here = *flow.at(x, y);
        if (here.x == 0 && here.y == 0) return splat(0);
        Vec4 n = *noise.at(x, y);
        const Weights<kCombs>& weights = kinds[pass.in[1].at(x, y)[2] < 0];
        Walk walk(flow, border, x, y);
        for (const float weight : weights.at) {
            walk.step(stride);
            n += walk.sum(noise) * splat(weight);
        }
        return n * splat(1.0F / weights.sum);
    });
}

// Of hair upon skin: which way in the source its share grows, how far from here there is only hair and how far none, and how sure that
// is, 0..1.
struct Hairline {
    Vec2 way{0, 0};
    float share = 0, to_hair = 0, to_skin = 0, sure = 0;
    float behind = 0;  // 1 where skin is well before the hair: hair's strands end at it
};
// What is left of a colour when another was taken off, by its brightness: its hue is noise.
Vec4 within(Vec4 c, Vec4 about) {
    return about * splat(clamp(luma(c) / max(luma(about), 1e-4F), 0.6F, 1.2F));
}

// Of what hairs differ in, a part is white, as light is that they mirror; the rest has their own colour.
Vec4 lightened(Vec4 c, float light, float warm) {
    const float own = luma(c), white = mix(kWhite, kWhiteDark, smoothstep(kFair, kDark, own));
    const Vec4 lit = max(c + mix(c, splat(own), white) * splat(light - 1.0F), c * splat(kLeastLight));
    // What dark hair lets through has lost more of its blue than what it mirrors.
    return mix(lit, lit * kThrough, warm * smoothstep(kThroughTo, kThroughFrom, luma(lit)));
}

// White noise, a value a cell, bilinear between the cells: -1 .. 1.
float grain(float full_x, float full_y, float cell, std::uint32_t seed) {
    const float px = (full_x - 0.5F) / cell, py = (full_y - 0.5F) / cell, left = floor(px), top = floor(py);
    const int ix = static_cast<int>(left), iy = static_cast<int>(top);
    const auto white = [&](int dx, int dy) { return unit(hash(ix + dx, iy + dy, seed)); };
    return 2.0F * mix(mix(white(0, 0), white(1, 0), px - left), mix(white(0, 1), white(1, 1), px - left),
                      py - top) -
           1.0F;
}

Hairline hairline(const Source& source, Vec2 place) {
    const auto share = [&](float dx, float dy) { return hair_share(source, {place.x + dx, place.y + dy}); };
    Hairline line;
    line.share = share(0, 0);
    if (line.share < kEdgeFrom || line.share > kEdgeTo) return line;
    const Vec2 slope{(share(1.5F, 0) - share(-1.5F, 0)) * (1.0F / 3.0F),
                     (share(0, 1.5F) - share(0, -1.5F)) * (1.0F / 3.0F)};
    const float steep = length(slope);
    line.sure = smoothstep(kEdgeSlow, kEdgeSteep, steep) * smoothstep(kEdgeFrom, kEdgeIn, line.share) *
                smoothstep(kEdgeTo, kEdgeOut, line.share);
    if (line.sure <= 0) return line;
    line.way = slope * (1.0F / steep);
    line.to_hair = min((1.0F - line.share) / steep + kEdgeMore, kEdgeFar);
    line.to_skin = min(line.share / steep + kEdgeMore, kEdgeFar);
    // A cheek with hair behind it ends in a line of its own.
    const float before =
        source.sample(7, place - line.way * line.to_skin) - source.sample(7, place + line.way * line.to_hair);
    const float beside = smoothstep(kBefore, kNotBefore, before);
    line.sure *= beside;
    line.behind = (1.0F - beside) * smoothstep(kBehindTo, kBehindFrom, line.share);
    return line;
}

// in: the source, the sitter, noise combed, flow. out: the sitter with strands in its hair, its matte cut. 0 how
// crisp to cut the matte where no hair is. In cells: deviation of the weights: 1 on the head, 2 in a beard; 3 stride;
// how far noise was combed: 4 on the head, 5 in a beard. 6 whether hair on the head is in ropes; 7 how ragged a
// beard's outline is; 8 how much ropes are plaited; 9 how much deeper shadows are than
// the network, which paints the mean of many, has them in dark hair; 10 how much redder what comes through it; 11 how much hairs that
// cross others are seen, as grain.
void strands(const Pass& pass) {
    const float u = unit_of(pass), cell = fine_cell(u);
    const Vec4 size = vec4(min(kFineSeen * u, 1.0F), min(kMiddleSeen * u, 1.0F), min(kWideSeen * u, 1.0F), 0);
    const float combed_far = saturate(pass.f(4) * (1.0F / 16.0F) - 0.5F);
    const Vec4 loose = kDetail * size, head = mix(kDetail, kCombed, combed_far) * size;
    const Vec4 seen[2] = {mix(head, loose * kRopes, pass.f(6)), kBeard * size};
    const float grain_seen = pass.f(11) * size[0], crisp = pass.f(0), ragged = min(kWispsSeen * u, 1.0F),
                stride = pass.f(3) * cell;
    const int border = strands_border(pass), w = pass.width(), h = pass.height();
    const Source source(pass);
    const float pixels = static_cast<float>(pass.full_width()) / static_cast<float>(source.width());
    const Padded<Vec4> noise(pass.in[2], w, h, border, [](Vec4 n) { return n; });
    const Padded<Vec2> flow = directions(pass.in[3], w, h, border);
    const auto kernel = [&](float sigma, float combed) {
        return std::pair{Weights<kStrides>(sigma, pass.f(3)),
                         std::sqrt(sigma * sigma + combed * combed) * cell};
    };
    const auto hair = kernel(pass.f(1), pass.f(4)), face = kernel(pass.f(2), pass.f(5));
    const auto scale_of = [&](const auto& k) {
        return vec4(max(k.second / cell, 1.0F) / (kFineDeviation * k.first.sum),
                    std::sqrt(max(k.second / middle_cell(u), 1.0F)) / (kMiddleDeviation * k.first.sum),
                    std::sqrt(max(k.second / wide_cell(u), 1.0F)) / (kWideDeviation * k.first.sum), 0);
    };
    const Vec4 scales[2] = {scale_of(hair), scale_of(face)};
    each_pixel(pass, [&](int x, int y) {
        const Vec4 sitter = pass.in[1].at(x, y), here = pass.in[3].at(x, y);
        const float share = std::sqrt(here[0] * here[0] + here[1] * here[1]);
        const float cut = saturate((sitter[3] - 0.5F) * crisp + 0.5F);
        if (share <= 0) return with_alpha(sitter, cut);
        const std::size_t which = here[2] < 0;
        Walk walk(flow, border, x, y);
        Vec4 n = *noise.at(x, y);
        for (const float weight : (which ? face : hair).first.at) {
            walk.step(stride);
            n += walk.sum(noise) * splat(weight);
        }
        n *= scales[which];

        const float warm = pass.f(10);
        const Vec4 strength = seen[which] * splat(abs(here[2]));
        float drawn = sum_of(strength * n);
        const float crossing = which == 0 ? grain_seen * abs(here[2]) : 0.0F;
        if (crossing > 0) drawn += crossing * grain(pass.full_x(x), pass.full_y(y), cell, kGrainSeed);
        if (which == 0 && pass.f(8) > 0) {
            // Between ropes, which are as wide as the widest noise, it is dark; plaits bulge, later at a rope's sides than in its middle.
            const float run = abs(here[1]) > abs(here[0]) ? pass.full_y(y) : pass.full_x(x);
            const float aside = abs(n[2]), gap = exp(-kGapNarrow * aside * aside);
            const float plait = sin_turn(run / (kPlait * u) + 0.8F * aside + 0.15F * n[1]);
            drawn += smoothstep(0.6F, 1.0F, share) *
                     (pass.f(8) * kPlaits * plait * (1.0F - gap) * min(kMiddleSeen * u, 1.0F) -
                      mix(kGap, kGapFair, smoothstep(kDark, kFair, luma(sitter))) * (gap - kGapMean) *
                          min(kWideSeen * u, 1.0F));
        }
        const float root = clamp(1.0F + drawn, 0.15F, 2.5F);
        const float shine = kShine * here[3] * clamp(1.0F + 0.8F * n[0], 0.0F, 2.5F);
        float light =
            root * root / (1.0F + sum_of(strength * strength) + kGrainVariance * crossing * crossing) +
            shine;  // the mean stays
        if (which == 0 && pass.f(9) > 0)
            light *= clamp(pow(max(luma(sitter), 1e-6F) * (1.0F / kDarkHair),
                               pass.f(9) * smoothstep(0.6F, 0.95F, share)),
                           0.65F, 1.5F);
        const float level = 1.0F / (1.0F + exp(-kWispSpread * sum_of(kWisps * n)));  // about even in 0..1
        Vec4 lit = lightened(sitter, light, warm * share);
        if (which == 0) {
            const Hairline line = hairline(source, source.place(pass, x, y));
            lit = mix(lit, sitter, line.behind);
            if (line.sure > 0) {
                const auto beside = [&](float far) {
                    return pass.in[1].sample(static_cast<float>(x) + line.way.x * far * pixels,
                                             static_cast<float>(y) + line.way.y * far * pixels);
                };
                // Single hairs, between which skin is seen, are lighter than many.
                const float covers = saturate(2.0F * (1.5F * line.share - 0.25F - level) + 0.5F) *
                                     mix(kSingle, 1.0F, smoothstep(kEdgeFrom, kMany, line.share));
                // Near either side it is what is here, less what is known of the other; that passes into the side without a seam.
                const Vec4 skin_there = beside(-line.to_skin), hair_there = beside(line.to_hair);
                const float s = line.share;
                const Vec4 skin_here = (sitter - hair_there * splat(s)) * splat(1.0F / max(1.0F - s, 0.2F)),
                           hair_here = (sitter - skin_there * splat(1.0F - s)) * splat(1.0F / max(s, 0.2F));
                const float deep = smoothstep(0.3F, 0.8F, s);
                const Vec4 skin = mix(within(skin_here, skin_there), skin_there, deep) *
                                  splat(1.0F - kShaded * s),
                           strand = mix(hair_there, within(hair_here, hair_there), deep);
                lit = mix(lit, mix(skin, lightened(strand, light, warm), covers), line.sure);
            }
        }
        const float matte = saturate(sitter[3] * (1.0F / 0.9F));
        const float wisps = saturate(2.0F * (1.5F * matte - 0.25F - level) + 0.5F);
        return with_alpha(
            lit, mix(cut, wisps, smoothstep(0.3F, 0.8F, share) * (which ? pass.f(7) : 1.0F) * ragged));
    });
}

float strand_comb_reach(const Pass& pass) { return static_cast<float>(comb_border(pass)); }
float strands_reach(const Pass& pass) {
    const float pixels = static_cast<float>(pass.full_width()) / static_cast<float>(pass.source_width());
    return max(static_cast<float>(strands_border(pass)), kEdgeFar * pixels + 2.0F);
}

}  // namespace limner::finish
