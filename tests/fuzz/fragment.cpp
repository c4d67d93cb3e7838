// Any text as a link's fragment; also as base64 and as deflated bytes, so that the inner parsers are reached.
#include "base/base64.h"
#include "recipe/recipe.h"

#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string& link : {std::string(text), "r=" + to_base64url({data, size})}) {
        const Result<Recipe> recipe = from_fragment(link);
        if (!recipe) continue;
        const Result<Recipe> again = from_fragment(to_fragment(*recipe));
        if (!again || !(*again == *recipe)) std::abort();
    }
    const Result<Bytes> back = inflate(deflate({data, size}), size);
    if (!back || back->size() != size || !std::equal(back->begin(), back->end(), data)) std::abort();
    return 0;
}
