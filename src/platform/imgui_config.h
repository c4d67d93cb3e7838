// What Dear ImGui is built with, beside the switches in cmake/LimnerApp.cmake. Its own mathematics but for one thing: a slider
// of doubles, which no panel has, would bring libm's pow and log for doubles, 11 kB of tables that do not compress.
#pragma once
#include <math.h>
#include <stdlib.h>

#define IMGUI_DISABLE_DEFAULT_MATH_FUNCTIONS
#define ImFabs(X) fabsf(X)
#define ImSqrt(X) sqrtf(X)
#define ImFmod(X, Y) fmodf((X), (Y))
#define ImCos(X) cosf(X)
#define ImSin(X) sinf(X)
#define ImAcos(X) acosf(X)
#define ImAtan2(Y, X) atan2f((Y), (X))
#define ImAtof(STR) atof(STR)
#define ImCeil(X) ceilf(X)

inline float ImPow(float x, float y) { return powf(x, y); }
inline double ImPow(double x, double y) { return powf(static_cast<float>(x), static_cast<float>(y)); }
inline float ImLog(float x) { return logf(x); }
inline double ImLog(double x) { return logf(static_cast<float>(x)); }
inline int ImAbs(int x) { return x < 0 ? -x : x; }
inline float ImAbs(float x) { return fabsf(x); }
inline double ImAbs(double x) { return fabs(x); }
inline float ImSign(float x) { return x < 0 ? -1.0f : x > 0 ? 1.0f : 0.0f; }
inline double ImSign(double x) { return x < 0 ? -1.0 : x > 0 ? 1.0 : 0.0; }
inline float ImRsqrt(float x) { return 1 / sqrtf(x); }
inline double ImRsqrt(double x) { return 1 / sqrt(x); }
