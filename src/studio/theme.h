// How the studio looks: a dark, quiet room, one warm lamp. Colours, type, icons and measures in one place.
#pragma once
#include "imgui.h"

#include <cstdint>
#include <span>

namespace limner::studio {

namespace colour {
inline constexpr ImU32 ground = IM_COL32(0x15, 0x13, 0x14, 255);  // behind everything
inline constexpr ImU32 stage = IM_COL32(0x1B, 0x18, 0x19, 255);   // around the portrait
inline constexpr ImU32 panel = IM_COL32(0x20, 0x1D, 0x1F, 255);
inline constexpr ImU32 raised = IM_COL32(0x2B, 0x27, 0x29, 255);  // buttons, tracks
inline constexpr ImU32 hovered = IM_COL32(0x38, 0x33, 0x35, 255);
inline constexpr ImU32 line = IM_COL32(0x33, 0x2E, 0x30, 255);
inline constexpr ImU32 text = IM_COL32(0xF1, 0xEB, 0xE4, 255);
inline constexpr ImU32 quiet = IM_COL32(0xB0, 0xA6, 0x9D, 255);  // 7.5:1 on panel
inline constexpr ImU32 faint = IM_COL32(0x8F, 0x86, 0x7F, 255);  // 4.6:1 on panel
inline constexpr ImU32 accent = IM_COL32(0xEB, 0xA6, 0x5B, 255);
inline constexpr ImU32 accent_soft = IM_COL32(0xEB, 0xA6, 0x5B, 52);
inline constexpr ImU32 on_accent = IM_COL32(0x22, 0x16, 0x0A, 255);
inline constexpr ImU32 warning = IM_COL32(0xF0, 0x8A, 0x6C, 255);
}  // namespace colour

// Lucide, merged into the text fonts; tools/fonts.mjs subsets exactly these (it reads this block).
namespace icon {
inline constexpr const char* dice = "\uE2C5";
inline constexpr const char* lock = "\uE10B";
inline constexpr const char* unlock = "\uE10C";
inline constexpr const char* reset = "\uE148";
inline constexpr const char* undo = "\uE2A1";
inline constexpr const char* redo = "\uE2A0";
inline constexpr const char* save = "\uE0B2";
inline constexpr const char* link = "\uE102";
inline constexpr const char* copy = "\uE09E";
inline constexpr const char* compare = "\uE098";
inline constexpr const char* light = "\uE178";
inline constexpr const char* backdrop = "\uE0F6";
inline constexpr const char* style = "\uE1DD";
inline constexpr const char* person = "\uE19F";
inline constexpr const char* alike = "\uE0FF";
inline constexpr const char* spark = "\uE412";
inline constexpr const char* close = "\uE1B2";
inline constexpr const char* check = "\uE06C";
inline constexpr const char* down = "\uE06D";
inline constexpr const char* right = "\uE06F";
inline constexpr const char* up = "\uE070";
inline constexpr const char* info = "\uE0F9";
inline constexpr const char* shield = "\uE1FF";
inline constexpr const char* form = "\uE297";
inline constexpr const char* open = "\uE247";
inline constexpr const char* plus = "\uE13D";
inline constexpr const char* trash = "\uE18E";
inline constexpr const char* alert = "\uE077";
inline constexpr const char* tune = "\uE29A";
inline constexpr const char* words = "\uE357";
inline constexpr const char* send = "\uE4F2";
inline constexpr const char* picture = "\uE53C";
inline constexpr const char* crowd = "\uE1A4";
inline constexpr const char* heart = "\uE0F2";
inline constexpr const char* back = "\uE048";
inline constexpr const char* left = "\uE06E";
inline constexpr const char* pause = "\uE12E";
inline constexpr const char* play = "\uE13C";
inline constexpr const char* filter = "\uE460";
inline constexpr const char* archive = "\uE32D";
}  // namespace icon

enum class Face { text, bold, display };

// Fonts are TrueType/OpenType files fetched by the page; the bytes are copied. Call before the first frame.
void set_font(Face face, std::span<const std::uint8_t> file);
void set_icons(std::span<const std::uint8_t> file);
void apply_theme();

ImFont* font(Face face);

// Sizes in CSS pixels.
namespace type_size {
inline constexpr float small = 12.5F;
inline constexpr float body = 14.5F;
inline constexpr float heading = 17.0F;
inline constexpr float wordmark = 25.0F;
inline constexpr float title = 30.0F;
}  // namespace type_size

// Sets a face and a size for the lifetime of the object.
class Type {
public:
    Type(Face face, float size) { ImGui::PushFont(font(face), size); }
    ~Type() { ImGui::PopFont(); }
    Type(const Type&) = delete;
    Type& operator=(const Type&) = delete;
};

ImU32 blended(ImU32 from, ImU32 to, float amount);  // per channel, amount 0..1
ImU32 faded(ImU32 colour, float alpha);             // alpha scaled by 0..1

}  // namespace limner::studio
