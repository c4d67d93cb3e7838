// Networks on the processor: every kernel against the plain sum it stands for, whole packs against their test portraits.
#include "generator/bust.h"
#include "generator/kernels.h"
#include "generator/network.h"
#include "generator/pack.h"
#include "recipe/schema.h"
#include "repository_file.h"

#include <algorithm>
#include <array>
#include <catch_amalgamated.hpp>
#include <cmath>

using namespace limner;

namespace {

std::vector<float> numbers(std::size_t count, std::uint32_t seed) {
    std::vector<float> out(count);
    for (float& x : out) {
        seed = seed * 1664525U + 1013904223U;
        x = static_cast<float>(seed >> 8) / 8388608.0F - 1.0F;
    }
    return out;
}

double worst(std::span<const float> a, std::span<const float> b) {
    REQUIRE(a.size() == b.size());
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::isnan(a[i]) ? 1e9 : std::max(most, std::abs(static_cast<double>(a[i]) - b[i]));
    return most;
}

// The 3x3 convolution as it is defined, with what happens around it.
std::vector<float> convolved(const kernels::Conv3& conv, const std::vector<float>& w,
                             const std::vector<float>& x) {
    const int plane = conv.width * conv.height;
    std::vector<float> y(static_cast<std::size_t>(conv.outputs * plane));
    for (int o = 0; o < conv.outputs; ++o) {
        for (int at = 0; at < plane; ++at) {
            double sum = 0;
            for (int c = 0; c < conv.inputs; ++c) {
                for (int t = 0; t < 9; ++t) {
                    const int u = at % conv.width + t % 3 - 1, v = at / conv.width + t / 3 - 1;
                    if (u < 0 || u >= conv.width || v < 0 || v >= conv.height) continue;
                    sum += static_cast<double>(w[static_cast<std::size_t>((o * conv.inputs + c) * 9 + t)]) *
                           x[static_cast<std::size_t>(c * plane + v * conv.width + u)] *
                           (conv.scale ? conv.scale[c] : 1.0F);
                }
            }
            sum = sum * (conv.gain ? conv.gain[o] : 1.0F) + (conv.shift ? conv.shift[o] : 0.0F);
            y[static_cast<std::size_t>(o * plane + at)] =
                static_cast<float>(sum < 0 ? sum * conv.slope : sum);
        }
    }
    return y;
}

// What a pack's file paints for the pack's own test portrait, compared as every backend is.
double off(const std::string& folder, const char* precision) {
    const auto text = repository_file(folder + "/pack.json");
    const Result<Pack> pack = parse_pack({reinterpret_cast<const char*>(text.data()), text.size()});
    REQUIRE(pack);
    const PackFile* named = pack->file(precision);
    REQUIRE(named);
    Result<Network> network = Network::open(repository_file(folder + "/" + named->name));
    INFO((network ? "" : network.error().sentence));
    REQUIRE(network);
    REQUIRE(network->input_count("sitter") == static_cast<std::size_t>(pack->input_count));
    REQUIRE(network->input_count("nobody") == 0);
    const std::vector<float>& input = pack->golden.input;
    std::copy_n(input.begin(), pack->input_count, network->input("sitter").begin());
    std::copy_n(input.begin() + pack->input_count, pack->noise_count, network->input("noise").begin());
    if (pack->bust_maps > 0) {
        const auto bust = Bust::open(repository_file(folder + "/" + named->name), pack->input_count);
        REQUIRE(bust);
        bust->maps(input, pack->side, network->input("bust"), network->input("lit"));
    }
    const std::span<const float> made = network->run();
    const std::vector<float> first(made.begin(), made.end());
    CHECK(worst(first, network->run()) == 0);  // a run leaves nothing behind
    const Result<Layers> layers = unpack_layers(first, *pack);
    REQUIRE(layers);
    const Result<double> difference = golden_check(*layers, *pack, "wasm");
    REQUIRE(difference);
    return *difference;
}

}  // namespace

TEST_CASE("a convolution by Winograd is the convolution") {
    for (const auto& [inputs, outputs, width, height] :
         {std::array{3, 5, 16, 4}, std::array{8, 4, 32, 12}, std::array{1, 1, 48, 8}}) {
        kernels::Conv3 conv;
        conv.inputs = inputs, conv.outputs = outputs, conv.width = width, conv.height = height;
        const auto w = numbers(static_cast<std::size_t>(inputs * outputs * 9), 1);
        const auto x = numbers(static_cast<std::size_t>(inputs * width * height), 2);
        const auto prepared = kernels::conv3_weights(w.data(), outputs, inputs);
        conv.weights = prepared.data();
        std::vector<float> y(static_cast<std::size_t>(outputs * width * height)),
            scratch(kernels::conv3_scratch(conv));
        kernels::conv3(conv, x.data(), y.data(), scratch.data());
        CHECK(worst(y, convolved(conv, w, x)) < 2e-5);

        const auto scale = numbers(static_cast<std::size_t>(inputs), 3),
                   gain = numbers(static_cast<std::size_t>(outputs), 4),
                   shift = numbers(static_cast<std::size_t>(outputs), 5);
        conv.scale = scale.data(), conv.gain = gain.data(), conv.shift = shift.data(), conv.slope = 0.2F;
        kernels::conv3(conv, x.data(), y.data(), scratch.data());
        CHECK(worst(y, convolved(conv, w, x)) < 2e-5);

        conv = {inputs, outputs, width, height};
        std::vector<float> room(x.size() * 9);
        kernels::conv3_small(conv, w.data(), x.data(), y.data(), room.data());
        CHECK(worst(y, convolved(conv, w, x)) < 2e-5);
    }
}

TEST_CASE("halving takes the mean of every two by two") {
    const std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 4, 4, 8, 0, 0, 4};
    std::vector<float> y(4);
    kernels::half(2, 4, 2, x.data(), y.data());
    CHECK(y == std::vector<float>{3.5F, 5.5F, 2, 3});
}

TEST_CASE("a product of any size, with zeros in it") {
    for (const auto& [m, n, k] : {std::array{1, 1, 1}, std::array{7, 21, 5}, std::array{4, 300, 130}}) {
        auto a = numbers(static_cast<std::size_t>(m * k), 1);
        const auto b = numbers(static_cast<std::size_t>(k * n), 2),
                   bias = numbers(static_cast<std::size_t>(m), 3);
        for (std::size_t i = 0; i < a.size(); ++i)
            if (static_cast<int>(i) % k % 3 == 1) a[i] = 0;
        std::vector<float> c(static_cast<std::size_t>(m * n)), expected = c;
        for (int i = 0; i < m; ++i)
            for (int j = 0; j < n; ++j) {
                double sum = bias[static_cast<std::size_t>(i)];
                for (int l = 0; l < k; ++l)
                    sum += static_cast<double>(a[static_cast<std::size_t>(i * k + l)]) *
                           b[static_cast<std::size_t>(l * n + j)];
                expected[static_cast<std::size_t>(i * n + j)] = static_cast<float>(sum);
            }
        kernels::multiply(m, n, k, a.data(), b.data(), bias.data(), c.data());
        CHECK(worst(c, expected) < 2e-5);
    }
}

TEST_CASE("twice as large, shuffled, depthwise: sizes that four does not divide as well") {
    const auto x = numbers(4 * 5 * 3, 1);
    std::vector<float> large(4 * 10 * 6), room(5 + 8);
    kernels::twice(4, 5, 3, x.data(), large.data(), room.data());
    CHECK(large[0] == x[0]);  // corners stay
    CHECK(std::abs(large[10 + 1] -
                   (0.75F * (0.75F * x[0] + 0.25F * x[1]) + 0.25F * (0.75F * x[5] + 0.25F * x[6]))) < 1e-6F);
    CHECK(std::abs(large[59] - x[14]) < 1e-6F);

    std::vector<float> shuffled(4 * 5 * 3);
    kernels::shuffle2(1, 5, 3, x.data(), shuffled.data());
    CHECK(shuffled[1] == x[15]);       // right of the first: the second plane
    CHECK(shuffled[10 + 2] == x[31]);  // below and two to the right: the third plane's second

    const auto w = numbers(2 * 9, 2), wide = numbers(2 * 13 * 4, 3);
    std::vector<float> y(2 * 13 * 4);
    kernels::depthwise3(2, 13, 4, w.data(), wide.data(), y.data());
    for (int c = 0; c < 2; ++c) {
        const kernels::Conv3 one{1, 1, 13, 4};
        const std::vector<float> taps(w.begin() + c * 9, w.begin() + c * 9 + 9),
            plane(wide.begin() + c * 52, wide.begin() + c * 52 + 52);
        CHECK(worst(std::span(y).subspan(static_cast<std::size_t>(c * 52), 52), convolved(one, taps, plane)) <
              1e-5);
    }
}

TEST_CASE("functions of numbers are what libm says") {
    using kernels::Unary;
    std::vector<float> x = numbers(37, 1), y(37);
    for (float& v : x) v *= 9;
    const auto check = [&](Unary op, double (*truth)(double), double tolerance) {
        kernels::unary(op, x.size(), x.data(), y.data(), 0, 0);
        for (std::size_t i = 0; i < x.size(); ++i)
            CHECK(std::abs(y[i] - truth(x[i])) <= tolerance * (1 + std::abs(truth(x[i]))));
    };
    check(Unary::kExp, [](double v) { return std::exp(v); }, 1e-6);
    check(Unary::kSin, [](double v) { return std::sin(v); }, 3e-6);
    check(Unary::kCos, [](double v) { return std::cos(v); }, 3e-6);
    check(Unary::kSigmoid, [](double v) { return 1 / (1 + std::exp(-v)); }, 1e-6);
    std::vector<float> shares(3 * 5);
    kernels::softmax(3, 5, x.data(), shares.data());
    for (std::size_t i = 0; i < 5; ++i)
        CHECK(std::abs(shares[i] + shares[5 + i] + shares[10 + i] - 1) < 1e-6F);
}

TEST_CASE("packs paint their test portraits, in full and in half precision") {
    for (const char* folder : {"tests/browser/pack-tiny", "models/portrait"})
        for (const char* precision : {"fp32", "fp16"}) {
            INFO(folder << ' ' << precision);
            CHECK(off(folder, precision) <= 2.0);
        }
}

TEST_CASE("a network that is none is refused in a sentence") {
    const auto whole = repository_file("tests/fuzz/corpus/network/every-step.onnx");
    Result<Network> good = Network::open(whole);
    INFO((good ? "" : good.error().sentence));
    REQUIRE(good);
    CHECK(good->run().size() == good->output_count());
    CHECK(good->output_count() == 6 * 32 * 32);

    const auto code = [](std::span<const std::uint8_t> bytes) {
        const Result<Network> made = Network::open(bytes);
        if (made) return std::string("accepted");
        CHECK(made.error().sentence.ends_with('.'));
        return made.error().code;
    };
    CHECK(code({}) == "network.form");
    CHECK(code(std::vector<std::uint8_t>(100, 0xff)) == "network.form");
    for (std::size_t cut = 1; cut < whole.size(); cut += 61)
        CHECK(code(std::span(whole).first(cut)) == "network.form");
    const auto renamed = [&](std::string_view from, std::string_view to) {
        auto bytes = whole;
        const auto at = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
        REQUIRE(at != bytes.end());
        std::copy(to.begin(), to.end(), at);
        return bytes;
    };
    CHECK(code(renamed("Softmax", "Hardmax")) == "network.operator");
    CHECK(code(renamed("half_pixel", "asymmetric")) == "network.operator");
    CHECK(code(renamed("img", "omg")) == "network.shape");  // a step then reads what nobody gives
}
