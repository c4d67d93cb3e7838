// The line of text that becomes a recipe, and how every word of it was understood.
#pragma once
#include "prompt/prompt.h"
#include "recipe/recipe.h"
#include "studio/chips.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace limner::studio {

struct Chip {
    Span span;
    std::string words;      // as typed
    std::string attribute;  // what it is named for: a schema id or a place in the recipe
    nlohmann::json says;    // all that the words say: {"age": 72}
    nlohmann::json turned;  // what a hand made of it since (chips.h); null: nothing
};

struct WordsBox {
    std::string text;     // in the field, still being typed
    std::string read;     // what was last read
    std::string read_in;  // and in which language
    Recipe base;          // the portrait before that
    Recipe gave;  // what its words and chips make of the base; what differs from it is an edit, and stays
    std::string language;  // of the visitor, "en"; words are read in it unless more of them are of another
    std::vector<Chip> understood;
    std::vector<Span> taken_back;  // phrases of it that shall do nothing
    std::vector<std::string> unused;
    std::string refused;  // a kind sentence, or empty

    std::size_t held = 0;        // the chip under the finger
    nlohmann::json turned_from;  // what it said when it was touched
    bool turning = false;        // whether it has moved since
};

struct Studio;

// Reads `text` as a change to the present portrait and adopts it. Tells what was understood in `studio.words`.
void understand(Studio& studio, const std::string& text);
// Reads it again if it is in a language that was not there before.
void understand_again(Studio& studio);
// Takes one chip out of what was read. Its neighbours, and edits made since, stay.
void take_back(Studio& studio, std::size_t chip);

// Shown at once; one entry in the history when it is settled.
void turn(Studio& studio, std::size_t chip, const nlohmann::json& value);

// All of it for the form: {"refused", "understood": [{"words", "attribute", "value", "means": in words, and how it is turned: "type":
// "number" | "choice" | "", "label", "min", "max", "unit", "options": [{"id", "label"}]}], "unused": [words]}.
std::string words_state(const Studio& studio);

}  // namespace limner::studio
