// DEFLATE (RFC 1951) and its zlib wrapping (RFC 1950), both ways. Our own, so that the page, the tests and the command
// line share one code without a library in WebAssembly, and write the same bytes everywhere.
#pragma once
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace limner {

using Bytes = std::vector<std::uint8_t>;

// Raw deflate: LZ77 with lazy matching over 32 KiB, length-limited Huffman codes chosen per block.
Bytes deflate(std::span<const std::uint8_t> data);

// Undoes it. Never gives more than `max_size` bytes ("deflate.size"), whatever the data claims; broken data is
// "deflate.broken". `used`, if given, receives how many bytes of `data` the stream took.
Result<Bytes> inflate(std::span<const std::uint8_t> data, std::size_t max_size, std::size_t* used = nullptr);

// With zlib's header and Adler-32, as PNG wants it.
Bytes zlib_compress(std::span<const std::uint8_t> data);
Result<Bytes> zlib_expand(std::span<const std::uint8_t> data, std::size_t max_size);

}  // namespace limner
