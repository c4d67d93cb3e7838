// A sentence while it is read, and the rooms that read it: each looks at the phrases that are its own and writes down deeds.
#pragma once
#include "prompt/items.h"
#include "prompt/reader.h"

#include <string_view>
#include <utility>
#include <vector>

namespace limner::prompt {

struct Sentence {
    std::string_view text;
    std::vector<Token> tokens;
    const Lexicon& lexicon;
    std::vector<Item> items;
    std::vector<bool> done;  // items that need no more reading
    Reading reading;

    bool is_done(std::size_t i) const { return i < done.size() && done[i]; }
    // Where an item and the little words that belong to it stand in the text.
    Span span_of(std::size_t i) const;
    void say(Deed deed) { reading.deeds.push_back(std::move(deed)); }
    // Nobody knows what to make of this item.
    void leave(std::size_t i);
};

// slips.cpp, before there are items: mends what was misspelled; false if somebody who exists is named.
bool mend_slips(Sentence& s);

// refusals.cpp: false if nobody should paint this.
bool allowed(Sentence& s);

// ages.cpp
void read_decades(Sentence& s);  // of the whole text, before everything else
void read_age(Sentence& s, std::size_t i);
bool read_bare_age(Sentence& s, std::size_t i);  // false if the number is no age

// people.cpp
void read_endings(Sentence& s);  // of the whole text
void read_name(Sentence& s, std::size_t i);
bool person_follows(const Sentence& s, std::size_t i);

// phrases.cpp
void read_direct(Sentence& s, std::size_t i);
void read_lone_adjective(Sentence& s, std::size_t i);
void read_size(Sentence& s, std::size_t i);

// nouns.cpp
void read_noun(Sentence& s, std::size_t i);

// colours.cpp
Values colour_effects(const Concept& noun, const Concept& colour);
void colour_person(Sentence& s, std::size_t i);  // "Black woman"

// garments.cpp: is this garment hidden by another one?
bool worn_under(const Sentence& s, std::size_t i);

// comparisons.cpp
int comparison_of(const Item& item);  // 1 more, -1 less, 0 none
void sets(const Values& values, int rank, Deed& deed);
void adds(const Values& values, double factor, Deed& deed);
// What `values` become under the little words around `by`: "very", "more", "not" …
void weigh(const Values& values, const Item& by, int comparison, int rank, Deed& deed);

}  // namespace limner::prompt
