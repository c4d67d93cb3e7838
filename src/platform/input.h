// Keyboard, pointer and text of the browser, translated for the panel.
#pragma once
#include <string>

namespace limner::platform {

enum class PointerEvent { move, down, up, leave };

void pointer(PointerEvent event, float x, float y, int button, bool finger);
void wheel(float dx, float dy);
// `code` is KeyboardEvent.code, which names the place of the key; unknown ones are ignored.
void key(const std::string& code, bool down, bool ctrl, bool shift, bool alt, bool meta);
void text(const std::string& utf8);
void focus(bool focused);

bool wants_text();
bool events_wait();    // ImGui takes some of them one a frame
const char* cursor();  // a CSS cursor

}  // namespace limner::platform
