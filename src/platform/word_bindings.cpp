// Words and descriptions for JavaScript. Places in the text are UTF-16 there, bytes here.
#include "platform/answer.h"
#include "prompt/prompt.h"
#include "recipe/recipe.h"

#include <algorithm>
#include <emscripten/bind.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using emscripten::val;

namespace limner::platform {
namespace {

// UTF-16 index of every byte, one more for the end.
std::vector<std::size_t> utf16_places(const std::string& text) {
    std::vector<std::size_t> places;
    std::size_t at = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        places.push_back(at);
        if ((byte & 0xC0U) != 0x80U) at += byte >= 0xF0U ? 2 : 1;
    }
    places.push_back(at);
    return places;
}

val more_languages(const std::string& text) {
    const auto added = add_languages(text);
    return added ? good(val(true)) : failed(added.error());
}

val words_of(const std::string& text, const std::string& base, const std::string& lang) {
    const auto from = parse_recipe(base);
    if (!from) return failed(from.error());
    const Words read = words(text, *from, lang);
    const std::vector<std::size_t> places = utf16_places(text);
    const auto span = [&](const Span& s) {
        return nlohmann::json::array(
            {places[std::min(s.begin, text.size())], places[std::min(s.end, text.size())]});
    };
    nlohmann::json out{{"recipe", nlohmann::json::parse(print_recipe(read.recipe), nullptr, false)},
                       {"understood", nlohmann::json::array()},
                       {"unused", nlohmann::json::array()},
                       {"refused", nullptr},
                       {"lang", read.lang}};
    for (const Understood& one : read.understood) {
        out["understood"].push_back(
            {{"span", span(one.span)}, {"attribute", one.attribute}, {"value", one.value}});
    }
    for (const Span& one : read.unused) {
        out["unused"].push_back({{"span", span(one)}, {"text", text.substr(one.begin, one.end - one.begin)}});
    }
    if (read.refused) out["refused"] = {{"code", read.refused->code}, {"sentence", read.refused->sentence}};
    return good(val(out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

val description_of(const std::string& text, const std::string& lang) {
    const auto recipe = parse_recipe(text);
    return recipe ? good(val(describe(*recipe, lang))) : failed(recipe.error());
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_words) {
    emscripten::function("addLanguages", &limner::platform::more_languages);
    emscripten::function("words", &limner::platform::words_of);
    emscripten::function("describe", &limner::platform::description_of);
}
