// What training asks of the page's own code: maps of busts (src/generator/bust.h).
//
//   bust_maps FILE.onnx SIDE < vectors > maps
//
// FILE has the initialisers of a bust. For each vector, f32 [network inputs], comes f32 [kBustMaps, SIDE, SIDE] and
// [kLitMaps, SIDE / 2, SIDE / 2]; all as this machine has them in memory. It answers until its input ends.
#include "generator/bust.h"
#include "recipe/schema.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

int main(int count, char** words) {
    using namespace limner;
    if (count != 3 || std::atoi(words[2]) < 8 || std::atoi(words[2]) % 2 != 0) {
        std::fputs("bust_maps FILE.onnx SIDE\n", stderr);
        return 2;
    }
    std::ifstream file(words[1], std::ios::binary);
    const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
    const Result<Bust> bust =
        Bust::open({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, schema().input_count);
    if (!bust) {
        std::fprintf(stderr, "%s\n", bust.error().sentence.c_str());
        return 1;
    }
    const int side = std::atoi(words[2]);
    const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<float> input(static_cast<std::size_t>(schema().input_count + schema().noise_count)),
        maps(kBustMaps * pixels + kLitMaps * pixels / 4);
    while (std::fread(input.data(), sizeof(float), input.size(), stdin) == input.size()) {
        bust->maps(input, side, std::span(maps).first(kBustMaps * pixels),
                   std::span(maps).subspan(kBustMaps * pixels));
        if (std::fwrite(maps.data(), sizeof(float), maps.size(), stdout) != maps.size()) return 1;
        std::fflush(stdout);
    }
    return 0;
}
