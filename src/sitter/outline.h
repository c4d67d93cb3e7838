// Where in the picture skin ends before something farther away, known from a sitter's numbers alone: jaw, nose, ears, cheeks
// (generator/bust.h works it out; the finish draws edges sharp by it, at any size).
#pragma once
#include <vector>

namespace limner {

// A piece of such a line; coordinates are -1 left / top .. 1 right / bottom. The direction at each end is that of the picture (y down),
// across the line and away from the skin, and is as long as the skin stands out from what lies behind: 0 not at all .. 1 by
// half a centimetre or more.
struct OutlinePiece {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    float out_x0 = 0, out_y0 = 0, out_x1 = 0, out_y1 = 0;
};
using Outline = std::vector<OutlinePiece>;

}  // namespace limner
