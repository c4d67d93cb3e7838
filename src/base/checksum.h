// Checksums of file formats (CRC-32 of PNG and ZIP, Adler-32 of zlib) and SHA-256 (FIPS 180-4) of packs and pictures.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace limner {

// Continue a sum by passing the last one.
std::uint32_t crc32(std::span<const std::uint8_t> bytes, std::uint32_t before = 0);
std::uint32_t adler32(std::span<const std::uint8_t> bytes, std::uint32_t before = 1);

class Sha256 {
public:
    void add(std::span<const std::uint8_t> bytes);
    std::string hex();  // 64 small hexadecimal digits; ends the sum

private:
    void block(const std::uint8_t* bytes);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> buffer_{};
    std::uint64_t length_ = 0;  // bytes so far
};

std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace limner
