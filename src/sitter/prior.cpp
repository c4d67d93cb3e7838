#include "sitter/prior.h"

#include "base/exact.h"
#include "recipe/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace limner {
namespace {

using nlohmann::json;

class Compiler {
public:
    Compiler(const Attribute& attribute, const Schema& schema) : attribute_(attribute), schema_(schema) {}

    Prior prior(const json& j, int depth = 0) {
        Prior out;
        if (depth > 16) return fail("nests too deeply"), out;
        if (j.is_number() ||
            (j.is_object() && (j.contains("by") || j.contains("product") || j.contains("sum")))) {
            out.numbers = {number(j)};
        } else if (!j.is_object()) {
            fail("is neither a number nor an object");
        } else if (const json* uniform = member(j, "uniform")) {
            out.kind = Prior::Kind::uniform;
            pair(*uniform, out);
        } else if (const json* normal = member(j, "normal")) {
            out.kind = Prior::Kind::normal;
            pair(*normal, out);
        } else if (const json* mixture = member(j, "mixture")) {
            out.kind = Prior::Kind::mixture;
            if (!mixture->is_array() || mixture->empty()) return fail("has an empty mixture"), out;
            for (const json& part : *mixture) {
                if (!part.is_array() || part.size() != 2)
                    return fail("has a mixture without [weight, prior]"), out;
                out.numbers.push_back(number(part[0]));
                out.parts.push_back(prior(part[1], depth + 1));
            }
        } else if (const json* chance = member(j, "chance")) {
            out.kind = Prior::Kind::chance;
            out.numbers = {number(*chance)};
            for (const char* key : {"then", "else"}) {
                const json* part = member(j, key);
                if (!part) return fail("has a chance without then and else"), out;
                out.parts.push_back(prior(*part, depth + 1));
            }
        } else {
            fail("is of an unknown kind");
        }
        return out;
    }

    Prior weights(const json& j) {
        Prior out;
        out.kind = Prior::Kind::weights;
        const json* table = j.is_object() ? member(j, "weights") : nullptr;
        if (!table || !table->is_object()) return fail("of a choice needs weights"), out;
        if (table->size() != attribute_.choices.size()) return fail("must weigh every option once"), out;
        for (const Choice& choice : attribute_.choices) {
            const json* weight = member(*table, choice.id.c_str());
            if (!weight) return fail("has no weight for " + choice.id), out;
            out.numbers.push_back(number(*weight));
        }
        return out;
    }

    const std::optional<Error>& error() const { return error_; }

private:
    static const json* member(const json& j, const char* key) {
        const auto found = j.find(key);
        return found == j.end() ? nullptr : &*found;
    }

    void fail(const std::string& what) {
        if (!error_)
            error_ = Error{"schema.prior", "Schema: the prior of " + attribute_.id + " " + what + "."};
    }

    void pair(const json& j, Prior& out) {
        if (!j.is_array() || j.size() != 2) return fail("needs two numbers");
        out.numbers = {number(j[0]), number(j[1])};
    }

    PriorNumber number(const json& j, int depth = 0) {
        PriorNumber out;
        if (j.is_number()) {
            out.constant = j.get<double>();
            return out;
        }
        if (!j.is_object() || depth > 8) return fail("has something that is not a number"), out;
        for (const auto& [key, parts] : {std::pair{"product", &out.product}, std::pair{"sum", &out.sum}}) {
            const json* list = member(j, key);
            if (!list) continue;
            if (!list->is_array() || list->empty()) return fail(std::string("has an empty ") + key), out;
            for (const json& part : *list) parts->push_back(number(part, depth + 1));
            return out;
        }
        const json *by = member(j, "by"), *at = member(j, "at"), *is = member(j, "is");
        if (!by || !by->is_string() || !at || !is || !at->is_array() || !is->is_array() || at->empty() ||
            at->size() != is->size()) {
            return fail("needs by, and at and is of one length"), out;
        }
        out.by = schema_.index(by->get<std::string>());
        if (out.by < 0) return fail("depends on something unknown"), out;
        for (std::size_t i = 0; i < at->size(); ++i) {
            if (!(*at)[i].is_number() || !(*is)[i].is_number())
                return fail("has a knot that is not a number"), out;
            out.at.push_back((*at)[i].get<double>());
            out.is.push_back((*is)[i].get<double>());
            if (i > 0 && !(out.at[i - 1] < out.at[i])) fail("has knots that do not rise");
        }
        return out;
    }

    const Attribute& attribute_;
    const Schema& schema_;
    std::optional<Error> error_;
};

// Which of the weights u falls on; u becomes the place within that weight, again uniform in (0, 1).
std::size_t split(double& u, std::span<const PriorNumber> weights, std::span<const Value> earlier) {
    double total = 0;
    for (const PriorNumber& weight : weights) total += std::max(0.0, weight.given(earlier));
    double left = u * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double weight = std::max(0.0, weights[i].given(earlier));
        if (weight <= 0) continue;
        last = i;
        if (left < weight) {
            u = left / weight;
            return i;
        }
        left -= weight;
    }
    u = 1 - 0x1p-53;  // rounding carried us past the end (or every weight is 0: then the first)
    return last;
}

// A value the recipe gives, already validated by parse_recipe; recipes built in code are trusted but kept in range.
bool take_explicit(const Attribute& attribute, const nlohmann::json& given, Value& value) {
    const auto in_range = [&](const nlohmann::json& x) {
        return static_cast<float>(std::clamp(x.get<double>(), attribute.min, attribute.max));
    };
    switch (attribute.type) {
        case Attribute::Type::choice:
            if (!given.is_string()) return false;
            for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
                if (attribute.choices[i].id == given.get_ref<const std::string&>()) {
                    value.choice = static_cast<int>(i);
                    return true;
                }
            }
            return false;
        case Attribute::Type::number:
            if (!given.is_number()) return false;
            value.numbers = {in_range(given)};
            return true;
        case Attribute::Type::vector:
            if (!given.is_array() || given.size() != static_cast<std::size_t>(attribute.length)) return false;
            value.numbers.clear();
            for (const nlohmann::json& entry : given) {
                if (!entry.is_number()) return false;
                value.numbers.push_back(in_range(entry));
            }
            return true;
    }
    return false;
}

}  // namespace

double PriorNumber::given(std::span<const Value> earlier) const {
    if (!product.empty()) {
        double value = 1;
        for (const PriorNumber& factor : product) value *= factor.given(earlier);
        return value;
    }
    if (!sum.empty()) {
        double value = 0;
        for (const PriorNumber& part : sum) value += part.given(earlier);
        return value;
    }
    if (by < 0) return constant;
    const double x = earlier[static_cast<std::size_t>(by)].numbers[0];
    if (x <= at.front()) return is.front();
    for (std::size_t i = 1; i < at.size(); ++i) {
        if (x < at[i]) return is[i - 1] + (is[i] - is[i - 1]) * ((x - at[i - 1]) / (at[i] - at[i - 1]));
    }
    return is.back();
}

double Prior::quantile(double u, std::span<const Value> earlier, double low, double high) const {
    switch (kind) {
        case Kind::constant: return std::clamp(numbers[0].given(earlier), low, high);
        case Kind::uniform: {
            const double a = numbers[0].given(earlier), b = numbers[1].given(earlier);
            return std::clamp(a + u * (b - a), low, high);
        }
        case Kind::normal:
            return truncated_normal_quantile(u, numbers[0].given(earlier), numbers[1].given(earlier), low,
                                             high);
        case Kind::mixture: {
            const std::size_t part = split(u, numbers, earlier);
            return parts[part].quantile(u, earlier, low, high);
        }
        case Kind::chance: {
            const double p = std::clamp(numbers[0].given(earlier), 0.0, 1.0);
            if (u < p) return parts[0].quantile(u / p, earlier, low, high);
            return parts[1].quantile((u - p) / (1 - p), earlier, low, high);
        }
        case Kind::weights: break;
    }
    return low;
}

int Prior::pick(double u, std::span<const Value> earlier) const {
    return static_cast<int>(split(u, numbers, earlier));
}

Result<Prior> compile_prior(const Attribute& attribute, const Schema& schema) {
    Compiler compiler(attribute, schema);
    Prior prior = attribute.type == Attribute::Type::choice ? compiler.weights(attribute.prior)
                                                            : compiler.prior(attribute.prior);
    if (compiler.error()) return *compiler.error();
    return prior;
}

Value draw_value(const Attribute& attribute, const Prior& prior, std::string_view seed,
                 std::span<const Value> earlier) {
    Stream stream(seed, attribute.id);
    Value value;
    if (attribute.type == Attribute::Type::choice) {
        value.choice = prior.pick(stream.uniform(), earlier);
        return value;
    }
    for (int i = 0; i < attribute.length; ++i) {
        const double x = prior.quantile(stream.uniform(), earlier, attribute.min, attribute.max);
        value.numbers.push_back(static_cast<float>(x));
    }
    return value;
}

std::vector<Value> draw_values(const Recipe& recipe, const Schema& of, std::span<const Prior> priors) {
    std::vector<Value> values;
    values.reserve(of.attributes.size());
    for (std::size_t i = 0; i < of.attributes.size(); ++i) {
        const Attribute& attribute = of.attributes[i];
        const auto given = recipe.set.find(attribute.id);
        Value value;
        if (given == recipe.set.end() || !take_explicit(attribute, given->second, value)) {
            value = draw_value(attribute, priors[i], recipe.seed, values);
        }
        values.push_back(std::move(value));
    }
    return values;
}

}  // namespace limner
