#include "prompt/prompt.h"

#include "prompt/meaning.h"

#include <algorithm>
#include <set>

namespace limner {
namespace {

constexpr std::size_t kLongest = 400'000;  // bytes: 100,000 characters of any script

Error refusal(const std::string& code, const prompt::Lexicon& lexicon) {
    const auto found = lexicon.sentences.find(code);
    return {code, found == lexicon.sentences.end() ? code : found->get<std::string>()};
}

void leave_out(std::span<const Span> without, prompt::Reading& reading) {
    const auto left = [&](const Span& span) {
        return std::ranges::any_of(
            without, [&](const Span& all) { return all.begin <= span.begin && span.end <= all.end; });
    };
    std::set<int> nouns;
    for (const prompt::Deed& deed : reading.deeds) {
        if (deed.names_noun && left(deed.span)) {
            nouns.insert(deed.noun);
        }
    }
    std::erase_if(reading.deeds, [&](const prompt::Deed& deed) {
        return left(deed.span) || (deed.noun >= 0 && nouns.contains(deed.noun));
    });
    std::erase_if(reading.unused, left);
}

}  // namespace

Result<void> add_languages(std::string text) {
    if (!prompt::add_languages(std::move(text))) {
        return Error{"words.languages", "The languages beside English came damaged."};
    }
    return {};
}

Words words(std::string_view text, const Recipe& base, std::string_view lang, std::span<const Span> without) {
    Words out;
    out.recipe = base;
    if (text.size() > kLongest) {
        const prompt::Lexicon* known = prompt::lexicon(lang);
        const prompt::Lexicon& reader = known != nullptr ? *known : *prompt::lexicon("en");
        out.lang = reader.lang;
        out.refused = refusal("words.long", reader);
        return out;
    }
    std::vector<prompt::Token> tokens = prompt::tokens_of(text);
    const prompt::Lexicon* known = prompt::lexicon(lang);
    const prompt::Lexicon& lexicon = known != nullptr ? *known : prompt::detect(tokens, "en");
    out.lang = lexicon.lang;
    prompt::Reading reading = prompt::read(text, std::move(tokens), lexicon);
    if (!reading.refusal.empty()) {
        out.refused = refusal(reading.refusal, lexicon);
        return out;
    }
    leave_out(without, reading);
    prompt::decide(std::move(reading), base, out);
    return out;
}

std::string language_of(std::string_view text, std::string_view preferred) {
    return prompt::detect(prompt::tokens_of(text.substr(0, kLongest)), preferred).lang;
}

std::vector<std::string> word_languages() { return prompt::languages(); }

}  // namespace limner
