// A pack: a generator network that can be shipped and replaced. `pack.json` says what it takes and gives:
//
//   {"pack":1, "name":"portrait", "version":"1.0.0", "schema":1, "licence":"CC0-1.0",
//    "inputs":[{"name":"sitter","shape":[1,252]}, {"name":"noise","shape":[1,16]}, {"name":"bust","shape":[1,8,256,256]},
//              {"name":"lit","shape":[1,9,128,128]}],   // the last two may be absent (bust.h)
//    "outputs":[{"name":"layers","shape":[1,28,256,256]}],
//    "files":[{"name":"portrait.fp16.onnx","precision":"fp16","bytes":5000000,"sha256":"…"}, …],
//    "golden":{"input":[268 numbers] or "seed":"ada", "size":16, "rgb":"base64…", "tolerance":{"webgpu":10,"wasm":4}},
//    "quality":{"threshold":21.5, "hidden":8, "weights":"base64 of fp32, smallest byte first"}}   // foresight.h; may be absent
#pragma once
#include "base/deflate.h"
#include "base/result.h"
#include "generator/foresight.h"
#include "generator/layers.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limner {

struct PackFile {
    std::string name;       // beside pack.json; no folders
    std::string precision;  // "fp32" | "fp16" | "int8"
    std::uint64_t bytes = 0;
    std::string sha256;  // 64 small hexadecimal digits
};

// A sitter everybody paints alike, and how it should look: the self-test that decides between webgpu and wasm.
struct Golden {
    std::vector<float> input;  // [input_count + noise_count]
    int size = 0;              // of the thumbnail, a divisor of Pack::side
    Bytes rgb;  // [size, size, 3]: box-filtered rgb * alpha, square root, clipped to 1, times 255
    std::map<std::string, double> tolerance;  // backend -> see golden_check
};

struct Pack {
    std::string name, version, licence;
    int schema_version = 0;
    int input_count = 0, noise_count = 0;
    int planes = 0, side = 0;  // the output `layers` is [1, planes, side, side]
    int bust_maps = 0,
        lit_maps =
            0;  // the inputs `bust` [1, …, side, side], `lit` [1, …, side / 2, side / 2] (bust.h); 0 without
    std::vector<PackFile> files;
    Golden golden;
    std::optional<Foresight> foresight;

    const PackFile* file(std::string_view precision) const;  // nullptr if there is none
};

// At most 1 MiB. Everything is checked, also against this program's schema. Codes: pack.size, pack.json, pack.version,
// pack.schema (made for another schema), pack.invalid.
Result<Pack> parse_pack(std::string_view json);

// Are these the bytes of that file? "pack.size", "pack.hash", or "pack.onnx" for what does not begin like a network.
Result<void> check_pack_file(const PackFile& file, std::span<const std::uint8_t> bytes);

// The output `layers` [planes * side * side] as Layers. "generator.size" if its length is another, "generator.numbers"
// if it holds infinities or NaN (a graphics driver's fault).
Result<Layers> unpack_layers(std::span<const float> output, const Pack& pack);

// Compares what a backend ("webgpu", "wasm") painted for golden.input with the thumbnail. Gives the 98th percentile of
// the differences, 0..255 (as web/pack.js does), or "generator.golden" if it is beyond the backend's tolerance.
Result<double> golden_check(const Layers& layers, const Pack& pack, std::string_view backend);

// [size, size, 3]: how a portrait is made small for that comparison.
Bytes golden_thumbnail(const Layers& layers, int size);

}  // namespace limner
