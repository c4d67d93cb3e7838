// Typed arrays in and out of the wasm heap.
#pragma once
#include <cstddef>
#include <cstdint>
#include <emscripten/val.h>
#include <span>
#include <vector>

namespace limner::platform {

template <class T>
std::vector<T> copied_in(const emscripten::val& array) {
    std::vector<T> out(array["length"].as<std::size_t>());
    // The view is made after the allocation: growing memory would detach it.
    emscripten::val(emscripten::typed_memory_view(out.size(), out.data())).call<void>("set", array);
    return out;
}

template <class T>
emscripten::val copied_out(std::span<const T> values) {
    return emscripten::val(emscripten::typed_memory_view(values.size(), values.data()))
        .template call<emscripten::val>("slice");
}

// {rgba, width, height}: eight bits a channel, top row first.
inline emscripten::val pixels_out(int width, int height, const std::vector<std::uint8_t>& rgba) {
    emscripten::val out = emscripten::val::object();
    out.set("rgba", copied_out<std::uint8_t>(rgba));
    out.set("width", width);
    out.set("height", height);
    return out;
}

}  // namespace limner::platform
