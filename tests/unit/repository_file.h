// A file of the repository, for tests that read one.
#pragma once
#include <catch_amalgamated.hpp>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

inline std::vector<std::uint8_t> repository_file(const std::string& path) {
    std::ifstream stream(std::string(LIMNER_SOURCE_DIR "/") + path, std::ios::binary);
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>(stream), {}};
}
