#include "platform/input.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace limner::platform {
namespace {

struct Code {
    std::string_view code;
    ImGuiKey key;
};

constexpr Code codes[] = {
    {"Tab", ImGuiKey_Tab},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"Escape", ImGuiKey_Escape},
    {"Slash", ImGuiKey_Slash},
    {"ControlLeft", ImGuiKey_LeftCtrl},
    {"ControlRight", ImGuiKey_RightCtrl},
    {"ShiftLeft", ImGuiKey_LeftShift},
    {"ShiftRight", ImGuiKey_RightShift},
    {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt},
    {"MetaLeft", ImGuiKey_LeftSuper},
    {"MetaRight", ImGuiKey_RightSuper},
};

ImGuiKey key_of(std::string_view code) {
    if (code.size() == 4 && code.starts_with("Key"))
        return static_cast<ImGuiKey>(ImGuiKey_A + (code[3] - 'A'));
    if (code.size() == 6 && code.starts_with("Digit"))
        return static_cast<ImGuiKey>(ImGuiKey_0 + (code[5] - '0'));
    for (const Code& known : codes) {
        if (known.code == code) return known.key;
    }
    return ImGuiKey_None;
}

// A letter, a digit, a space: while somebody writes, its text says all there is to say.
bool writes(ImGuiKey key) {
    return (key >= ImGuiKey_0 && key <= ImGuiKey_Z) || key == ImGuiKey_Slash || key == ImGuiKey_Space;
}

}  // namespace

void pointer(PointerEvent event, float x, float y, int button, bool finger) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(finger ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
    if (event == PointerEvent::leave) {
        io.AddMousePosEvent(-3.4e38F, -3.4e38F);
        return;
    }
    io.AddMousePosEvent(x, y);
    // DOM: 0 left, 1 middle, 2 right. ImGui: 0 left, 1 right, 2 middle.
    const int which = button == 1 ? 2 : button == 2 ? 1 : 0;
    if (event == PointerEvent::down) io.AddMouseButtonEvent(which, true);
    if (event == PointerEvent::up) io.AddMouseButtonEvent(which, false);
}

void wheel(float dx, float dy) { ImGui::GetIO().AddMouseWheelEvent(dx, dy); }

void key(const std::string& code, bool down, bool ctrl, bool shift, bool alt, bool meta) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Alt, alt);
    io.AddKeyEvent(ImGuiMod_Super, meta);
    const ImGuiKey known = key_of(code);
    // ImGui takes one such key a frame, so that on a slow machine the letters would trail behind the writer.
    if (down && wants_text() && writes(known) && !ctrl && !alt && !meta) return;
    if (known != ImGuiKey_None) io.AddKeyEvent(known, down);
}

void text(const std::string& utf8) { ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str()); }
void focus(bool focused) { ImGui::GetIO().AddFocusEvent(focused); }
// io.WantTextInput is of the frame before: too late for a phone, which opens its keyboard only within the tap.
bool wants_text() { return ImGui::GetCurrentContext()->WantTextInputNextFrame == 1; }
bool events_wait() { return !ImGui::GetCurrentContext()->InputEventsQueue.empty(); }

const char* cursor() {
    switch (ImGui::GetMouseCursor()) {
        case ImGuiMouseCursor_TextInput: return "text";
        case ImGuiMouseCursor_Hand: return "pointer";
        case ImGuiMouseCursor_ResizeEW: return "ew-resize";
        case ImGuiMouseCursor_ResizeNS: return "ns-resize";
        case ImGuiMouseCursor_NotAllowed: return "not-allowed";
        default: return "default";
    }
}

}  // namespace limner::platform
