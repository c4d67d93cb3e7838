// Relatives: close ones look alike, locks hold, and every result stands on its own.
#include "sitter/breed.h"
#include "sitter/sitter.h"

#include <catch_amalgamated.hpp>
#include <cmath>

using namespace limner;

namespace {

Recipe seeded(const std::string& seed) {
    Recipe recipe;
    recipe.seed = seed;
    return recipe;
}

// Distance of two people over their numbers, each scaled to its range.
double distance(const Recipe& a, const Recipe& b) {
    const Sitter x = sit(a), y = sit(b);
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        const Attribute& attribute = schema().attributes[i];
        if (attribute.circular) continue;
        for (std::size_t k = 0; k < x.values[i].numbers.size(); ++k, ++count) {
            const double d =
                (x.values[i].numbers[k] - y.values[i].numbers[k]) / (attribute.max - attribute.min);
            sum += d * d;
        }
    }
    return std::sqrt(sum / count);
}

bool stands_alone(const Recipe& recipe) {
    Result<Recipe> back = parse_recipe(print_recipe(recipe));
    return back && *back == recipe && recipe.set.size() == schema().attributes.size();
}

}  // namespace

TEST_CASE("settling names everything and changes nothing") {
    const Recipe recipe = *parse_recipe(R"({"seed":"ada","set":{"age":40},"style":{"name":"ink"}})");
    const Recipe all = settled(recipe);
    CHECK(stands_alone(all));
    CHECK(network_input(sit(all)) == network_input(sit(recipe)));
    CHECK(all.style.name == "ink");
    CHECK(settled(all) == all);
}

TEST_CASE("variations are as far as asked, repeatable, and keep what is locked") {
    const Recipe ada = seeded("ada");
    double last = -1;
    for (const double radius : {0.0, 0.15, 0.4, 1.0}) {
        double mean = 0;
        for (int i = 0; i < 20; ++i) {
            const Recipe near = variation(ada, radius, {}, std::to_string(i));
            CHECK(stands_alone(near));
            CHECK(near == variation(ada, radius, {}, std::to_string(i)));
            mean += distance(ada, near) / 20;
        }
        CHECK(mean > last);
        last = mean;
    }
    CHECK(network_input(sit(variation(ada, 0, {}, "x"))) == network_input(sit(ada)));

    const Recipe locked = variation(ada, 0.8, {"hair", "age"}, "x");
    for (const Attribute& a : schema().attributes) {
        if (a.group == "hair" || a.id == "age") CHECK(locked.set.at(a.id) == settled(ada).set.at(a.id));
    }
    CHECK(locked.set.at("nose.width") != settled(ada).set.at("nose.width"));
}

TEST_CASE("a long walk of variations stays among distinct people") {
    Recipe walker = seeded("ada");
    double spread = 0;
    for (int i = 0; i < 60; ++i) {
        walker = variation(walker, 0.3, {}, std::to_string(i));
        if (i < 20) continue;
        const Sitter sitter = sit(walker);
        for (const float x : sitter.coefficients("identity")) spread += x * x / 40 / 40;
    }
    CHECK(std::sqrt(spread) > 0.5);  // strangers have 0.75
}

TEST_CASE("a mixture lies between, leans by weight, and one part alone is itself") {
    const Recipe a = *parse_recipe(R"({"seed":"a","set":{"age":20,"hair.style":"bob","clothes.hue":350}})");
    const Recipe b = *parse_recipe(R"({"seed":"b","set":{"age":60,"hair.style":"afro","clothes.hue":30}})");
    const std::vector<Part> parts{{a, 3}, {b, 1}};
    const Recipe both = *mix(parts);
    CHECK(stands_alone(both));
    CHECK(sit(both).number("age") == Catch::Approx(30));
    CHECK(sit(both).choice("hair.style") == "bob");
    CHECK(sit(both).number("clothes.hue") == Catch::Approx(0).margin(0.01));  // the short way round
    CHECK(both.seed == "a");
    const std::vector<Part> alone{{b, 2}};
    CHECK(network_input(sit(*mix(alone))) == network_input(sit(b)));
    const std::vector<Part> weightless{{a, 0}, {b, 0}};
    CHECK(sit(*mix(weightless)).number("age") == Catch::Approx(40));

    CHECK(mix({}).error().code == "mix.count");
    const std::vector<Part> wrong{{a, -1}};
    CHECK(mix(wrong).error().code == "mix.weight");
}

TEST_CASE("children take after both parents, differ from each other, and honour locks") {
    const Recipe mother = *parse_recipe(R"({"seed":"m","set":{"presentation":0.05}})");
    const Recipe father =
        *parse_recipe(R"({"seed":"f","set":{"presentation":0.95,"beard.style":"full_medium"}})");
    for (int i = 0; i < 40; ++i) {
        const Recipe child = breed(mother, father, 0, {"eyes.pigment"}, std::to_string(i));
        CHECK(stands_alone(child));
        CHECK(distance(child, mother) < distance(mother, father));
        CHECK(distance(child, father) < distance(mother, father));
        CHECK(child.set.at("eyes.pigment") == settled(mother).set.at("eyes.pigment"));
        const Sitter s = sit(child);
        CHECK((s.number("presentation") > 0.3F || s.choice("beard.style") == "none"));
    }
    CHECK(breed(mother, father, 0.2, {}, "1") == breed(mother, father, 0.2, {}, "1"));
    CHECK(breed(mother, father, 0.2, {}, "1") != breed(mother, father, 0.2, {}, "2"));
    CHECK(breed(mother, father, 0, {}, std::string(500, 'x')).seed.size() < 32);
}
