#include "wide.h"

#include "output.h"
#include "sitter/prior.h"
#include "sitter/sitter.h"

#include <vector>

namespace limner::sitters {
namespace {

bool is_widened(const Attribute& a) {
    return a.group == "person" || a.group == "face" || a.group == "expression";
}

void scale(PriorNumber& number, double by) {
    number.constant *= by;
    for (double& is : number.is) is *= by;
    if (!number.product.empty()) scale(number.product.front(), by);
    for (PriorNumber& part : number.sum) scale(part, by);
}

Prior widened(Prior prior, const Attribute& a) {
    if (prior.kind == Prior::Kind::normal) scale(prior.numbers[1], wider_by);
    if (prior.kind != Prior::Kind::chance) return prior;
    scale(prior.numbers[0], oftener_by);
    if (Prior& then = prior.parts[0]; then.kind == Prior::Kind::uniform) {
        if (then.numbers[0].constant < 0) then.numbers[0].constant = a.min;
        if (then.numbers[1].by < 0) then.numbers[1].constant = a.max;
    }
    return prior;
}

const std::vector<Prior>& priors() {
    static const std::vector<Prior> all = [] {
        std::vector<Prior> made;
        for (std::size_t i = 0; i < schema().attributes.size(); ++i) {
            const Attribute& a = schema().attributes[i];
            const Prior& own = schema_priors()[i];
            made.push_back(is_widened(a) ? widened(own, a) : own);
        }
        return made;
    }();
    return all;
}

}  // namespace

void widen(Recipe& recipe) {
    const nlohmann::json drawn = labels({draw_values(recipe, schema(), priors()), {}});
    for (const Attribute& a : schema().attributes)
        if (is_widened(a)) recipe.set[a.id] = drawn.at(a.id);
}

}  // namespace limner::sitters
