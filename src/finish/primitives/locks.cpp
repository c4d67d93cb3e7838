// Locks of hair (shaders/locks.wgsl, mould.wgsl). How hair falls into locks, curls or ropes is chance, and the network paints the mean of
// it: one smooth mass. Here that is rolled, at the network's own size and before anything else sees what it painted: noise is drawn out
// along the hair (Cabral, Leedom 1993); by it every lock slips along itself and aside, so that ends are of uneven lengths and outlines
// in curls, and every lock is round: its sides take more or less of each light. Lengths are in u, a 256th of the picture's side.
#include "finish/primitives/locks_numbers.h"

#include "finish/hair_lies.h"
#include "finish/primitives/all.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace limner::finish {

namespace {

constexpr float kFarthest = 1.7F;  // times the deviation, that a lock slips
// A lock moves onto what is behind it or beside it, and leaves what is behind it; from where it covers skin or cloth it does not go,
// as nobody knows what is there. Of hair's share and of the matte, none and all.
constexpr float kHairFrom = 0.25F, kHairTo = 0.7F, kThereFrom = 0.02F, kThereTo = 0.3F, kEmptyFrom = 0.8F,
                kEmptyTo = 0.2F, kBeyondFrom = 0.5F, kBeyondTo = 0.1F;
constexpr float kSkinFar = 4.0F, kSkinFrom = 0.05F, kSkinTo = 0.4F,
                kFeatures = 3.0F;  // how much nearer eyes, brows and mouths are
constexpr float kTop = 0.2F, kTopSoft = 0.15F, kForeheadSoft = 0.1F;
constexpr float kLeast = 0.05F;  // of hair: what is less is none
// A lock is as high as the noise across it is far from zero, a little rounded between locks; of noise of deviation 1 that has this mean and
// deviation. Some locks lie higher than others.
constexpr float kBetween = 0.06F, kMeanHeight = 0.8617F, kHeightDeviation = 0.5632F, kOwn = 0.8F,
                kOthers = 0.6F;
constexpr float kLowest = 0.3F, kHighest = 2.0F;

float unit_of(const Pass& pass) { return static_cast<float>(pass.source_width()) * (1.0F / 256.0F); }

// Noise: values at the corners of a lattice, smooth between them.
class Lattice {
public:
    Lattice(const Pass& pass, float cell, std::uint32_t seed, float border)
        : per_(1.0F / cell),
          left_(-ifloor(border * per_) - 2),
          side_(ifloor((static_cast<float>(pass.width()) + border) * per_) + 3 - left_) {
        for (int y = 0; y < side_; ++y)
            for (int x = 0; x < side_; ++x)
                values_.push_back(unit(hash(x + left_, y + left_, seed)) * 2.0F - 1.0F);
    }
    float at(Vec2 place) const {
        const float x = place.x * per_, y = place.y * per_;
        const int i = ifloor(x), j = ifloor(y);
        const float u = x - floor(x), v = y - floor(y), su = u * u * (3.0F - 2.0F * u),
                    sv = v * v * (3.0F - 2.0F * v);
        const float* c = values_.data() + static_cast<std::ptrdiff_t>(j - left_) * side_ + (i - left_);
        return mix(mix(c[0], c[1], su), mix(c[side_], c[side_ + 1], su), sv);
    }

private:
    float per_;
    int left_, side_;
    std::vector<float> values_;
};

}  // namespace

// in: the source. out, of each of its pixels: where what is there comes from (source pixels, right and down), how much of it does, and
// how high a lock is, in deviations.
void locks(const Pass& pass) {
    const Source source(pass);
    const float u = unit_of(pass), stride = pass.f(kLocksStride) * u;
    const float farthest = kFarthest * (pass.f(kLocksAlong) + pass.f(kLocksAcross)) * u;
    const int steps = pass.i(kLocksSteps);
    const float border = stride * static_cast<float>(steps + 1);
    const Lattice along_noise(pass, pass.f(kLocksWide) * u, pass.u(kLocksSeed), border),
        across_noise(pass, pass.f(kLocksWide) * u, pass.u(kLocksSeed) + 1U, border);
    std::vector<Vec2> ways(source.pixels());
    for (int y = 0; y < source.height(); ++y)
        for (int x = 0; x < source.width(); ++x)
            ways[source.index(x, y)] = lies(source.at(24, x, y), source.at(25, x, y));
    std::vector<float> weights;
    float sum = 1;
    for (int k = 1; k <= steps; ++k) {
        const float part = static_cast<float>(k) / static_cast<float>(steps);
        weights.push_back(exp(-2.0F * part * part));
        sum += 2.0F * weights.back();
    }
    const float scale = 1.0F / (sum * pass.f(kLocksDeviation));
    const auto near = [&](int x, int y, float far, auto&& of) {  // over 5 x 5 places
        const int step = ifloor(0.5F * far) + 1;
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) of(x + i * step, y + j * step);
    };
    each_pixel(pass, [&](int x, int y) {
        const Vec2 place{static_cast<float>(x), static_cast<float>(y)};
        float most = 0, skin = 0;
        near(x, y, farthest, [&](int i, int j) { most = max(most, source.at(9, i, j)); });
        const float down = (place.y + 0.5F) / static_cast<float>(source.height()),
                    aside = (place.x + 0.5F) * 2.0F / static_cast<float>(source.width()) - 1.0F;
        const bool beard =
            down > pass.f(kLocksFaceFrom) && abs(aside - pass.f(kLocksFaceMiddle)) < pass.f(kLocksFaceWide);
        if (most < kLeast || beard) return splat(0);
        near(x, y, kSkinFar * u, [&](int i, int j) {
            skin += source.at(8, i, j) + kFeatures * (source.at(10, i, j) + source.at(11, i, j) +
                                                      source.at(12, i, j) + source.at(13, i, j));
        });

        const Vec2 start = ways[source.index(x, y)];
        float along = along_noise.at(place), across = across_noise.at(place);
        for (const float side : {1.0F, -1.0F}) {
            Vec2 way = start * side, at = place;
            for (const float weight : weights) {
                at = at + way * stride;
                const Vec2 next = ways[source.index(ifloor(at.x + 0.5F), ifloor(at.y + 0.5F))];
                way = dot(next, way) < 0 ? next * -1.0F : next;
                along += weight * along_noise.at(at);
                across += weight * across_noise.at(at);
            }
        }
        along = clamp(along * scale, -kFarthest, kFarthest), across *= scale;
        const float height =
            kOwn / kHeightDeviation * (std::sqrt(across * across + kBetween) - kMeanHeight) + kOthers * along;
        across = clamp(across, -kFarthest, kFarthest);

        const float high = 2.0F * down - 1.0F;
        const float tips =
            mix(kTop, 1.0F, smoothstep(pass.f(kLocksTips) - kTopSoft, pass.f(kLocksTips) + kTopSoft, high));
        const float held = smoothstep(kSkinFrom, kSkinTo, skin * (1.0F / 25.0F)) *
                           smoothstep(pass.f(kLocksForehead), pass.f(kLocksForehead) + kForeheadSoft, high);
        const float free = u * mix(1.0F, pass.f(kLocksOnSkin), held);
        const float slips = pass.f(kLocksAlong) * along * tips * free,
                    off = pass.f(kLocksAcross) * across * free;
        const Vec2 from{start.x * slips - start.y * off, start.y * slips + start.x * off};
        const Vec2 there = place + from;
        const float matte = source.at(3, x, y), hair = source.at(9, x, y) / max(matte, 0.05F),
                    matte_there = source.sample(3, there);
        const float comes = smoothstep(kHairFrom, kHairTo, hair_share(source, there)) *
                            smoothstep(kThereFrom, kThereTo, matte_there);
        const float goes =
            smoothstep(kEmptyFrom, kEmptyTo, matte_there) *
            max(smoothstep(kHairFrom, kHairTo, hair), smoothstep(kBeyondFrom, kBeyondTo, matte));
        return vec4(from.x, from.y, max(comes, goes), height);
    });
}

// in: the source, its locks. out: the source with its locks as they fall, four numbers of its planes to a pixel.
void mould(const Pass& pass) {
    const Source source(pass);
    const View moved = pass.in[1];
    const float deep = pass.f(kMouldDeep), round = 0.5F * pass.f(kMouldRound) * unit_of(pass);
    float* out = reinterpret_cast<float*>(pass.out);
    constexpr std::size_t kPlanes = 28, kLight = 16, kLights = 8;
    const std::size_t pixels = source.pixels();
    for (std::size_t p = 0; p < kPlanes; ++p)  // most of a picture stays as it is
        if (pass.planes[p])
            std::copy_n(pass.planes[p], pixels, out + p * pixels);
        else
            std::fill_n(out + p * pixels, pixels, 0.0F);
    for (int y = 0; y < source.height(); ++y)
        for (int x = 0; x < source.width(); ++x) {
            const Vec4 lock = moved.at(x, y);
            if (lock[2] <= 0 && source.at(9, x, y) <= 0) continue;
            const Vec2 there{static_cast<float>(x) + lock[0], static_cast<float>(y) + lock[1]};
            float here[kPlanes];
            for (std::size_t p = 0; p < kPlanes; ++p) {
                here[p] = source.at(static_cast<int>(p), x, y);
                if (lock[2] > 0) here[p] = mix(here[p], source.sample(static_cast<int>(p), there), lock[2]);
            }
            const float hair = smoothstep(0.3F, 0.9F, here[9] / max(here[3], 0.05F));
            if (hair > 0 && here[3] > 0) {
                const float right = moved.at(x + 1, y)[3] - moved.at(x - 1, y)[3],
                            down = moved.at(x, y + 1)[3] - moved.at(x, y - 1)[3];
                float all = 0, lit = 0;
                for (std::size_t k = 0; k < kLights; ++k) {
                    float facing = 1;
                    if (k < kLights - 1) {  // the last one is all around
                        const int light = kMouldStudio + 4 * static_cast<int>(k);
                        facing =
                            clamp(1.0F - round * hair * (right * pass.f(light) - down * pass.f(light + 1)),
                                  0.2F, 2.2F);
                    }
                    all += here[kLight + k];
                    here[kLight + k] *= facing;
                    lit += here[kLight + k];
                }
                const float more = lit / max(all, 1e-3F);
                for (std::size_t k = 0; k < kLights; ++k) here[kLight + k] /= max(more, 1e-3F);
                const float light = more * clamp(1.0F + hair * deep * lock[3], kLowest, kHighest);
                for (std::size_t p = 0; p < 3; ++p) here[p] *= light;
            }
            for (std::size_t p = 0; p < kPlanes; ++p) out[p * pixels + source.index(x, y)] = here[p];
        }
}

}  // namespace limner::finish
