#include "generator/pack.h"

#include "base/base64.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "generator/bust.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace limner {
namespace {

using nlohmann::json;

bool is_plain(std::string_view text, std::size_t longest) {
    return !text.empty() && text.size() <= longest && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_' || c == '+';
           });
}

// Reads the description and keeps the first thing wrong.
class PackReader {
public:
    explicit PackReader(const json& root) : root_(root) {}

    Result<Pack> run() {
        const json* version = member(root_, "pack");
        if (!version || *version != 1) {
            return Error{"pack.version",
                         "This pack is of a version that this Limner does not read; it reads version 1."};
        }
        pack_.name = text(root_, "name", "name", 64);
        pack_.version = text(root_, "version", "version", 64);
        pack_.licence = text(root_, "licence", "licence", 64);
        pack_.schema_version = static_cast<int>(whole(root_, "schema", "schema", 1, 1000));
        if (!error_) against_schema();
        if (!error_) outputs();
        if (!error_) maps();
        if (!error_) files();
        if (!error_) golden();
        if (!error_) quality();
        if (error_) return *error_;
        return std::move(pack_);
    }

private:
    void fail(const std::string& what, const char* code = "pack.invalid") {
        if (!error_) error_ = Error{code, "The pack's description is wrong: " + what + "."};
    }

    static const json* member(const json& object, const char* key) {
        if (!object.is_object()) return nullptr;
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    std::string text(const json& object, const char* key, const std::string& place, std::size_t longest) {
        const json* value = member(object, key);
        if (value && value->is_string() && is_plain(value->get_ref<const std::string&>(), longest)) {
            return value->get<std::string>();
        }
        fail(place + " must be a short plain text");
        return {};
    }

    double number(const json& object, const char* key, const std::string& place, double low, double high) {
        const json* value = member(object, key);
        if (value && value->is_number() && value->get<double>() >= low && value->get<double>() <= high) {
            return value->get<double>();
        }
        fail(place + " must be a number in its range");
        return low;
    }

    std::uint64_t whole(const json& object, const char* key, const std::string& place, double low,
                        double high) {
        const double value = number(object, key, place, low, high);
        if (value != std::floor(value)) fail(place + " must be a whole number");
        return static_cast<std::uint64_t>(value);
    }

    const json* list(const char* key) {
        const json* value = member(root_, key);
        if (value && value->is_array() && !value->empty() && value->size() <= 16) return value;
        fail(std::string(key) + " must be a list");
        return nullptr;
    }

    // Shape of the input or output of this name; empty if there is none.
    std::vector<int> shape(const char* key, std::string_view name) {
        const json* all = list(key);
        for (std::size_t i = 0; all && i < all->size(); ++i) {
            const json* called = member((*all)[i], "name");
            const json* sizes = member((*all)[i], "shape");
            if (!called || !called->is_string() || !sizes || !sizes->is_array() || sizes->size() > 8) {
                fail(std::string(key) + " needs name and shape");
                return {};
            }
            if (*called != name) continue;
            std::vector<int> out;
            for (const json& size : *sizes) {
                const double value = size.is_number() ? size.get<double>() : 0;
                if (value < 1 || value > 65536 || value != std::floor(value)) {
                    fail(std::string(name) + " has a shape with something that is no size");
                    return {};
                }
                out.push_back(static_cast<int>(value));
            }
            return out;
        }
        return {};
    }

    void against_schema() {
        const Schema& ours = schema();
        if (pack_.schema_version != ours.version) {
            return fail("it was made for schema " + std::to_string(pack_.schema_version) +
                            ", this Limner has schema " + std::to_string(ours.version),
                        "pack.schema");
        }
        const std::vector<int> sitter = shape("inputs", "sitter"), noise = shape("inputs", "noise");
        if (error_) return;
        if (sitter != std::vector<int>{1, ours.input_count} ||
            noise != std::vector<int>{1, ours.noise_count}) {
            return fail("it does not take the " + std::to_string(ours.input_count) +
                            " numbers of a sitter and " + std::to_string(ours.noise_count) +
                            " of noise that this Limner gives",
                        "pack.schema");
        }
        pack_.input_count = ours.input_count;
        pack_.noise_count = ours.noise_count;
    }

    void outputs() {
        const std::vector<int> layers = shape("outputs", "layers");
        if (error_) return;
        const int planes = schema().plane_count();
        if (layers.size() != 4 || layers[0] != 1 || layers[1] != planes) {
            return fail(
                "its output must be layers of the shape [1, " + std::to_string(planes) + ", side, side]",
                "pack.schema");
        }
        if (layers[2] != layers[3] || layers[2] < 16 || layers[2] > 2048) {
            return fail("it must paint squares of 16 to 2048 pixels");
        }
        pack_.planes = planes;
        pack_.side = layers[2];
    }

    void maps() {
        const std::vector<int> bust = shape("inputs", "bust"), lit = shape("inputs", "lit");
        if (error_ || (bust.empty() && lit.empty())) return;
        const int half = pack_.side / 2;
        if (bust != std::vector<int>{1, kBustMaps, pack_.side, pack_.side} ||
            lit != std::vector<int>{1, kLitMaps, half, half} || pack_.side % 2 != 0)
            return fail("it takes other maps of busts than this Limner draws", "pack.schema");
        pack_.bust_maps = kBustMaps;
        pack_.lit_maps = kLitMaps;
    }

    void quality() {
        const json* object = member(root_, "quality");
        if (!object) return;
        Foresight told;
        told.threshold = number(*object, "threshold", "quality.threshold", -1e6, 1e6);
        told.hidden = static_cast<std::size_t>(whole(*object, "hidden", "quality.hidden", 1, 256));
        if (error_) return;
        const auto inputs = static_cast<std::size_t>(pack_.input_count);
        const json* weights = member(*object, "weights");
        const auto bytes = weights && weights->is_string()
                               ? from_base64(weights->get_ref<const std::string&>())
                               : std::nullopt;
        told.weights.resize(Foresight::weight_count(inputs, told.hidden));
        if (!bytes || bytes->size() != told.weights.size() * sizeof(float))
            return fail("quality.weights must be base64 of as many numbers as its perceptron has");
        std::memcpy(told.weights.data(), bytes->data(), bytes->size());
        for (const float w : told.weights)
            if (!(std::abs(w) < 1e6F)) return fail("quality.weights holds what is no number");
        pack_.foresight = std::move(told);
    }

    void files() {
        const json* all = list("files");
        for (std::size_t i = 0; all && !error_ && i < all->size(); ++i) {
            const json& item = (*all)[i];
            const std::string place = "files[" + std::to_string(i) + "]";
            PackFile file;
            file.name = text(item, "name", place + ".name", 128);
            file.precision = text(item, "precision", place + ".precision", 8);
            file.bytes = whole(item, "bytes", place + ".bytes", 16, 256.0 * 1024 * 1024);
            file.sha256 = text(item, "sha256", place + ".sha256", 64);
            if (error_) return;
            if (!file.name.ends_with(".onnx")) return fail(place + ".name must end in .onnx");
            if (file.precision != "fp32" && file.precision != "fp16" && file.precision != "int8") {
                return fail(place + ".precision must be fp32, fp16 or int8");
            }
            if (file.sha256.size() != 64 ||
                file.sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
                return fail(place + ".sha256 must be 64 hexadecimal digits");
            }
            if (pack_.file(file.precision)) return fail("it has two files of " + file.precision);
            pack_.files.push_back(std::move(file));
        }
    }

    void golden() {
        const json* object = member(root_, "golden");
        if (!object || !object->is_object()) return fail("the golden thumbnail is missing");
        Golden& golden = pack_.golden;
        if (const json* input = member(*object, "input")) {
            const auto count = static_cast<std::size_t>(pack_.input_count + pack_.noise_count);
            if (!input->is_array() || input->size() != count) {
                return fail("golden.input must have " + std::to_string(count) + " numbers");
            }
            for (const json& x : *input) {
                if (!x.is_number() || std::abs(x.get<double>()) > 100)
                    return fail("golden.input has an impossible number");
                golden.input.push_back(x.get<float>());
            }
        } else if (const json* seed = member(*object, "seed"); seed && seed->is_string()) {
            Recipe recipe;
            recipe.seed = seed->get<std::string>();
            golden.input = network_input(sit(recipe));
        } else {
            return fail("golden needs an input or a seed");
        }
        golden.size = static_cast<int>(whole(*object, "size", "golden.size", 4, 64));
        if (error_) return;
        if (pack_.side % golden.size != 0) return fail("golden.size must divide the side of its pictures");
        const json* rgb = member(*object, "rgb");
        std::optional<Bytes> bytes;
        if (rgb && rgb->is_string()) bytes = from_base64(rgb->get_ref<const std::string&>());
        if (!bytes || bytes->size() != static_cast<std::size_t>(golden.size * golden.size * 3)) {
            return fail("golden.rgb must be base64 of size * size * 3 bytes");
        }
        golden.rgb = *std::move(bytes);
        const json* tolerance = member(*object, "tolerance");
        if (!tolerance || !tolerance->is_object() || tolerance->empty() || tolerance->size() > 16) {
            return fail("golden.tolerance must name its backends");
        }
        for (const auto& [backend, unused] : tolerance->items()) {
            golden.tolerance[backend] = number(*tolerance, backend.c_str(), "golden.tolerance", 0, 255);
        }
    }

    const json& root_;
    Pack pack_;
    std::optional<Error> error_;
};

std::string megabytes(std::uint64_t bytes) {
    const std::uint64_t tenths = (bytes * 10 + 500000) / 1000000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

}  // namespace

const PackFile* Pack::file(std::string_view precision) const {
    for (const PackFile& one : files) {
        if (one.precision == precision) return &one;
    }
    return nullptr;
}

Result<Pack> parse_pack(std::string_view text) {
    const Result<json> root = read_json_object(text, 1 << 20, "The pack's description", "pack");
    if (!root) return root.error();
    return PackReader(*root).run();
}

Result<void> check_pack_file(const PackFile& file, std::span<const std::uint8_t> bytes) {
    if (bytes.size() != file.bytes) {
        return Error{"pack.size",
                     "The generator " + file.name + " is incomplete: " + megabytes(bytes.size()) + " (" +
                         std::to_string(bytes.size()) + " bytes) instead of " + megabytes(file.bytes) + " (" +
                         std::to_string(file.bytes) + "). Load the page again."};
    }
    if (sha256_hex(bytes) != file.sha256) {
        return Error{"pack.hash",
                     "The generator " + file.name +
                         " is not the one its pack describes (its SHA-256 differs). Load the page again."};
    }
    // An ONNX model begins with its ir_version: protobuf field 1, a small number.
    if (bytes.size() < 16 || bytes[0] != 0x08 || bytes[1] < 3 || bytes[1] > 32) {
        return Error{"pack.onnx", "The generator " + file.name + " is not an ONNX network."};
    }
    return {};
}

Result<Layers> unpack_layers(std::span<const float> output, const Pack& pack) {
    const auto pixels = static_cast<std::size_t>(pack.side) * static_cast<std::size_t>(pack.side);
    if (output.size() != pixels * static_cast<std::size_t>(pack.planes)) {
        return Error{"generator.size",
                     "The generator gave " + std::to_string(output.size()) + " numbers instead of " +
                         std::to_string(pixels * static_cast<std::size_t>(pack.planes)) + "."};
    }
    if (!std::all_of(output.begin(), output.end(), [](float x) { return std::isfinite(x); })) {
        return Error{"generator.numbers",
                     "The generator gave numbers that are none; this graphics driver miscounts."};
    }
    Layers layers;
    layers.width = layers.height = pack.side;
    for (const LayerPlanes& layer : schema().layers) {
        const std::size_t count = pixels * static_cast<std::size_t>(layer.channels);
        const auto part = output.first(count);
        output = output.subspan(count);
        std::vector<float>* into = layer.name == "rgb"        ? &layers.rgb
                                   : layer.name == "alpha"    ? &layers.alpha
                                   : layer.name == "normal"   ? &layers.normal
                                   : layer.name == "depth"    ? &layers.depth
                                   : layer.name == "regions"  ? &layers.regions
                                   : layer.name == "transfer" ? &layers.transfer
                                   : layer.name == "strands"  ? &layers.strands
                                                              : nullptr;
        if (into) into->assign(part.begin(), part.end());
    }
    return layers;
}

Bytes golden_thumbnail(const Layers& layers, int size) {
    const auto side = static_cast<std::size_t>(layers.width), small = static_cast<std::size_t>(size);
    const std::size_t step = side / small;
    Bytes out;
    for (std::size_t y = 0; y < small; ++y) {
        for (std::size_t x = 0; x < small; ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                double sum = 0;
                for (std::size_t j = 0; j < step; ++j) {
                    for (std::size_t i = 0; i < step; ++i) {
                        const std::size_t at = (y * step + j) * side + x * step + i;
                        sum += static_cast<double>(layers.rgb[c * side * side + at]) * layers.alpha[at];
                    }
                }
                const double mean = std::clamp(sum / static_cast<double>(step * step), 0.0, 1.0);
                out.push_back(static_cast<std::uint8_t>(std::sqrt(mean) * 255 + 0.5));
            }
        }
    }
    return out;
}

Result<double> golden_check(const Layers& layers, const Pack& pack, std::string_view backend) {
    if (layers.width != pack.side || layers.height != pack.side || layers.rgb.size() != layers.pixels() * 3 ||
        layers.alpha.size() != layers.pixels()) {
        return Error{"generator.size", "The self-test's portrait has the wrong size."};
    }
    const auto tolerance = pack.golden.tolerance.find(std::string(backend));
    if (tolerance == pack.golden.tolerance.end()) {
        return Error{"generator.golden",
                     "The pack does not say how close " + std::string(backend) + " must come."};
    }
    const Bytes seen = golden_thumbnail(layers, pack.golden.size);
    std::vector<double> differences;
    for (std::size_t i = 0; i < seen.size(); ++i)
        differences.push_back(std::abs(double{1} * seen[i] - pack.golden.rgb[i]));
    std::sort(differences.begin(), differences.end());
    const double off = differences[differences.size() * 98 / 100];
    if (off > tolerance->second) {
        return Error{"generator.golden", "The self-test failed on " + std::string(backend) +
                                             ": this device paints a different picture (off by " +
                                             std::to_string(static_cast<int>(off)) + " of 255)."};
    }
    return off;
}

}  // namespace limner
