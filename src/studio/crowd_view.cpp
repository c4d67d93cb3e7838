// The gallery's room: people left and their panel right, or on a phone people with a sheet that is pulled up.
#include "imgui_internal.h"
#include "sitter/mixes.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace limner::studio {
namespace {

void tab_bar(Studio& studio, const ImVec2& from, float width, float height) {
    CrowdView& view = studio.crowd;
    const std::size_t picked = view.picked.texts.size();
    const std::string save = (picked > 0 ? "Save (" + std::to_string(picked) + ")" : "Save") + "###Save";
    // In the order of `CrowdTab`.
    const std::array<TabFace, 3> tabs{
        {{icon::filter, "Who"}, {icon::person, "Person"}, {icon::archive, save.c_str()}}};
    const int now = touch() && !view.sheet ? -1 : static_cast<int>(view.tab);
    const int pressed = tab_row(tabs, now, from, ImVec2(width, height), !touch());
    if (pressed < 0) return;
    view.sheet = !(view.sheet && static_cast<int>(view.tab) == pressed);
    view.tab = static_cast<CrowdTab>(pressed);
}

void panel(Studio& studio, const ImVec2& at, const ImVec2& size, float padding) {
    if (studio.crowd.focus_panel) ImGui::SetNextWindowFocus();
    studio.crowd.focus_panel = false;
    const bool open = begin_panel("crowd panel", static_cast<int>(studio.crowd.tab), at, size, padding);
    studio.crowd.in_panel = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
    if (open) {
        switch (studio.crowd.tab) {
            case CrowdTab::who: crowd_facets(studio); break;
            case CrowdTab::person: crowd_person(studio); break;
            case CrowdTab::save: crowd_save(studio); break;
        }
    }
    end_panel();
}

// "Curl" alone could be hair's or a beard's: the group is said where the schema uses a label twice.
std::string facet_name(const Attribute& attribute) {
    const auto same = std::ranges::count_if(schema().attributes,
                                            [&](const Attribute& a) { return a.label == attribute.label; });
    if (same < 2) return attribute.label;
    for (const Group& group : schema().groups) {
        if (group.id == attribute.group) return group.label + ": " + attribute.label;
    }
    return attribute.label;
}

// Which strangers these are, by the facets that hold now.
std::string caption(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    if (view.shows == Gathering::favourites) return "Your favourites";
    const Crowd& crowd = present_crowd(studio);
    const std::string& what = view.steps[view.step].what;
    for (const CrowdPreset& preset : crowd_presets()) {
        if (preset.label == what && !preset.crowd.facets.empty() && preset.crowd.facets == crowd.facets)
            return what;
    }
    std::string text;
    for (const auto& [id, facet] : crowd.facets) {
        const Attribute& attribute = *schema().find(id);
        text += (text.empty() ? "" : "  ·  ") + facet_name(attribute);
        if (facet.choices.empty()) text += " " + facet_range(attribute, facet);
        if (!facet.choices.empty()) {
            text += facet.choices.size() > 2 ? " (" + std::to_string(facet.choices.size()) + ")" : "";
            for (std::size_t i = 0; i < facet.choices.size() && facet.choices.size() <= 2; ++i)
                text += (i > 0 ? ", " : " ") +
                        attribute.choices[static_cast<std::size_t>(facet.choices[i])].label;
        }
        if (text.size() > 120) return std::to_string(crowd.facets.size()) + " facets";
    }
    if (text.empty()) {
        const Mix* mix = find_mix(crowd.mix);
        text = "Everybody" + (mix == nullptr ? std::string() : "  ·  " + mix->label);
    }
    return text;
}

bool are_relatives(const Studio& studio) {
    return studio.crowd.shows == Gathering::crowd && !present_crowd(studio).kin.of.empty();
}

// Where relatives come from, every generation a way back to it; the oldest are left out where there is no room.
void lineage(Studio& studio, const ImVec2& at, float width) {
    const CrowdView& view = studio.crowd;
    const std::vector<std::size_t> all = crowd_lineage(studio);
    const Type type(Face::text, type_size::body - 0.5F);
    constexpr float arrow = 22, padding = 26;
    const auto room = [&](std::size_t i) {
        return ImGui::CalcTextSize(view.steps[i].what.c_str()).x + padding;
    };
    std::size_t first = all.size() - 1;
    float used = room(all[first]);
    while (first > 0 && used + arrow + room(all[first - 1]) <= width) used += arrow + room(all[--first]);
    ImGui::SetCursorScreenPos(at);
    std::optional<std::size_t> to;
    for (std::size_t k = first; k < all.size(); ++k) {
        if (k > first) ImGui::SameLine(0, arrow);
        const ImVec2 before = ImGui::GetCursorScreenPos();
        const std::string label = view.steps[all[k]].what + "###generation" + std::to_string(k);
        const bool now = k + 1 == all.size();
        if (pill(label.c_str(), now, true) && !now) to = all[k];
        if (!now && !touch()) ImGui::SetItemTooltip("Back to these people");
        if (k == 0) continue;
        ImGui::GetWindowDrawList()->AddText(
            ImVec2(before.x - (arrow + ImGui::CalcTextSize(icon::right).x) / 2,
                   before.y + (ImGui::GetItemRectSize().y - ImGui::GetFontSize()) / 2),
            colour::quiet, icon::right);
    }
    if (to) crowd_visit(studio, *to);
}

void caption_line(Studio& studio, const ImVec2& at, float width) {
    const Type type(Face::text, type_size::body);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect(at, ImVec2(at.x + width, at.y + 30), true);
    draw->AddText(ImVec2(at.x, at.y + 5), colour::quiet, caption(studio).c_str());
    draw->PopClipRect();
}

void bar(Studio& studio, float width, float height, bool phone) {
    CrowdView& view = studio.crowd;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float middle = at.y + height / 2, edge = phone ? 8.0F : 20.0F, top = middle - target() / 2;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(phone ? 0.0F : 4.0F, 0));
    ImGui::SetCursorScreenPos(ImVec2(at.x + edge, top));
    if (icon_button(icon::back, "Back to the portrait (Esc)")) close_crowd(studio);
    {
        const Type type(Face::display, type_size::wordmark);
        ImGui::GetWindowDrawList()->AddText(
            ImVec2(at.x + edge + target() + 8, middle - ImGui::GetFontSize() / 2 - 1), colour::text, "Crowd");
    }
    const float text = at.x + edge + target() + 110;
    const float buttons = phone ? target() * 3 + 8 : (target() + 4) * 3 + 150;
    if (!phone) {
        const float room = width - text - buttons - edge - 20;
        if (are_relatives(studio)) {
            lineage(studio, ImVec2(text, middle - 15), room);
        } else {
            caption_line(studio, ImVec2(text, middle - 14), room);
        }
    }
    ImGui::SetCursorScreenPos(ImVec2(at.x + width - edge - buttons, top));
    if (icon_button(icon::undo, "Undo (Ctrl+Z)", false, crowd_can_undo(studio))) crowd_undo(studio);
    ImGui::SameLine();
    if (icon_button(icon::redo, "Redo (Ctrl+Y)", false, crowd_can_redo(studio))) crowd_redo(studio);
    ImGui::SameLine();
    const bool kept = view.shows == Gathering::favourites;
    if (icon_button(icon::heart, kept ? "Back to the crowd" : "Your favourites", kept))
        crowd_show(studio, kept ? Gathering::crowd : Gathering::favourites);
    if (!phone) {
        ImGui::SameLine(0, 14);
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 1);
        const std::size_t picked = view.picked.texts.size();
        const std::string label = picked > 0 ? "Save " + std::to_string(picked) : "Save many";
        if (button(icon::archive, (label + "##many").c_str(), picked > 0 ? Look::accent : Look::raised, 132))
            view.tab = CrowdTab::save;
    }
    ImGui::PopStyleVar();
}

void shortcuts(Studio& studio) {
    if (ImGui::GetIO().WantTextInput) return;
    if (undo_keys()) crowd_undo(studio);
    if (redo_keys()) crowd_redo(studio);
    if (ImGui::Shortcut(ImGuiKey_Escape, ImGuiInputFlags_RouteGlobal)) {
        CrowdView& view = studio.crowd;
        if (touch() && view.sheet) {
            view.sheet = false;
        } else if (view.in_panel) {
            view.focus_grid = true;
        } else {
            close_crowd(studio);
        }
    }
}

// 1, 2, 3: a tab, and the keyboard's focus in it.
void tab_keys(CrowdView& view) {
    if (ImGui::GetIO().WantTextInput || ImGui::GetIO().KeyCtrl) return;
    for (const CrowdTab tab : {CrowdTab::who, CrowdTab::person, CrowdTab::save}) {
        if (!ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_1 + static_cast<int>(tab)), false)) continue;
        view.tab = tab;
        view.sheet = view.focus_panel = true;
    }
}

void wide(Studio& studio, const ImVec2& screen) {
    constexpr float height = 68, margin = 28, tab_height = 62;
    const float side = std::clamp(screen.x * 0.27F, 340.0F, 420.0F), room = screen.x - side;
    bar(studio, screen.x, height, false);
    crowd_grid(studio, ImVec2(margin, height), ImVec2(room - margin - 8, screen.y - height));
    ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(room, height), screen, colour::panel);
    tab_bar(studio, ImVec2(room, height), side, tab_height);
    panel(studio, ImVec2(room, height + tab_height + 2), ImVec2(side, screen.y - height - tab_height - 2),
          24);
    notice(studio, ImVec2(margin, screen.y - 10), room - margin * 2);
}

void phone(Studio& studio, const ImVec2& screen) {
    constexpr float bar_height = 56, tab_height = 62, edge = 8;
    CrowdView& view = studio.crowd;
    bar(studio, screen.x, bar_height, true);
    const float height = bar_height + (are_relatives(studio) ? 48.0F : 0.0F);
    if (height > bar_height) lineage(studio, ImVec2(12, bar_height), screen.x - 24);
    const float bottom = screen.y - tab_height;
    const float sheet = view.sheet ? std::floor((bottom - height) * 0.62F) : 0;
    crowd_grid(studio, ImVec2(edge, height), ImVec2(screen.x - edge, bottom - sheet - height));
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (view.sheet) {
        const float top = bottom - sheet;
        draw->AddRectFilled(ImVec2(0, top), ImVec2(screen.x, bottom), colour::panel, 16,
                            ImDrawFlags_RoundCornersTop);
        panel(studio, ImVec2(0, top + 4), ImVec2(screen.x, sheet - 4), 18);
    }
    draw->AddRectFilled(ImVec2(0, bottom), screen, colour::panel);
    tab_bar(studio, ImVec2(0, bottom), screen.x, tab_height);
    notice(studio, ImVec2(0, bottom - sheet), screen.x);
}

}  // namespace

void crowd_view(Studio& studio, const ImVec2& screen, bool narrow) {
    shortcuts(studio);
    if (!studio.crowd.open) return;
    tab_keys(studio.crowd);
    narrow ? phone(studio, screen) : wide(studio, screen);
}

}  // namespace limner::studio
