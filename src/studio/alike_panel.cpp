// More like this: nine people near the present one. Choosing one makes it the present one.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

namespace limner::studio {

void alike_panel(Studio& studio) {
    heading("More like this");
    note("Relatives of this portrait. Choose one to go on from it; locked traits stay.");
    gap(6);
    bool settled = false;
    labelled_slider("How different", studio.alike_distance, 0.05F, 1, 0.4F, "", settled);
    if (settled || (studio.alike.empty() && studio.status.trouble.empty())) vary(studio);
    if (button(icon::dice, "Another nine", Look::raised, ImGui::GetContentRegionAvail().x)) vary(studio);
    gap(8);

    constexpr int columns = 3;
    const float side = (ImGui::GetContentRegionAvail().x - 16) / columns;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    std::size_t chosen = studio.alike.size();
    for (std::size_t i = 0; i < studio.alike.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        if (i % columns != 0) ImGui::SameLine(0, 8);
        const ImVec2 at = ImGui::GetCursorScreenPos(), to(at.x + side, at.y + side);
        if (ImGui::InvisibleButton("##alike", ImVec2(side, side), ImGuiButtonFlags_EnableNav)) chosen = i;
        draw->AddRectFilled(at, to, colour::raised, 10);
        const Canvas& canvas = studio.alike[i];
        if (canvas.texture) {
            draw->AddImageRounded(canvas.texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1), IM_COL32_WHITE,
                                  10);
        }
        if (ImGui::IsItemHovered()) draw->AddRect(at, to, colour::accent, 10, 0, 2);
        ImGui::PopID();
    }
    if (chosen < studio.alike_recipes.size()) {
        adopt(studio, studio.alike_recipes[chosen], "A relative");
        vary(studio);
    }
    gap(8);
    if (button(icon::crowd, "As many as you like", Look::raised, ImGui::GetContentRegionAvail().x)) {
        open_crowd(studio);
        crowd_relatives(studio, "similar", {studio.recipe}, studio.alike_distance);
    }
    gap(24);
}

}  // namespace limner::studio
