// Words become a recipe, and a recipe becomes words.
//
//   words("an elderly Black woman laughing, round gold glasses, oil painting", {}, "en")
//
// A grammar over the schema, not a model: the text is cut into words, phrases of the vocabulary are found in it (typing
// mistakes forgiven), adjectives are bound to the nouns they belong to, and what they mean is written into the recipe.
// Logic is here, meanings are in data/concepts.json, and each language's phrases in data/<lang>.json. docs/WORDS.md explains.
#pragma once
#include "base/result.h"
#include "recipe/recipe.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limner {

struct Span {
    std::size_t begin = 0, end = 0;  // bytes of the text, [begin, end), always at the borders of words
};

struct Understood {
    Span span;  // the word or phrase
    std::string
        attribute;  // a schema id, or a place in the recipe: "light", "light.from", "light.colour", "backdrop.kind",
                    // "backdrop.colour", "style", "style.strength", "grade.…", "retouch.…", "frame.…", "seed"
    nlohmann::json
        value;  // what it is now; an object of several when the phrase says several ("laughing", "auburn")
};

struct Words {
    Recipe recipe;                       // the base with what was asked for; the base itself when refused
    std::vector<Understood> understood;  // in the order of the text
    std::vector<Span>
        unused;        // words that changed nothing, in the order of the text; little words are not listed
    std::string lang;  // the language it was read in
    std::optional<Error>
        refused;  // "words.minor", "words.person", "words.sexual", "words.long"; sentence in `lang`
};

// The page begins with English alone: these are the other languages, the text of the file beside the program (languages.txt).
// An error, and nothing has changed, if it is not the very file that the program was built with. Not while anybody reads.
Result<void> add_languages(std::string text);

// `base` is what comparisons ("older", "same but smiling") start from. `lang` is en, de, fr, es, pt or it; anything else finds
// out which of those that are there it is. Text is UTF-8 (broken bytes are harmless), at most 400,000 bytes; time is linear in its length.
// Phrases that lie within a span of `without` are read, so that their neighbours mean what they meant, but do nothing; a noun
// takes its adjectives with it. The same text, base and language give the same answer everywhere.
Words words(std::string_view text, const Recipe& base, std::string_view lang,
            std::span<const Span> without = {});

// The language that most words of a text belong to, of those that are there: `preferred`, unless another knows more of them.
std::string language_of(std::string_view text, std::string_view preferred);

// One or two sentences about the portrait, for alt texts: age in words, hair, expression, glasses, light, style.
std::string describe(const Recipe& recipe, std::string_view lang);

// The languages there are vocabularies for now, "en" first.
std::vector<std::string> word_languages();

}  // namespace limner
