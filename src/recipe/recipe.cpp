#include "recipe/recipe.h"

#include "base/exact.h"
#include "base/json_text.h"
#include "recipe/schema.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace limner {
namespace {

using nlohmann::json;

std::string plain(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value)).ptr;
    return {buffer, end};
}

// What a value looks like in a sentence: short, whatever was sent.
std::string shown(const json& value) {
    std::string text = value.is_number_float() ? plain(value.get<double>())
                                               : value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > 40) text = text.substr(0, 37) + "...";
    return text;
}

std::string in_quotes(const std::string& name) { return shown(json(name)); }

std::string outside(const std::string& place, const json& value, double low, double high) {
    return place + " is " + shown(value) + "; it goes from " + plain(low) + " to " + plain(high) + ".";
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Reads the members of one object, remembers which it was asked for, and keeps the first thing wrong.
class Section {
public:
    Section(const json& object, std::string place) : object_(object), place_(std::move(place)) {
        if (!object.is_object()) fail("recipe.type", place_ + " must be an object in braces.");
    }

    void fail(std::string code, std::string sentence) {
        if (!error_) error_ = Error{std::move(code), std::move(sentence)};
    }
    void fail(const std::optional<Error>& error) {
        if (!error_ && error) error_ = error;
    }

    const json* member(const char* key) {
        known_.emplace_back(key);
        if (!object_.is_object()) return nullptr;
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }

    std::string path(const std::string& key) const { return place_.empty() ? key : place_ + "." + key; }

    void number(const char* key, float& into, double low, double high) {
        const json* value = member(key);
        if (!value) return;
        if (!value->is_number())
            return fail("recipe.type", path(key) + " must be a number, not " + shown(*value) + ".");
        const double x = value->get<double>();
        if (!(x >= low && x <= high)) return fail("recipe.range", outside(path(key), *value, low, high));
        into = static_cast<float>(x);
    }

    template <class Int>
    void whole(const char* key, Int& into, double low, double high) {
        const json* value = member(key);
        if (!value) return;
        const double x = value->is_number() ? value->get<double>() : 0.5;
        if (x != std::floor(x)) {
            return fail("recipe.type", path(key) + " must be a whole number, not " + shown(*value) + ".");
        }
        if (!(x >= low && x <= high)) {
            return fail("recipe.range", path(key) + " is " + shown(*value) + "; it goes from " +
                                            std::to_string(static_cast<std::int64_t>(low)) + " to " +
                                            std::to_string(static_cast<std::int64_t>(high)) + ".");
        }
        into = static_cast<Int>(x);
    }

    void text(const char* key, std::string& into) {
        const json* value = member(key);
        if (!value) return;
        if (!value->is_string())
            return fail("recipe.type", path(key) + " must be a text, not " + shown(*value) + ".");
        into = value->get<std::string>();
    }

    void one_of(const char* key, std::string& into, std::initializer_list<const char*> options) {
        std::string given = into;
        text(key, given);
        std::string names;
        for (const char* option : options) {
            if (given == option) {
                into = given;
                return;
            }
            names += (names.empty() ? "" : ", ") + std::string(option);
        }
        fail("recipe.range", path(key) + " is " + in_quotes(given) + "; it is one of " + names + ".");
    }

    void colour(const char* key, std::array<float, 3>& into) {
        const json* value = member(key);
        if (!value) return;
        const std::string text = value->is_string() ? value->get<std::string>() : std::string();
        bool fine = text.size() == 7 && text[0] == '#';
        for (std::size_t i = 1; fine && i < 7; ++i) fine = hex_digit(text[i]) >= 0;
        if (!fine) {
            return fail("recipe.type",
                        path(key) + " is " + shown(*value) + "; a colour is written like \"#ffe0c0\".");
        }
        for (std::size_t c = 0; c < 3; ++c) {
            into[c] = linear_from_srgb(
                static_cast<std::uint8_t>(hex_digit(text[1 + 2 * c]) * 16 + hex_digit(text[2 + 2 * c])));
        }
    }

    // After everything known has been read: whatever else is there is a mistake worth telling.
    std::optional<Error> finish() {
        if (!error_ && object_.is_object()) {
            for (const auto& [key, unused] : object_.items()) {
                if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
                    const std::string where = place_.empty() ? "A recipe" : place_;
                    fail("recipe.unknown", where + " has no part called " + in_quotes(key) + ".");
                    break;
                }
            }
        }
        return error_;
    }

private:
    const json& object_;
    std::string place_;
    std::vector<std::string> known_;
    std::optional<Error> error_;
};

std::optional<Error> read_light(const json& object, LightMix& light) {
    Section in(object, "light");
    light.canonical = false;
    if (const json* sources = in.member("lights")) {
        if (!sources->is_array()) in.fail("recipe.type", "light.lights must be a list.");
        if (sources->is_array() && sources->size() > 4) {
            in.fail("recipe.range",
                    "light.lights has " + std::to_string(sources->size()) + " lights; at most 4 fit.");
        }
        for (std::size_t i = 0; sources->is_array() && i < std::min<std::size_t>(sources->size(), 4); ++i) {
            Section one((*sources)[i], "light.lights[" + std::to_string(i) + "]");
            LightSource source;
            one.number("azimuth", source.azimuth_deg, -180, 180);
            one.number("elevation", source.elevation_deg, -90, 90);
            one.number("gain", source.gain, 0, 8);
            one.colour("colour", source.colour);
            in.fail(one.finish());
            light.sources.push_back(source);
        }
    }
    if (const json* ambient = in.member("ambient")) {
        Section one(*ambient, "light.ambient");
        one.number("gain", light.ambient_gain, 0, 4);
        one.colour("colour", light.ambient_colour);
        in.fail(one.finish());
    }
    return in.finish();
}

std::optional<Error> read_style(const json& object, StyleChoice& style) {
    Section in(object, "style");
    in.text("name", style.name);
    if (!style.name.empty() && !is_name(style.name)) {
        in.fail("recipe.range",
                "style.name is " + in_quotes(style.name) + "; names are small letters, digits, - and _.");
    }
    in.number("strength", style.strength, 0, 1);
    if (const json* set = in.member("set")) {
        if (!set->is_object()) {
            in.fail("recipe.type", "style.set must be an object in braces.");
        } else if (set->size() > 64) {
            in.fail("recipe.range", "style.set has more than 64 parameters.");
        } else {
            for (const auto& [key, value] : set->items()) {
                if (!is_name(key)) {
                    in.fail("recipe.range", "style.set has a parameter called " + in_quotes(key) + ".");
                } else if (!value.is_number() || std::abs(value.get<double>()) > 1e6) {
                    in.fail("recipe.type", "style.set." + key + " must be a number up to a million, not " +
                                               shown(value) + ".");
                } else {
                    style.set[key] = value.get<float>();
                }
            }
        }
    }
    return in.finish();
}

std::optional<Error> read_rest(Section& in, Recipe& recipe) {
    if (const json* object = in.member("light")) in.fail(read_light(*object, recipe.light));
    if (const json* object = in.member("style")) in.fail(read_style(*object, recipe.style));
    if (const json* object = in.member("backdrop")) {
        Section part(*object, "backdrop");
        part.one_of("kind", recipe.backdrop.kind, {"plain", "gradient", "studio", "scene", "transparent"});
        part.colour("colour", recipe.backdrop.colour);
        part.colour("colour2", recipe.backdrop.colour2);
        part.whole("seed", recipe.backdrop.seed, 0, 4294967295.0);
        in.fail(part.finish());
    }
    if (const json* object = in.member("retouch")) {
        Section part(*object, "retouch");
        part.number("smooth", recipe.retouch.smooth, 0, 1);
        part.number("whiten", recipe.retouch.whiten, 0, 1);
        in.fail(part.finish());
    }
    if (const json* object = in.member("grade")) {
        Section part(*object, "grade");
        Grade& grade = recipe.grade;
        part.number("exposure", grade.exposure, -3, 3);
        part.number("contrast", grade.contrast, -1, 1);
        part.number("saturation", grade.saturation, -1, 1);
        part.number("temperature", grade.temperature, -1, 1);
        part.number("vignette", grade.vignette, 0, 1);
        part.number("grain", grade.grain, 0, 1);
        part.number("depth_of_field", grade.depth_of_field, 0, 1);
        in.fail(part.finish());
    }
    if (const json* object = in.member("frame")) {
        Section part(*object, "frame");
        part.whole("size", recipe.frame.size, 64, 2048);
        part.one_of("shape", recipe.frame.shape, {"square", "circle"});
        in.fail(part.finish());
    }
    return in.finish();
}

// The name that was probably meant: the attribute whose id shares the last part, or starts alike.
std::string suggestion(const std::string& id) {
    for (const Attribute& attribute : schema().attributes) {
        const std::string_view full = attribute.id;
        if (full.ends_with("." + id) || (id.size() >= 3 && full.starts_with(id))) {
            return " Did you mean " + attribute.id + "?";
        }
    }
    return {};
}

std::optional<Error> read_set(const json& set, Recipe& recipe) {
    if (!set.is_object()) return Error{"recipe.type", "set must be an object in braces."};
    for (const auto& [id, value] : set.items()) {
        const Attribute* attribute = schema().find(id);
        if (!attribute) {
            return Error{"recipe.unknown",
                         "A sitter has nothing called " + in_quotes(id) + "." + suggestion(id)};
        }
        Result<json> kept = check_value(*attribute, value);
        if (!kept) return kept.error();
        recipe.set[id] = *std::move(kept);
    }
    return std::nullopt;
}

// Writes members that differ from their defaults.
class Writer {
public:
    void number(const char* key, float value, float standard) {
        if (value != standard) object_[key] = tidy_number(value);
    }
    void text(const char* key, const std::string& value, const std::string& standard) {
        if (value != standard) object_[key] = value;
    }
    void colour(const char* key, const std::array<float, 3>& value, const std::array<float, 3>& standard) {
        if (value == standard) return;
        std::string hex = "#";
        for (const float c : value) {
            const std::uint8_t byte = srgb_from_linear(c);
            hex += "0123456789abcdef"[byte >> 4];
            hex += "0123456789abcdef"[byte & 15];
        }
        object_[key] = hex;
    }
    void into(json& parent, const char* key) {
        if (!object_.empty()) parent[key] = std::move(object_);
    }
    json take() { return std::move(object_); }

private:
    json object_ = json::object();
};

json printed_light(const LightMix& light) {
    const LightMix standard;
    const LightSource one;
    json out = json::object();
    for (const LightSource& source : light.sources) {
        Writer w;
        w.number("azimuth", source.azimuth_deg, one.azimuth_deg);
        w.number("elevation", source.elevation_deg, one.elevation_deg);
        w.number("gain", source.gain, one.gain);
        w.colour("colour", source.colour, one.colour);
        out["lights"].push_back(w.take());
    }
    Writer ambient;
    ambient.number("gain", light.ambient_gain, standard.ambient_gain);
    ambient.colour("colour", light.ambient_colour, standard.ambient_colour);
    ambient.into(out, "ambient");
    return out;
}

}  // namespace

json tidy_number(float value) {
    if (value == std::floor(value) && std::abs(value) < 1e15F) return static_cast<std::int64_t>(value);
    char buffer[32];
    *std::to_chars(buffer, buffer + sizeof buffer - 1, value).ptr = '\0';
    return std::strtod(buffer, nullptr);
}

Result<json> check_value(const Attribute& attribute, const json& value) {
    const auto number = [&](const json& given, const std::string& place) -> Result<json> {
        if (!given.is_number()) {
            return Error{"recipe.type", place + " must be a number, not " + shown(given) + "."};
        }
        const double x = given.get<double>();
        if (!(x >= attribute.min && x <= attribute.max)) {
            if (attribute.id == "age") {
                return Error{"recipe.range", "age is " + shown(given) + "; Limner paints adults, " +
                                                 plain(attribute.min) + " to " + plain(attribute.max) + "."};
            }
            return Error{"recipe.range", outside(place, given, attribute.min, attribute.max)};
        }
        return tidy_number(static_cast<float>(x));
    };

    if (attribute.type == Attribute::Type::number) return number(value, attribute.id);
    if (attribute.type == Attribute::Type::choice) {
        constexpr std::size_t kShown = 12;
        std::string names;
        for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
            if (value == attribute.choices[i].id) return value;
            if (i < kShown) names += (i ? ", " : "") + attribute.choices[i].id;
        }
        if (attribute.choices.size() > kShown) {
            names += " and " + std::to_string(attribute.choices.size() - kShown) + " more";
        }
        return Error{value.is_string() ? "recipe.range" : "recipe.type",
                     attribute.id + " is " + shown(value) + "; it is one of " + names + "."};
    }
    if (!value.is_array() || value.size() != static_cast<std::size_t>(attribute.length)) {
        return Error{"recipe.type",
                     attribute.id + " must be a list of " + std::to_string(attribute.length) + " numbers."};
    }
    json kept = json::array();
    for (std::size_t i = 0; i < value.size(); ++i) {
        Result<json> one = number(value[i], attribute.id + "[" + std::to_string(i) + "]");
        if (!one) return one.error();
        kept.push_back(*std::move(one));
    }
    return kept;
}

Result<Recipe> parse_recipe(std::string_view text) {
    const Result<json> read = read_json_object(text, 64 * 1024, "This recipe", "recipe");
    if (!read) return read.error();
    const json& root = *read;

    Recipe recipe;
    Section in(root, "");
    if (const json* version = in.member("limner"); version && *version != 1) {
        return Error{"recipe.version",
                     "This recipe is of version " + shown(*version) + "; this Limner reads version 1."};
    }
    in.text("seed", recipe.seed);
    if (recipe.seed.size() > 128) {
        in.fail("recipe.range",
                "seed is " + std::to_string(recipe.seed.size()) + " bytes long; it may have at most 128.");
    }
    if (const json* set = in.member("set")) in.fail(read_set(*set, recipe));
    if (auto error = read_rest(in, recipe)) return *error;
    return recipe;
}

std::string print_recipe(const Recipe& recipe) {
    const Recipe standard;
    json root = json::object();
    root["limner"] = 1;
    root["seed"] = recipe.seed;
    if (!recipe.set.empty()) root["set"] = recipe.set;
    if (!recipe.light.canonical) root["light"] = printed_light(recipe.light);

    Writer backdrop;
    backdrop.text("kind", recipe.backdrop.kind, standard.backdrop.kind);
    backdrop.colour("colour", recipe.backdrop.colour, standard.backdrop.colour);
    backdrop.colour("colour2", recipe.backdrop.colour2, standard.backdrop.colour2);
    backdrop.into(root, "backdrop");
    if (recipe.backdrop.seed != 0) root["backdrop"]["seed"] = recipe.backdrop.seed;

    Writer style;
    style.text("name", recipe.style.name, "");
    style.number("strength", recipe.style.strength, 1);
    style.into(root, "style");
    for (const auto& [key, value] : recipe.style.set) root["style"]["set"][key] = tidy_number(value);

    Writer retouch;
    retouch.number("smooth", recipe.retouch.smooth, 0);
    retouch.number("whiten", recipe.retouch.whiten, 0);
    retouch.into(root, "retouch");

    Writer grade;
    grade.number("exposure", recipe.grade.exposure, standard.grade.exposure);
    grade.number("contrast", recipe.grade.contrast, standard.grade.contrast);
    grade.number("saturation", recipe.grade.saturation, standard.grade.saturation);
    grade.number("temperature", recipe.grade.temperature, standard.grade.temperature);
    grade.number("vignette", recipe.grade.vignette, standard.grade.vignette);
    grade.number("grain", recipe.grade.grain, standard.grade.grain);
    grade.number("depth_of_field", recipe.grade.depth_of_field, standard.grade.depth_of_field);
    grade.into(root, "grade");

    if (recipe.frame.size != standard.frame.size) root["frame"]["size"] = recipe.frame.size;
    if (recipe.frame.shape != standard.frame.shape) root["frame"]["shape"] = recipe.frame.shape;
    return root.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace limner
