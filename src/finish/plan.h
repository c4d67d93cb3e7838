// Layers + recipe -> Plan: a flat list of passes that the CPU (cpu.h) and WebGPU (web/finish-gpu.js) run alike.
//
// An image is width x height pixels of four 32-bit floats. Image 0 is the source, planar float32 planes of
// source_width x source_height in the order of the schema's layers (28 planes; 4 for a photo: rgb, alpha).
// Image 1 is the blank: one pixel of zeros, standing for what a photo does not have. Image 2 is the example picture of the
// style "example" (display sRGB 0..1, straight alpha; one blank pixel if there is none). Passes write images 3 and up, each
// exactly once, in an order in which they can be run; but for tables, which come with the plan. What "mould" writes is read as the
// source is: source_width * source_height * 28 floats, plane by plane.
#pragma once
#include "base/result.h"
#include "finish/style.h"
#include "generator/layers.h"
#include "recipe/recipe.h"
#include "sitter/outline.h"
#include "sitter/points.h"

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace limner {

struct LayersInfo {
    int width = 0, height = 0;  // of the source
    bool photo =
        false;  // display-referred rgb and alpha only: no light stage, the picture keeps its own size
    int full_width = 0,
        full_height = 0;  // of a photo that comes in tiles: the whole photo's size (0: this is all of it)
    int example_width = 0, example_height = 0;  // of the picture for the style "example", 0 if there is none
    const Points* points =
        nullptr;  // where a sitter's parts are, if it is known and they are to be drawn; outlives the call
    const Outline* outline = nullptr;  // likewise, where its skin ends
};

// Part of the full picture to compute, in output pixels; width 0: all of it. Patterns, paper and backdrops stay where
// they are in the full picture, so tiles fit together (if they overlap by Plan::reach). Of a photo, the source is the window itself.
struct Window {
    int x = 0, y = 0, width = 0, height = 0;
};

struct PlanImage {
    int width = 0, height = 0;
};

// The block of words a pass hands to its shader: a header, then the primitive's numbers in the order of primitives().
//   0 width, 1 height of the output, 2 x, 3 y of its first pixel in the full picture, 4 width, 5 height of the full picture,
//   6 frame (1 = cut to a circle; only in the last pass), 7 pixels in a length of one thousandth of the shorter side (float),
//   8.. width, height of each of up to five inputs, 18 width, 19 height of one plane of the source.
inline constexpr int kHeaderWords = 20;
inline constexpr int kPassWords = 256;

inline constexpr int kSourcePlanes =
    28;  // of a portrait: rgb, alpha, normal, depth, regions, transfer, strands

struct PlanPass {
    std::string primitive;                          // shaders/<primitive>.wgsl
    std::array<std::uint32_t, kPassWords> words{};  // numbers are float bits; see above
    std::vector<int> inputs;                        // image ids, at most five
    int output = 0;                                 // image id
    bool keep = false;  // worth keeping for the next plan: if words and inputs are the same, the image is
};

struct PlanTable {
    int image = 0;
    std::vector<float> numbers;  // of its pixels, row by row; multiples of 1/kTableParts
};
inline constexpr int kTableWidth = 64;
inline constexpr int kTableParts = 16384;

struct Plan {
    int width = 0, height = 0;  // of the picture (or of its window)
    int source_width = 0, source_height = 0, source_planes = kSourcePlanes;
    std::vector<PlanImage> images;  // by id
    std::vector<PlanTable> tables;
    std::vector<PlanPass> passes;  // the last one makes the picture: display sRGB 0..1, straight alpha
    int source =
        0;  // the image that portraits' passes read as the source: what "mould" makes of it, or it itself
    int reach = 0;  // how many pixels away a pixel of the picture may look
};

LayersInfo layers_info(const Layers& layers);

// A recipe without a style and without retouching is two passes in which hair falls into locks, a pass for each kind of layer, nine that
// bring out a portrait and draw its skin and hair, up to three that draw mouth, eyes and what is worn, then one pass, "develop": a change
// of light, backdrop or grade runs only that one again, a change of glasses two.
Result<Plan> plan(const LayersInfo& info, const Recipe& recipe, const StyleLibrary& styles,
                  Window window = {});

// {"width":…,"height":…,"source":{"width":…,"height":…,"planes":…},"images":[[w,h],…],"reach":…,
//  "tables":[{"image":…,"parts":[…]}],"passes":[{"primitive":…,"words":[…],"inputs":[…],"output":…,"keep":…},…]}: what web/finish-gpu.js takes.
nlohmann::json plan_json(const Plan& plan);

}  // namespace limner
