// Values under "very", "more", "less", "not".
#include "prompt/reading/sentence.h"

#include <algorithm>

namespace limner::prompt {

namespace {

using How = Effect::How;

constexpr double kStep = 0.5;  // how much of the way a plain comparative goes

double neutral(const std::string& attribute) {
    const auto& all = meanings().neutral;
    const auto found = all.find(attribute);
    return found == all.end() ? 0 : found->second;
}

}  // namespace

void sets(const Values& values, int rank, Deed& deed) {
    for (const auto& [attribute, value] : values.items()) {
        deed.effects.push_back({attribute, nlohmann::json(value), How::set, 1, rank});
    }
}

void adds(const Values& values, double factor, Deed& deed) {
    for (const auto& [attribute, value] : values.items()) {
        deed.effects.push_back({attribute, value.get<double>() * factor, How::add, 1, 2});
    }
}

int comparison_of(const Item& item) {
    return item.comparison != 0 ? item.comparison : item.comparative ? 1 : 0;
}

// What `values` become under "very", "more", "not" …
void weigh(const Values& values, const Item& by, int comparison, int rank, Deed& deed) {
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

}  // namespace limner::prompt
