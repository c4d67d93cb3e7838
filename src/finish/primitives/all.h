// Every primitive's C++ twin. Each is described, with its numbers, in primitive.cpp.
#pragma once
#include "finish/vec.h"

namespace limner::finish {

// develop.cpp, enlarge.cpp
void enlarge(const Pass& pass);
void develop(const Pass& pass);
float develop_reach(const Pass& pass);

// carve.cpp
void carve(const Pass& pass);
float carve_reach(const Pass& pass);

// complexion.cpp
void complexion(const Pass& pass);

// beard.cpp
void beard_roots(const Pass& pass);
void beard(const Pass& pass);
// brows.cpp
void brows(const Pass& pass);
float brows_reach(const Pass& pass);

// cloth.cpp
void cloth(const Pass& pass);
float cloth_reach(const Pass& pass);

// wrinkles.cpp
void wrinkles(const Pass& pass);

// mouth.cpp
void mouth(const Pass& pass);

// eyes.cpp
void eyes(const Pass& pass);
float eyes_reach(const Pass& pass);

// worn.cpp
void worn(const Pass& pass);

// locks.cpp
void locks(const Pass& pass);
void mould(const Pass& pass);

// parting.cpp
void parting(const Pass& pass);
// strand_flow.cpp
void strand_flow(const Pass& pass);

// strands.cpp
void strand_noise(const Pass& pass);
void strand_comb(const Pass& pass);
void strands(const Pass& pass);
float strand_comb_reach(const Pass& pass);
float strands_reach(const Pass& pass);

// strays.cpp
void stray_roots(const Pass& pass);
void strays(const Pass& pass);

// soften.cpp
void blur(const Pass& pass);
float blur_reach(const Pass& pass);
void root(const Pass& pass);
void moments(const Pass& pass);
void fit(const Pass& pass);
void sharpen(const Pass& pass);
void retouch(const Pass& pass);

// flow.cpp
void tensor(const Pass& pass);
void flow(const Pass& pass);
void smear(const Pass& pass);
float pixel_reach(const Pass& pass);
float smear_reach(const Pass& pass);

// kuwahara.cpp
void kuwahara(const Pass& pass);
float kuwahara_reach(const Pass& pass);

// ink.cpp
void dog(const Pass& pass);
void xdog(const Pass& pass);
float dog_reach(const Pass& pass);
float xdog_reach(const Pass& pass);

// tone.cpp
void adjust(const Pass& pass);
void even(const Pass& pass);
void quantise(const Pass& pass);
void ramp(const Pass& pass);
void focus(const Pass& pass);
void film(const Pass& pass);

// print.cpp
void halftone(const Pass& pass);
void inks(const Pass& pass);
void pixels(const Pass& pass);
void stitch(const Pass& pass);
float inks_reach(const Pass& pass);
float cell_reach(const Pass& pass);

// line.cpp
void lines(const Pass& pass);
void hatch(const Pass& pass);
void stipple(const Pass& pass);
float stipple_reach(const Pass& pass);

// paint.cpp
void strokes(const Pass& pass);
void relief(const Pass& pass);
float strokes_reach(const Pass& pass);

// wet.cpp
void wobble(const Pass& pass);
void watercolour(const Pass& pass);
void margin(const Pass& pass);
float wobble_reach(const Pass& pass);

// dry.cpp
void streaks(const Pass& pass);
void deposit(const Pass& pass);
float streaks_reach(const Pass& pass);

// tiles.cpp
void mosaic(const Pass& pass);
void facets(const Pass& pass);
float facets_reach(const Pass& pass);

// lens.cpp
void defocus(const Pass& pass);
float defocus_reach(const Pass& pass);

// borrow.cpp
void borrow(const Pass& pass);

// compose.cpp
void compose(const Pass& pass);
void blend(const Pass& pass);

}  // namespace limner::finish
