#include "finish/primitive.h"

#include "finish/primitives/locks_numbers.h"
#include "finish/primitives/all.h"
#include "finish/primitives/beard_numbers.h"
#include "finish/primitives/brows_numbers.h"
#include "finish/primitives/carve_numbers.h"
#include "finish/primitives/complexion_numbers.h"
#include "finish/primitives/cloth_numbers.h"
#include "finish/primitives/eyes_numbers.h"
#include "finish/primitives/worn_numbers.h"
#include "finish/primitives/wrinkles_numbers.h"
#include "finish/primitives/mouth_numbers.h"
#include "finish/primitives/strands_numbers.h"
#include "finish/primitives/strays_numbers.h"

#include <array>

namespace limner::finish {

namespace {

using K = Number::Kind;

template <std::size_t N>
constexpr auto hidden_numbers() {
    std::array<Number, N> numbers{};
    for (Number& n : numbers) n = {"", K::hidden, -1e9F, 1e9F, 0};
    return numbers;
}

constexpr auto kEnlarge = hidden_numbers<5>();
constexpr auto kDevelop = hidden_numbers<47>();
constexpr auto kCarve = hidden_numbers<kCarveNumbers>();
constexpr auto kComplexion = hidden_numbers<kComplexionNumbers>();
constexpr auto kMouth = hidden_numbers<kMouthNumbers>();
constexpr auto kWrinkles = hidden_numbers<kWrinklesNumbers>();
constexpr auto kBrows = hidden_numbers<kBrowsNumbers>();
constexpr auto kBeardRoots = hidden_numbers<kBeardRootsNumbers>();
constexpr auto kBeard = hidden_numbers<kBeardNumbers>();
constexpr auto kStrayRoots = hidden_numbers<kStrayRootsNumbers>();
constexpr auto kStrays = hidden_numbers<kStrayNumbers>();
constexpr auto kLocks = hidden_numbers<kLocksNumbers>();
constexpr auto kMould = hidden_numbers<kMouldNumbers>();
constexpr auto kEyes = hidden_numbers<kEyesNumbers>();
constexpr auto kCloth = hidden_numbers<kClothNumbers>();
constexpr auto kWorn = hidden_numbers<kWornNumbers>();
constexpr Number kSharpen[] = {{"amount", K::hidden, 0, 4, 0}, {"smooth", K::hidden, 0, 1, 0}};
constexpr Number kStrandNoise[] = {{"seed", K::seed, 0, 65535, 0}, {"curls", K::hidden, 0.1F, 10, 1}};
constexpr Number kStrandComb[] = {{"stride", K::hidden, 1, 64, 1},
                                  {"long", K::hidden, 0.5F, 100, 1},
                                  {"face_long", K::hidden, 0.5F, 100, 1}};
constexpr auto kStrandFlow = hidden_numbers<kStrandFlowNumbers>();
constexpr auto kParting = hidden_numbers<kPartingNumbers>();
constexpr Number kStrands[] = {{"crisp", K::hidden, 0, 4, 1},          {"long", K::hidden, 0.5F, 100, 1},
                               {"face_long", K::hidden, 0.5F, 100, 1}, {"stride", K::hidden, 1, 64, 1},
                               {"combed", K::hidden, 1, 100, 1},       {"face_combed", K::hidden, 1, 100, 1},
                               {"ropes", K::hidden, 0, 1, 0},          {"face_wisps", K::hidden, 0, 1, 1},
                               {"plaits", K::hidden, 0, 1, 0},         {"deep", K::hidden, 0, 1, 0},
                               {"warm", K::hidden, 0, 1, 0},           {"grain", K::hidden, 0, 4, 0}};
constexpr Number kRetouch[] = {{"smooth", K::hidden, 0, 1, 0}, {"whiten", K::hidden, 0, 1, 0}};
constexpr Number kBlur[] = {{"radius", K::length, 0.1F, 60, 4}, {"axis", K::hidden, 0, 1, 0}};
constexpr Number kFit[] = {{"edge", K::plain, 0.001F, 1, 0.05F}};
constexpr Number kBlend[] = {{"mode", K::plain, 0, 6, 0},
                             {"amount", K::plain, 0, 1, 1},
                             {"channel", K::plain, 0, 4, 4},
                             {"invert", K::plain, 0, 1, 0}};
constexpr Number kKuwahara[] = {{"radius", K::length, 0.5F, 16, 5},
                                {"sharpness", K::plain, 1, 16, 8},
                                {"stretch", K::plain, 0, 1, 1},
                                {"keep", K::plain, 0, 1, 0}};
constexpr Number kSmear[] = {{"radius", K::length, 0.1F, 24, 4}, {"keep", K::plain, 0, 1, 0}};
constexpr Number kDog[] = {
    {"width", K::length, 0.3F, 8, 1.2F}, {"sharpen", K::plain, 0, 100, 8}, {"tone", K::plain, 0, 1, 0.3F}};
constexpr Number kXdog[] = {{"along", K::length, 0.2F, 16, 3},
                            {"threshold", K::plain, -1, 2, 0.6F},
                            {"hardness", K::plain, 0.1F, 100, 8}};
constexpr Number kAdjust[] = {{"black", K::plain, 0, 1, 0},      {"white", K::plain, 0, 1, 1},
                              {"gamma", K::plain, 0.2F, 5, 1},   {"contrast", K::plain, -1, 2, 0},
                              {"saturation", K::plain, 0, 3, 1}, {"invert", K::plain, 0, 1, 0}};
constexpr Number kEven[] = {{"amount", K::plain, 0, 1, 0.5F}, {"to", K::plain, 0.1F, 0.9F, 0.5F}};
constexpr Number kQuantise[] = {
    {"levels", K::plain, 2, 32, 6}, {"sharpness", K::plain, 0.2F, 40, 6}, {"saturation", K::plain, 0, 2, 1}};
constexpr Number kRamp[] = {{"dark", K::colour, 0, 0, 0x101018}, {"low", K::colour, 0, 0, 0x505060},
                            {"high", K::colour, 0, 0, 0xb0b0b8}, {"light", K::colour, 0, 0, 0xf8f8f0},
                            {"at1", K::plain, 0, 1, 0.25F},      {"at2", K::plain, 0, 1, 0.5F},
                            {"at3", K::plain, 0, 1, 0.75F},      {"soft", K::plain, 0, 2, 1},
                            {"keep", K::plain, 0, 1, 0}};
constexpr Number kFocus[] = {{"eyes", K::plain, 0, 1, 1},    {"brows", K::plain, 0, 1, 0.6F},
                             {"lips", K::plain, 0, 1, 0.8F}, {"skin", K::plain, 0, 1, 0},
                             {"hair", K::plain, 0, 1, 0},    {"glasses", K::plain, 0, 1, 0.6F},
                             {"clothes", K::plain, 0, 1, 0}, {"backdrop", K::plain, 0, 1, 0}};
constexpr Number kFilm[] = {{"contrast", K::plain, -1, 2, 0},      {"fade", K::plain, 0, 1, 0},
                            {"saturation", K::plain, 0, 3, 1},     {"shadows", K::colour, 0, 0, 0x808080},
                            {"lights", K::colour, 0, 0, 0x808080}, {"tint", K::plain, 0, 1, 0},
                            {"glow", K::plain, 0, 1, 0},           {"halation", K::plain, 0, 1, 0},
                            {"red", K::plain, -1, 1, 0},           {"green", K::plain, -1, 1, 0},
                            {"blue", K::plain, -1, 1, 0},          {"keep_skin", K::plain, 0, 1, 0},
                            {"vignette", K::plain, 0, 1, 0},       {"grain", K::plain, 0, 1, 0},
                            {"seed", K::seed, 0, 65535, 1}};
constexpr Number kHalftone[] = {{"cell", K::length, 2, 40, 8},      {"angle", K::plain, -180, 180, 45},
                                {"ink", K::colour, 0, 0, 0x1a1a1a}, {"paper", K::colour, 0, 0, 0xf6f2e8},
                                {"mode", K::plain, 0, 2, 0},        {"soft", K::plain, 0, 4, 0.2F}};
constexpr Number kInks[] = {{"ink1", K::colour, 0, 0, 0x20306a}, {"ink2", K::colour, 0, 0, 0xe8503a},
                            {"ink3", K::colour, 0, 0, 0xf2c230}, {"paper", K::colour, 0, 0, 0xf4efe4},
                            {"count", K::plain, 1, 3, 2},        {"screen", K::plain, 0, 2, 0},
                            {"cell", K::length, 1, 40, 6},       {"angle", K::plain, -180, 180, 15},
                            {"shift", K::length, 0, 16, 1},      {"uneven", K::plain, 0, 1, 0.2F},
                            {"hardness", K::plain, -1, 2, 0.3F}, {"seed", K::seed, 0, 65535, 3}};
constexpr Number kPixels[] = {{"cell", K::length, 2, 80, 14},
                              {"levels", K::plain, 2, 32, 6},
                              {"dither", K::plain, 0, 1, 0.5F},
                              {"gap", K::plain, 0, 1, 0}};
constexpr Number kStitch[] = {{"cell", K::length, 4, 60, 14},
                              {"cloth", K::colour, 0, 0, 0xe8e0d0},
                              {"levels", K::plain, 2, 32, 8},
                              {"vary", K::plain, 0, 1, 0.15F},
                              {"seed", K::seed, 0, 65535, 7}};
constexpr Number kLines[] = {{"spacing", K::length, 2, 40, 6},     {"angle", K::plain, -180, 180, 0},
                             {"bulge", K::plain, 0, 2, 0.5F},      {"contrast", K::plain, -1, 2, 0.3F},
                             {"cross", K::plain, 0, 1, 0.6F},      {"ink", K::colour, 0, 0, 0x181818},
                             {"paper", K::colour, 0, 0, 0xf6f1e4}, {"uneven", K::plain, 0, 2, 0.3F},
                             {"seed", K::seed, 0, 65535, 5}};
constexpr Number kHatch[] = {{"spacing", K::length, 1.5F, 40, 5}, {"angle", K::plain, -180, 180, -42},
                             {"length", K::length, 4, 400, 60},   {"layers", K::plain, 1, 4, 4},
                             {"wobble", K::plain, 0, 4, 0.8F},    {"width", K::plain, 0.05F, 1, 0.4F},
                             {"ink", K::colour, 0, 0, 0x1c1c22},  {"paper", K::colour, 0, 0, 0xf8f5ec},
                             {"colour", K::plain, 0, 1, 0},       {"seed", K::seed, 0, 65535, 9}};
constexpr Number kStipple[] = {{"cell", K::length, 2, 40, 5},        {"size", K::plain, 0.2F, 2, 0.8F},
                               {"gamma", K::plain, 0.3F, 4, 1.2F},   {"ink", K::colour, 0, 0, 0x1a1a1e},
                               {"paper", K::colour, 0, 0, 0xf7f4ea}, {"colour", K::plain, 0, 1, 0},
                               {"layers", K::plain, 1, 4, 3},        {"seed", K::seed, 0, 65535, 11}};
constexpr Number kStrokes[] = {{"width", K::length, 0.5F, 90, 12}, {"long", K::plain, 1, 8, 4},
                               {"opacity", K::plain, 0, 1, 1},     {"bristle", K::plain, 0, 1.5F, 0.6F},
                               {"vary", K::plain, 0, 1, 0.2F},     {"curve", K::plain, 0, 1, 1},
                               {"threshold", K::plain, 0, 1, 0},   {"across", K::plain, 0, 1, 0},
                               {"thick", K::plain, 0, 2, 1},       {"seed", K::seed, 0, 65535, 13}};
constexpr Number kRelief[] = {{"depth", K::plain, 0, 4, 1},    {"angle", K::plain, -180, 180, -45},
                              {"gloss", K::plain, 0, 1, 0.2F}, {"weave", K::plain, 0, 1, 0},
                              {"size", K::length, 1, 20, 4},   {"luma", K::plain, 0, 2, 0},
                              {"seed", K::seed, 0, 65535, 17}};
constexpr Number kWobble[] = {{"amount", K::length, 0, 40, 4},
                              {"scale", K::length, 1, 400, 40},
                              {"octaves", K::plain, 1, 6, 3},
                              {"keep", K::plain, 0, 1, 0},
                              {"seed", K::seed, 0, 65535, 19}};
constexpr Number kWatercolour[] = {
    {"edge", K::plain, 0, 4, 1},          {"granulation", K::plain, 0, 2, 0.5F},
    {"turbulence", K::plain, 0, 2, 0.4F}, {"paper", K::colour, 0, 0, 0xfbf8f0},
    {"tooth", K::length, 0.5F, 20, 3},    {"dilution", K::plain, 0, 1, 0.2F},
    {"seed", K::seed, 0, 65535, 23}};
constexpr Number kMargin[] = {{"width", K::length, 0, 300, 40},     {"rough", K::length, 0, 200, 30},
                              {"paper", K::colour, 0, 0, 0xfbf8f0}, {"soft", K::length, 0.5F, 200, 4},
                              {"tooth", K::length, 0.5F, 20, 3},    {"oval", K::plain, 0, 1, 0},
                              {"scale", K::length, 4, 400, 90},     {"seed", K::seed, 0, 65535, 29}};
constexpr Number kStreaks[] = {{"length", K::length, 0.5F, 60, 14}, {"width", K::length, 0.5F, 20, 1.6F},
                               {"follow", K::plain, 0, 1, 0.8F},    {"angle", K::plain, -180, 180, -50},
                               {"contrast", K::plain, 0, 6, 1.6F},  {"seed", K::seed, 0, 65535, 31}};
constexpr Number kDeposit[] = {{"ink", K::colour, 0, 0, 0x2a2a2e},   {"paper", K::colour, 0, 0, 0xf4f0e6},
                               {"tooth", K::length, 0.5F, 20, 2.5F}, {"pressure", K::plain, 0, 3, 1},
                               {"soft", K::plain, 0.02F, 1, 0.25F},  {"colour", K::plain, 0, 1, 0},
                               {"marks", K::plain, 0, 1, 0.5F},      {"cover", K::plain, 0, 1, 0},
                               {"depth", K::plain, 0, 1, 0.4F},      {"seed", K::seed, 0, 65535, 37}};
constexpr Number kMosaic[] = {{"cell", K::length, 3, 120, 18}, {"jitter", K::plain, 0, 1, 0.7F},
                              {"gap", K::length, 0, 16, 2},    {"grout", K::colour, 0, 0, 0x2c2a28},
                              {"bevel", K::plain, 0, 1, 0.3F}, {"vary", K::plain, 0, 1, 0.25F},
                              {"glass", K::plain, 0, 1, 0},    {"seed", K::seed, 0, 65535, 41}};
constexpr Number kFacets[] = {{"cell", K::length, 4, 120, 34},
                              {"jitter", K::plain, 0, 0.7F, 0.5F},
                              {"snap", K::plain, 0, 1, 0.8F},
                              {"vary", K::plain, 0, 1, 0.12F},
                              {"seed", K::seed, 0, 65535, 43}};
constexpr Number kDefocus[] = {{"radius", K::length, 0.5F, 40, 10},
                               {"depth", K::plain, -0.5F, 0.5F, 0.0F},
                               {"range", K::plain, 0.005F, 1, 0.12F}};
constexpr Number kBorrow[] = {{"chunk", K::length, 4, 200, 60}, {"tolerance", K::plain, 0.01F, 1, 0.09F},
                              {"place", K::plain, 0, 4, 0.6F},  {"keep", K::plain, 0, 1, 0},
                              {"scale", K::plain, 0.1F, 8, 1},  {"seed", K::seed, 0, 65535, 47}};
constexpr Number kCompose[] = {
    {"strength", K::hidden, 0, 1, 1}, {"grain", K::hidden, 0, 1, 0}, {"seed", K::seed, 0, 1e9F, 0}};

const Primitive kPrimitives[] = {
    {"enlarge", 1, kEnlarge, enlarge, nullptr},
    {"carve", 3, kCarve, carve, carve_reach},
    {"complexion", 2, kComplexion, complexion, nullptr},
    {"cloth", 2, kCloth, cloth, cloth_reach},
    {"wrinkles", 2, kWrinkles, wrinkles, nullptr},
    {"brows", 2, kBrows, brows, brows_reach},
    {"beard_roots", 1, kBeardRoots, beard_roots, nullptr},
    {"beard", 2, kBeard, beard, nullptr},
    {"stray_roots", 1, kStrayRoots, stray_roots, nullptr},
    {"strays", 3, kStrays, strays, nullptr},
    {"locks", 1, kLocks, locks, nullptr},
    {"mould", 2, kMould, mould, nullptr},
    {"mouth", 2, kMouth, mouth, nullptr},
    {"eyes", 2, kEyes, eyes, eyes_reach},
    {"worn", 2, kWorn, worn, nullptr},
    {"sharpen", 3, kSharpen, sharpen, nullptr},
    {"strand_noise", 0, kStrandNoise, strand_noise, nullptr},
    {"strand_flow", 2, kStrandFlow, strand_flow, nullptr},
    {"parting", 2, kParting, parting, nullptr},
    {"strand_comb", 2, kStrandComb, strand_comb, strand_comb_reach},
    {"strands", 4, kStrands, strands, strands_reach},
    {"develop", 3, kDevelop, develop, develop_reach},
    {"blur", 1, kBlur, blur, blur_reach},
    {"root", 1, {}, root, nullptr},
    {"moments", 1, {}, moments, nullptr},
    {"fit", 1, kFit, fit, nullptr},
    {"retouch", 5, kRetouch, retouch, nullptr},
    {"tensor", 1, {}, tensor, pixel_reach},
    {"flow", 1, {}, flow, nullptr},
    {"kuwahara", 3, kKuwahara, kuwahara, kuwahara_reach},
    {"smear", 3, kSmear, smear, smear_reach},
    {"dog", 2, kDog, dog, dog_reach},
    {"xdog", 2, kXdog, xdog, xdog_reach},
    {"adjust", 1, kAdjust, adjust, nullptr},
    {"even", 2, kEven, even, nullptr},
    {"quantise", 1, kQuantise, quantise, nullptr},
    {"ramp", 1, kRamp, ramp, nullptr},
    {"focus", 3, kFocus, focus, nullptr},
    {"film", 3, kFilm, film, nullptr},
    {"halftone", 1, kHalftone, halftone, nullptr},
    {"inks", 1, kInks, inks, inks_reach},
    {"pixels", 1, kPixels, pixels, cell_reach},
    {"stitch", 1, kStitch, stitch, cell_reach},
    {"lines", 4, kLines, lines, pixel_reach},
    {"hatch", 1, kHatch, hatch, nullptr},
    {"stipple", 1, kStipple, stipple, stipple_reach},
    {"strokes", 4, kStrokes, strokes, strokes_reach},
    {"relief", 1, kRelief, relief, pixel_reach},
    {"wobble", 2, kWobble, wobble, wobble_reach},
    {"watercolour", 2, kWatercolour, watercolour, nullptr},
    {"margin", 1, kMargin, margin, nullptr},
    {"streaks", 1, kStreaks, streaks, streaks_reach},
    {"deposit", 3, kDeposit, deposit, nullptr},
    {"mosaic", 1, kMosaic, mosaic, stipple_reach},
    {"facets", 2, kFacets, facets, facets_reach},
    {"defocus", 3, kDefocus, defocus, defocus_reach},
    {"borrow", 4, kBorrow, borrow, stipple_reach},
    {"blend", 3, kBlend, blend, nullptr},
    {"compose", 2, kCompose, compose, nullptr},
};

}  // namespace

std::span<const Primitive> primitives() { return kPrimitives; }

const Primitive* find_primitive(std::string_view name) {
    for (const Primitive& p : kPrimitives)
        if (name == p.name) return &p;
    return nullptr;
}

}  // namespace limner::finish
