// Huffman codes as DEFLATE uses them (RFC 1951), and the tables both directions share.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace limner {

// Match lengths 257..285 and distances 0..29: smallest value and how many extra bits follow.
inline constexpr std::array<std::uint16_t, 29> kLengthBase{3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                           15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                           67, 83, 99, 115, 131, 163, 195, 227, 258};
inline constexpr std::array<std::uint8_t, 29> kLengthExtra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
inline constexpr std::array<std::uint16_t, 30> kDistanceBase{
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
inline constexpr std::array<std::uint8_t, 30> kDistanceExtra{
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
inline constexpr std::array<std::uint8_t, 19> kCodeOrder{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                         11, 4,  12, 3, 13, 2, 14, 1, 15};

// Best code lengths of at most `limit` bits for these counts (package-merge: Larmore and Hirschberg 1990).
// Symbols that never occur get 0; a lone symbol gets 1.
std::vector<std::uint8_t> huffman_lengths(std::span<const std::uint32_t> counts, int limit);

// The canonical codes of these lengths, bits reversed for a writer that starts at the low bit.
std::vector<std::uint16_t> huffman_codes(std::span<const std::uint8_t> lengths);

}  // namespace limner
