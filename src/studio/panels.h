// The studio's panels, one file each; `layout.cpp` puts them on the screen.
#pragma once
#include "studio/studio.h"

#include <array>
#include <string>
#include <utility>

namespace limner::studio {

// A recipe's kinds of backdrop, and what they are called.
inline constexpr std::array<std::pair<const char*, const char*>, 5> backdrop_kinds{
    {{"studio", "Studio"},
     {"plain", "Plain"},
     {"gradient", "Gradient"},
     {"scene", "Scene"},
     {"transparent", "Transparent"}}};

void top_bar(Studio& studio, float width, float height, bool phone);
void stage(Studio& studio, const ImVec2& at, const ImVec2& size, bool phone);
void history_strip(Studio& studio, const ImVec2& size);
void person_panel(Studio& studio);
void light_panel(Studio& studio);
void picture_panel(Studio& studio);
void style_panel(Studio& studio);
void alike_panel(Studio& studio);
void words_panel(Studio& studio);
void words_line(Studio& studio, float width);
void save_popup(Studio& studio);
void privacy_popup(Studio& studio);
void hint(Studio& studio, const ImVec2& at, const ImVec2& size);
// The gallery, in place of portrait and panel (crowd_view.cpp); its parts.
void crowd_view(Studio& studio, const ImVec2& screen, bool phone);
void crowd_grid(Studio& studio, const ImVec2& at, const ImVec2& size);
void crowd_facets(Studio& studio);
void crowd_person(Studio& studio);
void crowd_save(Studio& studio);
std::string facet_range(const Attribute& attribute, const Facet& facet);  // "25 – 40 years"

void notice(Studio& studio, const ImVec2& below, float width);

// One row for an attribute: label, value, lock, reset, and the control its type asks for.
void attribute_row(Studio& studio, const Attribute& attribute, const Value& value);

}  // namespace limner::studio
