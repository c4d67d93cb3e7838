// Any bytes as pack.json; what is accepted must be safe to unpack an output with.
#include "generator/pack.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    const Result<Pack> pack = parse_pack({reinterpret_cast<const char*>(data), size});
    if (!pack) {
        if (pack.error().sentence.empty()) std::abort();
        return 0;
    }
    if (pack->files.empty() ||
        pack->golden.input.size() != static_cast<std::size_t>(pack->input_count + pack->noise_count))
        std::abort();
    if (pack->side > 64) return 0;
    const std::vector<float> output(static_cast<std::size_t>(pack->planes * pack->side * pack->side), 0.5F);
    const Result<Layers> layers = unpack_layers(output, *pack);
    if (!layers) std::abort();
    for (const auto& [backend, tolerance] : pack->golden.tolerance) {
        if (golden_check(*layers, *pack, backend) && tolerance < 0) std::abort();
    }
    if (check_pack_file(pack->files[0], {data, size}) && pack->files[0].bytes != size) std::abort();
    return 0;
}
