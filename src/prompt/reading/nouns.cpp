// A noun with its adjectives: "a long red beard", "no glasses", "darker hair".
#include "prompt/reading/sentence.h"

namespace limner::prompt {

namespace {

using How = Effect::How;

// What a noun's adjectives say: of the noun as a whole, and each a deed of its own.
struct Described {
    int negated = 0, comparison = 0;
    double scale = 1;
    std::vector<Deed> deeds;
};

Described described(Sentence& s, std::size_t i, int lamp) {
    const Item& it = s.items[i];
    const Concept& c = *it.meaning;
    Described said{it.negated, it.comparison, 1, {}};
    bool coloured = false;
    for (const std::size_t k : it.adjectives) {
        const Item& adjective = s.items[k];
        const Modification* change = meanings().modification(c, *adjective.meaning);
        Deed deed{s.span_of(k), {}, lamp, c.id == "skin" || c.id == "face", {}, false, static_cast<int>(i)};
        if (adjective.negated != 0 && !c.negated.is_null()) {
            said.negated = adjective.negated;  // "no long beard"
            continue;
        }
        const int more = comparison_of(adjective);
        if (change != nullptr && change->scale > 0) {
            if (more != 0) {
                said.comparison = change->scale >= 1 ? more : -more;
            } else {
                said.scale *=
                    adjective.has_degree ? 1 + (change->scale - 1) * adjective.degree : change->scale;
            }
        } else if (change != nullptr) {
            weigh(change->set, adjective, more, 2, deed);
        } else {
            const Values effects = colour_effects(c, *adjective.meaning);
            if (std::exchange(coloured, true) && effects.contains("clothes.rgb")) {
                s.leave(k);  // "red and black": cloth has one colour, the one named first
                continue;
            }
            const bool of_beard = c.parent == "beard" || c.id == "beard";
            weigh(effects, adjective, lamp >= 0 || effects.begin().value().is_string() ? 0 : more,
                  of_beard ? 1 : 2, deed);
            if (effects.contains("makeup.lips_hue") && c.id == "lips") {
                deed.effects.push_back({"makeup.lips", 0.7, How::set, 1, 1});
            }
        }
        said.deeds.push_back(std::move(deed));
    }
    return said;
}

void deny(Sentence& s, std::size_t i, Deed own, const std::vector<Deed>& adjectives) {
    const Concept& c = *s.items[i].meaning;
    if (c.negated.is_object()) {
        // "no beard but a moustache", "no make-up, only lipstick": what is there counts more than what is not.
        const bool whole = c.negated.size() > 1 || c.negated.begin().value().is_string();
        sets(c.negated, whole ? 0 : 2, own);
        s.say(std::move(own));
    } else {
        s.leave(i);
    }
    for (const Deed& deed : adjectives) {
        s.reading.unused.push_back(deed.span);
    }
}

// What the noun says by being there.
void presence(const Item& it, const Described& said, Deed& own) {
    const Concept& c = *it.meaning;
    const int comparison = said.comparison;
    if (c.more.is_object() && comparison != 0) {
        adds(c.more, comparison * it.degree, own);
    }
    if (c.bare.is_object() && (comparison == 0 || !c.more.is_object())) {
        Item by = it;
        by.degree *= said.scale;
        by.has_degree = by.has_degree || said.scale != 1;
        if (comparison != 0) {
            by.degree = it.degree;
        }
        weigh(c.bare, by, comparison, 1, own);
    }
    if (c.implied.is_object() && comparison == 0) {
        sets(c.implied, 0, own);
    }
}

}  // namespace

void read_noun(Sentence& s, std::size_t i) {
    const Item& it = s.items[i];
    const Concept& c = *it.meaning;
    if (c.size) {
        read_size(s, i);
    }
    if (c.parent == "clothes" && it.negated == 0 && c.bare.is_object() && worn_under(s, i)) {
        s.leave(i);
        for (const std::size_t k : it.adjectives) {
            s.leave(k);
        }
        return;
    }
    const int lamp = c.light ? static_cast<int>(i) : -1;
    Described said = described(s, i, lamp);
    Deed own{s.span_of(i), {}, lamp, false, {}, false, static_cast<int>(i), !c.person};
    if (said.negated != 0) {
        deny(s, i, std::move(own), said.deeds);
        return;
    }
    presence(it, said, own);
    if (!own.effects.empty()) {
        s.say(own);
    }
    for (Deed& deed : said.deeds) {
        // An adjective that only scales, or that the noun says anyway, shares the noun's meaning.
        if (deed.effects.empty()) {
            deed.effects = own.effects;
        }
        if (!deed.effects.empty()) {
            s.say(std::move(deed));
        }
    }
}

}  // namespace limner::prompt
