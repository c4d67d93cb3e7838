// What else a crowd is made of beside the schema's facets: lights, a backdrop, styles.
#include "finish/style.h"
#include "studio/light_presets.h"
#include "studio/panels.h"
#include "studio/studio.h"

#include <algorithm>

namespace limner::studio {
namespace {

StyleChoice style_of(const std::string& name) {
    StyleChoice choice;
    choice.name = name;
    return choice;
}

int count_named(const std::map<std::string, int>& counts, const std::string& name) {
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

template <class Option>
void toggle(std::vector<Option>& options, const Option& option) {
    if (const auto found = std::ranges::find(options, option); found != options.end())
        options.erase(found);
    else
        options.push_back(option);
}

template <class Option>
bool has(const std::vector<Option>& options, const Option& option) {
    return std::ranges::find(options, option) != options.end();
}

}  // namespace

std::vector<CrowdOption> crowd_options(const Studio& studio, std::string_view kind) {
    const Crowd& crowd = present_crowd(studio);
    const Tally& tally = studio.crowd.tally;
    std::vector<CrowdOption> out;
    if (kind == "light") {
        const auto add = [&](const std::string& label, const LightMix& mix) {
            out.push_back({label, label, tally.with(mix), has(crowd.lights, mix)});
        };
        add("Studio", {});
        for (const LightPreset& preset : light_presets()) add(preset.label, preset.mix);
    }
    if (kind == "backdrop") {
        for (const auto& [id, label] : backdrop_kinds)
            out.push_back({id, label, count_named(tally.backdrops, id),
                           crowd.backdrops.empty() && crowd.base.backdrop.kind == id});
    }
    if (kind == "style") {
        const auto add = [&](const std::string& name, const std::string& label) {
            out.push_back({name, label, count_named(tally.styles, name), has(crowd.styles, style_of(name))});
        };
        add("", "Photograph");
        for (const Style& one : styles().all()) {
            if (one.name != "example") add(one.name, one.label);
        }
    }
    return out;
}

void crowd_toggle(Studio& studio, std::string_view kind, const std::string& id) {
    const std::vector<CrowdOption> known = crowd_options(studio, kind);
    if (std::ranges::find(known, id, &CrowdOption::id) == known.end()) return;
    Crowd crowd = present_crowd(studio);
    const int count = studio.crowd.steps[studio.crowd.step].count;
    if (kind == "light") {
        const LightPreset* preset = light_preset(id);
        toggle(crowd.lights, preset != nullptr ? preset->mix : LightMix{});
        crowd_go(studio, std::move(crowd), "Light", count);
    } else if (kind == "backdrop") {
        crowd.backdrops.clear();
        crowd.base.backdrop.kind = id;
        crowd_go(studio, std::move(crowd), "Backdrop", count);
    } else {
        toggle(crowd.styles, style_of(id));
        crowd_go(studio, std::move(crowd), "Style", count);
    }
}

}  // namespace limner::studio
