// What every slider of the studio is made of: a rail, a knob on it, and how a knob takes the mouse and the keyboard.
#pragma once
#include "imgui_internal.h"

namespace limner::studio {

float track_height();  // CSS pixels: more under a finger

// The middle of a track, with room for half a knob at both ends.
struct Rail {
    float left = 0, right = 0, y = 0;
    float at(float part) const { return left + (right - left) * part; }
};
Rail rail_of(const ImRect& track);
// A value's part of the way from min to max, 0 to 1.
float part_of(float value, float min, float max);

// The item `id` on this track, already added, moves `value`; true while it changes, `settled` once it was let go.
bool drag(const ImRect& track, ImGuiID id, bool hovered, float& value, float min, float max, bool& settled);

// The rail, coloured between two places of it. `marked`: its value is not what it is by itself.
void draw_rail(const Rail& rail, float from, float to, bool marked);
void draw_knob(const ImVec2& at, ImGuiID id, bool hovered, bool marked);

}  // namespace limner::studio
