// The gallery: a crowd (sitter/crowd.h) of as many people as the visitor likes, who of them was picked or kept, and where
// they came from. Only recipes are kept, and of those only the ones on screen: everybody else is a number. Thumbnails lie
// in a cache of bounded size, asked for two at a time, what is seen first.
#pragma once
#include "sitter/crowd.h"
#include "studio/canvas.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace limner::studio {

struct Studio;

enum class CrowdTab { who, person, save };
enum class Gathering { crowd, favourites };  // whom the gallery shows

inline constexpr std::size_t kMostTiles = 300;  // thumbnails kept; 192 pixels a side
inline constexpr std::uint64_t kMostShown =
    500'000;  // a longer gallery would need finer coordinates than it has
inline constexpr std::size_t kMostPicked = 10'000;
inline constexpr int kCounted = 300;  // people whom the facets count before anybody is looked through

struct CrowdTile {
    Canvas canvas;
    std::string text;  // the recipe's, canonical
    bool failed = false;
};

// One step of where the crowd came from: facets were moved, somebody's relatives were asked for.
struct CrowdStep {
    Crowd crowd;
    int count = 0;  // as many people as it is meant for; 0: no end
    std::string what;
    float scroll = 0;
};

// People in the order they were added.
struct People {
    std::vector<std::string> texts;
    std::unordered_set<std::string> has;

    bool contains(const std::string& text) const { return has.contains(text); }
    void set(const std::string& text, bool in);
    void clear();
};

struct CrowdSave {
    enum class Whom { picked, first, favourites };

    Whom whom = Whom::first;
    int first = 100, size = 512;
    bool transparent = false, with_recipe = true;
    // As told by the page.
    bool running = false, paused = false;
    int done = 0, total = 0;
    double megabytes = 0, seconds_left = 0;
};

struct CrowdView {
    bool open = false;
    bool sheet = false;  // phone: the panel lies over the people
    CrowdTab tab = CrowdTab::who;
    Gathering shows = Gathering::crowd;

    std::vector<CrowdStep> steps;
    std::size_t step = 0;
    bool restored = false;  // from an earlier visit, and not shown yet
    unsigned turn = 0;

    std::map<std::uint64_t, CrowdTile> tiles;  // by number of the person
    std::vector<int> flights;                  // jobs of thumbnails that are being painted
    std::uint64_t first_seen = 0, last_seen = 0;
    std::uint64_t reach = 0;  // how many people the gallery has room for now
    float scroll = 0;
    std::optional<float> scroll_to;
    bool focus_grid = false, focus_panel = false;  // to be set by keyboard
    bool in_panel = false;                         // where it is

    std::optional<std::uint64_t> chosen;  // number in what is shown
    std::string chosen_text, chosen_words;
    Canvas portrait;
    std::vector<Canvas> parents;  // of the present step

    People picked, favourites;
    std::uint64_t last_picked = 0;
    CrowdSave save;

    float near = 0.35F, mutation = 0.15F;
    Locks locks;  // groups that relatives keep
    std::string open_group = "person";
    std::string open_choice;   // a facet with many options, unfolded
    std::uint64_t looked = 0;  // people of the present step who were looked through: as many are counted
    Tally tally;
    std::map<std::string, Tally> tally_without;  // by facet: how it would be without it
};

void open_crowd(Studio& studio);
void close_crowd(Studio& studio);
const Crowd& present_crowd(const Studio& studio);

// A new step, undone like any other. `again` replaces a step of the same name: a control that is still being moved.
void crowd_go(Studio& studio, Crowd crowd, std::string what, int count = 0, bool again = false);
void crowd_undo(Studio& studio);
void crowd_redo(Studio& studio);
bool crowd_can_undo(const Studio& studio);
bool crowd_can_redo(const Studio& studio);
void crowd_visit(Studio& studio, std::size_t step);  // any step: undo and redo lead on from there
// Steps that lead to the present people: strangers first, then whose relatives they are; the last is the present one.
std::vector<std::size_t> crowd_lineage(const Studio& studio);
void crowd_show(Studio& studio, Gathering gathering);
// how: "similar" | "mix" | "breed"
void crowd_relatives(Studio& studio, const std::string& how, std::vector<Recipe> of, float amount);

// Relatives as they are shown, but nearer or further, or with other locks; the next ones begin like that too.
void crowd_kin(Studio& studio, Kin kin);

// Number of people in what is shown; the crowd without an end has kMostShown.
std::uint64_t crowd_size(const Studio& studio);
Recipe crowd_member(const Studio& studio, std::uint64_t number);
void crowd_choose(Studio& studio, std::uint64_t number);
void crowd_pick(Studio& studio, const std::string& text, bool in);
void crowd_keep(Studio& studio, const std::string& text, bool in);  // among the favourites
std::vector<Recipe> crowd_picked_recipes(const Studio& studio);  // at most 16: as many as can have children

// Thumbnails: who is seen was told by the grid.
void crowd_feed(Studio& studio);
Canvas* crowd_canvas(Studio& studio, int job);
void crowd_failed(Studio& studio, int job);
void crowd_forget_pictures(Studio& studio);
// Counts people for a few milliseconds; true while there is more to count.
bool crowd_count(Studio& studio);
// What a facet may choose from: as it would be without that facet. Of people counted so far.
const Tally& crowd_tally(const Studio& studio, const std::string& facet);

// What else a crowd is made of, kind: "light" | "backdrop" | "style"; how many people counted so far have each, and whether it was chosen.
struct CrowdOption {
    std::string id, label;
    int people = 0;
    bool on = false;
};
std::vector<CrowdOption> crowd_options(const Studio& studio, std::string_view kind);
// Chooses one, or no longer: any number of lights and styles, of which each person gets one; one backdrop. An unknown id does nothing.
void crowd_toggle(Studio& studio, std::string_view kind, const std::string& id);

// For the page (web/crowd.js): everything a form needs, and its answers. Errors are {"error":{code, sentence}}.
std::string crowd_state(const Studio& studio);
// The steps, to be kept until the next visit; taken up again unless the gallery was opened before.
std::string crowd_history(const Studio& studio);
Result<bool> crowd_restore(Studio& studio, const std::string& text);
std::string crowd_command(Studio& studio, const std::string& verb, const std::string& what);

}  // namespace limner::studio
