// From where a sitter's parts are (sitter/points.h) to the numbers of the passes that draw what is too fine for the network:
// "mouth", "eyes", "worn". Lengths are in half-widths of the picture, places as in points.h.
#pragma once
#include "sitter/points.h"
#include "sitter/sitter.h"

#include <cstdint>
#include <vector>

namespace limner::finish {

// The words after the header; of what is worn, none where nothing is. Their order is with each pass's primitive.
std::vector<std::uint32_t> worn_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> mouth_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> eye_words(const Points& points, const Sitter& sitter);

}  // namespace limner::finish
