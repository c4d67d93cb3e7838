// Saving: size, kind, what is written into the file; the link and the clipboard are here too.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace limner::studio {
namespace {

void tell(Studio& studio, const char* verb) {
    settle(studio);
    platform::tell(verb, {{"recipe", print_recipe(studio.recipe)},
                          {"size", studio.save.size},
                          {"kind", studio.save.jpeg ? "jpeg" : "png"},
                          {"withRecipe", studio.save.with_recipe}});
}

}  // namespace

void save_popup(Studio& studio) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float width = touch() ? screen.x - 24 : 340.0F;
    ImGui::SetNextWindowSize(ImVec2(width, 0));
    ImGui::SetNextWindowPos(ImVec2(screen.x - (touch() ? 12.0F : 28.0F), touch() ? 64.0F : 74.0F),
                            ImGuiCond_Always, ImVec2(1, 0));
    ImGui::PushStyleColor(ImGuiCol_PopupBg, colour::panel);
    if (ImGui::BeginPopup("Save", ImGuiWindowFlags_NoMove)) {
        heading("Save the portrait");
        Save& save = studio.save;
        note("Kind");
        if (pill("PNG", !save.jpeg, true)) save.jpeg = false;
        if (pill("JPEG", save.jpeg, false)) save.jpeg = true;
        gap(6);
        note("Size");
        bool first = true;
        for (const int size : {256, 512, 1024, 2048}) {
            char label[16];
            std::snprintf(label, sizeof label, "%d", size);
            if (pill(label, save.size == size, first)) save.size = size;
            first = false;
        }
        gap(6);
        if (toggle("Write the recipe into the file", save.with_recipe)) {
            platform::tell("remember", {{"key", "withRecipe"}, {"value", save.with_recipe}});
        }
        note(save.with_recipe ? "The file says it was made by a model, and can be dropped back here to go on."
                              : "The file still says it was made by a model; it cannot be edited on.");
        gap(10);
        const float wide = ImGui::GetContentRegionAvail().x;
        if (button(icon::save, "Save picture", Look::accent, wide,
                   static_cast<bool>(studio.portrait.texture))) {
            tell(studio, "save");
            ImGui::CloseCurrentPopup();
        }
        if (button(icon::copy, "Copy picture", Look::raised, wide / 2 - 4,
                   static_cast<bool>(studio.portrait.texture))) {
            tell(studio, "copy-picture");
            ImGui::CloseCurrentPopup();
        }
        ImGui::SameLine();
        if (button(icon::link, "Copy link", Look::raised, wide / 2 - 4)) {
            tell(studio, "copy-link");
            ImGui::CloseCurrentPopup();
        }
        if (touch() && button(icon::open, "Open a saved picture", Look::raised, wide)) {
            platform::tell("open", nullptr);
            ImGui::CloseCurrentPopup();
        }
        ImGui::EndPopup();
    }
    ImGui::PopStyleColor();
}

}  // namespace limner::studio
