// One line at a time, told at the bottom of the stage; and the first visit's short hint.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace limner::studio {

void notice(Studio& studio, const ImVec2& below, float width) {
    const double left = studio.notice_until - platform::now_ms();
    if (studio.notice.empty() || left <= 0) return;
    studio.frames_wanted = std::max(studio.frames_wanted, 2);
    const float alpha = static_cast<float>(std::clamp(left / 250.0, 0.0, 1.0));
    const Type type(Face::text, type_size::body);
    const float room = std::min(width - 64, 520.0F);
    const ImVec2 words = ImGui::CalcTextSize(studio.notice.c_str(), nullptr, false, room);
    const ImVec2 size(words.x + 44 + 24, words.y + 24);
    const ImVec2 at(below.x + (width - size.x) / 2, below.y - size.y - 18);
    ImDrawList* draw = ImGui::GetForegroundDrawList();
    draw->AddRectFilled(ImVec2(at.x, at.y + 3), ImVec2(at.x + size.x, at.y + size.y + 3),
                        IM_COL32(0, 0, 0, static_cast<int>(90 * alpha)), 14);
    draw->AddRectFilled(at, ImVec2(at.x + size.x, at.y + size.y), faded(colour::hovered, alpha), 14);
    const ImU32 ink = studio.notice_alarm ? colour::warning : colour::accent;
    draw->AddText(ImVec2(at.x + 16, at.y + 12), faded(ink, alpha),
                  studio.notice_alarm ? icon::alert : icon::check);
    draw->AddText(ImGui::GetFont(), ImGui::GetFontSize(), ImVec2(at.x + 44, at.y + 12),
                  faded(colour::text, alpha), studio.notice.c_str(), nullptr, room);
}

void hint(Studio& studio, const ImVec2& at, const ImVec2& size) {
    if (!studio.show_hint || !studio.portrait.texture) return;
    const bool wide = !touch() && size.x > 640;  // low, so that the face stays free
    const float width = wide ? 640.0F : std::min(size.x - 24, 440.0F);
    ImGui::SetNextWindowPos(ImVec2(at.x + size.x / 2, at.y + size.y - (touch() ? 12.0F : 18.0F)),
                            ImGuiCond_Always, ImVec2(0.5F, 1));
    ImGui::SetNextWindowSize(ImVec2(width, 0));
    ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0x1A, 0x17, 0x18, 246));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 16);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(22, 16));
    ImGui::Begin("hint", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_AlwaysAutoResize);
    const float aside = wide ? 132.0F : 0;
    const float top = ImGui::GetCursorPosY();
    {
        const Type type(Face::display, 20);
        ImGui::TextUnformatted("Nobody you know");
    }
    ImGui::PushTextWrapPos(width - 22 - aside);
    ImGui::TextUnformatted(
        touch() ? "This person does not exist. A small network in this page paints everyone you see; nothing "
                  "leaves "
                  "your device. Roll the dice for someone new, or change this one below."
                : "This person does not exist. A small network in this page paints everyone you see; nothing "
                  "leaves "
                  "your device. Roll the dice, describe somebody in words, or change this one on the right.");
    ImGui::PopTextWrapPos();
    if (wide) {
        const float height = ImGui::GetCursorPosY() - top;
        ImGui::SetCursorPos(ImVec2(width - 22 - 112, top + (height - target()) / 2 - 3));
    }
    if (button(icon::check, "Got it", Look::accent, wide ? 112.0F : width - 44)) {
        studio.show_hint = false;
        platform::tell("remember", {{"key", "welcomed"}, {"value", true}});
    }
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
}

}  // namespace limner::studio
