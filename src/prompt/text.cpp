#include "prompt/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace limner::prompt {
namespace {

struct Rune {
    char32_t code;
    int bytes;
};

// Broken UTF-8 reads as U+FFFD, one byte at a time.
Rune rune_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) {
        return {first, 1};
    }
    const int length = first >= 0xF0 && first < 0xF5   ? 4
                       : first >= 0xE0 && first < 0xF0 ? 3
                       : first >= 0xC2 && first < 0xE0 ? 2
                                                       : 0;
    if (length == 0 || at + static_cast<std::size_t>(length) > text.size()) {
        return {0xFFFD, 1};
    }
    char32_t code = first & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const unsigned char next = byte(at + static_cast<std::size_t>(i));
        if ((next & 0xC0) != 0x80) {
            return {0xFFFD, 1};
        }
        code = (code << 6) | (next & 0x3FU);
    }
    return {code, length};
}

void append_utf8(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// Plain letters of U+00C0 … U+017F, in order; "-" is no letter.
constexpr std::array<const char*, 192> kPlain = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "-", "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "-", "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s"};

bool capital_latin(char32_t code) {
    if (code >= 'A' && code <= 'Z') {
        return true;
    }
    if (code >= 0xC0 && code <= 0xDE) {
        return code != 0xD7;
    }
    return code >= 0x100 && code <= 0x137 && code % 2 == 0;
}

char32_t lower_of(char32_t code) {
    return !capital_latin(code) ? code : code >= 0x100 ? code + 1 : code + 32;
}

enum class Sort { letter, digit, emoji, joiner, between };

// Emoji that may carry meaning; the joiner and the variation selectors belong to what they follow.
Sort sort_of(char32_t code) {
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')) {
        return Sort::letter;
    }
    if (code >= '0' && code <= '9') {
        return Sort::digit;
    }
    if (code < 0xC0 || code == 0xD7 || code == 0xF7) {
        return code == 0xAD ? Sort::joiner : Sort::between;
    }
    if (code == 0x200D || (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x300 && code <= 0x36F) ||
        (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
        (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF) {
        return Sort::joiner;
    }
    if ((code >= 0x2600 && code <= 0x27BF) || (code >= 0x1F000 && code <= 0x1FAFF)) {
        return Sort::emoji;
    }
    if ((code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3000 && code <= 0x303F) ||
        (code >= 0xFF00 && code <= 0xFF0F) || code == 0x060C || code == 0x061B || code == 0x061F ||
        code == 0x06D4 || code == 0xFFFD || (code >= 0xE000 && code <= 0xF8FF)) {
        return Sort::between;
    }
    return Sort::letter;
}

void append_folded(std::string& out, char32_t code) {
    if (code >= 'A' && code <= 'Z') {
        out += static_cast<char>(code - 'A' + 'a');
    } else if (code >= 0xC0 && code < 0x180) {
        out += kPlain[code - 0xC0];
    } else {
        append_utf8(out, code);
    }
}

// What a mark between words means; `space_before` and `space_after` tell "3/4" from "man / 35" and "29." from "8.5".
Gap gap_of(char32_t code, bool space_before, bool space_after) {
    switch (code) {
        case ',':
        case '(':
        case ')':
        case '[':
        case ']':
        case '&':
        case '+':
        case 0x2013:
        case 0x2014:
        case 0x060C:
        case 0x3001: return code == '&' || code == '+' ? Gap::none : Gap::comma;
        case '-': return space_before && space_after ? Gap::comma : Gap::none;
        case '/':
        case '|': return space_before ? Gap::comma : Gap::none;
        case ':':
        case '=': return Gap::colon;
        case '.':
        case '!':
        case '?':
        case 0x06D4:
        case 0x061F:
        case 0x3002: return space_after ? Gap::full : Gap::none;
        case ';':
        case '\n':
        case 0x061B:
        case 0x2026:
        case 0xBF:
        case 0xA1: return Gap::full;
        default: return Gap::none;
    }
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    Gap gap = Gap::full;
    Sort open = Sort::between;
    int letters = 0, capitals = 0;
    bool plain = true;
    const auto close = [&] {
        if (open == Sort::letter) {
            tokens.back().all_capitals = letters > 1 && letters == capitals;
        }
        if (plain && open != Sort::between) {
            tokens.back().spelled.clear();
        }
        open = Sort::between;
    };
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = rune_at(text, at);
        const std::size_t next = at + static_cast<std::size_t>(rune.bytes);
        const Sort sort = sort_of(rune.code);
        if (sort == Sort::joiner) {
            if (open == Sort::letter || open == Sort::digit) {
                tokens.back().end = next;
            }
        } else if (sort == Sort::between) {
            close();
            const bool before = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';
            const bool after = next >= text.size() || text[next] == ' ' || text[next] == '\n';
            gap = std::max(gap, gap_of(rune.code, before, after));
            // "Michael B. Jordan": the full stop of an initial ends nothing.
            if (rune.code == '.' && gap == Gap::full && !tokens.empty() && tokens.back().end == at &&
                tokens.back().end - tokens.back().begin == 1 && tokens.back().capital) {
                gap = Gap::none;
            }
        } else {
            if (sort != open || sort == Sort::emoji) {
                close();
                Token token;
                token.begin = at;
                token.gap = tokens.empty() ? Gap::full : gap;
                token.capital = capital_latin(rune.code);
                token.number = sort == Sort::digit;
                token.emoji = sort == Sort::emoji;
                tokens.push_back(std::move(token));
                gap = Gap::none;
                open = sort;
                letters = capitals = 0;
                plain = true;
            }
            Token& token = tokens.back();
            token.end = next;
            if (sort == Sort::digit) {
                token.value = std::min(token.value * 10 + static_cast<double>(rune.code - '0'), 1e6);
            }
            ++letters;
            capitals += capital_latin(rune.code) ? 1 : 0;
            if (token.folded.size() < 64) {  // no phrase is longer
                append_folded(token.folded, rune.code);
                plain = plain && rune.code < 0x80;
                append_utf8(token.spelled, lower_of(rune.code));
            }
        }
        at = next;
    }
    close();
    return tokens;
}

std::string lower(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = rune_at(text, at);
        append_utf8(out, lower_of(rune.code));
        at += static_cast<std::size_t>(rune.bytes);
    }
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = rune_at(text, at);
        append_folded(out, rune.code);
        at += static_cast<std::size_t>(rune.bytes);
    }
    return out;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
    constexpr std::size_t kLongest = 32;
    const int difference = static_cast<int>(a.size()) - static_cast<int>(b.size());
    if (difference > limit || -difference > limit || a.size() > kLongest || b.size() > kLongest) {
        return limit + 1;
    }
    std::array<std::array<int, kLongest + 1>, 3> rows{};
    for (std::size_t j = 0; j <= b.size(); ++j) {
        rows[0][j] = static_cast<int>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& above2 = rows[(i + 1) % 3];
        row[0] = static_cast<int>(i);
        int best = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            int cost =
                std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost = std::min(cost, above2[j - 2] + 1);
            }
            row[j] = cost;
            best = std::min(best, cost);
        }
        if (best > limit) {
            return limit + 1;
        }
    }
    return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

}  // namespace limner::prompt
