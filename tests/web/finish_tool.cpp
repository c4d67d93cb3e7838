// Runs the C++ side of Finish on raw files, for the tests that hold shaders and C++ side by side.
//
//   finish_tool --recipe FILE --source FILE --size WxH --planes 4|28 --out FOLDER
//               [--style FILE] [--skeleton PACK.onnx] [--window X,Y,W,H] [--full WxH] [--example FILE --example-size WxH] [--images yes] [--repeat N | --passes N --to FILE | --plan-only yes]
//   finish_tool --photo FILE --size WxH --recipe FILE --out FOLDER      rgba8 in, finished in tiles: picture.raw
//   finish_tool --styles | --primitives
//
// With --skeleton a sitter is drawn on by what that pack knows of where the parts are and where skin ends. The source is planar float32; the example rgba8. FOLDER gets plan.json, float.raw (float32 rgba), picture.raw (rgba8), and images.raw:
// what every pass made, one after the other.
#include "finish/cpu.h"
#include "finish/primitive.h"
#include "finish/tiled.h"
#include "generator/bust.h"
#include "generator/skeleton.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

namespace {

using namespace limner;

std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) std::fprintf(stderr, "finish_tool: cannot read %s\n", path.c_str()), std::exit(2);
    return {std::istreambuf_iterator<char>(in), {}};
}

void spill(const std::string& path, const void* data, std::size_t bytes) {
    std::ofstream out(path, std::ios::binary);
    out.write(static_cast<const char*>(data), static_cast<std::streamsize>(bytes));
    if (!out) std::fprintf(stderr, "finish_tool: cannot write %s\n", path.c_str()), std::exit(2);
}

template <class T>
T take(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", result.error().sentence.c_str()), std::exit(1);
    return std::move(*result);
}

void list_styles() {
    nlohmann::json list = nlohmann::json::array();
    for (const Style& s : styles().all()) {
        nlohmann::json parameters = nlohmann::json::array();
        for (const StyleParameter& p : s.parameters)
            parameters.push_back(
                {{"id", p.id}, {"label", p.label}, {"min", p.min}, {"max", p.max}, {"default", p.initial}});
        list.push_back({{"name", s.name},
                        {"label", s.label},
                        {"family", s.family},
                        {"help", s.help},
                        {"keeps_skin", s.keeps_skin},
                        {"parameters", parameters}});
    }
    std::cout << list.dump(1) << "\n";
}

void list_primitives() {
    nlohmann::json list = nlohmann::json::array();
    for (const finish::Primitive& p : finish::primitives()) {
        nlohmann::json numbers = nlohmann::json::array();
        for (const finish::Number& n : p.numbers)
            numbers.push_back({{"name", n.name},
                               {"kind", static_cast<int>(n.kind)},
                               {"min", n.min},
                               {"max", n.max},
                               {"initial", n.initial}});
        list.push_back({{"name", p.name}, {"inputs", p.inputs}, {"numbers", numbers}});
    }
    std::cout << list.dump() << "\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string(argv[1]) == "--styles") return list_styles(), 0;
    if (argc == 2 && std::string(argv[1]) == "--primitives") return list_primitives(), 0;
    std::map<std::string, std::string> options;
    for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
    const auto size = [&](const char* name, int& w, int& h) {
        if (options.count(name) && std::sscanf(options[name].c_str(), "%dx%d", &w, &h) != 2) std::exit(2);
    };

    if (options.count("--photo")) {
        int width = 0, height = 0;
        size("--size", width, height);
        const std::string bytes = slurp(options["--photo"]);
        const Photo photo = take(open_photo(width, height, {bytes.begin(), bytes.end()}));
        const Picture picture =
            take(finish_photo(photo, take(parse_recipe(slurp(options["--recipe"]))), styles()));
        spill(options["--out"] + "/picture.raw", picture.rgba.data(), picture.rgba.size());
        return 0;
    }
    LayersInfo info;
    size("--size", info.width, info.height);
    size("--full", info.full_width, info.full_height);
    size("--example-size", info.example_width, info.example_height);
    info.photo = options["--planes"] == "4";
    const std::string source = slurp(options["--source"]);
    Layers layers{info.width, info.height, {}, {}, {}, {}, {}, {}, {}};
    const auto* planes = reinterpret_cast<const float*>(source.data());
    const std::size_t n = layers.pixels();
    if (source.size() != n * 4 * (info.photo ? 4 : kSourcePlanes))
        return std::fprintf(stderr, "finish_tool: the source has not the size said\n"), 2;
    layers.rgb.assign(planes, planes + 3 * n);
    layers.alpha.assign(planes + 3 * n, planes + 4 * n);
    if (!info.photo) {
        layers.normal.assign(planes + 4 * n, planes + 7 * n);
        layers.depth.assign(planes + 7 * n, planes + 8 * n);
        layers.regions.assign(planes + 8 * n, planes + 16 * n);
        layers.transfer.assign(planes + 16 * n, planes + 24 * n);
        layers.strands.assign(planes + 24 * n, planes + 28 * n);
    }
    Picture example{info.example_width, info.example_height, {}};
    if (options.count("--example")) {
        const std::string bytes = slurp(options["--example"]);
        example.rgba.assign(bytes.begin(), bytes.end());
    }

    const Recipe recipe = take(parse_recipe(slurp(options["--recipe"])));
    StyleLibrary library = options.count("--style") ? StyleLibrary() : styles();
    if (options.count("--style"))
        if (auto added = library.add(take(parse_style(slurp(options["--style"])))); !added) return 1;
    Window window;
    if (options.count("--window"))
        std::sscanf(options["--window"].c_str(), "%d,%d,%d,%d", &window.x, &window.y, &window.width,
                    &window.height);
    Points points;
    Outline outline;
    if (options.count("--skeleton")) {
        const std::string file = slurp(options["--skeleton"]);
        const std::span<const std::uint8_t> bytes{reinterpret_cast<const std::uint8_t*>(file.data()),
                                                  file.size()};
        const Skeleton skeleton = take(Skeleton::open(bytes, schema().input_count));
        const Sitter sitter = sit(recipe);
        const std::vector<float> bare = network_input(undressed(sitter));
        points = skeleton.points(network_input(sitter), bare);
        info.points = &points;
        outline = take(Bust::open(bytes, schema().input_count)).outline(bare);
        info.outline = &outline;
    }
    const Plan made = take(plan(info, recipe, library, window));
    const Picture* with = example.rgba.empty() ? nullptr : &example;

    const std::string out = options["--out"];
    const std::string text = plan_json(made).dump();
    spill(out + "/plan.json", text.data(), text.size());
    if (options.count("--passes")) {  // the best of N, for each pass
        std::vector<double> best;
        for (int i = 0; i < std::max(std::atoi(options["--passes"].c_str()), 1); ++i) {
            (void)take(
                run_float(made, layers, with, [&](std::size_t pass, double ms, std::span<const float>) {
                    if (i == 0)
                        best.push_back(ms);
                    else
                        best[pass] = std::min(best[pass], ms);
                }));
        }
        nlohmann::json list = nlohmann::json::array();
        for (std::size_t k = 0; k < best.size(); ++k)
            list.push_back({{"primitive", made.passes[k].primitive},
                            {"width", made.images[static_cast<std::size_t>(made.passes[k].output)].width},
                            {"ms", best[k]}});
        const std::string told = list.dump();
        spill(options["--to"], told.data(), told.size());
        return 0;
    }
    if (options.count("--plan-only")) return 0;
    const int repeat = options.count("--repeat") ? std::atoi(options["--repeat"].c_str()) : 0;
    for (int i = 0; i < repeat; ++i) {
        const auto from = std::chrono::steady_clock::now();
        (void)take(run(made, layers, with));
        std::printf(
            "%.1f ms\n",
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
    }
    PassTold told;
    std::vector<float> images;
    if (options.count("--images"))
        told = [&](std::size_t, double, std::span<const float> image) {
            images.insert(images.end(), image.begin(), image.end());
        };
    const FloatImage floats = take(run_float(made, layers, with, told));
    if (told) spill(out + "/images.raw", images.data(), images.size() * 4);
    spill(out + "/float.raw", floats.rgba.data(), floats.rgba.size() * 4);
    Picture picture{floats.width, floats.height, {}};
    for (const float v : floats.rgba)
        picture.rgba.push_back(static_cast<std::uint8_t>(limner::saturate(v) * 255.0F + 0.5F));
    spill(out + "/picture.raw", picture.rgba.data(), picture.rgba.size());
    return 0;
}
