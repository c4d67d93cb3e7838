// The vocabulary of one language over the meanings that all languages share.
#pragma once
#include "prompt/text.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace limner::prompt {

using Values = nlohmann::ordered_json;  // attribute -> value, the one that names the thing first

// What an adjective does to its noun: sets values, or scales what the noun sets anyway.
struct Modification {
    Values set;
    double scale = 0;  // 0: does not scale
};

struct Concept {
    enum class Kind {
        direct,
        noun,
        adjective,
        colour,
        degree,
        negation,
        comparison,
        join,
        glue,
        refusal,
        age,
        likeness,
        named
    };

    std::string id;
    Kind kind = Kind::direct;
    Values set, bare, negated, implied, more, add;  // null if there are none
    std::map<std::string, Modification, std::less<>> modifications;
    std::string parent;  // a noun takes its parent's adjectives and colours too
    std::string
        colour_domain;  // of a noun: "hair", "eyes", "glasses", "lips", "shadow", "metal", "clothes", "light", "backdrop"
    std::string alias;  // of an adjective: the id under which nouns know it
    std::string refusal, style, age;
    std::vector<double> look;  // skin tone and weights of the three face shapes: African, Asian, European
    double degree = 1;
    double decade = 0;
    int number =
        0;  // negation 1 no, 2 without; comparison ±1; join 1 and, 2 or, 3 but; glue 1 article, 2 preposition, 3 copula, 4 filler, 5 in
    int rank = 2;  // of what it sets: 3 exact, 2 said, 1 hinted, 0 implied
    int age_rank = 1;
    bool person = false, quiet = false, youth = false, skin_word = false, hair = false, hairy = false,
         light = false, mixes = false, direction = false, size = false;
};

struct Colour {
    std::string rgb;  // "#rrggbb", may be empty
    Values hair, eyes;
    std::string glasses, home;  // home: the noun it belongs to when there is none near ("blonde")
    double lips = -1, shadow = -1, metal = -1;
};

// Everything in data/concepts.json.
struct Meanings {
    std::unordered_map<std::string, int> index;  // of concepts by id; colours are concepts too
    std::vector<Concept> concepts;
    std::unordered_map<std::string, Colour> colours;
    std::unordered_map<std::string, double> neutral;  // what a value is scaled from and to; 0 if not listed
    std::vector<std::pair<std::string, int>> emoji;   // folded text -> concept
    nlohmann::json hair_rules, lights, scenes, styles;

    const Concept& at(std::string_view id) const;
    const Concept* find(std::string_view id) const;
    // What `adjective` does to `noun`; nullptr if the noun does not take it. Looks at the noun's parents too.
    const Modification* modification(const Concept& noun, const Concept& adjective) const;
    std::string_view colour_domain(const Concept& noun) const;
};

const Meanings& meanings();

struct Sense {
    const Concept* concept_ = nullptr;
    bool comparative = false;  // "darker"
    std::string spelling;      // with its diacritics: "avó" is not "avô"
};

struct Match {
    std::size_t length = 0;  // tokens; 0 is none
    const std::vector<Sense>* senses = nullptr;
    std::vector<double> numbers;
};

class Lexicon {
public:
    explicit Lexicon(const nlohmann::ordered_json& data);

    // The longest phrase that starts at token `at`.
    Match match(const std::vector<Token>& tokens, std::size_t at) const;
    // Number words become numbers: "thirty-two" is one token then.
    void merge_numbers(std::vector<Token>& tokens) const;
    bool knows(const std::string& word) const { return words_.count(word) != 0; }
    // The word of the vocabulary that was probably meant, or nothing.
    std::string corrected(const std::string& word) const;

    // What a word's ending says of the person it names: -1 a woman, 1 a man, 0 nothing.
    int gender(std::string_view word) const;

    std::string lang;
    bool adjectives_first = true;  // Germanic order; the others put most adjectives after the noun
    nlohmann::json sentences;      // refusals by code
    nlohmann::json describe;       // phrases for describe()

private:
    struct Node {
        std::vector<Sense> senses;
    };
    void split_numbers(std::vector<Token>& tokens) const;
    void add(std::string_view phrase, const Concept& meaning);
    int word(const std::string& text);
    int child(int node, int word) const;
    void walk(const std::vector<Token>& tokens, std::size_t start, std::size_t at, int node,
              std::vector<double>& numbers, Match& best) const;

    std::unordered_map<std::string, int> words_;  // 0 is "#", any number
    std::unordered_map<std::uint64_t, int> edges_;
    std::vector<Node> nodes_{1};
    std::vector<std::vector<std::string>> by_length_;  // for corrections
    std::unordered_set<std::string> carrying_;  // words of phrases that mean something, not only little ones
    std::unordered_map<std::string, bool> stop_;
    std::unordered_map<std::string, double> number_phrases_;
    std::vector<std::string> number_endings_;               // "trentacinque|nne": a number and a word in one
    std::vector<std::pair<std::string, int>> gender_ends_;  // the longest first
};

// What prompt.h promises of add_languages.
bool add_languages(std::string text);
// nullptr for a language that is not there. Built at first use.
const Lexicon* lexicon(std::string_view lang);
std::vector<std::string> languages();  // English first
// Which language most of the words belong to; `preferred`, if it is there, or else English, unless another knows more of them.
const Lexicon& detect(const std::vector<Token>& tokens, std::string_view preferred);

}  // namespace limner::prompt
