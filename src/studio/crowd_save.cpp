// Many people as one ZIP: whom, how large, on what; and how far it is.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace limner::studio {
namespace {

using Whom = CrowdSave::Whom;

std::size_t people_in(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    switch (view.save.whom) {
        case Whom::picked: return view.picked.texts.size();
        case Whom::favourites: return view.favourites.texts.size();
        case Whom::first: break;
    }
    const int end = view.steps[view.step].count;
    return static_cast<std::size_t>(end > 0 ? std::min(end, view.save.first) : view.save.first);
}

void start(Studio& studio) {
    const CrowdView& view = studio.crowd;
    nlohmann::json wish{{"do", "save"},
                        {"size", view.save.size},
                        {"transparent", view.save.transparent},
                        {"withRecipe", view.save.with_recipe},
                        {"crowd", print_crowd(present_crowd(studio))},
                        {"count", people_in(studio)}};
    if (view.save.whom == Whom::picked) wish["recipes"] = view.picked.texts;
    if (view.save.whom == Whom::favourites) wish["recipes"] = view.favourites.texts;
    platform::tell("crowd", wish);
}

void whom(Studio& studio) {
    CrowdView& view = studio.crowd;
    CrowdSave& save = view.save;
    note("Whom");
    bool first = true;
    if (!view.picked.texts.empty()) {
        const std::string label = grouped(view.picked.texts.size()) + " selected";
        if (pill(label.c_str(), save.whom == Whom::picked, true)) save.whom = Whom::picked;
        first = false;
    }
    const int end = view.steps[view.step].count;
    for (const int count : {12, 100, 1000, 5000}) {
        if (end > 0 && count > end && count != 12) continue;
        const int people = end > 0 ? std::min(end, count) : count;
        const std::string label = "First " + grouped(static_cast<std::size_t>(people));
        if (pill((label + "##" + std::to_string(count)).c_str(),
                 save.whom == Whom::first &&
                     (save.first == count || (end > 0 && save.first > end && count == 12)),
                 first)) {
            save.whom = Whom::first;
            save.first = count;
        }
        first = false;
    }
    if (!view.favourites.texts.empty()) {
        const std::string label = grouped(view.favourites.texts.size()) + " kept";
        if (pill(label.c_str(), save.whom == Whom::favourites, first)) save.whom = Whom::favourites;
    }
    if (!view.picked.texts.empty()) {
        gap(4);
        if (button(icon::close, "Select nobody", Look::quiet)) crowd_command(studio, "clear", "");
    }
}

void progress(Studio& studio) {
    const CrowdSave& save = studio.crowd.save;
    const float part = save.total > 0 ? static_cast<float>(save.done) / static_cast<float>(save.total) : 0;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, ImVec2(at.x + width, at.y + 8), colour::hovered, 4);
    draw->AddRectFilled(at, ImVec2(at.x + std::max(8.0F, width * part), at.y + 8), colour::accent, 4);
    ImGui::Dummy(ImVec2(width, 10));
    char left[40] = "";
    if (save.paused) {
        std::snprintf(left, sizeof left, "paused");
    } else if (save.seconds_left >= 90) {
        std::snprintf(left, sizeof left, "%.0f minutes left", save.seconds_left / 60);
    } else if (save.seconds_left > 0) {
        std::snprintf(left, sizeof left, "%.0f seconds left", save.seconds_left);
    }
    char size[32];
    std::snprintf(size, sizeof size, "%.1f MB", save.megabytes);
    const std::string text = grouped(static_cast<std::size_t>(save.done)) + " of " +
                             grouped(static_cast<std::size_t>(save.total)) + "  ·  " + size +
                             (left[0] == '\0' ? "" : std::string("  ·  ") + left);
    note(text.c_str());
    gap(8);
    const float half = (width - 8) / 2;
    if (button(save.paused ? icon::play : icon::pause, save.paused ? "Go on" : "Pause", Look::raised, half))
        platform::tell("crowd", {{"do", "pause"}, {"on", !save.paused}});
    ImGui::SameLine(0, 8);
    if (button(icon::close, "Cancel", Look::raised, half)) platform::tell("crowd", {{"do", "cancel"}});
}

}  // namespace

void crowd_save(Studio& studio) {
    CrowdView& view = studio.crowd;
    CrowdSave& save = view.save;
    heading("Save many");
    if (save.running) return progress(studio);
    whom(studio);
    gap(8);
    note("Size");
    bool first = true;
    for (const int size : {64, 128, 256, 512, 1024}) {
        if (pill(std::to_string(size).c_str(), save.size == size, first)) save.size = size;
        first = false;
    }
    gap(8);
    toggle("Without backdrop", save.transparent);
    toggle("Write the recipe into each file", save.with_recipe);
    note(
        "A ZIP of PNGs, with seeds, attributes, descriptions and checksums in manifest.json and "
        "manifest.csv. It is "
        "written while it is painted, so it does not need to fit into memory.");
    gap(10);
    const std::size_t people = people_in(studio);
    const std::string label = "Save " + grouped(people) + (people == 1 ? " picture" : " pictures");
    const float wide = ImGui::GetContentRegionAvail().x;
    if (button(icon::archive, (label + "##save").c_str(), Look::accent, wide,
               people > 0 && studio.status.trouble.empty()))
        start(studio);
    gap(18);
    heading("Favourites");
    const std::size_t kept = view.favourites.texts.size();
    note(kept == 0 ? "Nobody yet. Favourites stay in this browser, on this device."
                   : "They stay in this browser, on this device. The file has their recipes; open it here to "
                     "bring them back.");
    gap(4);
    if (button(icon::save, "Save favourites as a file", Look::raised, wide, kept > 0))
        platform::tell("crowd", {{"do", "favourites-file"}, {"recipes", view.favourites.texts}});
    if (button(icon::open, "Open a file of favourites", Look::raised, wide))
        platform::tell("crowd", {{"do", "open-favourites"}});
    gap(24);
}

}  // namespace limner::studio
