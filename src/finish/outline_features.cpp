#include "finish/features.h"
#include "finish/plan.h"
#include "finish/primitives/carve_numbers.h"

#include <algorithm>
#include <cmath>

namespace limner::finish {

namespace {

constexpr float kMargin = 1.0F;  // source pixels that the network blurs an edge by, to either side

float rounded(float x) { return std::floor(std::clamp(x, -4.0F, 4.0F) * kTableParts + 0.5F) / kTableParts; }

}  // namespace

float carve_margin(float scale) { return kMargin * scale * std::clamp(scale - 1.0F, 0.0F, 1.0F); }

std::vector<float> carve_table(const Outline& outline, float margin) {
    std::vector<std::vector<const OutlinePiece*>> cells(static_cast<std::size_t>(kCarveCells * kCarveCells));
    const float reach = kCarveReach * margin;
    const auto cell = [](float x) {
        return static_cast<int>(std::clamp((x + 1) * (0.5F * kCarveCells), 0.0F, kCarveCells - 1.0F));
    };
    for (const OutlinePiece& p : outline) {
        const auto [left, right] = std::minmax(p.x0, p.x1);
        const auto [top, bottom] = std::minmax(p.y0, p.y1);
        if (!(right > -2 && left < 2 && bottom > -2 && top < 2)) continue;
        for (int y = cell(top - reach); y <= cell(bottom + reach); ++y)
            for (int x = cell(left - reach); x <= cell(right + reach); ++x)
                cells[static_cast<std::size_t>(y * kCarveCells + x)].push_back(&p);
    }
    std::vector<float> table;
    std::size_t at = cells.size();
    for (const auto& here : cells) {
        table.insert(table.end(), {static_cast<float>(at), static_cast<float>(here.size()), 0, 0});
        at += 2 * here.size();
    }
    for (const auto& here : cells)
        for (const OutlinePiece* p : here)
            for (const float x : {p->x0, p->y0, p->x1, p->y1, p->out_x0, p->out_y0, p->out_x1, p->out_y1})
                table.push_back(rounded(x));
    return table;
}

}  // namespace limner::finish
