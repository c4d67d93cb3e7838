// Sitters to learn from that differ more than those anybody meets.
#include "wide.h"

#include "sitter/sitter.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <string>

using namespace limner;
using namespace limner::sitters;

TEST_CASE("wide sitters differ more in face and expression, and stand as they stood") {
    double usual = 0, wide = 0, usual_identity = 0, wide_identity = 0;
    int angry = 0, wide_angry = 0;
    constexpr int count = 400;
    for (int i = 0; i < count; ++i) {
        Recipe recipe;
        recipe.seed = "wide/" + std::to_string(i);
        const Sitter a = sit(recipe);
        widen(recipe);
        const Sitter b = sit(recipe);
        usual += std::pow(a.number("nose.length"), 2), wide += std::pow(b.number("nose.length"), 2);
        usual_identity += std::pow(a.coefficients("identity")[3], 2);
        wide_identity += std::pow(b.coefficients("identity")[3], 2);
        angry += a.number("expression.anger") > 0, wide_angry += b.number("expression.anger") > 0;
        CHECK(a.number("skin.tone") == b.number("skin.tone"));
        CHECK(a.number("pose.yaw") == b.number("pose.yaw"));
    }
    CHECK(wide > 1.8 * usual);
    CHECK(wide_identity > 1.8 * usual_identity);
    CHECK(angry < count * 0.05);
    CHECK(wide_angry > 2 * angry);
}

TEST_CASE("what a recipe sets stays as it is when the rest is drawn wide") {
    Recipe recipe;
    recipe.seed = "ada";
    recipe.set["nose.length"] = 0.25;
    recipe.set["age"] = 40;
    widen(recipe);
    const Sitter sitter = sit(recipe);
    CHECK(sitter.number("nose.length") == 0.25F);
    CHECK(sitter.number("age") == 40);
}
