#include "base/json_text.h"

#include <string>

namespace limner {
namespace {

constexpr int kMaxDepth = 32;

bool too_deep(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxDepth) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

Result<nlohmann::json> read_json_object(std::string_view text, std::size_t max_bytes, const char* what,
                                        const char* room) {
    const std::string code = room, start = what;
    if (text.size() > max_bytes) {
        return Error{code + ".size", start + " is " + std::to_string(text.size()) + " bytes long; at most " +
                                         std::to_string(max_bytes) + " are read."};
    }
    if (too_deep(text)) {
        return Error{code + ".json",
                     start + " is nested more than " + std::to_string(kMaxDepth) + " levels deep."};
    }
    nlohmann::json root = nlohmann::json::parse(text, nullptr, false);
    if (root.is_discarded()) {
        return Error{code + ".json",
                     start + " is not valid JSON; it may have been cut short or changed on its way."};
    }
    if (!root.is_object()) return Error{code + ".json", start + " is not a JSON object in braces."};
    return root;
}

}  // namespace limner
