// Any bytes as a network, and as one with a skeleton or a bust; what is accepted must run within its memory.
#include "generator/bust.h"
#include "generator/network.h"
#include "generator/skeleton.h"

#include "recipe/schema.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    if (const Result<Skeleton> skeleton = Skeleton::open({data, size}, 8)) {
        const std::vector<float> input(8, 0.5F);
        if (skeleton->points(input, input).worn.size() != kFittings) std::abort();
    }
    const int inputs = schema().input_count;
    if (const Result<Bust> bust = Bust::open({data, size}, inputs)) {
        const std::vector<float> input(static_cast<std::size_t>(inputs), 0.5F);
        std::vector<float> near(kBustMaps * 64), lit(kLitMaps * 16);
        bust->maps(input, 8, near, lit);
    }
    Result<Network> network = Network::open({data, size});
    if (!network) {
        if (network.error().sentence.empty()) std::abort();
        return 0;
    }
    if (network->bytes() > (1U << 20)) return 0;  // it would take too long
    if (network->run().size() != network->output_count()) std::abort();
    return 0;
}
