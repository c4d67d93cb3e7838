#include "output.h"

#include "colour.h"

#include <bit>
#include <cstring>
#include <functional>
#include <zlib.h>

namespace limner::sitters {
namespace {

using nlohmann::json;

class Planes {
public:
    explicit Planes(const Film& film) : film_(film) {}

    void add_half(const std::string& name, int channels,
                  const std::function<float(const PixelSum&, int)>& value) {
        const std::size_t n = film_.pixel.size() * static_cast<std::size_t>(channels);
        std::vector<std::uint8_t> bytes(2 * n);
        std::size_t at = 0;
        for (int c = 0; c < channels; ++c)
            for (const PixelSum& p : film_.pixel) {
                const std::uint16_t h = to_half(value(p, c));
                bytes[at] = static_cast<std::uint8_t>(h & 0xff);
                bytes[n + at++] = static_cast<std::uint8_t>(h >> 8);
            }
        add(name, channels, "f16", bytes);
    }
    void add_bytes(const std::string& name, int channels,
                   const std::function<std::uint8_t(const PixelSum&, int)>& value) {
        std::vector<std::uint8_t> bytes;
        bytes.reserve(film_.pixel.size() * static_cast<std::size_t>(channels));
        for (int c = 0; c < channels; ++c)
            for (const PixelSum& p : film_.pixel) bytes.push_back(value(p, c));
        add(name, channels, "u8", bytes);
    }

    json index = json::array();
    std::vector<std::uint8_t> data;

private:
    void add(const std::string& name, int channels, const char* type,
             const std::vector<std::uint8_t>& bytes) {
        uLongf size = compressBound(bytes.size());
        const std::size_t offset = data.size();
        data.resize(offset + size);
        compress2(data.data() + offset, &size, bytes.data(), bytes.size(),
                  1);  // cannot fail: the bound is kept
        data.resize(offset + size);
        index.push_back(
            {{"name", name}, {"channels", channels}, {"type", type}, {"offset", offset}, {"bytes", size}});
    }
    const Film& film_;
};

std::uint8_t byte(float x) { return static_cast<std::uint8_t>(clamp01(x) * 255 + 0.5F); }

// Regions to bytes whose sum is alpha's byte: the largest remainders are rounded up.
std::array<std::uint8_t, kRegions> region_bytes(const PixelSum& p) {
    std::array<std::uint8_t, kRegions> out{};
    const int whole = byte(p.alpha);
    float total = 0;
    for (const float r : p.region) total += r;
    if (whole == 0 || total <= 0) {
        out[0] = static_cast<std::uint8_t>(whole);
        return out;
    }
    std::array<float, kRegions> left{};
    int sum = 0;
    for (std::size_t r = 0; r < kRegions; ++r) {
        const float share = p.region[r] / total * static_cast<float>(whole);
        out[r] = static_cast<std::uint8_t>(share);
        left[r] = share - static_cast<float>(out[r]);
        sum += out[r];
    }
    for (; sum < whole; ++sum) {
        const auto r = static_cast<std::size_t>(std::max_element(left.begin(), left.end()) - left.begin());
        ++out[r];
        left[r] = -1;
    }
    return out;
}

float tidy(float x) { return std::round(x * 1000) / 1000; }

void put_u32(std::vector<std::uint8_t>& out, std::size_t value) {
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Vec3 average(Vec3 sum, float alpha) { return alpha > 0 ? sum / alpha : Vec3{}; }
float pick(Vec3 v, int c) { return c == 0 ? v.x : c == 1 ? v.y : v.z; }

}  // namespace

std::uint16_t to_half(float value) {
    const auto f = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = f >> 16 & 0x8000U, magnitude = f & 0x7fffffffU;
    if (magnitude >= 0x47800000U)
        return static_cast<std::uint16_t>(sign | 0x7bffU);  // too large (or not a number): the largest
    if (magnitude < 0x38800000U) {                          // subnormal
        const float scaled = std::bit_cast<float>(magnitude) * 16777216.0F;
        return static_cast<std::uint16_t>(sign | static_cast<std::uint32_t>(std::nearbyint(scaled)));
    }
    const std::uint32_t rounded = magnitude + 0xfffU + (magnitude >> 13 & 1U);
    return static_cast<std::uint16_t>(sign | std::min((rounded - 0x38000000U) >> 13, 0x7bffU));
}

json labels(const Sitter& sitter) {
    json out = json::object();
    const auto& attributes = schema().attributes;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        const Value& value = sitter.values[i];
        switch (attributes[i].type) {
            case Attribute::Type::choice:
                out[attributes[i].id] = attributes[i].choices[static_cast<std::size_t>(value.choice)].id;
                break;
            case Attribute::Type::number: out[attributes[i].id] = tidy_number(value.numbers[0]); break;
            case Attribute::Type::vector: {
                json numbers = json::array();
                for (const float n : value.numbers) numbers.push_back(tidy_number(n));
                out[attributes[i].id] = numbers;
            }
        }
    }
    return out;
}

std::vector<std::uint8_t> sitter_file(const Sitter& sitter, const std::string& seed,
                                      const Portrait& portrait) {
    Planes planes(portrait.film);
    for (std::size_t k = 0; k < kLights; ++k)
        planes.add_half("light." + schema().lights[k].id, 3, [&](const PixelSum& p, int c) {
            return p.radiance[3 * k + static_cast<std::size_t>(c)];
        });
    planes.add_bytes("albedo", 3,
                     [](const PixelSum& p, int c) { return srgb_byte(pick(average(p.albedo, p.alpha), c)); });
    planes.add_bytes("alpha", 1, [](const PixelSum& p, int) { return byte(p.alpha); });
    planes.add_bytes("normal", 3, [](const PixelSum& p, int c) {
        return p.alpha > 0 ? byte(pick(normalize(p.normal), c) * 0.5F + 0.5F) : byte(0.5F);
    });
    planes.add_half("depth", 1, [](const PixelSum& p, int) { return p.alpha > 0 ? p.depth / p.alpha : 0; });
    std::vector<std::array<std::uint8_t, kRegions>> regions;
    for (const PixelSum& p : portrait.film.pixel) regions.push_back(region_bytes(p));
    planes.add_bytes("regions", kRegions, [&](const PixelSum& p, int c) {
        return regions[static_cast<std::size_t>(&p - portrait.film.pixel.data())]
                      [static_cast<std::size_t>(c)];
    });

    json marks = json::array();
    for (const Vec2 m : portrait.landmarks) marks.push_back({tidy_number(tidy(m.x)), tidy_number(tidy(m.y))});
    json input = json::array();
    for (const float x : network_input(sitter)) input.push_back(tidy_number(x));
    const Camera& camera = portrait.camera;
    json gains = json::array();
    for (const Light& light : schema().lights) gains.push_back(light.gain);
    const json header{{"seed", seed},
                      {"size", portrait.film.size},
                      {"schema", schema().version},
                      {"values", labels(sitter)},
                      {"input", input},
                      {"landmarks", marks},
                      {"camera",
                       {{"distance", tidy_number(camera.distance())},
                        {"centre", {tidy_number(camera.centre().x), tidy_number(camera.centre().y)}},
                        {"side", tidy_number(camera.side())}}},
                      {"exposure", tidy_number(kExposure)},
                      {"gains", gains},
                      {"planes", planes.index}};
    const std::string text = header.dump();
    std::vector<std::uint8_t> file{'L', 'S', 'I', 'T'};
    put_u32(file, 1);
    put_u32(file, text.size());
    file.insert(file.end(), text.begin(), text.end());
    file.insert(file.end(), planes.data.begin(), planes.data.end());
    return file;
}

Vec3 canonical(const PixelSum& p) {
    Vec3 sum;
    for (std::size_t k = 0; k < kLights; ++k)
        sum += {p.radiance[3 * k], p.radiance[3 * k + 1], p.radiance[3 * k + 2]};
    return sum;
}

Image preview(const Portrait& portrait) {
    const int n = portrait.film.size;
    Image image{n, n, {}};
    image.rgb.reserve(portrait.film.pixel.size() * 3);
    for (int y = 0; y < n; ++y)
        for (int x = 0; x < n; ++x) {
            // A painted cloth lit by one lamp behind the sitter, falling off to the corners.
            const float u = (static_cast<float>(x) + 0.5F) / static_cast<float>(n) - 0.5F,
                        v = (static_cast<float>(y) + 0.5F) / static_cast<float>(n) - 0.5F;
            const float glow = std::exp(-(square(u + 0.06F) + square(v + 0.02F)) / 0.2F);
            const Vec3 wall = Vec3{0.085F, 0.095F, 0.108F} * (0.45F + 1.25F * glow);
            const PixelSum& p = portrait.film.at(x, y);
            const Vec3 c = canonical(p) + wall * (1 - p.alpha);
            for (const float channel : {c.x, c.y, c.z})
                image.rgb.push_back(static_cast<std::uint8_t>(display_curve(channel) * 255 + 0.5F));
        }
    return image;
}

}  // namespace limner::sitters
