#include "prompt/meaning.h"
#include "recipe/random.h"

namespace limner::prompt {

std::string hair_style(const std::map<std::string, std::string>& features, bool masculine,
                       std::string_view seed) {
    for (const auto& rule : meanings().hair_rules) {
        const std::string who = rule[1].get<std::string>();
        if (who == (masculine ? "f" : "m")) {
            continue;
        }
        bool fits = true;
        for (const auto& [feature, wanted] : rule[0].items()) {
            const auto found = features.find(feature);
            fits = fits && found != features.end() && found->second == wanted.get<std::string>();
        }
        if (!fits) {
            continue;
        }
        if (rule[2].is_string()) {
            return rule[2].get<std::string>();
        }
        const auto count = rule[2].size();
        const auto at =
            static_cast<std::size_t>(Stream(seed, "words.hair").uniform() * static_cast<double>(count));
        return rule[2][std::min(at, count - 1)].get<std::string>();
    }
    return {};
}

}  // namespace limner::prompt
