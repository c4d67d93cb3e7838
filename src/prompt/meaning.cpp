#include "prompt/meaning.h"

#include "recipe/random.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace limner::prompt {
namespace {

using How = Effect::How;
using nlohmann::json;

double rounded(double value) { return std::round(value * 1000) / 1000; }

struct Cloth {
    double hue, saturation, lightness;
};

// The sitters' cloth is dyed in Oklch (Ottosson 2020): lightness from 0.17 to 0.93, and the most chroma in the middle of that
// scale, as models/sitters/cloth_shade.cpp has it. Whole degrees and hundredths, so that every platform says the same.
Cloth cloth_of(std::string_view hex) {
    const std::array<float, 3> c = linear_colour(hex);
    const double l = std::cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
    const double m = std::cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
    const double s = std::cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
    const double lightness =
        std::clamp((0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s - 0.17) / 0.76, 0.0, 1.0);
    const double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                 b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    const double chroma = std::sqrt(a * a + b * b), reach = std::abs(2 * lightness - 0.95);
    // Nearly grey stays grey.
    const double deepest = chroma < 0.03 ? 0.19 : 0.19 * std::max(1 - reach * reach, 0.05);
    const double saturation = std::clamp(chroma / deepest, 0.0, 1.0);
    const double hue = std::fmod(std::atan2(b, a) * 57.29577951308232 + 360, 360);
    return {std::round(hue), std::round(saturation * 100) / 100, std::round(lightness * 100) / 100};
}

class Decision {
public:
    Decision(const Recipe& base, Words& out) : base_(base), out_(out) { out_.recipe = base; }

    void run(Reading reading) {
        std::stable_sort(reading.deeds.begin(), reading.deeds.end(),
                         [](const Deed& a, const Deed& b) { return a.span.begin < b.span.begin; });
        deeds_ = std::move(reading.deeds);
        looks();
        for (const Deed& deed : deeds_) {
            for (const Effect& effect : deed.effects) {
                gradient_ = gradient_ || (effect.attribute == "backdrop.kind" && effect.value == "gradient");
            }
        }
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            for (const Effect& effect : deeds_[i].effects) {
                consider(i, effect);
            }
        }
        write_person();
        write_hair();
        write_light();
        write_rest();
        report(std::move(reading.unused));
    }

private:
    struct Winner {
        json value;
        int rank = 0;
        std::size_t deed = 0;
    };

    // Descriptions of where somebody's looks come from are blended when there are several; a word about the skin itself counts as
    // much as they do ("light-skinned Black woman").
    void looks() {
        std::array<double, 4> sum{};
        std::vector<std::size_t> from, skin;
        bool mixed = false;
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            if (deeds_[i].look.size() == 4 && !deeds_[i].mixes) {
                from.push_back(i);
            }
            mixed = mixed || deeds_[i].mixes;
        }
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            // "mixed" alone is African and European; beside others it only says that they are blended.
            if (deeds_[i].mixes && from.size() < 2) {
                from.push_back(i);
            }
        }
        if (from.empty()) {
            return;
        }
        for (const std::size_t i : from) {
            for (std::size_t k = 0; k < 4; ++k) {
                sum[k] += deeds_[i].look[k] / static_cast<double>(from.size());
            }
        }
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            if (!deeds_[i].skin_word) {
                continue;
            }
            for (Effect& effect : deeds_[i].effects) {
                if (effect.attribute == "skin.tone" && effect.how == How::set) {
                    effect.value = (effect.value.get<double>() + sum[0]) / 2;
                }
            }
        }
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            if (deeds_[i].look.empty()) {
                continue;
            }
            const char* names[] = {"skin.tone", "ancestry.african", "ancestry.asian", "ancestry.european"};
            for (std::size_t k = 0; k < 4; ++k) {
                deeds_[i].effects.push_back({names[k], rounded(sum[k]), How::set, 1, k == 0 ? 1 : 2});
            }
        }
    }

    double current(const std::string& attribute) {
        if (const auto found = winners_.find(attribute);
            found != winners_.end() && found->second.value.is_number()) {
            return found->second.value.get<double>();
        }
        if (const auto found = base_.set.find(attribute);
            found != base_.set.end() && found->second.is_number()) {
            return found->second.get<double>();
        }
        if (schema().find(attribute) == nullptr) {
            return attribute == "grade.exposure"      ? base_.grade.exposure
                   : attribute == "grade.temperature" ? base_.grade.temperature
                                                      : 0;
        }
        return sitter().number(attribute);
    }

    const Sitter& sitter() {
        if (!sitter_) {
            sitter_ = sit(base_);
        }
        return *sitter_;
    }

    double uniform(const char* name) const { return Stream(base_.seed, name).uniform(); }

    std::string pick(const char* name, const std::vector<std::string>& from) const {
        return from[std::min(static_cast<std::size_t>(uniform(name) * static_cast<double>(from.size())),
                             from.size() - 1)];
    }

    std::string base_choice(const std::string& attribute) const {
        const auto found = base_.set.find(attribute);
        return found != base_.set.end() && found->second.is_string() ? found->second.get<std::string>()
                                                                     : std::string();
    }

    // "@glasses": some glasses, those of the base if it has any.
    json placeholder(const std::string& name) {
        if (name == "@glasses" || name == "@earrings") {
            const std::string attribute = name.substr(1) + ".style";
            std::string now = base_choice(attribute);
            if (!now.empty() && now != "none") {
                return now;
            }
            return name == "@glasses"
                       ? pick("words.glasses", {"round", "oval", "rectangle", "square", "half_rim"})
                       : pick("words.earrings", {"stud", "hoop", "drop"});
        }
        if (name == "@balding") {
            return pick("words.balding", {"widow_receding", "thinning", "horseshoe"});
        }
        const double angle = name == "@turn8" ? 8 : name == "@turn28" ? 28 : 35;
        return uniform("words.turn") < 0.5 ? -angle : angle;
    }

    void consider(std::size_t deed, const Effect& effect) {
        if (effect.attribute == "clothes.rgb") {
            const Cloth colour = cloth_of(effect.value.get<std::string>());
            for (const auto& [name, value] : {std::pair{"clothes.hue", colour.hue},
                                              {"clothes.saturation", colour.saturation},
                                              {"clothes.lightness", colour.lightness}}) {
                consider(deed, {name, value, How::set, 1, effect.rank});
            }
            return;
        }
        if (effect.rank <= 1 && effect.attribute == "presentation" && base_.set.count("presentation") != 0 &&
            winners_.count("presentation") == 0) {
            return;  // a hint changes nobody who was described before
        }
        if (effect.attribute == "light" || effect.attribute == "light.from" ||
            effect.attribute == "light.colour") {
            lamps_[deeds_[deed].lamp][effect.attribute] = effect.value.get<std::string>();
            winners_[effect.attribute] = {effect.value, effect.rank, deed};
            return;
        }
        if (effect.attribute == "backdrop.colour" && gradient_) {
            if (const auto first = winners_.find("backdrop.colour");
                first != winners_.end() && first->second.value != effect.value) {
                winners_["backdrop.colour2"] = {effect.value, effect.rank, deed};
                return;
            }
        }
        json value = effect.value;
        if (value.is_string() && value.get_ref<const std::string&>().starts_with("@")) {
            value = placeholder(value.get<std::string>());
            if (value.is_number()) {
                value = value.get<double>() * effect.amount;  // "slightly tilted"
            }
        }
        const auto found = winners_.find(effect.attribute);
        if (effect.how == How::add) {
            value = current(effect.attribute) + value.get<double>();
        } else if (effect.how == How::times) {
            value = current(effect.attribute) * value.get<double>();
        } else if (effect.how == How::toward) {
            const auto& neutral = meanings().neutral;
            const auto middle = neutral.find(effect.attribute);
            const double from = current(effect.attribute);
            value =
                from + effect.amount * (value.get<double>() - (middle == neutral.end() ? 0 : middle->second));
        }
        if (found != winners_.end() && found->second.rank > effect.rank) {
            return;
        }
        if (const Attribute* attribute = schema().find(effect.attribute);
            attribute != nullptr && value.is_number()) {
            value = rounded(std::clamp(value.get<double>(), attribute->min, attribute->max));
        }
        winners_[effect.attribute] = {std::move(value), effect.rank, deed};
    }

    void write_person() {
        for (const auto& [attribute, winner] : winners_) {
            if (schema().find(attribute) != nullptr) {
                out_.recipe.set[attribute] = winner.value;
            }
        }
    }

    void write_hair() {
        std::map<std::string, std::string> features;
        int rank = -1;
        for (const auto& [attribute, winner] : winners_) {
            if (attribute.starts_with("hair:")) {
                features[attribute.substr(5)] = winner.value.get<std::string>();
                rank = std::max(rank, winner.rank);
            }
        }
        if (features.empty()) {
            return;
        }
        if (winners_.count("hair.style") != 0) {
            // A named style keeps its cut; long and short are how much of it.
            if (const auto length = features.find("length");
                length != features.end() && winners_.count("hair.length") == 0) {
                out_.recipe.set["hair.length"] = length->second == "long"     ? 0.6
                                                 : length->second == "medium" ? 0.0
                                                                              : -0.6;
            }
            return;
        }
        double presentation = 0;
        if (const auto found = out_.recipe.set.find("presentation"); found != out_.recipe.set.end()) {
            presentation = found->second.get<double>();
        } else {
            presentation = sitter().number("presentation");
        }
        // What the base wears stays where the words leave it open: "curly" on long hair is long curls.
        if (features.count("length") == 0 && features.count("cut") == 0 && features.count("tie") == 0) {
            std::string now = base_choice("hair.style");
            if (now.starts_with("long_")) {
                features["length"] = "long";
            } else if (now.starts_with("bob") || now.starts_with("lob")) {
                features["cut"] = now.substr(0, 3);
            }
        }
        const std::string style = hair_style(features, presentation >= 0.5, base_.seed);
        if (!style.empty()) {
            out_.recipe.set["hair.style"] = style;
            hair_written_ = true;
        }
    }

    void write_light() {
        if (lamps_.empty()) {
            return;
        }
        std::string preset;
        std::vector<Lamp> lamps;
        Lamp loose;
        for (const auto& [lamp, says] : lamps_) {
            Lamp one;
            for (const auto& [attribute, value] : says) {
                (attribute == "light" ? preset : attribute == "light.from" ? one.from : one.colour) = value;
            }
            if (lamp < 0) {
                loose = one;
            } else {
                lamps.push_back(one);
            }
        }
        if (lamps.size() == 1) {
            lamps[0].from = lamps[0].from.empty() ? loose.from : lamps[0].from;
        } else {
            lamps.push_back(loose);
        }
        out_.recipe.light = light_of(base_.light, preset, lamps);
    }

    void write_rest() {
        Recipe& recipe = out_.recipe;
        for (auto& [attribute, winner] : winners_) {
            const json& v = winner.value;
            if (attribute == "style") {
                const std::string asked = v.get<std::string>();
                const json& names = meanings().styles;
                const std::string name = asked.empty()           ? asked
                                         : names.contains(asked) ? names.at(asked).get<std::string>()
                                                                 : std::string("?");
                if (name == "?") {
                    winner.value = json();  // a style nobody has drawn yet
                    continue;
                }
                recipe.style.name = name;
                recipe.style.set.clear();
                recipe.style.strength = 1;
                winner.value = name;
            }
        }
        const auto number = [&](const char* attribute, float& to, double low, double high) {
            if (const auto found = winners_.find(attribute); found != winners_.end()) {
                to = static_cast<float>(rounded(std::clamp(found->second.value.get<double>(), low, high)));
                found->second.value = rounded(to);
            }
        };
        number("style.strength", recipe.style.strength, 0, 1);
        number("retouch.smooth", recipe.retouch.smooth, 0, 1);
        number("grade.exposure", recipe.grade.exposure, -3, 3);
        number("grade.contrast", recipe.grade.contrast, -1, 1);
        number("grade.saturation", recipe.grade.saturation, -1, 1);
        number("grade.temperature", recipe.grade.temperature, -1, 1);
        number("grade.vignette", recipe.grade.vignette, 0, 1);
        number("grade.grain", recipe.grade.grain, 0, 1);
        number("grade.depth_of_field", recipe.grade.depth_of_field, 0, 1);
        if (const auto found = winners_.find("backdrop.scene"); found != winners_.end()) {
            const json& colours = meanings().scenes.at(found->second.value.get<std::string>());
            recipe.backdrop.kind = "scene";
            recipe.backdrop.colour = linear_colour(colours[0].get<std::string>());
            recipe.backdrop.colour2 = linear_colour(colours[1].get<std::string>());
            found->second.value = "scene";
        }
        if (const auto found = winners_.find("backdrop.kind"); found != winners_.end()) {
            recipe.backdrop.kind = found->second.value.get<std::string>();
        }
        if (const auto found = winners_.find("backdrop.colour"); found != winners_.end()) {
            recipe.backdrop.colour = linear_colour(found->second.value.get<std::string>());
            if (winners_.count("backdrop.kind") == 0 && winners_.count("backdrop.scene") == 0) {
                recipe.backdrop.kind = "plain";
            }
        }
        if (const auto found = winners_.find("backdrop.colour2"); found != winners_.end()) {
            recipe.backdrop.colour2 = linear_colour(found->second.value.get<std::string>());
        }
        if (const auto found = winners_.find("frame.size"); found != winners_.end()) {
            recipe.frame.size = static_cast<int>(found->second.value.get<double>());
        }
        if (const auto found = winners_.find("frame.shape"); found != winners_.end()) {
            recipe.frame.shape = found->second.value.get<std::string>();
        }
        if (const auto found = winners_.find("seed"); found != winners_.end()) {
            recipe.seed = found->second.value.get<std::string>();
        }
    }

    // What a deed finally stands for: its values as decided. A deed that lost everything to another one changed nothing.
    void report(std::vector<Span> unused) {
        for (std::size_t i = 0; i < deeds_.size(); ++i) {
            json values = json::object();
            std::string first;
            const auto put = [&](const std::string& attribute, const json& value) {
                if (first.empty()) {
                    first = attribute;
                }
                values[attribute] = value;
            };
            for (const Effect& effect : deeds_[i].effects) {
                const std::string& attribute = effect.attribute;
                if (attribute.starts_with("hair:")) {
                    if (const auto style = out_.recipe.set.find("hair.style");
                        style != out_.recipe.set.end() && hair_written_) {
                        put("hair.style", style->second);
                    } else if (attribute == "hair:length" && out_.recipe.set.count("hair.length") != 0) {
                        put("hair.length", out_.recipe.set["hair.length"]);
                    }
                    continue;
                }
                if (attribute == "clothes.rgb") {
                    for (const char* name : {"clothes.hue", "clothes.saturation", "clothes.lightness"}) {
                        if (winners_[name].deed == i) {
                            put(name, winners_[name].value);
                        }
                    }
                    continue;
                }
                if (attribute == "backdrop.scene") {
                    put("backdrop.kind", "scene");
                    continue;
                }
                if (attribute == "light" || attribute == "light.from" || attribute == "light.colour") {
                    put(attribute, effect.value);
                    continue;
                }
                for (const char* name : {attribute.c_str(), "backdrop.colour2"}) {
                    const auto found = winners_.find(name);
                    if (found == winners_.end() || found->second.value.is_null()) {
                        continue;
                    }
                    const Deed& by = deeds_[found->second.deed];
                    const bool fellow = deeds_[i].noun >= 0 &&
                                        by.noun == deeds_[i].noun;  // "round glasses": both chose the glasses
                    const bool shared =
                        effect.rank > 0 && (attribute == "age" || attribute == "presentation" ||
                                            attribute == "skin.tone" || attribute.starts_with("ancestry."));
                    const bool same = effect.rank > 0 && effect.how == How::set &&
                                      found->second.value == effect.value;  // said twice
                    if (found->second.deed == i || ((shared || fellow || same) && name == attribute)) {
                        put(name, found->second.value);
                    }
                }
            }
            if (values.empty()) {
                unused.push_back(deeds_[i].span);
            } else {
                out_.understood.push_back(
                    {deeds_[i].span, first, values.size() == 1 ? values.begin().value() : values});
            }
        }
        std::sort(unused.begin(), unused.end(),
                  [](const Span& a, const Span& b) { return a.begin < b.begin; });
        out_.unused = std::move(unused);
    }

    const Recipe& base_;
    Words& out_;
    std::vector<Deed> deeds_;
    std::map<std::string, Winner> winners_;
    std::map<int, std::map<std::string, std::string>> lamps_;
    std::optional<Sitter> sitter_;
    bool hair_written_ = false;
    bool gradient_ = false;  // a backdrop that runs from one colour to another was asked for
};

}  // namespace

void decide(Reading reading, const Recipe& base, Words& out) { Decision(base, out).run(std::move(reading)); }

}  // namespace limner::prompt
