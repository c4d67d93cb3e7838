#include "sitter/census.h"

#include "sitter/sitter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace limner {
namespace {

std::string row(const std::string& name, int people, int of, const std::string& wanted = {},
                bool fine = true) {
    const double share = of > 0 ? 100.0 * people / of : 0;
    char line[160];
    std::snprintf(line, sizeof line, "  %-34s %6d  %5.1f %%  %s%s\n", name.c_str(), people, share,
                  wanted.c_str(), fine ? "" : "   <- out of balance");
    return line;
}

bool within(int people, int of, double low, double high) { return people >= low * of && people <= high * of; }

}  // namespace

std::string census_report(int count, bool& balanced) {
    std::array<int, 10> tones{}, ages{};
    int masculine = 0;
    // Sanity of the priors, by halves.
    std::array<int, 2> people{}, bearded{}, lipstick{}, bald{};
    int grey_young = 0, young = 0, grey_old = 0, old = 0, glasses = 0, earrings = 0, smiling = 0;
    for (int i = 0; i < count; ++i) {
        Recipe recipe;
        recipe.seed = "census/" + std::to_string(i);
        const Sitter sitter = sit(recipe);
        const double tone = sitter.number("skin.tone"), age = sitter.number("age");
        ++tones[static_cast<std::size_t>(std::clamp(static_cast<int>(std::floor(tone - 0.5)), 0, 9))];
        ++ages[static_cast<std::size_t>(std::clamp(static_cast<int>((age - 18) / 7.2), 0, 9))];
        const std::size_t half = sitter.number("presentation") > 0.5F ? 1 : 0;
        masculine += static_cast<int>(half);
        ++people[half];
        bearded[half] += sitter.choice("beard.style") != "none";
        lipstick[half] += sitter.number("makeup.lips") > 0;
        const std::string_view hair = sitter.choice("hair.style");
        bald[half] += hair == "bald" || hair == "horseshoe" || hair == "widow_receding" || hair == "thinning";
        young += age < 30;
        grey_young += age < 30 && sitter.number("hair.grey") > 0.3F;
        old += age > 65;
        grey_old += age > 65 && sitter.number("hair.grey") > 0.3F;
        glasses += sitter.choice("glasses.style") != "none";
        earrings += sitter.choice("earrings.style") != "none";
        smiling += sitter.number("expression.smile") > 0.2F;
    }

    balanced = count > 0;
    std::string text = "Census of " + std::to_string(count) + " random sitters\n\nSkin tone (Monk)\n";
    for (int t = 0; t < 10; ++t) {
        const int n = tones[static_cast<std::size_t>(t)];
        const bool fine = within(n, count, 0.07, 0.13);
        balanced = balanced && fine;
        text += row("tone " + std::to_string(t + 1), n, count, "7 to 13 %", fine);
    }
    text += "\nGender presentation\n";
    const bool even = within(masculine, count, 0.45, 0.55);
    balanced = balanced && even;
    text += row("feminine (below 0.5)", count - masculine, count, "45 to 55 %", even);
    text += row("masculine (above 0.5)", masculine, count, "45 to 55 %", even);
    text += "\nAge\n";
    for (int a = 0; a < 10; ++a) {
        const int n = ages[static_cast<std::size_t>(a)];
        const bool fine = within(n, count, 0.07, 0.13);
        balanced = balanced && fine;
        char name[32];
        std::snprintf(name, sizeof name, "%.1f to %.1f", 18 + 7.2 * a, 25.2 + 7.2 * a);
        text += row(name, n, count, "7 to 13 %", fine);
    }
    text += "\nFor the eye\n";
    text += row("beards, feminine half", bearded[0], people[0]);
    text += row("beards, masculine half", bearded[1], people[1]);
    text += row("lipstick, feminine half", lipstick[0], people[0]);
    text += row("lipstick, masculine half", lipstick[1], people[1]);
    text += row("bald or receding, feminine half", bald[0], people[0]);
    text += row("bald or receding, masculine half", bald[1], people[1]);
    text += row("a third grey or more, under 30", grey_young, young);
    text += row("a third grey or more, over 65", grey_old, old);
    text += row("glasses", glasses, count);
    text += row("earrings", earrings, count);
    text += row("smiling", smiling, count);
    text += balanced ? "\nBalanced.\n" : "\nNOT balanced.\n";
    return text;
}

}  // namespace limner
