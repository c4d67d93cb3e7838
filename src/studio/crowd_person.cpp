// One person of the crowd: seen large, said in words, taken into the studio, or made the start of a family.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace limner::studio {
namespace {

void portrait(const CrowdView& view) {
    const float width = ImGui::GetContentRegionAvail().x;
    const float side = std::floor(touch() ? std::min(width, 260.0F) : width);
    const ImVec2 from = ImGui::GetCursorScreenPos(), at(from.x + (width - side) / 2, from.y);
    const ImVec2 to(at.x + side, at.y + side);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, to, colour::stage, 14);
    const auto tile = view.tiles.find(*view.chosen);
    // The thumbnail until the large one is there.
    const Canvas* canvas = view.portrait.texture && view.portrait.recipe == view.chosen_text ? &view.portrait
                           : tile != view.tiles.end() ? &tile->second.canvas
                                                      : nullptr;
    if (canvas != nullptr && canvas->texture)
        draw->AddImageRounded(canvas->texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1), IM_COL32_WHITE, 14);
    ImGui::Dummy(ImVec2(width, side));
}

void description(const CrowdView& view) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(view.chosen_words.c_str());
    ImGui::PopTextWrapPos();
}

void next_ones(Studio& studio) {
    const CrowdView& view = studio.crowd;
    const std::uint64_t now = *view.chosen;
    if (icon_button(icon::left, "The one before", false, now > 0, Look::raised))
        crowd_choose(studio, now - 1);
    ImGui::SameLine(0, 6);
    if (icon_button(icon::right, "The next one", false, now + 1 < crowd_size(studio), Look::raised))
        crowd_choose(studio, now + 1);
}

void family(Studio& studio) {
    CrowdView& view = studio.crowd;
    heading("Family");
    const std::size_t picked = view.picked.texts.size();
    const bool enough = picked >= 2;
    const std::string count = std::to_string(std::min<std::size_t>(picked, 16));
    note(enough
             ? "Children inherit each group of traits mostly from one parent; mixtures lie between everybody."
             : "Select two people or more, up to 16, to mix them or to see their children.");
    gap(4);
    const float wide = ImGui::GetContentRegionAvail().x;
    bool settled = false;
    labelled_slider("Mutation", view.mutation, 0, 1, 0.15F, "", settled);
    const std::string children = enough ? "Children of the " + count + " selected" : "Children";
    if (button(icon::alike, (children + "##breed").c_str(), Look::raised, wide, enough))
        crowd_relatives(studio, "breed", crowd_picked_recipes(studio), view.mutation);
    const std::string mixtures = enough ? "Mixtures of the " + count + " selected" : "Mixtures";
    if (button(icon::style, (mixtures + "##mix").c_str(), Look::raised, wide, enough))
        crowd_relatives(studio, "mix", crowd_picked_recipes(studio), 0.2F);
}

}  // namespace

void crowd_person(Studio& studio) {
    CrowdView& view = studio.crowd;
    if (!view.chosen || *view.chosen >= crowd_size(studio)) {
        heading("Nobody chosen");
        note(
            "Press a picture to see that person here. The circle in its corner selects, the heart keeps. "
            "With the "
            "keyboard: arrows go from one to the next, Enter shows, S selects, F keeps; 1, 2 and 3 lead to "
            "these "
            "tabs, Escape back to the people.");
        gap(16);
        return family(studio);
    }
    portrait(view);
    gap(6);
    next_ones(studio);
    const bool kept = view.favourites.contains(view.chosen_text),
               picked = view.picked.contains(view.chosen_text);
    ImGui::SameLine(0, 6);
    if (icon_button(icon::heart, kept ? "No longer a favourite" : "Keep as a favourite", kept, true,
                    Look::raised))
        crowd_keep(studio, view.chosen_text, !kept);
    ImGui::SameLine(0, 6);
    if (icon_button(icon::check, picked ? "Selected" : "Select", picked, true, Look::raised))
        crowd_pick(studio, view.chosen_text, !picked);
    ImGui::SameLine(0, 6);
    const float rest = ImGui::GetContentRegionAvail().x;
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 1);
    if (button(icon::tune, "Open in the studio", Look::accent, rest)) {
        Recipe recipe = crowd_member(studio, *view.chosen);
        recipe.frame.size = studio.recipe.frame.size;
        close_crowd(studio);
        adopt(studio, std::move(recipe), "From the crowd");
        return;
    }
    gap(8);
    description(view);
    gap(14);
    heading("More like this");
    bool settled = false;
    labelled_slider("How different", view.near, 0.05F, 1, 0.35F, "", settled);
    if (button(icon::alike, "People like this one", Look::raised, ImGui::GetContentRegionAvail().x)) {
        crowd_relatives(studio, "similar", {crowd_member(studio, *view.chosen)}, view.near);
        return;
    }
    gap(12);
    family(studio);
    gap(24);
}

}  // namespace limner::studio
