// The pack's network for JavaScript, on the processor (generator/network.h); works without a screen. One at a time.
#include "generator/network.h"

#include "platform/answer.h"
#include "platform/arrays.h"
#include "platform/skeleton.h"
#include "recipe/schema.h"

#include <algorithm>
#include <emscripten/bind.h>
#include <optional>

using emscripten::val;

namespace limner::platform {
namespace {

std::optional<Network>& network() {
    static std::optional<Network> open;
    return open;
}

void keep_skeleton(std::span<const std::uint8_t> onnx) {
    Result<Skeleton> made = Skeleton::open(onnx, schema().input_count);
    skeleton() = made ? std::optional(*std::move(made)) : std::nullopt;
}

val open_network(const val& bytes) {
    const std::vector<std::uint8_t> file = copied_in<std::uint8_t>(bytes);
    Result<Network> made = Network::open(file);
    if (!made) return failed(made.error());
    const auto inputs = static_cast<std::size_t>(schema().input_count),
               noise = static_cast<std::size_t>(schema().noise_count);
    if (made->input_count("sitter") != inputs || made->input_count("noise") != noise)
        return failed({"pack.schema", "The pack's network takes other numbers than this Limner gives."});
    network() = *std::move(made);
    keep_skeleton(file);
    return good(val(true));
}

// Of a network that runs elsewhere only what the finish draws by. Gives whether it has that.
bool open_skeleton(const val& bytes) {
    keep_skeleton(copied_in<std::uint8_t>(bytes));
    return skeleton().has_value();
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
    return good(copied_out<float>(network()->run()));
}

}  // namespace

std::optional<Skeleton>& skeleton() {
    static std::optional<Skeleton> open;
    return open;
}

}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_network) {
    using namespace limner::platform;
    emscripten::function("openNetwork", &open_network);
    emscripten::function("openSkeleton", &open_skeleton);
    emscripten::function("runNetwork", &run_network);
}
