// A recipe: small JSON that fully determines a portrait.
//
//   {"limner":1, "seed":"ada", "set":{"age":62,"hair.style":"bob","identity":[…]},
//    "light":{"lights":[{"azimuth":-45,"elevation":40,"gain":2,"colour":"#ffe0c0"}],"ambient":{"gain":0.4,"colour":"#c0d0ff"}},
//    "backdrop":{"kind":"studio","colour":"#444a55"}, "style":{"name":"ink","strength":0.8,"set":{"width":1.5}},
//    "retouch":{"smooth":0.2}, "grade":{"exposure":0.1}, "frame":{"size":512,"shape":"square"}}
//
// Only what was asked for is in it: everything absent follows from the seed (sitter) or from defaults (the rest).
#pragma once
#include "base/result.h"
#include "recipe/schema.h"

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace limner {

struct LightSource {
    float azimuth_deg = 0;                 // [-180, 180], as schema().lights
    float elevation_deg = 30;              // [-90, 90]
    float gain = 1;                        // [0, 8]
    std::array<float, 3> colour{1, 1, 1};  // linear

    bool operator==(const LightSource&) const = default;
};

struct LightMix {
    bool canonical = true;             // the studio's own mix; the rest is ignored
    std::vector<LightSource> sources;  // at most 4
    float ambient_gain = 0.5F;         // [0, 4]
    std::array<float, 3> ambient_colour{1, 1, 1};

    bool operator==(const LightMix&) const = default;
};

struct Backdrop {
    std::string kind = "studio";                        // plain | gradient | studio | scene | transparent
    std::array<float, 3> colour{0.10F, 0.11F, 0.13F};   // linear
    std::array<float, 3> colour2{0.02F, 0.02F, 0.03F};  // gradient's other end, scene's second colour
    std::uint32_t seed = 0;                             // of the scene

    bool operator==(const Backdrop&) const = default;
};

struct StyleChoice {
    std::string name;  // empty: none
    float strength = 1;
    std::map<std::string, float> set;  // the style's own parameters

    bool operator==(const StyleChoice&) const = default;
};

struct Retouch {
    float smooth = 0;  // 0..1
    float whiten = 0;  // teeth and sclera, 0..1

    bool operator==(const Retouch&) const = default;
};

struct Grade {
    float exposure = 0;           // stops, [-3, 3]
    float contrast = 0;           // [-1, 1]
    float saturation = 0;         // [-1, 1]
    float temperature = 0;        // [-1, 1], positive is warmer
    float vignette = 0;           // 0..1
    float grain = 0;              // 0..1
    float depth_of_field = 0.4F;  // 0..1, blur of a scene backdrop

    bool operator==(const Grade&) const = default;
};

struct Frame {
    int size = 512;                // pixels on a side, 64..2048
    std::string shape = "square";  // square | circle

    bool operator==(const Frame&) const = default;
};

struct Recipe {
    std::string seed = "limner";                // up to 128 bytes of UTF-8
    std::map<std::string, nlohmann::json> set;  // attribute id -> number, choice id, or array; validated
    LightMix light;
    Backdrop backdrop;
    StyleChoice style;
    Retouch retouch;
    Grade grade;
    Frame frame;

    bool operator==(const Recipe&) const = default;
};

// At most 64 KiB of JSON. Unknown attributes, values out of range or of the wrong type are refused with a
// sentence naming the place ("age is 12; Limner paints adults, 18 to 90"). Codes: recipe.size, recipe.json,
// recipe.version, recipe.unknown, recipe.type, recipe.range. Numbers are kept to single precision, like the sitter's.
Result<Recipe> parse_recipe(std::string_view json);

// Is this value right for this attribute? What parse_recipe checks for each entry of "set"; gives it back as it is kept.
Result<nlohmann::json> check_value(const Attribute& attribute, const nlohmann::json& value);

// Canonical text: sorted keys, shortest round-trip numbers, defaults left out, colours to 8 bits.
// parse(print(r)) == r for every r that parse_recipe gave.
std::string print_recipe(const Recipe& recipe);

// The number whose shortest text is that of the float: 0.1F -> 0.1, 62.0F -> 62. How recipes keep numbers.
nlohmann::json tidy_number(float value);

// The fragment of a link, without '#': "r=" and base64url of the deflated canonical text. from_fragment takes it
// with or without '#', among other parts joined by '&'; codes fragment.missing, fragment.text, and parse_recipe's.
std::string to_fragment(const Recipe& recipe);
Result<Recipe> from_fragment(std::string_view fragment);

}  // namespace limner
