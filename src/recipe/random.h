// The one source of chance. Written rules, so that a recipe means the same in every language and on every machine:
//
//   state  = FNV-1a 64 over the seed's UTF-8 bytes, then 0x1F, then the stream's name
//   next   : state += 0x9E3779B97F4A7C15; z = state; z = (z ^ z>>30) * 0xBF58476D1CE4E5B9;
//            z = (z ^ z>>27) * 0x94D049BB133111EB; z ^ z>>31          (SplitMix64: Steele, Lea, Flood 2014)
//   uniform: ((next >> 12) + 0.5) / 2^52, never 0 or 1
//   normal : normal_quantile(uniform)
//
// One call, one draw. Every attribute of a sitter has its own stream, named by its id.
#pragma once
#include "base/exact.h"

#include <cstdint>
#include <string_view>

namespace limner {

class Stream {
public:
    Stream(std::string_view seed, std::string_view name) {
        state_ = 0xCBF29CE484222325ULL;
        eat(seed);
        eat("\x1F");
        eat(name);
    }

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    double uniform() { return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52; }
    double normal() { return normal_quantile(uniform()); }

private:
    void eat(std::string_view bytes) {
        for (const char c : bytes) {
            state_ ^= static_cast<unsigned char>(c);
            state_ *= 0x100000001B3ULL;
        }
    }

    std::uint64_t state_ = 0;
};

}  // namespace limner
