// Whom a text is about: what endings say, and the name that gives the seed.
#include "prompt/reading/sentence.h"

#include <algorithm>

namespace limner::prompt {

namespace {

using Kind = Concept::Kind;
using How = Effect::How;

}  // namespace

// "una coreana", "morena de ojos verdes", "ein Syrer": where nobody says woman or man, an ending may.
void read_endings(Sentence& s) {
    for (std::size_t i = 0; i < s.items.size(); ++i) {
        const Item& it = s.items[i];
        const Concept* c = it.meaning;
        if (c == nullptr || c->person || it.comparative) {
            continue;
        }
        const bool look = c->kind == Kind::direct && !c->look.empty();
        const bool hair = c->kind == Kind::colour && !s.lexicon.adjectives_first &&
                          meanings().colours.at(c->id).home == "hair" &&
                          (it.head < 0 || it.head > static_cast<int>(i) + 1);
        if (!look && !hair) {
            continue;
        }
        // Beside another word it agrees with that one: "stile africano", "persona coreana".
        const bool leans = i > 0 && it.gap == Gap::none &&
                           (s.items[i - 1].meaning == nullptr ? !s.items[i - 1].bare_number
                                                              : s.items[i - 1].meaning->kind == Kind::noun ||
                                                                    s.items[i - 1].meaning->person);
        const int gender = leans ? 0 : s.lexicon.gender(s.tokens[it.last - 1].folded);
        if (gender != 0) {
            s.say({s.span_of(i),
                   {{"presentation", gender < 0 ? 0.08 : 0.92, How::set, 1, 1}},
                   -1,
                   false,
                   {},
                   false});
        }
    }
}

bool person_follows(const Sentence& s, std::size_t i) {
    for (std::size_t k = i + 1; k < std::min(s.items.size(), i + 5) && s.items[k].gap == Gap::none; ++k) {
        const Concept* c = s.items[k].meaning;
        if (c == nullptr) {
            return false;
        }
        if (c->person) {
            return true;
        }
        if (c->kind != Kind::adjective && c->kind != Kind::colour &&
            !(c->kind == Kind::direct && !c->look.empty())) {
            return false;
        }
    }
    return false;
}

// "named Ada" gives the seed.
void read_name(Sentence& s, std::size_t i) {
    if (i + 1 >= s.items.size() || s.items[i + 1].gap == Gap::full || s.items[i + 1].meaning != nullptr) {
        s.leave(i);
        return;
    }
    const Span name = s.span_of(i + 1);
    s.done[i + 1] = true;
    const std::string value(s.text.substr(name.begin, std::min<std::size_t>(name.end - name.begin, 64)));
    s.say({{s.span_of(i).begin, name.end}, {{"seed", value, How::set, 1, 2}}, -1, false, {}, false});
}

}  // namespace limner::prompt
