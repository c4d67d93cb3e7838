// Packs: a network is only run when its description, its bytes and its first picture are what they should be.
#include "base/base64.h"
#include "base/checksum.h"
#include "generator/bust.h"
#include "generator/pack.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <cstring>
#include <limits>

using namespace limner;

namespace {

using nlohmann::json;
constexpr int kSide = 32, kSmall = 16;

Bytes network() {
    Bytes bytes(1000, 42);
    bytes[0] = 8;
    bytes[1] = 9;
    return bytes;
}

std::vector<float> painted() {
    std::vector<float> out(static_cast<std::size_t>(kSide * kSide * schema().plane_count()));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(i % 97) / 97;
    return out;
}

json description() {
    json pack;
    pack["pack"] = 1;
    pack["name"] = "portrait";
    pack["version"] = "1.0.0";
    pack["licence"] = "CC0-1.0";
    pack["schema"] = schema().version;
    pack["inputs"] = {{{"name", "sitter"}, {"shape", {1, schema().input_count}}},
                      {{"name", "noise"}, {"shape", {1, schema().noise_count}}}};
    pack["outputs"] = {{{"name", "layers"}, {"shape", {1, schema().plane_count(), kSide, kSide}}}};
    pack["files"] = {{{"name", "portrait.fp16.onnx"},
                      {"precision", "fp16"},
                      {"bytes", 1000},
                      {"sha256", sha256_hex(network())}}};
    Layers layers;
    layers.width = layers.height = kSide;
    const std::vector<float> all = painted();
    layers.rgb.assign(all.begin(), all.begin() + kSide * kSide * 3);
    layers.alpha.assign(all.begin() + kSide * kSide * 3, all.begin() + kSide * kSide * 4);
    pack["golden"] = {{"seed", "ada"},
                      {"size", kSmall},
                      {"rgb", to_base64url(golden_thumbnail(layers, kSmall))},
                      {"tolerance", {{"webgpu", 10}, {"wasm", 4}}}};
    return pack;
}

Error refused(const json& pack) {
    const Result<Pack> result = parse_pack(pack.dump());
    REQUIRE_FALSE(result);
    CHECK(result.error().sentence.ends_with('.'));
    return result.error();
}

}  // namespace

TEST_CASE("a pack paints by maps of busts as this Limner draws them, by both, or by none") {
    CHECK(parse_pack(description().dump())->bust_maps == 0);
    const json near = {{"name", "bust"}, {"shape", {1, kBustMaps, kSide, kSide}}},
               lit = {{"name", "lit"}, {"shape", {1, kLitMaps, kSide / 2, kSide / 2}}};
    json pack = description();
    pack["inputs"].push_back(near);
    CHECK(refused(pack).code == "pack.schema");
    pack["inputs"].push_back(lit);
    const Result<Pack> whole = parse_pack(pack.dump());
    REQUIRE(whole);
    CHECK(whole->bust_maps == kBustMaps);
    CHECK(whole->lit_maps == kLitMaps);
    pack["inputs"][2]["shape"][1] = kBustMaps + 1;
    CHECK(refused(pack).code == "pack.schema");
}

TEST_CASE("a pack that fits is understood") {
    const Result<Pack> pack = parse_pack(description().dump());
    INFO((pack ? "" : pack.error().sentence));
    REQUIRE(pack);
    CHECK(pack->side == kSide);
    CHECK(pack->input_count == schema().input_count);
    CHECK(pack->file("fp16")->bytes == 1000);
    CHECK(pack->file("fp32") == nullptr);
    CHECK_FALSE(pack->foresight);
    Recipe ada;
    ada.seed = "ada";
    CHECK(pack->golden.input == network_input(sit(ada)));

    json spelled = description();
    spelled["golden"].erase("seed");
    spelled["golden"]["input"] =
        std::vector<double>(static_cast<std::size_t>(schema().input_count + schema().noise_count), 0.5);
    CHECK(parse_pack(spelled.dump())->golden.input[7] == 0.5F);
}

TEST_CASE("a pack foretells what its perceptron says, and a broken one is refused") {
    const auto inputs = static_cast<std::size_t>(schema().input_count);
    // Two units: the first number, less a half, and its opposite. Out: 3 times the one, 2 times the other; 10 and twice the last number.
    std::vector<float> weights(Foresight::weight_count(inputs, 2));
    weights[0] = 1, weights[inputs] = -1;
    weights[2 * inputs] = -0.5F, weights[2 * inputs + 1] = 0.5F;
    weights[2 * inputs + 2] = 3, weights[2 * inputs + 3] = 2;
    weights[3 * inputs + 3] = 2, weights.back() = 10;
    const auto packed = [](const std::vector<float>& numbers) {
        std::vector<std::uint8_t> bytes(numbers.size() * sizeof(float));
        std::memcpy(bytes.data(), numbers.data(), bytes.size());
        return to_base64url(bytes);
    };
    json pack = description();
    pack["quality"] = {{"threshold", 21.5}, {"hidden", 2}, {"weights", packed(weights)}};
    const Result<Pack> read = parse_pack(pack.dump());
    INFO((read ? "" : read.error().sentence));
    REQUIRE(read);
    CHECK(read->foresight->threshold == 21.5);
    std::vector<float> input(inputs + 3);
    input[0] = 1.5F, input[inputs - 1] = 4;
    CHECK(read->foresight->foretold(input) == Catch::Approx(10 + 3 * 1 + 2 * -0.2 + 2 * 4));

    const auto refusal = [&](const char* key, const json& value) {
        json other = pack;
        other["quality"][key] = value;
        return refused(other).sentence.substr(std::string("The pack's description is wrong: ").size());
    };
    CHECK(refusal("threshold", "high") == "quality.threshold must be a number in its range.");
    CHECK(refusal("hidden", 3) == "quality.weights must be base64 of as many numbers as its perceptron has.");
    CHECK(refusal("weights", "?") ==
          "quality.weights must be base64 of as many numbers as its perceptron has.");
    weights[5] = std::numeric_limits<float>::quiet_NaN();
    CHECK(refusal("weights", packed(weights)) == "quality.weights holds what is no number.");
}

TEST_CASE("a pack for another schema is refused as such") {
    json pack = description();
    pack["schema"] = 2;
    CHECK(refused(pack).code == "pack.schema");
    pack = description();
    pack["inputs"][0]["shape"][1] = 7;
    CHECK(refused(pack).sentence == "The pack's description is wrong: it does not take the " +
                                        std::to_string(schema().input_count) + " numbers of a sitter and " +
                                        std::to_string(schema().noise_count) +
                                        " of noise that this Limner gives.");
    pack = description();
    pack["outputs"][0]["shape"][1] = 4;
    CHECK(refused(pack).code == "pack.schema");
    pack["pack"] = 2;
    CHECK(refused(pack).code == "pack.version");
}

TEST_CASE("every other mistake in a pack has its sentence") {
    const auto with = [](const char* pointer, const json& value) {
        json pack = description();
        pack[json::json_pointer(pointer)] = value;
        return refused(pack).sentence.substr(std::string("The pack's description is wrong: ").size());
    };
    CHECK(with("/name", "../x") == "name must be a short plain text.");
    CHECK(with("/inputs", 3) == "inputs must be a list.");
    CHECK(with("/outputs/0/shape", {1, schema().plane_count(), 32, 64}) ==
          "it must paint squares of 16 to 2048 pixels.");
    CHECK(with("/outputs/0/shape/2", 1e9) == "layers has a shape with something that is no size.");
    CHECK(with("/files", json::array()) == "files must be a list.");
    CHECK(with("/files/0/name", "a/b.onnx") == "files[0].name must be a short plain text.");
    CHECK(with("/files/0/name", "b.exe") == "files[0].name must end in .onnx.");
    CHECK(with("/files/0/precision", "fp8") == "files[0].precision must be fp32, fp16 or int8.");
    CHECK(with("/files/0/bytes", -1) == "files[0].bytes must be a number in its range.");
    CHECK(with("/files/0/sha256", "abc") == "files[0].sha256 must be 64 hexadecimal digits.");
    CHECK(with("/golden", nullptr) == "the golden thumbnail is missing.");
    CHECK(with("/golden/size", 5) == "golden.size must divide the side of its pictures.");
    CHECK(with("/golden/rgb", "AAAA") == "golden.rgb must be base64 of size * size * 3 bytes.");
    CHECK(with("/golden/input", {1, 2}).starts_with("golden.input must have "));
    CHECK(with("/golden/tolerance", json::object()) == "golden.tolerance must name its backends.");
    CHECK(parse_pack("").error().code == "pack.json");
    CHECK(parse_pack(std::string(2 << 20, ' ')).error().code == "pack.size");
}

TEST_CASE("truncated, exchanged and foreign networks are told apart") {
    const Pack pack = *parse_pack(description().dump());
    const PackFile& file = pack.files[0];
    CHECK(check_pack_file(file, network()));
    const Bytes bytes = network();
    CHECK(check_pack_file(file, std::span(bytes).first(400)).error().sentence ==
          "The generator portrait.fp16.onnx is incomplete: 0.0 MB (400 bytes) instead of 0.0 MB (1000). Load "
          "the page again.");
    Bytes changed = bytes;
    changed[500] ^= 1;
    CHECK(check_pack_file(file, changed).error().code == "pack.hash");
    PackFile page = file;
    const Bytes html(1000, '<');
    page.sha256 = sha256_hex(html);
    CHECK(check_pack_file(page, html).error().code == "pack.onnx");
}

TEST_CASE("the network's output becomes layers, and broken drivers are noticed") {
    const Pack pack = *parse_pack(description().dump());
    std::vector<float> output = painted();
    const Layers layers = *unpack_layers(output, pack);
    CHECK(layers.pixels() == kSide * kSide);
    CHECK(layers.rgb.size() == layers.pixels() * 3);
    CHECK(layers.alpha[0] == output[kSide * kSide * 3]);
    CHECK(layers.normal.size() == layers.pixels() * 3);
    CHECK(layers.depth[0] == output[kSide * kSide * 7]);
    CHECK(layers.regions.size() == layers.pixels() * 8);
    CHECK(layers.strands.back() == output.back());

    CHECK(*golden_check(layers, pack, "wasm") == 0);
    Layers darker = layers;
    for (float& x : darker.rgb) x *= 0.8F;
    CHECK(golden_check(darker, pack, "webgpu").error().code == "generator.golden");
    Layers nearly = layers;
    for (float& x : nearly.rgb) x *= 0.95F;
    CHECK(*golden_check(nearly, pack, "webgpu") > 0);
    CHECK_FALSE(golden_check(nearly, pack, "wasm"));
    CHECK_FALSE(golden_check(layers, pack, "abacus"));
    CHECK_FALSE(golden_check(Layers{}, pack, "wasm"));

    CHECK(unpack_layers(std::span(output).first(10), pack).error().code == "generator.size");
    output[77] = std::numeric_limits<float>::quiet_NaN();
    CHECK(unpack_layers(output, pack).error().code == "generator.numbers");
}
