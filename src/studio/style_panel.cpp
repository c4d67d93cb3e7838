// The gallery of styles, each shown on the present portrait; strength and the style's own numbers.
#include "finish/style.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cstring>

namespace limner::studio {
namespace {

constexpr const char* example_style = "example";  // borrows the manner of a picture the visitor opens

const char* family_label(const char* family) {
    static constexpr std::array<std::pair<const char*, const char*>, 5> labels{{{"paint", "Paint"},
                                                                                {"ink", "Ink and pencil"},
                                                                                {"print", "Print"},
                                                                                {"photo", "Photo"},
                                                                                {"play", "Play"}}};
    for (const auto& [id, label] : labels) {
        if (std::strcmp(id, family) == 0) return label;
    }
    return family;
}

void tile(Studio& studio, std::size_t index, const char* name, const char* label, const char* help,
          float side) {
    ImGui::PushID(static_cast<int>(index));
    const ImVec2 at = ImGui::GetCursorScreenPos(), to(at.x + side, at.y + side);
    const bool on = studio.recipe.style.name == name;
    const bool needs_picture = !studio.status.example && std::strcmp(name, example_style) == 0;
    if (ImGui::InvisibleButton("##style", ImVec2(side, side + 24), ImGuiButtonFlags_EnableNav)) {
        if (needs_picture) {
            platform::tell("open-example", nullptr);
        } else {
            Recipe next = studio.recipe;
            next.style = {};
            next.style.name = name;
            adopt(studio, next, label);
        }
    }
    const bool hovered = ImGui::IsItemHovered();
    if (help[0] != '\0' && !touch()) ImGui::SetItemTooltip("%s", help);
    if (!needs_picture && ImGui::IsRectVisible(at, to) && studio.status.trouble.empty())
        paint_style(studio, index);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, to, colour::raised, 10);
    if (needs_picture) {
        const Type large(Face::text, 26);
        const ImVec2 extent = ImGui::CalcTextSize(icon::open);
        draw->AddText(ImVec2((at.x + to.x - extent.x) / 2, (at.y + to.y - extent.y) / 2), colour::quiet,
                      icon::open);
    } else if (index < studio.styles.size() && studio.styles[index].texture) {
        draw->AddImageRounded(studio.styles[index].texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1),
                              IM_COL32_WHITE, 10);
    }
    if (on || hovered) draw->AddRect(at, to, on ? colour::accent : colour::faint, 10, 0, on ? 2.5F : 1.5F);
    const Type type(Face::text, type_size::small);
    const ImVec2 words = ImGui::CalcTextSize(label);
    draw->PushClipRect(ImVec2(at.x, to.y), ImVec2(to.x, to.y + 24), true);
    draw->AddText(ImVec2(at.x + std::max(0.0F, (side - words.x) / 2), to.y + 4),
                  on ? colour::accent : colour::quiet, label);
    draw->PopClipRect();
    ImGui::PopID();
}

void chosen_style(Studio& studio) {
    const Style* style = styles().find(studio.recipe.style.name);
    if (style == nullptr) return;
    Recipe next = studio.recipe;
    bool changed = false, settled = false;
    heading(style->label.c_str());
    if (!style->help.empty()) note(style->help.c_str());
    gap(6);
    changed |= labelled_slider("Strength", next.style.strength, 0, 1, 1, "", settled);
    for (const StyleParameter& parameter : style->parameters) {
        const auto found = next.style.set.find(parameter.id);
        float value = found == next.style.set.end() ? parameter.initial : found->second;
        if (labelled_slider(parameter.label.c_str(), value, parameter.min, parameter.max, parameter.initial,
                            "", settled)) {
            next.style.set[parameter.id] = value;
            changed = true;
        }
    }
    if (changed) edit(studio, next);
    if (settled) settle(studio, style->label);
    if (style->name == example_style) {
        if (button(icon::open, "Another picture", Look::raised)) platform::tell("open-example", nullptr);
        note("The picture stays on this device. It is not part of links and saved recipes.");
    }
    bool before = studio.comparison == Comparison::before_style;
    if (toggle("Before and after", before)) {
        set_comparison(studio, before ? Comparison::before_style : Comparison::off);
    }
    gap(12);
}

}  // namespace

void style_panel(Studio& studio) {
    chosen_style(studio);
    if (button(icon::open, "Restyle a photo of yours", Look::raised)) platform::tell("open-photo", nullptr);
    gap(12);
    heading("Styles");
    const auto& all = styles().all();
    const float width = ImGui::GetContentRegionAvail().x;
    const int columns = std::max(3, static_cast<int>(width / 130));
    const float side = (width - 10.0F * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    tile(studio, 0, "", "None", "", side);
    int column = 1;
    for (const char* family : kStyleFamilies) {
        bool titled = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].family != family) continue;
            if (!titled) {
                gap(8);
                note(family_label(family));
                column = 0;
                titled = true;
            }
            if (column % columns != 0) ImGui::SameLine(0, 10);
            ++column;
            tile(studio, i + 1, all[i].name.c_str(), all[i].label.c_str(), all[i].help.c_str(), side);
        }
    }
    gap(24);
}

}  // namespace limner::studio
