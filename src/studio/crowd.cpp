#include "studio/crowd.h"

#include "prompt/prompt.h"
#include "studio/studio.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace limner::studio {
namespace {

constexpr int thumb_side = 192, portrait_side = 512, parent_side = 96;
constexpr std::size_t at_once =
    2;  // one being painted, one waiting: the order can still change for all others
constexpr std::size_t most_steps = 100;
constexpr std::size_t most_kept = 30;  // steps that outlive the visit
constexpr double count_ms = 2;
constexpr const char* option_kinds[] = {"light", "backdrop", "style"};

void ask(Studio& studio, Canvas& canvas, int index, Recipe recipe, int size) {
    canvas.recipe = print_recipe(recipe);
    recipe.frame.size = size;
    canvas.asked = print_recipe(recipe);
    canvas.job = ++studio.jobs;
    platform::tell("paint", {{"slot", slot_names[static_cast<std::size_t>(Slot::crowd)]},
                             {"index", index},
                             {"job", canvas.job},
                             {"size", size},
                             {"recipe", canvas.asked}});
}

// Other people are shown from now on.
void renew(CrowdView& view) {
    view.tiles.clear();
    view.chosen.reset();
    view.reach = 0;
    view.first_seen = view.last_seen = 0;
}

void show_step(Studio& studio) {
    CrowdView& view = studio.crowd;
    renew(view);
    view.shows = Gathering::crowd;
    view.looked = 0;
    view.tally = {};
    view.tally_without.clear();
    view.scroll_to = view.steps[view.step].scroll;
    const Kin& kin = present_crowd(studio).kin;
    view.parents.clear();
    view.parents.resize(kin.of.size());
    for (std::size_t i = 0; i < kin.of.size(); ++i)
        ask(studio, view.parents[i], -2 - static_cast<int>(i), kin.of[i], parent_side);
    studio.frames_wanted = 3;
    platform::tell("crowd", {{"do", "changed"}});
}

// The person who is most wanted and has no picture yet: seen, then just below, then just above.
std::optional<std::uint64_t> most_wanted(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    const std::uint64_t size = crowd_size(studio), seen = view.last_seen - view.first_seen + 1;
    const auto missing = [&](std::uint64_t number) {
        const auto tile = view.tiles.find(number);
        return tile == view.tiles.end() || tile->second.canvas.asked.empty();
    };
    const std::uint64_t end = std::min(size, view.last_seen + 1 + std::min<std::uint64_t>(2 * seen, 80));
    for (std::uint64_t i = view.first_seen; i < end; ++i) {
        if (missing(i)) return i;
    }
    for (std::uint64_t i = view.first_seen; i > 0 && view.first_seen - i < seen / 2; --i) {
        if (missing(i - 1)) return i - 1;
    }
    return std::nullopt;
}

void forget_far_tiles(CrowdView& view) {
    while (view.tiles.size() > kMostTiles) {
        const std::uint64_t lowest = view.tiles.begin()->first, highest = view.tiles.rbegin()->first;
        const std::uint64_t above = view.first_seen > lowest ? view.first_seen - lowest : 0;
        const std::uint64_t below = highest > view.last_seen ? highest - view.last_seen : 0;
        view.tiles.erase(above > below ? lowest : highest);
    }
}

nlohmann::json as_json(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

// Counts a little further, at least as far as `looked`: of how many, and how many have what.
std::string counted_people(Studio& studio, std::uint64_t looked) {
    studio.crowd.looked = std::max(studio.crowd.looked, looked);
    const bool more = present_crowd(studio).kin.of.empty() && crowd_count(studio);
    nlohmann::json out{{"more", more}, {"facets", nlohmann::json::object()}};
    for (std::size_t i = 0; i < schema().attributes.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        const Tally& tally = crowd_tally(studio, attribute.id);
        if (attribute.type == Attribute::Type::vector || tally.people == 0) continue;
        out["facets"][attribute.id] = {{"of", tally.people}, {"counts", tally.counts[i]}};
    }
    for (const char* kind : option_kinds) {
        nlohmann::json& options = out["options"][kind] = nlohmann::json::array();
        for (const CrowdOption& option : crowd_options(studio, kind))
            options.push_back(
                {{"id", option.id}, {"label", option.label}, {"people", option.people}, {"on", option.on}});
    }
    out["of"] = studio.crowd.tally.people;
    return out.dump();
}

std::string error_text(const Error& error) {
    return nlohmann::json{{"error", {{"code", error.code}, {"sentence", error.sentence}}}}.dump();
}

}  // namespace

void People::set(const std::string& text, bool in) {
    if (in) {
        if (has.insert(text).second) texts.push_back(text);
    } else if (has.erase(text) > 0) {
        texts.erase(std::ranges::find(texts, text));
    }
}

void People::clear() {
    texts.clear();
    has.clear();
}

void open_crowd(Studio& studio) {
    CrowdView& view = studio.crowd;
    settle(studio);
    view.open = true;
    view.sheet = false;
    view.focus_grid = true;
    if (view.steps.empty()) {
        const CrowdPreset& first = crowd_presets().front();
        Crowd crowd = first.crowd;
        crowd.seed = next_seed(studio.recipe.seed, ++view.turn);
        crowd_go(studio, std::move(crowd), first.label, first.count);
    }
    view.scroll_to = view.scroll;
    studio.frames_wanted = 3;
    if (view.restored) show_step(studio);
    view.restored = false;
}

void close_crowd(Studio& studio) {
    studio.crowd.open = false;
    studio.crowd.tiles.clear();  // the studio needs no thumbnails
    studio.frames_wanted = 3;
}

const Crowd& present_crowd(const Studio& studio) {
    static const Crowd nobody;
    const CrowdView& view = studio.crowd;
    return view.steps.empty() ? nobody : view.steps[view.step].crowd;
}

void crowd_go(Studio& studio, Crowd crowd, std::string what, int count, bool again) {
    CrowdView& view = studio.crowd;
    if (!view.steps.empty()) {
        CrowdStep& now = view.steps[view.step];
        if (now.crowd == crowd && now.count == count && view.shows == Gathering::crowd) return;
        now.scroll = view.shows == Gathering::crowd ? view.scroll : now.scroll;
        if (again && now.what == what && view.step > 0) {
            now.crowd = std::move(crowd);
            now.scroll = 0;
            return show_step(studio);
        }
        view.steps.resize(view.step + 1);
    }
    view.steps.push_back({std::move(crowd), count, std::move(what), 0});
    if (view.steps.size() > most_steps) view.steps.erase(view.steps.begin());
    view.step = view.steps.size() - 1;
    show_step(studio);
}

bool crowd_can_undo(const Studio& studio) { return studio.crowd.step > 0; }
bool crowd_can_redo(const Studio& studio) { return studio.crowd.step + 1 < studio.crowd.steps.size(); }

void crowd_visit(Studio& studio, std::size_t step) {
    CrowdView& view = studio.crowd;
    if (step >= view.steps.size()) return;
    if (view.shows == Gathering::crowd) view.steps[view.step].scroll = view.scroll;
    view.step = step;
    show_step(studio);
}

void crowd_undo(Studio& studio) {
    if (crowd_can_undo(studio)) crowd_visit(studio, studio.crowd.step - 1);
}

void crowd_redo(Studio& studio) {
    if (crowd_can_redo(studio)) crowd_visit(studio, studio.crowd.step + 1);
}

std::vector<std::size_t> crowd_lineage(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    std::vector<std::size_t> out;
    for (std::size_t i = view.step + 1; i-- > 0 && i < view.steps.size();) {
        const Kin& kin = view.steps[i].crowd.kin;
        // Others of the same parents, or nearer to them, are one generation: the latest of them.
        const bool same = !out.empty() && view.steps[out.back()].crowd.kin.of == kin.of;
        if (!same) out.push_back(i);
        if (kin.of.empty()) break;
    }
    std::ranges::reverse(out);
    return out;
}

void crowd_show(Studio& studio, Gathering gathering) {
    CrowdView& view = studio.crowd;
    if (view.shows == gathering || view.steps.empty()) return;
    if (view.shows == Gathering::crowd) view.steps[view.step].scroll = view.scroll;
    if (gathering == Gathering::crowd) return show_step(studio);
    renew(view);
    view.shows = gathering;
    view.scroll_to = 0;
    studio.frames_wanted = 3;
    platform::tell("crowd", {{"do", "changed"}});
}

void crowd_relatives(Studio& studio, const std::string& how, std::vector<Recipe> of, float amount) {
    CrowdView& view = studio.crowd;
    Crowd crowd;
    crowd.seed = next_seed(of.front().seed, ++view.turn);
    crowd.kin = {how, std::move(of), static_cast<double>(amount), view.locks};
    const std::string count = std::to_string(crowd.kin.of.size());
    const std::string what =
        how == "similar" ? "More like one" : (how == "mix" ? "Mixtures of " : "Children of ") + count;
    // Through the text, so that what is on screen is what a link or a program would give.
    const Result<Crowd> read = parse_crowd(print_crowd(crowd));
    if (!read) return notify(studio, read.error().sentence, true);
    crowd_go(studio, *read, what);
    view.tab = CrowdTab::who;
}

void crowd_kin(Studio& studio, Kin kin) {
    CrowdView& view = studio.crowd;
    (kin.how == "breed" ? view.mutation : view.near) = static_cast<float>(kin.amount);
    view.locks = kin.locks;
    Crowd crowd = present_crowd(studio);
    crowd.kin = std::move(kin);
    const CrowdStep now = view.steps[view.step];
    crowd_go(studio, std::move(crowd), now.what, now.count, true);
}

std::uint64_t crowd_size(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    if (view.shows == Gathering::favourites) return view.favourites.texts.size();
    const int count = view.steps.empty() ? 0 : view.steps[view.step].count;
    return count > 0 ? static_cast<std::uint64_t>(count) : kMostShown;
}

Recipe crowd_member(const Studio& studio, std::uint64_t number) {
    const CrowdView& view = studio.crowd;
    if (view.shows == Gathering::crowd) return crowd_recipe(present_crowd(studio), number);
    if (number >= view.favourites.texts.size()) return {};
    const Result<Recipe> kept = parse_recipe(view.favourites.texts[number]);
    return kept ? *kept : Recipe{};
}

void crowd_choose(Studio& studio, std::uint64_t number) {
    CrowdView& view = studio.crowd;
    const Recipe recipe = crowd_member(studio, number);
    view.chosen = number;
    view.chosen_text = print_recipe(recipe);
    view.chosen_words = describe(recipe, studio.words.language);
    view.tab = CrowdTab::person;
    view.sheet = true;
    ask(studio, view.portrait, -1, recipe, portrait_side);
    studio.frames_wanted = 3;
    platform::tell("announce", {{"sentence", view.chosen_words}});
}

void crowd_pick(Studio& studio, const std::string& text, bool in) {
    CrowdView& view = studio.crowd;
    if (in && view.picked.texts.size() >= kMostPicked)
        return notify(studio, "Ten thousand are selected already. Save those first.", true);
    view.picked.set(text, in);
    if (!view.picked.texts.empty()) view.save.whom = CrowdSave::Whom::picked;
    if (view.picked.texts.empty() && view.save.whom == CrowdSave::Whom::picked)
        view.save.whom = CrowdSave::Whom::first;
    studio.frames_wanted = 3;
    platform::tell("crowd", {{"do", "changed"}});
}

void crowd_keep(Studio& studio, const std::string& text, bool in) {
    CrowdView& view = studio.crowd;
    view.favourites.set(text, in);
    if (view.shows == Gathering::favourites && !in) renew(view);
    studio.frames_wanted = 3;
    platform::tell("crowd", {{"do", "keep"}, {"recipe", text}, {"in", in}});
}

std::vector<Recipe> crowd_picked_recipes(const Studio& studio) {
    std::vector<Recipe> out;
    for (const std::string& text : studio.crowd.picked.texts) {
        if (out.size() == 16) break;
        if (const Result<Recipe> recipe = parse_recipe(text)) out.push_back(*recipe);
    }
    return out;
}

void crowd_feed(Studio& studio) {
    CrowdView& view = studio.crowd;
    if (!view.open || !studio.status.trouble.empty() || crowd_size(studio) == 0) return;
    while (view.flights.size() < at_once) {
        const auto number = most_wanted(studio);
        if (!number) break;
        CrowdTile& tile = view.tiles[*number];
        const Recipe recipe = crowd_member(studio, *number);
        tile.text = print_recipe(recipe);
        // An index of its own: a newer wish for the same place would replace this one, which then never comes back.
        ask(studio, tile.canvas, studio.jobs + 1, recipe, thumb_side);
        view.flights.push_back(tile.canvas.job);
    }
    forget_far_tiles(view);
}

Canvas* crowd_canvas(Studio& studio, int job) {
    CrowdView& view = studio.crowd;
    std::erase(view.flights, job);
    if (view.portrait.job == job) return &view.portrait;
    for (Canvas& parent : view.parents) {
        if (parent.job == job) return &parent;
    }
    for (auto& [number, tile] : view.tiles) {
        if (tile.canvas.job == job) return &tile.canvas;
    }
    crowd_feed(studio);  // nobody waits for this one any more; somebody does for another
    return nullptr;
}

void crowd_failed(Studio& studio, int job) {
    CrowdView& view = studio.crowd;
    std::erase(view.flights, job);
    for (auto& [number, tile] : view.tiles) tile.failed = tile.failed || tile.canvas.job == job;
    crowd_feed(studio);
}

void crowd_forget_pictures(Studio& studio) {
    CrowdView& view = studio.crowd;
    view.tiles.clear();
    view.portrait.texture = {};
    const Kin& kin = present_crowd(studio).kin;
    for (std::size_t i = 0; i < view.parents.size() && i < kin.of.size(); ++i) {
        view.parents[i].texture = {};
        ask(studio, view.parents[i], -2 - static_cast<int>(i), kin.of[i], parent_side);
    }
    if (view.chosen) ask(studio, view.portrait, -1, crowd_member(studio, *view.chosen), portrait_side);
}

bool crowd_count(Studio& studio) {
    CrowdView& view = studio.crowd;
    const Crowd& crowd = present_crowd(studio);
    const double until = platform::now_ms() + count_ms;
    const int count = view.steps.empty() ? 0 : view.steps[view.step].count;
    const int wanted = std::min(count > 0 ? count : static_cast<int>(kMostShown),
                                std::max(kCounted, static_cast<int>(view.looked)));
    // One person at a time: with facets that depend on others somebody takes a millisecond.
    const auto further = [&](const Crowd& of, Tally& tally) {
        while (tally.people < wanted) {
            if (platform::now_ms() > until) return true;
            const auto next = static_cast<std::uint64_t>(tally.people);
            count_people(of, next, next + 1, tally);
        }
        return false;
    };
    if (further(crowd, view.tally)) return true;
    for (const auto& [id, facet] : crowd.facets) {
        Tally& tally = view.tally_without[id];
        if (tally.people >= wanted) continue;
        Crowd without = crowd;
        without.facets.erase(id);
        if (further(without, tally)) return true;
    }
    return false;
}

const Tally& crowd_tally(const Studio& studio, const std::string& facet) {
    const auto found = studio.crowd.tally_without.find(facet);
    return found == studio.crowd.tally_without.end() ? studio.crowd.tally : found->second;
}

std::string crowd_state(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    const bool step = !view.steps.empty();
    nlohmann::json out{
        {"open", view.open},
        {"crowd", step ? as_json(print_crowd(present_crowd(studio))) : nlohmann::json(nullptr)},
        {"count", step ? view.steps[view.step].count : 0},
        {"what", step ? view.steps[view.step].what : ""},
        {"shows", view.shows == Gathering::crowd ? "crowd" : "favourites"},
        {"canUndo", crowd_can_undo(studio)},
        {"canRedo", crowd_can_redo(studio)},
        {"lineage", nlohmann::json::array()},
        {"picked", nlohmann::json::array()},
        {"favourites", view.favourites.texts.size()},
        {"near", view.near},
        {"mutation", view.mutation},
        {"locks", view.locks},
        {"tiles", view.tiles.size()},
        {"saving", {{"running", view.save.running}, {"done", view.save.done}, {"total", view.save.total}}},
        {"seen", {view.first_seen, view.last_seen}},
        {"presets", nlohmann::json::array()}};
    out["painted"] = std::ranges::count_if(
        view.tiles, [](const auto& tile) { return static_cast<bool>(tile.second.canvas.texture); });
    for (const std::size_t i : crowd_lineage(studio))
        out["lineage"].push_back({{"step", i}, {"what", view.steps[i].what}});
    for (const std::string& text : view.picked.texts) out["picked"].push_back(as_json(text));
    for (const CrowdPreset& preset : crowd_presets())
        out["presets"].push_back({{"id", preset.id}, {"label", preset.label}, {"help", preset.help}});
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string crowd_history(const Studio& studio) {
    const CrowdView& view = studio.crowd;
    // The latest up to the present one, and what can be redone as far as there is room.
    const std::size_t from = view.step + 1 > most_kept ? view.step + 1 - most_kept : 0;
    nlohmann::json steps = nlohmann::json::array();
    for (std::size_t i = from; i < view.steps.size() && i < from + most_kept; ++i) {
        const CrowdStep& step = view.steps[i];
        const float scroll = i == view.step && view.shows == Gathering::crowd ? view.scroll : step.scroll;
        steps.push_back({{"crowd", as_json(print_crowd(step.crowd))},
                         {"count", step.count},
                         {"what", step.what},
                         {"scroll", scroll}});
    }
    return nlohmann::json{{"steps", steps}, {"step", view.steps.empty() ? 0 : view.step - from}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<bool> crowd_restore(Studio& studio, const std::string& text) {
    CrowdView& view = studio.crowd;
    const nlohmann::json told = as_json(text);
    const Error bad{"crowd.history", "The crowd of the last visit could not be read."};
    if (!view.steps.empty()) return false;
    if (!told.is_object() || !told.contains("steps") || !told["steps"].is_array()) return bad;
    std::vector<CrowdStep> steps;
    for (const nlohmann::json& one : told["steps"]) {
        if (!one.is_object() || !one.contains("crowd") || steps.size() == most_kept) return bad;
        const Result<Crowd> crowd = parse_crowd(one["crowd"].dump());
        if (!crowd) return crowd.error();
        const auto number = [&](const char* key, double most) {
            const auto found = one.find(key);
            return found != one.end() && found->is_number() ? std::clamp(found->get<double>(), 0.0, most)
                                                            : 0.0;
        };
        const auto what = one.find("what");
        steps.push_back(
            {*crowd, static_cast<int>(number("count", static_cast<double>(kMostShown))),
             what != one.end() && what->is_string() ? what->get<std::string>().substr(0, 100) : "",
             static_cast<float>(number("scroll", 1e9))});
    }
    if (steps.empty()) return false;
    const auto step = told.find("step");
    view.step = step != told.end() && step->is_number_unsigned()
                    ? std::min(step->get<std::size_t>(), steps.size() - 1)
                    : steps.size() - 1;
    view.steps = std::move(steps);
    view.restored = true;
    return true;
}

std::string crowd_command(Studio& studio, const std::string& verb, const std::string& what) {
    CrowdView& view = studio.crowd;
    if (verb == "history") return crowd_history(studio);
    if (verb == "restore") {
        const Result<bool> restored = crowd_restore(studio, what);
        return restored ? "{}" : error_text(restored.error());
    }
    if (verb == "count") return counted_people(studio, std::strtoull(what.c_str(), nullptr, 10));
    if (verb == "favourite") {
        const std::size_t number = std::strtoull(what.c_str(), nullptr, 10);
        return number < view.favourites.texts.size() ? view.favourites.texts[number] : "{}";
    }
    studio.frames_wanted = 3;
    if (verb == "open") open_crowd(studio);
    if (verb == "close") close_crowd(studio);
    for (const char* kind : option_kinds)
        if (verb == kind) crowd_toggle(studio, kind, what);
    if (verb == "undo") crowd_undo(studio);
    if (verb == "redo") crowd_redo(studio);
    if (verb == "visit") crowd_visit(studio, std::strtoull(what.c_str(), nullptr, 10));
    if (verb == "clear") {
        view.picked.clear();
        crowd_pick(studio, "", false);
    }
    if (verb == "favourites") crowd_show(studio, what == "on" ? Gathering::favourites : Gathering::crowd);
    if (verb == "failed") crowd_failed(studio, std::atoi(what.c_str()));
    if (verb == "scroll") view.scroll_to = std::strtof(what.c_str(), nullptr);
    if (verb == "tab") view.tab = static_cast<CrowdTab>(std::clamp(std::atoi(what.c_str()), 0, 2));
    if (verb == "sheet") view.sheet = what == "on";
    if (verb == "choose") crowd_choose(studio, std::strtoull(what.c_str(), nullptr, 10));
    if (verb == "preset") {
        for (const CrowdPreset& preset : crowd_presets()) {
            if (preset.id == what) crowd_go(studio, preset.crowd, preset.label, preset.count);
        }
    }
    if (verb == "crowd") {
        const Result<Crowd> crowd = parse_crowd(what);
        if (!crowd) return error_text(crowd.error());
        crowd_go(studio, *crowd, "Facets");
    }
    if (verb == "pick" || verb == "unpick" || verb == "keep" || verb == "unkeep" || verb == "kept") {
        const Result<Recipe> recipe = parse_recipe(what);
        if (!recipe) return error_text(recipe.error());
        const std::string text = print_recipe(*recipe);
        if (verb == "pick" || verb == "unpick") crowd_pick(studio, text, verb == "pick");
        if (verb == "keep" || verb == "unkeep") crowd_keep(studio, text, verb == "keep");
        if (verb == "kept") view.favourites.set(text, true);  // from an earlier visit
    }
    if (verb == "near" || verb == "mutation" || verb == "lock" || verb == "unlock") {
        const float amount = std::clamp(std::strtof(what.c_str(), nullptr), 0.0F, 1.0F);
        if (verb == "near") view.near = amount;
        if (verb == "mutation") view.mutation = amount;
        if (verb == "lock" && std::ranges::find(schema().groups, what, &Group::id) != schema().groups.end())
            view.locks.insert(what);
        if (verb == "unlock") view.locks.erase(what);
        Kin kin = present_crowd(studio).kin;
        kin.locks = view.locks;
        if (verb == (kin.how == "breed" ? "mutation" : "near"))
            kin.amount = tidy_number(amount).get<double>();
        if (!kin.of.empty()) crowd_kin(studio, std::move(kin));
    }
    if (verb == "similar" || verb == "mix" || verb == "breed") {
        std::vector<Recipe> of;
        const nlohmann::json list = as_json(what);
        for (const nlohmann::json& one : list.is_array() ? list : nlohmann::json::array()) {
            const Result<Recipe> recipe = parse_recipe(one.dump());
            if (!recipe) return error_text(recipe.error());
            of.push_back(*recipe);
        }
        if (of.size() < (verb == "similar" ? 1U : 2U))
            return error_text({"crowd.kin", "Select two people or more first."});
        crowd_relatives(studio, verb, std::move(of), verb == "breed" ? view.mutation : view.near);
    }
    if (verb == "saving") {
        const nlohmann::json told = as_json(what);
        if (!told.is_object()) return "{}";
        CrowdSave& save = view.save;
        save.running = told.value("running", false);
        save.paused = told.value("paused", false);
        save.done = told.value("done", 0);
        save.total = told.value("total", 0);
        save.megabytes = told.value("megabytes", 0.0);
        save.seconds_left = told.value("secondsLeft", 0.0);
    }
    return "{}";
}

}  // namespace limner::studio
