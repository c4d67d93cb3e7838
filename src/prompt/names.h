// Does the text ask for somebody who exists? What is looked for is how people ask for them, and, because many do without capitals,
// the names in data/names.txt: whole names of well-known people, and a few by which one thinks of nobody else.
#pragma once
#include "prompt/lexicon.h"

#include <vector>

namespace limner::prompt {

// True for a name of that list in any case, for two unknown capitalised words in a row ("Jane Doe", also with "van", "de" … or an initial between), and for what
// follows "looks like", "in the likeness of", "in the style of", "portrait of" when it is no word of the vocabulary.
// `known[i]` says whether token i is part of some phrase of the vocabulary; `gist[i]` is that phrase's first sense.
bool names_somebody(const std::vector<Token>& tokens, const std::vector<bool>& known,
                    const std::vector<const Concept*>& gist, const Lexicon& lexicon);

}  // namespace limner::prompt
