// Hair and skin (shaders/strand_noise.wgsl, strand_flow.wgsl, strands.wgsl). The network paints hair as its mean and says how
// strands run and how strongly they show; here strands with these statistics are drawn, at the picture's own size: noise is
// drawn out along the hair's flow by line integral convolution (Cabral, Leedom 1993). Nor can the network paint pores, which
// are finer than its pixels: skin gets them from the same noise. Lengths are in u, a 512th of the picture's side.
#include "finish/padded.h"
#include "finish/primitives/all.h"
#include "finish/source.h"

#include <cmath>
#include <vector>

namespace limner::finish {

namespace {

// Noise at three widths, from single hairs to locks.
constexpr float kFineCell = 0.75F, kMiddleCell = 4.0F, kWideCell = 12.0F;
// In a picture too small for a width its noise is a pixel or two wide, and weaker by these times u: about what is left of a
// large picture made as small.
constexpr float kFineSeen = 1.5F, kMiddleSeen = 1.5F, kWideSeen = 4.0F, kWispsSeen = 2.0F;
constexpr float kWideCurl = 13.0F, kNarrowCurl = 6.0F;
constexpr float kCurlDeviation = 0.39F;  // measured, of the wide one's noise and half the narrow one's

// Hair less coherent than this curls; by this angle (turns, a deviation) where it is less coherent by the second number.
constexpr float kStraight = 0.42F, kUnruly = 0.2F, kCurl = 1.2F / 6.28318531F;

constexpr float kBare = 0.03F,
                kCovered = 0.3F;  // share of hair: none below, all above; strewn strands have all of it too
constexpr float kLeast = 1.0F / 512.0F;  // regions less than this are none

// A strand is followed two samples at a time: the first pairs closely, for single hairs, the others twice as far apart.
constexpr int kNearPairs = 4, kMostPairs = 7;
constexpr float kStep = 1.2F;         // in cells of the finest noise
constexpr float kHalfLength = 24.0F;  // u
constexpr float kFineSigma = 5.0F;    // u
// Standard deviation of averages along lines, measured: of the finest noise, times sqrt(sum w^2) / sum w; of the others,
// times sqrt(cell / sigma).
constexpr float kFineDeviation = 0.46F, kWideDeviation = 0.145F;

// How much of each width is seen, the first of the fine contrast, the others of the coarse; and of each in the matte's edge.
constexpr Vec4 kDetail = {1.25F, 0.54F, 0.47F, 0}, kWisps = {0.4F, 0.8F, 0.7F, 0};
// Pores are pits: dark, and lit from above. By how much of the root of the light (a deviation each), and about the deviation of
// their noise: in a picture of 512 it is 0.29 and 0.41, where cells are larger than pixels 0.23 and 0.33.
constexpr float kPits = 0.015F, kSlopes = 0.014F, kPitsDeviation = 0.27F, kSlopesDeviation = 0.4F;
constexpr float kPoresSeen = 1.2F;           // as kFineSeen
constexpr float kWispSpread = 1.7F * 0.88F;  // the second: 1 / sqrt(sum kWisps^2)

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

// White noise, one value a cell, bilinear between the cells.
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
    float value(int x, int y) const { return unit(hash(x, y, seed_)) * 2.0F - 1.0F; }

    float per_;
    std::uint32_t seed_;
    int left_ = 0;
    std::vector<Place> places_;
    std::vector<float> cells_;
};

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
                float brows = plane(10);
                if (plane(9) + brows < kLeast) continue;
                if (brows >= kLeast)
                    brows *= 1.0F - smoothstep(0.02F, 0.15F, eyes_near(x, y));  // lashes are no brows
                Hair& hair = hair_[source_.index(x, y)];
                hair.share = smoothstep(kBare, kCovered, (plane(9) + brows) / max(plane(3), 0.01F));
                hair.strands = vec4(plane(24), plane(25), plane(26), plane(27)) * splat(hair.share);
            }
    }

    float skin(Vec2 place) const { return source_.sample(8, place); }
    Vec2 place(const Pass& pass, int x, int y) const { return source_.place(pass, x, y); }

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

// How noise is summed along a strand, both ways from a pixel.
struct Strand {
    float step;  // pixels
    int pairs;
    float apart[kMostPairs];      // of a pair's samples, in steps
    Vec4 weight[kMostPairs * 2];  // of a sample, by width of noise
    Vec4 scale;                   // to unit variance
    float reach = 0;              // pixels

    explicit Strand(float u) : step(kStep * fine_cell(u)) {
        const float near = 2.0F * kNearPairs * step;
        const float wanted = kHalfLength * u <= near ? kHalfLength * u / (2.0F * step)
                                                     : kNearPairs + (kHalfLength * u - near) / (4.0F * step);
        pairs = ifloor(clamp(wanted + 0.5F, 1.0F, kMostPairs));
        for (int k = 0; k < pairs; ++k) {
            apart[k] = k < kNearPairs ? 1.0F : 2.0F;
            reach += 2.0F * apart[k] * step;
        }
        const float wide = reach * (1.0F / 2.2F), fine = min(kFineSigma * u, wide);
        float at = 0, squares = 1, sum = 1;
        for (int k = 0; k < 2 * pairs; ++k) {
            at += apart[k / 2] * step;
            const float f = apart[k / 2] * exp(-0.5F * at * at / (fine * fine)),
                        w = apart[k / 2] * exp(-0.5F * at * at / (wide * wide));
            weight[k] = vec4(f, w, w, 0);
            squares += 2.0F * f * f;
            sum += 2.0F * w;
        }
        const float per = 1.0F / (kWideDeviation * sum);
        scale = vec4(1.0F / (kFineDeviation * std::sqrt(squares)), per * std::sqrt(wide / middle_cell(u)),
                     per * std::sqrt(wide / wide_cell(u)), 0);
    }

    int border() const { return ifloor(reach) + 3; }
};

float sum_of(Vec4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

}  // namespace

// in: nothing. out: noise of three widths, each of variance as it comes; how strands curl, of unit variance. 0 seed.
void strand_noise(const Pass& pass) {
    const float u = unit_of(pass);
    const std::uint32_t seed = pass.u(0);
    GrainRow fine(pass, fine_cell(u), seed);
    NoiseRow middle(pass, middle_cell(u), seed + 1U), wide(pass, wide_cell(u), seed + 2U),
        wide_curl(pass, max(kWideCurl * u, 2.0F), seed + 3U),
        narrow_curl(pass, max(kNarrowCurl * u, 2.0F), seed + 4U);
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

// in: the source, noise. out: direction of the strands, as long as the share of hair; contrast times the share; the share of skin.
void strand_flow(const Pass& pass) {
    const HairMap map(pass);
    each_pixel(pass, [&](int x, int y) {
        const Vec2 place = map.place(pass, x, y);
        const Hair hair = map.sample(place);
        const float skin = map.skin(place);
        if (hair.share <= 0) return vec4(0, 0, 0, skin);
        const Vec4 h = hair.strands;
        const float size = std::sqrt(h[0] * h[0] + h[1] * h[1]);
        const float c = size > 1e-6F ? h[0] / size : 1.0F;
        const float dx = std::sqrt(max(0.5F + 0.5F * c, 0.0F)),
                    dy = h[1] < 0 ? -std::sqrt(max(0.5F - 0.5F * c, 0.0F))
                                  : std::sqrt(max(0.5F - 0.5F * c, 0.0F));
        const float curl =
            saturate((kStraight - h[3] / hair.share) * (1.0F / kUnruly)) * kCurl * pass.in[1].at(x, y)[3];
        const float along = hair.share * cos_turn(curl), across = hair.share * sin_turn(curl);
        return vec4(dx * along - dy * across, dy * along + dx * across, h[2], skin);
    });
}

// in: the sitter, noise, flow. out: the sitter with strands in its hair and pores in its skin, its matte cut. 0 how crisp to cut
// the matte where no hair is.
void strands(const Pass& pass) {
    const float u = unit_of(pass);
    const Strand strand(u);
    const Vec4 seen = vec4(kDetail[0] * min(kFineSeen * u, 1.0F), kDetail[1] * min(kMiddleSeen * u, 1.0F),
                           kDetail[2] * min(kWideSeen * u, 1.0F), 0);
    const float crisp = pass.f(0), ragged = min(kWispsSeen * u, 1.0F);
    const int border = strand.border(), w = pass.width(), h = pass.height();
    const Padded<Vec4> noise(pass.in[1], w, h, border, [](Vec4 n) { return n; });
    const Padded<Vec2> flow(pass.in[2], w, h, border, [&](Vec4 f) {  // a step; none where no hair is
        const float share = std::sqrt(f[0] * f[0] + f[1] * f[1]);
        return share > 0 ? Vec2{f[0], f[1]} * (strand.step / share) : Vec2{};
    });
    const float pores = min(kPoresSeen * u, 1.0F), cell = fine_cell(u);
    const auto pored = [&](Vec4 sitter, int x, int y, float skin) {
        if (skin <= 0) return sitter;
        const auto px = static_cast<float>(x), py = static_cast<float>(y);
        const float here = (*noise.at(x, y))[0], above = noise.sample(px, py - cell)[0],
                    below = noise.sample(px, py + cell)[0],
                    beside = noise.sample(px - cell, py)[0] + noise.sample(px + cell, py)[0];
        const float pit = (0.4F * here + 0.15F * (above + below + beside)) * (1.0F / kPitsDeviation),
                    slope = 0.5F * (below - above) * (1.0F / kSlopesDeviation);
        const float root =
            1.0F + skin * pores * (kPits * (pit - 0.4F * (pit * pit - 1.0F)) + kSlopes * slope);
        return sitter * splat(root * root);
    };
    // floor() of a place at most the border outside.
    const auto whole = [&](Vec4 at) {
        return __builtin_convertvector(at + splat(static_cast<float>(border)), IVec4) - border;
    };
    each_pixel(pass, [&](int x, int y) {
        const Vec4 sitter = pass.in[0].at(x, y), here = pass.in[2].at(x, y);
        const float share = std::sqrt(here[0] * here[0] + here[1] * here[1]);
        const float cut = saturate((sitter[3] - 0.5F) * crisp + 0.5F);
        if (share <= 0) return with_alpha(pored(sitter, x, y, here[3]), cut);
        // Both ways at once, (x, y) of one and of the other, as AlongFlow does.
        const Vec2 start = *flow.at(x, y);
        const float px = static_cast<float>(x), py = static_cast<float>(y);
        Vec4 p = vec4(px, py, px, py), d = vec4(start.x, start.y, -start.x, -start.y);
        Vec4 n = *noise.at(x, y);
        const auto sample = [&](Vec4 at) {
            const IVec4 i = whole(at);
            const Vec4 part = at - __builtin_convertvector(i, Vec4);
            return noise.between(i[0], i[1], part[0], part[1]) + noise.between(i[2], i[3], part[2], part[3]);
        };
        for (int k = 0; k < strand.pairs; ++k) {
            const Vec4 step = d * splat(strand.apart[k]);
            p += step;
            n += sample(p) * strand.weight[2 * k];
            p += step;
            n += sample(p) * strand.weight[2 * k + 1];
            const IVec4 i = whole(p + splat(0.5F));
            const Vec2 a = *flow.at(i[0], i[1]), b = *flow.at(i[2], i[3]);
            const Vec4 next = vec4(a.x, a.y, b.x, b.y), products = next * d;
            const Vec4 agree = products + Vec4{products[1], products[0], products[3], products[2]};
            d = agree > splat(0) ? next : (agree < splat(0) ? -next : d);  // beyond the hair: straight on
        }
        n *= strand.scale;

        const Vec4 strength = seen * splat(here[2]);
        const float root = clamp(1.0F + sum_of(strength * n), 0.15F, 2.5F);
        const Vec4 lit = pored(sitter, x, y, here[3]) *
                         splat(root * root / (1.0F + sum_of(strength * strength)));  // the mean stays

        const float level = 1.0F / (1.0F + exp(-kWispSpread * sum_of(kWisps * n)));  // about even in 0..1
        const float matte = saturate(sitter[3] * (1.0F / 0.9F));
        const float wisps = saturate(2.0F * (1.5F * matte - 0.25F - level) + 0.5F);
        return with_alpha(lit, mix(cut, wisps, share * ragged));
    });
}

float strands_reach(const Pass& pass) { return static_cast<float>(Strand(unit_of(pass)).border()); }

}  // namespace limner::finish
