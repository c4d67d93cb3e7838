// The pack's network for JavaScript, on the processor (generator/network.h); works without a screen. One at a time.
#include "generator/network.h"

#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/skeleton.h"
#include "recipe/schema.h"

#include <algorithm>
#include <cmath>
#include <emscripten/bind.h>
#include <optional>

using emscripten::val;

namespace limner::platform {
namespace {

std::optional<Network>& network() {
    static std::optional<Network> open;
    return open;
}

void keep_geometry(std::span<const std::uint8_t> onnx) {
    Result<Skeleton> points = Skeleton::open(onnx, schema().input_count);
    skeleton() = points ? std::optional(*std::move(points)) : std::nullopt;
    Result<Bust> mesh = Bust::open(onnx, schema().input_count);
    bust() = mesh ? std::optional(*std::move(mesh)) : std::nullopt;
    ++packs_opened();
}

val open_network(const val& bytes) {
    const std::vector<std::uint8_t> file = copied_in<std::uint8_t>(bytes);
    Result<Network> made = Network::open(file);
    if (!made) return failed(made.error());
    const auto inputs = static_cast<std::size_t>(schema().input_count),
               noise = static_cast<std::size_t>(schema().noise_count);
    if (made->input_count("sitter") != inputs || made->input_count("noise") != noise)
        return failed({"pack.schema", "The pack's network takes other numbers than this Limner gives."});
    keep_geometry(file);
    const std::size_t maps = made->input_count("bust");
    if (maps > 0 &&
        (!bust() ||
         maps != kBustMaps * made->output_count() / static_cast<std::size_t>(schema().plane_count()) ||
         made->input_count("lit") * kBustMaps * 4 != maps * kLitMaps))
        return failed({"pack.schema", "The pack's network takes other maps than this Limner draws."});
    network() = *std::move(made);
    return good(val(true));
}

// Of a network that runs elsewhere only what is known of its sitters' shape. Gives whether it has what the finish draws by.
bool open_geometry(const val& bytes) {
    keep_geometry(copied_in<std::uint8_t>(bytes));
    return skeleton().has_value();
}

// For a network that runs elsewhere: Float32Array [kBustMaps * side * side + kLitMaps * side * side / 4], its inputs "bust" and "lit".
val bust_maps(const val& input, int side) {
    const std::vector<float> numbers = copied_in<float>(input);
    const auto count = static_cast<std::size_t>(schema().input_count);
    if (!bust() || numbers.size() < count || side < 16 || side > 2048 || side % 2 != 0)
        return failed({"network.none", "There is no network to draw maps for."});
    const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<float> maps(kBustMaps * pixels + kLitMaps * pixels / 4);
    const std::span<float> all(maps);
    bust()->maps(numbers, side, all.first(kBustMaps * pixels), all.subspan(kBustMaps * pixels));
    return good(copied_out<float>(maps));
}

// `input`: Float32Array [input_count + noise_count]. Gives Float32Array [28 * side * side], in the order of the schema's layers.
val run_network(const val& input) {
    if (!network()) return failed({"network.none", "There is no network to paint with."});
    const std::vector<float> numbers = copied_in<float>(input);
    const std::span<float> sitter = network()->input("sitter"), noise = network()->input("noise");
    if (numbers.size() != sitter.size() + noise.size())
        return failed({"network.input", "The network takes as many numbers as the schema says."});
    std::copy_n(numbers.begin(), sitter.size(), sitter.begin());
    std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(sitter.size()), noise.size(), noise.begin());
    const std::span<float> near = network()->input("bust"), lit = network()->input("lit");
    if (!near.empty()) {
        const auto side = static_cast<int>(std::lround(std::sqrt(near.size() / kBustMaps)));
        bust()->maps(numbers, side, near, lit);
    }
    return good(copied_out<float>(network()->run()));
}

}  // namespace

std::optional<Skeleton>& skeleton() {
    static std::optional<Skeleton> open;
    return open;
}

std::optional<Bust>& bust() {
    static std::optional<Bust> open;
    return open;
}

int& packs_opened() {
    static int count = 0;
    return count;
}

}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_network) {
    using namespace limner::platform;
    emscripten::function("openNetwork", &open_network);
    emscripten::function("openGeometry", &open_geometry);
    emscripten::function("bustMaps", &bust_maps);
    emscripten::function("runNetwork", &run_network);
}
