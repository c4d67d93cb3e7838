// From film to what is kept of a sitter: planes for training, and a picture for people.
//
// A sitter's file, `NNNNNN.sit` (little endian):
//   "LSIT", u32 version = 1, u32 header_bytes, header_bytes of JSON, then the planes one after the other.
// The JSON:
//   {"seed", "size", "schema", "values": {attribute id: number | choice id | [numbers]}, "input": [network's input, noise
//   last], "landmarks": [[x, y] x 68 in pixels], "camera": {"distance", "centre": [x, y], "side"} (metres),
//   "planes": [{"name", "channels", "type": "f16" | "u8", "offset", "bytes"}]}
// `offset` counts from the end of the JSON. Every plane is zlib-compressed, channel after channel (planar, top row first);
// f16 planes have all their low bytes first, then all their high bytes.
//   light.<id> x 8  f16 x 3  linear radiance of one light of the schema, premultiplied by alpha, with the light's canonical
//                            colour and gain applied: the sum over the lights is the canonical picture
//   albedo          u8 x 3   sRGB, of what is seen (not premultiplied)
//   alpha           u8 x 1
//   normal          u8 x 3   n * 0.5 + 0.5, camera space (x right, y up, z to the camera)
//   depth           f16 x 1  metres towards the camera from the mid-eye point; 0 where nothing is seen
//   regions         u8 x 8   order of schema().regions; their sum is alpha, exactly
#pragma once
#include "image.h"
#include "render.h"

#include <nlohmann/json.hpp>

namespace limner::sitters {

std::vector<std::uint8_t> sitter_file(const Sitter& sitter, const std::string& seed,
                                      const Portrait& portrait);

// {attribute id: value}, as in the file.
nlohmann::json labels(const Sitter& sitter);

// The canonical mix over a soft studio backdrop, on the display curve.
Image preview(const Portrait& portrait);
// Sum of all lights, premultiplied, linear.
Vec3 canonical(const PixelSum& pixel);

// IEEE 754 half, round to nearest even.
std::uint16_t to_half(float value);

}  // namespace limner::sitters
