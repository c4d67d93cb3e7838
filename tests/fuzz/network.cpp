// Any bytes as a network; what is accepted must run within its memory.
#include "generator/network.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    Result<Network> network = Network::open({data, size});
    if (!network) {
        if (network.error().sentence.empty()) std::abort();
        return 0;
    }
    if (network->bytes() > (1U << 20)) return 0;  // it would take too long
    if (network->run().size() != network->output_count()) std::abort();
    return 0;
}
