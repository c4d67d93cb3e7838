// Name, words, undo and redo, compare, share, save.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace limner::studio {
namespace {

void copy_link(Studio& studio) {
    settle(studio);
    platform::tell("copy-link", {{"recipe", print_recipe(studio.recipe)}});
}

void compare_button(Studio& studio) {
    const bool on = studio.comparison == Comparison::pinned;
    if (icon_button(icon::compare, on ? "Stop comparing" : "Compare: keep this one as A", on)) {
        settle(studio);
        set_comparison(studio, on ? Comparison::off : Comparison::pinned);
        if (!on) notify(studio, "This one is A. Change anything and drag the line to compare.");
    }
}

}  // namespace

void top_bar(Studio& studio, float width, float height, bool phone) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float middle = at.y + height / 2;
    const float edge = phone ? 16.0F : 28.0F;
    {
        const Type type(Face::display, type_size::wordmark);
        draw->AddText(ImVec2(at.x + edge, middle - ImGui::GetFontSize() / 2 - 1), colour::text, "Limner");
    }
    const float top = middle - target() / 2;
    const auto from_right = [&](float x) { ImGui::SetCursorScreenPos(ImVec2(at.x + width - edge - x, top)); };
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(phone ? 0.0F : 4.0F, 0));
    if (phone) {
        from_right(target() * 6 - 8);
        if (icon_button(icon::crowd, "A crowd of people")) open_crowd(studio);
        ImGui::SameLine();
        if (icon_button(icon::undo, "Undo", false, can_undo(studio))) undo(studio);
        ImGui::SameLine();
        if (icon_button(icon::redo, "Redo", false, can_redo(studio))) redo(studio);
        ImGui::SameLine();
        compare_button(studio);
        ImGui::SameLine();
        if (icon_button(icon::shield, "What left this device")) ImGui::OpenPopup("Privacy");
        ImGui::SameLine();
        if (icon_button(icon::save, "Save", false, true, Look::accent)) ImGui::OpenPopup("Save");
    } else {
        const float words = std::min(520.0F, width - 850);
        if (words > 220) {
            ImGui::SetCursorScreenPos(ImVec2(at.x + 150, top - 1));
            words_line(studio, words);
        }
        const float save = 104;
        from_right(save + (target() + 4) * 7 + 40);
        if (icon_button(icon::crowd, "A crowd: as many people as you like")) open_crowd(studio);
        ImGui::SameLine(0, 14);
        if (icon_button(icon::undo, "Undo (Ctrl+Z)", false, can_undo(studio))) undo(studio);
        ImGui::SameLine();
        if (icon_button(icon::redo, "Redo (Ctrl+Y)", false, can_redo(studio))) redo(studio);
        ImGui::SameLine(0, 14);
        compare_button(studio);
        ImGui::SameLine();
        if (icon_button(icon::link, "Copy a link to this portrait")) copy_link(studio);
        ImGui::SameLine();
        if (icon_button(icon::open, "Open a saved picture")) platform::tell("open", nullptr);
        ImGui::SameLine();
        if (icon_button(icon::shield, "What left this device")) ImGui::OpenPopup("Privacy");
        ImGui::SameLine(0, 14);
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 1);
        if (button(icon::save, "Save", Look::accent, save)) ImGui::OpenPopup("Save");
    }
    ImGui::PopStyleVar();
    save_popup(studio);
    privacy_popup(studio);
}

}  // namespace limner::studio
