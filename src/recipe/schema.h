// The schema: every number a sitter has, with its name, range, prior and place in the network's input.
// One file (`schema.json`, embedded at build time) is read here, by the renderer, by training and by the panel.
#pragma once
#include "base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace limner {

struct Choice {
    std::string id;
    std::string label;
};

struct Attribute {
    enum class Type { number, choice, vector };

    std::string id;     // "hair.length"
    std::string label;  // "Length"
    std::string group;  // id of a Group
    std::string unit;   // "deg", "years", "" …
    std::string help;
    std::string low, high;  // words at the slider's ends, may be empty
    Type type = Type::number;
    int length = 1;  // of a vector; 1 otherwise
    double min = 0, max = 1;
    double initial = 0;  // "default" of numbers and vectors
    int initial_choice = 0;
    std::vector<Choice> choices;
    bool mirror_negates = false;  // the value changes sign when the picture is mirrored
    bool circular = false;        // network sees cos and sin of the angle in degrees
    double reach = 1;             // of a number: see Sitter::reached
    nlohmann::json prior;         // grammar in docs/ARCHITECTURE.md, evaluated by sitter/prior

    int input_offset = 0;  // first index in the network's input vector
    int input_count = 1;   // how many inputs this attribute takes (one-hot, circle, vector …)
};

struct Group {
    std::string id, label;
};

struct Light {  // a distant disc of constant radiance, seen from the sitter
    std::string id, label;
    double azimuth_deg;    // 0 = from the camera, positive = from the picture's right
    double elevation_deg;  // positive = from above
    double radius_deg;     // angular radius of the disc; 180 = the whole sphere (ambient)
    std::string colour;    // sRGB "#rrggbb" of the canonical studio mix
    double gain;           // irradiance on a facing patch in the canonical mix
    double even;           // the same in the even light in which the network learns (docs/ARCHITECTURE.md)
};

struct LayerPlanes {  // one of the things the network gives, in the order of its output's planes
    std::string name;
    int channels;
};

struct Schema {
    int version = 0;
    int noise_count = 0;  // length of the noise vector that follows the named inputs
    int input_count = 0;  // length of the named input vector (without noise)
    std::vector<Group> groups;
    std::vector<Light> lights;
    std::vector<std::string> regions;
    std::vector<LayerPlanes> layers;
    std::vector<Attribute> attributes;  // a prior refers only to earlier attributes

    const Attribute* find(std::string_view id) const;  // nullptr if there is none
    int index(std::string_view id) const;              // -1 if there is none
    int plane_count() const;                           // sum of the layers' channels
};

// The embedded schema; parsed once. It is ours, so a broken one is a programming error and aborts.
const Schema& schema();

// For tests and tools: parse another text. Errors ("schema.…") name the attribute and what is wrong with it.
Result<Schema> parse_schema(std::string_view json);

}  // namespace limner
