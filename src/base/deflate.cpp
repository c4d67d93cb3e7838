#include "base/deflate.h"

#include "base/checksum.h"
#include "base/huffman.h"

#include <algorithm>
#include <array>

namespace limner {
namespace {

constexpr std::size_t kWindow = 32768, kMinMatch = 3, kMaxMatch = 258;
constexpr std::size_t kHashSize = 1 << 15;
constexpr int kMaxChain = 96;                 // candidates looked at for one match
constexpr std::size_t kGoodMatch = 48;        // a match this long is not improved upon
constexpr std::size_t kBlockSymbols = 24576;  // a new Huffman code after that many

// One literal (distance 0) or one match.
struct Token {
    std::uint16_t length;  // of a match, or the literal byte
    std::uint16_t distance;
};

class BitWriter {
public:
    void bits(std::uint32_t value, int count) {
        buffer_ |= static_cast<std::uint64_t>(value) << filled_;
        filled_ += count;
        while (filled_ >= 8) {
            out_.push_back(static_cast<std::uint8_t>(buffer_));
            buffer_ >>= 8;
            filled_ -= 8;
        }
    }
    void align() {
        if (filled_ > 0) bits(0, 8 - filled_);
    }
    Bytes& bytes() { return out_; }

private:
    Bytes out_;
    std::uint64_t buffer_ = 0;
    int filled_ = 0;
};

// Index of the last base that is <= value.
template <std::size_t N>
std::size_t bucket(const std::array<std::uint16_t, N>& bases, std::size_t value) {
    return static_cast<std::size_t>(std::upper_bound(bases.begin(), bases.end(), value) - bases.begin()) - 1;
}

struct Codes {
    std::vector<std::uint8_t> literal, distance;  // code lengths
};

Codes fixed_codes() {
    Codes codes{std::vector<std::uint8_t>(288, 8), std::vector<std::uint8_t>(30, 5)};
    std::fill(codes.literal.begin() + 144, codes.literal.begin() + 256, std::uint8_t{9});
    std::fill(codes.literal.begin() + 256, codes.literal.begin() + 280, std::uint8_t{7});
    return codes;
}

// The code lengths of both codes, run-length encoded by symbols 0..18 (RFC 1951, 3.2.7).
struct Run {
    std::uint8_t symbol, extra_bits, extra;
};

std::vector<Run> run_lengths(const std::vector<std::uint8_t>& lengths) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < lengths.size();) {
        std::size_t same = 1;
        while (i + same < lengths.size() && lengths[i + same] == lengths[i]) ++same;
        const std::uint8_t length = lengths[i];
        i += same;
        if (length != 0) {
            runs.push_back({length, 0, 0});
            --same;
        }
        while (same >= 3) {
            const std::size_t most = length != 0 ? 6 : 138;
            const std::size_t now = std::min(same, most);
            if (length != 0) {
                runs.push_back({16, 2, static_cast<std::uint8_t>(now - 3)});
            } else if (now <= 10) {
                runs.push_back({17, 3, static_cast<std::uint8_t>(now - 3)});
            } else {
                runs.push_back({18, 7, static_cast<std::uint8_t>(now - 11)});
            }
            same -= now;
        }
        for (; same > 0; --same) runs.push_back({length, 0, 0});
    }
    return runs;
}

class Deflater {
public:
    explicit Deflater(std::span<const std::uint8_t> data)
        : data_(data), head_(kHashSize, -1), previous_(kWindow, -1) {}

    Bytes run() {
        std::size_t at = 0;
        Match match = find(at);
        while (at < data_.size()) {
            insert(at);
            // Lazy: if the next place has a longer match, this byte is a literal.
            const Match next =
                match.length >= kMinMatch && match.length < kGoodMatch ? find(at + 1) : Match{};
            if (match.length >= kMinMatch && next.length <= match.length) {
                tokens_.push_back(
                    {static_cast<std::uint16_t>(match.length), static_cast<std::uint16_t>(match.distance)});
                for (std::size_t k = 1; k < match.length; ++k) insert(at + k);
                at += match.length;
                match = find(at);
            } else {
                tokens_.push_back({data_[at], 0});
                ++at;
                match = next.length >= kMinMatch ? next : find(at);
            }
            if (tokens_.size() >= kBlockSymbols) flush(at, false);
        }
        flush(at, true);
        out_.align();
        return std::move(out_.bytes());
    }

private:
    struct Match {
        std::size_t length = 0, distance = 0;
    };

    std::size_t hash(std::size_t at) const {
        const std::uint32_t key =
            data_[at] | std::uint32_t{data_[at + 1]} << 8 | std::uint32_t{data_[at + 2]} << 16;
        return (key * 0x9E3779B1U) >> 17;
    }

    void insert(std::size_t at) {
        if (at + kMinMatch > data_.size()) return;
        const std::size_t h = hash(at);
        previous_[at % kWindow] = head_[h];
        head_[h] = static_cast<std::int64_t>(at);
    }

    Match find(std::size_t at) const {
        Match best;
        if (at + kMinMatch > data_.size()) return best;
        const std::size_t most = std::min(kMaxMatch, data_.size() - at);
        std::int64_t candidate = head_[hash(at)];
        for (int chain = 0; candidate >= 0 && chain < kMaxChain; ++chain) {
            const auto from = static_cast<std::size_t>(candidate);
            if (from >= at || at - from > kWindow) break;
            if (best.length < most && data_[from + best.length] == data_[at + best.length]) {
                std::size_t length = 0;
                while (length < most && data_[from + length] == data_[at + length]) ++length;
                if (length > best.length) best = {length, at - from};
                if (length >= kGoodMatch) break;
            }
            const std::int64_t older = previous_[from % kWindow];
            if (older >= candidate) break;  // the ring was overwritten
            candidate = older;
        }
        // A match of three bytes far away costs more than its literals.
        if (best.length == kMinMatch && best.distance > 4096) best = {};
        return best.length >= kMinMatch ? best : Match{};
    }

    void write_tokens(const Codes& codes) {
        const std::vector<std::uint16_t> literal = huffman_codes(codes.literal);
        const std::vector<std::uint16_t> distance = huffman_codes(codes.distance);
        for (const Token token : tokens_) {
            if (token.distance == 0) {
                out_.bits(literal[token.length], codes.literal[token.length]);
                continue;
            }
            const std::size_t l = token.length == kMaxMatch ? 28 : bucket(kLengthBase, token.length);
            out_.bits(literal[257 + l], codes.literal[257 + l]);
            out_.bits(static_cast<std::uint32_t>(token.length - kLengthBase[l]), kLengthExtra[l]);
            const std::size_t d = bucket(kDistanceBase, token.distance);
            out_.bits(distance[d], codes.distance[d]);
            out_.bits(static_cast<std::uint32_t>(token.distance - kDistanceBase[d]), kDistanceExtra[d]);
        }
        out_.bits(literal[256], codes.literal[256]);
    }

    void flush(std::size_t end, bool last) {
        std::vector<std::uint32_t> literal_count(286, 0), distance_count(30, 0);
        std::size_t extra = 0;
        for (const Token token : tokens_) {
            if (token.distance == 0) {
                ++literal_count[token.length];
                continue;
            }
            const std::size_t l = token.length == kMaxMatch ? 28 : bucket(kLengthBase, token.length);
            const std::size_t d = bucket(kDistanceBase, token.distance);
            ++literal_count[257 + l];
            ++distance_count[d];
            extra += kLengthExtra[l] + kDistanceExtra[d];
        }
        literal_count[256] = 1;

        const auto cost = [&](const Codes& codes) {
            std::size_t bits = extra;
            for (std::size_t i = 0; i < 286; ++i) bits += std::size_t{literal_count[i]} * codes.literal[i];
            for (std::size_t i = 0; i < 30; ++i) bits += std::size_t{distance_count[i]} * codes.distance[i];
            return bits;
        };
        const Codes fixed = fixed_codes();
        Codes own{huffman_lengths(literal_count, 15), huffman_lengths(distance_count, 15)};
        std::size_t literals = 286, distances = 30;
        while (literals > 257 && own.literal[literals - 1] == 0) --literals;
        while (distances > 1 && own.distance[distances - 1] == 0) --distances;
        std::vector<std::uint8_t> both(own.literal.begin(),
                                       own.literal.begin() + static_cast<std::ptrdiff_t>(literals));
        both.insert(both.end(), own.distance.begin(),
                    own.distance.begin() + static_cast<std::ptrdiff_t>(distances));
        const std::vector<Run> runs = run_lengths(both);
        std::vector<std::uint32_t> run_count(19, 0);
        for (const Run run : runs) ++run_count[run.symbol];
        const std::vector<std::uint8_t> run_code = huffman_lengths(run_count, 7);
        std::size_t order = 19;
        while (order > 4 && run_code[kCodeOrder[order - 1]] == 0) --order;
        std::size_t header = 14 + 3 * order;
        for (const Run run : runs) header += std::size_t{run_code[run.symbol]} + run.extra_bits;

        const std::size_t raw = (end - start_ + 5 * (1 + (end - start_) / 65535)) * 8;
        const std::size_t dynamic = header + cost(own), plain = cost(fixed);
        if (raw < std::min(dynamic, plain)) {
            store(end, last);
        } else if (plain <= dynamic) {
            out_.bits(last ? 1 : 0, 1);
            out_.bits(1, 2);
            write_tokens(fixed);
        } else {
            out_.bits(last ? 1 : 0, 1);
            out_.bits(2, 2);
            out_.bits(static_cast<std::uint32_t>(literals - 257), 5);
            out_.bits(static_cast<std::uint32_t>(distances - 1), 5);
            out_.bits(static_cast<std::uint32_t>(order - 4), 4);
            for (std::size_t i = 0; i < order; ++i) out_.bits(run_code[kCodeOrder[i]], 3);
            const std::vector<std::uint16_t> codes = huffman_codes(run_code);
            for (const Run run : runs) {
                out_.bits(codes[run.symbol], run_code[run.symbol]);
                out_.bits(run.extra, run.extra_bits);
            }
            write_tokens(own);
        }
        tokens_.clear();
        start_ = end;
    }

    void store(std::size_t end, bool last) {
        do {
            const std::size_t count = std::min<std::size_t>(end - start_, 65535);
            const bool final = last && start_ + count == end;
            out_.bits(final ? 1 : 0, 1);
            out_.bits(0, 2);
            out_.align();
            out_.bits(static_cast<std::uint32_t>(count), 16);
            out_.bits(static_cast<std::uint32_t>(~count & 0xFFFF), 16);
            const auto from = data_.subspan(start_, count);
            out_.bytes().insert(out_.bytes().end(), from.begin(), from.end());
            start_ += count;
        } while (start_ < end);
    }

    std::span<const std::uint8_t> data_;
    std::vector<std::int64_t> head_, previous_;  // hash chains over the window
    std::vector<Token> tokens_;
    std::size_t start_ = 0;  // first byte of the current block
    BitWriter out_;
};

}  // namespace

Bytes deflate(std::span<const std::uint8_t> data) { return Deflater(data).run(); }

Bytes zlib_compress(std::span<const std::uint8_t> data) {
    Bytes out{0x78, 0x9C};
    const Bytes body = deflate(data);
    out.insert(out.end(), body.begin(), body.end());
    const std::uint32_t sum = adler32(data);
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(sum >> shift));
    return out;
}

}  // namespace limner
