// What Limner does not paint.
#include "prompt/reading/sentence.h"

namespace limner::prompt {

bool allowed(Sentence& s) {
    bool minor = false, youth = false, adult = false;
    for (std::size_t i = 0; i < s.items.size(); ++i) {
        const Item& item = s.items[i];
        const Concept* c = item.meaning;
        if (c == nullptr) {
            // "a girl, 12"
            const bool alone = i + 1 == s.items.size() || s.items[i + 1].gap != Gap::none;
            std::size_t who = i;  // "a woman of 15"
            while (who > 1 && s.items[who].gap == Gap::none && s.items[who - 1].meaning != nullptr &&
                   s.items[who - 1].meaning->kind == Concept::Kind::glue) {
                --who;
            }
            if (item.bare_number && item.numbers[0] < 18 && item.numbers[0] >= 1 && alone && who > 0 &&
                s.items[who - 1].meaning != nullptr && s.items[who - 1].meaning->person &&
                s.tokens[item.first].folded != "one") {
                minor = true;
            }
            adult = adult || (item.bare_number && item.numbers[0] >= 18 && item.numbers[0] <= 120);
            continue;
        }
        if (c->refusal == "sexual") {
            s.reading.refusal = "words.sexual";
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
        s.reading.refusal = "words.minor";
        return false;
    }
    return true;
}

}  // namespace limner::prompt
