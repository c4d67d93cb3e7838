// From the sitter's expression to the activations of ICT-FaceKit's shapes (ARKit's set; FACS in their names).
#pragma once
#include "shape.h"

namespace limner::sitters {

struct Expression {
    std::map<std::string, float, std::less<>> shapes;  // ICT's name -> 0..1; eyelid closure is not among them
    float jaw = 0;                                     // jawOpen, 0..1: what the lower teeth follow
    float close_left = 0, close_right = 0;             // lids, 0 open .. 1 shut; left is the sitter's left
    float part = 0;                                    // how far the lips may part, 0 closed .. 1 free
    float droop = 0;                                   // 0..1: upper lids of tired and sad people
};

Expression expression_of(const Sitter& sitter);

Cage expressed(const Assets& assets, const Cage& neutral, const Expression& expression);

}  // namespace limner::sitters
