#include "prompt/items.h"

#include <algorithm>

namespace limner::prompt {
namespace {

using Kind = Concept::Kind;

constexpr double kNever = 1e9;
constexpr double kFarthest = 5.2;    // an adjective whose noun would cost more stays alone
constexpr std::size_t kWindow = 14;  // how many phrases an adjective looks past; keeps the time linear

bool describes(const Concept& c) { return c.kind == Kind::adjective || c.kind == Kind::colour; }

// No lamp is black, brown or grey.
bool shines(const std::string& rgb) {
    if (rgb.size() != 7) {
        return false;
    }
    int most = 0, least = 255;
    for (std::size_t i = 1; i < 7; i += 2) {
        const int channel = std::stoi(rgb.substr(i, 2), nullptr, 16);
        most = std::max(most, channel);
        least = std::min(least, channel);
    }
    return least > 0xE0 || (most > 0x70 && most - least > 0x40);
}

bool takes(const Concept& noun, const Concept& adjective) {
    if (noun.person) {
        return adjective.kind == Kind::colour && (!adjective.look.empty() || adjective.id == "brown");
    }
    if (noun.kind != Kind::noun) {
        return false;
    }
    const Meanings& all = meanings();
    if (all.modification(noun, adjective) != nullptr) {
        return true;
    }
    if (adjective.kind != Kind::colour) {
        return false;
    }
    const std::string_view domain = all.colour_domain(noun);
    const Colour& colour = all.colours.at(adjective.id);
    if (domain == "hair") {
        return !colour.hair.is_null();
    }
    if (domain == "eyes") {
        return !colour.eyes.is_null();
    }
    if (domain == "glasses") {
        return !colour.glasses.empty();
    }
    if (domain == "lips") {
        return colour.lips >= 0;
    }
    if (domain == "shadow") {
        return colour.shadow >= 0;
    }
    if (domain == "metal") {
        return colour.metal >= 0;
    }
    if (domain == "light") {
        return shines(colour.rgb);
    }
    return !domain.empty() && !colour.rgb.empty();
}

// Words that differ only in diacritics are told apart where the writer used them ("avô", "el").
std::vector<const Sense*> spelled_so(const std::vector<Sense>& senses, const std::vector<Token>& tokens,
                                     std::size_t at, std::size_t length) {
    std::vector<const Sense*> all, same;
    std::string written;
    if (senses.size() > 1) {
        for (std::size_t i = at; i < at + length; ++i) {
            const Token& token = tokens[i];
            written += (i == at ? "" : " ") + (token.number            ? std::string("#")
                                               : token.spelled.empty() ? token.folded
                                                                       : token.spelled);
        }
    }
    for (const Sense& sense : senses) {
        all.push_back(&sense);
        if (sense.spelling == written) {
            same.push_back(&sense);
        }
    }
    return same.empty() ? all : same;
}

std::vector<Item> find_phrases(const std::vector<Token>& tokens, const Lexicon& lexicon) {
    std::vector<Item> items;
    for (std::size_t at = 0; at < tokens.size();) {
        Match match = lexicon.match(tokens, at);
        Item item;
        item.first = at;
        item.gap = tokens[at].gap;
        if (match.length == 0) {
            item.last = at + 1;
            item.bare_number = tokens[at].number;
            if (item.bare_number) {
                item.numbers.push_back(tokens[at].value);
            }
        } else {
            item.last = at + match.length;
            item.senses = spelled_so(*match.senses, tokens, at, match.length);
            item.meaning = item.senses[0]->concept_;
            item.comparative = item.senses[0]->comparative;
            item.numbers = std::move(match.numbers);
        }
        at = item.last;
        items.push_back(std::move(item));
    }
    return items;
}

const Sense* sense_of(const Item& item, bool (*wanted)(const Concept&)) {
    for (const Sense* sense : item.senses) {
        if (wanted(*sense->concept_)) {
            return sense;
        }
    }
    return nullptr;
}

// The noun an adjective leans on directly: only other adjectives in between, no mark.
const Item* next_noun(const std::vector<Item>& items, std::size_t i, int step) {
    for (std::size_t k = i, seen = 0; seen < 6; ++seen) {
        if (step < 0 ? (k == 0 || items[k].gap != Gap::none)
                     : (k + 1 >= items.size() || items[k + 1].gap != Gap::none)) {
            return nullptr;
        }
        k = step < 0 ? k - 1 : k + 1;
        if (items[k].meaning == nullptr) {
            return nullptr;
        }
        const Item& other = items[k];
        for (const Sense* sense : other.senses) {
            if (sense->concept_->kind == Kind::noun || sense->concept_->person) {
                return &other;
            }
        }
        if (!describes(*other.meaning) && other.meaning->kind != Kind::degree) {
            return nullptr;
        }
    }
    return nullptr;
}

// "light" is a lamp, or what a skin is; "old" an age, or what a jumper is.
void choose_senses(std::vector<Item>& items, const Lexicon& lexicon) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        if (item.senses.size() < 2) {
            continue;
        }
        const Sense* adjective = sense_of(item, describes);
        const Sense* other = sense_of(item, [](const Concept& c) { return !describes(c); });
        if (adjective == nullptr || other == nullptr) {
            continue;
        }
        const auto leans = [&](int step) {
            const Item* noun = next_noun(items, i, step);
            if (noun == nullptr) {
                return false;
            }
            return std::any_of(noun->senses.begin(), noun->senses.end(), [&](const Sense* sense) {
                return takes(*sense->concept_, *adjective->concept_);
            });
        };
        const bool bound = leans(1) || (!lexicon.adjectives_first && leans(-1));
        // A colour may reach its noun from afar; what it means alone is decided when it found none. But "in charcoal" is how it
        // is drawn.
        const bool colour = adjective->concept_->kind == Kind::colour && other->concept_->style.empty();
        const Sense& chosen = bound || colour ? *adjective : *other;
        item.meaning = chosen.concept_;
        item.comparative = chosen.comparative;
    }
}

bool content(const Item& item) {
    if (item.meaning == nullptr) {
        return false;
    }
    switch (item.meaning->kind) {
        case Kind::direct:
        case Kind::noun:
        case Kind::adjective:
        case Kind::colour:
        case Kind::age:
        case Kind::refusal: return true;
        default: return false;
    }
}

void attach_helpers(std::vector<Item>& items) {
    const auto is_helper = [](const Item& item) {
        return item.meaning != nullptr &&
               (item.meaning->kind == Kind::degree || item.meaning->kind == Kind::negation ||
                item.meaning->kind == Kind::comparison);
    };
    const auto glue = [](const Item& item) {
        return item.meaning != nullptr && item.meaning->kind == Kind::glue && item.meaning->number != 3;
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!is_helper(items[i])) {
            continue;
        }
        std::size_t target = items.size();
        for (std::size_t k = i + 1; k < std::min(items.size(), i + 8); ++k) {
            if (items[k].gap == Gap::comma || items[k].gap == Gap::full) {
                break;
            }
            if (content(items[k])) {
                target = k;
                break;
            }
            if (!glue(items[k]) && !is_helper(items[k])) {
                break;
            }
        }
        // "smile less", "lächelt nicht": what stands before, when nothing comes after. But "no, a man" denies nothing.
        if (target == items.size() && i > 0 && items[i].gap == Gap::none) {
            std::size_t k = i - 1;
            while (k > 0 && is_helper(items[k]) && items[k].gap == Gap::none) {
                --k;
            }
            if (content(items[k])) {
                target = k;
            }
        }
        if (target == items.size()) {
            continue;
        }
        const Concept& word = *items[i].meaning;
        Item& to = items[target];
        items[i].used = true;
        to.helpers.push_back(i);
        if (word.kind == Kind::degree) {
            // "molto più giovane" is much younger, not very much more young.
            const bool of_more = i + 1 < items.size() && items[i + 1].meaning != nullptr && word.degree > 1 &&
                                 (items[i + 1].meaning->kind == Kind::comparison || items[i + 1].comparative);
            to.degree *= of_more ? std::max(word.degree, meanings().at("much").degree) : word.degree;
            to.has_degree = true;
        } else if (word.kind == Kind::comparison) {
            to.comparison = word.number;
        } else {
            to.negated = word.number;
            // "no beard or glasses", "without beard and glasses"
            for (std::size_t k = target + 1; k + 1 < std::min(items.size(), target + 6); k += 2) {
                const Concept* join = items[k].meaning;
                std::size_t next = k + 1;
                if (join == nullptr || join->kind != Kind::join || join->number > 2 ||
                    (join->number == 1 && word.number != 2)) {
                    break;
                }
                while (next < items.size() && glue(items[next])) {
                    ++next;
                }
                if (next >= items.size() || !content(items[next]) || items[next].meaning->negated.is_null()) {
                    break;
                }
                items[next].negated = word.number;
                items[next].helpers.push_back(i);
            }
        }
    }
}

// The sense in which an adjective can go with this noun.
const Sense* sense_of(const Item& adjective, const Item& noun) {
    for (const Sense* sense : adjective.senses) {
        if (describes(*sense->concept_) && takes(*noun.meaning, *sense->concept_)) {
            return sense;
        }
    }
    return nullptr;
}

// How far an adjective is from a noun, in the order people of this language put them.
double distance(const std::vector<Item>& items, std::size_t adjective, std::size_t noun,
                bool adjectives_first) {
    const bool right = noun > adjective;
    const std::size_t from = std::min(adjective, noun), to = std::max(adjective, noun);
    double cost = right ? (adjectives_first ? 0 : to - from == 1 ? 0.3 : 2.2) : (adjectives_first ? 2.5 : 0);
    if (items[adjective].meaning->direction) {
        cost = right ? 1.5 : 0;
    }
    const auto list = [&](const Item& item) {
        return item.meaning != nullptr && (describes(*item.meaning) || item.meaning->kind == Kind::degree ||
                                           item.meaning->kind == Kind::comparison);
    };
    for (std::size_t k = from + 1; k <= to; ++k) {
        switch (items[k].gap) {
            case Gap::full: return kNever;
            case Gap::colon: cost += right ? 4 : -2; break;
            case Gap::comma:
                cost += right ? (list(items[k]) ? 1 : 3) : (list(items[k]) && list(items[k - 1]) ? 0.7 : 1.8);
                break;
            case Gap::none: break;
        }
        if (k == to) {
            break;
        }
        const Concept* between = items[k].meaning;
        if (between == nullptr) {
            cost += items[k].bare_number ? 1 : 4;
        } else {
            switch (between->kind) {
                case Kind::adjective:
                case Kind::colour: cost += 0.2; break;
                case Kind::degree:
                case Kind::comparison:
                case Kind::negation: break;
                case Kind::join:
                    cost += between->number < 3 && list(items[k - 1]) && list(items[k + 1]) ? 0.5
                            : right                                                         ? 4
                            : between->number == 3                                          ? 2
                                                                                            : 3;
                    break;
                case Kind::glue: {
                    constexpr double kRight[] = {0, 4, 4, 4, 0.5, 4};
                    constexpr double kLeft[] = {0, 1.5, 1, -1.5, 0.5, 0.2};
                    cost += (right ? kRight : kLeft)[between->number];
                    break;
                }
                case Kind::direct: cost += between->person ? 2.5 : 1.5; break;
                case Kind::noun: cost += 5; break;
                default: cost += 2;
            }
        }
    }
    return std::max(cost, 0.0);
}

bool beside(const std::vector<Item>& items, std::size_t left) {
    return left + 1 < items.size() && items[left + 1].gap == Gap::none;
}

bool person_at(const std::vector<Item>& items, std::size_t i) {
    return i < items.size() && items[i].meaning != nullptr && items[i].meaning->person;
}

// "un hombre corpulento, barba …", "a blonde woman, black dress": who stands beside the person means the person, if that
// says something by itself.
bool of_person(const std::vector<Item>& items, std::size_t i, bool adjectives_first) {
    const Concept& c = *items[i].meaning;
    const bool says = c.kind == Kind::colour ? meanings().colours.at(c.id).home == "hair" && c.look.empty()
                                             : c.set.is_object() && c.set.begin().key().starts_with("weight");
    return says && (adjectives_first ? beside(items, i) && person_at(items, i + 1)
                                     : i > 0 && beside(items, i - 1) && person_at(items, i - 1));
}

// "a red tie": a colour right beside a noun that has none belongs to nobody else.
bool of_colourless(const std::vector<Item>& items, std::size_t i, bool adjectives_first) {
    if (items[i].meaning->kind != Kind::colour ||
        !(adjectives_first ? beside(items, i) : i > 0 && beside(items, i - 1))) {
        return false;
    }
    const Item& noun = items[adjectives_first ? i + 1 : i - 1];
    return noun.meaning != nullptr && noun.meaning->kind == Kind::noun &&
           std::none_of(noun.senses.begin(), noun.senses.end(),
                        [&](const Sense* sense) { return takes(*sense->concept_, *items[i].meaning); }) &&
           std::none_of(items[i].senses.begin(), items[i].senses.end(),
                        [&](const Sense* sense) { return takes(*noun.meaning, *sense->concept_); });
}

// "a woman in black", "dressed in green": what somebody wears.
bool worn(const std::vector<Item>& items, std::size_t i) {
    if (items[i].meaning->kind != Kind::colour || i == 0 || !beside(items, i - 1) ||
        meanings().colours.at(items[i].meaning->id).rgb.empty()) {
        return false;
    }
    const Item& in = items[i - 1];
    const bool dressed = in.last - in.first > 1;
    if (in.meaning == nullptr || in.meaning->kind != Kind::glue || in.meaning->number != 5 ||
        !(dressed || (i > 1 && beside(items, i - 2) && person_at(items, i - 2)))) {
        return false;
    }
    const Concept* next = beside(items, i) ? items[i + 1].meaning : nullptr;
    return !beside(items, i) || (next != nullptr && next->kind != Kind::noun && !describes(*next));
}

void bind(std::vector<Item>& items, bool adjectives_first) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].meaning == nullptr || !describes(*items[i].meaning)) {
            continue;
        }
        double best = kFarthest;
        const Sense* chosen = nullptr;
        items[i].worn = worn(items, i);
        if (items[i].worn || of_person(items, i, adjectives_first) ||
            of_colourless(items, i, adjectives_first)) {
            continue;
        }
        const std::size_t begin = i > kWindow ? i - kWindow : 0;
        for (std::size_t k = begin; k < std::min(items.size(), i + kWindow); ++k) {
            if (k == i || items[k].meaning == nullptr) {
                continue;
            }
            const Sense* fits = sense_of(items[i], items[k]);
            // "une femme brune" has brown hair; "a brown woman" brown skin.
            if (fits == nullptr ||
                (!adjectives_first && items[k].meaning->person && fits->concept_->look.empty())) {
                continue;
            }
            const double cost = distance(items, i, k, adjectives_first);
            if (cost < best) {
                best = cost;
                items[i].head = static_cast<int>(k);
                chosen = fits;
            }
        }
        if (items[i].head >= 0) {
            items[static_cast<std::size_t>(items[i].head)].adjectives.push_back(i);
            items[i].meaning = chosen->concept_;
            items[i].comparative = chosen->comparative;
        } else if (items[i].senses.size() > 1) {
            // "une rousse": a colour without a noun is the person.
            const auto alone = [](const Concept& c) {
                return !describes(c) || (c.kind == Kind::colour && !meanings().colours.at(c.id).home.empty());
            };
            if (const Sense* other = sense_of(items[i], alone); other != nullptr) {
                items[i].meaning = other->concept_;
                items[i].comparative = other->comparative;
            }
        }
    }
}

}  // namespace

std::vector<Item> items_of(const std::vector<Token>& tokens, const Lexicon& lexicon) {
    std::vector<Item> items = find_phrases(tokens, lexicon);
    choose_senses(items, lexicon);
    attach_helpers(items);
    bind(items, lexicon.adjectives_first);
    return items;
}

}  // namespace limner::prompt
