// The browser, as the studio sees it: pictures on the graphics device, and one way to ask the page for something.
// The only C++ that knows WebGPU, WebGL or JavaScript lies behind this header.
#pragma once
#include "base/result.h"
#include "imgui.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

namespace limner::platform {

enum class Renderer { none, webgpu, webgl };

// A picture on the graphics device, 8-bit sRGB, straight alpha. Owned: moved, never copied.
class Texture {
public:
    Texture() = default;
    ~Texture() { release(); }
    Texture(Texture&& other) noexcept { swap(other); }
    Texture& operator=(Texture&& other) noexcept {
        swap(other);
        return *this;
    }
    Texture(const Texture&) = delete;
    Texture& operator=(const Texture&) = delete;

    explicit operator bool() const { return view_ != 0; }
    ImTextureID id() const { return static_cast<ImTextureID>(view_); }
    int width() const { return width_; }
    int height() const { return height_; }

    // New contents, in the same texture where the size is the same.
    // `rgba`: width * height * 4 bytes, top row first. False if the device refuses.
    bool load(std::span<const std::uint8_t> rgba, int width, int height);
    // The same from a WGPUTexture made elsewhere in the page on the same device, which stays theirs. WebGPU only.
    bool load_texture(std::uintptr_t texture, int width, int height);

private:
    void release();
    void swap(Texture& other) noexcept;
    bool hold(int width, int height);

    std::uintptr_t texture_ = 0, view_ = 0;  // WebGL: both the texture's name
    int width_ = 0, height_ = 0;
    int epoch_ = 0;  // of the device it was made on; a picture of a lost device is just forgotten
};

// Opens the renderer on the page's canvas "#canvas". False where the browser cannot.
bool open(Renderer renderer, int width_px, int height_px);
void resize(int width_px, int height_px);
void close();  // also after a device was lost: forgets every picture
Renderer renderer();

void new_frame();
// Draws the frame. Skips the device when nothing differs from what is on screen; returns whether it drew.
bool draw(ImDrawData* data);

// Asks the page: verbs are listed in web/host.js ("paint", "save", "copy", "remember" …).
void tell(std::string_view verb, const nlohmann::json& what);

double now_ms();

}  // namespace limner::platform
