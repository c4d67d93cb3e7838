#include "base/base64.h"
#include "recipe/recipe.h"

#include <algorithm>

namespace limner {
namespace {

constexpr std::size_t kMaxText = 64 * 1024;

}  // namespace

std::string to_fragment(const Recipe& recipe) {
    const std::string text = print_recipe(recipe);
    return "r=" + to_base64url(deflate({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
}

Result<Recipe> from_fragment(std::string_view fragment) {
    if (fragment.starts_with('#')) fragment.remove_prefix(1);
    std::string_view code;
    bool found = false;
    while (!found && !fragment.empty()) {
        const std::string_view part = fragment.substr(0, fragment.find('&'));
        found = part.starts_with("r=");
        if (found) code = part.substr(2);
        fragment.remove_prefix(std::min(fragment.size(), part.size() + 1));
    }
    if (!found) return Error{"fragment.missing", "This link carries no recipe."};

    const Error broken{
        "fragment.text",
        "The recipe in this link is incomplete or was changed on its way; ask for the link again."};
    if (code.size() > 2 * kMaxText) return broken;
    const std::optional<Bytes> packed = from_base64(code);
    if (!packed) return broken;
    const Result<Bytes> text = inflate(*packed, kMaxText);
    if (!text) return text.error().code == "deflate.size" ? text.error() : broken;
    return parse_recipe({reinterpret_cast<const char*>(text->data()), text->size()});
}

}  // namespace limner
