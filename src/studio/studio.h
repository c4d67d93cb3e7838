// The studio: what is being edited, its history, and the panel that edits it. One state struct; every panel is a file.
//
// The page drives it: input and `frame()` come in, wishes go out through platform::tell ("paint this recipe",
// "save", "copy"), and pictures come back with `painted`.
#pragma once
#include "base/result.h"
#include "platform/platform.h"
#include "recipe/recipe.h"
#include "sitter/sitter.h"
#include "studio/canvas.h"
#include "studio/crowd.h"
#include "studio/edit.h"
#include "studio/words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace limner::studio {

enum class Tab { person, light, picture, style, alike, words };
enum class Slot { portrait, compare, moment, alike, style, crowd };
inline constexpr std::array<const char*, 6> slot_names{"portrait", "compare", "moment",
                                                       "alike",    "style",   "crowd"};

struct Moment {
    Recipe recipe;
    std::string what;  // "Age", "New person" …
    Canvas thumb;
};

enum class Comparison { off, before_style, pinned };

// What the page knows and the panel shows.
struct Status {
    std::string backend;  // "WebGPU, half precision" …
    std::string pack;     // name and version; empty while there is none
    std::string trouble;  // why nothing can be painted; a sentence
    double generate_ms = 0, finish_ms = 0;
    int layers_side = 0;
    double loaded_megabytes = 0;
    int requests_at_load = 0, requests_after = 0, requests_elsewhere = 0;
    bool painting = false;
    bool offline_ready = false;
    bool example = false;  // a picture to borrow a manner from was opened
};

struct Save {
    bool jpeg = false;
    bool with_recipe = true;
    int size = 1024;
};

struct Studio {
    Recipe recipe;
    Sitter sitter;
    Locks locks;
    unsigned turn = 0;  // feeds next_seed

    std::vector<Moment> moments;
    std::size_t moment = 0;

    bool live = false;  // a control is being moved; the recipe is not in the history yet

    Canvas portrait, compare;
    int portrait_size = 0;  // last asked for, pixels
    std::vector<Canvas> alike, styles;
    std::vector<Recipe> alike_recipes;
    float alike_distance = 0.4F;
    unsigned alike_turn = 0;

    Comparison comparison = Comparison::off;
    Recipe pinned;
    float wipe = 0.5F;  // part of the stage that shows the older picture

    Tab tab = Tab::person;
    std::string open_group = "person";
    int chosen_light = 0;
    float sheet = 0;  // phone: how far the sheet is pulled up, CSS pixels
    bool show_hint = false;
    bool focus_words = false;
    WordsBox words;
    CrowdView crowd;
    Save save;
    Status status;

    std::string notice;
    double notice_until = 0;
    bool notice_alarm = false;
    int jobs = 0;
    int frames_wanted = 2;
};

void begin(Studio& studio, const Recipe& first);

// A change while a control is being dragged: shown at once, one entry in the history when the control is let go.
void edit(Studio& studio, Recipe next);
void settle(Studio& studio, std::string what = {});
// edit + settle.
void adopt(Studio& studio, Recipe next, std::string what = {});
void go_to(Studio& studio, std::size_t moment);
bool can_undo(const Studio& studio);
bool can_redo(const Studio& studio);
void undo(Studio& studio);
void redo(Studio& studio);
void roll(Studio& studio);
void roll_group(Studio& studio, std::string_view group);

void set_comparison(Studio& studio, Comparison comparison);
// Asks for new variations of the present person.
void vary(Studio& studio);
// Thumbnails of every style; only asks for those that are out of date.
void paint_style(Studio& studio, std::size_t index);

// Another picture lends its manner now: what was painted with the old one is out of date.
void forget_example_pictures(Studio& studio);

void notify(Studio& studio, std::string sentence, bool alarm = false);

// Where an answer belongs; nullptr when nobody waits for it any more.
Canvas* canvas_for(Studio& studio, Slot slot, std::size_t index, int job);
void painted(Studio& studio, Slot slot, int job);
// After the graphics device was lost and replaced: every picture is asked for again.
void repaint_everything(Studio& studio);

// Draws the panel for one frame. Returns how many more frames are wanted without further input.
int frame(Studio& studio);

}  // namespace limner::studio
