#include "studio/track.h"

#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>

namespace limner::studio {

float track_height() { return touch() ? 40.0F : 22.0F; }

Rail rail_of(const ImRect& track) {
    return {track.Min.x + 9, track.Max.x - 9, (track.Min.y + track.Max.y) / 2};
}

float part_of(float value, float min, float max) {
    return max > min ? std::clamp((value - min) / (max - min), 0.0F, 1.0F) : 0.0F;
}

bool drag(const ImRect& track, ImGuiID id, bool hovered, float& value, float min, float max, bool& settled) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    const bool clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left, ImGuiInputFlags_None, id);
    if (clicked) ImGui::SetKeyOwner(ImGuiKey_MouseLeft, id);
    if (clicked || g.NavActivateId == id) {
        ImGui::SetActiveID(id, window);
        ImGui::SetFocusID(id, window);
        ImGui::FocusWindow(window);
        g.ActiveIdUsingNavDirMask |= (1 << ImGuiDir_Left) | (1 << ImGuiDir_Right);
    }
    ImRect grab;
    const bool changed = ImGui::SliderBehavior(track, id, ImGuiDataType_Float, &value, &min, &max, "%.3f",
                                               ImGuiSliderFlags_None, &grab);
    if (changed) ImGui::MarkItemEdited(id);
    if (ImGui::IsItemDeactivatedAfterEdit()) settled = true;
    return changed;
}

void draw_rail(const Rail& rail, float from, float to, bool marked) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(ImVec2(rail.left - 2, rail.y - 2.5F), ImVec2(rail.right + 2, rail.y + 2.5F),
                        colour::hovered, 3);
    draw->AddRectFilled(ImVec2(std::min(from, to), rail.y - 2.5F), ImVec2(std::max(from, to), rail.y + 2.5F),
                        marked ? colour::accent : blended(colour::accent, colour::hovered, 0.45F), 3);
}

void draw_knob(const ImVec2& at, ImGuiID id, bool hovered, bool marked) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float radius = g.ActiveId == id ? 9.5F : hovered ? 9.0F : 8.0F;
    draw->AddCircleFilled(ImVec2(at.x, at.y + 1), radius, IM_COL32(0, 0, 0, 70), 28);
    draw->AddCircleFilled(at, radius, marked ? colour::accent : colour::text, 28);
    if (g.NavId == id && g.NavCursorVisible) draw->AddCircle(at, radius + 3, colour::accent, 28, 2);
}

}  // namespace limner::studio
