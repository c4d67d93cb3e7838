// The people, row after row without an end. Only rows near the screen exist; everybody else is empty height.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace limner::studio {
namespace {

constexpr float badge = 34;  // corner that selects, corner that keeps

struct Grid {
    int columns;
    float side, gap;

    float row() const { return side + gap; }
};

Grid grid_for(float width) {
    const float gap = touch() ? 6.0F : 10.0F;
    const int columns = touch() ? std::max(3, static_cast<int>(width / 150))
                                : std::clamp(static_cast<int>(width / 158), 3, 12);
    return {columns,
            std::floor((width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns)), gap};
}

void check_mark(ImDrawList* draw, const ImVec2& at, bool on, bool bright) {
    const ImVec2 middle(at.x + badge / 2, at.y + badge / 2);
    draw->AddCircleFilled(middle, 11, on ? colour::accent : IM_COL32(0, 0, 0, bright ? 130 : 80), 24);
    draw->AddCircle(middle, 11, on ? colour::accent : IM_COL32(255, 255, 255, bright ? 235 : 150), 24, 1.5F);
    if (!on) return;
    const Type type(Face::text, 15);
    const ImVec2 extent = ImGui::CalcTextSize(icon::check);
    draw->AddText(ImVec2(middle.x - extent.x / 2, middle.y - extent.y / 2), colour::on_accent, icon::check);
}

void heart_mark(ImDrawList* draw, const ImVec2& at, bool on) {
    const Type type(Face::text, 17);
    const ImVec2 extent = ImGui::CalcTextSize(icon::heart);
    const ImVec2 corner(at.x + (badge - extent.x) / 2, at.y + (badge - extent.y) / 2);
    draw->AddCircleFilled(ImVec2(at.x + badge / 2, at.y + badge / 2), 13, IM_COL32(0, 0, 0, 120), 24);
    draw->AddText(corner, on ? colour::accent : IM_COL32_WHITE, icon::heart);
}

// From the last one that was picked up to this one.
void pick_up_to(Studio& studio, std::uint64_t number) {
    const CrowdView& view = studio.crowd;
    const std::uint64_t from = std::min(view.last_picked, number), to = std::max(view.last_picked, number);
    for (std::uint64_t i = from; i <= to && i - from < 1000; ++i)
        crowd_pick(studio, print_recipe(crowd_member(studio, i)), true);
}

void pressed(Studio& studio, std::uint64_t number, const std::string& text, const ImVec2& at, float side) {
    CrowdView& view = studio.crowd;
    const ImGuiIO& io = ImGui::GetIO();
    const ImVec2 mouse = io.MousePos;
    const bool by_mouse = ImGui::IsMouseReleased(ImGuiMouseButton_Left) && mouse.x >= at.x &&
                          mouse.y >= at.y && mouse.x < at.x + side && mouse.y < at.y + side;
    const bool top = by_mouse && mouse.y < at.y + badge + 4;
    if (by_mouse && io.KeyShift) {
        pick_up_to(studio, number);
    } else if ((top && mouse.x < at.x + badge + 4) || (by_mouse && io.KeyCtrl)) {
        crowd_pick(studio, text, !view.picked.contains(text));
    } else if (top && mouse.x > at.x + side - badge - 4) {
        crowd_keep(studio, text, !view.favourites.contains(text));
        return;
    } else {
        crowd_choose(studio, number);
        return;
    }
    view.last_picked = number;
}

void tile(Studio& studio, std::uint64_t number, const ImVec2& at, float side) {
    CrowdView& view = studio.crowd;
    const auto found = view.tiles.find(number);
    // Who is neither painted nor possibly marked needs no text.
    const bool marks = !view.picked.texts.empty() || !view.favourites.texts.empty();
    std::string text = found != view.tiles.end() ? found->second.text : std::string();
    if (text.empty() && marks) text = print_recipe(crowd_member(studio, number));
    ImGui::PushID(static_cast<int>(number));
    ImGui::SetCursorScreenPos(at);
    const bool press = ImGui::InvisibleButton("##person", ImVec2(side, side), ImGuiButtonFlags_EnableNav);
    const bool hovered = ImGui::IsItemHovered() && !touch();
    const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    const ImVec2 to(at.x + side, at.y + side);
    const bool picked = view.picked.contains(text), kept = view.favourites.contains(text);
    const bool chosen = view.chosen == number && view.tab == CrowdTab::person;

    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, to, colour::panel, 12);
    if (found != view.tiles.end() && found->second.canvas.texture) {
        draw->AddImageRounded(found->second.canvas.texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1),
                              IM_COL32_WHITE, 12);
    } else if (found != view.tiles.end() && found->second.failed) {
        const Type type(Face::text, 22);
        const ImVec2 extent = ImGui::CalcTextSize(icon::alert);
        draw->AddText(ImVec2((at.x + to.x - extent.x) / 2, (at.y + to.y - extent.y) / 2), colour::faint,
                      icon::alert);
    }
    if (picked || chosen || hovered)
        draw->AddRect(at, to, picked || chosen ? colour::accent : colour::faint, 12, 0,
                      picked || chosen ? 3.0F : 1.5F);
    if (picked || hovered || touch() || focused) check_mark(draw, at, picked, hovered || focused);
    if (kept || hovered || focused) heart_mark(draw, ImVec2(to.x - badge, at.y), kept);
    if (text.empty() && (press || focused)) text = print_recipe(crowd_member(studio, number));
    if (press) pressed(studio, number, text, at, side);
    if (focused) {
        if (ImGui::IsKeyPressed(ImGuiKey_S, false)) {
            crowd_pick(studio, text, !picked);
            view.last_picked = number;
        }
        if (ImGui::IsKeyPressed(ImGuiKey_F, false)) crowd_keep(studio, text, !kept);
    }
    ImGui::PopID();
}

void nobody(const Studio& studio, const ImVec2& at, const ImVec2& size) {
    const std::string& trouble = studio.status.trouble;
    const char* why =
        "Nobody is kept yet. Press the heart on somebody’s picture and they stay here, on this device.";
    if (!trouble.empty()) why = trouble.c_str();
    const Type type(Face::text, type_size::heading);
    const float width = std::min(size.x - 40, 400.0F);
    const ImVec2 words = ImGui::CalcTextSize(why, nullptr, false, width);
    ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                                        ImVec2(at.x + (size.x - words.x) / 2, at.y + (size.y - words.y) / 2),
                                        colour::quiet, why, nullptr, width);
}

// Where a crowd that was meant for a few ends.
void end_of_crowd(Studio& studio, const ImVec2& at, float width) {
    CrowdView& view = studio.crowd;
    if (view.shows != Gathering::crowd || view.steps[view.step].count == 0) return;
    constexpr float wide = 210;
    ImGui::SetCursorScreenPos(ImVec2(at.x + (width - wide) / 2, at.y + 14));
    if (button(icon::plus, "More people like these", Look::raised, wide)) {
        CrowdStep& step = view.steps[view.step];
        crowd_go(studio, step.crowd, step.what, 0);
    }
}

// Page up and down, home and end, wherever the keyboard's focus is.
void keys(float page, float most) {
    if (ImGui::GetIO().WantTextInput || !ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows))
        return;
    float to = ImGui::GetScrollY();
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) to += page;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) to -= page;
    if (ImGui::IsKeyPressed(ImGuiKey_Home)) to = 0;
    if (to != ImGui::GetScrollY()) ImGui::SetScrollY(std::clamp(to, 0.0F, most));
}

}  // namespace

void crowd_grid(Studio& studio, const ImVec2& at, const ImVec2& size) {
    CrowdView& view = studio.crowd;
    const std::uint64_t people = crowd_size(studio);
    if (people == 0 || !studio.status.trouble.empty()) return nobody(studio, at, size);

    ImGui::SetCursorScreenPos(at);
    if (view.scroll_to) ImGui::SetNextWindowScroll(ImVec2(-1, *view.scroll_to));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 4));
    if (view.focus_grid) ImGui::SetNextWindowFocus();
    view.focus_grid = false;
    if (begin_scroll("people", size)) {
        const Grid grid = grid_for(size.x - (touch() ? 8.0F : 12.0F));
        const auto columns = static_cast<std::uint64_t>(grid.columns);
        const ImVec2 top = ImGui::GetCursorScreenPos();
        const float scroll = ImGui::GetScrollY();
        const auto first_row = static_cast<std::uint64_t>(std::max(0.0F, scroll / grid.row()));
        const auto rows = static_cast<std::uint64_t>(size.y / grid.row()) + 2;
        view.first_seen = std::min(first_row * columns, people - 1);
        view.last_seen = std::min((first_row + rows) * columns, people) - 1;
        if (view.shows == Gathering::crowd) view.looked = std::max(view.looked, view.last_seen + 1);
        // The scrollbar has room for what was seen and some screens more, so that its thumb stays a size to grab.
        view.reach = std::min(people, std::max(view.reach, view.last_seen + 1 + 6 * rows * columns));
        if (view.scroll_to) {
            const auto wanted = static_cast<std::uint64_t>(*view.scroll_to / grid.row()) * columns;
            view.reach = std::min(people, std::max(view.reach, wanted + 6 * rows * columns));
        }
        view.scroll = scroll;
        const std::uint64_t one_above = view.first_seen >= columns ? view.first_seen - columns : 0;
        const std::uint64_t end = std::min(people, view.last_seen + 1 + columns);
        for (std::uint64_t i = one_above; i < end; ++i) {
            const ImVec2 place(top.x + static_cast<float>(i % columns) * grid.row(),
                               top.y + static_cast<float>(i / columns) * grid.row());
            tile(studio, i, place, grid.side);
        }
        const auto all_rows = static_cast<float>((view.reach + columns - 1) / columns);
        const bool ends = view.reach == people;
        if (ends) end_of_crowd(studio, ImVec2(top.x, top.y + all_rows * grid.row()), size.x);
        ImGui::SetCursorScreenPos(top);
        ImGui::Dummy(ImVec2(1, all_rows * grid.row() + (ends ? 84.0F : 0.0F)));
        keys(size.y - grid.row() * 0.5F, ImGui::GetScrollMaxY());
        if (view.scroll_to && std::abs(scroll - *view.scroll_to) < 1) view.scroll_to.reset();
        // A place that does not exist (any more) is as good as the end.
        if (view.scroll_to && *view.scroll_to > ImGui::GetScrollMaxY() && view.reach == people)
            view.scroll_to.reset();
        if (view.scroll_to) studio.frames_wanted = std::max(studio.frames_wanted, 2);
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    crowd_feed(studio);
}

}  // namespace limner::studio
