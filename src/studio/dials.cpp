#include "studio/dials.h"

#include <algorithm>
#include <array>

namespace limner::studio {
namespace {

constexpr std::array dials{
    Dial{"grade.exposure", "Exposure", -3, 3, 0, "stops",
         [](Recipe& r) -> float& { return r.grade.exposure; }},
    Dial{"grade.contrast", "Contrast", -1, 1, 0, "", [](Recipe& r) -> float& { return r.grade.contrast; }},
    Dial{"grade.saturation", "Saturation", -1, 1, 0, "",
         [](Recipe& r) -> float& { return r.grade.saturation; }},
    Dial{"grade.temperature", "Warmth", -1, 1, 0, "",
         [](Recipe& r) -> float& { return r.grade.temperature; }},
    Dial{"grade.vignette", "Vignette", 0, 1, 0, "", [](Recipe& r) -> float& { return r.grade.vignette; }},
    Dial{"grade.grain", "Grain", 0, 1, 0, "", [](Recipe& r) -> float& { return r.grade.grain; }},
    Dial{"grade.depth_of_field", "Background blur", 0, 1, 0.4F, "",
         [](Recipe& r) -> float& { return r.grade.depth_of_field; }},
    Dial{"retouch.smooth", "Smooth skin", 0, 1, 0, "", [](Recipe& r) -> float& { return r.retouch.smooth; }},
    Dial{"retouch.whiten", "Bright eyes and teeth", 0, 1, 0, "",
         [](Recipe& r) -> float& { return r.retouch.whiten; }},
    Dial{"style.strength", "Strength", 0, 1, 1, "", [](Recipe& r) -> float& { return r.style.strength; }},
};

}  // namespace

const Dial* dial_of(std::string_view id) {
    const auto found = std::ranges::find_if(dials, [&](const Dial& dial) { return id == dial.id; });
    return found == dials.end() ? nullptr : &*found;
}

}  // namespace limner::studio
