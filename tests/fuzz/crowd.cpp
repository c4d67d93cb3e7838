// Any bytes as a crowd: refused with a sentence, or understood, printed and understood alike, with people in it.
#include "sitter/crowd.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    const Result<Crowd> crowd = parse_crowd({reinterpret_cast<const char*>(data), size});
    if (!crowd) {
        if (crowd.error().sentence.empty() || crowd.error().sentence.size() > 1000) std::abort();
        return 0;
    }
    const Result<Crowd> again = parse_crowd(print_crowd(*crowd));
    if (!again || !(*again == *crowd)) std::abort();
    for (const std::uint64_t index : {std::uint64_t{0}, kMostPeople - 1}) {
        if (!parse_recipe(print_recipe(crowd_recipe(*crowd, index)))) std::abort();
    }
    return 0;
}
