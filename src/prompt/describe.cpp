#include "prompt/lexicon.h"
#include "prompt/meaning.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <cmath>

namespace limner {
namespace {

using nlohmann::json;

// The kind of hair a style is, as far as a sentence tells.
std::string hair_kind(std::string_view style) {
    const auto begins = [&](std::string_view with) { return style.substr(0, with.size()) == with; };
    const auto one_of = [&](std::initializer_list<std::string_view> all) {
        return std::find(all.begin(), all.end(), style) != all.end();
    };
    if (one_of({"bald", "horseshoe"})) {
        return "bald";
    }
    if (one_of({"shaved", "mohawk"})) {
        return std::string(style);
    }
    if (one_of({"thinning", "widow_receding", "comb_over"})) {
        return "thinning";
    }
    if (one_of({"quiff", "pompadour", "flat_top", "spiky"})) {
        return "quiff";
    }
    if (one_of({"buzz", "crew", "caesar", "fade_high"})) {
        return "veryshort";
    }
    if (begins("ponytail")) {
        return "ponytail";
    }
    if (begins("bun_")) {
        return "bun";
    }
    if (begins("locs")) {
        return "locs";
    }
    if (begins("afro")) {
        return "afro";
    }
    if (begins("coils") || style == "twists") {
        return "coily";
    }
    if (one_of({"braid_side", "braids_two", "crown_braid", "box_braids", "cornrows"})) {
        return "braids";
    }
    if (one_of({"bob_curly"})) {
        return "bob_curly";
    }
    if (begins("bob") || style == "bowl") {
        return "bob";
    }
    if (one_of({"curls_short", "curls_top"})) {
        return "short_curly";
    }
    if (one_of({"curls_medium", "curls_big"})) {
        return "medium_curly";
    }
    if (one_of({"long_curly"})) {
        return "long_curly";
    }
    if (one_of({"long_wavy", "long_beach"})) {
        return "long_wavy";
    }
    if (begins("long_") || style == "half_up") {
        return "long";
    }
    if (one_of({"lob_wavy", "medium_wavy"})) {
        return "medium_wavy";
    }
    if (begins("lob") || begins("medium") || one_of({"mop", "curtains"})) {
        return "medium";
    }
    return "short";
}

std::string hair_colour(const Sitter& s) {
    const float grey = s.number("hair.grey"), melanin = s.number("hair.melanin"),
                red = s.number("hair.redness");
    if (grey > 0.9F) {
        return "white";
    }
    if (grey > 0.62F) {
        return "grey";
    }
    if (grey > 0.3F) {
        return "salt_pepper";
    }
    if (red > 0.68F && melanin < 0.85F) {
        return melanin < 0.48F ? "red" : "auburn";
    }
    return melanin < 0.1F    ? "platinum"
           : melanin < 0.36F ? "blond"
           : melanin < 0.55F ? "light_brown"
           : melanin < 0.76F ? "brown"
           : melanin < 0.9F  ? "dark_brown"
                             : "black";
}

std::string eye_colour(const Sitter& s) {
    const float pigment = s.number("eyes.pigment"), green = s.number("eyes.green");
    if (pigment > 0.88F) {
        return "dark_brown";
    }
    if (pigment > 0.62F) {
        return "brown";
    }
    if (pigment > 0.42F) {
        return "hazel";
    }
    return green > 0.55F ? "green" : pigment > 0.12F && green > 0.1F && green < 0.25F ? "grey" : "blue";
}

std::string expression_of(const Sitter& s) {
    const float smile = s.number("expression.smile");
    const std::pair<const char*, float> strong[] = {
        {"surprised", s.number("expression.surprise")}, {"angry", s.number("expression.anger")},
        {"sad", s.number("expression.sadness")},        {"disgusted", s.number("expression.disgust")},
        {"pucker", s.number("expression.pucker")},      {"wink", std::abs(s.number("expression.wink"))}};
    const auto most = std::max_element(std::begin(strong), std::end(strong),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most->second > 0.38F) {
        return most->first;
    }
    if (s.number("expression.blink") > 0.75F) {
        return "closed";
    }
    if (smile > 0.75F && s.number("expression.smile_open") > 0.6F) {
        return "laugh";
    }
    if (std::abs(s.number("expression.contempt")) > 0.4F) {
        return "smirk";
    }
    return smile > 0.75F ? "grin" : smile > 0.4F ? "smile" : smile > 0.18F ? "slight" : "neutral";
}

std::string light_of_recipe(const Recipe& recipe) {
    if (recipe.light.canonical || recipe.light.sources.empty()) {
        return {};
    }
    const auto& sources = recipe.light.sources;
    for (const auto& [name, preset] : prompt::meanings().lights.items()) {
        const LightMix known = prompt::light_of({}, name, {});
        const bool same = known.sources.size() == sources.size() &&
                          std::equal(sources.begin(), sources.end(), known.sources.begin(),
                                     [](const LightSource& a, const LightSource& b) {
                                         return std::abs(a.azimuth_deg - b.azimuth_deg) < 1 &&
                                                std::abs(a.elevation_deg - b.elevation_deg) < 1 &&
                                                std::abs(a.gain - b.gain) < 0.05F;
                                     });
        if (same && !known.sources.empty()) {
            return name;
        }
    }
    const auto key =
        std::max_element(sources.begin(), sources.end(),
                         [](const LightSource& a, const LightSource& b) { return a.gain < b.gain; });
    const float azimuth = key->azimuth_deg;
    return std::abs(azimuth) > 100    ? "behind"
           : key->elevation_deg > 55  ? "above"
           : key->elevation_deg < -15 ? "below"
           : azimuth < -20            ? "left"
           : azimuth > 20             ? "right"
                                      : "front";
}

void put(std::string& into, const std::string& mark, const std::string& text) {
    if (const auto at = into.find(mark); at != std::string::npos) {
        into.replace(at, mark.size(), text);
    }
}

}  // namespace

std::string describe(const Recipe& recipe, std::string_view lang) {
    const prompt::Lexicon* known = prompt::lexicon(lang);
    const json& say = (known != nullptr ? *known : *prompt::lexicon("en")).describe;
    const Sitter s = sit(recipe);
    const auto text = [&](const char* table, const std::string& key) {
        const auto found = say.at(table).find(key);
        return found == say.at(table).end() ? std::string() : found->get<std::string>();
    };
    const float presentation = s.number("presentation");
    const std::size_t who = presentation < 0.38F ? 0 : presentation > 0.62F ? 1 : 2;

    const int years = static_cast<int>(std::lround(s.number("age")));
    const bool decades = years >= 20 && !say.at("decades").empty();
    std::string age = say.at(decades ? "age" : "old").get<std::string>();
    if (decades) {
        put(age, "{part}", say.at("parts")[years % 10 < 4 ? 0 : years % 10 < 7 ? 1 : 2].get<std::string>());
        put(age, "{decade}",
            say.at("decades")[static_cast<std::size_t>(std::min(years / 10 - 2, 7))].get<std::string>());
        put(age, "{poss}", say.at("poss")[who].get<std::string>());
    }
    put(age, "{n}", std::to_string(years));

    std::string hair = text("hair", hair_kind(s.choice("hair.style")));
    put(hair, "{c}", text("colours", hair_colour(s)));
    std::vector<std::string> features{hair, text("eyes", eye_colour(s))};
    const float tone = s.number("skin.tone");
    features.push_back(say.at("skin")[tone < 2.2F   ? 0
                                      : tone < 4.2F ? 1
                                      : tone < 5.9F ? 2
                                      : tone < 7.8F ? 3
                                                    : 4]
                           .get<std::string>());
    if (s.choice("beard.style") != "none") {
        features.push_back(text("beard", std::string(s.choice("beard.style"))));
    }
    if (s.choice("glasses.style") != "none") {
        features.push_back(say.at("glasses")[s.number("glasses.tint") > 0.6F ? 1 : 0].get<std::string>());
    }
    if (s.number("skin.freckles") > 0.45F) {
        features.push_back(say.at("freckles").get<std::string>());
    }
    std::string list;
    for (std::size_t i = 0; i < features.size(); ++i) {
        list += (i == 0                     ? ""
                 : i + 1 == features.size() ? say.at("last").get<std::string>()
                                            : say.at("join").get<std::string>()) +
                features[i];
    }
    std::string expression = text("expression", expression_of(s));
    if (const float yaw = s.number("pose.yaw"); std::abs(yaw) > 14) {
        expression +=
            say.at("join").get<std::string>() + say.at("turned")[yaw < 0 ? 0 : 1].get<std::string>();
    }
    std::string sentence = say.at("body").get<std::string>();
    put(sentence, "{who}", say.at("who")[who].get<std::string>());
    put(sentence, "{age}", age);
    put(sentence, "{list}", list);
    put(sentence, "{expression}", expression);
    put(sentence, "{clothes}", text("clothes", std::string(s.choice("clothes.style"))));
    const auto add = [&](const char* pattern, const std::string& value) {
        if (!value.empty()) {
            std::string more = say.at(pattern).get<std::string>();
            put(more, "{x}", value);
            sentence += " " + more;
        }
    };
    add("light", text("lights", light_of_recipe(recipe)));
    // A style without words in this language keeps its name.
    const std::string style = text("styles", recipe.style.name);
    add("style", style.empty() ? recipe.style.name : style);
    return sentence;
}

}  // namespace limner
