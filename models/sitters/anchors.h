// Anchors: points of the posed head and shoulders whose place in the picture is known from the numbers alone. They cost
// milliseconds where a picture costs seconds, so the generator learns where everything is from tens of thousands of them.
//
// A file of anchors (little endian): "LANC", u32 version = 1, u32 inputs, u32 anchors, u32 rows, then per row
// f32 [inputs] of network input and f32 [anchors, 6]:
//   x, y   in the picture, -1 left / top .. 1 right / bottom
//   depth  metres towards the camera from the mid-eye point
//   normal x right, y up, z to the camera
// The first 68 anchors are the landmarks (iBUG order), the last four are centre and front of the left and the right eye;
// between them lie points spread over skin, more densely over the face.
#pragma once
#include "assets.h"
#include "sitter/points.h"
#include "sitter/sitter.h"

namespace limner::sitters {

struct Anchor {
    float x = 0, y = 0, depth = 0;
    Vec3 normal;
};
using Anchors = std::array<Anchor, kAnchors>;

// Which vertices of the fine skin are anchors, the same for everybody, and the quads around each.
struct AnchorVertex {
    std::uint32_t vertex = 0;
    std::vector<Quad> around;
};
std::vector<AnchorVertex> anchor_vertices(const Assets& assets);  // [kEyeAnchors]

Anchors anchors_of(const Assets& assets, const std::vector<AnchorVertex>& vertices, const Sitter& sitter);

// The file described above; one row a sitter.
std::vector<std::uint8_t> anchor_file(const std::vector<std::vector<float>>& inputs,
                                      const std::vector<Anchors>& anchors);

}  // namespace limner::sitters
