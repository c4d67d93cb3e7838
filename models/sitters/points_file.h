// Files of points that are known without rendering: what anchors, fittings and busts are kept in.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace limner::sitters {

// Adds so many bytes, as they are in memory.
void put(std::vector<std::uint8_t>& out, const void* data, std::size_t bytes);

// Little endian: four letters of `magic`, u32 version = 1, u32 inputs, u32 points, u32 rows, then per row its inputs and its points'
// numbers as f32.
std::vector<std::uint8_t> points_file(std::string_view magic, std::uint32_t points,
                                      const std::vector<std::vector<float>>& inputs,
                                      const std::vector<std::vector<float>>& rows);

}  // namespace limner::sitters
