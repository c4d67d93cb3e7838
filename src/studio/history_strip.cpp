// Every settled change as a small picture: click one to go back to it.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>

namespace limner::studio {

void history_strip(Studio& studio, const ImVec2& size) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(6, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, 5.0F);
    const bool open =
        ImGui::BeginChild("history", size, ImGuiChildFlags_None, ImGuiWindowFlags_HorizontalScrollbar);
    if (open) {
        const float side = size.y - 8;
        ImDrawList* draw = ImGui::GetWindowDrawList();
        for (std::size_t i = 0; i < studio.moments.size(); ++i) {
            Moment& moment = studio.moments[i];
            ImGui::PushID(static_cast<int>(i));
            if (i > 0) ImGui::SameLine();
            const ImVec2 at = ImGui::GetCursorScreenPos();
            const ImVec2 to(at.x + side, at.y + side);
            const bool now = i == studio.moment;
            if (ImGui::InvisibleButton("##moment", ImVec2(side, side), ImGuiButtonFlags_EnableNav))
                go_to(studio, i);
            const bool hovered = ImGui::IsItemHovered();
            ImGui::SetItemTooltip("%s", moment.what.c_str());
            const float light = i > studio.moment ? 0.4F : 1.0F;  // what redo would bring back
            draw->AddRectFilled(at, to, colour::raised, 8);
            if (moment.thumb.texture) {
                draw->AddImageRounded(moment.thumb.texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1),
                                      IM_COL32(255, 255, 255, static_cast<int>(255 * light)), 8);
            }
            if (now || hovered) draw->AddRect(at, to, now ? colour::accent : colour::faint, 8, 0, 2);
            if (now && studio.frames_wanted > 0) ImGui::SetScrollHereX(1);
            ImGui::PopID();
        }
    }
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
}

}  // namespace limner::studio
