// Two renderers behind one door: WebGPU on the page's own device, WebGL 2 where there is none.
#include "platform/platform.h"

#include "backends/imgui_impl_opengl3.h"
#include "backends/imgui_impl_wgpu.h"

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <emscripten/html5_webgpu.h>
#include <utility>
#include <webgpu/webgpu.h>

EM_JS(int, canvas_is_rgba, (),
      { return navigator["gpu"]["getPreferredCanvasFormat"]() == "rgba8unorm" ? 1 : 0; });

namespace limner::platform {
namespace {

constexpr const char* canvas = "#canvas";

Renderer current = Renderer::none;
int epoch = 0;  // counts devices
int width = 0, height = 0;
std::uint64_t drawn = 0;  // hash of what is on screen

WGPUDevice device = nullptr;
WGPUQueue queue = nullptr;
WGPUSurface surface = nullptr;
WGPUTextureFormat canvas_format = WGPUTextureFormat_BGRA8Unorm;
EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = 0;

void configure_surface() {
    WGPUSurfaceConfiguration wanted{};
    wanted.device = device;
    wanted.format = canvas_format;
    wanted.usage = WGPUTextureUsage_RenderAttachment;
    wanted.alphaMode = WGPUCompositeAlphaMode_Opaque;
    wanted.width = static_cast<std::uint32_t>(width);
    wanted.height = static_cast<std::uint32_t>(height);
    wanted.presentMode = WGPUPresentMode_Fifo;
    wgpuSurfaceConfigure(surface, &wanted);
}

bool open_webgpu() {
    device = emscripten_webgpu_get_device();
    if (device == nullptr) return false;
    queue = wgpuDeviceGetQueue(device);
    WGPUSurfaceDescriptorFromCanvasHTMLSelector selector{};
    selector.chain.sType = WGPUSType_SurfaceDescriptorFromCanvasHTMLSelector;
    selector.selector = canvas;
    WGPUSurfaceDescriptor description{};
    description.nextInChain = &selector.chain;
    surface = wgpuInstanceCreateSurface(wgpuCreateInstance(nullptr), &description);
    if (surface == nullptr) return false;
    canvas_format = canvas_is_rgba() != 0 ? WGPUTextureFormat_RGBA8Unorm : WGPUTextureFormat_BGRA8Unorm;
    configure_surface();
    ImGui_ImplWGPU_InitInfo info;
    info.Device = device;
    info.NumFramesInFlight = 3;
    info.RenderTargetFormat = canvas_format;
    return ImGui_ImplWGPU_Init(&info);
}

bool open_webgl() {
    EmscriptenWebGLContextAttributes wanted;
    emscripten_webgl_init_context_attributes(&wanted);
    wanted.majorVersion = 2;
    wanted.alpha = wanted.depth = wanted.stencil = EM_FALSE;
    wanted.antialias = EM_FALSE;
    context = emscripten_webgl_create_context(canvas, &wanted);
    if (context <= 0) return false;
    emscripten_webgl_make_context_current(context);
    return ImGui_ImplOpenGL3_Init("#version 300 es");
}

void mix(std::uint64_t& hash, const void* data, std::size_t bytes) {
    const auto* words = static_cast<const std::uint32_t*>(data);
    for (std::size_t i = 0; i < bytes / 4; ++i) hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15ULL;
}

// Everything a frame shows, except the inside of textures; those that changed are reported by `busy`.
std::uint64_t fingerprint(const ImDrawData& data, bool& busy) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ static_cast<std::uint64_t>(epoch);
    const float size[2] = {data.DisplaySize.x * data.FramebufferScale.x,
                           data.DisplaySize.y * data.FramebufferScale.y};
    mix(hash, size, sizeof size);
    if (data.Textures != nullptr) {
        for (const ImTextureData* texture : *data.Textures)
            busy = busy || texture->Status != ImTextureStatus_OK;
    }
    for (const ImDrawList* list : data.CmdLists) {
        mix(hash, list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
        mix(hash, list->IdxBuffer.Data,
            static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()) & ~std::size_t{3});
        for (const ImDrawCmd& command : list->CmdBuffer) {
            mix(hash, &command.ClipRect, sizeof command.ClipRect);
            if (command.TexRef._TexData == nullptr) mix(hash, &command.TexRef._TexID, sizeof(ImTextureID));
        }
    }
    return hash;
}

void draw_webgpu(ImDrawData* data) {
    WGPUSurfaceTexture target{};
    wgpuSurfaceGetCurrentTexture(surface, &target);
    if (target.texture == nullptr) return;
    WGPUTextureView view = wgpuTextureCreateView(target.texture, nullptr);
    WGPUCommandEncoder encoder = wgpuDeviceCreateCommandEncoder(device, nullptr);
    WGPURenderPassColorAttachment colour{};
    colour.view = view;
    colour.loadOp = WGPULoadOp_Clear;
    colour.storeOp = WGPUStoreOp_Store;
    colour.clearValue = {0.08, 0.075, 0.078, 1};
    colour.depthSlice = WGPU_DEPTH_SLICE_UNDEFINED;
    WGPURenderPassDescriptor description{};
    description.colorAttachmentCount = 1;
    description.colorAttachments = &colour;
    WGPURenderPassEncoder pass = wgpuCommandEncoderBeginRenderPass(encoder, &description);
    ImGui_ImplWGPU_RenderDrawData(data, pass);
    wgpuRenderPassEncoderEnd(pass);
    WGPUCommandBuffer commands = wgpuCommandEncoderFinish(encoder, nullptr);
    wgpuQueueSubmit(queue, 1, &commands);
    wgpuCommandBufferRelease(commands);
    wgpuRenderPassEncoderRelease(pass);
    wgpuCommandEncoderRelease(encoder);
    wgpuTextureViewRelease(view);
    wgpuTextureRelease(target.texture);
}

void draw_webgl(ImDrawData* data) {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    glClearColor(0.08F, 0.075F, 0.078F, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(data);
}

WGPUTexture new_texture(int w, int h) {
    WGPUTextureDescriptor description{};
    description.usage = WGPUTextureUsage_TextureBinding | WGPUTextureUsage_CopyDst;
    description.dimension = WGPUTextureDimension_2D;
    description.size = {static_cast<std::uint32_t>(w), static_cast<std::uint32_t>(h), 1};
    description.format = WGPUTextureFormat_RGBA8Unorm;
    description.mipLevelCount = 1;
    description.sampleCount = 1;
    return wgpuDeviceCreateTexture(device, &description);
}

WGPUTexture as_texture(std::uintptr_t handle) { return reinterpret_cast<WGPUTexture>(handle); }

}  // namespace

bool open(Renderer wanted, int width_px, int height_px) {
    width = width_px;
    height = height_px;
    drawn = 0;
    ++epoch;
    const bool opened =
        wanted == Renderer::webgpu ? open_webgpu() : wanted == Renderer::webgl && open_webgl();
    current = opened ? wanted : Renderer::none;
    return opened;
}

void resize(int width_px, int height_px) {
    if (width_px == width && height_px == height) return;
    width = width_px;
    height = height_px;
    drawn = 0;
    if (current == Renderer::webgpu) configure_surface();
}

void close() {
    if (current == Renderer::webgpu) ImGui_ImplWGPU_Shutdown();
    if (current == Renderer::webgl) {
        ImGui_ImplOpenGL3_Shutdown();
        emscripten_webgl_destroy_context(context);
    }
    device = nullptr;
    queue = nullptr;
    surface = nullptr;
    context = 0;
    current = Renderer::none;
    ++epoch;
}

Renderer renderer() { return current; }

void new_frame() {
    if (current == Renderer::webgpu) ImGui_ImplWGPU_NewFrame();
    if (current == Renderer::webgl) ImGui_ImplOpenGL3_NewFrame();
}

bool draw(ImDrawData* data) {
    bool busy = false;
    const std::uint64_t hash = fingerprint(*data, busy);
    if (current == Renderer::none || (hash == drawn && !busy)) return false;
    drawn = hash;
    if (current == Renderer::webgpu) draw_webgpu(data);
    if (current == Renderer::webgl) draw_webgl(data);
    return true;
}

bool Texture::hold(int w, int h) {
    if (w < 1 || h < 1 || current == Renderer::none) return false;
    if (view_ != 0 && epoch_ == epoch && w == width_ && h == height_) return true;
    release();
    if (current == Renderer::webgpu) {
        WGPUTexture made = new_texture(w, h);
        texture_ = reinterpret_cast<std::uintptr_t>(made);
        view_ = reinterpret_cast<std::uintptr_t>(wgpuTextureCreateView(made, nullptr));
    } else {
        GLuint name = 0;
        glGenTextures(1, &name);
        texture_ = view_ = name;
    }
    width_ = w;
    height_ = h;
    epoch_ = epoch;
    return view_ != 0;
}

bool Texture::load(std::span<const std::uint8_t> rgba, int w, int h) {
    if (rgba.size() != static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4 || !hold(w, h))
        return false;
    drawn = 0;
    if (current == Renderer::webgpu) {
        WGPUImageCopyTexture to{};
        to.texture = as_texture(texture_);
        WGPUTextureDataLayout layout{};
        layout.bytesPerRow = static_cast<std::uint32_t>(w) * 4;
        layout.rowsPerImage = static_cast<std::uint32_t>(h);
        const WGPUExtent3D size{static_cast<std::uint32_t>(w), static_cast<std::uint32_t>(h), 1};
        wgpuQueueWriteTexture(queue, &to, rgba.data(), rgba.size(), &layout, &size);
        return true;
    }
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture_));
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, w, h, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
    glGenerateMipmap(GL_TEXTURE_2D);
    return true;
}

bool Texture::load_texture(std::uintptr_t texture, int w, int h) {
    if (current != Renderer::webgpu || texture == 0 || !hold(w, h)) return false;
    drawn = 0;
    WGPUCommandEncoder encoder = wgpuDeviceCreateCommandEncoder(device, nullptr);
    WGPUImageCopyTexture from{};
    from.texture = as_texture(texture);
    WGPUImageCopyTexture to{};
    to.texture = as_texture(texture_);
    const WGPUExtent3D size{static_cast<std::uint32_t>(w), static_cast<std::uint32_t>(h), 1};
    wgpuCommandEncoderCopyTextureToTexture(encoder, &from, &to, &size);
    WGPUCommandBuffer commands = wgpuCommandEncoderFinish(encoder, nullptr);
    wgpuQueueSubmit(queue, 1, &commands);
    wgpuCommandBufferRelease(commands);
    wgpuCommandEncoderRelease(encoder);
    return true;
}

void Texture::release() {
    if (view_ != 0 && epoch_ == epoch) {
        if (current == Renderer::webgpu) {
            wgpuTextureViewRelease(reinterpret_cast<WGPUTextureView>(view_));
            wgpuTextureDestroy(as_texture(texture_));
            wgpuTextureRelease(as_texture(texture_));
        } else if (current == Renderer::webgl) {
            const auto name = static_cast<GLuint>(texture_);
            glDeleteTextures(1, &name);
        }
    }
    texture_ = view_ = 0;
    width_ = height_ = 0;
}

void Texture::swap(Texture& other) noexcept {
    std::swap(texture_, other.texture_);
    std::swap(view_, other.view_);
    std::swap(width_, other.width_);
    std::swap(height_, other.height_);
    std::swap(epoch_, other.epoch_);
}

}  // namespace limner::platform
