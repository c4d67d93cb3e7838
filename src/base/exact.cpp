#include "base/exact.h"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

namespace limner {
namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;  // ln 2 in two parts: n * high is exact for small n
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kPi = 3.14159265358979323846;

template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
    double sum = c[N - 1];
    for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

// sin and cos by their Taylor series, |x| <= pi/4: the first term left out is below 1e-17.
double sin_small(double x) {
    const double s = x * x;
    double term = x, sum = x;
    for (int k = 2; k <= 18; k += 2) {
        term = -term * s / (k * (k + 1.0));
        sum += term;
    }
    return sum;
}

double cos_small(double x) {
    const double s = x * x;
    double term = 1, sum = 1;
    for (int k = 1; k <= 17; k += 2) {
        term = -term * s / (k * (k + 1.0));
        sum += term;
    }
    return sum;
}

}  // namespace

double exact_log(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    int exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
    double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++exponent;
    }
    // log m = 2 atanh z, z = (m-1)/(m+1), |z| <= 0.1716: z^25/25 is below 1e-20.
    const double z = (m - 1) / (m + 1), s = z * z;
    double sum = 0;
    for (int k = 23; k >= 3; k -= 2) sum = (sum + 1.0 / k) * s;
    return exponent * kLn2High + (2 * z + (2 * z * sum + exponent * kLn2Low));
}

double exact_exp(double x) {
    if (x < -700) return 0;
    x = std::min(x, 700.0);
    const double n = std::floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - n * kLn2High) - n * kLn2Low;  // |r| <= 0.347
    double sum = 1;
    for (int k = 15; k >= 1; --k) sum = 1 + r * sum / k;
    const auto scale = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023) << 52;
    return sum * std::bit_cast<double>(scale);
}

CosSin exact_cos_sin_deg(double degrees) {
    const double quarter = std::floor(degrees / 90 + 0.5);
    const double x = (degrees - quarter * 90) * (kPi / 180);
    const double c = cos_small(x), s = sin_small(x);
    switch (static_cast<std::int64_t>(quarter) & 3) {
        case 0: return {c, s};
        case 1: return {-s, c};
        case 2: return {-c, -s};
        default: return {s, -c};
    }
}

// G. Marsaglia, "Evaluating the Normal Distribution", J. Stat. Software 11(4), 2004:
// Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3*5) + ...).
double normal_cdf(double x) {
    if (x > 8.3) return 1;
    if (x < -8.3) return 0;
    const double s = x * x;
    double term = x, sum = x;
    for (int k = 3; k < 400; k += 2) {
        term = term * s / k;
        const double next = sum + term;
        if (next == sum) break;
        sum = next;
    }
    return 0.5 + sum * exact_exp(-0.5 * s) * 0.39894228040143267794;
}

// M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37(3),
// 1988 (PPND16, about 1e-16 relative).
double normal_quantile(double p) {
    static constexpr std::array a{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                  1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                  3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr std::array b{1.0,
                                  4.2313330701600911252e1,
                                  6.8718700749205790830e2,
                                  5.3941960214247511077e3,
                                  2.1213794301586595867e4,
                                  3.9307895800092710610e4,
                                  2.8729085735721942674e4,
                                  5.2264952788528545610e3};
    static constexpr std::array c{1.42343711074968357734e0,  4.63033784615654529590e0,
                                  5.76949722146069140550e0,  3.64784832476320460504e0,
                                  1.27045825245236838258e0,  2.41780725177450611770e-1,
                                  2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array d{1.0,
                                  2.05319162663775882187e0,
                                  1.67638483018380384940e0,
                                  6.89767334985100004550e-1,
                                  1.48103976427480074590e-1,
                                  1.51986665636164571966e-2,
                                  5.47593808499534494600e-4,
                                  1.05075007164441684324e-9};
    static constexpr std::array e{6.65790464350110377720e0,  5.46378491116411436990e0,
                                  1.78482653991729133580e0,  2.96560571828504891230e-1,
                                  2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                  2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array f{1.0,
                                  5.99832206555887937690e-1,
                                  1.36929880922735805310e-1,
                                  1.48753612908506148525e-2,
                                  7.86869131145613259100e-4,
                                  1.84631831751005468180e-5,
                                  1.42151175831644588870e-7,
                                  2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    double r = std::sqrt(-exact_log(std::max(q < 0 ? p : 1 - p, 1e-300)));
    double value = 0;
    if (r <= 5) {
        r -= 1.6;
        value = polynomial(c, r) / polynomial(d, r);
    } else {
        r -= 5;
        value = polynomial(e, r) / polynomial(f, r);
    }
    return q < 0 ? -value : value;
}

double truncated_normal_quantile(double u, double mean, double sd, double low, double high) {
    if (!(sd > 0)) return std::clamp(mean, low, high);
    double from = (low - mean) / sd, to = (high - mean) / sd;
    // Work in the tail where small probabilities keep their digits.
    const bool flip = from > 0;
    if (flip) {
        const double upper = to;
        to = -from;
        from = -upper;
        u = 1 - u;
    }
    const double below = normal_cdf(from), above = normal_cdf(to);
    const double p = below + u * (above - below);
    if (!(p > 1e-15)) return flip ? low : (above > 1e-15 ? low : high);  // the range is all but empty
    double x = normal_quantile(std::min(p, 1 - 1.2e-16));
    if (flip) x = -x;
    return std::clamp(mean + sd * x, low, high);
}

float linear_from_srgb(std::uint8_t value) {
    const double v = value / 255.0;
    return static_cast<float>(v <= 0.04045 ? v / 12.92 : exact_exp(2.4 * exact_log((v + 0.055) / 1.055)));
}

std::uint8_t srgb_from_linear(float value) {
    const double v = std::clamp(static_cast<double>(value), 0.0, 1.0);
    const double s = v <= 0.0031308 ? 12.92 * v : 1.055 * exact_exp(exact_log(v) / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::floor(s * 255 + 0.5));
}

}  // namespace limner
