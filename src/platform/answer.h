// How a Result crosses to JavaScript: {value: …} or {error: {code, sentence}}; web/fault.js opens it.
#pragma once
#include "base/result.h"

#include <emscripten/val.h>
#include <utility>

namespace limner::platform {

inline emscripten::val failed(const Error& error) {
    emscripten::val out = emscripten::val::object(), what = emscripten::val::object();
    what.set("code", error.code);
    what.set("sentence", error.sentence);
    out.set("error", what);
    return out;
}

inline emscripten::val good(emscripten::val value) {
    emscripten::val out = emscripten::val::object();
    out.set("value", std::move(value));
    return out;
}

}  // namespace limner::platform
