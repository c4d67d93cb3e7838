// Somebody with everything the finish draws by the pack's skeleton, on a grey face: what the tests of skin, hair and clothes share.
#pragma once
#include "finish/cpu.h"
#include "finish/plan.h"
#include "generator/skeleton.h"
#include "recipe/schema.h"
#include "repository_file.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <array>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <string>

namespace limner::tests {

inline const Skeleton& skeleton() {
    static const Skeleton open = [] {
        auto made =
            Skeleton::open(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count);
        REQUIRE(made);
        return *std::move(made);
    }();
    return open;
}

inline Recipe person(const std::string& set) {
    const auto recipe = parse_recipe(
        R"({"limner":1,"seed":"ada","frame":{"size":256},"backdrop":{"kind":"plain"},"set":{"pose.yaw":0,"pose.pitch":0,"pose.roll":0,)"
        R"("gaze.x":0,"gaze.y":0,"hair.style":"buzz","beard.style":"none","expression.blink":0,"expression.wink":0,"expression.squint":0)" +
        set + "}}");
    REQUIRE(recipe);
    return *recipe;
}

inline Points points(const Skeleton& of, const std::string& set) {
    const Sitter sitter = sit(person(set));
    return of.points(network_input(sitter), network_input(undressed(sitter)));
}
inline Points points(const std::string& set) { return points(skeleton(), set); }

// A grey face that is all skin, with eyes where the pack has them, everywhere as deep as the nearest landmark.
inline Layers grey(const Points& p) {
    constexpr int size = 128;
    Layers layers;
    layers.width = layers.height = size;
    const std::size_t n = layers.pixels();
    layers.rgb.assign(3 * n, 0.4F);
    layers.alpha.assign(n, 1);
    layers.normal.assign(3 * n, 0);
    std::fill(layers.normal.begin() + static_cast<std::ptrdiff_t>(2 * n), layers.normal.end(), 1.0F);
    layers.depth.assign(n, 0);
    layers.regions.assign(8 * n, 0);
    layers.transfer.assign(8 * n, 0.125F);
    layers.strands.assign(4 * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        const float x = (static_cast<float>(i % size) + 0.5F) / size * 2 - 1,
                    y = (static_cast<float>(i / size) + 0.5F) / size * 2 - 1;
        float eyes = 0, nearest = 9;
        for (int k = 0; k < kLandmarks; ++k) {
            const AnchorPoint& a = p.anchors[static_cast<std::size_t>(k)];
            const float far = std::hypot(x - a.x, y - a.y);
            if (far < nearest) nearest = far, layers.depth[i] = a.depth;
        }
        for (const std::size_t at : {std::size_t{kEyeAnchors + 1}, std::size_t{kEyeAnchors + 3}})
            if (std::abs(x - p.anchors[at].x) < 0.11F && std::abs(y - p.anchors[at].y) < 0.05F) eyes = 1;
        layers.regions[i] = 1 - eyes;
        layers.regions[3 * n + i] = eyes;
    }
    return layers;
}

struct Painted {
    Picture picture;
    // Mean of red, green and blue at a place of the picture.
    int at(float x, float y) const {
        const auto [r, g, b] = rgb(x, y);
        return (r + g + b) / 3;
    }
    std::array<int, 3> rgb(float x, float y) const {
        const int px = static_cast<int>((x + 1) * 0.5F * static_cast<float>(picture.width)),
                  py = static_cast<int>((y + 1) * 0.5F * static_cast<float>(picture.height));
        const std::size_t i = 4 * (static_cast<std::size_t>(py) * static_cast<std::size_t>(picture.width) +
                                   static_cast<std::size_t>(px));
        return {picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2]};
    }
};

inline Painted painted(const std::string& set, const Points& p, const Layers& layers, bool drawn = true) {
    LayersInfo info = layers_info(layers);
    if (drawn) info.points = &p;
    const auto made = plan(info, person(set), styles());
    REQUIRE(made);
    auto picture = run(*made, layers);
    REQUIRE(picture);
    return {*std::move(picture)};
}
inline Painted painted(const std::string& set, bool drawn = true) {
    const Points p = points(set);
    return painted(set, p, grey(p), drawn);
}

inline int passes(const std::string& set, const std::string& primitive) {
    const Points p = points(set);
    LayersInfo info{256, 256, false};
    info.points = &p;
    const auto made = plan(info, person(set), styles());
    REQUIRE(made);
    return static_cast<int>(std::count_if(made->passes.begin(), made->passes.end(),
                                          [&](const PlanPass& pass) { return pass.primitive == primitive; }));
}

}  // namespace limner::tests
