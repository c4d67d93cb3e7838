// Backdrop, frame and grading: what surrounds the sitter.
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

namespace limner::studio {
namespace {

// Lets a slider change one float of the recipe.
void grade(Studio& studio, const char* label, float Grade::* field, float min, float max, float initial,
           const char* unit = "") {
    Recipe next = studio.recipe;
    bool settled = false;
    if (labelled_slider(label, next.grade.*field, min, max, initial, unit, settled)) edit(studio, next);
    if (settled) settle(studio);
}

void retouch(Studio& studio, const char* label, float Retouch::* field) {
    Recipe next = studio.recipe;
    bool settled = false;
    if (labelled_slider(label, next.retouch.*field, 0, 1, 0, "", settled)) edit(studio, next);
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
    grade(studio, "Background blur", &Grade::depth_of_field, 0, 1, 0.4F);
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
    retouch(studio, "Smooth skin", &Retouch::smooth);
    retouch(studio, "Bright eyes and teeth", &Retouch::whiten);
    gap(12);
    heading("Grading");
    grade(studio, "Exposure", &Grade::exposure, -3, 3, 0, "stops");
    grade(studio, "Contrast", &Grade::contrast, -1, 1, 0);
    grade(studio, "Saturation", &Grade::saturation, -1, 1, 0);
    grade(studio, "Warmth", &Grade::temperature, -1, 1, 0);
    grade(studio, "Vignette", &Grade::vignette, 0, 1, 0);
    grade(studio, "Grain", &Grade::grain, 0, 1, 0);
    gap(24);
}

}  // namespace limner::studio
