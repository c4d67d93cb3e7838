// What weighing asks of the page's own code: portraits as the finish shows them (src/finish/plan.h).
//
//   finish_layers FILE.onnx SIDE SIZE < (vector, layers) … > pictures
//
// FILE has the initialisers of a skeleton and of a bust, or not: then nothing is drawn by them, as with such a pack. For each vector,
// f32 [network inputs], and the layers that were painted of it, f32 [planes of the schema, SIDE, SIDE], comes u8 [SIZE, SIZE, 4]: the
// sitter of these numbers cut out, straight alpha, colour on the display curve. The core draws what it draws on a page: with bare
// numbers, bare people. It answers until its input ends.
#include "finish/cpu.h"
#include "finish/plan.h"
#include "generator/bust.h"
#include "generator/skeleton.h"
#include "recipe/schema.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numbers>

namespace {

using namespace limner;

template <class T>
T need(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().sentence.c_str());
    std::exit(1);
}

double within(const Attribute& attribute, double x) { return std::clamp(x, attribute.min, attribute.max); }

// The recipe whose sitter has these numbers: network_input the other way.
Recipe recipe_of(std::span<const float> input) {
    Recipe recipe;
    for (const Attribute& attribute : schema().attributes) {
        const std::span<const float> own = input.subspan(static_cast<std::size_t>(attribute.input_offset),
                                                         static_cast<std::size_t>(attribute.input_count));
        nlohmann::json& value = recipe.set[attribute.id];
        if (attribute.type == Attribute::Type::choice) {
            const auto chosen =
                static_cast<std::size_t>(std::max_element(own.begin(), own.end()) - own.begin());
            value = attribute.choices[chosen].id;
        } else if (attribute.circular) {
            const double turned = std::atan2(own[1], own[0]) * 180 / std::numbers::pi;
            value = within(attribute, turned < attribute.min ? turned + 360 : turned);
        } else {
            std::vector<double> numbers;
            for (const float x : own) {
                const double reached = attribute.min + (x + 1) / 2.0 * (attribute.max - attribute.min);
                numbers.push_back(
                    within(attribute, attribute.initial + (reached - attribute.initial) / attribute.reach));
            }
            if (attribute.type == Attribute::Type::vector)
                value = numbers;
            else
                value = numbers[0];
        }
    }
    return recipe;
}

template <class T>
bool read(std::vector<T>& into) {
    return std::fread(into.data(), sizeof(T), into.size(), stdin) == into.size();
}

}  // namespace

int main(int count, char** words) {
    if (count != 4 || std::atoi(words[2]) < 8 || std::atoi(words[3]) < 8) {
        std::fputs("finish_layers FILE.onnx SIDE SIZE\n", stderr);
        return 2;
    }
    std::ifstream file(words[1], std::ios::binary);
    const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
    const std::span<const std::uint8_t> onnx(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const Result<Skeleton> skeleton = Skeleton::open(onnx, schema().input_count);
    const Result<Bust> bust = Bust::open(onnx, schema().input_count);
    const int side = std::atoi(words[2]);
    const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<float> input(static_cast<std::size_t>(schema().input_count + schema().noise_count));
    Layers layers;
    layers.width = layers.height = side;
    std::vector<float>* const planes[] = {&layers.rgb,     &layers.alpha,    &layers.normal, &layers.depth,
                                          &layers.regions, &layers.transfer, &layers.strands};
    for (std::size_t i = 0; i < std::size(planes); ++i)
        planes[i]->resize(static_cast<std::size_t>(schema().layers[i].channels) * pixels);
    for (int portrait = 0; read(input); ++portrait) {
        if (!std::all_of(std::begin(planes), std::end(planes), [](auto* plane) { return read(*plane); }))
            return 1;
        Recipe recipe = recipe_of(input);
        recipe.seed = "weighed/" + std::to_string(portrait);
        recipe.frame.size = std::atoi(words[3]);
        recipe.backdrop.kind = "transparent";
        const Points points = skeleton ? skeleton->points(input, input) : Points{};
        const Outline outline = bust ? bust->outline(input) : Outline{};
        LayersInfo info = layers_info(layers);
        if (skeleton) info.points = &points;
        if (bust) info.outline = &outline;
        const Picture picture = need(run(need(plan(info, recipe, styles())), layers));
        if (std::fwrite(picture.rgba.data(), 1, picture.rgba.size(), stdout) != picture.rgba.size()) return 1;
        std::fflush(stdout);
    }
    return 0;
}
