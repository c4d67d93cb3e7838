// What is worn over what.
#include "prompt/reading/sentence.h"

#include <algorithm>

namespace limner::prompt {

namespace {

bool outer(const Concept& c) {
    if (c.parent != "clothes" || !c.bare.is_object() || !c.bare.contains("clothes.style")) {
        return false;
    }
    const nlohmann::json& style = c.bare.at("clothes.style");
    return style == "jacket" || style == "blazer" || style == "suit_tie";
}

}  // namespace

// "a blazer over a white T-shirt", "white shirt, leather jacket": the outer one is what is seen.
bool worn_under(const Sentence& s, std::size_t i) {
    bool over = false;
    for (std::size_t back = 1; back <= std::min<std::size_t>(i, 6); ++back) {
        const Concept* c = s.items[i - back].meaning;
        const Gap gap = s.items[i - back + 1].gap;
        if (c == nullptr || gap == Gap::comma || gap == Gap::full) {
            break;
        }
        over = over || c->id == "over";
        if (c->kind == Concept::Kind::noun) {
            if (over && c->parent == "clothes") {
                return true;
            }
            break;
        }
    }
    return !outer(*s.items[i].meaning) && std::any_of(s.items.begin(), s.items.end(), [](const Item& other) {
        return other.meaning != nullptr && other.negated == 0 && outer(*other.meaning);
    });
}

}  // namespace limner::prompt
