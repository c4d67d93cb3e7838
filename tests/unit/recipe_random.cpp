// The written rules of chance. These numbers may never change: every link and every saved picture depends on them.
#include "base/checksum.h"
#include "base/exact.h"
#include "recipe/random.h"

#include <catch_amalgamated.hpp>
#include <cmath>

using namespace limner;

TEST_CASE("a stream gives these numbers on every platform") {
    Stream stream("ada", "age");
    CHECK(stream.next() == 0x51869FD7995E46ACULL);
    CHECK(stream.next() == 0x5E9DEE6FCF1C3FE9ULL);
    CHECK(stream.uniform() == 0x1.4cf8a6e5eec28p-4);
    CHECK(stream.normal() == -0x1.05a0862712ac3p+0);
    Stream empty("", "");
    CHECK(empty.next() == 0x7C2378017DA2CF91ULL);
    Stream unicode("\xC3\xA9t\xC3\xA9", "hair.style");
    CHECK(unicode.uniform() == 0x1.e323e0d9bdc71p-1);
}

TEST_CASE("streams with other names or seeds are unrelated") {
    CHECK(Stream("a", "bc").next() != Stream("ab", "c").next());
    CHECK(Stream("a", "b").next() != Stream("b", "a").next());
    double sum = 0;
    for (int i = 0; i < 4000; ++i) {
        Stream stream(std::to_string(i), "age");
        sum += (stream.uniform() - 0.5) * (Stream(std::to_string(i + 1), "age").uniform() - 0.5);
    }
    CHECK(std::abs(sum / 4000) < 0.005);  // neighbouring seeds: covariance of 1/12 would be the same number
}

TEST_CASE("uniform and normal numbers have their moments") {
    Stream stream("moments", "x");
    double mean = 0, square = 0, normal = 0, normal_square = 0;
    constexpr int kCount = 100000;
    for (int i = 0; i < kCount; ++i) {
        const double u = stream.uniform(), n = stream.normal();
        REQUIRE(u > 0);
        REQUIRE(u < 1);
        mean += u / kCount;
        square += u * u / kCount;
        normal += n / kCount;
        normal_square += n * n / kCount;
    }
    CHECK(mean == Catch::Approx(0.5).margin(0.005));
    CHECK(square == Catch::Approx(1.0 / 3).margin(0.005));
    CHECK(normal == Catch::Approx(0).margin(0.015));
    CHECK(normal_square == Catch::Approx(1).margin(0.02));
}

TEST_CASE("the exact functions agree with the platform's to the last places") {
    for (int i = 1; i < 20000; ++i) {
        const double x = i * 0.00731, y = (i - 10000) * 0.05, d = (i - 10000) * 0.037;
        CHECK(std::abs(exact_log(x) - std::log(x)) <= 4e-16 * std::max(1.0, std::abs(std::log(x))));
        CHECK(exact_exp(y) == Catch::Approx(std::exp(y)).epsilon(1e-15));
        CHECK(std::abs(exact_cos_sin_deg(d).cos - std::cos(d * 3.14159265358979323846 / 180)) < 1e-13);
        CHECK(std::abs(exact_cos_sin_deg(d).sin - std::sin(d * 3.14159265358979323846 / 180)) < 1e-13);
    }
    for (int i = -600; i <= 600; ++i) {
        const double z = i * 0.01;
        CHECK(std::abs(normal_cdf(z) - 0.5 * std::erfc(-z / std::sqrt(2.0))) < 3e-15);
        CHECK(std::abs(normal_quantile(normal_cdf(z)) - z) < 1e-14 * std::exp(z * z / 2) + 1e-14);
    }
    CHECK(exact_exp(-1000) == 0);
}

TEST_CASE("a truncated normal stays inside and does not pile up at the ends") {
    Stream stream("truncated", "x");
    int at_the_end = 0;
    double mean = 0;
    for (int i = 0; i < 20000; ++i) {
        const double x = truncated_normal_quantile(stream.uniform(), 0.1, 0.2, 0, 1);
        REQUIRE(x >= 0);
        REQUIRE(x <= 1);
        at_the_end += x < 0.002;
        mean += x / 20000;
    }
    CHECK(at_the_end < 120);                              // clipping would put 6,170 there
    CHECK(mean == Catch::Approx(0.20183).margin(0.003));  // 0.1 + 0.2 phi(-0.5) / (1 - Phi(-0.5))
    CHECK(truncated_normal_quantile(0.3, 5, 0, 0, 1) == 1);
    // A range far out in a tail, and one with nothing in it.
    const double far = truncated_normal_quantile(0.5, 0, 1, 5, 6);
    CHECK((far > 5.05 && far < 5.3));
    CHECK(truncated_normal_quantile(0.5, 0, 0.01, 5, 6) == 5);
    CHECK(truncated_normal_quantile(0.5, 9, 0.01, 5, 6) == 6);
}
