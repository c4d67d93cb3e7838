// The line of text that becomes a recipe, and how every word of it was understood.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace limner::studio {

struct Chip {
    std::string words;      // as typed
    std::string meaning;    // "Age: 34"
    std::string attribute;  // id, for taking it out again
};

struct WordsBox {
    std::string text;
    std::vector<Chip> understood;
    std::vector<std::string> unused;
    std::string refused;  // a kind sentence, or empty
};

struct Studio;

// Reads `text` as a change to the present portrait and adopts it. Tells what was understood in `studio.words`.
void understand(Studio& studio, const std::string& text);
// Undoes what one chip did.
void take_back(Studio& studio, std::size_t chip);

}  // namespace limner::studio
