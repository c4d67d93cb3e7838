// What people type, and what the recipe says then. The held-out sentences are weighed by tests/words/eval_words.cpp.
#include "finish/style.h"
#include "prompt/lexicon.h"
#include "prompt/prompt.h"
#include "sitter/sitter.h"

#include <catch_amalgamated.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <set>

using namespace limner;

namespace {

Recipe wearing(std::initializer_list<std::pair<const char*, nlohmann::json>> set) {
    Recipe recipe;
    for (const auto& [id, value] : set) {
        recipe.set[id] = value;
    }
    return recipe;
}

double number(const Words& words, const char* id) {
    REQUIRE(words.recipe.set.count(id) == 1);
    return words.recipe.set.at(id).get<double>();
}

std::string choice(const Words& words, const char* id) {
    REQUIRE(words.recipe.set.count(id) == 1);
    return words.recipe.set.at(id).get<std::string>();
}

std::set<std::string> unused(std::string_view text, const Words& words) {
    std::set<std::string> all;
    for (const Span& span : words.unused) {
        all.emplace(text.substr(span.begin, span.end - span.begin));
    }
    return all;
}

std::string refusal(std::string_view text, std::string_view lang = "en") {
    const Words got = words(text, {}, lang);
    if (!got.refused) {
        return "";
    }
    CHECK(got.recipe == Recipe{});
    CHECK(got.understood.empty());
    CHECK(got.refused->sentence.size() > 20);
    return got.refused->code;
}

}  // namespace

TEST_CASE("an adjective belongs to its own noun") {
    const std::string text = "short curly grey hair, brown eyes and a red sweater";
    const Words got = words(text, {}, "en");
    CHECK(choice(got, "hair.style") == "curls_short");
    CHECK(number(got, "hair.grey") > 0.6);
    CHECK(number(got, "eyes.pigment") > 0.65);
    CHECK(choice(got, "clothes.style") == "sweater");
    CHECK(number(got, "clothes.hue") < 50);
    CHECK(got.unused.empty());
    REQUIRE(got.understood.size() == 6);
    CHECK(text.substr(got.understood[0].span.begin, 5) == "short");
    CHECK(got.understood[0].attribute == "hair.style");
}

TEST_CASE("every word that changes nothing is named") {
    const std::string text = "a pirate with a blue hat, purple hair and brown eyes";
    CHECK(unused(text, words(text, {}, "en")) == std::set<std::string>{"pirate", "blue", "hat", "purple"});
}

TEST_CASE("ages come in many forms") {
    const auto age = [](const char* text, const char* lang) { return number(words(text, {}, lang), "age"); };
    CHECK(age("a woman in her late forties", "en") == 48);
    CHECK(age("mid-30s", "en") == 35);
    CHECK(age("a sixty-two year old", "en") == 62);
    CHECK(age("aged 95", "en") == 90);
    CHECK(age("Mann Mitte vierzig", "de") == 45);
    CHECK(age("eine zweiunddreißigjährige Frau, zweiunddreißig Jahre alt", "de") == 32);
    CHECK(age("la cinquantaine", "fr") == 55);
    CHECK(age("soixante-quinze ans", "fr") == 75);
    CHECK(age("treinta y dos años", "es") == 32);
    CHECK(age("trinta e dois anos", "pt") == 32);
    CHECK(age("trentadue anni", "it") == 32);
    CHECK(number(words("young woman, 25", {}, "en"), "age") == 25);
    CHECK(number(words("a very old man", {}, "en"), "age") > number(words("an old man", {}, "en"), "age"));
}

TEST_CASE("a denied thing is not there") {
    CHECK(choice(words("no beard or glasses", wearing({{"beard.style", "goatee"}, {"glasses.style", "oval"}}),
                       "en"),
                 "glasses.style") == "none");
    CHECK(choice(words("no beard or glasses", {}, "en"), "beard.style") == "none");
    CHECK(choice(words("ohne Brille", {}, "de"), "glasses.style") == "none");
    CHECK(choice(words("pas de barbe", {}, "fr"), "beard.style") == "none");
    CHECK(choice(words("sin gafas", {}, "es"), "glasses.style") == "none");
    CHECK(number(words("smiling without showing teeth", {}, "en"), "expression.smile_open") == 0);
    CHECK(number(words("a woman, no, a man", {}, "en"), "presentation") > 0.8);
}

TEST_CASE("comparisons start from the portrait there is") {
    CHECK(number(words("ten years older", wearing({{"age", 40}}), "en"), "age") == 50);
    CHECK(number(words("a bit younger", wearing({{"age", 40}}), "en"), "age") == 35);
    CHECK(number(words("much older", wearing({{"age", 85}}), "en"), "age") == 90);
    const Words same = words("same but smiling", wearing({{"age", 40}, {"hair.style", "bob"}}), "en");
    CHECK(same.recipe.set.size() == 3);
    CHECK(number(words("darker hair", wearing({{"hair.melanin", 0.5}}), "en"), "hair.melanin") > 0.55);
    CHECK(number(words("less makeup", wearing({{"makeup.lips", 0.8}}), "en"), "makeup.lips") < 0.7);
    // Nothing was said before: what the seed gives is where it starts.
    Recipe seed;
    seed.seed = "ada";
    const double before = sit(seed).number("age");
    CHECK(number(words("ten years older", seed, "en"), "age") ==
          Catch::Approx(std::min(90.0, before + 10)).margin(0.01));
    const Words warmer = words("warmer light", {}, "en");
    REQUIRE_FALSE(warmer.recipe.light.canonical);
    CHECK(warmer.recipe.light.sources[0].colour[0] > warmer.recipe.light.sources[0].colour[2]);
}

TEST_CASE("what is said counts more than what is denied") {
    for (const char* text : {"no beard but a moustache", "a moustache but no beard"}) {
        CHECK(choice(words(text, {}, "en"), "beard.style") == "moustache");
    }
    CHECK(number(words("brown eyes, not blue", {}, "en"), "eyes.pigment") > 0.65);
    CHECK(choice(words("no glasses", {}, "en"), "glasses.style") == "none");
    const std::string text = "no eyebrows";  // nothing can be done, and it is said so
    CHECK(unused(text, words(text, {}, "en")) == std::set<std::string>{"eyebrows"});
}

TEST_CASE("colours know what they are worn on") {
    const Words dress = words("blonde woman, black dress", {}, "en");
    CHECK(number(dress, "hair.melanin") < 0.35);
    CHECK(number(dress, "clothes.lightness") < 0.15);
    const Words black = words("a woman in black", {}, "en");
    CHECK(black.recipe.set.count("skin.tone") == 0);
    CHECK(number(black, "clothes.lightness") < 0.15);
    const Words green = words("a man dressed in green against a brown background", {}, "en");
    CHECK(number(green, "clothes.hue") == Catch::Approx(147));
    CHECK(green.recipe.backdrop.colour[0] > green.recipe.backdrop.colour[2]);
    const std::string tie = "a dark suit with a red tie";  // ties have no colour of their own
    CHECK(unused(tie, words(tie, {}, "en")) == std::set<std::string>{"red"});
    CHECK(choice(words("white t-shirt, brown leather jacket", {}, "en"), "clothes.style") == "jacket");
    CHECK(words("charcoal sketch of a woman", {}, "en").recipe.style.name == "charcoal");
    CHECK(words("a charcoal sweater", {}, "en").recipe.style.name.empty());
}

TEST_CASE("an ending may say who it is") {
    for (const auto& [lang, text, low] : {std::tuple{"es", "coreana de 25 años", true},
                                          {"es", "coreano de 25 años", false},
                                          {"pt", "morena de olhos verdes, cabelo liso", true},
                                          {"it", "una somala dagli occhi grandi", true},
                                          {"fr", "Coréen de 25 ans", false},
                                          {"fr", "une Éthiopienne", true},
                                          {"de", "junger Syrer", false},
                                          {"de", "eine Äthiopierin mit Creolen", true}}) {
        INFO(text);
        const double presentation = number(words(text, {}, lang), "presentation");
        CHECK((low ? presentation < 0.2 : presentation > 0.8));
    }
    CHECK(words("una persona coreana", {}, "es").recipe.set.count("presentation") == 0);
    CHECK(number(words("hombre con piel morena", {}, "es"), "presentation") > 0.8);
}

TEST_CASE("numbers inside words are ages") {
    CHECK(number(words("fünfundvierzigjährige Frau", {}, "de"), "age") == 45);
    CHECK(number(words("uomo di ottant'anni", {}, "it"), "age") == 80);
    CHECK(number(words("una trentacinquenne", {}, "it"), "age") == 35);
    CHECK(number(words("fünf Jahre älter", wearing({{"age", 30}}), "de"), "age") == 35);
    CHECK(number(words("45 Jahre alter Mann", {}, "de"), "age") == 45);
    CHECK(number(words("viel jünger", wearing({{"age", 70}}), "de"), "age") == Catch::Approx(51));
    CHECK(number(words("a woman of 50, tanned", {}, "en"), "presentation") < 0.2);
    CHECK(refusal("a woman of 15, tanned") == "words.minor");
    CHECK(refusal("eine sechzehnjährige Frau", "de") == "words.minor");
}

TEST_CASE("slips of the finger are forgiven, other words are left alone") {
    const Words got = words("womann with blond hiar, brwon eys and galsses", {}, "en");
    CHECK(number(got, "presentation") < 0.2);
    CHECK(number(got, "hair.melanin") < 0.35);
    CHECK(number(got, "eyes.pigment") > 0.65);
    CHECK(choice(got, "glasses.style") != "none");
    CHECK(words("a sailor with a bow and a cap", {}, "en").understood.empty());
    const std::string braid = "Brad with a hat";
    CHECK(words(braid, {}, "en").recipe.set.empty());
}

TEST_CASE("real words that nobody knows are not mended but named") {
    for (const auto& [lang, text, word] : {std::tuple{"en", "a woman with an apron", "apron"},
                                           {"de", "eine Frau im Regen", "Regen"},
                                           {"de", "eine Frau im Winter", "Winter"},
                                           {"de", "eine Frau in der Sonne", "Sonne"},
                                           {"fr", "une femme sous la pluie", "pluie"},
                                           {"it", "una donna con braccio", "braccio"},
                                           {"pt", "uma mulher com braço", "braço"}}) {
        INFO(text);
        const Words got = words(text, {}, lang);
        CHECK(unused(text, got) == std::set<std::string>{word});
        CHECK(got.understood.size() == 1);
    }
    // But a little word whose letters are all there is one.
    CHECK(words("a woman wtih glasses", {}, "en").unused.empty());
}

TEST_CASE("wishes about the picture that change nothing are named") {
    const std::string text = "a man, high quality, in colour, wide lens";
    CHECK(unused(text, words(text, {}, "en")) ==
          std::set<std::string>{"high quality", "colour", "wide", "lens"});
    CHECK(words("hair of a brown colour", {}, "en").unused.empty());
}

TEST_CASE("only adults are painted") {
    for (const char* text : {"a 12-year-old", "little girl", "teenager", "a boy", "girl, 15", "17 yo girl",
                             "schoolgirl with glasses", "a twelve year old boy", "baby"}) {
        INFO(text);
        CHECK(refusal(text) == "words.minor");
    }
    for (const char* text : {"young woman", "an 18 year old man", "a 25-year-old girl", "baby blue sweater",
                             "college student", "baby-faced man"}) {
        INFO(text);
        CHECK(refusal(text).empty());
    }
    CHECK(refusal("ein 14-jähriges Mädchen", "de") == "words.minor");
    CHECK(refusal("junge Frau", "de").empty());
    CHECK(refusal("une fillette", "fr") == "words.minor");
    CHECK(refusal("jeune femme", "fr").empty());
    CHECK(refusal("niño de 8 años", "es") == "words.minor");
    CHECK(refusal("menina", "pt") == "words.minor");
    CHECK(refusal("bambino", "it") == "words.minor");
}

TEST_CASE("nobody is undressed") {
    CHECK(refusal("a nude woman") == "words.sexual");
    CHECK(refusal("nude lipstick").empty());
    CHECK(refusal("nackter Mann", "de") == "words.sexual");
    CHECK(refusal("femme nue", "fr") == "words.sexual");
    CHECK(refusal("mujer desnuda", "es") == "words.sexual");
    CHECK(refusal("mulher nua", "pt") == "words.sexual");
    CHECK(refusal("donna nuda", "it") == "words.sexual");
}

TEST_CASE("nobody who exists is painted") {
    for (const char* text :
         {"Jane Doe with glasses", "portrait of jane doe", "looks like John Q. Public",
          "in the likeness of Jane Doe", "a man as Jan van der Doe", "woman in the style of Janedoe",
          "oil painting, in the manner of Jane Doe", "a woman, Jane Doe, smiling"}) {
        INFO(text);
        CHECK(refusal(text) == "words.person");
    }
    for (const char* text :
         {"angela merkel", "obama", "ANGELA MERKEL smiling", "a photo of barack obama laughing",
          "an old man, vladimir putin", "beyoncé", "alexandria ocasio-cortez, blue light",
          "jack black smiling", "volodymyr zelensky in a green jumper"}) {
        INFO(text);
        CHECK(refusal(text) == "words.person");
    }
    for (const char* text :
         {"a woman in may light", "an old man with a trump card", "brown hair", "wild west light",
          "angela, smiling", "a man named james brown hair", "barack", "a young woman, rose, stone grey eyes",
          "jack, black hair", "she looks like a pirate", "Old Woman With A Red Sweater", "PORTRAIT OF A MAN",
          "Rembrandt light", "a Black woman", "in the style of a poster", "an African American man",
          "van Gogh style", "Portrait", "Middle Eastern man"}) {
        INFO(text);
        CHECK(refusal(text).empty());
    }
    CHECK(refusal("Porträt von Erika Mustermann", "de") == "words.person");
    CHECK(refusal("Alter Mann mit Brille und grauem Bart", "de").empty());
    CHECK(refusal("eine lachende frau wie angela merkel", "de") == "words.person");
    CHECK(words("named Ada, smiling", {}, "en").recipe.seed == "Ada");
}

TEST_CASE("a phrase that is taken back leaves the others what they were") {
    const std::string text =
        "an elderly woman laughing, slightly curly red hair, round gold glasses, a red sweater";
    const Words whole = words(text, {}, "en");
    const auto span_of = [&](std::string_view phrase) {
        const std::size_t at = text.find(phrase);
        REQUIRE(at != std::string::npos);
        return Span{at, at + phrase.size()};
    };
    for (const char* phrase : {"elderly", "laughing", "glasses", "sweater", "round", "woman"}) {
        INFO(phrase);
        const Span gone = span_of(phrase);
        const Words rest = words(text, {}, "en", std::array{gone});
        CHECK(rest.understood.size() < whole.understood.size());
        CHECK(rest.unused.size() == whole.unused.size());
        for (const Understood& one : rest.understood) {
            CHECK_FALSE((one.span.begin >= gone.begin && one.span.end <= gone.end));
            CHECK(std::ranges::any_of(whole.understood, [&](const Understood& before) {
                return before.span.begin == one.span.begin && before.span.end == one.span.end;
            }));
        }
    }
    CHECK_FALSE(words(text, {}, "en", std::array{span_of("elderly")}).recipe.set.contains("age"));
    const Words bare = words(text, {}, "en", std::array{span_of("glasses")});
    CHECK_FALSE(bare.recipe.set.contains("glasses.style"));  // nor are there round ones
    CHECK(bare.recipe.set.at("clothes.style") == "sweater");
    CHECK(words(text, {}, "en", std::array{span_of("woman")}).recipe.set.contains("age"));
}

TEST_CASE("the language is found") {
    CHECK(words("an old woman with glasses", {}, "").lang == "en");
    CHECK(words("eine alte Frau mit Brille", {}, "").lang == "de");
    CHECK(words("une vieille femme avec des lunettes", {}, "").lang == "fr");
    CHECK(words("una mujer vieja con gafas y pelo rizado", {}, "").lang == "es");
    CHECK(words("uma mulher velha com óculos", {}, "").lang == "pt");
    CHECK(words("una donna anziana con gli occhiali", {}, "").lang == "it");
    CHECK(words("", {}, "").lang == "en");
    CHECK(words("an old woman", {}, "tlh").lang == "en");
}

TEST_CASE("light, backdrop, style and frame are in the recipe") {
    const Words got =
        words("Rembrandt light, plain dark blue background, watercolour, round avatar, 256 px", {}, "en");
    CHECK_FALSE(got.recipe.light.canonical);
    CHECK(got.recipe.backdrop.kind == "plain");
    CHECK(got.recipe.backdrop.colour[2] > got.recipe.backdrop.colour[0]);
    CHECK(got.recipe.style.name == "watercolour");
    CHECK(got.recipe.frame.shape == "circle");
    CHECK(got.recipe.frame.size == 256);
    const Words two = words("red light from the right and blue light from the left", {}, "en");
    REQUIRE(two.recipe.light.sources.size() == 2);
    CHECK(two.recipe.light.sources[0].azimuth_deg > 0);
    CHECK(two.recipe.light.sources[0].colour[0] > two.recipe.light.sources[0].colour[2]);
    CHECK(two.recipe.light.sources[1].azimuth_deg < 0);
    CHECK(two.recipe.light.sources[1].colour[2] > two.recipe.light.sources[1].colour[0]);
    CHECK(words("her left profile, turned to her left", {}, "en").recipe.set.count("pose.yaw") == 1);
}

TEST_CASE("every style that words name has been drawn") {
    for (const auto& [asked, name] : prompt::meanings().styles.items()) {
        INFO(asked);
        CHECK(styles().find(name.get<std::string>()) != nullptr);
    }
}

TEST_CASE("recipes from words are recipes") {
    for (const char* text :
         {"an elderly Black woman laughing, short curly grey hair, round gold glasses, Rembrandt light, oil "
          "painting",
          "warm light from the left, green backdrop, huge afro, extremely pale skin, very very old",
          "gradient background from pink to blue, 4000 px"}) {
        const Words got = words(text, {}, "en");
        const Result<Recipe> back = parse_recipe(print_recipe(got.recipe));
        REQUIRE(back);
        CHECK(*back == got.recipe);
    }
}

TEST_CASE("hostile and foreign text is harmless, and time is linear") {
    std::string broken = "a woman\xFF\xC3 with \xE2\x82 glasses \xF0\x9F";
    CHECK(number(words(broken, {}, "en"), "presentation") < 0.2);
    CHECK(words("امرأة مبتسمة \xE2\x80\xAE woman", {}, "en").recipe.set.count("presentation") == 1);
    CHECK(number(words("👩🏿‍🦱😀", {}, "en"), "skin.tone") > 8);
    CHECK(refusal("👧🏽") == "words.minor");
    const std::string mixed = "אישה, woman 😀 \xE2\x80\x8F beard: none";  // right to left around the words
    CHECK(number(words(mixed, {}, "en"), "expression.smile") > 0.5);
    const auto started = std::chrono::steady_clock::now();
    for (const char* piece : {"curly red hair and ", "zzyzx qwxyz ", "very ", "red ", ",", "1 ", "# ", "not ",
                              "in her ", "Ab Cd ", "\xF0\x9F\x98\x80"}) {
        std::string text;
        while (text.size() < 100'000) {
            text += piece;
        }
        const Words got = words(text, {}, "");
        for (const Span& span : got.unused) {
            REQUIRE(span.begin < span.end);
            REQUIRE(span.end <= text.size());
        }
    }
    CHECK(std::chrono::steady_clock::now() - started <
          std::chrono::seconds(20));  // sanitizers and node included
    CHECK(words(std::string(400'001, 'a'), {}, "en").refused->code == "words.long");
}

TEST_CASE("the languages beside English come whole or not at all") {
    std::ifstream file(LIMNER_LANGUAGES, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    REQUIRE(text.starts_with("de\n{"));
    const std::vector<std::string> before = word_languages();
    std::string flipped = text;
    flipped[text.size() / 2] ^= 1;
    for (const std::string& damaged : {std::string(), std::string("<!doctype html>"), flipped, text + "\n",
                                       text.substr(0, text.size() / 2)}) {
        const Result<void> added = add_languages(damaged);
        REQUIRE_FALSE(added);
        CHECK(added.error().code == "words.languages");
    }
    CHECK(add_languages(text));
    CHECK(add_languages(text));
    CHECK(word_languages() == before);  // here they were there already
}

TEST_CASE("a portrait is described in each language") {
    for (const std::string& lang : word_languages()) {
        for (int i = 0; i < 60; ++i) {
            Recipe recipe;
            recipe.seed = "describe" + std::to_string(i);
            const std::string text = describe(recipe, lang);
            INFO(lang << ": " << text);
            CHECK(text.find('{') == std::string::npos);
            CHECK(text.find("  ") == std::string::npos);
            CHECK(text.find(", ,") == std::string::npos);
            CHECK(text.size() > 60);
            CHECK(text.size() < 400);
            CHECK_FALSE(words(text, {}, lang).refused);
        }
        for (const Style& style : styles().all()) {
            Recipe recipe;
            recipe.style.name = style.name;
            CHECK(describe(recipe, lang).size() > describe({}, lang).size());
        }
    }
}

TEST_CASE(
    "a text is read in the language most of its words belong to, the preferred one if none stands out") {
    CHECK(language_of("eine alte Frau mit roten Haaren", "en") == "de");
    CHECK(language_of("an old woman with red hair", "de") == "en");
    CHECK(language_of("une vieille femme aux cheveux roux", "en") == "fr");
    CHECK(language_of("vieux", "en") == "fr");
    for (const char* nobody : {"", "!?", "qqq zzz", "1234", "\xff\xfe", "bob"}) {
        CHECK(language_of(nobody, "it") == "it");
        CHECK(language_of(nobody, "xx") == "en");
    }
    for (const char* mistyped : {"a yung womann smilng", "an oldd man wiht berd", "blond, oil painting"})
        CHECK(language_of(mistyped, "en") == "en");
}

TEST_CASE("what is described is read back") {
    int glasses = 0, hair = 0, age = 0;
    for (int i = 0; i < 100; ++i) {
        Recipe recipe;
        recipe.seed = "there and back " + std::to_string(i);
        const Sitter sitter = sit(recipe);
        const Words back = words(describe(recipe, "en"), {}, "en");
        glasses += (sitter.choice("glasses.style") != "none") == (back.recipe.set.count("glasses.style") == 1)
                       ? 1
                       : 0;
        hair += std::abs(sitter.number("hair.grey") -
                         (back.recipe.set.count("hair.grey") == 1 ? number(back, "hair.grey") : 0)) < 0.35
                    ? 1
                    : 0;
        age += std::abs(sitter.number("age") - number(back, "age")) < 6 ? 1 : 0;
    }
    CHECK(glasses >= 98);
    CHECK(hair >= 95);
    CHECK(age >= 98);
}
