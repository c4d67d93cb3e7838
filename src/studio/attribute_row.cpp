// One attribute of the schema as a control. Nothing here knows an attribute by name.
#include "imgui_internal.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace limner::studio {
namespace {

constexpr std::size_t few_choices = 8;

void set(Studio& studio, const Attribute& attribute, nlohmann::json value, bool at_once) {
    const Recipe next = with_value(studio.recipe, attribute, std::move(value));
    at_once ? adopt(studio, next) : edit(studio, next);
}

double rounded(float value) { return std::round(static_cast<double>(value) * 1e4) / 1e4; }

void number_control(Studio& studio, const Attribute& attribute, const Value& value) {
    const auto min = static_cast<float>(attribute.min), max = static_cast<float>(attribute.max);
    float number = value.numbers.front();
    bool settled = false;
    if (slider("##track", number, min, max, settled, studio.recipe.set.contains(attribute.id))) {
        set(studio, attribute, std::clamp(rounded(number), attribute.min, attribute.max), false);
    }
    if (settled) settle(studio);
    if (attribute.low.empty() && attribute.high.empty()) return;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    const Type type(Face::text, type_size::small);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float y = at.y - (touch() ? 10.0F : 8.0F), width = ImGui::GetContentRegionAvail().x;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddText(ImVec2(at.x, y), colour::faint, attribute.low.c_str());
    draw->AddText(ImVec2(at.x + width - ImGui::CalcTextSize(attribute.high.c_str()).x, y), colour::faint,
                  attribute.high.c_str());
    ImGui::Dummy(ImVec2(0, 12));
    ImGui::PopStyleVar();
}

void choice_control(Studio& studio, const Attribute& attribute, const Value& value) {
    const auto chosen = static_cast<std::size_t>(value.choice);
    if (attribute.choices.size() <= few_choices) {
        for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
            if (pill(attribute.choices[i].label.c_str(), i == chosen, i == 0)) {
                set(studio, attribute, attribute.choices[i].id, true);
            }
        }
        gap(8);
        return;
    }
    std::vector<const char*> labels;
    for (const Choice& choice : attribute.choices) labels.push_back(choice.label.c_str());
    if (const int picked = drop_down("##choice", labels, chosen); picked >= 0)
        set(studio, attribute, attribute.choices[static_cast<std::size_t>(picked)].id, true);
    gap(8);
}

// Many numbers at once: a row of bars to draw over, like an equaliser.
void vector_control(Studio& studio, const Attribute& attribute, const Value& value) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = 74;
    const auto min = static_cast<float>(attribute.min), max = static_cast<float>(attribute.max);
    const auto count = value.numbers.size();
    ImGui::InvisibleButton("##bars", ImVec2(width, height), ImGuiButtonFlags_EnableNav);
    claim_touch(at, ImVec2(at.x + width, at.y + height));
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, ImVec2(at.x + width, at.y + height), colour::raised, 10);
    const float step = (width - 16) / static_cast<float>(count), middle = at.y + height / 2;
    for (std::size_t i = 0; i < count; ++i) {
        const float part = std::clamp((value.numbers[i] - min) / (max - min), 0.0F, 1.0F);
        const float x = at.x + 8 + step * static_cast<float>(i), y = at.y + height - 6 - part * (height - 12);
        draw->AddRectFilled(ImVec2(x + 1, std::min(y, middle)), ImVec2(x + step - 1, std::max(y, middle) + 1),
                            studio.recipe.set.contains(attribute.id) ? colour::accent : colour::faint, 2);
    }
    if (ImGui::IsItemActive()) {
        const ImVec2 mouse = ImGui::GetIO().MousePos,
                     before = ImVec2(mouse.x - ImGui::GetIO().MouseDelta.x, mouse.y);
        const auto bar = [&](float x) {
            return std::clamp(static_cast<int>((x - at.x - 8) / step), 0, static_cast<int>(count) - 1);
        };
        const float part = std::clamp((at.y + height - 6 - mouse.y) / (height - 12), 0.0F, 1.0F);
        nlohmann::json numbers = value_json(attribute, value);
        const int a = std::min(bar(mouse.x), bar(before.x)), b = std::max(bar(mouse.x), bar(before.x));
        for (int i = a; i <= b; ++i) numbers[static_cast<std::size_t>(i)] = rounded(min + part * (max - min));
        set(studio, attribute, std::move(numbers), false);
    }
    if (ImGui::IsItemDeactivated()) settle(studio);
    gap(10);
}

}  // namespace

void attribute_row(Studio& studio, const Attribute& attribute, const Value& value) {
    ImGui::PushID(attribute.id.c_str());
    const bool changed = studio.recipe.set.contains(attribute.id),
               locked = studio.locks.contains(attribute.id);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, side = touch() ? 40.0F : 26.0F;
    const bool near = touch() || ImGui::IsMouseHoveringRect(at, ImVec2(at.x + width, at.y + 56));

    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float y = at.y + (side - ImGui::GetFontSize()) / 2;
    draw->AddText(ImVec2(at.x, y), colour::text, attribute.label.c_str());
    if (!attribute.help.empty()) {
        ImGui::SetCursorScreenPos(at);
        ImGui::Dummy(ImVec2(ImGui::CalcTextSize(attribute.label.c_str()).x, side));
        if (!touch() && ImGui::BeginItemTooltip()) {
            const Type small(Face::text, type_size::small);
            ImGui::PushTextWrapPos(260);
            ImGui::TextUnformatted(attribute.help.c_str());
            ImGui::PopTextWrapPos();
            ImGui::EndTooltip();
        }
    }
    if (attribute.type == Attribute::Type::number) {
        const std::string text = shown(value.numbers.front(), static_cast<float>(attribute.min),
                                       static_cast<float>(attribute.max), attribute.unit);
        draw->AddText(ImVec2(at.x + width - ImGui::CalcTextSize(text.c_str()).x, y),
                      changed ? colour::accent : colour::quiet, text.c_str());
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGui::SetCursorScreenPos(
        ImVec2(at.x + ImGui::CalcTextSize(attribute.label.c_str()).x + (touch() ? 4.0F : 6.0F), at.y));
    bool shown_lock = false;
    if (locked || near) {
        shown_lock = true;
        if (icon_button(locked ? icon::lock : icon::unlock,
                        locked ? "Locked: the dice leave it alone" : "Lock it against the dice", locked, true,
                        Look::quiet, side)) {
            if (locked) {
                studio.locks.erase(attribute.id);
            } else {
                studio.locks.insert(attribute.id);
            }
        }
    }
    if (changed) {
        if (shown_lock) ImGui::SameLine();
        if (icon_button(icon::reset, "Back to what the seed gives", false, true, Look::quiet, side)) {
            adopt(studio, without_value(studio.recipe, attribute.id), attribute.label + " reset");
        }
    }
    ImGui::PopStyleVar();
    ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + side));

    if (attribute.type == Attribute::Type::number) number_control(studio, attribute, value);
    if (attribute.type == Attribute::Type::choice) choice_control(studio, attribute, value);
    if (attribute.type == Attribute::Type::vector) vector_control(studio, attribute, value);
    ImGui::PopID();
}

}  // namespace limner::studio
