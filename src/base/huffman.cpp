#include "base/huffman.h"

#include <algorithm>
#include <cstddef>

namespace limner {

std::vector<std::uint8_t> huffman_lengths(std::span<const std::uint32_t> counts, int limit) {
    struct Package {
        std::uint64_t weight;
        int left, right;  // packages of the level below, or (symbol, -1)
    };
    std::vector<std::uint8_t> lengths(counts.size(), 0);
    std::vector<Package> leaves;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) leaves.push_back({counts[i], static_cast<int>(i), -1});
    }
    if (leaves.size() <= 1) {
        for (const Package& leaf : leaves) lengths[static_cast<std::size_t>(leaf.left)] = 1;
        return lengths;
    }
    const auto lighter = [](const Package& a, const Package& b) { return a.weight < b.weight; };
    std::sort(leaves.begin(), leaves.end(), [](const Package& a, const Package& b) {
        return a.weight != b.weight ? a.weight < b.weight : a.left < b.left;
    });

    std::vector<std::vector<Package>> levels{leaves};
    for (int level = 1; level < limit; ++level) {
        const std::vector<Package>& below = levels.back();
        std::vector<Package> pairs;
        for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
            pairs.push_back(
                {below[i].weight + below[i + 1].weight, static_cast<int>(i), static_cast<int>(i + 1)});
        }
        std::vector<Package> merged(leaves.size() + pairs.size());
        std::merge(leaves.begin(), leaves.end(), pairs.begin(), pairs.end(), merged.begin(), lighter);
        levels.push_back(std::move(merged));
    }

    // The first 2n-2 packages of the top level: each time a symbol is in one of them, its code grows by a bit.
    std::vector<std::pair<std::size_t, std::size_t>> open;  // (level, package)
    for (std::size_t i = 0; i < 2 * leaves.size() - 2; ++i) open.emplace_back(levels.size() - 1, i);
    while (!open.empty()) {
        const auto [level, index] = open.back();
        open.pop_back();
        const Package& package = levels[level][index];
        if (package.right < 0) {
            ++lengths[static_cast<std::size_t>(package.left)];
        } else {
            open.emplace_back(level - 1, static_cast<std::size_t>(package.left));
            open.emplace_back(level - 1, static_cast<std::size_t>(package.right));
        }
    }
    return lengths;
}

std::vector<std::uint16_t> huffman_codes(std::span<const std::uint8_t> lengths) {
    std::array<std::uint16_t, 17> next{};
    for (const std::uint8_t length : lengths) {
        if (length > 0) ++next[length + 1U];
    }
    for (std::size_t bits = 2; bits < 17; ++bits) {
        next[bits] = static_cast<std::uint16_t>((next[bits] + next[bits - 1]) << 1);
    }
    // next[n] is now the first code of n bits.
    std::vector<std::uint16_t> codes(lengths.size(), 0);
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const int length = lengths[i];
        if (length == 0) continue;
        std::uint16_t code = next[static_cast<std::size_t>(length)]++;
        for (int b = 0; b < length; ++b) {
            codes[i] = static_cast<std::uint16_t>(codes[i] << 1 | (code & 1));
            code = static_cast<std::uint16_t>(code >> 1);
        }
    }
    return codes;
}

}  // namespace limner
