// Elementary functions with the same bits everywhere. libm's log, exp, sin and cos differ between platforms in
// the last place; a recipe must give the same sitter natively and in the browser, so these use only
// + - * / sqrt and bit patterns of IEEE doubles, all of which every platform rounds alike. (Build with
// -ffp-contract=off where the machine has fused multiply-add.) Accurate to about 1e-15 relative.
#pragma once
#include <array>
#include <cstdint>

namespace limner {

double exact_log(double x);  // natural logarithm; x > 0 and normal
double exact_exp(double x);  // |x| <= 700; smaller gives 0

// Cosine and sine of an angle in degrees, |angle| <= 1e6.
struct CosSin {
    double cos, sin;
};
CosSin exact_cos_sin_deg(double degrees);

double normal_cdf(double x);       // P(N(0,1) <= x)
double normal_quantile(double p);  // its inverse, 0 < p < 1

// Quantile of N(mean, sd) restricted to [low, high]: one uniform number in, one number of that distribution out.
// sd <= 0 gives the mean, moved into the range.
double truncated_normal_quantile(double u, double mean, double sd, double low, double high);

// IEC 61966-2-1 transfer, one channel: 8-bit sRGB to linear 0..1 and back (rounded, clamped).
float linear_from_srgb(std::uint8_t value);
std::uint8_t srgb_from_linear(float value);

}  // namespace limner
