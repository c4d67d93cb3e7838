#include "studio/range_slider.h"

#include "studio/theme.h"
#include "studio/track.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace limner::studio {
namespace {

void draw_bars(const ImRect& box, std::span<const int> bars, float from, float to) {
    if (bars.empty()) return;
    const int most = std::max(1, *std::ranges::max_element(bars));
    const float step = (box.GetWidth() - 18) / static_cast<float>(bars.size());
    ImDrawList* draw = ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (bars[i] == 0) continue;
        const float part = std::sqrt(static_cast<float>(bars[i]) / static_cast<float>(most));
        const float x = box.Min.x + 9 + step * static_cast<float>(i);
        const float middle = (static_cast<float>(i) + 0.5F) / static_cast<float>(bars.size());
        const bool inside = middle >= from && middle <= to;
        draw->AddRectFilled(ImVec2(x + 0.5F, box.Max.y - std::max(2.0F, part * box.GetHeight())),
                            ImVec2(x + step - 0.5F, box.Max.y),
                            inside ? blended(colour::accent, colour::panel, 0.5F) : colour::line, 1.5F);
    }
}

}  // namespace

bool range_slider(const char* id, float& low, float& high, float min, float max, std::span<const int> bars,
                  bool narrowed, bool& settled) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const float above = bars.empty() ? 0.0F : 26.0F, height = track_height();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::ItemSize(ImVec2(width, above + height));
    const ImRect track(ImVec2(at.x, at.y + above), ImVec2(at.x + width, at.y + above + height));
    if (!ImGui::IsRectVisible(at, track.Max)) return false;

    const Rail rail = rail_of(track);
    const auto x_of = [&](float value) { return rail.at(part_of(value, min, max)); };
    const float mouse = g.IO.MousePos.x, to_low = std::abs(mouse - x_of(low)),
                to_high = std::abs(mouse - x_of(high));
    const int nearest = to_low < to_high || (to_low == to_high && mouse < x_of(low)) ? 0 : 1;
    const std::array<ImGuiID, 2> ids{ImGui::GetID((std::string(id) + " from").c_str()),
                                     ImGui::GetID((std::string(id) + " to").c_str())};

    bool changed = false;
    for (int end = 0; end < 2; ++end) {
        float& value = end == 0 ? low : high;
        const ImGuiID gid = ids[static_cast<std::size_t>(end)];
        const float x = x_of(value);
        const ImRect handle(ImVec2(x - 9, track.Min.y), ImVec2(x + 9, track.Max.y));
        if (!ImGui::ItemAdd(track, gid, &handle)) continue;
        const bool mine = g.ActiveId == gid || (g.ActiveId == 0 && nearest == end);
        const bool hovered = mine && ImGui::ItemHoverable(track, gid, g.LastItemData.ItemFlags);
        float moved = value;
        if (drag(track, gid, hovered, moved, min, max, settled)) {
            value = end == 0 ? std::min(moved, high) : std::max(moved, low);
            changed = true;
        }
    }

    draw_bars(ImRect(at, ImVec2(at.x + width, at.y + above - 2)), bars, part_of(low, min, max),
              part_of(high, min, max));
    draw_rail(rail, x_of(low), x_of(high), narrowed);
    draw_knob(ImVec2(x_of(low), rail.y), ids[0], g.HoveredId == ids[0], narrowed);
    draw_knob(ImVec2(x_of(high), rail.y), ids[1], g.HoveredId == ids[1], narrowed);
    return changed;
}

}  // namespace limner::studio
