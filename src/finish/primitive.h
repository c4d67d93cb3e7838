// The primitives: their names, numbers and inputs, and the C++ twin of each shader.
#pragma once
#include "finish/vec.h"

#include <span>
#include <string_view>

namespace limner::finish {

struct Number {
    enum class Kind {
        plain,   // a number
        length,  // in JSON: thousandths of the picture's shorter side; in the words: pixels
        colour,  // in JSON: "#rrggbb"; in the words: three display sRGB values 0..1
        seed,    // an integer, a word of its own (not float bits)
        hidden,  // set by plan() only
    };
    const char* name;
    Kind kind;
    float min, max, initial;  // JSON units; the initial of a colour is 0xrrggbb
};

struct Primitive {
    const char* name;
    int inputs;                       // images it reads
    std::span<const Number> numbers;  // in the order of the words
    void (*render)(const Pass& pass);
    float (*reach)(const Pass& pass);  // pixels of its input around a pixel of its output; nullptr: 0
};

std::span<const Primitive> primitives();
const Primitive* find_primitive(std::string_view name);

// How many words a number takes.
inline int word_count(const Number& number) { return number.kind == Number::Kind::colour ? 3 : 1; }

}  // namespace limner::finish
