// Words as deeds: what each phrase of a text wants, before anything is decided.
#pragma once
#include "prompt/lexicon.h"
#include "prompt/prompt.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace limner::prompt {

struct Effect {
    enum class How { set, toward, add, times };

    std::string
        attribute;  // schema id, place in the recipe, or a feature of the hair: "hair:length", "hair:texture" …
    nlohmann::json value;  // toward: the value `amount` says how far to go to, from where it is
    How how = How::set;
    double amount = 1;
    int rank = 2;  // the highest wins, then the last: 3 exact, 2 said, 1 hinted, 0 implied
};

struct Deed {
    Span span;
    std::vector<Effect> effects;
    int lamp = -1;  // which light noun it belongs to; -1 the whole light
    bool skin_word = false;
    std::vector<double> look;
    bool mixes = false;
    int noun = -1;            // the phrase that it and its fellows belong to
    bool names_noun = false;  // it is that phrase
};

struct Reading {
    std::vector<Deed> deeds;   // in the order of the text
    std::vector<Span> unused;  // not in order
    std::string refusal;       // "words.minor" …, empty if none
};

Reading read(std::string_view text, std::vector<Token> tokens, const Lexicon& lexicon);

}  // namespace limner::prompt
