// Mixes of crowds: ages and sexes as they were counted, and everything else as balanced as ever.
#include "catch_amalgamated.hpp"
#include "crowd_text.h"
#include "sitter/crowd.h"
#include "sitter/mixes.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <array>
#include <set>

using namespace limner;

namespace {

struct Somebody {
    double age, presentation, tone;
};

std::vector<Somebody> people_of(const Crowd& crowd, std::uint64_t count) {
    std::vector<Somebody> people;
    for (std::uint64_t i = 0; i < count; ++i) {
        const Sitter sitter = sit(crowd_recipe(crowd, i));
        people.push_back({sitter.number("age"), sitter.number("presentation"), sitter.number("skin.tone")});
    }
    return people;
}

template <class Has>
double share(const std::vector<Somebody>& people, Has has) {
    return static_cast<double>(std::ranges::count_if(people, has)) / static_cast<double>(people.size());
}

}  // namespace

TEST_CASE("ages are those of the population") {
    // World Population Prospects 2019 for 2020: of those 18 to 90, what share is 18-29, 30-44, 45-59, 60-74, 75-89. The world's
    // shares are from its own row of the tables, not added up from the regions'.
    const std::vector<std::pair<std::string, std::array<double, 5>>> counted{
        {"world", {0.2650, 0.3032, 0.2421, 0.1439, 0.0457}},
        {"sub_saharan_africa", {0.4122, 0.3246, 0.1709, 0.0761, 0.0161}},
        {"europe_northern_america", {0.1808, 0.2608, 0.2559, 0.2110, 0.0915}},
        {"eastern_south_eastern_asia", {0.2122, 0.2894, 0.2842, 0.1655, 0.0486}}};
    for (const auto& [id, shares] : counted) {
        const auto people = people_of(crowd_of(R"({"seed":"ages","mix":")" + id + R"("})"), 4000);
        constexpr std::array<double, 6> ends{18, 30, 45, 60, 75, 90.01};
        for (std::size_t k = 0; k < shares.size(); ++k) {
            INFO(id << " from " << ends[k]);
            const double found = share(
                people, [&](const Somebody& one) { return one.age >= ends[k] && one.age < ends[k + 1]; });
            CHECK(found == Catch::Approx(shares[k]).margin(0.008));
        }
    }
}

TEST_CASE("women and men of each age are as many as were counted, and those between stay") {
    const auto women = [](const Somebody& one) { return one.presentation < 0.18; };
    const auto men = [](const Somebody& one) { return one.presentation > 0.82; };
    const std::string old = R"("facets":{"age":[75,90]}})", young = R"("facets":{"age":[20,30]}})";
    // Of the Europeans and Northern Americans from 75 to 89 there are 60.2 % women; of the Southern Asians of 20 to 29, 47.8 %.
    const auto europe = people_of(crowd_of(R"({"seed":"w","mix":"europe_northern_america",)" + old), 4000);
    CHECK(share(europe, women) == Catch::Approx(0.88 * 0.602).margin(0.02));
    CHECK(share(europe, men) == Catch::Approx(0.88 * 0.398).margin(0.02));
    const auto asia = people_of(crowd_of(R"({"seed":"w","mix":"central_southern_asia",)" + young), 4000);
    CHECK(share(asia, women) == Catch::Approx(0.88 * 0.478).margin(0.02));
    CHECK(share(asia, men) == Catch::Approx(0.88 * 0.522).margin(0.02));
    for (const auto& people : {europe, asia}) {
        CHECK(share(people, [&](const Somebody& one) { return !women(one) && !men(one); }) ==
              Catch::Approx(0.12).margin(0.02));
    }
}

TEST_CASE(
    "a population's crowd is balanced too: of ten people one of each tenth of its ages and of the skin "
    "tones") {
    const Crowd crowd = crowd_of(R"({"seed":"even","mix":"world"})");
    std::vector<double> all;
    for (const Somebody& one : people_of(crowd, 5000)) all.push_back(one.age);
    std::ranges::sort(all);
    for (std::uint64_t block : {0ULL, 31ULL, 70000ULL}) {
        std::vector<double> ages;
        std::set<int> tones;
        for (std::uint64_t i = 0; i < 10; ++i) {
            const Sitter sitter = sit(crowd_recipe(crowd, block * 10 + i));
            ages.push_back(sitter.number("age"));
            tones.insert(std::min(static_cast<int>(sitter.number("skin.tone") - 0.5F), 9));
        }
        std::ranges::sort(ages);
        CHECK(tones.size() == 10);
        for (std::size_t k = 0; k < 10; ++k) {
            CHECK(ages[k] >= all[k * 500] - 0.1);
            CHECK(ages[k] <= all[std::min<std::size_t>(k * 500 + 500, 4999)] + 0.1);
        }
    }
}

TEST_CASE("facets cut a population down like any prior") {
    const std::string facets = R"("facets":{"age":[60,90],"beard.style":["full_medium"]}})";
    const auto africa = people_of(crowd_of(R"({"seed":"f","mix":"sub_saharan_africa",)" + facets), 1500);
    const auto europe = people_of(crowd_of(R"({"seed":"f","mix":"europe_northern_america",)" + facets), 1500);
    const auto older = [](const Somebody& one) { return one.age > 75; };
    for (const auto& people : {africa, europe}) {
        CHECK(std::ranges::all_of(people, [](const Somebody& one) { return one.age >= 60; }));
        CHECK(share(people, [](const Somebody& one) { return one.presentation > 0.5; }) > 0.95);  // beards
    }
    CHECK(share(africa, older) < share(europe, older) - 0.05);
}

TEST_CASE("every mix has a name, a sentence and people, and is written as it was read") {
    CHECK(mixes().size() == 11);
    CHECK(find_mix("as in Utopia") == nullptr);
    std::set<std::string> first;
    for (const Mix& mix : mixes()) {
        CHECK(find_mix(mix.id) == &mix);
        CHECK_FALSE(mix.label.empty());
        CHECK(mix.help.ends_with("."));
        const Crowd crowd = crowd_of(R"({"mix":")" + mix.id + R"("})");
        CHECK(*parse_crowd(print_crowd(crowd)) == crowd);
        const Recipe recipe = crowd_recipe(crowd, 3);
        CHECK(parse_recipe(print_recipe(recipe)));
        first.insert(print_recipe(recipe));
    }
    CHECK(first.size() == mixes().size());
    Crowd odd;  // built in code, not read
    odd.mix = "as in Utopia";
    CHECK(crowd_recipe(odd, 3) == crowd_recipe(Crowd{}, 3));
}

TEST_CASE("a population's people are the same on every platform") {
    CHECK(
        print_recipe(crowd_recipe(crowd_of(R"({"seed":"golden","mix":"world"})"), 7)) ==
        R"({"limner":1,"seed":"golden/7","set":{"age":29.84,"expression.smile":0.737,"muscle":0.71,"presentation":0.847,)"
        R"("skin.tone":7.77,"weight":0.292}})");
}
