#include "studio/theme.h"

#include <array>
#include <cstring>

namespace limner::studio {
namespace {

std::array<ImFont*, 3> faces{};

void* copied(std::span<const std::uint8_t> file) {
    void* bytes = IM_ALLOC(file.size());
    std::memcpy(bytes, file.data(), file.size());
    return bytes;
}

}  // namespace

void set_font(Face face, std::span<const std::uint8_t> file) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = true;
    ImFont*& slot = faces[static_cast<std::size_t>(face)];
    config.MergeMode = slot != nullptr;  // a second file of a face adds characters to it
    config.DstFont = slot;
    ImFont* added = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(copied(file), static_cast<int>(file.size()),
                                                               type_size::body, &config);
    if (slot == nullptr) slot = added;
}

void set_icons(std::span<const std::uint8_t> file) {
    for (const Face face : {Face::text, Face::bold}) {
        ImFont* into = faces[static_cast<std::size_t>(face)];
        if (into == nullptr) continue;
        ImFontConfig config;
        config.MergeMode = true;
        config.DstFont = into;
        config.GlyphOffset = ImVec2(0, 2.5F);  // Lucide sits on the em square's middle, text on its baseline
        ImGui::GetIO().Fonts->AddFontFromMemoryTTF(copied(file), static_cast<int>(file.size()),
                                                   type_size::body, &config);
    }
}

ImFont* font(Face face) {
    ImFont* chosen = faces[static_cast<std::size_t>(face)];
    return chosen != nullptr ? chosen : ImGui::GetIO().Fonts->Fonts[0];
}

void apply_theme() {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    style.FontSizeBase = type_size::body;
    style.WindowPadding = ImVec2(20, 16);
    style.FramePadding = ImVec2(12, 9);
    style.ItemSpacing = ImVec2(8, 8);
    style.ItemInnerSpacing = ImVec2(6, 6);
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 0;
    style.PopupBorderSize = 1;
    style.FrameBorderSize = 0;
    style.WindowRounding = 0;
    style.ChildRounding = 12;
    style.FrameRounding = 9;
    style.PopupRounding = 12;
    style.GrabRounding = 9;
    style.ScrollbarSize = 9;
    style.ScrollbarRounding = 5;
    style.HoverDelayNormal = 0.45F;
    style.HoverStationaryDelay = 0.2F;

    const auto set = [&style](ImGuiCol slot, ImU32 value) {
        style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(value);
    };
    set(ImGuiCol_Text, colour::text);
    set(ImGuiCol_TextDisabled, colour::faint);
    set(ImGuiCol_WindowBg, colour::ground);
    set(ImGuiCol_ChildBg, 0);
    set(ImGuiCol_PopupBg, colour::raised);
    set(ImGuiCol_Border, colour::line);
    set(ImGuiCol_FrameBg, colour::raised);
    set(ImGuiCol_FrameBgHovered, colour::hovered);
    set(ImGuiCol_FrameBgActive, colour::hovered);
    set(ImGuiCol_Button, colour::raised);
    set(ImGuiCol_ButtonHovered, colour::hovered);
    set(ImGuiCol_ButtonActive, colour::line);
    set(ImGuiCol_Header, colour::accent_soft);
    set(ImGuiCol_HeaderHovered, colour::hovered);
    set(ImGuiCol_HeaderActive, colour::hovered);
    set(ImGuiCol_Separator, colour::line);
    set(ImGuiCol_ScrollbarBg, 0);
    set(ImGuiCol_ScrollbarGrab, colour::hovered);
    set(ImGuiCol_ScrollbarGrabHovered, colour::faint);
    set(ImGuiCol_ScrollbarGrabActive, colour::quiet);
    set(ImGuiCol_CheckMark, colour::accent);
    set(ImGuiCol_SliderGrab, colour::accent);
    set(ImGuiCol_SliderGrabActive, colour::accent);
    set(ImGuiCol_TextSelectedBg, faded(colour::accent, 0.35F));
    set(ImGuiCol_NavCursor, colour::accent);
    set(ImGuiCol_InputTextCursor, colour::accent);
    set(ImGuiCol_ModalWindowDimBg, IM_COL32(8, 7, 7, 170));
}

ImU32 blended(ImU32 from, ImU32 to, float amount) {
    ImU32 out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const auto a = static_cast<float>((from >> shift) & 255U);
        const auto b = static_cast<float>((to >> shift) & 255U);
        out |= static_cast<ImU32>(a + (b - a) * amount + 0.5F) << shift;
    }
    return out;
}

ImU32 faded(ImU32 value, float alpha) {
    const float a = static_cast<float>(value >> IM_COL32_A_SHIFT) * alpha;
    return (value & ~IM_COL32_A_MASK) | (static_cast<ImU32>(a + 0.5F) << IM_COL32_A_SHIFT);
}

}  // namespace limner::studio
