// The portrait, as large as the room allows, with a wipe between two pictures while comparing.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>

namespace limner::studio {
namespace {

void checkerboard(ImDrawList* draw, const ImVec2& at, float side) {
    constexpr int squares = 16;
    const float step = side / squares;
    for (int y = 0; y < squares; ++y) {
        for (int x = y % 2; x < squares; x += 2) {
            const ImVec2 corner(at.x + step * static_cast<float>(x), at.y + step * static_cast<float>(y));
            draw->AddRectFilled(corner, ImVec2(corner.x + step, corner.y + step),
                                IM_COL32(255, 255, 255, 10));
        }
    }
}

void part(ImDrawList* draw, const Canvas& canvas, const ImVec2& at, float side, float from, float to,
          float round) {
    if (!canvas.texture || to <= from) return;
    draw->PushClipRect(ImVec2(at.x + side * from, at.y), ImVec2(at.x + side * to, at.y + side), true);
    draw->AddImageRounded(canvas.texture.id(), at, ImVec2(at.x + side, at.y + side), ImVec2(0, 0),
                          ImVec2(1, 1), IM_COL32_WHITE, round);
    draw->PopClipRect();
}

void tag(ImDrawList* draw, const char* text, const ImVec2& at, bool to_the_left) {
    const Type type(Face::bold, type_size::small);
    const ImVec2 words = ImGui::CalcTextSize(text);
    const ImVec2 corner(to_the_left ? at.x - words.x - 22 : at.x, at.y);
    draw->AddRectFilled(corner, ImVec2(corner.x + words.x + 22, corner.y + 26), IM_COL32(0, 0, 0, 150), 13);
    draw->AddText(ImVec2(corner.x + 11, corner.y + 5), IM_COL32_WHITE, text);
}

void wipe(Studio& studio, ImDrawList* draw, const ImVec2& at, float side) {
    const float x = at.x + side * studio.wipe;
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton("Compare", ImVec2(side, side), ImGuiButtonFlags_EnableNav);
    claim_touch(at, ImVec2(at.x + side, at.y + side));
    if (ImGui::IsItemActive()) {
        studio.wipe = std::clamp((ImGui::GetIO().MousePos.x - at.x) / side, 0.0F, 1.0F);
    }
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    draw->AddLine(ImVec2(x, at.y), ImVec2(x, at.y + side), IM_COL32(255, 255, 255, 220), 2);
    draw->AddCircleFilled(ImVec2(x, at.y + side / 2), 17, IM_COL32(255, 255, 255, 235), 32);
    draw->AddTriangleFilled(ImVec2(x - 9, at.y + side / 2), ImVec2(x - 3, at.y + side / 2 - 5),
                            ImVec2(x - 3, at.y + side / 2 + 5), colour::ground);
    draw->AddTriangleFilled(ImVec2(x + 9, at.y + side / 2), ImVec2(x + 3, at.y + side / 2 + 5),
                            ImVec2(x + 3, at.y + side / 2 - 5), colour::ground);
    const bool pinned = studio.comparison == Comparison::pinned;
    if (studio.wipe > 0.15F) tag(draw, pinned ? "A" : "Before", ImVec2(at.x + 12, at.y + 12), false);
    if (studio.wipe < 0.85F) tag(draw, pinned ? "B" : "After", ImVec2(at.x + side - 12, at.y + 12), true);
}

// A quiet bar along the top edge while a picture is on its way.
void painting_mark(ImDrawList* draw, const ImVec2& at, float side) {
    const auto phase = static_cast<float>(std::fmod(platform::now_ms() / 1100.0, 1.0));
    const float width = side * 0.28F, x = at.x + (side + width) * phase - width;
    draw->PushClipRect(at, ImVec2(at.x + side, at.y + 3), true);
    draw->AddRectFilled(ImVec2(x, at.y), ImVec2(x + width, at.y + 3), colour::accent, 2);
    draw->PopClipRect();
}

void empty(const Studio& studio, const ImVec2& at, float side) {
    const std::string& why = studio.status.trouble;
    const char* text = why.empty() ? "Painting the portrait…" : why.c_str();
    const Type type(Face::text, type_size::heading);
    const float width = std::min(side - 48, 380.0F);
    const ImVec2 words = ImGui::CalcTextSize(text, nullptr, false, width);
    ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                                        ImVec2(at.x + (side - words.x) / 2, at.y + (side - words.y) / 2),
                                        colour::quiet, text, nullptr, width);
}

}  // namespace

void stage(Studio& studio, const ImVec2& at, const ImVec2& size, bool phone) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float side = std::floor(std::min(size.x, size.y));
    const ImVec2 corner(std::floor(at.x + (size.x - side) / 2), std::floor(at.y + (size.y - side) / 2));
    const float round = phone ? 0 : 18;
    draw->AddRectFilled(corner, ImVec2(corner.x + side, corner.y + side), colour::stage, round);

    const bool comparing = studio.comparison != Comparison::off && studio.compare.texture;
    const float split = comparing ? studio.wipe : 0;
    if (!studio.portrait.texture) {
        empty(studio, corner, side);
    } else {
        if (studio.recipe.backdrop.kind == "transparent" || studio.recipe.frame.shape == "circle") {
            checkerboard(draw, corner, side);
        }
        part(draw, studio.portrait, corner, side, split, 1, round);
        part(draw, studio.compare, corner, side, 0, split, round);
    }
    if (comparing) wipe(studio, draw, corner, side);
    if (studio.status.painting && studio.status.trouble.empty()) {
        painting_mark(draw, ImVec2(corner.x + round / 2, corner.y), side - round);
        studio.frames_wanted = std::max(studio.frames_wanted, 2);
    }

    const float large = phone ? 56.0F : 52.0F;
    if (phone) {
        ImGui::SetCursorScreenPos(ImVec2(corner.x + side - large - 12, corner.y + side - large - 12));
        if (icon_button(icon::dice, "New person", false, true, Look::accent, large)) roll(studio);
    }
}

}  // namespace limner::studio
