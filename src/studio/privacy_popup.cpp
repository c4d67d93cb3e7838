// What left this device: nothing, with the count that proves it, and what runs here.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <cstdio>

namespace limner::studio {
namespace {

void fact(const char* name, const char* value) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleColor(ImGuiCol_Text, colour::quiet);
    ImGui::TextUnformatted(name);
    ImGui::PopStyleColor();
    ImGui::GetWindowDrawList()->AddText(ImVec2(at.x + width - ImGui::CalcTextSize(value).x, at.y),
                                        colour::text, value);
}

void fact(const char* name, int value) {
    char text[32];
    std::snprintf(text, sizeof text, "%d", value);
    fact(name, text);
}

}  // namespace

void privacy_popup(Studio& studio) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowSize(ImVec2(touch() ? screen.x - 24 : 380.0F, 0));
    ImGui::SetNextWindowPos(ImVec2(screen.x - (touch() ? 12.0F : 28.0F), touch() ? 64.0F : 74.0F),
                            ImGuiCond_Always, ImVec2(1, 0));
    ImGui::PushStyleColor(ImGuiCol_PopupBg, colour::panel);
    if (ImGui::BeginPopup("Privacy", ImGuiWindowFlags_NoMove)) {
        const Status& status = studio.status;
        if (ImGui::IsWindowAppearing()) platform::tell("count", nullptr);
        const bool clean = status.requests_after == 0 && status.requests_elsewhere == 0;
        heading(clean ? "What left this device: nothing" : "What left this device");
        note(
            "Every portrait is computed here. Limner has no server that could see one, no account and no "
            "statistics.");
        gap(10);
        fact("Requests since the page was ready", status.requests_after);
        fact("Requests to anyone else", status.requests_elsewhere);
        fact("Files fetched to start", status.requests_at_load);
        char text[64];
        std::snprintf(text, sizeof text, "%.1f MB", status.loaded_megabytes);
        fact("Downloaded to start", text);
        fact("Works without a network", status.offline_ready ? "yes" : "not yet");
        gap(10);
        fact("Painted by", status.backend.empty() ? "–" : status.backend.c_str());
        fact("Network", status.pack.empty() ? "none" : status.pack.c_str());
        if (status.generate_ms > 0) {
            std::snprintf(text, sizeof text, "%.0f ms + %.0f ms finish", status.generate_ms,
                          status.finish_ms);
            fact("Last portrait", text);
        }
        gap(12);
        if (button(icon::form, "Show the controls as a form", Look::raised,
                   ImGui::GetContentRegionAvail().x)) {
            platform::tell("form", nullptr);
            ImGui::CloseCurrentPopup();
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleColor();
}

}  // namespace limner::studio
