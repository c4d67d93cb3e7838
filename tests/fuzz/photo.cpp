// Picture files of any kind: read or refused, never more pixels than allowed.
#include "photo/decode.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto photo = limner::decode_picture({data, size});
    if (photo && photo->rgba.size() !=
                     4 * static_cast<std::size_t>(photo->width) * static_cast<std::size_t>(photo->height))
        std::abort();
    if (!photo && photo.error().sentence.empty()) std::abort();
    return 0;
}
