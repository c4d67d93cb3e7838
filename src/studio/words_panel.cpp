// Words become a recipe; every word says how it was understood.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <imgui_internal.h>
#include <nlohmann/json.hpp>
#include <string>

namespace limner::studio {
namespace {

constexpr int longest = 2000;  // bytes; reading them takes less than a frame

struct Line {
    std::string& text;
    bool cut = false;
};

int edited(ImGuiInputTextCallbackData* data) {
    Line& line = *static_cast<Line*>(data->UserData);
    if (data->EventFlag == ImGuiInputTextFlags_CallbackEdit && data->BufTextLen > longest) {
        int end = longest;  // between characters, not in the middle of one
        while (end > 0 && (static_cast<unsigned char>(data->Buf[end]) & 0xC0U) == 0x80U) --end;
        data->DeleteChars(end, data->BufTextLen - end);
        line.cut = true;
    }
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
        line.text.resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = line.text.data();
    }
    return 0;
}

// A one-line field over a std::string; true when Enter was pressed.
bool line(Studio& studio, const char* id, std::string& text, float width) {
    ImGui::SetNextItemWidth(width);
    const float pad = (target() + 2 - type_size::body) / 2;
    const char* empty = width > 330 ? "Describe someone: an older man laughing, round glasses…"
                                    : "An older man laughing, round glasses";
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(14, pad));
    Line told{text};
    const bool sent =
        ImGui::InputTextWithHint(id, empty, text.data(), text.capacity() + 1,
                                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackResize |
                                     ImGuiInputTextFlags_CallbackEdit,
                                 edited, &told);
    ImGui::PopStyleVar();
    if (told.cut) notify(studio, "That is a long description. Its first 2,000 letters are kept.");
    return sent;
}

// True when it was pressed, not when it was dragged.
bool chip(Studio& studio, std::size_t index) {
    WordsBox& words = studio.words;
    const Chip& it = words.understood[index];
    // Behind "###" its name for good: what is before changes under the finger.
    const std::string label =
        meaning_of(studio.recipe, it) + "  " + icon::close + "###chip" + std::to_string(index);
    const bool held = words.turning && index == words.held;
    const bool pressed = pill(label.c_str(), held, index == 0);
    if (!held) ImGui::SetItemTooltip("“%s”", it.words.c_str());
    if (turning_of(it).kind == Turning::Kind::none) return pressed;
    claim_touch(ImGui::GetItemRectMin(), ImGui::GetItemRectMax());
    if (ImGui::IsItemHovered() || held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (ImGui::IsItemActivated()) {
        words.held = index;
        words.turning = false;
        words.turned_from = value_of(studio.recipe, it);
    }
    const bool let_go = ImGui::IsItemDeactivated();
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        words.turning = true;
        turn(studio, index, dragged(it, words.turned_from, ImGui::GetMouseDragDelta().x));
    }
    if (let_go && words.turning) {
        words.turning = false;
        settle(studio);
        return false;
    }
    return pressed;
}

void send(Studio& studio) {
    understand(studio, studio.words.text);
    if (!studio.words.text.empty()) studio.tab = Tab::words;
}

}  // namespace

void words_line(Studio& studio, float width) {
    if (studio.focus_words) {
        ImGui::SetKeyboardFocusHere();
        studio.focus_words = false;
    }
    if (line(studio, "##words", studio.words.text, width - target() - 6)) send(studio);
    ImGui::SameLine(0, 4);
    if (icon_button(icon::words, "Paint what the words say", false, !studio.words.text.empty(), Look::raised,
                    target() + 2)) {
        send(studio);
    }
}

void words_panel(Studio& studio) {
    heading("In words");
    if (touch()) {
        words_line(studio, ImGui::GetContentRegionAvail().x);
        gap(8);
    }
    const WordsBox& words = studio.words;
    if (!words.refused.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, colour::warning);
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(words.refused.c_str());
        ImGui::PopTextWrapPos();
        ImGui::PopStyleColor();
        return;
    }
    if (words.understood.empty() && words.unused.empty()) {
        note(
            "Say who you would like to see, in any order: age, hair, glasses, mood, light, style. "
            "“Older”, “slightly happier” or “without glasses” change the person you have.");
        return;
    }
    if (!words.understood.empty()) {
        note("Understood. Drag a chip to change it, press it to take it back.");
        gap(4);
    }
    for (std::size_t i = 0; i < words.understood.size(); ++i) {
        if (chip(studio, i)) {
            take_back(studio, i);
            break;
        }
    }
    if (!words.unused.empty()) {
        gap(12);
        std::string unused = "Not used: ";
        for (const std::string& word : words.unused)
            unused += (&word == &words.unused.front() ? "" : ", ") + word;
        note(unused.c_str());
    }
}

}  // namespace limner::studio
