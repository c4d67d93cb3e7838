#include "studio/range_slider.h"

#include "imgui_internal.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
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
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    const float above = bars.empty() ? 0.0F : 26.0F, track_height = touch() ? 40.0F : 22.0F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::ItemSize(ImVec2(width, above + track_height));
    const ImRect track(ImVec2(at.x, at.y + above), ImVec2(at.x + width, at.y + above + track_height));
    if (!ImGui::IsRectVisible(at, track.Max)) return false;

    const float left = track.Min.x + 9, right = track.Max.x - 9, y = (track.Min.y + track.Max.y) / 2;
    const auto part = [&](float value) { return std::clamp((value - min) / (max - min), 0.0F, 1.0F); };
    const auto x_of = [&](float value) { return left + (right - left) * part(value); };
    const float mouse = g.IO.MousePos.x, to_low = std::abs(mouse - x_of(low)),
                to_high = std::abs(mouse - x_of(high));
    const int nearest = to_low < to_high || (to_low == to_high && mouse < x_of(low)) ? 0 : 1;

    bool changed = false;
    for (int end = 0; end < 2; ++end) {
        float& value = end == 0 ? low : high;
        const ImGuiID gid = window->GetID((std::string(id) + (end == 0 ? " from" : " to")).c_str());
        const float x = x_of(value);
        const ImRect handle(ImVec2(x - 9, track.Min.y), ImVec2(x + 9, track.Max.y));
        if (!ImGui::ItemAdd(track, gid, &handle)) continue;
        const bool mine = g.ActiveId == gid || (g.ActiveId == 0 && nearest == end);
        const bool hovered = mine && ImGui::ItemHoverable(track, gid, g.LastItemData.ItemFlags);
        const bool clicked =
            hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left, ImGuiInputFlags_None, gid);
        if (clicked) ImGui::SetKeyOwner(ImGuiKey_MouseLeft, gid);
        if (clicked || g.NavActivateId == gid) {
            ImGui::SetActiveID(gid, window);
            ImGui::SetFocusID(gid, window);
            ImGui::FocusWindow(window);
            g.ActiveIdUsingNavDirMask |= (1 << ImGuiDir_Left) | (1 << ImGuiDir_Right);
        }
        ImRect grab;
        float moved = value;
        if (ImGui::SliderBehavior(track, gid, ImGuiDataType_Float, &moved, &min, &max, "%.3f",
                                  ImGuiSliderFlags_None, &grab)) {
            ImGui::MarkItemEdited(gid);
            value = end == 0 ? std::min(moved, high) : std::max(moved, low);
            changed = true;
        }
        if (ImGui::IsItemDeactivatedAfterEdit()) settled = true;
    }

    draw_bars(ImRect(at, ImVec2(at.x + width, at.y + above - 2)), bars, part(low), part(high));
    ImDrawList* draw = window->DrawList;
    draw->AddRectFilled(ImVec2(left - 2, y - 2.5F), ImVec2(right + 2, y + 2.5F), colour::hovered, 3);
    draw->AddRectFilled(ImVec2(x_of(low), y - 2.5F), ImVec2(x_of(high), y + 2.5F),
                        narrowed ? colour::accent : blended(colour::accent, colour::hovered, 0.45F), 3);
    for (int end = 0; end < 2; ++end) {
        const float x = x_of(end == 0 ? low : high);
        const ImGuiID gid = window->GetID((std::string(id) + (end == 0 ? " from" : " to")).c_str());
        const float radius = g.ActiveId == gid ? 9.5F : g.HoveredId == gid ? 9.0F : 8.0F;
        draw->AddCircleFilled(ImVec2(x, y + 1), radius, IM_COL32(0, 0, 0, 70), 28);
        draw->AddCircleFilled(ImVec2(x, y), radius, narrowed ? colour::accent : colour::text, 28);
        if (g.NavId == gid && g.NavCursorVisible)
            draw->AddCircle(ImVec2(x, y), radius + 3, colour::accent, 28, 2);
    }
    return changed;
}

}  // namespace limner::studio
