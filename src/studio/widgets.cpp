#include "studio/widgets.h"

#include "base/exact.h"
#include "imgui_internal.h"
#include "studio/theme.h"
#include "studio/track.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace limner::studio {
namespace {

bool fingers = false;
std::vector<ImRect> claims;
ImVec2 scroll_at;
ImVec2 scroll_amount;

ImU32 text_colour(Look look, bool on, bool enabled) {
    if (!enabled) return faded(colour::faint, 0.55F);
    if (look == Look::accent) return colour::on_accent;
    return on ? colour::accent : colour::text;
}

ImU32 fill_colour(Look look, bool on, bool hovered, bool held, bool enabled) {
    if (look == Look::accent) {
        if (!enabled) return colour::raised;
        return held      ? blended(colour::accent, colour::ground, 0.18F)
               : hovered ? blended(colour::accent, IM_COL32_WHITE, 0.14F)
                         : colour::accent;
    }
    if (on) return hovered ? faded(colour::accent, 0.3F) : colour::accent_soft;
    if (look == Look::quiet) return hovered && enabled ? colour::hovered : 0;
    return held ? colour::line : hovered && enabled ? colour::hovered : colour::raised;
}

// The pressable part that buttons and pills share.
bool press(const char* id, const ImVec2& size, bool enabled, bool& hovered, bool& held) {
    ImGui::BeginDisabled(!enabled);
    ImGui::PushStyleVar(ImGuiStyleVar_DisabledAlpha, 1.0F);
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    hovered = ImGui::IsItemHovered();
    held = ImGui::IsItemActive();
    ImGui::PopStyleVar();
    ImGui::EndDisabled();
    return pressed;
}

}  // namespace

int drop_down(const char* id, std::span<const char* const> labels, std::size_t chosen) {
    int picked = -1;
    ImGui::SetNextItemWidth(-1);
    ImGui::SetNextWindowSizeConstraints(ImVec2(0, 0), ImVec2(4000, 380));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(12, touch() ? 13.0F : 8.0F));
    if (ImGui::BeginCombo(id, labels[chosen], ImGuiComboFlags_HeightLargest)) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, touch() ? 20.0F : 9.0F));
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (ImGui::Selectable(labels[i], i == chosen)) picked = static_cast<int>(i);
            if (i == chosen && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
        }
        ImGui::PopStyleVar();
        ImGui::EndCombo();
    }
    ImGui::PopStyleVar();
    return picked;
}

int tab_row(std::span<const TabFace> tabs, int chosen, const ImVec2& at, const ImVec2& size, bool above) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float each = size.x / static_cast<float>(tabs.size());
    int pressed = -1;
    for (int i = 0; i < static_cast<int>(tabs.size()); ++i) {
        const TabFace& face = tabs[static_cast<std::size_t>(i)];
        const float x = at.x + each * static_cast<float>(i);
        const bool on = i == chosen;
        ImGui::SetCursorScreenPos(ImVec2(x, at.y));
        if (ImGui::InvisibleButton(face.label, ImVec2(each, size.y), ImGuiButtonFlags_EnableNav)) pressed = i;
        const ImU32 ink = on ? colour::accent : ImGui::IsItemHovered() ? colour::text : colour::quiet;
        const auto centred = [&](const char* text, float y) {
            const char* end = ImGui::FindRenderedTextEnd(text);
            const float width = ImGui::CalcTextSize(text, end).x;
            draw->AddText(ImVec2(x + (each - width) / 2, at.y + y), ink, text, end);
        };
        {
            const Type type(Face::text, 20);
            centred(face.glyph, 9);
        }
        const Type type(Face::text, type_size::small);
        centred(face.label, 37);
        if (on && above) {
            draw->AddRectFilled(ImVec2(x + each / 2 - 16, at.y + size.y - 2),
                                ImVec2(x + each / 2 + 16, at.y + size.y), colour::accent, 1);
        }
    }
    const float y = above ? at.y + size.y : at.y;
    draw->AddLine(ImVec2(at.x, y), ImVec2(at.x + size.x, y), colour::line);
    return pressed;
}

bool begin_panel(const char* id, int tab, const ImVec2& at, const ImVec2& size, float padding) {
    ImGui::SetCursorScreenPos(at);
    ImGui::PushID(tab);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(padding, 16));
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0);
    return begin_scroll(id, size);
}

void end_panel() {
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
    ImGui::PopID();
}

bool undo_keys() { return ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_Z, ImGuiInputFlags_RouteGlobal); }

bool redo_keys() {
    return ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_Y, ImGuiInputFlags_RouteGlobal) ||
           ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z, ImGuiInputFlags_RouteGlobal);
}

void set_touch(bool touch) { fingers = touch; }
bool touch() { return fingers; }
float target() { return fingers ? 44.0F : 34.0F; }

bool icon_button(const char* icon, const char* tip, bool on, bool enabled, Look look, float size) {
    const float side = size > 0 ? size : target();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    bool hovered = false, held = false;
    const bool pressed = press(tip, ImVec2(side, side), enabled, hovered, held);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImU32 fill = fill_colour(look, on, hovered, held, enabled);
    if (fill != 0) draw->AddRectFilled(at, ImVec2(at.x + side, at.y + side), fill, 10);
    const Type type(Face::text, std::min(19.0F, side * 0.56F));
    const ImVec2 extent = ImGui::CalcTextSize(icon);
    draw->AddText(ImVec2(at.x + (side - extent.x) / 2, at.y + (side - extent.y) / 2),
                  text_colour(look, on, enabled), icon);
    if (hovered && !fingers) {
        const Type small(Face::text, type_size::small);
        ImGui::SetItemTooltip("%s", tip);
    }
    return pressed;
}

bool button(const char* icon, const char* label, Look look, float width, bool enabled) {
    const Type type(Face::bold, type_size::body - 0.5F);
    const char* end = ImGui::FindRenderedTextEnd(label);
    const ImVec2 words = ImGui::CalcTextSize(label, end);
    const float glyph = icon != nullptr ? 25.0F : 0.0F;
    const float wide = width > 0 ? width : words.x + glyph + 30;
    const float high = target() + 2;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    bool hovered = false, held = false;
    const bool pressed = press(label, ImVec2(wide, high), enabled, hovered, held);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImU32 fill = fill_colour(look, false, hovered, held, enabled);
    if (fill != 0) draw->AddRectFilled(at, ImVec2(at.x + wide, at.y + high), fill, 10);
    const ImU32 ink = text_colour(look, false, enabled);
    float x = at.x + (wide - words.x - glyph) / 2;
    if (icon != nullptr) {
        const Type larger(Face::bold, 17);
        draw->AddText(ImVec2(x, at.y + (high - ImGui::GetFontSize()) / 2), ink, icon);
        x += glyph;
    }
    draw->AddText(ImVec2(x, at.y + (high - words.y) / 2), ink, label, end);
    return pressed;
}

bool pill(const char* label, bool on, bool first) {
    const Type type(Face::text, type_size::body - 0.5F);
    const ImVec2 words = ImGui::CalcTextSize(label, nullptr, true);
    const ImVec2 size(words.x + 26, fingers ? 40.0F : 31.0F);
    if (!first) {
        ImGui::SameLine(0, 6);
        if (ImGui::GetContentRegionAvail().x < size.x) ImGui::NewLine();
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    bool hovered = false, held = false;
    const bool pressed = press(label, size, true, hovered, held);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float round = size.y / 2;
    const ImVec2 to(at.x + size.x, at.y + size.y);
    draw->AddRectFilled(at, to, on ? colour::accent : hovered ? colour::hovered : colour::raised, round);
    draw->AddText(ImVec2(at.x + 13, at.y + (size.y - words.y) / 2), on ? colour::on_accent : colour::text,
                  label, ImGui::FindRenderedTextEnd(label));
    return pressed;
}

bool slider(const char* id, float& value, float min, float max, bool& settled, bool marked) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const ImGuiID gid = ImGui::GetID(id);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImRect box(at, ImVec2(at.x + ImGui::GetContentRegionAvail().x, at.y + track_height()));
    ImGui::ItemSize(box);
    if (!ImGui::ItemAdd(box, gid)) return false;
    const bool hovered = ImGui::ItemHoverable(box, gid, g.LastItemData.ItemFlags);
    const bool changed = drag(box, gid, hovered, value, min, max, settled);
    const Rail rail = rail_of(box);
    const float x = rail.at(part_of(value, min, max));
    draw_rail(rail, min < 0 && max > 0 ? rail.at(part_of(0, min, max)) : rail.left, x, marked);
    draw_knob(ImVec2(x, rail.y), gid, hovered, marked);
    return changed;
}

std::string shown(float value, float min, float max, const std::string& unit) {
    char text[48];
    if (unit == "deg") {
        std::snprintf(text, sizeof text, "%.0f°", static_cast<double>(value));
    } else if (unit.empty() || unit == "sd") {
        const float scale = std::max(std::abs(min), std::abs(max));
        const double percent = 100.0 * static_cast<double>(scale > 0 ? value / scale : 0);
        std::snprintf(text, sizeof text, min < 0 ? "%+.0f" : "%.0f", std::abs(percent) < 0.5 ? 0.0 : percent);
    } else if (unit == "Monk") {
        std::snprintf(text, sizeof text, "%.1f", static_cast<double>(value));
    } else if (unit == "stops") {
        std::snprintf(text, sizeof text, "%+.1f stops", static_cast<double>(value));
    } else {
        std::snprintf(text, sizeof text, "%.0f %s", static_cast<double>(value), unit.c_str());
    }
    return text;
}

bool labelled_slider(const char* label, float& value, float min, float max, float initial, const char* unit,
                     bool& settled) {
    ImGui::PushID(label);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const bool touched = std::abs(value - initial) > 1e-4F;
    ImGui::TextUnformatted(label);
    const std::string text = shown(value, min, max, unit);
    const float wide = ImGui::CalcTextSize(text.c_str()).x;
    const float room = touched ? 30.0F : 0.0F;
    ImGui::GetWindowDrawList()->AddText(ImVec2(at.x + width - wide - room, at.y), colour::quiet,
                                        text.c_str());
    if (touched) {
        const ImVec2 back = ImGui::GetCursorScreenPos();
        ImGui::SetCursorScreenPos(ImVec2(at.x + width - 24, at.y - 3));
        if (icon_button(icon::reset, "Reset", false, true, Look::quiet, 24)) {
            value = initial;
            settled = true;
            ImGui::SetCursorScreenPos(back);
            ImGui::PopID();
            return true;
        }
        ImGui::SetCursorScreenPos(back);
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 10));
    const bool changed = slider("##track", value, min, max, settled, touched);
    ImGui::PopStyleVar();
    ImGui::PopID();
    return changed;
}

bool toggle(const char* label, bool& on) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, high = std::max(target(), 36.0F);
    bool hovered = false, held = false;
    const bool pressed = press(label, ImVec2(width, high), true, hovered, held);
    if (pressed) on = !on;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddText(ImVec2(at.x, at.y + (high - ImGui::GetFontSize()) / 2), colour::text, label);
    const float x = at.x + width - 40, y = at.y + high / 2;
    draw->AddRectFilled(ImVec2(x, y - 11), ImVec2(x + 40, y + 11), on ? colour::accent : colour::hovered, 11);
    draw->AddCircleFilled(ImVec2(on ? x + 29 : x + 11, y), 8, on ? colour::on_accent : colour::text, 24);
    return pressed;
}

bool colour_field(const char* label, std::array<float, 3>& linear, bool& settled) {
    float picked[3];
    for (std::size_t i = 0; i < 3; ++i) picked[i] = static_cast<float>(srgb_from_linear(linear[i])) / 255.0F;
    ImGui::PushID(label);
    const ImVec4 now(picked[0], picked[1], picked[2], 1);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = std::max(target(), 34.0F);
    if (ImGui::InvisibleButton("##swatch", ImVec2(side, side), ImGuiButtonFlags_EnableNav))
        ImGui::OpenPopup("pick");
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddCircleFilled(ImVec2(at.x + side / 2, at.y + side / 2), side / 2 - 2,
                          ImGui::ColorConvertFloat4ToU32(now), 32);
    draw->AddCircle(ImVec2(at.x + side / 2, at.y + side / 2), side / 2 - 2,
                    ImGui::IsItemHovered() ? colour::text : colour::faint, 32, 1.5F);
    ImGui::SameLine(0, 10);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (side - ImGui::GetFontSize()) / 2);
    ImGui::TextUnformatted(label);
    bool changed = false;
    if (ImGui::BeginPopup("pick")) {
        ImGui::SetNextItemWidth(230);
        changed = ImGui::ColorPicker3("##picker", picked,
                                      ImGuiColorEditFlags_NoSidePreview | ImGuiColorEditFlags_PickerHueWheel |
                                          ImGuiColorEditFlags_DisplayHex | ImGuiColorEditFlags_NoLabel);
        if (ImGui::IsItemDeactivatedAfterEdit()) settled = true;
        ImGui::EndPopup();
    }
    if (changed) {
        for (std::size_t i = 0; i < 3; ++i) {
            linear[i] = linear_from_srgb(
                static_cast<std::uint8_t>(std::clamp(picked[i], 0.0F, 1.0F) * 255.0F + 0.5F));
        }
    }
    ImGui::PopID();
    return changed;
}

void heading(const char* text) {
    const Type type(Face::bold, type_size::heading);
    ImGui::TextUnformatted(text);
    gap(2);
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3;) text.insert(i -= 3, ",");
    return text;
}

void note(const char* text) {
    const Type type(Face::text, type_size::small);
    ImGui::PushStyleColor(ImGuiCol_Text, colour::quiet);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

void gap(float height) { ImGui::Dummy(ImVec2(0, std::max(0.0F, height - ImGui::GetStyle().ItemSpacing.y))); }

void claim_touch(const ImVec2& min, const ImVec2& max) { claims.emplace_back(min, max); }

bool touch_claimed(const ImVec2& at) {
    return std::ranges::any_of(claims, [&](const ImRect& rect) { return rect.Contains(at); });
}

void forget_touch_claims() { claims.clear(); }

bool begin_scroll(const char* id, const ImVec2& size) {
    const bool open = ImGui::BeginChild(id, size, ImGuiChildFlags_AlwaysUseWindowPadding);
    if (scroll_amount.x != 0 || scroll_amount.y != 0) {
        const ImGuiWindow* window = ImGui::GetCurrentWindow();
        if (window->OuterRectClipped.Contains(scroll_at)) {
            ImGui::SetScrollY(
                std::clamp(ImGui::GetScrollY() - scroll_amount.y, 0.0F, ImGui::GetScrollMaxY()));
            ImGui::SetScrollX(
                std::clamp(ImGui::GetScrollX() - scroll_amount.x, 0.0F, ImGui::GetScrollMaxX()));
            scroll_amount = {};
        }
    }
    return open;
}

void scroll_by(const ImVec2& at, float dx, float dy) {
    scroll_at = at;
    scroll_amount.x += dx;
    scroll_amount.y += dy;
}

}  // namespace limner::studio
