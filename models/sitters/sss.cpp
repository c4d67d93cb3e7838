#include "film.h"

#include <memory>

namespace limner::sitters {
namespace {

constexpr int kFloats = 3 * kLights, kOpen = kFloats, kReaching = kOpen + kLights, kAll = kReaching + kLights;

struct Cell {  // irradiance, and how much of each light would reach the highlights and does
    alignas(32) float light[kAll];
    float weight;
};

template <int count>
void axpy(float* to, const float* from, float w) {
    for (int i = 0; i < count; ++i) to[i] += w * from[i];
}

struct Guide {
    float depth, scatter, matte;
    Vec3 normal;
};

// Edge-avoiding a-trous wavelet, one 5x5 level at `step` (Dammertz et al. 2010), guided by depth and normal.
void smooth(std::vector<Cell>& cells, const std::vector<Guide>& guides, int size, int step, float sharpness,
            float depth_width) {
    static constexpr float kernel[3] = {0.375F, 0.25F, 0.0625F};
    std::vector<Cell> out(cells.size());
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const auto here = static_cast<std::size_t>(y * size + x);
            const Guide& g = guides[here];
            Cell& to = out[here];
            to = Cell{};
            if (g.matte <= 0) continue;
            for (int j = -2; j <= 2; ++j)
                for (int i = -2; i <= 2; ++i) {
                    const int xx = x + i * step, yy = y + j * step;
                    if (xx < 0 || yy < 0 || xx >= size || yy >= size) continue;
                    const auto there = static_cast<std::size_t>(yy * size + xx);
                    const Guide& h = guides[there];
                    if (h.matte <= 0) continue;
                    const float alike = std::max(0.0F, dot(g.normal, h.normal));
                    float w = kernel[std::abs(i)] * kernel[std::abs(j)] * std::pow(alike, sharpness) *
                              std::exp(-std::abs(g.depth - h.depth) / depth_width);
                    w *= 1 - std::abs(g.scatter - h.scatter);
                    if (w < 1e-4F) continue;
                    axpy<kAll>(to.light, cells[there].light, w);
                    to.weight += w * cells[there].weight;
                }
        }
    // Renormalise to the pixel's own share.
    for (std::size_t k = 0; k < cells.size(); ++k) {
        if (out[k].weight <= 1e-6F) continue;
        const float scale = cells[k].weight / out[k].weight;
        for (float& v : out[k].light) v *= scale;
        out[k].weight = cells[k].weight;
    }
    cells.swap(out);
}

// One Gaussian of `sigma` metres over skin, separable, not across jumps in depth.
std::vector<Cell> wander(const std::vector<Cell>& cells, const std::vector<Guide>& guides,
                         const Camera& camera, int size, float sigma) {
    std::vector<Cell> in = cells, out(cells.size());
    for (int pass = 0; pass < 2; ++pass) {
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const auto here = static_cast<std::size_t>(y * size + x);
                const Guide& g = guides[here];
                Cell& to = out[here];
                to = Cell{};
                if (g.scatter <= 0) continue;
                const float s = sigma / camera.pixel_at(g.depth);  // pixels
                const int reach = std::min(static_cast<int>(std::ceil(2.2F * s)), 24);
                for (int i = -reach; i <= reach; ++i) {
                    const int xx = pass == 0 ? x + i : x, yy = pass == 0 ? y : y + i;
                    if (xx < 0 || yy < 0 || xx >= size || yy >= size) continue;
                    const auto there = static_cast<std::size_t>(yy * size + xx);
                    const Guide& h = guides[there];
                    if (h.scatter <= 0) continue;
                    const float apart = (g.depth - h.depth) / (3 * sigma);
                    const float w = std::exp(-0.5F * square(static_cast<float>(i) / s) - apart * apart);
                    axpy<kFloats>(to.light, in[there].light, w);
                    to.weight += w * in[there].weight;
                }
            }
        in.swap(out);
    }
    return in;
}

}  // namespace

// Diffusion as a sum of Gaussians (d'Eon & Luebke 2007, GPU Gems 3 chapter 14), on the screen (Jimenez et al. 2009). Red
// wanders furthest.
void develop(Film& film, const Camera& camera, float melanin) {
    const int size = film.size;
    std::vector<Cell> cells(film.pixel.size());
    std::vector<Guide> guides(film.pixel.size());
    for (std::size_t k = 0; k < film.pixel.size(); ++k) {
        const PixelSum& p = film.pixel[k];
        const float share = p.alpha > 0 ? 1 / p.alpha : 0;
        guides[k] = {p.depth * share, p.matte > 0 ? p.scatter / p.matte : 0, p.matte, normalize(p.normal)};
        std::copy(p.irradiance.begin(), p.irradiance.end(), cells[k].light);
        std::copy(p.open.begin(), p.open.end(), cells[k].light + kOpen);
        std::copy(p.reaching.begin(), p.reaching.end(), cells[k].light + kReaching);
        cells[k].weight = p.matte;
    }
    const float pixel = camera.pixel_at(0);
    smooth(cells, guides, size, 1, 60, 0.002F + 2 * pixel);
    if (size > 300) smooth(cells, guides, size, 2, 80, 0.002F + 2 * pixel);

    const float reach = mix(1.0F, 0.62F, melanin);
    static constexpr float sigma[3] = {0.00025F, 0.0009F, 0.0022F};
    static constexpr float share[3][3] = {
        {0.33F, 0.36F, 0.31F}, {0.60F, 0.34F, 0.06F}, {0.74F, 0.25F, 0.01F}};
    std::vector<Cell> skin = cells;
    for (std::size_t k = 0; k < skin.size(); ++k) {
        for (float& v : skin[k].light) v *= guides[k].scatter;
        skin[k].weight *= guides[k].scatter;
    }
    std::vector<Cell> mixed(cells.size());
    for (int level = 0; level < 3; ++level) {
        const std::vector<Cell> blurred = wander(skin, guides, camera, size, sigma[level] * reach);
        for (std::size_t k = 0; k < mixed.size(); ++k) {
            if (blurred[k].weight <= 1e-6F) continue;
            const float scale = 1 / blurred[k].weight;
            for (int i = 0; i < kFloats; ++i)
                mixed[k].light[i] += share[i % 3][level] * blurred[k].light[i] * scale;
        }
    }
    for (std::size_t k = 0; k < film.pixel.size(); ++k) {
        PixelSum& p = film.pixel[k];
        if (p.matte <= 1e-6F) continue;
        const float wandering = guides[k].scatter, own = (1 - wandering) / cells[k].weight;
        const float colour[3] = {p.matte_albedo.x, p.matte_albedo.y, p.matte_albedo.z};
        for (std::size_t i = 0; i < kFloats; ++i)
            p.radiance[i] += colour[i % 3] * (mixed[k].light[i] * wandering + cells[k].light[i] * own);
        for (std::size_t i = 0; i < kFloats; ++i) {
            const float open = cells[k].light[kOpen + i / 3], reaching = cells[k].light[kReaching + i / 3];
            if (open > 0) p.radiance[i] += p.coat[i] * std::min(1.0F, reaching / open);
        }
    }
}

}  // namespace limner::sitters
