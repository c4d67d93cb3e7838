// A finished picture: what the canvas shows and Export writes.
#pragma once
#include <cstdint>
#include <vector>

namespace limner {

// sRGB, 8 bits a channel, straight alpha, row-major, top row first.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;  // width * height * 4
};

}  // namespace limner
