// The arithmetic of a network on one processor core, on planar float32 (`[C, H, W]`, rows without gaps), four numbers at a time.
// Every function gives the same bits natively and in WebAssembly. Nothing is checked here: network.cpp has done so.
#pragma once
#include <cstddef>
#include <vector>

namespace limner::kernels {

// c[m][n] = bias[m] + sum over k of a[m][k] * b[k][n]. Rows are k, n and n long; no bias where it is null.
void multiply(int m, int n, int k, const float* a, const float* b, const float* bias, float* c);

// y[n] = bias[n] + sum over k of w[n][k] * x[k].
void dense(int n, int k, const float* w, const float* x, const float* bias, float* y);

// A 3x3 convolution with one pixel of zeros around, by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016): a quarter of
// the multiplications, its error about 1e-6 of the largest number. Sides are multiples of 4, the width of 16.
struct Conv3 {
    int inputs = 0, outputs = 0, width = 0, height = 0;
    const float* weights = nullptr;  // of conv3_weights
    // What StyleGAN2 does before and after; each may be null.
    const float* scale = nullptr;  // [inputs]
    const float* gain = nullptr;   // [outputs]
    const float* shift = nullptr;  // [outputs]
    float slope = 1;               // below zero
};
std::vector<float> conv3_weights(const float* w, int outputs, int inputs);  // from [outputs, inputs, 3, 3]
std::size_t conv3_scratch(const Conv3& conv);                               // floats
void conv3(const Conv3& conv, const float* x, float* y, float* scratch);

// The convolution alone (no scale, gain, shift or slope) of any size, straightforwardly; `scratch` has inputs * 9 * width * height floats, w is [outputs, inputs, 3, 3].
void conv3_small(const Conv3& conv, const float* w, const float* x, float* y, float* scratch);

// Each channel by itself, w [channels, 3, 3].
void depthwise3(int channels, int width, int height, const float* w, const float* x, float* y);

// Twice as wide and high, bilinear; `scratch` has width + 8 floats.
void twice(int channels, int width, int height, const float* x, float* y, float* scratch);

// Half as wide and high, the mean of every two by two; width and height are even.
void half(int channels, int width, int height, const float* x, float* y);

// [4 C, H, W] -> [C, 2 H, 2 W] (pixel shuffle, ONNX's DepthToSpace in mode CRD)
void shuffle2(int channels, int width, int height, const float* x, float* y);

void softmax(int channels, std::size_t pixels, const float* x, float* y);  // over the channels of each pixel
void sum_channels(int channels, std::size_t pixels, const float* x, float* y);

enum class Binary { kAdd, kSubtract, kMultiply, kDivide };
// y[i] = a[i] op b[i]; a step of 0 takes the first number for all.
void binary(Binary op, std::size_t count, const float* a, int step_a, const float* b, int step_b, float* y);

enum class Unary { kNegate, kExp, kSqrt, kReciprocal, kSin, kCos, kSigmoid, kSquare, kLeaky, kScale, kClamp };
// `p`, `q`: slope of kLeaky, factor of kScale, least and most of kClamp. y may be x.
void unary(Unary op, std::size_t count, const float* x, float* y, float p, float q);

}  // namespace limner::kernels
