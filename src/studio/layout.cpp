// Where everything is: a wide room with the portrait left and the panel right, or a phone with a sheet below.
#include "imgui_internal.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace limner::studio {
namespace {

// In the order of `Tab`.
constexpr std::array<TabFace, 6> tabs{{{icon::person, "Person"},
                                       {icon::light, "Light"},
                                       {icon::backdrop, "Picture"},
                                       {icon::style, "Style"},
                                       {icon::alike, "Similar"},
                                       {icon::words, "Words"}}};

void open_tab(Studio& studio) {
    switch (studio.tab) {
        case Tab::person: return person_panel(studio);
        case Tab::light: return light_panel(studio);
        case Tab::picture: return picture_panel(studio);
        case Tab::style: return style_panel(studio);
        case Tab::alike: return alike_panel(studio);
        case Tab::words: return words_panel(studio);
    }
}

void sheet(Studio& studio, const ImVec2& at, const ImVec2& size, float padding) {
    ImGui::GetWindowDrawList()->AddRectFilled(at, ImVec2(at.x + size.x, at.y + size.y), colour::panel,
                                              touch() ? 16 : 0, ImDrawFlags_RoundCornersTop);
    const int now = static_cast<int>(studio.tab);
    const int pressed = tab_row(tabs, now, at, ImVec2(size.x, 62), true);
    if (pressed >= 0) studio.tab = static_cast<Tab>(pressed);
    const ImVec2 below(at.x, at.y + 64), room(size.x, size.y - 64);
    if (begin_panel("panel", static_cast<int>(studio.tab), below, room, padding)) open_tab(studio);
    end_panel();
}

void wide(Studio& studio, const ImVec2& screen) {
    constexpr float bar = 68, margin = 28, strip = 76, roll_row = 62;
    const float panel = std::clamp(screen.x * 0.29F, 340.0F, 440.0F);
    const float room = screen.x - panel;
    top_bar(studio, screen.x, bar, false);
    const ImVec2 stage_at(margin, bar), stage_size(room - margin * 2, screen.y - bar - strip - roll_row - 14);
    stage(studio, stage_at, stage_size, false);

    constexpr float roll_width = 190;
    ImGui::SetCursorScreenPos(
        ImVec2(margin + (room - margin * 2 - roll_width) / 2, stage_at.y + stage_size.y + 14));
    if (button(icon::dice, "New person", Look::accent, roll_width)) roll(studio);
    const float strip_width = std::min(room - margin * 2, std::max(stage_size.y, 480.0F));
    ImGui::SetCursorScreenPos(ImVec2(margin + (room - margin * 2 - strip_width) / 2, screen.y - strip - 6));
    history_strip(studio, ImVec2(strip_width, strip - 8));
    sheet(studio, ImVec2(room, bar), ImVec2(panel, screen.y - bar), 24);
    notice(studio, ImVec2(margin, stage_at.y + stage_size.y), room - margin * 2);
    hint(studio, stage_at, stage_size);
}

// The handle that pulls the sheet over the portrait.
void handle(Studio& studio, const ImVec2& at, float width, float most) {
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton("Pull the panel up or down", ImVec2(width, 22));
    claim_touch(at, ImVec2(at.x + width, at.y + 22));
    if (ImGui::IsItemActive()) {
        studio.sheet = std::clamp(studio.sheet - ImGui::GetIO().MouseDelta.y, 0.0F, most);
    }
    const float x = at.x + width / 2;
    ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(x - 20, at.y + 9), ImVec2(x + 20, at.y + 13),
                                              colour::faint, 2);
}

void phone(Studio& studio, const ImVec2& screen) {
    constexpr float bar = 56;
    top_bar(studio, screen.x, bar, true);
    const float natural = std::min(screen.x, (screen.y - bar) * 0.5F);
    const float most = natural * 0.55F;
    studio.sheet = std::clamp(studio.sheet, 0.0F, most);
    const float portrait = natural - studio.sheet;
    stage(studio, ImVec2(0, bar), ImVec2(screen.x, portrait), true);
    const float top = bar + portrait;
    ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(0, top), screen, colour::panel);
    handle(studio, ImVec2(0, top), screen.x, most);
    constexpr float strip = 62;
    sheet(studio, ImVec2(0, top + 16), ImVec2(screen.x, screen.y - top - 16 - strip), 18);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddLine(ImVec2(0, screen.y - strip), ImVec2(screen.x, screen.y - strip), colour::line);
    ImGui::SetCursorScreenPos(ImVec2(12, screen.y - strip + 7));
    history_strip(studio, ImVec2(screen.x - 24, strip - 8));
    notice(studio, ImVec2(0, top), screen.x);
    hint(studio, ImVec2(0, bar), ImVec2(screen.x, screen.y - bar));
}

void shortcuts(Studio& studio) {
    if (ImGui::GetIO().WantTextInput) return;
    if (undo_keys()) undo(studio);
    if (redo_keys()) redo(studio);
    if (ImGui::Shortcut(ImGuiKey_R, ImGuiInputFlags_RouteGlobal)) roll(studio);
    if (ImGui::Shortcut(ImGuiKey_Slash, ImGuiInputFlags_RouteGlobal)) {
        studio.focus_words = true;
        studio.tab = Tab::words;
    }
}

}  // namespace

int frame(Studio& studio) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const bool narrow = screen.x < 820 || screen.x < screen.y * 0.9F;
    set_touch(narrow);
    forget_touch_claims();
    studio.frames_wanted = std::max(0, studio.frames_wanted - 1);
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(screen);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("Limner", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    if (studio.crowd.open) {
        crowd_view(studio, screen, narrow);
        ImGui::End();
        return studio.frames_wanted;
    }
    shortcuts(studio);
    narrow ? phone(studio, screen) : wide(studio, screen);
    ImGui::End();
    return studio.frames_wanted;
}

}  // namespace limner::studio
