// Every primitive's C++ twin. Each is described, with its numbers, in primitive.cpp.
#pragma once
#include "finish/vec.h"

namespace limner::finish {

// develop.cpp, enlarge.cpp
void enlarge(const Pass& pass);
void develop(const Pass& pass);
float develop_reach(const Pass& pass);

// soften.cpp
void blur(const Pass& pass);
float blur_reach(const Pass& pass);
void root(const Pass& pass);
void moments(const Pass& pass);
void fit(const Pass& pass);
void retouch(const Pass& pass);

// compose.cpp
void compose(const Pass& pass);
void blend(const Pass& pass);

}  // namespace limner::finish
