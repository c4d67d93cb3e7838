#include "finish/expression.h"

#include <cctype>
#include <cmath>

namespace limner::finish {

namespace {

constexpr int kDeepest = 16;  // of parentheses and signs

struct Reader {
    std::string_view text;
    const Values& parameters;
    std::size_t at = 0;
    int depth = 0;
    std::string wrong = {};  // empty while all is well

    float fail(std::string why) {
        if (wrong.empty()) wrong = std::move(why);
        return 0;
    }
    void space() {
        while (at < text.size() && text[at] == ' ') ++at;
    }
    bool take(char c) {
        space();
        if (at < text.size() && text[at] == c) return ++at, true;
        return false;
    }
    float sum() {
        float value = product();
        for (;;) {
            if (take('+'))
                value += product();
            else if (take('-'))
                value -= product();
            else
                return value;
        }
    }
    float product() {
        float value = factor();
        for (;;) {
            if (take('*')) {
                value *= factor();
            } else if (take('/')) {
                const float by = factor();
                value = by != 0 ? value / by : fail("it divides by zero");
            } else {
                return value;
            }
        }
    }
    float factor() {
        if (++depth > kDeepest) return fail("it is nested too deeply");
        const float value = atom();
        --depth;
        return value;
    }
    float atom() {
        if (take('-')) return -factor();
        if (take('(')) {
            const float value = sum();
            return take(')') ? value : fail("a parenthesis is not closed");
        }
        space();
        const std::size_t from = at;
        const auto peek = [&] { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0; };
        if (std::isdigit(peek()) || peek() == '.') {
            double value = 0, place = 1;
            for (; std::isdigit(peek()); ++at) value = value * 10 + (peek() - '0');
            if (peek() == '.')
                for (++at; std::isdigit(peek()); ++at) value += (place /= 10) * (peek() - '0');
            return std::isfinite(value) && value < 1e9 ? static_cast<float>(value)
                                                       : fail("a number in it is too large");
        }
        while (std::isalnum(peek()) || peek() == '_') ++at;
        if (from == at)
            return fail(at < text.size() ? "\"" + std::string(text.substr(at, 1)) + "\" does not belong there"
                                         : "it ends too early");
        const auto found = parameters.find(text.substr(from, at - from));
        if (found == parameters.end())
            return fail("there is no parameter \"" + std::string(text.substr(from, at - from)) + "\"");
        return found->second;
    }
};

}  // namespace

Result<float> evaluate(std::string_view expression, const Values& parameters) {
    if (expression.size() > 256)
        return Error{"style.expression", "the expression is longer than 256 characters"};
    Reader reader{expression, parameters};
    const float value = reader.sum();
    reader.space();
    if (reader.wrong.empty() && reader.at < expression.size())
        reader.fail("\"" + std::string(expression.substr(reader.at, 1)) + "\" does not belong there");
    if (reader.wrong.empty() && !std::isfinite(value)) reader.fail("it is not a finite number");
    if (!reader.wrong.empty()) return Error{"style.expression", reader.wrong};
    return value;
}

}  // namespace limner::finish
