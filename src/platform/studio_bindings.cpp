// The panel's half of the door to JavaScript: web/host.js on the other side.
#include "imgui.h"
#include "platform/arrays.h"
#include "platform/input.h"
#include "platform/panel.h"
#include "platform/platform.h"
#include "studio/studio.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <emscripten.h>
#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <nlohmann/json.hpp>
#include <webgpu/webgpu.h>

using emscripten::val;

EM_JS_DEPS(limner_platform, "$WebGPU,$JsValStore,$Emval,$UTF8ToString");
EM_JS(int, import_texture, (emscripten::EM_VAL texture),
      { return WebGPU.mgrTexture.create(Emval.toValue(texture)); });
EM_JS(void, tell_page, (const char* verb, const char* what),
      { Module["host"](UTF8ToString(verb), JSON.parse(UTF8ToString(what))); });

namespace limner::platform {

void tell(std::string_view verb, const nlohmann::json& what) {
    tell_page(std::string(verb).c_str(),
              what.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

double now_ms() { return emscripten_get_now(); }

studio::Studio& panel() {
    static studio::Studio the_panel;
    return the_panel;
}

namespace {

Renderer renderer_called(const std::string& name) {
    return name == "webgpu" ? Renderer::webgpu : name == "webgl" ? Renderer::webgl : Renderer::none;
}

studio::Slot slot_called(const std::string& name) {
    const auto found =
        std::ranges::find_if(studio::slot_names, [&](const char* known) { return name == known; });
    return static_cast<studio::Slot>(found - studio::slot_names.begin());
}

std::string clipboard;
double build_ms = 0;  // of the last frame, without drawing it

void prepare() {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a blinking caret would draw for ever
    io.ConfigNavCursorVisibleAuto = true;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
    platform_io.Platform_GetClipboardTextFn = [](ImGuiContext*) { return clipboard.c_str(); };
    platform_io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        clipboard = text;
        tell("copy-text", {{"text", text}});
    };
    platform_io.Platform_SetImeDataFn = [](ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* at) {
        tell("caret", {{"x", at->InputPos.x}, {"y", at->InputPos.y}, {"height", at->InputLineHeight}});
    };
}

void set_font(const std::string& face, const val& file) {
    const std::vector<std::uint8_t> bytes = copied_in<std::uint8_t>(file);
    if (face == "icons") return studio::set_icons(bytes);
    studio::set_font(face == "bold"      ? studio::Face::bold
                     : face == "display" ? studio::Face::display
                                         : studio::Face::text,
                     bytes);
}

void measure(float width, float height, float ratio) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(width, height);
    io.DisplayFramebufferScale = ImVec2(ratio, ratio);
}

bool start(const std::string& which, float width, float height, float ratio) {
    studio::apply_theme();
    measure(width, height, ratio);
    return open(renderer_called(which), static_cast<int>(width * ratio + 0.5F),
                static_cast<int>(height * ratio + 0.5F));
}

// After a device or a context was lost: the page put a fresh canvas in place.
bool restart(const std::string& which, float width, float height, float ratio) {
    close();
    const bool opened = start(which, width, height, ratio);
    studio::repaint_everything(panel());
    return opened;
}

void resized(float width, float height, float ratio) {
    measure(width, height, ratio);
    resize(static_cast<int>(width * ratio + 0.5F), static_cast<int>(height * ratio + 0.5F));
}

// Returns frames wanted without input; negative if this one did not need drawing.
int frame(double seconds) {
    if (renderer() == Renderer::none) return 0;
    const double started = now_ms();
    ImGui::GetIO().DeltaTime = static_cast<float>(std::clamp(seconds, 1e-4, 0.1));
    new_frame();
    ImGui::NewFrame();
    const int wanted = std::max(studio::frame(panel()), events_wait() ? 1 : 0);
    ImGui::Render();
    build_ms = now_ms() - started;
    const bool drew = draw(ImGui::GetDrawData());
    return drew ? wanted : -1 - wanted;
}

void pointer_event(int event, float x, float y, int button, bool finger) {
    pointer(static_cast<PointerEvent>(event), x, y, button, finger);
}

bool claimed(float x, float y) { return studio::touch_claimed(ImVec2(x, y)); }
void scroll(float x, float y, float dx, float dy) { studio::scroll_by(ImVec2(x, y), dx, dy); }
std::string cursor_name() { return cursor(); }

// The picture that was asked for. An answer nobody waits for is dropped.
bool painted_pixels(const std::string& slot_name, int index, int job, const val& rgba, int width,
                    int height) {
    const studio::Slot slot = slot_called(slot_name);
    studio::Canvas* canvas = studio::canvas_for(panel(), slot, static_cast<std::size_t>(index), job);
    if (canvas == nullptr || !canvas->texture.load(copied_in<std::uint8_t>(rgba), width, height))
        return false;
    studio::painted(panel(), slot, job);
    return true;
}

bool painted_texture(const std::string& slot_name, int index, int job, const val& texture, int width,
                     int height) {
    const studio::Slot slot = slot_called(slot_name);
    studio::Canvas* canvas = studio::canvas_for(panel(), slot, static_cast<std::size_t>(index), job);
    if (canvas == nullptr) return false;
    const auto handle = static_cast<std::uintptr_t>(import_texture(texture.as_handle()));
    const bool shown = canvas->texture.load_texture(handle, width, height);
    wgpuTextureRelease(reinterpret_cast<WGPUTexture>(handle));
    if (shown) studio::painted(panel(), slot, job);
    return shown;
}

std::string error_text(const Error& error) {
    return nlohmann::json{{"error", {{"code", error.code}, {"sentence", error.sentence}}}}.dump();
}

std::string begin(const std::string& recipe) {
    const auto parsed = parse_recipe(recipe);
    studio::begin(panel(), parsed ? *parsed : Recipe{});
    return parsed ? std::string("{}") : error_text(parsed.error());
}

// `keep`: one step in the history; otherwise a change still going on.
std::string set_recipe(const std::string& text, const std::string& what, bool keep) {
    const auto parsed = parse_recipe(text);
    if (!parsed) return error_text(parsed.error());
    keep ? studio::adopt(panel(), *parsed, what) : studio::edit(panel(), *parsed);
    return "{}";
}

std::string get_recipe() { return print_recipe(panel().recipe); }

// Every value the sitter has now, by attribute: what the accessible form shows.
std::string values() {
    nlohmann::json out = nlohmann::json::object();
    const auto& attributes = schema().attributes;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        out[attributes[i].id] = studio::value_json(attributes[i], panel().sitter.values[i]);
    }
    return out.dump();
}

std::string words_state() { return studio::words_state(panel()); }

// The form's hand on a chip; the value is JSON.
void turn_chip(int chip, const std::string& value) {
    studio::turn(panel(), static_cast<std::size_t>(chip), nlohmann::json::parse(value, nullptr, false));
}

void command(const std::string& verb, const std::string& what) {
    studio::Studio& p = panel();
    if (verb == "undo") studio::undo(p);
    if (verb == "redo") studio::redo(p);
    if (verb == "roll") studio::roll(p);
    if (verb == "roll-group") studio::roll_group(p, what);
    if (verb == "turn") p.turn = p.alike_turn = static_cast<unsigned>(std::atoi(what.c_str()));
    if (verb == "settle") studio::settle(p);
    if (verb == "hint") p.show_hint = true;
    if (verb == "language") p.words.language = what;
    if (verb == "say") studio::understand(p, what);
    if (verb == "take-back") studio::take_back(p, static_cast<std::size_t>(std::atoi(what.c_str())));
    if (verb == "languages") studio::understand_again(p);
    if (verb == "without-recipe") p.save.with_recipe = false;
    if (verb == "tab") p.tab = static_cast<studio::Tab>(std::clamp(std::atoi(what.c_str()), 0, 5));
    if (verb == "lock") p.locks.insert(what);
    if (verb == "unlock") p.locks.erase(what);
    p.frames_wanted = 3;
}

void notify(const std::string& sentence, bool alarm) { studio::notify(panel(), sentence, alarm); }

void set_status(const std::string& text) {
    const nlohmann::json told = nlohmann::json::parse(text, nullptr, false);
    if (!told.is_object()) return;
    studio::Status& s = panel().status;
    s.backend = told.value("backend", s.backend);
    s.pack = told.value("pack", s.pack);
    s.trouble = told.value("trouble", s.trouble);
    s.generate_ms = told.value("generateMs", s.generate_ms);
    s.finish_ms = told.value("finishMs", s.finish_ms);
    s.loaded_megabytes = told.value("megabytes", s.loaded_megabytes);
    s.requests_at_load = told.value("requestsAtLoad", s.requests_at_load);
    s.requests_after = told.value("requestsAfter", s.requests_after);
    s.requests_elsewhere = told.value("requestsElsewhere", s.requests_elsewhere);
    s.painting = told.value("painting", s.painting);
    s.offline_ready = told.value("offline", s.offline_ready);
    if (told.value("example", false)) {
        s.example = true;
        studio::forget_example_pictures(panel());
    }
    panel().frames_wanted = 2;
}

double built_ms() { return build_ms; }
double heap_bytes() { return static_cast<double>(emscripten_get_heap_size()); }

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_studio) {
    using namespace limner::platform;
    using emscripten::function;
    function("prepare", &prepare);
    function("setFont", &set_font);
    function("start", &start);
    function("restart", &restart);
    function("resized", &resized);
    function("frame", &frame);
    function("pointer", &pointer_event);
    function("wheel", &wheel);
    function("key", &key);
    function("text", &text);
    function("focus", &focus);
    function("wantsText", &wants_text);
    function("cursor", &cursor_name);
    function("touchClaimed", &claimed);
    function("scroll", &scroll);
    function("paintedPixels", &painted_pixels);
    function("paintedTexture", &painted_texture);
    function("begin", &begin);
    function("setRecipe", &set_recipe);
    function("getRecipe", &get_recipe);
    function("values", &values);
    function("wordsState", &words_state);
    function("turnChip", &turn_chip);
    function("command", &command);
    function("builtMs", &built_ms);
    function("heapBytes", &heap_bytes);
    function("notify", &notify);
    function("setStatus", &set_status);
}
