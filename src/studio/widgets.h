// The studio's own controls, drawn in its own hand. All sizes in CSS pixels. Every call leaves the cursor below itself.
#pragma once
#include "imgui.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace limner::studio {

// Fingers need room: set once a frame from the layout.
void set_touch(bool touch);
bool touch();
float target();  // height of things to press: 40 under a finger, 34 under a mouse

enum class Look { quiet, raised, accent };

// A square button with one icon. `tip` names it; `on` shows it chosen. `id` may differ from the tip.
bool icon_button(const char* icon, const char* tip, bool on = false, bool enabled = true,
                 Look look = Look::quiet, float size = 0);
// Icon (may be nullptr) and words; width 0 fits the words.
bool button(const char* icon, const char* label, Look look = Look::raised, float width = 0,
            bool enabled = true);
// A rounded choice in a row of them; wraps to the next line by itself when `first` is false and there is no room.
bool pill(const char* label, bool on, bool first);

// What is chosen of many, and a list of all that opens below it. Answers the one that was clicked, or -1.
int drop_down(const char* id, std::span<const char* const> labels, std::size_t chosen);

// Tabs side by side, an icon above a word each (an ImGui label: what follows "###" names it for good). Answers the one that
// was pressed, or -1. `above` what they open: a line below them and a mark under the chosen one.
struct TabFace {
    const char* glyph;
    const char* label;
};
int tab_row(std::span<const TabFace> tabs, int chosen, const ImVec2& at, const ImVec2& size, bool above);
// What a tab opens: a scrolling region, every tab with a place of its own in it. end_panel() in any case.
bool begin_panel(const char* id, int tab, const ImVec2& at, const ImVec2& size, float padding);
void end_panel();

// Drag, arrow keys, click anywhere on the track; true while the value changes. `settled` once it was let go.
bool slider(const char* id, float& value, float min, float max, bool& settled, bool marked = false);
// Label on the left, value on the right, the slider below. Double click on the label's row resets to `initial`.
bool labelled_slider(const char* label, float& value, float min, float max, float initial, const char* unit,
                     bool& settled);
bool toggle(const char* label, bool& on);
bool colour_field(const char* label, std::array<float, 3>& linear, bool& settled);

void heading(const char* text);
void note(const char* text);  // small, quiet, wrapped
void gap(float height);

// "34 years", "62 %", "-12°"
std::string shown(float value, float min, float max, const std::string& unit);
std::string grouped(std::uint64_t number);  // "12,000"

bool undo_keys();
bool redo_keys();

// A finger dragging from inside this rectangle moves the thing at once instead of scrolling the page below it.
void claim_touch(const ImVec2& min, const ImVec2& max);
bool touch_claimed(const ImVec2& at);
void forget_touch_claims();  // at the start of a frame

// A scrolling region a finger can drag. End with ImGui::EndChild().
bool begin_scroll(const char* id, const ImVec2& size);
void scroll_by(const ImVec2& at, float dx, float dy);

}  // namespace limner::studio
