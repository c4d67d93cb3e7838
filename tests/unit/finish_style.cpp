// Styles are data: the ones that ship are good, and a bad one is refused with a sentence that names the place.
#include "finish/style.h"

#include <catch_amalgamated.hpp>
#include <set>
#include <string>

using namespace limner;

namespace {

std::string sentence(const std::string& json) {
    const Result<Style> style = parse_style(json);
    return style ? "" : style.error().sentence;
}

std::string with(const std::string& graph, const std::string& parameters = "[]",
                 const std::string& output = "b") {
    return R"({"style":1,"name":"test","label":"Test","family":"ink","help":"For tests.","parameters":)" +
           parameters + R"(,"graph":)" + graph + R"(,"output":")" + output + "\"}";
}

}  // namespace

TEST_CASE("at least thirty styles ship, in five families", "[finish][style]") {
    const auto& all = styles().all();
    CHECK(all.size() >= 30);
    std::set<std::string> families, labels;
    for (const Style& style : all) {
        families.insert(style.family);
        CHECK(labels.insert(style.label).second);
        CHECK(style.parameters.size() <= 3);  // a small set
        CHECK(styles().find(style.name) == &style);
    }
    CHECK(families == std::set<std::string>{"paint", "ink", "print", "photo", "play"});
    CHECK(styles().find("no such style") == nullptr);
}

TEST_CASE("a graph may list its nodes in any order", "[finish][style]") {
    const auto style =
        parse_style(with(R"([{"id":"b","do":"blur","in":["a"]},{"id":"a","do":"adjust","in":["picture"]}])"));
    REQUIRE(style);
    CHECK(style->graph.front().id == "a");
    CHECK(style->graph.back().id == "b");
}

TEST_CASE("a bad graph is refused with a sentence naming the place", "[finish][style]") {
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["a"]},{"id":"a","do":"blur","in":["b"]}])")) ==
          "Style \"test\", node \"b\": it depends on itself, in a circle.");
    CHECK(sentence(with(R"([{"id":"b","do":"sparkle","in":["picture"]}])")) ==
          "Style \"test\", node \"b\": there is no primitive \"sparkle\".");
    CHECK(sentence(with(R"([{"id":"b","do":"develop","in":["picture"]}])")) ==
          "Style \"test\", node \"b\": there is no primitive \"develop\".");
    CHECK(sentence(with(R"([{"id":"b","do":"strands","in":["picture","picture","picture"]}])")) ==
          "Style \"test\", node \"b\": there is no primitive \"strands\".");
    // Nor any other pass that only the plan has the numbers of.
    for (const std::string name :
         {"enlarge", "sharpen",     "complexion", "strand_noise", "strand_flow", "strand_comb",
          "parting", "carve",       "cloth",      "wrinkles",     "brows",       "beard_roots",
          "beard",   "stray_roots", "strays",     "locks",        "mould",       "mouth",
          "eyes",    "worn",        "retouch",    "compose"})
        CHECK(sentence(with(R"([{"id":"b","do":")" + name + R"(","in":["picture","picture"]}])")) ==
              "Style \"test\", node \"b\": there is no primitive \"" + name + "\".");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["pictures"]}])")) ==
          "Style \"test\", node \"b\": it reads \"pictures\", which is neither a node nor a given image.");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"radius":900}}])")) ==
          "Style \"test\", node \"b\": radius is 900; it must be between 0.1 and 60.");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"sigma":3}}])")) ==
          "Style \"test\", node \"b\": blur has no number \"sigma\".");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture","picture"]}])")) ==
          "Style \"test\", node \"b\": blur reads 1 images, not 2.");
    CHECK(sentence(with(R"([{"id":"b","do":"ramp","in":["picture"],"set":{"dark":"blue"}}])")) ==
          "Style \"test\", node \"b\": dark must be a colour like \"#20304a\".");
    CHECK(sentence(
              with(R"([{"id":"b","do":"blur","in":["picture"]},{"id":"a","do":"blur","in":["picture"]}])")) ==
          "Style \"test\", node \"a\": nothing uses it.");
    CHECK(sentence(with(R"([{"id":"picture","do":"blur","in":["matte"]}])")) ==
          "Style \"test\", node \"picture\": the name \"picture\" is that of a given image.");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"]}])", "[]", "c")) ==
          "Style \"test\": the output \"c\" is not a node.");
    CHECK(sentence(with("[]")).find("\"graph\" must be a list of 1 to 48 nodes") != std::string::npos);
}

TEST_CASE("expressions are checked over the whole range of their parameters", "[finish][style]") {
    const std::string parameters = R"([{"id":"size","label":"Size","min":1,"max":10,"default":5}])";
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"radius":"size * 2 + 1"}}])",
                        parameters))
              .empty());
    CHECK(sentence(
              with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"radius":"size * 8"}}])", parameters)) ==
          "Style \"test\", node \"b\": radius is 80; it must be between 0.1 and 60.");
    CHECK(
        sentence(with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"radius":"sise"}}])", parameters)) ==
        "Style \"test\", node \"b\": radius: there is no parameter \"sise\".");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"],"set":{"radius":"(size"}}])",
                        parameters)) == "Style \"test\", node \"b\": radius: a parenthesis is not closed.");
    CHECK(sentence(with(R"x([{"id":"b","do":"blur","in":["picture"],"set":{"radius":"3 / (size - size)"}}])x",
                        parameters)) == "Style \"test\", node \"b\": radius: it divides by zero.");
    CHECK(sentence(with(R"([{"id":"b","do":"blur","in":["picture"]}])",
                        R"([{"id":"size","label":"Size","min":5,"max":1,"default":5}])")) ==
          "Style \"test\", parameter 1: min must be less than max.");
}

TEST_CASE("what is not a style at all is refused kindly", "[finish][style]") {
    CHECK_FALSE(sentence("").empty());
    CHECK_FALSE(sentence("[1,2]").empty());
    CHECK_FALSE(sentence("{\"style\":2}").empty());
    CHECK_FALSE(sentence(std::string(70000, ' ')).empty());
    CHECK_FALSE(
        sentence("{\"style\":1,\"name\":\"../"
                 "x\",\"label\":\"x\",\"family\":\"ink\",\"help\":\"x\",\"graph\":[],\"output\":\"a\"}")
            .empty());
}
