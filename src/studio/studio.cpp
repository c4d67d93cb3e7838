#include "studio/studio.h"

#include "finish/style.h"
#include "platform/foresight.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace limner::studio {
namespace {

constexpr std::size_t history_length = 80;
constexpr int thumb_side = 96;
constexpr int tile_side = 192;
constexpr int soon_side = 256;
constexpr int larger = 4;  // times, from one picture of a portrait to the next
constexpr double quick_ms = 60;

void ask(Studio& studio, Canvas& canvas, Slot slot, std::size_t index, Recipe recipe, int size) {
    const std::string shown = print_recipe(recipe);
    recipe.frame.size = size;
    std::string text = print_recipe(recipe);
    if (canvas.asked == text) return;
    canvas.asked = text;
    canvas.job = ++studio.jobs;
    canvas.recipe = shown;
    platform::tell("paint", {{"slot", slot_names[static_cast<std::size_t>(slot)]},
                             {"index", index},
                             {"job", canvas.job},
                             {"size", size},
                             {"recipe", std::move(text)}});
}

Recipe compared(const Studio& studio) {
    if (studio.comparison == Comparison::pinned) return studio.pinned;
    Recipe before = studio.recipe;
    before.style = {};
    before.retouch = {};
    before.grade = {};
    return before;
}

void paint(Studio& studio, int size) {
    studio.portrait_size = size;
    ask(studio, studio.portrait, Slot::portrait, 0, studio.recipe, size);
    if (studio.comparison != Comparison::off) {
        ask(studio, studio.compare, Slot::compare, 0, compared(studio), size);
    }
}

void paint(Studio& studio) { paint(studio, studio.recipe.frame.size); }

// A slow device, or one not known yet, paints something smaller first: while a control moves, until it is let go; and for
// every new picture, until that one is there.
int first_size(const Studio& studio) {
    const bool slow =
        !studio.portrait.texture || studio.status.generate_ms + studio.status.finish_ms > quick_ms;
    return slow ? std::min(soon_side, studio.recipe.frame.size) : studio.recipe.frame.size;
}

void show(Studio& studio, Recipe next, bool live) {
    studio.recipe = std::move(next);
    studio.sitter = sit(studio.recipe);
    studio.frames_wanted = 3;
    studio.live = live;
    paint(studio, first_size(studio));
    platform::tell("changed", {{"recipe", print_recipe(studio.recipe)}});
}

// The history's small picture of where we are.
void want_thumb(Studio& studio) {
    Moment& moment = studio.moments[studio.moment];
    if (!moment.thumb.texture && same(moment.recipe, studio.recipe)) {
        Recipe recipe = moment.recipe;
        recipe.frame.shape = "square";
        ask(studio, moment.thumb, Slot::moment, studio.moment, std::move(recipe), thumb_side);
    }
}

}  // namespace

void begin(Studio& studio, const Recipe& first) {
    studio.moments.clear();
    studio.moments.push_back({first, "Start", {}});
    studio.moment = 0;
    show(studio, first, false);
}

void edit(Studio& studio, Recipe next) {
    if (!same(next, studio.recipe)) show(studio, std::move(next), true);
}

void settle(Studio& studio, std::string what) {
    const Recipe& last = studio.moments[studio.moment].recipe;
    if (studio.live) {
        studio.live = false;
        paint(studio);
    }
    if (same(last, studio.recipe)) return;
    if (what.empty()) what = difference(last, studio.recipe);
    studio.moments.resize(studio.moment + 1);
    studio.moments.push_back({studio.recipe, what, {}});
    if (studio.moments.size() > history_length) studio.moments.erase(studio.moments.begin());
    studio.moment = studio.moments.size() - 1;
    if (studio.portrait.texture) want_thumb(studio);
    platform::tell("settled", {{"recipe", print_recipe(studio.recipe)}, {"what", what}});
}

void adopt(Studio& studio, Recipe next, std::string what) {
    settle(studio);
    if (!same(next, studio.recipe)) show(studio, std::move(next), false);
    settle(studio, std::move(what));
}

void go_to(Studio& studio, std::size_t moment) {
    settle(studio);
    if (moment >= studio.moments.size() || moment == studio.moment) return;
    studio.moment = moment;
    const Moment& there = studio.moments[moment];
    show(studio, there.recipe, false);
    platform::tell("settled", {{"recipe", print_recipe(studio.recipe)}, {"what", there.what}});
}

bool can_undo(const Studio& studio) { return studio.moment > 0; }
bool can_redo(const Studio& studio) { return studio.moment + 1 < studio.moments.size(); }

void undo(Studio& studio) {
    settle(studio);
    if (can_undo(studio)) go_to(studio, studio.moment - 1);
}

void redo(Studio& studio) {
    if (can_redo(studio)) go_to(studio, studio.moment + 1);
}

void roll(Studio& studio) {
    constexpr int kMostFailures = 8;  // in a row: it is what is locked that fails
    Recipe next;
    int failures = -1;
    do {
        next = rolled(studio.recipe, studio.locks, next_seed(studio.recipe.seed, ++studio.turn));
    } while (++failures < kMostFailures && platform::doubtful(next));
    adopt(studio, std::move(next), "New person");
    if (failures > 0 && failures < kMostFailures)
        notify(studio, "One did not come out well: this is the next.", false);
}

void roll_group(Studio& studio, std::string_view group) {
    const std::string seed = next_seed(studio.recipe.seed, ++studio.turn);
    std::string label = "Dice";
    for (const Group& known : schema().groups) {
        if (known.id == group) label = known.label;
    }
    adopt(studio, rolled_group(studio.recipe, group, studio.locks, seed), label);
}

void set_comparison(Studio& studio, Comparison comparison) {
    studio.comparison = comparison;
    if (comparison == Comparison::pinned) studio.pinned = studio.recipe;
    studio.wipe = 0.5F;
    paint(studio);
}

void vary(Studio& studio) {
    studio.alike_recipes =
        variations(studio.recipe, studio.locks, studio.alike_distance, ++studio.alike_turn);
    studio.alike.resize(studio.alike_recipes.size());
    for (std::size_t i = 0; i < studio.alike.size(); ++i) {
        ask(studio, studio.alike[i], Slot::alike, i, studio.alike_recipes[i], tile_side);
    }
}

void paint_style(Studio& studio, std::size_t index) {
    const auto& all = styles().all();
    studio.styles.resize(all.size() + 1);
    Recipe recipe = studio.moments[studio.moment].recipe;
    recipe.style = {};
    if (index > 0) recipe.style.name = all[index - 1].name;
    recipe.frame.shape = "square";
    ask(studio, studio.styles[index], Slot::style, index, std::move(recipe), tile_side);
}

void forget_example_pictures(Studio& studio) {
    for (Canvas& canvas : studio.styles) canvas.asked.clear();
    studio.portrait.asked.clear();
    paint(studio);
}

void notify(Studio& studio, std::string sentence, bool alarm) {
    studio.notice = std::move(sentence);
    studio.notice_alarm = alarm;
    studio.notice_until = platform::now_ms() + 2500 + 60.0 * static_cast<double>(studio.notice.size());
    studio.frames_wanted = 3;
    platform::tell("announce", {{"sentence", studio.notice}});
}

Canvas* canvas_for(Studio& studio, Slot slot, std::size_t index, int job) {
    if (slot == Slot::crowd) return crowd_canvas(studio, job);
    Canvas* canvas = nullptr;
    if (slot == Slot::portrait) canvas = &studio.portrait;
    if (slot == Slot::compare) canvas = &studio.compare;
    if (slot == Slot::alike && index < studio.alike.size()) canvas = &studio.alike[index];
    if (slot == Slot::style && index < studio.styles.size()) canvas = &studio.styles[index];
    if (slot == Slot::moment) {
        for (Moment& moment : studio.moments) {
            if (moment.thumb.job == job) canvas = &moment.thumb;
        }
    }
    const bool running =
        slot == Slot::portrait || slot == Slot::compare;  // while dragging, show what there is
    return canvas != nullptr && (running || canvas->job == job) ? canvas : nullptr;
}

void painted(Studio& studio, Slot slot, int job) {
    studio.frames_wanted = 3;
    if (slot == Slot::crowd) crowd_feed(studio);
    if (slot != Slot::portrait) return;
    if (!studio.live && job == studio.portrait.job)  // the small one is there: now in full
        paint(studio, std::min(larger * studio.portrait_size, studio.recipe.frame.size));
    want_thumb(studio);
}

void repaint_everything(Studio& studio) {
    crowd_forget_pictures(studio);
    const auto forget = [](Canvas& canvas) {
        canvas.asked.clear();
        canvas.texture = {};
    };
    forget(studio.portrait);
    forget(studio.compare);
    for (Canvas& canvas : studio.styles) forget(canvas);
    for (Moment& moment : studio.moments) forget(moment.thumb);
    for (std::size_t i = 0; i < studio.alike.size(); ++i) {
        forget(studio.alike[i]);
        ask(studio, studio.alike[i], Slot::alike, i, studio.alike_recipes[i], tile_side);
    }
    studio.frames_wanted = 3;
    paint(studio);
    for (std::size_t i = 0; i < studio.moments.size(); ++i) {
        Recipe recipe = studio.moments[i].recipe;
        recipe.frame.shape = "square";
        ask(studio, studio.moments[i].thumb, Slot::moment, i, std::move(recipe), thumb_side);
    }
}

}  // namespace limner::studio
