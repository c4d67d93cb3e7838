// The sitter: groups of the schema, one open at a time, each with its own dice.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <string>

namespace limner::studio {
namespace {

int changed_in(const Studio& studio, const std::string& group) {
    int count = 0;
    for (const Attribute& attribute : schema().attributes) {
        if (attribute.group == group && studio.recipe.set.contains(attribute.id)) ++count;
    }
    return count;
}

void reset_group(Studio& studio, const Group& group) {
    Recipe next = studio.recipe;
    for (const Attribute& attribute : schema().attributes) {
        if (attribute.group == group.id) next.set.erase(attribute.id);
    }
    adopt(studio, next, group.label + " reset");
}

// The clickable line of a group; returns whether its controls are to be shown.
bool group_line(Studio& studio, const Group& group) {
    ImGui::PushID(group.id.c_str());
    const bool open = studio.open_group == group.id;
    const int changed = changed_in(studio, group.id);
    const float width = ImGui::GetContentRegionAvail().x, height = touch() ? 52.0F : 46.0F;
    const float buttons = target() * (changed > 0 ? 2.0F : 1.0F) + 8;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList* draw = ImGui::GetWindowDrawList();

    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    if (ImGui::InvisibleButton("##line", ImVec2(width - buttons, height), ImGuiButtonFlags_EnableNav)) {
        studio.open_group = open ? "" : group.id;
    }
    const bool hovered = ImGui::IsItemHovered();
    {
        const Type type(Face::bold, type_size::body + 0.5F);
        const float y = at.y + (height - ImGui::GetFontSize()) / 2;
        draw->AddText(ImVec2(at.x, y), hovered || open ? colour::text : colour::quiet,
                      open ? icon::down : icon::right);
        draw->AddText(ImVec2(at.x + 26, y),
                      open || hovered ? colour::text : blended(colour::text, colour::quiet, 0.4F),
                      group.label.c_str());
        if (changed > 0) {
            const float x = at.x + 34 + ImGui::CalcTextSize(group.label.c_str()).x;
            draw->AddCircleFilled(ImVec2(x + 4, at.y + height / 2), 3.5F, colour::accent);
        }
    }
    ImGui::SetCursorScreenPos(ImVec2(at.x + width - buttons + 8, at.y + (height - target()) / 2));
    if (changed > 0) {
        if (icon_button(icon::reset, ("Reset " + group.label).c_str())) reset_group(studio, group);
        ImGui::SameLine(0, 0);
    }
    if (icon_button(icon::dice, ("New " + group.label + " by dice").c_str())) roll_group(studio, group.id);
    ImGui::PopStyleVar();
    ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + height));
    ImGui::Dummy(ImVec2(width, 0));
    ImGui::PopID();
    return open;
}

}  // namespace

void person_panel(Studio& studio) {
    const Schema& all = schema();
    for (const Group& group : all.groups) {
        if (group_line(studio, group)) {
            gap(4);
            for (std::size_t i = 0; i < all.attributes.size(); ++i) {
                if (all.attributes[i].group != group.id) continue;
                attribute_row(studio, all.attributes[i], studio.sitter.values[i]);
            }
            gap(10);
        }
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::GetWindowDrawList()->AddLine(
            ImVec2(at.x, at.y - 4), ImVec2(at.x + ImGui::GetContentRegionAvail().x, at.y - 4), colour::line);
    }
    gap(24);
}

}  // namespace limner::studio
