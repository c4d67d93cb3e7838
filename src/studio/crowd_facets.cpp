// Who is in the crowd: crowds to start from, facets of the schema with the shares they have, lights and styles; for
// relatives, how near they are and what they keep.
#include "base/sort_few.h"
#include "sitter/mixes.h"
#include "studio/panels.h"
#include "studio/range_slider.h"
#include "studio/theme.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace limner::studio {
namespace {

constexpr std::size_t few_choices = 12;

int count_of(const Studio& studio) { return studio.crowd.steps[studio.crowd.step].count; }

void narrow(Studio& studio, const Attribute& attribute, std::optional<Facet> facet, bool again) {
    Crowd crowd = present_crowd(studio);
    crowd.facets.erase(attribute.id);
    crowd.base.set.erase(attribute.id);
    if (facet) crowd.facets[attribute.id] = *std::move(facet);
    crowd_go(studio, std::move(crowd), attribute.label, count_of(studio), again);
}

// Empty before anybody was counted.
std::span<const int> counts_of(const Studio& studio, std::size_t index) {
    const Tally& tally = crowd_tally(studio, schema().attributes[index].id);
    return tally.people > 0 ? std::span<const int>(tally.counts[index]) : std::span<const int>();
}

// An option's label with how many have it.
std::string counted(const std::string& label, int count) {
    return label + "  " + grouped(static_cast<std::uint64_t>(count));
}

std::string of_people(const Tally& tally) {
    return "of " + grouped(static_cast<std::uint64_t>(tally.people));
}

void number_facet(Studio& studio, std::size_t index, const Facet* facet) {
    const Attribute& attribute = schema().attributes[index];
    const auto min = static_cast<float>(attribute.min), max = static_cast<float>(attribute.max);
    float low = facet ? static_cast<float>(facet->low) : min,
          high = facet ? static_cast<float>(facet->high) : max;
    bool settled = false;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
    const bool moved =
        range_slider("range", low, high, min, max, counts_of(studio, index), facet != nullptr, settled);
    ImGui::PopStyleVar();
    if (moved) {
        const bool whole = attribute.unit == "years" || attribute.unit == "deg";
        const double steps = whole ? 1 : 100;
        const auto tidy = [&](float value) {
            return std::clamp(
                tidy_number(static_cast<float>(std::round(value * steps) / steps)).get<double>(),
                attribute.min, attribute.max);
        };
        const Facet next{tidy(low), tidy(high), {}};
        const bool all = next.low <= attribute.min && next.high >= attribute.max;
        narrow(studio, attribute, all ? std::nullopt : std::optional<Facet>(next), true);
    }
    if (!attribute.low.empty() || !attribute.high.empty()) {
        const Type type(Face::text, type_size::small);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        ImDrawList* draw = ImGui::GetWindowDrawList();
        draw->AddText(at, colour::faint, attribute.low.c_str());
        draw->AddText(ImVec2(at.x + width - ImGui::CalcTextSize(attribute.high.c_str()).x, at.y),
                      colour::faint, attribute.high.c_str());
        ImGui::Dummy(ImVec2(0, 12));
    }
    gap(10);
}

void choice_facet(Studio& studio, std::size_t index, const Facet* facet) {
    const Attribute& attribute = schema().attributes[index];
    CrowdView& view = studio.crowd;
    const std::span<const int> counts = counts_of(studio, index);
    const bool many = attribute.choices.size() > few_choices,
               folded = many && view.open_choice != attribute.id;
    bool first = true;
    for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
        const bool on = facet != nullptr &&
                        std::ranges::find(facet->choices, static_cast<int>(i)) != facet->choices.end();
        if (folded && !on) continue;
        std::string label = attribute.choices[i].label;
        if (!counts.empty()) label = counted(label, counts[i]);
        const bool pressed = pill((label + "###" + attribute.choices[i].id).c_str(), on, first);
        first = false;
        if (!pressed) continue;
        Facet next = facet ? *facet : Facet{};
        if (on) {
            std::erase(next.choices, static_cast<int>(i));
        } else {
            next.choices.push_back(static_cast<int>(i));
            sort_few(next.choices);
        }
        const bool all = next.choices.empty() || next.choices.size() == attribute.choices.size();
        narrow(studio, attribute, all ? std::nullopt : std::optional<Facet>(next), false);
        break;
    }
    if (many) {
        const std::string label =
            folded ? "Choose among " + std::to_string(attribute.choices.size()) + "…" : "Fewer";
        if (pill(label.c_str(), false, first)) view.open_choice = folded ? attribute.id : "";
    }
    gap(12);
}

void facet_row(Studio& studio, std::size_t index) {
    const Attribute& attribute = schema().attributes[index];
    // A copy: what a control does may replace the crowd.
    const auto& facets = present_crowd(studio).facets;
    const auto found = facets.find(attribute.id);
    const std::optional<Facet> facet =
        found == facets.end() ? std::nullopt : std::optional<Facet>(found->second);
    ImGui::PushID(attribute.id.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, side = touch() ? 40.0F : 26.0F;
    const float y = at.y + (side - ImGui::GetFontSize()) / 2;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddText(ImVec2(at.x, y), colour::text, attribute.label.c_str());
    const bool ranged = facet && attribute.type == Attribute::Type::number;
    const std::string right =
        ranged ? facet_range(attribute, *facet) : of_people(crowd_tally(studio, attribute.id));
    draw->AddText(ImVec2(at.x + width - ImGui::CalcTextSize(right.c_str()).x, y),
                  ranged ? colour::accent : colour::faint, right.c_str());
    if (facet) {
        ImGui::SetCursorScreenPos(ImVec2(at.x + ImGui::CalcTextSize(attribute.label.c_str()).x + 6, at.y));
        if (icon_button(icon::reset, "Everybody again", false, true, Look::quiet, side))
            narrow(studio, attribute, std::nullopt, false);
    }
    ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + side));
    if (attribute.type == Attribute::Type::number) number_facet(studio, index, facet ? &*facet : nullptr);
    if (attribute.type == Attribute::Type::choice) choice_facet(studio, index, facet ? &*facet : nullptr);
    ImGui::PopID();
}

// The clickable line of a group; `count` of its facets are narrowed.
bool group_line(Studio& studio, const std::string& id, const char* label, int count) {
    CrowdView& view = studio.crowd;
    ImGui::PushID(id.c_str());
    const bool open = view.open_group == id;
    const float width = ImGui::GetContentRegionAvail().x, height = touch() ? 52.0F : 44.0F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddLine(at, ImVec2(at.x + width, at.y), colour::line);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    if (ImGui::InvisibleButton("##line", ImVec2(width, height), ImGuiButtonFlags_EnableNav))
        view.open_group = open ? "" : id;
    ImGui::PopStyleVar();
    const bool bright = ImGui::IsItemHovered() || open;
    const Type type(Face::bold, type_size::body + 0.5F);
    const float y = at.y + (height - ImGui::GetFontSize()) / 2;
    draw->AddText(ImVec2(at.x, y), bright ? colour::text : colour::quiet, open ? icon::down : icon::right);
    draw->AddText(ImVec2(at.x + 26, y), bright ? colour::text : blended(colour::text, colour::quiet, 0.4F),
                  label);
    if (count > 0) {
        const std::string number = std::to_string(count);
        const float x = at.x + width - ImGui::CalcTextSize(number.c_str()).x - 8;
        draw->AddCircleFilled(ImVec2(x + ImGui::CalcTextSize(number.c_str()).x / 2, at.y + height / 2), 11,
                              colour::accent_soft, 24);
        draw->AddText(ImVec2(x, y), colour::accent, number.c_str());
    }
    return open;
}

// The pills of "light", "backdrop" or "style", under a line that says what they mean.
void option_facet(Studio& studio, const char* kind, const std::string& about) {
    note((about + "Counts are " + of_people(studio.crowd.tally) + ".").c_str());
    gap(4);
    bool first = true;
    for (const CrowdOption& option : crowd_options(studio, kind)) {
        if (pill((counted(option.label, option.people) + "###" + option.id).c_str(), option.on, first))
            crowd_toggle(studio, kind, option.id);
        first = false;
    }
}

void backdrop_facet(Studio& studio) {
    option_facet(studio, "backdrop", "");
    gap(6);
    Crowd crowd = present_crowd(studio);
    bool settled = false;
    const bool coloured = crowd.backdrops.empty() && crowd.base.backdrop.kind != "transparent";
    if (coloured && colour_field("Colour", crowd.base.backdrop.colour, settled))
        crowd_go(studio, std::move(crowd), "Backdrop’s colour", count_of(studio), true);
    gap(12);
}

void start_from(Studio& studio) {
    CrowdView& view = studio.crowd;
    heading("Who is in the crowd");
    bool first = true;
    for (const CrowdPreset& preset : crowd_presets()) {
        const bool on = view.steps[view.step].what == preset.label;
        if (pill(preset.label.c_str(), on, first)) crowd_go(studio, preset.crowd, preset.label, preset.count);
        if (!touch()) ImGui::SetItemTooltip("%s", preset.help.c_str());
        first = false;
    }
    gap(4);
    for (const CrowdPreset& preset : crowd_presets()) {
        if (view.steps[view.step].what == preset.label) note(preset.help.c_str());
    }
    gap(8);
    const float wide = ImGui::GetContentRegionAvail().x;
    if (button(icon::dice, "Other people", Look::accent, wide)) {
        Crowd crowd = present_crowd(studio);
        crowd.seed = next_seed(crowd.seed, ++view.turn);
        crowd_go(studio, std::move(crowd), view.steps[view.step].what, count_of(studio));
    }
    gap(4);
    const std::span<const Mix> all = mixes();
    std::vector<const char*> labels;
    for (const Mix& mix : all) labels.push_back(mix.label.c_str());
    const Mix* known = find_mix(present_crowd(studio).mix);
    const auto now = static_cast<std::size_t>(known == nullptr ? 0 : known - all.data());
    if (const int picked = drop_down("##mix", labels, now); picked >= 0) {
        Crowd crowd = present_crowd(studio);
        crowd.mix = all[static_cast<std::size_t>(picked)].id;
        crowd_go(studio, std::move(crowd), view.steps[view.step].what, count_of(studio));
    }
    note(all[now].help.c_str());
    gap(10);
}

void strangers(Studio& studio) {
    start_from(studio);
    const Crowd& crowd = present_crowd(studio);
    if (!crowd.facets.empty() && button(icon::reset, "Clear all facets", Look::quiet)) {
        Crowd next = crowd;
        next.facets.clear();
        crowd_go(studio, std::move(next), "No facets", count_of(studio));
    }
    const auto narrowed_in = [&](const std::string& group) {
        return static_cast<int>(std::ranges::count_if(present_crowd(studio).facets, [&](const auto& facet) {
            return schema().find(facet.first)->group == group;
        }));
    };
    const Schema& all = schema();
    for (const Group& group : all.groups) {
        if (!group_line(studio, group.id, group.label.c_str(), narrowed_in(group.id))) continue;
        for (std::size_t i = 0; i < all.attributes.size(); ++i) {
            if (all.attributes[i].group == group.id && all.attributes[i].type != Attribute::Type::vector)
                facet_row(studio, i);
        }
    }
    const Crowd now = present_crowd(studio);
    if (group_line(studio, "light", "Light", static_cast<int>(now.lights.size()))) {
        option_facet(studio, "light", "Each person gets one of the lights you choose. ");
        gap(12);
    }
    if (group_line(studio, "backdrop", "Backdrop", 0)) backdrop_facet(studio);
    if (group_line(studio, "style", "Style", static_cast<int>(now.styles.size()))) {
        option_facet(studio, "style",
                     "Each person gets one of the styles you choose; without any, all are photographs. ");
        gap(12);
    }
    gap(10);
    const int people = studio.crowd.tally.people;
    const bool everybody = people == count_of(studio);
    note(((everybody ? "Counted among all " : "Counted among the first ") +
          grouped(static_cast<std::uint64_t>(people)) +
          (everybody ? " people." : " people; looking further counts further."))
             .c_str());
    gap(24);
}

void relatives(Studio& studio) {
    const CrowdView& view = studio.crowd;
    const Kin kin = present_crowd(studio).kin;
    heading(view.steps[view.step].what.c_str());
    constexpr float side = 62;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const int columns = std::max(1, static_cast<int>(ImGui::GetContentRegionAvail().x / (side + 8)));
    for (std::size_t i = 0; i < view.parents.size(); ++i) {
        if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, 8);
        const ImVec2 at = ImGui::GetCursorScreenPos(), to(at.x + side, at.y + side);
        ImGui::Dummy(ImVec2(side, side));
        draw->AddRectFilled(at, to, colour::raised, 10);
        if (view.parents[i].texture)
            draw->AddImageRounded(view.parents[i].texture.id(), at, to, ImVec2(0, 0), ImVec2(1, 1),
                                  IM_COL32_WHITE, 10);
    }
    gap(10);
    auto amount = static_cast<float>(kin.amount);
    bool settled = false;
    if (labelled_slider(kin.how == "similar" ? "How different"
                        : kin.how == "mix"   ? "Freedom"
                                             : "Mutation",
                        amount, 0, 1, kin.how == "breed" ? 0.15F : 0.35F, "", settled)) {
        Kin next = kin;
        next.amount = tidy_number(static_cast<float>(std::round(amount * 100.0F) / 100.0F)).get<double>();
        crowd_kin(studio, std::move(next));
    }
    gap(6);
    note(kin.how == "breed" ? "Locked: children have these from the first parent."
                            : "Locked: stays as it is.");
    gap(4);
    bool first = true;
    for (const Group& group : schema().groups) {
        const bool on = kin.locks.contains(group.id);
        if (pill(group.label.c_str(), on, first)) {
            Kin next = kin;
            if (on) {
                next.locks.erase(group.id);
            } else {
                next.locks.insert(group.id);
            }
            crowd_kin(studio, std::move(next));
        }
        first = false;
    }
    gap(12);
    const float wide = ImGui::GetContentRegionAvail().x;
    if (button(icon::dice, kin.how == "breed" ? "Other children" : "Others", Look::accent, wide)) {
        Crowd crowd = present_crowd(studio);
        crowd.seed = next_seed(crowd.seed, ++studio.crowd.turn);
        crowd_go(studio, std::move(crowd), view.steps[view.step].what, count_of(studio));
    }
    if (button(icon::back, "Back to the crowd before", Look::raised, wide, crowd_can_undo(studio)))
        crowd_undo(studio);
    gap(24);
}

}  // namespace

std::string facet_range(const Attribute& attribute, const Facet& facet) {
    const auto end = [&](double value) {
        return shown(static_cast<float>(value), static_cast<float>(attribute.min),
                     static_cast<float>(attribute.max), attribute.unit);
    };
    // The unit once, at the end.
    std::string from = end(facet.low);
    if (const auto space = from.find(' '); space != std::string::npos) from.resize(space);
    return from == end(facet.high) ? from : from + " – " + end(facet.high);
}

void crowd_facets(Studio& studio) {
    present_crowd(studio).kin.of.empty() ? strangers(studio) : relatives(studio);
    if (present_crowd(studio).kin.of.empty() && crowd_count(studio))
        studio.frames_wanted = std::max(studio.frames_wanted, 2);
}

}  // namespace limner::studio
