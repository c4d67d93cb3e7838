// Recipes as strangers send them: what is understood, what is refused and how that is said, and how they travel.
#include "base/base64.h"
#include "recipe/recipe.h"
#include "recipe/random.h"
#include "sitter/sitter.h"

#include <catch_amalgamated.hpp>

using namespace limner;

namespace {

Recipe understood(std::string_view text) {
    Result<Recipe> recipe = parse_recipe(text);
    INFO((recipe ? "" : recipe.error().sentence));
    REQUIRE(recipe);
    return *recipe;
}

Error refused(std::string_view text) {
    const Result<Recipe> recipe = parse_recipe(text);
    INFO(text);
    REQUIRE_FALSE(recipe);
    CHECK((recipe.error().sentence.ends_with('.') || recipe.error().sentence.ends_with('?')));
    CHECK(recipe.error().sentence.size() < 400);
    return recipe.error();
}

constexpr const char* kEverything =
    R"({"limner":1, "seed":"ada", "set":{"age":62,"hair.style":"bob","skin.tone":7.25},
    "light":{"lights":[{"azimuth":-45,"elevation":40,"gain":2,"colour":"#ffe0c0"}, {}],
             "ambient":{"gain":0.4,"colour":"#c0d0ff"}},
    "backdrop":{"kind":"gradient","colour":"#444a55","colour2":"#102030","seed":4294967295},
    "style":{"name":"ink","strength":0.8,"set":{"width":1.5}},
    "retouch":{"smooth":0.2,"whiten":1}, "frame":{"size":1024,"shape":"circle"},
    "grade":{"exposure":0.1,"contrast":-0.2,"saturation":0.3,"temperature":1,"vignette":0.5,"grain":0.25,"depth_of_field":0}})";

}  // namespace

TEST_CASE("a recipe with everything in it is read into its places") {
    const Recipe r = understood(kEverything);
    CHECK(r.seed == "ada");
    CHECK(r.set.at("age") == 62);
    CHECK(r.set.at("hair.style") == "bob");
    CHECK_FALSE(r.light.canonical);
    REQUIRE(r.light.sources.size() == 2);
    CHECK(r.light.sources[0].azimuth_deg == -45);
    CHECK(r.light.sources[0].colour[0] == 1.0F);
    CHECK(r.light.sources[0].colour[2] == Catch::Approx(0.5271151).epsilon(1e-6));  // #c0 in linear light
    CHECK(r.light.sources[1] == LightSource{});
    CHECK(r.light.ambient_gain == 0.4F);
    CHECK(r.backdrop.kind == "gradient");
    CHECK(r.backdrop.seed == 4294967295U);
    CHECK(r.style.name == "ink");
    CHECK(r.style.set.at("width") == 1.5F);
    CHECK(r.retouch.whiten == 1);
    CHECK(r.grade.depth_of_field == 0);
    CHECK(r.frame.size == 1024);
    CHECK(r.frame.shape == "circle");
}

TEST_CASE("printing keeps only what was asked for, and reading it back gives the same recipe") {
    CHECK(print_recipe(Recipe{}) == R"({"limner":1,"seed":"limner"})");
    CHECK(print_recipe(understood(R"({"seed":"x","light":{}})")) == R"({"light":{},"limner":1,"seed":"x"})");
    CHECK(print_recipe(understood(R"({"grade":{"grain":0.1}})")) ==
          R"({"grade":{"grain":0.1},"limner":1,"seed":"limner"})");
    for (const char* text :
         {"{}", kEverything, R"({"seed":"\u00e9\"\\ \ud83d\ude00","set":{"hair.curl":-0.125}})",
          R"({"backdrop":{"colour":"#000000"},"set":{"pose.yaw":-0.0}})"}) {
        const Recipe recipe = understood(text);
        const std::string printed = print_recipe(recipe);
        CHECK(understood(printed) == recipe);
        CHECK(print_recipe(understood(printed)) == printed);
    }
}

TEST_CASE("any number in a range survives printing and reading") {
    Stream chance("print", "numbers");
    for (int i = 0; i < 300; ++i) {
        Recipe recipe;
        recipe.seed = std::to_string(chance.next());
        for (const Attribute& a : schema().attributes) {
            if (a.type != Attribute::Type::number || chance.uniform() < 0.8) continue;
            recipe.set[a.id] = *check_value(a, a.min + chance.uniform() * (a.max - a.min));
        }
        recipe.grade.exposure = static_cast<float>(chance.uniform() * 6 - 3);
        recipe.light = {
            false, {{static_cast<float>(chance.uniform()), 1e-7F, 0.1F, {1, 1, 1}}}, 3.3333333F, {1, 1, 1}};
        CHECK(understood(print_recipe(recipe)) == recipe);
    }
}

TEST_CASE("colours keep their eight bits through linear light") {
    for (int i = 0; i < 256; ++i) {
        const auto value = static_cast<std::uint8_t>(i);
        CHECK(srgb_from_linear(linear_from_srgb(value)) == value);
    }
}

TEST_CASE("what is wrong is said, with its place") {
    CHECK(refused(R"({"set":{"age":12}})").sentence == "age is 12; Limner paints adults, 18 to 90.");
    CHECK(refused(R"({"set":{"pose.yaw":90}})").sentence == "pose.yaw is 90; it goes from -35 to 35.");
    CHECK(refused(R"({"set":{"style":"bob"}})").sentence ==
          "A sitter has nothing called \"style\". Did you mean hair.style?");
    CHECK(refused(R"({"set":{"hair.style":"mullet"}})").code == "recipe.range");
    CHECK(refused(R"({"set":{"hair.style":3}})").code == "recipe.type");
    CHECK(refused(R"({"set":{"age":"old"}})").sentence == "age must be a number, not \"old\".");
    CHECK(refused(R"({"set":{"identity":[1,2]}})").sentence == "identity must be a list of 40 numbers.");
    CHECK(refused(R"({"colour":1})").sentence == "A recipe has no part called \"colour\".");
    CHECK(refused(R"({"light":{"lights":[{},{"gain":9}]}})").sentence ==
          "light.lights[1].gain is 9; it goes from 0 to 8.");
    CHECK(refused(R"({"light":{"lights":[{},{},{},{},{}]}})").sentence ==
          "light.lights has 5 lights; at most 4 fit.");
    CHECK(refused(R"({"light":{"ambient":{"colour":"red"}}})").sentence ==
          "light.ambient.colour is \"red\"; a colour is written like \"#ffe0c0\".");
    CHECK(refused(R"({"backdrop":{"kind":"beach"}})").sentence ==
          "backdrop.kind is \"beach\"; it is one of plain, gradient, studio, scene, transparent.");
    CHECK(refused(R"({"frame":{"size":99.5}})").sentence == "frame.size must be a whole number, not 99.5.");
    CHECK(refused(R"({"frame":{"size":1e30}})").code == "recipe.range");
    CHECK(refused(R"({"style":{"set":{"a b":1}}})").code == "recipe.range");
    CHECK(refused(R"({"style":{"set":{"width":1e9}}})").code == "recipe.type");
    CHECK(refused(R"({"style":[]})").sentence == "style must be an object in braces.");
    CHECK(refused(R"({"limner":2})").sentence == "This recipe is of version 2; this Limner reads version 1.");
    CHECK(refused(R"({"seed":")" + std::string(129, 'x') + R"("})").code == "recipe.range");
    CHECK(refused("").code == "recipe.json");
    CHECK(refused("[1]").code == "recipe.json");
    CHECK(refused(R"({"seed":"ada")").code == "recipe.json");
    CHECK(refused("{\"seed\":\"\xFF\"}").code == "recipe.json");
    CHECK(refused(R"({"grade":{"exposure":1e999}})").code == "recipe.json");
    CHECK(refused("{\"seed\":" + std::string(30000, '[')).sentence.find("32 levels") != std::string::npos);
    CHECK(refused(std::string(70000, ' ')).code == "recipe.size");
    CHECK(refused(R"({"set":{")" + std::string(5000, 'a') + R"(":1}})").sentence.size() < 200);
}

TEST_CASE("a link carries a recipe, alone or among others") {
    const Recipe recipe = understood(kEverything);
    const std::string fragment = to_fragment(recipe);
    CHECK(fragment.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=") ==
          std::string::npos);
    for (const std::string& link :
         {fragment, "#" + fragment, "#view=crowd&" + fragment + "&x", fragment + "&r=broken"}) {
        const Result<Recipe> back = from_fragment(link);
        REQUIRE(back);
        CHECK(*back == recipe);
    }
}

TEST_CASE("a link that was shortened, changed or made to explode is refused") {
    CHECK(from_fragment("").error().code == "fragment.missing");
    CHECK(from_fragment("#view=crowd").error().code == "fragment.missing");
    const std::string whole = to_fragment(understood(kEverything));
    CHECK(from_fragment(whole.substr(0, whole.size() / 2)).error().code == "fragment.text");
    CHECK(from_fragment("r=*!").error().code == "fragment.text");
    CHECK(from_fragment("r=").error().code == "fragment.text");
    // Ten megabytes of spaces deflate into a short link.
    const Bytes bomb = deflate(Bytes(10'000'000, ' '));
    CHECK(bomb.size() < 20000);
    CHECK(from_fragment("r=" + to_base64url(bomb)).error().code == "deflate.size");
    const std::string bad = R"({"set":{"age":5}})";
    CHECK(from_fragment(
              "r=" + to_base64url(deflate({reinterpret_cast<const std::uint8_t*>(bad.data()), bad.size()})))
              .error()
              .sentence == "age is 5; Limner paints adults, 18 to 90.");
}

TEST_CASE("the schema itself is refused where it contradicts itself") {
    const auto with = [](const std::string& attributes) {
        return parse_schema(R"({"schema":1,"noise":2,"groups":[{"id":"g","label":"G"}],"attributes":[)" +
                            attributes + "]}");
    };
    const std::string age =
        R"({"id":"age","label":"Age","group":"g","type":"number","min":0,"max":9,"default":1,"net":"linear","prior":1})";
    REQUIRE(with(age));
    CHECK(with(age)->input_count == 1);
    CHECK(with(age + "," + age).error().sentence == "Schema: attribute age is listed twice.");
    CHECK_FALSE(with(
        R"({"id":"a","label":"A","group":"h","type":"number","min":0,"max":9,"default":1,"net":"linear","prior":1})"));
    CHECK_FALSE(with(
        R"({"id":"a","label":"A","group":"g","type":"number","min":9,"max":0,"default":1,"net":"linear","prior":1})"));
    CHECK(
        with(
            R"({"id":"a","label":"A","group":"g","type":"number","min":0,"max":1,"default":1,"net":"linear",)"
            R"("prior":{"normal":[{"by":"age","at":[0],"is":[1]},1]}})")
            .error()
            .sentence ==
        "Schema: attribute a has a prior by \"age\", which is not a number listed before it.");
    CHECK_FALSE(with(
        R"({"id":"a","label":"A","group":"g","type":"number","min":0,"max":1,"default":1,"net":"linear","mirror":"negate","prior":1})"));
}
