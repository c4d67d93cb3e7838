// Painterly smoothing: the anisotropic Kuwahara filter (shaders/kuwahara.wgsl).
#include "finish/padded.h"
#include "finish/primitives/all.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace limner::finish {

namespace {

// Of a window's shape: enough that the next one differs by less than a pixel can show.
constexpr int kTurns = 128, kRatios = 16, kRadii = 4;  // in half a turn; from round to stretched; in a pixel

// How a window's pixels belong to its eight sectors. Sector k + 4 is sector k turned by half a turn, so only four are kept.
struct Window {
    struct Share {
        std::int32_t offset;
        float weight;
    };
    std::vector<Share> shares;  // sector after sector
    std::size_t end[4] = {};    // of each
};

// Weights of Kyprianidis 2011, eq. 10: sectors are polynomials that meet at 0.58 rad, under a Gaussian.
Window make_window(float radius, float ratio, Vec2 t, std::ptrdiff_t stride) {
    const float a = radius * ratio, b = radius / ratio;  // half axes, along the tangent and across
    const int rx = ifloor(std::sqrt(a * a * t.x * t.x + b * b * t.y * t.y)),
              ry = ifloor(std::sqrt(a * a * t.y * t.y + b * b * t.x * t.x));
    const float zeta = 1.0F / radius, eta = (zeta + 0.8365F) * 3.3304F;  // cos, 1 / sin^2
    std::vector<Window::Share> sectors[4];
    for (int j = -ry; j <= ry; ++j)
        for (int i = -rx; i <= rx; ++i) {
            const float dx = static_cast<float>(i), dy = static_cast<float>(j);
            const float u = (dx * t.x + dy * t.y) / a, v = (dy * t.x - dx * t.y) / b;
            const float d2 = u * u + v * v;
            if (d2 > 1.0F) continue;
            const float p = 0.70710678F * (u - v), q = 0.70710678F * (u + v);
            const auto lobe = [&](float along, float across) {
                const float z = max(along + zeta - eta * across * across, 0.0F);
                return z * z;
            };
            const float w[8] = {lobe(v, u),  lobe(q, p),  lobe(-u, v), lobe(-p, q),
                                lobe(-v, u), lobe(-q, p), lobe(u, v),  lobe(p, q)};
            float total = 0;
            for (const float each : w) total += each;
            const float g = exp(-3.125F * d2) / max(total, 1e-6F);
            for (int k = 0; k < 4; ++k)
                if (w[k] > 0.0F) sectors[k].push_back({static_cast<std::int32_t>(j * stride + i), w[k] * g});
        }
    Window window;
    for (int k = 0; k < 4; ++k) {
        window.shares.insert(window.shares.end(), sectors[k].begin(), sectors[k].end());
        window.end[k] = window.shares.size();
    }
    return window;
}

// Windows made when first asked for. A picture has few shapes of them.
class Windows {
public:
    Windows(float most_radius, float stretch, std::ptrdiff_t stride)
        : stretch_(stretch),
          stride_(stride),
          made_(static_cast<std::size_t>(ifloor(most_radius * kRadii + 0.5F) + 1) * kRatios * kTurns, -1) {}

    const Window& get(float radius, float anisotropy, Vec2 t) {
        const int r = ifloor(radius * kRadii + 0.5F),
                  s = ifloor(saturate(anisotropy) * static_cast<float>(kRatios - 1) + 0.5F),
                  n = ifloor(atan2_turn(t.y, t.x) * static_cast<float>(2 * kTurns) + 0.5F) & (kTurns - 1);
        int& at = made_[static_cast<std::size_t>((r * kRatios + s) * kTurns + n)];
        if (at < 0) {
            const float turn = static_cast<float>(n) * (0.5F / kTurns);
            at = static_cast<int>(windows_.size());
            windows_.push_back(make_window(static_cast<float>(r) * (1.0F / kRadii),
                                           1.0F + stretch_ * static_cast<float>(s) * (1.0F / (kRatios - 1)),
                                           {cos_turn(turn), sin_turn(turn)}, stride_));
        }
        return windows_[static_cast<std::size_t>(at)];
    }

private:
    float stretch_;
    std::ptrdiff_t stride_;
    std::vector<int> made_;
    std::vector<Window> windows_;
};

struct Sector {  // sums: colour and weight, colour squared
    Vec4 mean = splat(0), square = splat(0);
};

// What each of four sectors counts for: sigma^-sharpness, bounded where a sector is flat.
Vec4 trust(const Sector* sectors, float sharpness) {
    Vec4 variance, weight;
    for (int k = 0; k < 4; ++k) {
        const float per = 1.0F / max(sectors[k].mean[3], 1e-6F);
        const Vec4 m = sectors[k].mean * splat(per),
                   s = max(sectors[k].square * splat(per) - m * m, splat(0));
        variance[k] = s[0] + s[1] + s[2];
        weight[k] = sectors[k].mean[3];
    }
    const Vec4 w =
        splat(1.0F) / (splat(1.0F) + pow(splat(255.0F * 255.0F * 0.33F) * variance, 0.5F * sharpness));
    return weight > splat(1e-6F) ? w : splat(0);
}

}  // namespace

// Kyprianidis, Kang, Dollner 2009. The shader weighs every pixel of every window; windows of one shape (kTurns, kRatios,
// kRadii: in the shader too) have the same weights, so here they are worked out once.
// in: picture, flow, mask. 0 radius (pixels), 1 sharpness, 2 how far ellipses stretch, 3 how much the mask's red keeps.
void kuwahara(const Pass& pass) {
    const float most = max(pass.f(0), 1.0F), sharpness = pass.f(1), keep = pass.f(3);
    const int border = ifloor(kuwahara_reach(pass)) + 2;
    const Padded<Vec4> in(pass.in[0], pass.width(), pass.height(), border,
                          [](Vec4 c) { return with_alpha(c, 1.0F); });
    Windows windows(most, pass.f(2), in.stride());
    each_pixel(pass, [&](int x, int y) {
        const Vec4 t = pass.in[1].at(x, y);
        const float radius = max(most * (1.0F - keep * saturate(pass.in[2].at(x, y)[0])), 1.0F);
        const Window& window = windows.get(radius, t[2], {t[0], t[1]});
        const Vec4* middle = in.at(x, y);
        Sector sectors[8];
        std::size_t i = 0;
        for (int k = 0; k < 4; ++k) {
            Sector here, there;
            for (; i < window.end[k]; ++i) {
                const Window::Share share = window.shares[i];
                const Vec4 w = splat(share.weight), a = middle[share.offset], b = middle[-share.offset];
                const Vec4 wa = a * w, wb = b * w;
                here.mean += wa;
                here.square += wa * a;
                there.mean += wb;
                there.square += wb * b;
            }
            sectors[k] = here;
            sectors[k + 4] = there;
        }
        Vec4 sum = splat(0);
        for (int half = 0; half < 8; half += 4) {
            const Vec4 w = trust(sectors + half, sharpness);
            for (int k = 0; k < 4; ++k) {
                const Sector& sector = sectors[half + k];
                sum += with_alpha(sector.mean * splat(1.0F / max(sector.mean[3], 1e-6F)), 1.0F) * splat(w[k]);
            }
        }
        return with_alpha(sum * splat(1.0F / max(sum[3], 1e-12F)), pass.in[0].at(x, y)[3]);
    });
}

float kuwahara_reach(const Pass& pass) { return (max(pass.f(0), 1.0F) + 0.1F) * (1.0F + pass.f(2)); }

}  // namespace limner::finish
