// A sitter drawn with formulas, for tests of Finish: an egg of a head with hair, eyes and lips, lit from the studio's lights.
#pragma once
#include "generator/layers.h"
#include "recipe/recipe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace limner::finish_test {

inline Recipe recipe_of(const std::string& json) {
    Result<Recipe> recipe = parse_recipe(json);
    return recipe ? *recipe : Recipe{};
}

// `skin` is display sRGB 0..1. `shift` moves everything by whole pixels.
inline Layers egg(int size, std::array<float, 3> skin = {0.75F, 0.55F, 0.45F}, int shift = 0) {
    Layers layers;
    layers.width = layers.height = size;
    const std::size_t n = layers.pixels();
    layers.rgb.resize(3 * n);
    layers.alpha.resize(n);
    layers.normal.resize(3 * n);
    layers.depth.resize(n);
    layers.regions.resize(8 * n);
    layers.transfer.resize(8 * n);
    layers.strands.resize(4 * n);
    const auto linear = [](float c) {
        return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
    };
    const auto ramp = [](float x) { return std::clamp(x, 0.0F, 1.0F); };
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const std::size_t i = static_cast<std::size_t>(y * size + x);
            const float s = static_cast<float>(size), u = (static_cast<float>(x - shift) + 0.5F) / s - 0.5F,
                        v = (static_cast<float>(y) + 0.5F) / s - 0.5F;
            const auto blob = [&](float cx, float cy, float rx, float ry) {  // soft by about a pixel
                const float dx = (u - cx) / rx, dy = (v - cy) / ry;
                return ramp((1.0F - std::sqrt(dx * dx + dy * dy)) * std::min(rx, ry) * s + 0.5F);
            };
            const float head = blob(0, 0, 0.30F, 0.38F), body = blob(0, 0.62F, 0.48F, 0.26F);
            const float alpha = std::max(head, body),
                        hair = head * ramp((-0.20F - v + 0.05F * std::sin(u * 40.0F)) * s + 0.5F);
            const float eyes =
                            std::max(blob(-0.11F, -0.03F, 0.05F, 0.022F), blob(0.11F, -0.03F, 0.05F, 0.022F)),
                        lips = blob(0, 0.20F, 0.09F, 0.028F);
            float weight[8] = {0, hair, 0, eyes, lips * (1 - eyes), 0, 0, 0};
            weight[7] = (alpha - head) > 0 ? alpha - head : 0;
            weight[0] = std::max(alpha - weight[1] - weight[3] - weight[4] - weight[7], 0.0F);
            const float total = weight[0] + weight[1] + weight[3] + weight[4] + weight[7];
            for (std::size_t k = 0; k < 8; ++k)
                layers.regions[k * n + i] = total > 0 ? weight[k] / total * alpha : 0;

            const float nx = std::clamp(u / 0.36F, -0.9F, 0.9F), ny = std::clamp(-v / 0.46F, -0.9F, 0.9F),
                        nz = std::sqrt(std::max(0.04F, 1 - nx * nx - ny * ny));
            const float length = std::sqrt(nx * nx + ny * ny + nz * nz);
            layers.normal[i] = alpha > 0 ? nx / length : 0;
            layers.normal[n + i] = alpha > 0 ? ny / length : 0;
            layers.normal[2 * n + i] = alpha > 0 ? nz / length : 0;
            layers.depth[i] = alpha > 0 ? 0.1F * nz - 0.08F : 0;

            const float pore = 0.02F * std::sin(static_cast<float>(x - shift) * 2.3F) *
                               std::sin(static_cast<float>(y) * 2.9F);
            const float light = 0.55F + 0.45F * nz / length + pore;
            const float hair_light = 0.6F + 0.4F * std::sin(u * 90.0F + v * 25.0F);
            const float colours[5][3] = {{skin[0], skin[1], skin[2]},
                                         {0.22F, 0.15F, 0.10F},
                                         {0.9F, 0.9F, 0.9F},
                                         {0.65F, 0.3F, 0.3F},
                                         {0.25F, 0.35F, 0.5F}};
            for (std::size_t c = 0; c < 3; ++c) {
                const float sum = weight[0] * linear(colours[0][c]) * light +
                                  weight[1] * linear(colours[1][c]) * hair_light +
                                  weight[3] * linear(colours[2][c]) + weight[4] * linear(colours[3][c]) +
                                  weight[7] * linear(colours[4][c]) * light;
                layers.rgb[c * n + i] = total > 0 ? sum / total : linear(skin[c]);
            }
            layers.alpha[i] = alpha;
            const float tilt[8] = {nz,        ramp(-nx + nz), ramp(nx + nz), ramp(ny),
                                   ramp(-ny), ramp(-nx),      ramp(nx),      0.6F};
            // Straight down, with curls to one side.
            const float straight = ramp(0.5F + u);
            layers.strands[i] = -straight;
            layers.strands[2 * n + i] = 0.1F;
            layers.strands[3 * n + i] = straight;
            float sum = 0;
            for (const float t : tilt) sum += std::max(t, 0.01F);
            for (std::size_t k = 0; k < 8; ++k) layers.transfer[k * n + i] = std::max(tilt[k], 0.01F) / sum;
        }
    return layers;
}

}  // namespace limner::finish_test
