#include "prompt/reader.h"

#include "prompt/reading/sentence.h"

#include <algorithm>

namespace limner::prompt {

namespace {

void read_item(Sentence& s, std::size_t i) {
    using Kind = Concept::Kind;
    const Item& it = s.items[i];
    const Concept* c = it.meaning;
    if (c == nullptr) {
        if (!(it.bare_number && read_bare_age(s, i))) {
            s.leave(i);
        }
        return;
    }
    switch (c->kind) {
        case Kind::direct: read_direct(s, i); break;
        case Kind::noun: read_noun(s, i); break;
        case Kind::adjective:
        case Kind::colour:
            if (it.head < 0) {
                read_lone_adjective(s, i);
            }
            break;
        case Kind::age: read_age(s, i); break;
        case Kind::negation:
        case Kind::comparison:
            if (!it.used) {
                s.leave(i);
            }
            break;
        case Kind::named: read_name(s, i); break;
        case Kind::glue:
            // "hair of a brown colour" needs the word; "in colour" is a wish that nobody can fulfil.
            if (c->id == "hue" && std::ranges::none_of(s.items, [](const Item& other) {
                    return other.meaning != nullptr && other.meaning->kind == Kind::colour;
                })) {
                s.leave(i);
            }
            break;
        default: break;  // little words
    }
}

}  // namespace

Span Sentence::span_of(std::size_t i) const {
    const Item& item = items[i];
    Span span{tokens[item.first].begin, tokens[item.last - 1].end};
    for (const std::size_t helper : item.helpers) {
        span.begin = std::min(span.begin, tokens[items[helper].first].begin);
        span.end = std::max(span.end, tokens[items[helper].last - 1].end);
    }
    return span;
}

void Sentence::leave(std::size_t i) {
    reading.unused.push_back({tokens[items[i].first].begin, tokens[items[i].last - 1].end});
}

Reading read(std::string_view text, std::vector<Token> tokens, const Lexicon& lexicon) {
    Sentence s{text, std::move(tokens), lexicon, {}, {}, {}};
    lexicon.merge_numbers(s.tokens);
    if (!mend_slips(s)) {
        return std::move(s.reading);
    }
    s.items = items_of(s.tokens, lexicon);
    if (!allowed(s)) {
        return std::move(s.reading);
    }
    read_decades(s);
    read_endings(s);
    for (std::size_t i = 0; i < s.items.size() && s.reading.refusal.empty(); ++i) {
        if (!s.is_done(i)) {
            read_item(s, i);
        }
    }
    return std::move(s.reading);
}

}  // namespace limner::prompt
