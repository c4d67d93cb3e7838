#include "studio/words.h"

#include "studio/studio.h"

#include <algorithm>
#include <array>
#include <utility>

namespace limner::studio {
namespace {

using nlohmann::json;

constexpr std::array turning_types{"", "number", "choice"};  // as the schema calls them

// `fresh` with what `now` has other than `was`.
json merged(const json& was, const json& fresh, const json& now) {
    if (was == now) return fresh;
    if (was == fresh || !was.is_object() || !fresh.is_object() || !now.is_object()) return now;
    json out = now;
    for (const json* side : {&was, &fresh}) {
        for (const auto& [key, value] : side->items()) {
            json one = merged(was.value(key, json()), fresh.value(key, json()), now.value(key, json()));
            if (one.is_null()) {
                out.erase(key);
            } else {
                out[key] = std::move(one);
            }
        }
    }
    return out;
}

Recipe merged(const Recipe& was, const Recipe& fresh, const Recipe& now) {
    const auto told = [](const Recipe& recipe) { return json::parse(print_recipe(recipe), nullptr, false); };
    const Result<Recipe> both = parse_recipe(merged(told(was), told(fresh), told(now)).dump());
    return both ? *both : now;
}

void read(Studio& studio, const std::string& text) {
    WordsBox& box = studio.words;
    // Visitors write in the language of the moment: that of their browser is only likelier.
    const Words words = limner::words(text, box.base, language_of(text, box.language), box.taken_back);
    const auto piece = [&](const Span& span) { return text.substr(span.begin, span.end - span.begin); };
    const std::vector<Chip> before = std::exchange(box.understood, {});
    box.text = box.read = text;
    box.read_in = words.lang;
    box.unused.clear();
    box.refused.clear();
    if (words.refused) {
        box.refused = words.refused->sentence;
        notify(studio, box.refused, true);
        return;
    }
    Recipe fresh = words.recipe;
    for (const Understood& one : words.understood) {
        Chip chip{one.span, piece(one.span), one.attribute,
                  one.value.is_object() ? one.value : json{{one.attribute, one.value}}, json()};
        // "round glasses": two words, one thing.
        if (Chip* last = box.understood.empty() ? nullptr : &box.understood.back();
            last != nullptr && last->attribute == chip.attribute && last->says == chip.says &&
            text.find_first_not_of(' ', last->span.end) == chip.span.begin) {
            last->span.end = chip.span.end;
            last->words = piece(last->span);
            continue;
        }
        for (const Chip& old : before) {
            if (old.span.begin == one.span.begin && old.attribute == one.attribute) chip.turned = old.turned;
        }
        if (!chip.turned.is_null()) fresh = with_turned(fresh, chip, chip.turned);
        box.understood.push_back(std::move(chip));
    }
    for (const Span& span : words.unused) box.unused.push_back(piece(span));
    adopt(studio, merged(box.gave, fresh, studio.recipe), "In words");
    box.gave = std::move(fresh);
}

}  // namespace

void understand(Studio& studio, const std::string& text) {
    WordsBox& box = studio.words;
    box.base = box.gave = studio.recipe;
    box.taken_back.clear();
    box.understood.clear();
    read(studio, text);
}

void understand_again(Studio& studio) {
    const WordsBox& box = studio.words;
    if (!box.read.empty() && language_of(box.read, box.language) != box.read_in)
        read(studio, std::string(box.read));
}

void take_back(Studio& studio, std::size_t chip) {
    WordsBox& box = studio.words;
    if (chip >= box.understood.size()) return;
    box.taken_back.push_back(box.understood[chip].span);
    const std::string typing = box.text;  // the field may hold something new by now
    read(studio, std::string(box.read));
    box.text = typing;
}

void turn(Studio& studio, std::size_t chip, const json& value) {
    WordsBox& box = studio.words;
    if (chip >= box.understood.size()) return;
    Chip& it = box.understood[chip];
    if (turning_of(it).kind == Turning::Kind::none) return;
    // Another hand's value may be none at all.
    const Result<Recipe> next = parse_recipe(print_recipe(with_turned(studio.recipe, it, value)));
    if (!next) return;
    it.turned = value;
    box.gave = with_turned(box.gave, it, value);
    edit(studio, *next);
}

std::string words_state(const Studio& studio) {
    const WordsBox& box = studio.words;
    json out{{"refused", box.refused}, {"understood", json::array()}, {"unused", box.unused}};
    for (const Chip& chip : box.understood) {
        const Turning turning = turning_of(chip);
        json options = json::array();
        for (const auto& [id, label] : turning.options) options.push_back({{"id", id}, {"label", label}});
        out["understood"].push_back({{"words", chip.words},
                                     {"attribute", chip.attribute},
                                     {"value", value_of(studio.recipe, chip)},
                                     {"means", meaning_of(studio.recipe, chip)},
                                     {"type", turning_types[static_cast<std::size_t>(turning.kind)]},
                                     {"label", turning.label},
                                     {"min", turning.min},
                                     {"max", turning.max},
                                     {"unit", turning.unit},
                                     {"options", std::move(options)}});
    }
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace limner::studio
