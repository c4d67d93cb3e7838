// The number of "carve", and the table that its third input is: kCarveCells² cells of the picture in rows, of each where its pieces
// begin and how many they are; then pieces of the outline (sitter/outline.h), two texels each: ends, directions.
#pragma once

namespace limner::finish {

inline constexpr int kCarveCells = 32, kCarveMargin = 0, kCarveNumbers = 1;
inline constexpr float kCarveReach = 2.5F;  // margins away from a line to which it is felt

}  // namespace limner::finish
