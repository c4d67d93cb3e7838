#include "studio/words.h"

#include "prompt/prompt.h"
#include "studio/studio.h"
#include "studio/widgets.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace limner::studio {
namespace {

// "hair.curl" is the schema's "Curl" in "Hair"; "light.from" has no entry there.
std::string name_of(const std::string& id) {
    if (const Attribute* attribute = schema().find(id)) return attribute->label;
    std::string name = id;
    std::ranges::replace(name, '.', ' ');
    std::ranges::replace(name, '_', ' ');
    if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
}

std::string value_of(const std::string& id, const nlohmann::json& value) {
    const Attribute* attribute = schema().find(id);
    if (value.is_number() && attribute != nullptr) {
        return shown(value.get<float>(), static_cast<float>(attribute->min),
                     static_cast<float>(attribute->max), attribute->unit);
    }
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        if (attribute == nullptr) return text;
        for (const Choice& choice : attribute->choices) {
            if (choice.id == text) return choice.label;
        }
        return text;
    }
    return value.is_number() ? value.dump() : std::string();
}

std::string meaning_of(const Understood& understood) {
    std::string meaning;
    const auto add = [&](const std::string& id, const nlohmann::json& value) {
        const std::string text = value_of(id, value);
        meaning += (meaning.empty() ? "" : ", ") + name_of(id) + (text.empty() ? "" : " " + text);
    };
    if (understood.value.is_object()) {
        for (const auto& [id, value] : understood.value.items()) add(id, value);
    } else {
        add(understood.attribute, understood.value);
    }
    return meaning.size() > 80 ? name_of(understood.attribute) : meaning;
}

void read(Studio& studio, const std::string& text) {
    WordsBox& box = studio.words;
    const Words words = limner::words(text, box.base, box.language);
    const auto piece = [&](const Span& span) { return text.substr(span.begin, span.end - span.begin); };
    box.text = box.read = text;
    box.read_in = words.lang;
    box.understood.clear();
    box.unused.clear();
    box.refused.clear();
    if (words.refused) {
        box.refused = words.refused->sentence;
        notify(studio, box.refused, true);
        return;
    }
    for (const Understood& one : words.understood) {
        box.understood.push_back({one.span.begin, one.span.end, piece(one.span), meaning_of(one)});
    }
    for (const Span& span : words.unused) box.unused.push_back(piece(span));
    adopt(studio, words.recipe, "In words");
}

}  // namespace

void understand(Studio& studio, const std::string& text) {
    studio.words.base = studio.recipe;
    read(studio, text);
}

void understand_again(Studio& studio) {
    const WordsBox& box = studio.words;
    if (!box.read.empty() && limner::words(box.read, box.base, box.language).lang != box.read_in)
        read(studio, box.read);
}

void take_back(Studio& studio, std::size_t chip) {
    WordsBox& box = studio.words;
    if (chip >= box.understood.size()) return;
    std::string text = box.read;
    text.replace(box.understood[chip].begin, box.understood[chip].end - box.understood[chip].begin, " ");
    read(studio, text);
}

}  // namespace limner::studio
