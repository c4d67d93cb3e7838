// Busts: the skin of head, neck and shoulders as a mesh of two thousand vertices, in every sitter's own shape and expression but not yet
// posed. A pack learns them (src/generator/bust.h says how they are posed and seen) from tens of thousands of sitters, which cost
// milliseconds each.
//
// A file of busts (little endian): "LBST", u32 version = 1, u32 inputs, u32 vertices, u32 triangles, u32 rows;
// u32 [triangles, 3] corners, counterclockwise from outside; f32 [vertices, 3] where each lies on the average head; then per row f32
// [inputs] of network input and f32 [vertices + 4, 3].
//
// Lengths are metres in the frame of the head before it is posed (x to the sitter's left, y up, z to the front), from the middle
// between the eyes. After the vertices come: the joint of the neck, on which the head turns; the height at which the skin goes with the
// head alone (x and z are 0); the centres of the left and the right eye.
#pragma once
#include "assets.h"
#include "decimate.h"
#include "sitter/sitter.h"

namespace limner::sitters {

inline constexpr std::size_t bust_vertices = 1900;

struct BustMesh {
    std::vector<std::uint32_t> vertex;  // of the fine skin; the first 68 are the landmarks in iBUG's order
    std::vector<Triangle> triangle;     // of places in `vertex`
    std::vector<Vec3> rest;  // of each vertex on the average head, from the middle between its eyes
};

// The same for everybody. What hardly ever faces the camera, and the mouth's lining, are left out: eyes and an open mouth are holes.
BustMesh bust_mesh(const Assets& assets);

std::vector<Vec3> bust_of(const Assets& assets, const BustMesh& mesh, const Sitter& sitter);

// The file described above.
std::vector<std::uint8_t> bust_file(const BustMesh& mesh, const std::vector<std::vector<float>>& inputs,
                                    const std::vector<std::vector<Vec3>>& busts);

}  // namespace limner::sitters
