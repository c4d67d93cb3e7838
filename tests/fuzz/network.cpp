// Any bytes as a network, and as one with a skeleton; what is accepted must run within its memory.
#include "generator/network.h"
#include "generator/skeleton.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    if (const Result<Skeleton> skeleton = Skeleton::open({data, size}, 8)) {
        const std::vector<float> input(8, 0.5F);
        if (skeleton->points(input, input).worn.size() != kFittings) std::abort();
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
