// From who a sitter is and where their parts are (sitter/points.h) to the numbers of the passes that draw what is too fine for the network:
// "complexion" (which lacks the shadow of a beard where nobody knows points), "cloth", "parting", "wrinkles", "brows", "mouth", "beard_roots" and "beard", "eyes", "worn". Lengths are in half-widths of the picture, places as in points.h.
#pragma once
#include "sitter/outline.h"
#include "sitter/points.h"
#include "sitter/sitter.h"

#include <array>
#include <cstdint>
#include <vector>

namespace limner::finish {

// The words after the header; none of partings, wrinkles, beards and what is worn where there is nothing. Their order is with each pass's primitive.
std::vector<std::uint32_t> complexion_words(const Points* points, const Sitter& sitter, std::uint32_t seed);
std::vector<std::uint32_t> cloth_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> parting_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> worn_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> wrinkle_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> brow_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> beard_roots_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> beard_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> mouth_words(const Points& points, const Sitter& sitter);
std::vector<std::uint32_t> eye_words(const Points& points, const Sitter& sitter);

// Of "carve", in a picture `scale` times as large as the network's: how many of its pixels from a line the network's blur ends; and its
// table (primitives/carve_numbers.h) whose places are multiples of 1/kTableParts, `margin` being in half-widths of the picture.
float carve_margin(float scale);
std::vector<float> carve_table(const Outline& outline, float margin);

// What turns the camera's directions into those of the sitter's head, by rows.
std::array<float, 9> head_turn(const Sitter& sitter);

// How strands are, on the head and in a beard. Curls: how much they curl where the network doesn't tell which way they run; there it
// has painted curls, strands that point at the camera, or a parting of combed hair. 0 they are combed .. 1 they curl. Long: 0 they are
// seen for a few millimetres .. 1 for centimetres; less where hair is shorn. Hangs: how much a beard's run down, whatever the network says.
enum class Front { free, fringe, back };  // how hair lies above a forehead
struct Strands {
    float hair_curls, hair_long, beard_curls, beard_long, beard_hangs;
    float waves = 0, waves_a_metre = 0, waves_apart = 0;  // as StrandFlowNumber, turns
    float curls_wide = 1;                                 // how wide curls are, in those of coily hair
    float ropes = 0;                                      // 1: hair is in ropes, such as locs and braids
    float plaits = 0;                                     // how much those bulge as plaits do
    float frizz = 0;                                      // how far hairs cross each other, turns
    float warm = 0;  // how much redder what dark hair lets through is than the network paints it
    float deep = 0;  // how much darker shadows in it are, and lights lighter, than the network paints
    float grain =
        0;  // how much hairs that cross others are seen, in deviations of what the network tells of strands
    float rooted = 0;    // 1: hair grows straight out of the forehead
    float outlined = 0;  // 1: hair lies along its outline
    Front front = Front::free;
    float beard_wisps = 1;  // how ragged a beard's outline is
};
Strands strands_of(const Sitter& sitter);

// The words of the passes "stray_roots" and "strays" (primitives/strays_numbers.h); none where nothing stands off.
struct Strays {
    std::vector<std::uint32_t> roots, hairs;
};
Strays stray_words(const Points& points, const Sitter& sitter, const Strands& strands, float face);

// The words of the passes "locks" and "mould" (primitives/locks_numbers.h); none where hair is too short to fall, or lies on the scalp.
struct Locks {
    std::vector<std::uint32_t> locks, mould;
};
Locks lock_words(const Points& points, const Sitter& sitter, const Strands& strands, float face);

// How noise is drawn out into strands, in a picture of `size` pixels: closely, then in longer strides. A stroke's stride and the
// deviation of its weights, on the head and in a beard, are in cells of the finest noise.
struct Stroke {
    float stride, hair, beard;
};
struct Combing {
    std::vector<Stroke> strokes;  // of strand_comb
    Stroke last;                  // of strands
};
Combing combing_of(const Strands& strands, int size);

// The words of the pass "strand_flow"; hair lower than `face` of the picture's height is a beard's. Points may be null: hair does not part then.
std::vector<std::uint32_t> strand_flow_words(const Points* points, const Sitter& sitter,
                                             const Strands& strands, float face);

}  // namespace limner::finish
