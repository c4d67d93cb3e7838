// A pack's bust: from a sitter's numbers to the skin of head, neck and shoulders as a mesh, posed and seen as the renderer does it, and to
// maps of it that the network paints by. What is known exactly need not be learnt: where a jaw ends and which way a cheek faces.
//
// Initialisers of the pack's ONNX file, which no step of its graph uses: the perceptron "model.bust.*" (perceptron.h) tells vertices of
// the unposed head and four extras in metres (models/sitters/bust.h); "model.bust.corners" [triangles, 3] are the mesh's;
// "model.bust.rest" [vertices, 3] says where each vertex lies on the average head; and, where it is there, the perceptron
// "model.bust.relief.*" how much brighter this sitter's skin is, spot by spot of that head, than the network paints it: logarithms of red,
// green and blue [kReliefRows, kReliefColumns, 3].
#pragma once
#include "base/result.h"
#include "generator/perceptron.h"
#include "sitter/outline.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace limner {

// Planes of the maps, each times how much of a pixel the bust covers. At the picture's side: that itself; the normal (x right, y up,
// z to the camera); the place on the average head (metres from between its eyes, x to its left, y up, z to the front, times
// kBustScale); how brightly it is lit in all, as a square root (1: a patch that faces the whole light of the studio); and the relief: what
// the roots of red, green and blue light are multiplied by there, less 1.
// At half the side: depth (metres towards the camera from the mid-eye point, times kBustScale), and what comes of each of the schema's
// lights, in its order (1: a patch that faces it; of the ambient one, that nothing stands before).
inline constexpr int kBustMaps = 11, kLitMaps = 9;
inline constexpr float kBustScale = 8;

// The relief's chart, a cylinder about the head (limner_training/relief.py): columns around it from its right side to its left, by the
// angle's diamond (x / (|x| + |z|) in front, straight on behind), rows upwards.
inline constexpr int kReliefRows = 152, kReliefColumns = 168;
inline constexpr float kReliefAround = 1.52F;                     // to either side of the middle
inline constexpr float kReliefLow = -0.15F, kReliefHigh = 0.11F;  // metres from the mid-eye point
inline constexpr float kReliefAxis = -0.08F;                      // z of the cylinder's axis

struct BustVector {
    float x = 0, y = 0, z = 0;
};

class Bust {
public:
    // "network.form" where these bytes are no network; "bust.none" where it has no bust over so many `inputs`.
    static Result<Bust> open(std::span<const std::uint8_t> onnx, int inputs);

    struct Vertex {
        float x = 0, y = 0, depth = 0;  // in the picture, -1 left / top .. 1 right / bottom; metres as above
        std::array<float, 3> normal{};  // unit
    };
    // `input` as network_input gives it; noise is not looked at.
    std::vector<Vertex> posed(std::span<const float> input) const;

    // Where its skin turns away from the camera, as far as that is seen and something lies behind it: contours of the smooth surface
    // rather than of the mesh (Hertzmann and Zorin 2000), on cubics through its vertices that keep to their normals (Vlachos et
    // al. 2001).
    Outline outline(std::span<const float> input) const;

    // Into `near` [kBustMaps, side, side] and `lit` [kLitMaps, side / 2, side / 2]. `side` is even.
    void maps(std::span<const float> input, int side, std::span<float> near, std::span<float> lit) const;

private:
    struct Shape {
        std::vector<BustVector> place, normal;  // world frame, metres
        BustVector centre;                      // of the frame, on the plane of the mid-eye point
        float half = 0;                         // half of its side there
    };
    Shape shape(std::span<const float> input) const;
    Vertex seen(const Shape& shape, std::size_t vertex) const;
    std::vector<std::array<float, kLitMaps>> lit(const Shape& shape) const;
    Perceptron shape_;
    std::optional<Perceptron> relief_;
    std::vector<std::array<std::uint16_t, 3>> corners_;
    std::vector<BustVector> rest_;  // times kBustScale
    int inputs_ = 0;
};

}  // namespace limner
