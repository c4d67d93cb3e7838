// What a colour means for the thing that has it.
#include "prompt/reading/sentence.h"

namespace limner::prompt {

Values colour_effects(const Concept& noun, const Concept& colour) {
    const std::string_view domain = meanings().colour_domain(noun);
    const Colour& known = meanings().colours.at(colour.id);
    if (domain == "hair") {
        return known.hair;
    }
    if (domain == "eyes") {
        return known.eyes;
    }
    if (domain == "glasses") {
        return {{"glasses.colour", known.glasses}};
    }
    if (domain == "lips") {
        return {{"makeup.lips_hue", known.lips}};
    }
    if (domain == "shadow") {
        return {{"makeup.eyes_hue", known.shadow}};
    }
    if (domain == "metal") {
        return {{"earrings.metal", known.metal}};
    }
    if (domain == "clothes") {
        return {{"clothes.rgb", known.rgb}};
    }
    if (domain == "light") {
        return {{"light.colour", known.rgb}};
    }
    return {{"backdrop.colour", known.rgb}};
}

void colour_person(Sentence& s, std::size_t k) {
    const Concept& colour = *s.items[k].meaning;
    Deed deed{s.span_of(k), {}, -1, false, colour.look, false};
    if (colour.look.empty()) {
        deed.skin_word = true;
        weigh(meanings().modification(meanings().at("skin"), colour)->set, s.items[k],
              comparison_of(s.items[k]), 2, deed);
    }
    s.say(std::move(deed));
}

}  // namespace limner::prompt
