// Who is painted: a seed's sitter is the same everywhere and stays the same when the schema grows.
#include "base/checksum.h"
#include "sitter/census.h"
#include "sitter/prior.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <cstring>

namespace limner {
extern const std::string_view kSchemaJson;
}

using namespace limner;

namespace {

Recipe seeded(const std::string& seed) {
    Recipe recipe;
    recipe.seed = seed;
    return recipe;
}

std::string digest(const std::vector<float>& numbers) {
    Sha256 sum;
    for (const float x : numbers) {  // little-endian, whatever the machine
        std::uint32_t bits = 0;
        std::memcpy(&bits, &x, 4);
        const std::uint8_t bytes[4] = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8),
                                       static_cast<std::uint8_t>(bits >> 16),
                                       static_cast<std::uint8_t>(bits >> 24)};
        sum.add(bytes);
    }
    return sum.hex();
}

std::vector<Prior> compiled(const Schema& of) {
    std::vector<Prior> out;
    for (const Attribute& a : of.attributes) out.push_back(*compile_prior(a, of));
    return out;
}

}  // namespace

TEST_CASE("a number with a reach is taken so many times as far from its default") {
    Recipe recipe = seeded("ada");
    const auto input = [&](double nose) {
        recipe.set["nose.width"] = nose;
        return network_input(
            sit(recipe))[static_cast<std::size_t>(schema().find("nose.width")->input_offset)];
    };
    const double reach = schema().find("nose.width")->reach;
    REQUIRE(reach > 1);
    CHECK(input(0) == 0);
    CHECK(std::abs(input(1) - reach) < 1e-6);
    CHECK(std::abs(input(-0.5) + 0.5 * reach) < 1e-6);
    recipe.set["nose.width"] = 0.5;
    CHECK(std::abs(sit(recipe).reached("nose.width") - 0.5 * reach) < 1e-6);
    CHECK(sit(recipe).number("nose.width") == 0.5F);
    CHECK(sit(recipe).reached("age") == sit(recipe).number("age"));
}

// Natively and in WebAssembly alike. They change only when a prior or the schema does; say so in CHANGELOG.md then.
TEST_CASE("three recipes give these network inputs on every platform") {
    CHECK(digest(network_input(sit(seeded("ada")))) ==
          "dc7035f133db9eeb83d71be625bed96e16d69159eb98aa95a814899fc1ea2184");
    CHECK(digest(network_input(sit(seeded("limner/7")))) ==
          "f46b3b90bdf0663d9784985e5c8d9a65836cc7d8e496a86e6e7b86de91710879");
    const Recipe third =
        *parse_recipe(R"({"seed":"\u00e9t\u00e9","set":{"age":62,"hair.style":"bob","clothes.hue":222.5}})");
    CHECK(digest(network_input(sit(third))) ==
          "76dcb3c5481ce6e963eb94401c2c52a81c1b076e704ade53de5b1717c9ea8da0");
    CHECK(sit(seeded("ada")).number("age") == 40.9291534F);
    CHECK(sit(seeded("ada")).choice("hair.style") == "side_swept");
}

TEST_CASE("a sitter has every number of the schema, in range") {
    for (int i = 0; i < 500; ++i) {
        const Sitter sitter = sit(seeded(std::to_string(i)));
        REQUIRE(sitter.values.size() == schema().attributes.size());
        REQUIRE(sitter.noise.size() == static_cast<std::size_t>(schema().noise_count));
        for (std::size_t k = 0; k < sitter.values.size(); ++k) {
            const Attribute& a = schema().attributes[k];
            const Value& value = sitter.values[k];
            INFO(a.id);
            if (a.type == Attribute::Type::choice) {
                REQUIRE((value.choice >= 0 && value.choice < static_cast<int>(a.choices.size())));
            } else {
                REQUIRE(value.numbers.size() == static_cast<std::size_t>(a.length));
                for (const float x : value.numbers)
                    REQUIRE((x >= static_cast<float>(a.min) && x <= static_cast<float>(a.max)));
            }
        }
        for (const float x : network_input(sitter)) REQUIRE(std::isfinite(x));
    }
}

TEST_CASE("the network's input follows the schema's layout") {
    Recipe recipe = seeded("x");
    recipe.set = {{"age", 54}, {"hair.style", "bob"}, {"clothes.hue", 90}};
    const std::vector<float> input = network_input(sit(recipe));
    REQUIRE(input.size() == static_cast<std::size_t>(schema().input_count + schema().noise_count));
    const auto at = [&](std::string_view id) { return input.begin() + schema().find(id)->input_offset; };
    CHECK(*at("age") == 0);  // the middle of 18 to 90
    CHECK(std::abs(*at("clothes.hue")) < 1e-7F);
    CHECK(*(at("clothes.hue") + 1) == 1);
    const Attribute& style = *schema().find("hair.style");
    for (int c = 0; c < style.input_count; ++c) {
        CHECK(*(at("hair.style") + c) ==
              (style.choices[static_cast<std::size_t>(c)].id == "bob" ? 1.0F : 0.0F));
    }
    int next = 0;
    for (const Attribute& a : schema().attributes) {
        CHECK(a.input_offset == next);
        next += a.input_count;
    }
    CHECK(next == schema().input_count);
}

TEST_CASE("what the recipe says beats the seed, and conditions what follows") {
    Recipe recipe = seeded("ada");
    recipe.set["age"] = 88;
    CHECK(sit(recipe).number("age") == 88);
    double young = 0, old = 0;
    for (int i = 0; i < 200; ++i) {
        Recipe person = seeded(std::to_string(i));
        person.set["age"] = 20;
        young += sit(person).number("skin.wrinkles") / 200;
        person.set["age"] = 85;
        old += sit(person).number("skin.wrinkles") / 200;
    }
    CHECK(young < 0.15);
    CHECK(old > 0.75);
}

TEST_CASE("a new attribute reshuffles nobody") {
    nlohmann::json text = nlohmann::json::parse(kSchemaJson);
    const nlohmann::json extra = {
        {"id", "skin.glitter"}, {"label", "Glitter"}, {"group", "skin"},
        {"type", "number"},     {"min", 0},           {"max", 1},
        {"default", 0},         {"net", "linear"},    {"prior", {{"uniform", {0, 1}}}}};
    text["attributes"].insert(text["attributes"].begin() + 3, extra);
    const Schema grown = *parse_schema(text.dump());
    const std::vector<Prior> priors = compiled(grown);
    for (const char* seed : {"ada", "bob", "1", "2", ""}) {
        const Sitter before = sit(seeded(seed));
        const std::vector<Value> after = draw_values(seeded(seed), grown, priors);
        for (std::size_t i = 0; i < before.values.size(); ++i) {
            const auto k = static_cast<std::size_t>(grown.index(schema().attributes[i].id));
            CHECK(after[k].numbers == before.values[i].numbers);
            CHECK(after[k].choice == before.values[i].choice);
        }
    }
}

TEST_CASE("a mirror turns what has a side, and twice is nothing") {
    Recipe recipe = seeded("ada");
    recipe.set = {{"pose.yaw", 20}, {"pose.pitch", 5}, {"expression.wink", 0.5}};
    const Sitter sitter = sit(recipe), other = mirrored(sitter);
    CHECK(other.number("pose.yaw") == -20);
    CHECK(other.number("pose.pitch") == 5);
    CHECK(other.number("expression.wink") == -0.5F);
    CHECK(network_input(mirrored(other)) == network_input(sitter));
    CHECK(network_input(other) != network_input(sitter));
}

TEST_CASE("a thousand random sitters are balanced") {
    bool balanced = false;
    const std::string report = census_report(1000, balanced);
    INFO(report);
    CHECK(balanced);
    CHECK(report.find("tone 10") != std::string::npos);
    census_report(0, balanced);
    CHECK_FALSE(balanced);
}

TEST_CASE("priors make no impossible people") {
    int bearded_women = 0, women = 0, grey_young = 0, shadowed_women = 0;
    for (int i = 0; i < 4000; ++i) {
        const Sitter s = sit(seeded("sane/" + std::to_string(i)));
        CHECK(s.number("age") >= 18);
        if (s.number("presentation") < 0.3F) {
            ++women;
            bearded_women += s.choice("beard.style") != "none";
            shadowed_women += s.number("beard.shadow") > 0;
        }
        grey_young += s.number("age") < 28 && s.number("hair.grey") > 0.2F;
        if (s.number("expression.smile") == 0) CHECK(s.number("expression.smile_open") == 0);
    }
    CHECK(women > 1500);
    CHECK(bearded_women == 0);
    CHECK(shadowed_women == 0);
    CHECK(grey_young == 0);
}

TEST_CASE("faces are as feminine and as old as people are said to be") {
    double sums[2][3] = {}, eyes[2] = {};
    int counts[2] = {}, ages[2] = {};
    for (int i = 0; i < 3000; ++i) {
        const Sitter s = sit(seeded("looks/" + std::to_string(i)));
        const bool masculine = s.number("presentation") > 0.5F, old = s.number("age") > 54;
        sums[masculine][0] += s.number("jaw.width");
        sums[masculine][1] += s.number("eyes.size");
        sums[masculine][2] += s.number("mouth.upper_lip");
        ++counts[masculine];
        eyes[old] += s.number("eyes.size");
        ++ages[old];
    }
    const auto mean = [&](int who, int what) { return sums[who][what] / counts[who]; };
    CHECK(mean(0, 0) < mean(1, 0) - 0.3);
    CHECK(mean(0, 1) > mean(1, 1) + 0.1);
    CHECK(mean(0, 2) > mean(1, 2) + 0.15);
    CHECK(eyes[0] / ages[0] > eyes[1] / ages[1] + 0.08);
}

TEST_CASE("numbers of priors add up and multiply") {
    const auto value = [](const char* text) {
        Attribute a = *schema().find("weight");
        a.prior = nlohmann::json::parse(text);
        const Result<Prior> prior = compile_prior(a, schema());
        REQUIRE(prior);
        std::vector<Value> earlier = sit(seeded("x")).values;
        earlier[static_cast<std::size_t>(schema().index("age"))].numbers = {54};
        return prior->quantile(0.5, earlier, -10, 10);
    };
    CHECK(value(R"({"sum":[0.25,{"by":"age","at":[18,90],"is":[0,4]},{"product":[2,{"sum":[0.5,0.5]}]}]})") ==
          Catch::Approx(4.25));
    CHECK(value(R"({"product":[{"sum":[1,2]},0.5]})") == Catch::Approx(1.5));
}

TEST_CASE("priors that make no sense are refused by name") {
    const auto prior = [](const char* text, const char* id = "age") {
        Attribute a = *schema().find(id);
        a.prior = nlohmann::json::parse(text);
        return compile_prior(a, schema());
    };
    CHECK(prior("0.5"));
    CHECK(prior(R"({"mixture":[[1,{"uniform":[0,1]}],[{"product":[2,3]},4]]})"));
    for (const char* text : {R"("x")", R"({"uniform":[1]})", R"({"normal":1})", R"({"mixture":[]})",
                             R"({"mixture":[[1]]})", R"({"chance":1,"then":2})",
                             R"({"by":"age","at":[2,1],"is":[0,1]})", R"({"by":"nobody","at":[1],"is":[1]})",
                             R"({"product":[]})", R"({"sum":[]})", R"({"triangle":[0,1]})"}) {
        INFO(text);
        const Result<Prior> result = prior(text);
        REQUIRE_FALSE(result);
        CHECK(result.error().sentence.starts_with("Schema: the prior of age "));
    }
    CHECK_FALSE(prior(R"({"weights":{"bob":1}})", "hair.style"));
}
