#include "field.h"

#include <algorithm>

namespace limner::sitters {

Field::Field(const std::vector<SurfaceSample>& samples)
    : value_(static_cast<std::size_t>(nx_) * ny_ * nz_, 1.0F) {
    const std::size_t cells = value_.size();
    std::vector<std::int32_t> nearest(cells, -1);
    std::vector<float> square(cells, 1e9F);
    std::vector<std::uint32_t> front, next;
    const auto centre = [](int x, int y, int z) {
        return Vec3{x0_ + static_cast<float>(x) * cell_, y0_ + static_cast<float>(y) * cell_,
                    z0_ + static_cast<float>(z) * cell_};
    };
    const auto index = [](int x, int y, int z) { return static_cast<std::size_t>((z * ny_ + y) * nx_ + x); };

    for (std::size_t i = 0; i < samples.size(); ++i) {
        const Vec3 p = samples[i].position;
        const int cx = static_cast<int>(std::lround((p.x - x0_) / cell_)),
                  cy = static_cast<int>(std::lround((p.y - y0_) / cell_)),
                  cz = static_cast<int>(std::lround((p.z - z0_) / cell_));
        for (int z = std::max(0, cz - 1); z <= std::min(nz_ - 1, cz + 1); ++z)
            for (int y = std::max(0, cy - 1); y <= std::min(ny_ - 1, cy + 1); ++y)
                for (int x = std::max(0, cx - 1); x <= std::min(nx_ - 1, cx + 1); ++x) {
                    const Vec3 d = centre(x, y, z) - p;
                    const std::size_t c = index(x, y, z);
                    const float s = dot(d, d);
                    if (s < square[c]) {
                        if (nearest[c] < 0) front.push_back(static_cast<std::uint32_t>(c));
                        square[c] = s;
                        nearest[c] = static_cast<std::int32_t>(i);
                    }
                }
    }
    // Breadth first outwards, some 6 cm; a cell is visited again only when a nearer sample reaches it.
    for (int round = 0; round < 9 && !front.empty(); ++round) {
        next.clear();
        for (const std::uint32_t c : front) {
            const int x = static_cast<int>(c) % nx_, y = static_cast<int>(c) / nx_ % ny_,
                      z = static_cast<int>(c) / (nx_ * ny_);
            const std::int32_t i = nearest[c];
            const auto offer = [&](int ax, int ay, int az) {
                if (ax < 0 || ay < 0 || az < 0 || ax >= nx_ || ay >= ny_ || az >= nz_) return;
                const std::size_t n = index(ax, ay, az);
                if (nearest[n] == i) return;
                const Vec3 d = centre(ax, ay, az) - samples[static_cast<std::size_t>(i)].position;
                const float s = dot(d, d);
                if (s < square[n] * 0.999F) {
                    square[n] = s;
                    nearest[n] = i;
                    next.push_back(static_cast<std::uint32_t>(n));
                }
            };
            offer(x - 1, y, z), offer(x + 1, y, z), offer(x, y - 1, z), offer(x, y + 1, z),
                offer(x, y, z - 1), offer(x, y, z + 1);
        }
        front.swap(next);
    }
    for (std::size_t c = 0; c < cells; ++c) {
        if (nearest[c] < 0) continue;
        const int x = static_cast<int>(c) % nx_, y = static_cast<int>(c) / nx_ % ny_,
                  z = static_cast<int>(c) / (nx_ * ny_);
        const SurfaceSample& s = samples[static_cast<std::size_t>(nearest[c])];
        const float plane = dot(centre(x, y, z) - s.position, s.normal), far = std::sqrt(square[c]);
        const float t = std::clamp((far - 2.0F * cell_) / (2.0F * cell_), 0.0F, 1.0F);
        value_[c] = plane * (1 - t) + (plane < 0 ? -far : far) * t;
    }
}

namespace {
struct Spot {
    int i;
    float f;
};
Spot spot(float v, float origin, float cell, int n) {
    const float g = std::clamp((v - origin) / cell, 0.0F, static_cast<float>(n) - 1.001F);
    const int i = static_cast<int>(g);
    return {i, g - static_cast<float>(i)};
}
}  // namespace

Field::Here Field::at(Vec3 p) const {
    const auto [xi, xf] = spot(p.x, x0_, cell_, nx_);
    const auto [yi, yf] = spot(p.y, y0_, cell_, ny_);
    const auto [zi, zf] = spot(p.z, z0_, cell_, nz_);
    const float* v = value_.data() + (zi * ny_ + yi) * nx_ + xi;
    const float* w = v + ny_ * nx_;
    const float a0 = v[0], a1 = v[1], b0 = v[nx_], b1 = v[nx_ + 1], c0 = w[0], c1 = w[1], d0 = w[nx_],
                d1 = w[nx_ + 1];
    const float a = a0 + (a1 - a0) * xf, b = b0 + (b1 - b0) * xf, c = c0 + (c1 - c0) * xf,
                d = d0 + (d1 - d0) * xf;
    const float e = a + (b - a) * yf, f = c + (d - c) * yf;
    const float ga = a1 - a0, gb = b1 - b0, gc = c1 - c0, gd = d1 - d0;
    const float gx0 = ga + (gb - ga) * yf, gx1 = gc + (gd - gc) * yf;
    const Vec3 g{gx0 + (gx1 - gx0) * zf, (b - a) + ((d - c) - (b - a)) * zf, f - e};
    return {e + (f - e) * zf, normalize(g)};
}

float Field::distance(Vec3 p) const { return at(p).distance; }

}  // namespace limner::sitters
