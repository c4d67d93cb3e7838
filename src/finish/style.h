// Styles are data: shaders/styles/<name>.json, a named graph of primitives, compiled into passes by plan().
//
//   {"style":1, "name":"ink", "label":"Ink", "family":"ink", "help":"One sentence.",
//    "parameters":[{"id":"width","label":"Line width","min":0.5,"max":4,"default":1.5}],
//    "graph":[{"id":"flow","do":"flow","in":["picture"],"set":{"smooth":4}},
//             {"id":"line","do":"ink","in":["picture","flow"],"set":{"width":"width * 0.8"}}],
//    "output":"line"}
//
// A node's `in` names other nodes, in any order of the list, or one of the given images: picture (the developed picture),
// regions_a (skin, hair, brows_lashes, eyes), regions_b (lips, mouth, glasses, clothes), surface (normal, depth), matte
// (the sitter's rgb, alpha), example, none. A number in `set` is a number, or an expression of the style's parameters
// with + - * / and parentheses. Lengths are in thousandths of the picture's shorter side. Colours are "#rrggbb".
#pragma once
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace limner {

struct StyleParameter {
    std::string id, label;
    float min = 0, max = 1, initial = 0;
};

struct StyleNode {
    std::string id;
    std::string primitive;                                        // "do"
    std::vector<std::string> inputs;                              // ids of nodes or given images
    std::map<std::string, std::variant<float, std::string>> set;  // number, or expression / colour
};

struct Style {
    std::string name, label, family, help;
    bool keeps_skin = false;  // a look that must leave skin tone where it is (tested)
    std::vector<StyleParameter> parameters;
    std::vector<StyleNode> graph;  // sorted so that every node comes after its inputs
    std::string output;            // id of a node
};

class StyleLibrary {
public:
    // Refuses a style of a name that is there already.
    Result<void> add(Style style);
    const Style* find(std::string_view name) const;            // nullptr if there is none
    const std::vector<Style>& all() const { return styles_; }  // in the order of families, then labels

private:
    std::vector<Style> styles_;
};

inline constexpr const char* kStyleFamilies[] = {"paint", "ink", "print", "photo", "play"};

// At most 64 KiB. A bad graph (unknown primitive or input, a cycle, a number out of range …) is refused with a sentence naming
// the place: 'style "ink", node "line": width is 900; it must be between 0.1 and 20'.
Result<Style> parse_style(std::string_view json);

// The styles of shaders/styles, embedded at build time. They are ours: a broken one is a programming error and aborts.
const StyleLibrary& styles();

}  // namespace limner
