// A crowd is a function from a number to a person: the same everywhere, inside its facets, and as balanced as it says.
#include "catch_amalgamated.hpp"
#include "crowd_text.h"
#include "finish/style.h"
#include "sitter/crowd.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <set>

using namespace limner;

TEST_CASE("person i of a crowd without anything is the recipe with the seed S/i, in either mix") {
    const Crowd chance = crowd_of(R"({"crowd":1,"seed":"S","mix":"chance"})");
    Recipe plain;
    plain.seed = "S/41";
    CHECK(crowd_recipe(chance, 41) == plain);
    const Recipe balanced = crowd_recipe(crowd_of(R"({"seed":"S"})"), 41);
    CHECK(balanced.seed == "S/41");
    CHECK(balanced.set.contains("age"));
    CHECK_FALSE(balanced.set.contains("hair.style"));  // follows from the seed
    CHECK(crowd_recipe(chance, 41) == crowd_recipe(chance, 41));
}

TEST_CASE("a crowd's people are the same on every platform") {
    const Crowd crowd = crowd_of(
        R"({"seed":"golden","facets":{"age":[30,60],"beard.style":["full_medium","goatee"],"hair.grey":[0.3,1]},"style":[null,{"name":"ink"}]})");
    CHECK(
        print_recipe(crowd_recipe(crowd, 0)) ==
        R"({"limner":1,"seed":"golden/0","set":{"age":46.48,"beard.style":"goatee","expression.smile":0.319,)"
        R"("hair.grey":0.456,"muscle":0.258,"presentation":0.91,"skin.tone":4.73,"weight":0.178},"style":{"name":"ink"}})");
    CHECK(
        print_recipe(crowd_recipe(crowd, 999999)) ==
        R"({"limner":1,"seed":"golden/999999","set":{"age":59.87,"beard.style":"goatee",)"
        R"("expression.smile":0.24,"hair.grey":0.823,"muscle":0.364,"presentation":0.954,"skin.tone":8.61,"weight":0.431}})");
}

TEST_CASE("every ten people of a balanced crowd have one of each tenth of age, presentation and skin tone") {
    for (const char* facets : {"{}", R"({"age":[20,40],"skin.tone":[3,8]})"}) {
        const Crowd crowd = crowd_of(std::string(R"({"seed":"even","facets":)") + facets + "}");
        const bool narrow = !crowd.facets.empty();
        for (std::uint64_t block : {0ULL, 7ULL, 123456ULL}) {
            std::vector<double> ages, tones;
            for (std::uint64_t i = 0; i < 10; ++i) {
                const Sitter sitter = sit(crowd_recipe(crowd, block * 10 + i));
                ages.push_back(sitter.number("age"));
                tones.push_back(sitter.number("skin.tone"));
            }
            std::ranges::sort(ages);
            std::ranges::sort(tones);
            for (std::size_t k = 0; k < 10; ++k) {
                const auto tenth = static_cast<double>(k);
                const double age = narrow ? 20 + 2 * tenth : 18 + 7.2 * tenth;
                const double tone = narrow ? 3 + 0.5 * tenth : 0.5 + tenth;
                CHECK(ages[k] == Catch::Approx(age + (narrow ? 1 : 3.6)).margin(narrow ? 1.01 : 3.61));
                CHECK(tones[k] == Catch::Approx(tone + (narrow ? 0.25 : 0.5)).margin(narrow ? 0.26 : 0.51));
            }
        }
    }
}

TEST_CASE("everybody is inside the facets, and those they depend on follow") {
    const Crowd crowd =
        crowd_of(R"({"seed":"f","facets":{"beard.style":["full_medium","full_long"],"hair.grey":[0.5,1],
        "expression.smile":[0.2,0.21],"glasses.style":["round"],"eyes.pigment":[0,0.2],"gaze.x":[0,0]}})");
    int masculine = 0, older = 0, pale = 0;
    std::set<std::string> seeds;
    for (std::uint64_t i = 0; i < 400; ++i) {
        const Recipe recipe = crowd_recipe(crowd, i);
        CHECK(parse_recipe(print_recipe(recipe)));
        const Sitter sitter = sit(recipe);
        seeds.insert(recipe.seed);
        CHECK((sitter.choice("beard.style") == "full_medium" || sitter.choice("beard.style") == "full_long"));
        CHECK(sitter.choice("glasses.style") == "round");
        CHECK(sitter.number("hair.grey") >= 0.5F);
        CHECK(sitter.number("expression.smile") >= 0.2F);
        CHECK(sitter.number("expression.smile") <= 0.21F);
        CHECK(sitter.number("eyes.pigment") <= 0.2F);
        CHECK(sitter.number("gaze.x") == 0);
        masculine += sitter.number("presentation") > 0.4F;
        older += sitter.number("age") > 45;
        pale += sitter.number("skin.tone") < 5;
    }
    CHECK(seeds.size() == 400);
    CHECK(masculine > 396);  // nobody grows a beard out of a prior that has none
    CHECK(older > 360);
    CHECK(pale > 330);
}

TEST_CASE("facets cut the prior down instead of replacing it") {
    // Rejection is slow and right: the ages of those who have some grey, both ways.
    const Crowd anybody = crowd_of(R"({"seed":"a","mix":"chance"})");
    const Crowd grey = crowd_of(R"({"seed":"b","mix":"chance","facets":{"hair.grey":[0.2,0.6]}})");
    double by_rejection = 0, by_facet = 0;
    int found = 0;
    for (std::uint64_t i = 0; found < 600; ++i) {
        const Sitter sitter = sit(crowd_recipe(anybody, i));
        if (sitter.number("hair.grey") < 0.2F || sitter.number("hair.grey") > 0.6F) continue;
        by_rejection += sitter.number("age") / 600;
        ++found;
    }
    for (std::uint64_t i = 0; i < 600; ++i) by_facet += sit(crowd_recipe(grey, i)).number("age") / 600;
    CHECK(by_facet == Catch::Approx(by_rejection).margin(2.5));
}

TEST_CASE("light, backdrop and style are shared out, and the base is everybody's") {
    const Crowd crowd = crowd_of(
        R"({"seed":"x","light":[null,{"ambient":{"gain":2}}],"style":[{"name":"ink"},{"name":"oil"},null,{"name":"pencil"},{"name":"noir"}],
        "base":{"backdrop":{"kind":"plain"},"set":{"clothes.style":"shirt"},"frame":{"shape":"circle"}}})");
    std::map<std::string, int> styles;
    int studio = 0;
    for (std::uint64_t i = 0; i < 100; ++i) {
        const Recipe recipe = crowd_recipe(crowd, i);
        ++styles[recipe.style.name];
        studio += recipe.light.canonical;
        CHECK(recipe.backdrop.kind == "plain");
        CHECK(recipe.frame.shape == "circle");
        CHECK(recipe.set.at("clothes.style") == "shirt");
    }
    CHECK(studio == 50);
    CHECK(styles.size() == 5);
    for (const auto& [name, count] : styles) CHECK(count == 20);
}

TEST_CASE("relatives: similar, mixed and bred people honour locks and differ from each other") {
    for (const char* how : {"similar", "mix", "breed"}) {
        const std::string of = std::string(how) == "similar" ? R"([{"seed":"a"}])"
                                                             : R"([{"seed":"a"},{"seed":"b"},{"seed":"c"}])";
        const Crowd crowd = crowd_of(std::string(R"({"seed":"k","kin":{"how":")") + how + R"(","of":)" + of +
                                     R"(,"amount":0.4,"locks":["hair"]}})");
        std::set<std::string> people;
        Recipe first;
        first.seed = "a";
        for (std::uint64_t i = 0; i < 40; ++i) {
            const Recipe child = crowd_recipe(crowd, i);
            people.insert(print_recipe(child));
            if (std::string(how) != "mix")
                CHECK(sit(child).choice("hair.style") == sit(first).choice("hair.style"));
        }
        CHECK(people.size() == 40);
        CHECK(*parse_crowd(print_crowd(crowd)) == crowd);
    }
}

TEST_CASE("crowds are read, refused with a sentence, and written canonically") {
    const std::string text =
        R"({"base":{"backdrop":{"kind":"plain"}},"crowd":1,"facets":{"age":[25,45],"glasses.style":["round","oval"]},"light":[null,{"ambient":{"gain":2}}],"mix":"chance","seed":"s"})";
    CHECK(print_crowd(crowd_of(text)) == text);
    CHECK(crowd_of(R"({"facets":{"age":[18,90]}})").facets.empty());  // lets everybody in
    for (const auto& [bad, code] : std::vector<std::pair<std::string, std::string>>{
             {"[]", "crowd.json"},
             {R"({"crowd":2})", "crowd.version"},
             {R"({"nonsense":1})", "crowd.unknown"},
             {R"({"seed":7})", "crowd.type"},
             {R"({"seed":")" + std::string(101, 'x') + "\"}", "crowd.range"},
             {R"({"mix":"as in Utopia"})", "crowd.range"},
             {R"({"facets":{"height":[1,2]}})", "crowd.unknown"},
             {R"({"facets":{"age":[12,20]}})", "recipe.range"},
             {R"({"facets":{"age":[40,30]}})", "crowd.range"},
             {R"({"facets":{"age":40}})", "crowd.type"},
             {R"({"facets":{"identity":[0,1]}})", "crowd.type"},
             {R"({"facets":{"glasses.style":[]}})", "crowd.type"},
             {R"({"facets":{"glasses.style":["monocle"]}})", "recipe.range"},
             {R"({"light":{"ambient":{}}})", "crowd.type"},
             {R"({"light":[{"ambient":{"gain":99}}]})", "recipe.range"},
             {R"({"base":{"seed":"x"}})", "crowd.unknown"},
             {R"({"base":{"set":{"age":30}},"facets":{"age":[20,40]}})", "crowd.range"},
             {R"({"kin":{"how":"clone","of":[{}]}})", "crowd.kin"},
             {R"({"kin":{"how":"breed","of":[{}]}})", "crowd.kin"},
             {R"({"kin":{"how":"similar","of":[{}],"amount":2}})", "crowd.range"},
             {R"({"kin":{"how":"similar","of":[{}],"locks":["nose"]}})", "crowd.unknown"},
             {R"({"kin":{"how":"similar","of":[{}]},"facets":{"age":[20,30]}})", "crowd.kin"}}) {
        const Result<Crowd> read = parse_crowd(bad);
        INFO(bad);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == code);
        CHECK(read.error().sentence.ends_with("."));
    }
}

TEST_CASE("the crowds to start from are whole, and their styles exist") {
    CHECK(crowd_presets().size() >= 4);
    for (const CrowdPreset& preset : crowd_presets()) {
        CHECK_FALSE(preset.label.empty());
        CHECK_FALSE(preset.help.empty());
        for (const StyleChoice& style : preset.crowd.styles) CHECK(styles().find(style.name));
        std::set<int> tones;
        for (std::uint64_t i = 0; i < 10; ++i) {
            const Recipe recipe = crowd_recipe(preset.crowd, i);
            CHECK(parse_recipe(print_recipe(recipe)));
            tones.insert(static_cast<int>(sit(recipe).number("skin.tone") - 0.5F));
        }
        CHECK(tones.size() >= 9);
    }
}

TEST_CASE("counting adds up, and pieces give the whole") {
    const Crowd crowd = crowd_of(R"({"facets":{"glasses.style":["round","oval"]}})");
    Tally whole, pieces;
    count_people(crowd, 0, 60, whole);
    count_people(crowd, 0, 25, pieces);
    count_people(crowd, 25, 60, pieces);
    CHECK(whole.counts == pieces.counts);
    CHECK(whole.people == 60);
    const auto& glasses = whole.counts[static_cast<std::size_t>(schema().index("glasses.style"))];
    CHECK(glasses[1] + glasses[2] == 60);
}

TEST_CASE("light, backdrop and style are counted as they are shared out") {
    const Crowd crowd = crowd_of(
        R"({"light":[null,{"ambient":{"gain":2}}],"style":[{"name":"ink"},null],"base":{"backdrop":{"kind":"plain"}}})");
    Tally tally;
    count_people(crowd, 0, 40, tally);
    CHECK(tally.with(LightMix{}) == 20);
    CHECK(tally.with(crowd.lights[1]) == 20);
    CHECK(tally.styles == std::map<std::string, int>{{"", 20}, {"ink", 20}});
    CHECK(tally.backdrops == std::map<std::string, int>{{"plain", 40}});
    LightMix elsewhere = crowd.lights[1];
    elsewhere.ambient_gain = 3;
    CHECK(tally.with(elsewhere) == 0);
}
