// A text as a row of phrases, each with the one sense that fits its neighbours, and adjectives bound to nouns.
#pragma once
#include "prompt/lexicon.h"

#include <vector>

namespace limner::prompt {

struct Item {
    std::size_t first = 0, last = 0;   // tokens [first, last)
    Gap gap = Gap::none;               // before it
    std::vector<const Sense*> senses;  // what it may mean; empty for a word nobody knows
    const Concept* meaning = nullptr;  // nullptr: a word nobody knows, or a bare number
    bool comparative = false;
    std::vector<double> numbers;
    bool bare_number = false;

    // What little words around it say.
    double degree = 1;
    bool has_degree = false;
    int negated = 0;                      // 1 no, 2 without
    int comparison = 0;                   // 1 more, -1 less
    std::vector<std::size_t> helpers;     // items that said so
    bool used = false;                    // a helper that found what it belongs to
    bool worn = false;                    // a colour somebody is dressed in
    int head = -1;                        // of an adjective: its noun
    std::vector<std::size_t> adjectives;  // of a noun
};

// Finds phrases, chooses senses, gives degrees, negations and comparisons to what they belong to, binds adjectives to nouns.
std::vector<Item> items_of(const std::vector<Token>& tokens, const Lexicon& lexicon);

}  // namespace limner::prompt
