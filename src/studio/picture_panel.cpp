// Backdrop, frame and grading: what surrounds the sitter.
#include "studio/dials.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

namespace limner::studio {
namespace {

void slider(Studio& studio, const char* id) {
    const Dial& dial = *dial_of(id);
    Recipe next = studio.recipe;
    bool settled = false;
    if (labelled_slider(dial.label, dial.of(next), dial.min, dial.max, dial.initial, dial.unit, settled))
        edit(studio, next);
    if (settled) settle(studio);
}

void backdrop(Studio& studio) {
    heading("Backdrop");
    Recipe next = studio.recipe;
    for (const auto& [id, label] : backdrop_kinds) {
        if (pill(label, next.backdrop.kind == id, id == backdrop_kinds.front().first)) {
            next.backdrop.kind = id;
            adopt(studio, next, "Backdrop");
        }
    }
    gap(8);
    const std::string& kind = studio.recipe.backdrop.kind;
    if (kind == "transparent") return;
    bool settled = false;
    bool changed = colour_field("Colour", next.backdrop.colour, settled);
    if (kind == "gradient" || kind == "scene") {
        ImGui::SameLine(0, 28);
        changed |= colour_field("Second colour", next.backdrop.colour2, settled);
    }
    if (changed) edit(studio, next);
    if (settled) settle(studio, "Backdrop");
    if (kind != "scene") return;
    gap(8);
    if (button(icon::dice, "Another scene", Look::raised)) {
        next.backdrop.seed += 1;
        adopt(studio, next, "Scene");
    }
    gap(8);
    slider(studio, "grade.depth_of_field");
}

}  // namespace

void picture_panel(Studio& studio) {
    backdrop(studio);
    gap(18);
    heading("Frame");
    Recipe next = studio.recipe;
    if (pill("Square", next.frame.shape == "square", true)) {
        next.frame.shape = "square";
        adopt(studio, next, "Frame");
    }
    if (pill("Circle", next.frame.shape == "circle", false)) {
        next.frame.shape = "circle";
        adopt(studio, next, "Frame");
    }
    gap(18);
    heading("Retouch");
    for (const char* id : {"retouch.smooth", "retouch.whiten"}) slider(studio, id);
    gap(12);
    heading("Grading");
    for (const char* id : {"grade.exposure", "grade.contrast", "grade.saturation", "grade.temperature",
                           "grade.vignette", "grade.grain"})
        slider(studio, id);
    gap(24);
}

}  // namespace limner::studio
