// How old somebody is.
#include "prompt/reading/sentence.h"

#include <algorithm>
#include <cmath>

namespace limner::prompt {

namespace {

using Kind = Concept::Kind;
using How = Effect::How;

// Where "early", "mid" or "late" stands before a decade, little words between them; -1 if nowhere.
int part_before(const Sentence& s, std::size_t i) {
    for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
        const Concept* before = s.items[i - back].meaning;
        const Gap gap = s.items[i - back + 1].gap;
        if (before == nullptr || gap == Gap::comma || gap == Gap::full) {
            return -1;
        }
        if (before->kind == Kind::age &&
            (before->age == "early" || before->age == "mid" || before->age == "late")) {
            return static_cast<int>(i - back);
        }
        if (before->kind != Kind::glue) {
            return -1;
        }
    }
    return -1;
}

}  // namespace

// "in her late forties", "mid-30s", "Mitte vierzig", "aged 60".
void read_decades(Sentence& s) {
    s.done.assign(s.items.size(), false);
    for (std::size_t i = 0; i < s.items.size(); ++i) {
        const Item& item = s.items[i];
        const Concept* c = item.meaning;
        double decade = 0;
        if (c != nullptr && c->kind == Kind::age) {
            decade = c->decade > 0 ? c->decade : c->age == "decade" ? item.numbers[0] : 0;
        }
        const int part_at = part_before(s, i);
        const bool tens = item.bare_number && part_at >= 0 && std::fmod(item.numbers[0], 10) == 0;
        if (tens) {
            decade = item.numbers[0];
        }
        if (decade > 0) {
            if (decade < 20 || decade > 90 || std::fmod(decade, 10) != 0) {
                continue;
            }
            double age = decade + 5;
            Deed deed{s.span_of(i), {}, -1, false, {}, false};
            if (part_at >= 0) {
                const std::string& part = s.items[static_cast<std::size_t>(part_at)].meaning->age;
                age = decade + (part == "early" ? 2 : part == "mid" ? 5 : 8);
                deed.span.begin =
                    std::min(deed.span.begin, s.span_of(static_cast<std::size_t>(part_at)).begin);
                s.done[static_cast<std::size_t>(part_at)] = true;
            }
            deed.effects.push_back({"age", std::min(age, 90.0), How::set, 1, 3});
            if (c != nullptr && c->set.is_object()) {
                sets(c->set, 2, deed);
            }
            s.say(std::move(deed));
            s.done[i] = true;
        }
    }
}

bool read_bare_age(Sentence& s, std::size_t i) {
    const double number = s.items[i].numbers[0];
    const bool free_right = i + 1 == s.items.size() || s.items[i + 1].gap != Gap::none ||
                            (s.items[i + 1].meaning != nullptr && s.items[i + 1].meaning->kind != Kind::noun);
    if (number < 18 || number > 120 || !free_right) {
        return false;
    }
    s.say({s.span_of(i), {{"age", std::min(number, 90.0), How::set, 1, 3}}, -1, false, {}, false});
    return true;
}

void read_age(Sentence& s, std::size_t i) {
    const Item& it = s.items[i];
    const Concept& c = *it.meaning;
    Deed deed{s.span_of(i), {}, -1, false, {}, false};
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
        s.leave(i);
    } else {
        if (c.set.is_object()) {
            sets(c.set, 2, deed);
        }
        s.say(std::move(deed));
    }
}

}  // namespace limner::prompt
