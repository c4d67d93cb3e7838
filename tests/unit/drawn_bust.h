// The shipped pack's bust, for tests of it and of what is drawn by it.
#pragma once
#include "drawn.h"

#include "generator/bust.h"

namespace limner::tests {

inline const Bust& bust() {
    static const Bust open = [] {
        auto made = Bust::open(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count);
        REQUIRE(made);
        return *std::move(made);
    }();
    return open;
}

// As the network is asked for whoever is set so, undressed.
inline std::vector<float> numbers(const std::string& set) {
    return network_input(undressed(sit(person(set))));
}

}  // namespace limner::tests
