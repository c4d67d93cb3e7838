// The prepared body: MakeHuman's base mesh and targets, ICT-FaceKit's shapes carried onto it, and its subdivision.
// `models/sitters/prepare` makes the file once from the assets; here it is read and cut into arrays.
//
// Lengths are metres in MakeHuman's frame (Y up, +Z to the viewer, +X the sitter's left). "Cage" vertices are the base mesh's
// 19158 (skin 0..13379, helpers after); "fine" vertices are the cage's visible quads after two Catmull-Clark steps; "split"
// vertices are fine vertices doubled along texture seams.
#pragma once
#include "base/result.h"
#include "scene.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace limner::sitters {

inline constexpr std::uint32_t skin_vertex_count = 13380;
inline constexpr std::uint32_t left_eye_first = 14598, right_eye_first = 14670, eye_helper_count = 72;

using Quad = std::array<std::uint32_t, 4>;

enum class Joint { neck, head, jaw, left_eye, right_eye, mouth, chest, left_shoulder, right_shoulder };

struct Target {  // a morph: vertex index[i] moves by delta[i] at weight 1
    std::span<const std::uint32_t> index;
    std::span<const Vec3> delta;
};

// What moves with one pair of eyelids. Margins run from the inner to the outer corner, fine vertices.
struct LidParts {
    std::span<const std::uint32_t> upper, lower;
    std::span<const std::uint32_t> vertex;   // fine vertices near the lids …
    std::span<const float> weight;           // … how much each follows its margin (0..1) …
    std::span<const float> depth;            // … how far behind the margin it lies, 0 (not) .. 1 …
    std::span<const std::uint8_t> is_upper;  // … and whose margin it follows
    std::span<const float> cage_weight;      // the same for the cage's skin
    std::span<const std::uint8_t> cage_is_upper;
};

struct Assets {
    std::span<const Vec3> base;                            // [19158]
    std::span<const Vec3> average;                         // [19158] a 25-year-old between all macro shapes
    std::span<const std::array<std::uint32_t, 8>> joints;  // by Joint: the vertices whose mean it is
    std::map<std::string, Target, std::less<>> targets;    // by MakeHuman's name, "nose/nose-hump-incr"

    std::span<const std::uint32_t> shape_vertex;  // [A] cage vertices that identity and expression move
    std::span<const Vec3> identity;               // [40 * A]
    std::span<const Vec3> scan_average;           // [A] from MakeHuman's average towards the scans' average
    std::map<std::string, int, std::less<>> expressions;  // ICT's names -> row of `expression`
    std::span<const Vec3> expression;                     // [E * A]

    std::span<const Quad> cage_quad;
    std::span<const std::uint32_t> fine_first,
        fine_index;                      // fine vertex i = sum of fine_weight[k] * cage[fine_index[k]],
    std::span<const float> fine_weight;  // k in fine_first[i] .. fine_first[i+1]
    std::span<const Quad> fine_quad;
    std::span<const std::uint32_t> split_of;  // split vertex -> fine vertex
    std::span<const Vec2> split_uv;
    std::span<const Quad> split_quad;             // parallel to fine_quad
    std::span<const std::uint8_t> quad_in_mouth;  // 1: the mouth's lining
    std::span<const float> fine_lips, fine_thickness;
    std::span<const std::uint32_t> lip_upper, lip_lower;  // fine vertices along the line where the lips meet
    std::span<const std::uint32_t> seal_vertex;           // fine vertices that close a gap between the lips …
    std::span<const float> seal_weight;                   // … and how much: > 0 upper lip, < 0 lower lip
    std::span<const std::uint32_t> landmark;              // [68] fine vertices, iBUG order
    std::span<const std::uint32_t> ear[2],
        ear_root[2];   // cage vertices of the left and right ear; where they meet the head
    LidParts lids[2];  // left, right

    std::span<const Quad>
        cape_vertex;  // [columns * steps] a grid over neck, shoulders and chest: fine vertices …
    std::span<const std::array<float, 4>> cape_weight;  // … and their weights
    std::span<const float> cape_azimuth,
        cape_step;  // [columns] radians around the neck, [steps] metres along the skin

    std::span<const Vec3> mouth_position;  // ICT's teeth, gums and tongue on the average adult
    std::span<const Quad> mouth_quad;
    std::span<const std::uint8_t> mouth_kind;  // per quad: 0 upper teeth, 1 lower teeth, 2 gums and tongue
    std::span<const float> mouth_jaw;          // per vertex: share of the jaw's motion
    Vec3 jaw_hinge, jaw_axis, jaw_slide;       // at jawOpen 1: rotation vector about the hinge, then a slide

    std::shared_ptr<const std::vector<std::byte>> bytes;  // what the spans look into
};

// Reads `cache_dir`/body-3.bin, making it first from `assets_dir` if it is missing or was made from other files (python3 with
// numpy and scipy, about ten seconds). Errors: "assets.missing", "assets.truncated", "assets.prepare".
Result<Assets> load_assets(const std::filesystem::path& assets_dir, const std::filesystem::path& cache_dir);

}  // namespace limner::sitters
