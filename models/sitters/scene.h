// What the rooms of the renderer hand each other: meshes, strands, and the camera that sees them.
//
// World frame: metres; X to the picture's right (the sitter's left), Y up, Z towards the camera;
// the origin is midway between the two eye centres of the posed head.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace limner::sitters {

struct Vec2 {
    float x = 0, y = 0;
};
struct Vec3 {
    float x = 0, y = 0, z = 0;
};
inline Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec3 operator*(Vec3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
inline Vec3 operator*(Vec3 a, Vec3 b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
inline float dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(Vec3 a, Vec3 b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length(Vec3 a) { return std::sqrt(dot(a, a)); }
inline Vec3 normalize(Vec3 a) { return a * (1.0F / std::sqrt(dot(a, a) + 1e-20F)); }

// A rigid motion p -> R p + t; rows of R.
struct Rigid {
    std::array<Vec3, 3> r{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    Vec3 t;
    Vec3 apply(Vec3 p) const { return turn(p) + t; }
    Vec3 turn(Vec3 p) const { return {dot(r[0], p), dot(r[1], p), dot(r[2], p)}; }
    Vec3 turn_back(Vec3 p) const { return r[0] * p.x + r[1] * p.y + r[2] * p.z; }
    Vec3 apply_inverse(Vec3 p) const { return turn_back(p - t); }
};

// Order of schema().regions.
enum class Region : std::uint8_t { skin, hair, brows_lashes, eyes, lips, mouth, glasses, clothes };

// How a surface answers light; the renderer has one shader a kind and reads the sitter's values itself.
enum class Surface : std::uint8_t {
    skin,     // atlas uv; SSS
    eyeball,  // sclera and iris; uv = polar angle from the optical axis (x, radians) and azimuth (y, radians)
    cornea,   // clear dome over the iris
    wet_line,  // tear meniscus along the lids: clear, glossy
    teeth,
    gums,   // also tongue and mouth lining
    cloth,  // uv in metres over the cloth for patterns and weave
    frame,  // glasses frame
    lens,
    metal,  // earrings
};

struct Mesh {
    std::string name;
    Surface surface = Surface::skin;
    Region region = Region::skin;
    std::vector<Vec3> position;  // world
    std::vector<Vec3> normal;    // per position, unit
    std::vector<Vec2> uv;        // per position (vertices are split along uv seams)
    std::vector<Vec3> rest;      // per position: same vertex on the unposed, expressionless
                                 // head (metres), so that procedural textures stick; may be empty
    std::vector<std::array<std::uint32_t, 3>> triangle;
    std::vector<float> mask;  // skin only, per position: 1 on the lips, soft at the border
    std::vector<float>
        thickness;  // skin only, per position: metres to the far side (ears ~2 mm); may be empty
};

enum class Strand : std::uint8_t { hair, brow, lash, beard };

// Strands of one kind. Strand i has points first[i] .. first[i+1]-1.
struct Strands {
    Strand kind = Strand::hair;
    std::vector<Vec3> point;  // world
    std::vector<std::uint32_t> first;
    float root_radius = 4e-5F, tip_radius = 1.5e-5F;  // metres
    std::vector<std::uint32_t> clump;  // per strand: which lock it belongs to (for shared colour variation)
    std::vector<std::uint8_t>
        tied;  // per strand: 1 where it grows from a tie (tails, buns, puffs), not from the scalp
};

// The posed body, before hair.
struct Body {
    std::vector<Mesh> meshes;

    // What groomers stand on: the head's skin in the head frame (metres, unposed orientation, with identity AND
    // expression applied), origin midway between the eye centres, same axes as the world.
    std::vector<Vec3> head_position;  // 13380 skin vertices of the MakeHuman base mesh (+ helpers to 19157)
    std::vector<Vec3> head_normal;
    std::vector<std::array<std::uint32_t, 4>> head_quad;  // skin quads above the shoulders
    Rigid head_to_world;
    std::array<Vec3, 68> landmarks{};  // iBUG-68 order, world
    Vec3 eye_left, eye_right;          // world centres of the eyeballs; left = sitter's left (+X)
    float eye_radius = 0.012F;
    Vec3 mouth_centre;  // world
    Vec3 neck;          // its joint, in the frame of Mesh::rest
};

}  // namespace limner::sitters
