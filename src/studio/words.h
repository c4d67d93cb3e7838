// The line of text that becomes a recipe, and how every word of it was understood.
#pragma once
#include "recipe/recipe.h"

#include <cstddef>
#include <string>
#include <vector>

namespace limner::studio {

struct Chip {
    std::size_t begin = 0, end = 0;  // bytes of the text
    std::string words;               // as typed
    std::string meaning;             // "Age: 34 years"
};

struct WordsBox {
    std::string text;      // in the field, still being typed
    std::string read;      // what was last read
    std::string read_in;   // and in which language
    Recipe base;           // the portrait before that
    std::string language;  // of the visitor, "en"; empty: find out
    std::vector<Chip> understood;
    std::vector<std::string> unused;
    std::string refused;  // a kind sentence, or empty
};

struct Studio;

// Reads `text` as a change to the present portrait and adopts it. Tells what was understood in `studio.words`.
void understand(Studio& studio, const std::string& text);
// Reads it again if it is in a language that was not there before.
void understand_again(Studio& studio);
// Reads the text again without the words of one chip.
void take_back(Studio& studio, std::size_t chip);

}  // namespace limner::studio
