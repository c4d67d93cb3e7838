// Words that nobody knows: somebody's name, or a slip of the pen.
#include "prompt/names.h"
#include "prompt/reading/sentence.h"

#include <unordered_map>

namespace limner::prompt {

namespace {

constexpr int kMostCorrections = 80;  // looked up in one text; keeps the time of a hostile one linear

}  // namespace

// Somebody's name is looked for before slips are mended, or "Brad" would become a braid.
bool mend_slips(Sentence& s) {
    std::vector<bool> known(s.tokens.size(), false);
    std::vector<const Concept*> gist(s.tokens.size(), nullptr);
    for (std::size_t at = 0; at < s.tokens.size();) {
        const Match match = s.lexicon.match(s.tokens, at);
        for (std::size_t k = 0; k < match.length; ++k) {
            known[at + k] = true;
            gist[at + k] = match.senses->front().concept_;
        }
        at += std::max<std::size_t>(match.length, 1);
    }
    if (names_somebody(s.tokens, known, gist, s.lexicon)) {
        s.reading.refusal = "words.person";
        return false;
    }
    // A word that somebody capitalised is a name rather than a slip, but where all nouns, or all words, are.
    std::size_t capitals = 0;
    for (const Token& token : s.tokens) {
        capitals += token.capital ? 1 : 0;
    }
    const bool capitals_tell = s.lexicon.lang != "de" && capitals * 2 < s.tokens.size() + 1;
    int lookups = 0;
    std::unordered_map<std::string, std::string> mended;
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        Token& token = s.tokens[i];
        if (known[i] || token.number || token.emoji || s.lexicon.knows(token.folded)) {
            continue;
        }
        if (capitals_tell && token.capital && (token.gap != Gap::full || token.folded.size() < 6)) {
            continue;
        }
        auto found = mended.find(token.folded);
        if (found == mended.end()) {
            if (lookups == kMostCorrections) {
                continue;
            }
            ++lookups;
            found = mended.emplace(token.folded, s.lexicon.corrected(token.folded)).first;
        }
        if (!found->second.empty()) {
            token.folded = found->second;
        }
    }
    return true;
}

}  // namespace limner::prompt
