// The light stage: up to four lights on a sphere around the head, an ambient light, and set-ups photographers know.
#include "studio/light_presets.h"
#include "studio/panels.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace limner::studio {
namespace {

constexpr float rad = 0.017453292F;
constexpr std::size_t most_lights = 4;

// The whole sphere on a disc, the camera in the middle (azimuthal equidistant): a light behind the head is near the rim.
ImVec2 on_disc(const LightSource& light) {
    const float az = light.azimuth_deg * rad, el = light.elevation_deg * rad;
    const float x = std::cos(el) * std::sin(az), y = std::sin(el), z = std::cos(el) * std::cos(az);
    const float from_axis = std::acos(std::clamp(z, -1.0F, 1.0F)) / 3.14159265F;  // 0..1
    const float across = std::sqrt(x * x + y * y);
    return across < 1e-5F ? ImVec2(0, z < 0 ? -1.0F : 0.0F)
                          : ImVec2(x / across * from_axis, -y / across * from_axis);
}

void from_disc(ImVec2 at, LightSource& light) {
    const float away = std::min(1.0F, std::sqrt(at.x * at.x + at.y * at.y));
    const float angle = away * 3.14159265F, turn = std::atan2(-at.y, at.x);
    const float x = std::sin(angle) * std::cos(turn), y = std::sin(angle) * std::sin(turn),
                z = std::cos(angle);
    light.azimuth_deg = std::round(std::atan2(x, z) / rad);
    light.elevation_deg = std::round(std::asin(std::clamp(y, -1.0F, 1.0F)) / rad);
}

ImU32 shown_colour(const std::array<float, 3>& linear) {
    return ImGui::ColorConvertFloat4ToU32(
        ImVec4(std::sqrt(linear[0]), std::sqrt(linear[1]), std::sqrt(linear[2]), 1));
}

void ball(ImDrawList* draw, const ImVec2& centre, float radius) {
    draw->AddCircleFilled(centre, radius, colour::raised, 96);
    constexpr int steps = 40;          // fine enough that no ring shows
    for (int i = 0; i < steps; ++i) {  // the head, softly lit from the front
        const float t = static_cast<float>(i) / (steps - 1);
        draw->AddCircleFilled(ImVec2(centre.x, centre.y - radius * 0.05F * t),
                              radius * 0.5F * (1 - 0.75F * t),
                              blended(colour::hovered, colour::faint, t * 0.55F), 64);
    }
    draw->AddCircle(centre, radius * 0.5F, colour::line, 96, 1.5F);
    draw->AddCircle(centre, radius, colour::line, 96, 1.5F);
}

// Last, so that no light's glow lies over them.
void directions(ImDrawList* draw, const ImVec2& centre, float radius) {
    const Type type(Face::text, type_size::small);
    const auto label = [&](const char* text, float y) {
        draw->AddText(ImVec2(centre.x - ImGui::CalcTextSize(text).x / 2, y), colour::quiet, text);
    };
    label("above", centre.y - radius * 0.5F - 20);
    label("below", centre.y + radius * 0.5F + 5);
    label("behind", centre.y - radius + 5);
}

void sphere(Studio& studio) {
    const float width = ImGui::GetContentRegionAvail().x, radius = std::min(width, 300.0F) / 2 - 10;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 centre(at.x + width / 2, at.y + radius + 6);
    ImGui::InvisibleButton("Lights", ImVec2(width, radius * 2 + 12), ImGuiButtonFlags_EnableNav);
    claim_touch(ImVec2(centre.x - radius, centre.y - radius), ImVec2(centre.x + radius, centre.y + radius));
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ball(draw, centre, radius);

    Recipe next = studio.recipe;
    auto& lights = next.light.sources;
    const auto place = [&](const LightSource& light) {
        const ImVec2 p = on_disc(light);
        return ImVec2(centre.x + p.x * radius, centre.y + p.y * radius);
    };
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const auto distance = [&](const ImVec2& p) { return std::hypot(p.x - mouse.x, p.y - mouse.y); };
    if (ImGui::IsItemActivated() && !next.light.canonical) {
        for (std::size_t i = 0; i < lights.size(); ++i) {
            const auto chosen = static_cast<std::size_t>(studio.chosen_light);
            if (chosen >= lights.size() || distance(place(lights[i])) < distance(place(lights[chosen]))) {
                studio.chosen_light = static_cast<int>(i);
            }
        }
    }
    const auto chosen = static_cast<std::size_t>(studio.chosen_light);
    if (ImGui::IsItemActive() && ImGui::IsMouseDown(0)) {
        if (next.light.canonical) {
            next.light = studio_mix();
            studio.chosen_light = 0;
        }
        const ImVec2 p((mouse.x - centre.x) / radius, (mouse.y - centre.y) / radius);
        if (static_cast<std::size_t>(studio.chosen_light) < lights.size()) {
            from_disc(p, lights[static_cast<std::size_t>(studio.chosen_light)]);
        }
        edit(studio, next);
    }
    if (ImGui::IsItemDeactivated()) settle(studio, "Light");
    const LightMix mix = next.light.canonical ? studio_mix() : next.light;
    for (std::size_t i = 0; i < mix.sources.size(); ++i) {
        const LightSource& light = mix.sources[i];
        const ImVec2 p = place(light);
        const float size = 7 + 2.2F * std::sqrt(std::max(0.0F, light.gain));
        const ImU32 tint = shown_colour(light.colour);
        for (int ring = 10; ring > 0; --ring) {
            draw->AddCircleFilled(p, size + static_cast<float>(ring) * 1.7F, faded(tint, 0.035F), 32);
        }
        draw->AddCircleFilled(p, size, faded(tint, next.light.canonical ? 0.75F : 1.0F), 32);
        if (i == chosen && !next.light.canonical) draw->AddCircle(p, size + 5, colour::text, 32, 2);
    }
    directions(draw, centre, radius);
}

void presets(Studio& studio) {
    Recipe next = studio.recipe;
    if (pill("Studio", next.light.canonical, true)) {
        next.light = {};
        adopt(studio, next, "Studio light");
    }
    for (const LightPreset& preset : light_presets()) {
        Recipe probe = studio.recipe;
        probe.light = preset.mix;
        if (pill(preset.label.c_str(), same(probe, studio.recipe), false)) {
            studio.chosen_light = 0;
            adopt(studio, probe, preset.label);
        }
    }
}

void chosen_light(Studio& studio) {
    Recipe next = studio.recipe;
    auto& lights = next.light.sources;
    bool changed = false, settled = false;
    bool first = true;
    for (std::size_t i = 0; i < lights.size(); ++i) {
        if (pill(("Light " + std::to_string(i + 1)).c_str(), static_cast<int>(i) == studio.chosen_light,
                 first)) {
            studio.chosen_light = static_cast<int>(i);
        }
        first = false;
    }
    if (lights.size() < most_lights) {
        if (!first) ImGui::SameLine(0, 8);
        if (icon_button(icon::plus, "Another light", false, true, Look::raised, touch() ? 40.0F : 31.0F)) {
            lights.push_back({lights.size() % 2 == 0 ? -40.0F : 40.0F, 30, 1, {1, 1, 1}});
            studio.chosen_light = static_cast<int>(lights.size()) - 1;
            adopt(studio, next, "Another light");
            return;
        }
    }
    const auto chosen = static_cast<std::size_t>(std::max(0, studio.chosen_light));
    if (chosen < lights.size()) {
        gap(8);
        LightSource& light = lights[chosen];
        changed |= labelled_slider("Strength", light.gain, 0, 8, 1, "", settled);
        changed |= colour_field("Colour", light.colour, settled);
        ImGui::SameLine(0, 24);
        if (icon_button(icon::trash, "Remove this light")) {
            lights.erase(lights.begin() + static_cast<std::ptrdiff_t>(chosen));
            studio.chosen_light = 0;
            adopt(studio, next, "Light removed");
            return;
        }
    }
    gap(10);
    changed |= labelled_slider("Ambient", next.light.ambient_gain, 0, 4, 0.5F, "", settled);
    changed |= colour_field("Ambient colour", next.light.ambient_colour, settled);
    if (changed) edit(studio, next);
    if (settled) settle(studio, "Light");
}

}  // namespace

void light_panel(Studio& studio) {
    heading("Light");
    note("Drag a light around the head. The ring is beside it, the rim is behind it.");
    gap(6);
    sphere(studio);
    gap(10);
    presets(studio);
    gap(16);
    if (!studio.recipe.light.canonical) {
        chosen_light(studio);
    } else if (button(icon::tune, "Set up my own lights", Look::raised)) {
        Recipe next = studio.recipe;
        next.light = studio_mix();
        adopt(studio, next, "Own lights");
    }
    gap(24);
}

}  // namespace limner::studio
