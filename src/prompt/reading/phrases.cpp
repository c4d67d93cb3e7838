// Phrases that stand for themselves: "bald", "smiling", "darker", "512 pixels".
#include "prompt/reading/sentence.h"

#include <algorithm>

namespace limner::prompt {

namespace {

using Kind = Concept::Kind;
using How = Effect::How;

}  // namespace

void read_direct(Sentence& s, std::size_t i) {
    const Item& it = s.items[i];
    const Concept* c = it.meaning;
    int comparison = comparison_of(it);
    if (c->id == "old" && it.comparative && person_follows(s, i)) {
        c = &meanings().at("older");  // "an older man" is older than most, not than before
        comparison = 0;
    }
    Deed deed{s.span_of(i), {}, -1, c->skin_word, {}, c->mixes};
    if (it.negated != 0 && !(it.has_degree && it.degree > 1)) {
        if (c->negated.is_object()) {
            sets(c->negated, 2, deed);
        } else if (c->set.is_object() && !c->set.contains("age") && !c->set.contains("presentation") &&
                   !c->skin_word) {
            weigh(c->set, it, 0, 2, deed);
        }
    } else {
        deed.look = c->look;
        if (comparison != 0 && c->more.is_object()) {
            adds(c->more, comparison * it.degree, deed);
        } else {
            const bool age = c->set.is_object() && c->set.contains("age") && !c->person;
            weigh(c->set, it, comparison, age ? c->age_rank : c->rank, deed);
            if (c->implied.is_object()) {
                sets(c->implied, 0, deed);
            }
        }
        if (c->add.is_object()) {
            adds(c->add, it.degree, deed);
        }
        if (!c->style.empty()) {
            deed.effects.push_back({"style", c->style, How::set, 1, 2});
        }
        for (const std::size_t k : it.adjectives) {  // "Black woman"
            colour_person(s, k);
        }
    }
    if (!deed.effects.empty() || !deed.look.empty()) {
        s.say(std::move(deed));
    } else if (!c->quiet && !c->person) {
        s.leave(i);
    }
}

void read_lone_adjective(Sentence& s, std::size_t i) {
    const Item& it = s.items[i];
    const Concept& c = *it.meaning;
    Deed deed{s.span_of(i), {}, -1, c.skin_word, {}, false};
    if (it.worn) {
        deed.effects.push_back({"clothes.rgb", meanings().colours.at(c.id).rgb, How::set, 1, 1});
    } else if (c.kind == Kind::colour) {
        const Colour& colour = meanings().colours.at(c.id);
        if (colour.home == "hair") {
            weigh(colour.hair, it, comparison_of(it), 2, deed);
        }
    } else if (c.more.is_object() && comparison_of(it) != 0) {  // "darker", and nothing else: the picture
        adds(c.more, comparison_of(it) * it.degree, deed);
    } else if (c.set.is_object()) {
        if (it.negated != 0 && c.negated.is_object()) {
            sets(c.negated, 2, deed);
        } else {
            weigh(c.set, it, comparison_of(it), c.rank, deed);
        }
    }
    if (deed.effects.empty()) {
        s.leave(i);
    } else {
        s.say(std::move(deed));
    }
}

void read_size(Sentence& s, std::size_t i) {
    const double size = std::clamp(s.items[i].numbers[0], 64.0, 2048.0);
    s.say({s.span_of(i), {{"frame.size", size, How::set, 1, 2}}, -1, false, {}, false});
}

}  // namespace limner::prompt
