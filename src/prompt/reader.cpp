#include "prompt/reader.h"

#include "prompt/items.h"
#include "prompt/names.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace limner::prompt {
namespace {

using Kind = Concept::Kind;
using How = Effect::How;
using nlohmann::json;

constexpr int kMostCorrections = 80;  // looked up in one text; keeps the time of a hostile one linear
constexpr double kStep = 0.5;         // how much of the way a plain comparative goes

class Reader {
public:
    Reader(std::string_view text, std::vector<Token> tokens, const Lexicon& lexicon)
        : text_(text), tokens_(std::move(tokens)), lexicon_(lexicon) {}

    Reading run() {
        lexicon_.merge_numbers(tokens_);
        if (!names_and_slips()) {
            return std::move(reading_);
        }
        items_ = items_of(tokens_, lexicon_);
        if (!allowed()) {
            return std::move(reading_);
        }
        ages();
        endings();
        for (std::size_t i = 0; i < items_.size() && reading_.refusal.empty(); ++i) {
            if (!done(i)) {
                item(i);
            }
        }
        return std::move(reading_);
    }

private:
    bool done(std::size_t i) const { return i < done_.size() && done_[i]; }

    Span span_of(std::size_t i) const {
        const Item& item = items_[i];
        Span span{tokens_[item.first].begin, tokens_[item.last - 1].end};
        for (const std::size_t helper : item.helpers) {
            span.begin = std::min(span.begin, tokens_[items_[helper].first].begin);
            span.end = std::max(span.end, tokens_[items_[helper].last - 1].end);
        }
        return span;
    }

    void unused(std::size_t i) {
        reading_.unused.push_back({tokens_[items_[i].first].begin, tokens_[items_[i].last - 1].end});
    }

    // Somebody's name is looked for before slips are mended, or "Brad" would become a braid.
    bool names_and_slips() {
        std::vector<bool> known(tokens_.size(), false);
        std::vector<const Concept*> gist(tokens_.size(), nullptr);
        for (std::size_t at = 0; at < tokens_.size();) {
            const Match match = lexicon_.match(tokens_, at);
            for (std::size_t k = 0; k < match.length; ++k) {
                known[at + k] = true;
                gist[at + k] = match.senses->front().concept_;
            }
            at += std::max<std::size_t>(match.length, 1);
        }
        if (names_somebody(tokens_, known, gist, lexicon_)) {
            reading_.refusal = "words.person";
            return false;
        }
        // A word that somebody capitalised is a name rather than a slip, but where all nouns, or all words, are.
        std::size_t capitals = 0;
        for (const Token& token : tokens_) {
            capitals += token.capital ? 1 : 0;
        }
        const bool capitals_tell = lexicon_.lang != "de" && capitals * 2 < tokens_.size() + 1;
        int lookups = 0;
        std::unordered_map<std::string, std::string> mended;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            Token& token = tokens_[i];
            if (known[i] || token.number || token.emoji || lexicon_.knows(token.folded)) {
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
                found = mended.emplace(token.folded, lexicon_.corrected(token.folded)).first;
            }
            if (!found->second.empty()) {
                token.folded = found->second;
            }
        }
        return true;
    }

    bool allowed() {
        bool minor = false, youth = false, adult = false;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const Item& item = items_[i];
            const Concept* c = item.meaning;
            if (c == nullptr) {
                // "a girl, 12"
                const bool alone = i + 1 == items_.size() || items_[i + 1].gap != Gap::none;
                std::size_t who = i;  // "a woman of 15"
                while (who > 1 && items_[who].gap == Gap::none && items_[who - 1].meaning != nullptr &&
                       items_[who - 1].meaning->kind == Kind::glue) {
                    --who;
                }
                if (item.bare_number && item.numbers[0] < 18 && item.numbers[0] >= 1 && alone && who > 0 &&
                    items_[who - 1].meaning != nullptr && items_[who - 1].meaning->person &&
                    tokens_[item.first].folded != "one") {
                    minor = true;
                }
                adult = adult || (item.bare_number && item.numbers[0] >= 18 && item.numbers[0] <= 120);
                continue;
            }
            if (c->refusal == "sexual") {
                reading_.refusal = "words.sexual";
                return false;
            }
            if (c->refusal == "minor" && item.negated == 0) {
                minor = true;
            }
            youth = youth || c->youth;
            if (c->age == "exact") {
                double sum = 0;
                for (const double n : item.numbers) {
                    sum += n;
                    minor = minor || n < 18;
                }
                adult = adult || sum >= 18;
            }
            minor = minor || c->decade == 10;
            adult = adult || c->decade >= 20 || (c->age == "decade" && item.numbers[0] >= 20);
        }
        if (minor || (youth && !adult)) {
            reading_.refusal = "words.minor";
            return false;
        }
        return true;
    }

    // "in her late forties", "mid-30s", "Mitte vierzig", "aged 60".
    void ages() {
        done_.assign(items_.size(), false);
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const Item& item = items_[i];
            const Concept* c = item.meaning;
            double decade = 0;
            if (c != nullptr && c->kind == Kind::age) {
                decade = c->decade > 0 ? c->decade : c->age == "decade" ? item.numbers[0] : 0;
            }
            int part_at = -1;
            for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
                const Concept* before = items_[i - back].meaning;
                if (before == nullptr || items_[i - back + 1].gap == Gap::comma ||
                    items_[i - back + 1].gap == Gap::full) {
                    break;
                }
                if (before->kind == Kind::age &&
                    (before->age == "early" || before->age == "mid" || before->age == "late")) {
                    part_at = static_cast<int>(i - back);
                    break;
                }
                if (before->kind != Kind::glue) {
                    break;
                }
            }
            const bool tens = item.bare_number && part_at >= 0 && std::fmod(item.numbers[0], 10) == 0;
            if (tens) {
                decade = item.numbers[0];
            }
            if (decade > 0) {
                if (decade < 20 || decade > 90 || std::fmod(decade, 10) != 0) {
                    continue;
                }
                double age = decade + 5;
                Deed deed{span_of(i), {}, -1, false, {}, false};
                if (part_at >= 0) {
                    const std::string& part = items_[static_cast<std::size_t>(part_at)].meaning->age;
                    age = decade + (part == "early" ? 2 : part == "mid" ? 5 : 8);
                    deed.span.begin =
                        std::min(deed.span.begin, span_of(static_cast<std::size_t>(part_at)).begin);
                    done_[static_cast<std::size_t>(part_at)] = true;
                }
                deed.effects.push_back({"age", std::min(age, 90.0), How::set, 1, 3});
                if (c != nullptr && c->set.is_object()) {
                    sets(c->set, 2, deed);
                }
                reading_.deeds.push_back(std::move(deed));
                done_[i] = true;
            }
        }
    }

    // "una coreana", "morena de ojos verdes", "ein Syrer": where nobody says woman or man, an ending may.
    void endings() {
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const Item& it = items_[i];
            const Concept* c = it.meaning;
            if (c == nullptr || c->person || it.comparative) {
                continue;
            }
            const bool look = c->kind == Kind::direct && !c->look.empty();
            const bool hair = c->kind == Kind::colour && !lexicon_.adjectives_first &&
                              meanings().colours.at(c->id).home == "hair" &&
                              (it.head < 0 || it.head > static_cast<int>(i) + 1);
            if (!look && !hair) {
                continue;
            }
            // Beside another word it agrees with that one: "stile africano", "persona coreana".
            const bool leans =
                i > 0 && it.gap == Gap::none &&
                (items_[i - 1].meaning == nullptr
                     ? !items_[i - 1].bare_number
                     : items_[i - 1].meaning->kind == Kind::noun || items_[i - 1].meaning->person);
            const int gender = leans ? 0 : lexicon_.gender(tokens_[it.last - 1].folded);
            if (gender != 0) {
                reading_.deeds.push_back({span_of(i),
                                          {{"presentation", gender < 0 ? 0.08 : 0.92, How::set, 1, 1}},
                                          -1,
                                          false,
                                          {},
                                          false});
            }
        }
    }

    void sets(const Values& values, int rank, Deed& deed) const {
        for (const auto& [attribute, value] : values.items()) {
            deed.effects.push_back({attribute, json(value), How::set, 1, rank});
        }
    }

    static double neutral(const std::string& attribute) {
        const auto& all = meanings().neutral;
        const auto found = all.find(attribute);
        return found == all.end() ? 0 : found->second;
    }

    // What `values` become under "very", "more", "not" …
    void weigh(const Values& values, const Item& by, int comparison, int rank, Deed& deed) const {
        if (!values.is_object()) {
            return;
        }
        for (const auto& [attribute, value] : values.items()) {
            if (attribute == "hair:length" && (comparison != 0 || by.comparative)) {
                const double sign =
                    (value == "short" || value == "veryshort" ? -1 : 1) * (comparison < 0 ? -1 : 1);
                deed.effects.push_back({"hair.length", 0.45 * sign * by.degree, How::add, 1, rank});
            } else if (attribute == "hair:texture" && (comparison != 0 || by.comparative)) {
                const double sign = (value == "straight" ? -1
                                     : value == "wavy"   ? 0.6
                                                         : 1) *
                                    (comparison < 0 ? -1 : 1);
                deed.effects.push_back({"hair.curl", 0.45 * sign * by.degree, How::add, 1, rank});
            } else if (attribute == "hair:length" && by.has_degree && by.degree > 1.2) {
                if (value == "short") {
                    deed.effects.push_back({attribute, "veryshort", How::set, 1, rank});
                } else {
                    deed.effects.push_back({attribute, value, How::set, 1, rank});
                    deed.effects.push_back({"hair.length", value == "long" ? 0.7 : 0, How::set, 1, rank});
                }
            } else if (!value.is_number()) {
                if (by.negated == 0) {
                    deed.effects.push_back({attribute, value, How::set, by.degree, rank});
                }
            } else if (by.negated != 0) {
                // "brown eyes, not blue": what is said counts more than what is denied.
                deed.effects.push_back({attribute, neutral(attribute), How::set, 1, std::min(rank, 1)});
            } else if (comparison != 0) {
                deed.effects.push_back({attribute, value, How::toward, comparison * kStep * by.degree, rank});
            } else if (by.has_degree) {
                const double middle = neutral(attribute);
                deed.effects.push_back(
                    {attribute, middle + (value.get<double>() - middle) * by.degree, How::set, 1, rank});
            } else {
                deed.effects.push_back({attribute, value, How::set, 1, rank});
            }
        }
    }

    int comparison_of(const Item& item) const {
        return item.comparison != 0 ? item.comparison : item.comparative ? 1 : 0;
    }

    void item(std::size_t i) {
        const Item& it = items_[i];
        const Concept* c = it.meaning;
        if (c == nullptr) {
            if (!(it.bare_number && bare_age(i))) {
                unused(i);
            }
            return;
        }
        switch (c->kind) {
            case Kind::direct: direct(i); break;
            case Kind::noun: noun(i); break;
            case Kind::adjective:
            case Kind::colour:
                if (it.head < 0) {
                    lone_adjective(i);
                }
                break;
            case Kind::age: age(i); break;
            case Kind::degree:
            case Kind::negation:
            case Kind::comparison:
                if (!it.used && c->kind != Kind::degree) {
                    unused(i);
                }
                break;
            case Kind::named: seed(i); break;
            default: break;  // little words
        }
    }

    bool person_follows(std::size_t i) const {
        for (std::size_t k = i + 1; k < std::min(items_.size(), i + 5) && items_[k].gap == Gap::none; ++k) {
            const Concept* c = items_[k].meaning;
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

    void direct(std::size_t i) {
        const Item& it = items_[i];
        const Concept* c = it.meaning;
        int comparison = comparison_of(it);
        if (c->id == "old" && it.comparative && person_follows(i)) {
            c = &meanings().at("older");  // "an older man" is older than most, not than before
            comparison = 0;
        }
        Deed deed{span_of(i), {}, -1, c->skin_word, {}, c->mixes};
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
                for (const auto& [attribute, value] : c->more.items()) {
                    deed.effects.push_back(
                        {attribute, value.get<double>() * comparison * it.degree, How::add, 1, 2});
                }
            } else {
                const bool age = c->set.is_object() && c->set.contains("age") && !c->person;
                weigh(c->set, it, comparison, age ? c->age_rank : c->rank, deed);
                if (c->implied.is_object()) {
                    sets(c->implied, 0, deed);
                }
            }
            if (c->add.is_object()) {
                for (const auto& [attribute, value] : c->add.items()) {
                    deed.effects.push_back({attribute, value.get<double>() * it.degree, How::add, 1, 2});
                }
            }
            if (!c->style.empty()) {
                deed.effects.push_back({"style", c->style, How::set, 1, 2});
            }
            for (const std::size_t k : it.adjectives) {  // "Black woman"
                colour_of_person(k);
            }
        }
        if (!deed.effects.empty() || !deed.look.empty()) {
            reading_.deeds.push_back(std::move(deed));
        } else if (!c->quiet && !c->person) {
            unused(i);
        }
    }

    void colour_of_person(std::size_t k) {
        const Concept& colour = *items_[k].meaning;
        Deed deed{span_of(k), {}, -1, false, colour.look, false};
        if (colour.look.empty()) {
            deed.skin_word = true;
            weigh(meanings().modification(meanings().at("skin"), colour)->set, items_[k],
                  comparison_of(items_[k]), 2, deed);
        }
        reading_.deeds.push_back(std::move(deed));
    }

    Values colour_effects(const Concept& noun, const Concept& colour) const {
        const std::string_view domain = meanings().colour_domain(noun);
        const Colour& known = meanings().colours.at(colour.id);
        if (domain == "hair") {
            return known.hair;
        }
        if (domain == "eyes") {
            return known.eyes;
        }
        if (domain == "glasses") {
            return {{"glasses.colour", known.glasses}};
        }
        if (domain == "lips") {
            return {{"makeup.lips_hue", known.lips}};
        }
        if (domain == "shadow") {
            return {{"makeup.eyes_hue", known.shadow}};
        }
        if (domain == "metal") {
            return {{"earrings.metal", known.metal}};
        }
        if (domain == "clothes") {
            return {{"clothes.rgb", known.rgb}};
        }
        if (domain == "light") {
            return {{"light.colour", known.rgb}};
        }
        return {{"backdrop.colour", known.rgb}};
    }

    void noun(std::size_t i) {
        const Item& it = items_[i];
        const Concept& c = *it.meaning;
        if (c.size) {
            frame(i);
        }
        if (c.parent == "clothes" && it.negated == 0 && c.bare.is_object() && worn_under(i)) {
            unused(i);
            for (const std::size_t k : it.adjectives) {
                unused(k);
            }
            return;
        }
        int negated = it.negated;
        double scale = 1;
        bool coloured = false;
        int comparison = it.comparison;
        const int lamp = c.light ? static_cast<int>(i) : -1;
        std::vector<Deed> deeds;
        for (const std::size_t k : it.adjectives) {
            const Item& adjective = items_[k];
            const Modification* change = meanings().modification(c, *adjective.meaning);
            Deed deed{span_of(k), {}, lamp, c.id == "skin" || c.id == "face", {}, false, static_cast<int>(i)};
            if (adjective.negated != 0 && !c.negated.is_null()) {
                negated = adjective.negated;  // "no long beard"
                continue;
            }
            const int more = comparison_of(adjective);
            if (change != nullptr && change->scale > 0) {
                if (more != 0) {
                    comparison = change->scale >= 1 ? more : -more;
                } else {
                    scale *=
                        adjective.has_degree ? 1 + (change->scale - 1) * adjective.degree : change->scale;
                }
            } else if (change != nullptr) {
                weigh(change->set, adjective, more, 2, deed);
            } else {
                Values effects = colour_effects(c, *adjective.meaning);
                if (std::exchange(coloured, true) && effects.contains("clothes.rgb")) {
                    unused(k);  // "red and black": cloth has one colour, the one named first
                    continue;
                }
                const bool of_beard = c.parent == "beard" || c.id == "beard";
                weigh(effects, adjective, lamp >= 0 || effects.begin().value().is_string() ? 0 : more,
                      of_beard ? 1 : 2, deed);
                if (effects.contains("makeup.lips_hue") && c.id == "lips") {
                    deed.effects.push_back({"makeup.lips", 0.7, How::set, 1, 1});
                }
            }
            deeds.push_back(std::move(deed));
        }
        Deed own{span_of(i), {}, lamp, false, {}, false, static_cast<int>(i)};
        if (negated != 0) {
            if (c.negated.is_object()) {
                // "no beard but a moustache", "no make-up, only lipstick": what is there counts more than what is not.
                const bool whole = c.negated.size() > 1 || c.negated.begin().value().is_string();
                sets(c.negated, whole ? 0 : 2, own);
                reading_.deeds.push_back(std::move(own));
            } else {
                unused(i);
            }
            for (Deed& deed : deeds) {
                reading_.unused.push_back(deed.span);
            }
            return;
        }
        if (c.more.is_object() && comparison != 0) {
            for (const auto& [attribute, value] : c.more.items()) {
                own.effects.push_back(
                    {attribute, value.get<double>() * comparison * it.degree, How::add, 1, 2});
            }
        }
        if (c.bare.is_object() && (comparison == 0 || !c.more.is_object())) {
            Item by = it;
            by.degree *= scale;
            by.has_degree = by.has_degree || scale != 1;
            if (comparison != 0) {
                by.degree = it.degree;
            }
            weigh(c.bare, by, comparison, 1, own);
        }
        if (c.implied.is_object() && comparison == 0) {
            sets(c.implied, 0, own);
        }
        if (!own.effects.empty()) {
            // An adjective that only scales, or that the noun says anyway, shares the noun's meaning.
            reading_.deeds.push_back(own);
        }
        for (Deed& deed : deeds) {
            if (deed.effects.empty()) {
                deed.effects = own.effects;
            }
            if (!deed.effects.empty()) {
                reading_.deeds.push_back(std::move(deed));
            }
        }
    }

    // "a blazer over a white T-shirt", "white shirt, leather jacket": the outer one is what is seen.
    bool worn_under(std::size_t i) const {
        bool over = false;
        for (std::size_t back = 1; back <= std::min<std::size_t>(i, 6); ++back) {
            const Concept* c = items_[i - back].meaning;
            const Gap gap = items_[i - back + 1].gap;
            if (c == nullptr || gap == Gap::comma || gap == Gap::full) {
                break;
            }
            over = over || c->id == "over";
            if (c->kind == Kind::noun) {
                if (over && c->parent == "clothes") {
                    return true;
                }
                break;
            }
        }
        return !outer(*items_[i].meaning) && std::any_of(items_.begin(), items_.end(), [](const Item& other) {
            return other.meaning != nullptr && other.negated == 0 && outer(*other.meaning);
        });
    }

    static bool outer(const Concept& c) {
        if (c.parent != "clothes" || !c.bare.is_object() || !c.bare.contains("clothes.style")) {
            return false;
        }
        const json& style = c.bare.at("clothes.style");
        return style == "jacket" || style == "blazer" || style == "suit_tie";
    }

    void lone_adjective(std::size_t i) {
        const Item& it = items_[i];
        const Concept& c = *it.meaning;
        Deed deed{span_of(i), {}, -1, c.skin_word, {}, false};
        if (it.worn) {
            deed.effects.push_back({"clothes.rgb", meanings().colours.at(c.id).rgb, How::set, 1, 1});
        } else if (c.kind == Kind::colour) {
            const Colour& colour = meanings().colours.at(c.id);
            if (colour.home == "hair") {
                weigh(colour.hair, it, comparison_of(it), 2, deed);
            }
        } else if (c.more.is_object() && comparison_of(it) != 0) {  // "darker", and nothing else: the picture
            for (const auto& [attribute, value] : c.more.items()) {
                deed.effects.push_back(
                    {attribute, value.get<double>() * comparison_of(it) * it.degree, How::add, 1, 2});
            }
        } else if (c.set.is_object()) {
            if (it.negated != 0 && c.negated.is_object()) {
                sets(c.negated, 2, deed);
            } else {
                weigh(c.set, it, comparison_of(it), c.rank, deed);
            }
        }
        if (deed.effects.empty()) {
            unused(i);
        } else {
            reading_.deeds.push_back(std::move(deed));
        }
    }

    void frame(std::size_t i) {
        const double size = std::clamp(items_[i].numbers[0], 64.0, 2048.0);
        reading_.deeds.push_back({span_of(i), {{"frame.size", size, How::set, 1, 2}}, -1, false, {}, false});
    }

    bool bare_age(std::size_t i) {
        const double number = items_[i].numbers[0];
        const bool free_right =
            i + 1 == items_.size() || items_[i + 1].gap != Gap::none ||
            (items_[i + 1].meaning != nullptr && items_[i + 1].meaning->kind != Kind::noun);
        if (number < 18 || number > 120 || !free_right) {
            return false;
        }
        reading_.deeds.push_back(
            {span_of(i), {{"age", std::min(number, 90.0), How::set, 1, 3}}, -1, false, {}, false});
        return true;
    }

    void age(std::size_t i) {
        const Item& it = items_[i];
        const Concept& c = *it.meaning;
        Deed deed{span_of(i), {}, -1, false, {}, false};
        double mean = 0;
        for (const double n : it.numbers) {
            mean += n / static_cast<double>(it.numbers.size());
        }
        if (c.age == "exact" && mean >= 18 && mean <= 120) {
            deed.effects.push_back({"age", std::min(mean, 90.0), How::set, 1, 3});
        } else if (c.age == "plus" || c.age == "minus") {
            deed.effects.push_back({"age", c.age == "plus" ? mean : -mean, How::add, 1, 3});
        } else if (c.age == "half") {
            deed.effects.push_back({"age", 0.5, How::times, 1, 3});
        } else if (c.age == "tens_few" && mean >= 20 && mean <= 90) {
            deed.effects.push_back({"age", std::min(mean + 3, 90.0), How::set, 1, 3});
        }
        if (deed.effects.empty()) {
            unused(i);
        } else {
            if (c.set.is_object()) {
                sets(c.set, 2, deed);
            }
            reading_.deeds.push_back(std::move(deed));
        }
    }

    // "named Ada" gives the seed.
    void seed(std::size_t i) {
        if (i + 1 >= items_.size() || items_[i + 1].gap == Gap::full || items_[i + 1].meaning != nullptr) {
            unused(i);
            return;
        }
        const Span name = span_of(i + 1);
        done_[i + 1] = true;
        const std::string value(text_.substr(name.begin, std::min<std::size_t>(name.end - name.begin, 64)));
        reading_.deeds.push_back(
            {{span_of(i).begin, name.end}, {{"seed", value, How::set, 1, 2}}, -1, false, {}, false});
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    const Lexicon& lexicon_;
    std::vector<Item> items_;
    std::vector<bool> done_;
    Reading reading_;
};

}  // namespace

Reading read(std::string_view text, std::vector<Token> tokens, const Lexicon& lexicon) {
    return Reader(text, std::move(tokens), lexicon).run();
}

}  // namespace limner::prompt
