// From nodes of a style to passes: the step between style.h and plan.h.
#pragma once
#include "finish/expression.h"
#include "finish/plan.h"
#include "finish/primitive.h"
#include "finish/style.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limner::finish {

// What a node may "do": a primitive, or a short chain of them under one name (blur along both axes; flow from the structure
// tensor; ink from the flow). Its numbers are those of its primitives that are not hidden.
struct Operation {
    const char* name;
    int inputs;
    struct Step {
        const char* primitive;
        std::vector<int> inputs;  // >= 0: input of the operation; -1, -2 …: the step that many before
        std::vector<std::pair<const char*, float>> fixed = {};  // hidden numbers of this step
    };
    std::vector<Step> steps;
};
const Operation* find_operation(std::string_view name);

bool given_image(std::string_view name);  // picture, regions_a … as in style.h

// Evaluates a node's numbers; what is wrong with them, if anything.
std::optional<std::string> check_node(const StyleNode& node, const Values& parameters);

// Collects images and passes.
class Builder {
public:
    Builder(Plan& plan, Window window, int full_width, int full_height);

    // Words of a primitive from its numbers by name; those not given are initial.
    using Numbers = std::vector<std::pair<std::string_view, float>>;
    int pass(const Primitive& primitive, std::vector<int> inputs, const Numbers& numbers, bool keep = false);
    int pass(std::string_view primitive, std::vector<int> inputs, const Numbers& numbers = {},
             bool keep = false);
    // Words in order, for the hidden blocks of enlarge and develop.
    int pass_words(std::string_view primitive, std::vector<int> inputs,
                   const std::vector<std::uint32_t>& words, bool keep);
    // One that covers the whole picture in so many pixels, whatever the window.
    int whole_picture(std::string_view primitive, std::vector<int> inputs,
                      const std::vector<std::uint32_t>& words, PlanImage size, bool keep = false);
    // An image that comes with the plan: whole rows of kTableWidth pixels.
    int table(std::vector<float> numbers);
    int node(const StyleNode& node, const std::vector<int>& inputs, const Values& parameters);

    float unit_length() const { return unit_length_; }

private:
    struct Frame {  // of a pass' output: what it is of the full picture
        PlanImage size;
        int x = 0, y = 0, full_width = 0, full_height = 0;
    };
    int add(std::string_view primitive, std::vector<int> inputs, const std::vector<std::uint32_t>& words,
            bool keep, const Frame& frame);

    Plan& plan_;
    std::vector<bool>
        of_example_;  // by image: whether it lies over the example picture rather than over the window
    Window window_;
    int full_width_, full_height_;
    float unit_length_;
};

// Pixels a picture's pixel may depend on around it, along the longest way through the plan.
int reach_of(const Plan& plan);

}  // namespace limner::finish
