// JPEG in, baseline and progressive Huffman; figures and sections are those of ITU-T T.81. All coefficients are gathered first,
// whatever the kind of scan, then turned into pixels.
#include "photo/decode.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace limner {
namespace {

const Error kBroken{"file.broken", "This JPEG is damaged or cut off and cannot be opened."};
const Error kUnusual{
    "file.kind", "This JPEG is of a rare kind (arithmetic, lossless or 12 bits) that Limner does not read."};
constexpr int kMostScans = 400;

constexpr std::array<std::uint8_t, 64> kZigzag{
    // A.3.6
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

struct Huffman {
    std::array<int, 18> first_code{},
        first_index{};  // by length; codes of a length end below first_code[length + 1] / 2
    std::array<int, 17> count{};
    std::array<std::uint8_t, 256> symbols{};
    bool known = false;
};

struct Component {
    int id = 0, h = 1, v = 1, table = 0;
    int blocks_x = 0, blocks_y = 0;    // with padding to whole MCUs
    int own_x = 0, own_y = 0;          // blocks that hold pixels, for scans of one component
    std::vector<std::int16_t> values;  // [blocks_y, blocks_x, 64]
    std::vector<std::uint8_t> pixels;  // [blocks_y * 8, blocks_x * 8]
    int dc = 0, ac = 0, last_dc = 0;   // of the present scan
};

struct Decoder {
    ByteView file;
    std::size_t at = 2;
    std::array<std::array<int, 64>, 4> quantisers{};
    std::array<bool, 4> quantised{};
    std::array<Huffman, 4> dc_tables, ac_tables;
    std::vector<Component> components;
    int width = 0, height = 0, most_h = 1, most_v = 1, restart = 0;
    int adobe = -1, orientation = 1;
    bool progressive = false;

    // bits of a scan (F.2.2.5)
    std::uint32_t held = 0;
    int held_bits = 0, past = 0;  // `past`: zero bits made up after the data ended
    int end_of_band = 0;          // blocks left in a run of G.1.2.2

    int bit() {
        if (held_bits == 0) {
            std::uint8_t byte = 0;
            const bool marker = at + 1 < file.size() && file[at] == 0xFF && file[at + 1] != 0;
            if (at >= file.size() || marker) {
                past += 8;
            } else {
                byte = file[at];
                at += byte == 0xFF ? 2 : 1;
            }
            held = byte;
            held_bits = 8;
        }
        return static_cast<int>(held >> --held_bits & 1U);
    }
    int bits(int count) {
        int value = 0;
        while (count-- > 0) value = value << 1 | bit();
        return value;
    }
    int extended(int count) {  // F.2.2.1
        const int value = bits(count);
        return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }
    int symbol(const Huffman& table) {  // -1: no such code
        int code = 0;
        for (std::size_t length = 1; length <= 16; ++length) {
            code = code << 1 | bit();
            const int offset = code - table.first_code[length];
            if (offset >= 0 && offset < table.count[length])
                return table.symbols[static_cast<std::size_t>(table.first_index[length] + offset)];
        }
        return -1;
    }

    bool baseline_block(Component& c, std::int16_t* out);
    bool first_pass(Component& c, std::int16_t* out, int from, int to, int shift);
    bool refine_pass(const Component& c, std::int16_t* out, int from, int to, int shift);
    Result<void> scan(ByteView header);
    Result<void> frame(ByteView data);
    Result<void> tables(ByteView data);
    Result<void> quantiser(ByteView data);
    void exif(ByteView data);
    void to_pixels(Component& c) const;
    Photo to_photo() const;
};

bool Decoder::baseline_block(Component& c, std::int16_t* out) {
    const int size = symbol(dc_tables[static_cast<std::size_t>(c.dc)]);
    if (size < 0 || size > 15) return false;
    c.last_dc += extended(size);
    out[0] = static_cast<std::int16_t>(c.last_dc);
    for (int k = 1; k < 64; ++k) {
        const int run_size = symbol(ac_tables[static_cast<std::size_t>(c.ac)]);
        if (run_size < 0) return false;
        if ((run_size & 15) == 0) {
            if (run_size != 0xF0) break;
            k += 15;
            continue;
        }
        k += run_size >> 4;
        if (k > 63) return false;
        out[kZigzag[static_cast<std::size_t>(k)]] = static_cast<std::int16_t>(extended(run_size & 15));
    }
    return true;
}

bool Decoder::first_pass(Component& c, std::int16_t* out, int from, int to, int shift) {
    if (from == 0) {
        const int size = symbol(dc_tables[static_cast<std::size_t>(c.dc)]);
        if (size < 0 || size > 15) return false;
        c.last_dc += extended(size);
        out[0] = static_cast<std::int16_t>(c.last_dc * (1 << shift));
        return true;
    }
    if (end_of_band > 0) {
        --end_of_band;
        return true;
    }
    for (int k = from; k <= to; ++k) {
        const int run_size = symbol(ac_tables[static_cast<std::size_t>(c.ac)]);
        if (run_size < 0) return false;
        const int run = run_size >> 4, size = run_size & 15;
        if (size == 0) {
            if (run < 15) {
                end_of_band = (1 << run) - 1 + bits(run);
                break;
            }
            k += 15;
            continue;
        }
        k += run;
        if (k > 63) return false;
        out[kZigzag[static_cast<std::size_t>(k)]] = static_cast<std::int16_t>(extended(size) * (1 << shift));
    }
    return true;
}

bool Decoder::refine_pass(const Component& c, std::int16_t* out, int from, int to, int shift) {  // G.1.2.3
    const int step = 1 << shift;
    if (from == 0) {
        if (bit() != 0) out[0] = static_cast<std::int16_t>(out[0] | step);
        return true;
    }
    const auto refine = [&](std::int16_t& value) {
        if (bit() != 0 && (value & step) == 0)
            value = static_cast<std::int16_t>(value + (value > 0 ? step : -step));
    };
    int k = from;
    if (end_of_band == 0) {
        for (; k <= to; ++k) {
            const int run_size = symbol(ac_tables[static_cast<std::size_t>(c.ac)]);
            if (run_size < 0) return false;
            int run = run_size >> 4, value = 0;
            if ((run_size & 15) == 0) {
                if (run < 15) {
                    end_of_band = (1 << run) + bits(run);
                    break;
                }
            } else {
                value = bit() != 0 ? step : -step;
            }
            for (; k <= to; ++k) {
                std::int16_t& there = out[kZigzag[static_cast<std::size_t>(k)]];
                if (there != 0)
                    refine(there);
                else if (run-- == 0) {
                    there = static_cast<std::int16_t>(value);
                    break;
                }
            }
        }
    }
    if (end_of_band > 0) {
        for (; k <= to; ++k)
            if (std::int16_t& there = out[kZigzag[static_cast<std::size_t>(k)]]; there != 0) refine(there);
        --end_of_band;
    }
    return true;
}

Result<void> Decoder::scan(ByteView header) {
    const std::size_t count = header.empty() ? 0 : header[0];
    if (count < 1 || count > 4 || header.size() < 4 + 2 * count) return kBroken;
    std::vector<Component*> taken;
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = std::ranges::find(components, int{header[1 + 2 * i]}, &Component::id);
        if (found == components.end()) return kBroken;
        found->dc = header[2 + 2 * i] >> 4 & 3;
        found->ac = header[2 + 2 * i] & 3;
        found->last_dc = 0;
        taken.push_back(&*found);
    }
    const int from = progressive ? header[1 + 2 * count] : 0, to = progressive ? header[2 + 2 * count] : 63;
    const int high = progressive ? header[3 + 2 * count] >> 4 : 0,
              low = progressive ? header[3 + 2 * count] & 15 : 0;
    if (from > to || to > 63 || low > 13 || (from > 0 && count > 1)) return kBroken;
    for (const Component* c : taken) {
        const bool needs_dc = from == 0 && high == 0, needs_ac = !progressive || from > 0;
        if (needs_dc && !dc_tables[static_cast<std::size_t>(c->dc)].known) return kBroken;
        if (needs_ac && !ac_tables[static_cast<std::size_t>(c->ac)].known) return kBroken;
    }
    held_bits = past = end_of_band = 0;

    const auto block = [&](Component& c, int x, int y) {
        std::int16_t* out =
            &c.values[64 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(c.blocks_x) +
                            static_cast<std::size_t>(x))];
        if (!progressive) return baseline_block(c, out);
        return high == 0 ? first_pass(c, out, from, to, low) : refine_pass(c, out, from, to, low);
    };
    const bool alone = count == 1;
    const int across = alone ? taken[0]->own_x : (width + 8 * most_h - 1) / (8 * most_h);
    const int down = alone ? taken[0]->own_y : (height + 8 * most_v - 1) / (8 * most_v);
    int until_restart = restart;
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            if (restart > 0 && until_restart-- == 0) {
                held_bits = end_of_band = 0;
                if (at + 1 >= file.size() || file[at] != 0xFF || (file[at + 1] & 0xF8) != 0xD0)
                    return kBroken;
                at += 2;
                for (Component* c : taken) c->last_dc = 0;
                until_restart = restart - 1;
            }
            if (alone) {
                if (!block(*taken[0], x, y)) return kBroken;
            } else {
                for (Component* c : taken)
                    for (int v = 0; v < c->v; ++v)
                        for (int h = 0; h < c->h; ++h)
                            if (!block(*c, x * c->h + h, y * c->v + v)) return kBroken;
            }
            if (past > 64) return kBroken;  // some writers leave out the last bits, not whole blocks
        }
    }
    return {};
}

Result<void> Decoder::frame(ByteView data) {
    if (!components.empty() || data.size() < 6 || data.size() < 6 + 3U * data[5]) return kBroken;
    if (data[0] != 8) return kUnusual;
    height = static_cast<int>(big_endian(data, 1, 2));
    width = static_cast<int>(big_endian(data, 3, 2));
    if (auto fits = check_photo_size(width, height); !fits) return fits.error();
    if (data[5] != 1 && data[5] != 3 && data[5] != 4) return kUnusual;
    for (std::size_t i = 0; i < data[5]; ++i) {
        Component c;
        c.id = data[6 + 3 * i];
        c.h = data[7 + 3 * i] >> 4;
        c.v = data[7 + 3 * i] & 15;
        c.table = data[8 + 3 * i] & 3;
        if (c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4) return kBroken;
        most_h = std::max(most_h, c.h);
        most_v = std::max(most_v, c.v);
        components.push_back(std::move(c));
    }
    for (Component& c : components) {
        const auto up = [](int a, int b) { return (a + b - 1) / b; };
        c.own_x = up(up(width * c.h, most_h), 8);
        c.own_y = up(up(height * c.v, most_v), 8);
        c.blocks_x = up(width, 8 * most_h) * c.h;
        c.blocks_y = up(height, 8 * most_v) * c.v;
        c.values.resize(64 * static_cast<std::size_t>(c.blocks_x) * static_cast<std::size_t>(c.blocks_y));
    }
    return {};
}

Result<void> Decoder::tables(ByteView data) {  // B.2.4.2, C.2
    while (data.size() >= 17) {
        Huffman table;
        table.known = true;
        int code = 0, index = 0;
        for (std::size_t length = 1; length <= 16; ++length) {
            table.count[length] = data[length];
            table.first_code[length] = code;
            table.first_index[length] = index;
            index += table.count[length];
            code = (code + table.count[length]) << 1;
            if (code > 2 << length) return kBroken;
        }
        if (index > 256 || data.size() < 17 + static_cast<std::size_t>(index)) return kBroken;
        std::ranges::copy(data.subspan(17, static_cast<std::size_t>(index)), table.symbols.begin());
        (data[0] >> 4 == 0 ? dc_tables : ac_tables)[data[0] & 3U] = table;
        data = data.subspan(17 + static_cast<std::size_t>(index));
    }
    return {};
}

Result<void> Decoder::quantiser(ByteView data) {  // B.2.4.1
    while (!data.empty()) {
        const std::size_t wide = data[0] >> 4 != 0 ? 2 : 1;
        if (data.size() < 1 + 64 * wide) return kBroken;
        for (std::size_t k = 0; k < 64; ++k)
            quantisers[data[0] & 3U][kZigzag[k]] = static_cast<int>(big_endian(data, 1 + k * wide, wide));
        quantised[data[0] & 3U] = true;
        data = data.subspan(1 + 64 * wide);
    }
    return {};
}

void Decoder::exif(ByteView data) {
    if (!starts_with(data, std::string_view("Exif\0\0", 6))) return;
    const ByteView tiff = data.subspan(6);
    const bool little = starts_with(tiff, "II");
    const auto number = [&](std::size_t place, std::size_t count) -> std::size_t {
        return little ? little_endian(tiff, place, count) : big_endian(tiff, place, count);
    };
    const std::size_t directory = number(4, 4), entries = number(directory, 2);
    if (directory >= tiff.size()) return;
    for (std::size_t i = 0; i < std::min<std::size_t>(entries, 200); ++i)
        if (number(directory + 2 + 12 * i, 2) == 0x0112)
            orientation = static_cast<int>(number(directory + 10 + 12 * i, 2));
}

// The inverse DCT (A.3.3), separable, in floats.
void Decoder::to_pixels(Component& c) const {
    static const std::array<std::array<float, 8>, 8> basis = [] {
        std::array<std::array<float, 8>, 8> table{};
        for (std::size_t x = 0; x < 8; ++x)
            for (std::size_t u = 0; u < 8; ++u)
                table[x][u] = static_cast<float>((u == 0 ? std::numbers::sqrt2 / 4 : 0.5) *
                                                 std::cos((2.0 * static_cast<double>(x) + 1) *
                                                          static_cast<double>(u) * std::numbers::pi / 16));
        return table;
    }();
    const std::array<int, 64>& q = quantisers[static_cast<std::size_t>(c.table)];
    const auto stride = static_cast<std::size_t>(c.blocks_x) * 8;
    c.pixels.resize(stride * static_cast<std::size_t>(c.blocks_y) * 8);
    std::array<float, 64> rows{};
    for (std::size_t by = 0; by < static_cast<std::size_t>(c.blocks_y); ++by) {
        for (std::size_t bx = 0; bx < static_cast<std::size_t>(c.blocks_x); ++bx) {
            const std::int16_t* in = &c.values[64 * (by * static_cast<std::size_t>(c.blocks_x) + bx)];
            for (std::size_t v = 0; v < 8; ++v) {
                float* row = &rows[8 * v];
                std::fill(row, row + 8, 0.0F);
                for (std::size_t u = 0; u < 8; ++u) {
                    if (in[8 * v + u] == 0) continue;
                    const auto value = static_cast<float>(in[8 * v + u] * q[8 * v + u]);
                    for (std::size_t x = 0; x < 8; ++x) row[x] += value * basis[x][u];
                }
            }
            for (std::size_t y = 0; y < 8; ++y) {
                std::array<float, 8> sum{};
                for (std::size_t v = 0; v < 8; ++v)
                    for (std::size_t x = 0; x < 8; ++x) sum[x] += rows[8 * v + x] * basis[y][v];
                std::uint8_t* out = &c.pixels[(8 * by + y) * stride + 8 * bx];
                for (std::size_t x = 0; x < 8; ++x)
                    out[x] = static_cast<std::uint8_t>(std::clamp(sum[x] + 128.5F, 0.0F, 255.0F));
            }
        }
    }
}

// Chroma between its samples is interpolated: they lie in the middle of the pixels they stand for.
Photo Decoder::to_photo() const {
    struct Place {
        std::size_t first = 0, second = 0;
        float weight = 0;  // of the second
    };
    const auto places = [](int size, int own, int most) {
        std::vector<Place> out(static_cast<std::size_t>(size));
        const int samples = (size * own + most - 1) / most;
        for (int i = 0; i < size; ++i) {
            const float place = std::max(
                0.0F,
                (static_cast<float>(i) + 0.5F) * static_cast<float>(own) / static_cast<float>(most) - 0.5F);
            const int first = std::min(static_cast<int>(place), samples - 1);
            out[static_cast<std::size_t>(i)] = {static_cast<std::size_t>(first),
                                                static_cast<std::size_t>(std::min(first + 1, samples - 1)),
                                                place - static_cast<float>(first)};
        }
        return out;
    };
    std::vector<std::vector<Place>> across, down;
    for (const Component& c : components) {
        across.push_back(places(width, c.h, most_h));
        down.push_back(places(height, c.v, most_v));
    }
    const std::size_t n = components.size();
    // Without Adobe's word, three components are YCbCr unless they are called R, G, B.
    const bool named_rgb =
        n == 3 && components[0].id == 'R' && components[1].id == 'G' && components[2].id == 'B';
    const bool luma = adobe >= 0 ? adobe != 0 : n == 3 && !named_rgb;
    Photo photo{width, height, {}};
    photo.rgba.resize(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::uint8_t* out = photo.rgba.data();
    const auto byte = [](float value) {
        return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
    };
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x, out += 4) {
            std::array<float, 4> s{};
            for (std::size_t i = 0; i < n; ++i) {
                const Component& c = components[i];
                const auto stride = static_cast<std::size_t>(c.blocks_x) * 8;
                const Place &px = across[i][x], &py = down[i][y];
                const auto row = [&](std::size_t line) {
                    const std::uint8_t* from = &c.pixels[line * stride];
                    return static_cast<float>(from[px.first]) * (1 - px.weight) +
                           static_cast<float>(from[px.second]) * px.weight;
                };
                s[i] = row(py.first) * (1 - py.weight) + row(py.second) * py.weight;
            }
            if (n == 1) s[1] = s[2] = s[0];
            if (n >= 3 && luma) {
                const float cb = s[1] - 128, cr = s[2] - 128;
                s = {s[0] + 1.402F * cr, s[0] - 0.344136F * cb - 0.714136F * cr, s[0] + 1.772F * cb, s[3]};
            }
            if (n == 4) {  // Adobe writes inks inverted: 255 is none
                if (luma)
                    for (std::size_t i = 0; i < 3; ++i) s[i] = 255 - s[i];
                const float key = adobe >= 0 ? s[3] : 255 - s[3];
                for (std::size_t i = 0; i < 3; ++i) s[i] = (adobe >= 0 ? s[i] : 255 - s[i]) * key / 255;
            }
            for (std::size_t i = 0; i < 3; ++i) out[i] = byte(s[i]);
            out[3] = 255;
        }
    }
    return photo;
}

}  // namespace

Result<Photo> decode_jpeg(ByteView file) {
    Decoder d;
    d.file = file;
    int scans = 0;
    while (d.at + 4 <= file.size()) {
        if (file[d.at] != 0xFF) {  // between segments: skip what does not belong there
            ++d.at;
            continue;
        }
        const int marker = file[d.at + 1];
        if (marker == 0xFF || marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
            d.at += marker == 0xFF ? 1 : 2;
            continue;
        }
        if (marker == 0xD9) break;
        const std::size_t length = big_endian(file, d.at + 2, 2);
        if (length < 2 || d.at + 2 + length > file.size()) return kBroken;
        const ByteView data = file.subspan(d.at + 4, length - 2);
        d.at += 2 + length;
        Result<void> done;
        if (marker == 0xC0 || marker == 0xC1 || marker == 0xC2) {
            d.progressive = marker == 0xC2;
            done = d.frame(data);
        } else if (marker == 0xC4) {
            done = d.tables(data);
        } else if (marker >= 0xC3 && marker <= 0xCF && marker != 0xC8) {
            done = kUnusual;
        } else if (marker == 0xDB) {
            done = d.quantiser(data);
        } else if (marker == 0xDD && data.size() >= 2) {
            d.restart = static_cast<int>(big_endian(data, 0, 2));
        } else if (marker == 0xE1) {
            d.exif(data);
        } else if (marker == 0xEE && starts_with(data, "Adobe") && data.size() >= 12) {
            d.adobe = data[11];
        } else if (marker == 0xDA) {
            if (++scans > kMostScans) return kBroken;
            done = d.scan(data);
        }
        if (!done) return done.error();
    }
    if (d.components.empty() || scans == 0) return kBroken;
    for (Component& c : d.components) {
        if (!d.quantised[static_cast<std::size_t>(c.table)]) return kBroken;
        d.to_pixels(c);
        c.values = {};
    }
    return turned(d.to_photo(), d.orientation);
}

}  // namespace limner
