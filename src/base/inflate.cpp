#include "base/checksum.h"
#include "base/deflate.h"
#include "base/huffman.h"

#include <array>

namespace limner {
namespace {

constexpr int kFast = 10;  // bits resolved by one look-up

class BitReader {
public:
    explicit BitReader(std::span<const std::uint8_t> data) : data_(data) {}

    // At least `count` bits in the buffer; past the end zeros are supplied and `overrun` tells.
    std::uint32_t peek(int count) {
        while (filled_ < count) {
            const std::uint64_t byte = next_ < data_.size() ? data_[next_] : 0;
            ++next_;
            buffer_ |= byte << filled_;
            filled_ += 8;
        }
        return static_cast<std::uint32_t>(buffer_ & ((std::uint64_t{1} << count) - 1));
    }
    void skip(int count) {
        buffer_ >>= count;
        filled_ -= count;
    }
    std::uint32_t bits(int count) {
        const std::uint32_t value = peek(count);
        skip(count);
        return value;
    }
    void align() { skip(filled_ & 7); }
    std::size_t used() const { return next_ - static_cast<std::size_t>(filled_ / 8); }  // whole bytes taken
    bool overrun() const { return used() > data_.size(); }

private:
    std::span<const std::uint8_t> data_;
    std::size_t next_ = 0;
    std::uint64_t buffer_ = 0;
    int filled_ = 0;
};

// Decodes one canonical code: a table for short codes, counting for the rest.
class Decoder {
public:
    // False if the lengths describe no prefix code (over-subscribed, or incomplete with more than one symbol).
    bool build(std::span<const std::uint8_t> lengths) {
        count_.fill(0);
        fast_.fill(0);
        for (const std::uint8_t length : lengths) ++count_[length];
        const int used = static_cast<int>(lengths.size()) - count_[0];
        count_[0] = 0;
        int left = 1;
        for (std::size_t n = 1; n < 16; ++n) {
            left = left * 2 - count_[n];
            if (left < 0) return false;
        }
        if (left > 0 && used > 1) return false;

        std::array<int, 16> offset{};
        for (std::size_t n = 1; n < 15; ++n) offset[n + 1] = offset[n] + count_[n];
        symbols_.assign(static_cast<std::size_t>(used), 0);
        for (std::size_t s = 0; s < lengths.size(); ++s) {
            if (lengths[s] > 0) {
                symbols_[static_cast<std::size_t>(offset[lengths[s]]++)] = static_cast<std::uint16_t>(s);
            }
        }
        const std::vector<std::uint16_t> codes = huffman_codes(lengths);
        for (std::size_t s = 0; s < lengths.size(); ++s) {
            const int length = lengths[s];
            if (length == 0 || length > kFast) continue;
            for (std::size_t at = codes[s]; at < fast_.size(); at += std::size_t{1} << length) {
                fast_[at] = static_cast<std::uint16_t>(s << 4 | static_cast<std::size_t>(length));
            }
        }
        return true;
    }

    int decode(BitReader& in) const {  // -1: no such code
        const std::uint16_t entry = fast_[in.peek(kFast)];
        if (entry != 0) {
            in.skip(entry & 15);
            return entry >> 4;
        }
        const std::uint32_t bits = in.peek(15);
        int code = 0, first = 0, index = 0;
        for (int n = 1; n < 16; ++n) {
            code |= static_cast<int>((bits >> (n - 1)) & 1);
            const int count = count_[static_cast<std::size_t>(n)];
            if (code - first < count) {
                in.skip(n);
                return symbols_[static_cast<std::size_t>(index + code - first)];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        return -1;
    }

private:
    std::array<int, 16> count_{};
    std::vector<std::uint16_t> symbols_;
    std::array<std::uint16_t, 1 << kFast> fast_{};  // symbol << 4 | length
};

class Inflater {
public:
    Inflater(std::span<const std::uint8_t> data, std::size_t max_size)
        : data_(data), in_(data), max_size_(max_size) {}

    Result<Bytes> run() {
        bool last = false;
        while (!last) {
            last = in_.bits(1) != 0;
            const std::uint32_t kind = in_.bits(2);
            const bool fine = kind == 0 ? stored() : kind == 1 ? fixed() : kind == 2 && dynamic();
            if (full_ && !in_.overrun()) {
                return Error{"deflate.size", "The compressed data expands to more than " +
                                                 std::to_string(max_size_) + " bytes."};
            }
            if (!fine || in_.overrun()) {
                return Error{"deflate.broken", "The compressed data is cut short or damaged."};
            }
        }
        return std::move(out_);
    }

    std::size_t used() const { return in_.used(); }

private:
    bool room(std::size_t count) {
        full_ = full_ || out_.size() + count > max_size_;
        return !full_;
    }

    bool stored() {
        in_.align();
        const std::uint32_t count = in_.bits(16), check = in_.bits(16);
        if ((count ^ check) != 0xFFFF || in_.used() + count > data_.size() || !room(count)) return false;
        for (std::uint32_t i = 0; i < count; ++i) out_.push_back(static_cast<std::uint8_t>(in_.bits(8)));
        return true;
    }

    bool fixed() {
        std::array<std::uint8_t, 288> literal{};
        for (std::size_t i = 0; i < 288; ++i) literal[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        std::array<std::uint8_t, 32> distance{};
        distance.fill(5);
        return literal_.build(literal) && distance_.build(distance) && block();
    }

    bool dynamic() {
        const std::size_t literals = in_.bits(5) + 257, distances = in_.bits(5) + 1, order = in_.bits(4) + 4;
        if (literals > 286 || distances > 30) return false;
        std::array<std::uint8_t, 19> code{};
        for (std::size_t i = 0; i < order; ++i) code[kCodeOrder[i]] = static_cast<std::uint8_t>(in_.bits(3));
        Decoder runs;
        if (!runs.build(code)) return false;
        std::vector<std::uint8_t> lengths;
        while (lengths.size() < literals + distances) {
            const int symbol = runs.decode(in_);
            if (symbol < 0 || in_.overrun()) return false;
            std::uint8_t value = 0;
            std::size_t times = 1;
            if (symbol < 16) {
                value = static_cast<std::uint8_t>(symbol);
            } else if (symbol == 16) {
                if (lengths.empty()) return false;
                value = lengths.back();
                times = 3 + in_.bits(2);
            } else {
                times = symbol == 17 ? 3 + in_.bits(3) : 11 + in_.bits(7);
            }
            lengths.insert(lengths.end(), times, value);
        }
        if (lengths.size() > literals + distances || lengths[256] == 0) return false;
        const std::span<const std::uint8_t> all = lengths;
        return literal_.build(all.first(literals)) && distance_.build(all.subspan(literals)) && block();
    }

    bool block() {
        while (true) {
            if (in_.overrun()) return false;
            const int symbol = literal_.decode(in_);
            if (symbol < 0) return false;
            if (symbol < 256) {
                if (!room(1)) return false;
                out_.push_back(static_cast<std::uint8_t>(symbol));
                continue;
            }
            if (symbol == 256) return true;
            const auto l = static_cast<std::size_t>(symbol - 257);
            if (l >= kLengthBase.size()) return false;
            const std::size_t length = kLengthBase[l] + in_.bits(kLengthExtra[l]);
            const int d = distance_.decode(in_);
            if (d < 0 || d >= 30) return false;
            const auto di = static_cast<std::size_t>(d);
            const std::size_t distance = kDistanceBase[di] + in_.bits(kDistanceExtra[di]);
            if (distance > out_.size() || !room(length)) return false;
            for (std::size_t i = 0; i < length; ++i) out_.push_back(out_[out_.size() - distance]);
        }
    }

    std::span<const std::uint8_t> data_;
    BitReader in_;
    std::size_t max_size_;
    Bytes out_;
    Decoder literal_, distance_;
    bool full_ = false;
};

}  // namespace

Result<Bytes> inflate(std::span<const std::uint8_t> data, std::size_t max_size, std::size_t* used) {
    Inflater inflater(data, max_size);
    Result<Bytes> result = inflater.run();
    if (used) *used = inflater.used();
    return result;
}

Result<Bytes> zlib_expand(std::span<const std::uint8_t> data, std::size_t max_size) {
    const Error broken{"deflate.broken", "The compressed data is cut short or damaged."};
    if (data.size() < 6 || (data[0] & 15) != 8 || (data[0] * 256 + data[1]) % 31 != 0 || (data[1] & 32))
        return broken;
    std::size_t used = 0;
    Result<Bytes> out = inflate(data.subspan(2), max_size, &used);
    if (!out) return out;
    const std::size_t at = 2 + used;
    if (at + 4 > data.size()) return broken;
    const std::uint32_t sum = std::uint32_t{data[at]} << 24 | std::uint32_t{data[at + 1]} << 16 |
                              std::uint32_t{data[at + 2]} << 8 | data[at + 3];
    if (sum != adler32(*out)) return broken;
    return out;
}

}  // namespace limner
