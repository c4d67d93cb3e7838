#include "prompt/names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace limner {
extern const std::string_view kFamousNames;  // data/names.txt, embedded at build time
}

namespace limner::prompt {
namespace {

using Kind = Concept::Kind;

bool particle(const std::string& word) {
    static constexpr std::array<std::string_view, 24> kParticles = {
        "van", "von", "de", "da", "di",  "del", "della", "la", "le", "du", "dos", "das",
        "bin", "ibn", "al", "el", "der", "den", "ter",   "zu", "y",  "o",  "san", "mc"};
    return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

std::unordered_set<std::string_view> read_famous() {
    std::unordered_set<std::string_view> names;
    for (std::string_view rest = kFamousNames; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        names.insert(rest.substr(0, end));
        rest.remove_prefix(std::min(end, rest.size() - 1) + 1);
    }
    return names;
}

// How many tokens from `at` on are the name of somebody well known.
std::size_t famous(const std::vector<Token>& tokens, std::size_t at) {
    static const std::unordered_set<std::string_view> names = read_famous();
    constexpr std::size_t kLongest = 5;
    std::string name;
    std::size_t length = 0;
    for (std::size_t i = at; i < std::min(at + kLongest, tokens.size()); ++i) {
        if (i > at && tokens[i].gap != Gap::none) {
            break;
        }
        name += (i > at ? " " : "") + tokens[i].folded;
        if (names.contains(name)) {
            length = i + 1 - at;
        }
    }
    return length;
}

}  // namespace

bool names_somebody(const std::vector<Token>& tokens, const std::vector<bool>& known,
                    const std::vector<const Concept*>& gist, const Lexicon& lexicon) {
    const std::size_t count = tokens.size();
    // In A Title Like This, or IN SHOUTING, capitals say nothing.
    std::size_t ordinary = 0, capitals = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (known[i] && tokens[i].gap != Gap::full && !tokens[i].number && !tokens[i].emoji) {
            ++ordinary;
            capitals += tokens[i].capital ? 1 : 0;
        }
    }
    const bool german = lexicon.lang == "de";  // all nouns are capitalised
    const bool title = ordinary >= 3 && capitals * 10 >= ordinary * (german ? 9 : 7);
    const auto unknown = [&](std::size_t i) {
        return i < count && !known[i] && !tokens[i].number && !tokens[i].emoji && tokens[i].folded.size() > 1;
    };
    const auto misspelt = [&](std::size_t i) {
        return german && !lexicon.corrected(tokens[i].folded).empty();
    };
    const auto proper = [&](std::size_t i) {
        return unknown(i) && tokens[i].capital && !tokens[i].all_capitals && !misspelt(i);
    };
    const auto close = [&](std::size_t i) { return i < count && tokens[i].gap == Gap::none; };
    const auto glue = [&](std::size_t i) {
        return known[i] && gist[i] != nullptr && gist[i]->kind == Kind::glue;
    };

    for (std::size_t i = 0; i < count; ++i) {
        if (const std::size_t after = i + famous(tokens, i); after > i) {
            // A man called James, "brown hair" without its comma.
            const bool adjective = known[after - 1] && after < count && close(after) &&
                                   gist[after] != nullptr &&
                                   (gist[after]->person || !meanings().colour_domain(*gist[after]).empty());
            if (!adjective) {
                return true;
            }
        }
        const Concept* here = gist[i];
        if (here != nullptr && here->kind == Kind::likeness) {
            std::size_t next = i + 1;
            while (next < count && gist[next] == here && close(next)) {
                ++next;  // to the end of the phrase
            }
            const bool two_unknown = unknown(next) && close(next) && unknown(next + 1) && close(next + 1);
            const bool capital = unknown(next) && close(next) && tokens[next].capital;
            const bool weak =
                next == i + 1 && tokens[i].folded.size() <= 4;  // "as", "by", "like": half the time innocent
            if (here->number == 3 ? two_unknown
                                  : (capital && (!weak || !title)) ||
                                        (!weak && unknown(next) && close(next) && here->number == 1) ||
                                        (!weak && two_unknown)) {
                return true;
            }
        }
        if (title) {
            continue;
        }
        std::size_t second = i + 1;
        while (second < count && second < i + 3 && close(second) &&
               (particle(tokens[second].folded) || tokens[second].folded.size() == 1) &&
               !(tokens[second].folded.size() == 1 && !tokens[second].capital)) {
            ++second;
        }
        if (second >= count || !close(second)) {
            continue;
        }
        if (proper(i) && proper(second)) {
            return true;
        }
        if (german || second != i + 1) {
            continue;
        }
        const bool ordinary_capital = tokens[i].capital && known[i] && tokens[i].gap != Gap::full &&
                                      here != nullptr && here->look.empty() && here->style.empty() &&
                                      tokens[i].folded.size() > 1 && (glue(i) || here->kind == Kind::colour);
        if (ordinary_capital && proper(second)) {
            return true;  // "Will Smith", "Rose Byrne"
        }
        const Concept* then = gist[second];
        const bool before_person =
            second + 1 < count && gist[second + 1] != nullptr && gist[second + 1]->person;
        if (proper(i) && known[second] && tokens[second].capital && !tokens[second].all_capitals &&
            then != nullptr && then->kind == Kind::colour && !before_person) {
            return true;  // "Jack Black"
        }
    }
    return false;
}

}  // namespace limner::prompt
