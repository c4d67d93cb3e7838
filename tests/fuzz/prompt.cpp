// Any bytes as words, in any language and from any base: spans stay inside the text, the recipe stays a recipe.
#include "prompt/prompt.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    if (size == 0) return 0;
    static const std::vector<std::string> languages = word_languages();
    static Recipe last;  // what the words before left, as a visitor would go on
    const std::size_t pick = data[0] % (2 * languages.size() + 1);
    const std::string lang = pick == 2 * languages.size() ? "" : languages[pick / 2];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Words got = words(text, pick % 2 == 0 ? Recipe{} : last, lang);
    for (const Span& span : got.unused)
        if (span.begin >= span.end || span.end > text.size()) std::abort();
    for (const Understood& u : got.understood)
        if (u.span.begin >= u.span.end || u.span.end > text.size() || u.attribute.empty()) std::abort();
    if (got.refused) {
        if (got.refused->sentence.empty() || !got.understood.empty()) std::abort();
        return 0;
    }
    const Result<Recipe> back = parse_recipe(print_recipe(got.recipe));
    if (!back || !(*back == got.recipe)) std::abort();
    if (describe(got.recipe, lang).find('{') != std::string::npos && got.recipe.style.name.empty())
        std::abort();
    last = got.recipe;
    return 0;
}
