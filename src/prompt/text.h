// A text as words: folded to plain lower-case letters, with what stands between them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace limner::prompt {

// What stands before a word. Phrases of the vocabulary may cross `none` and `colon`; adjectives reach over `comma` at a price;
// nothing reaches over `full`.
enum class Gap { none, comma, colon, full };

struct Token {
    std::string folded;              // lower case, no diacritics: "Öl" is "ol", "Straße" is "strasse"
    std::string spelled;             // lower case with its diacritics; empty if it has none
    std::size_t begin = 0, end = 0;  // bytes of the text
    Gap gap = Gap::none;             // between the word before and this one; `full` at the start
    bool capital = false;            // begins with a capital letter
    bool all_capitals = false;
    bool number = false;  // digits, or a number word after merge_numbers
    double value = 0;
    bool emoji = false;
};

std::vector<Token> tokens_of(std::string_view text);

// The same folding for phrases of the vocabulary.
std::string folded(std::string_view text);
std::string lower(std::string_view text);  // only lower case

// Optimal string alignment distance (Damerau 1964 with adjacent transpositions), counted up to `limit`; more gives limit + 1.
int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace limner::prompt
