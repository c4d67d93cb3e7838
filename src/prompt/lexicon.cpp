#include "prompt/lexicon.h"

#include "base/checksum.h"
#include "base/embedded.h"
#include "base/sort_few.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>

namespace limner {
extern const std::span<const EmbeddedFile>
    kPromptFiles;                             // data/*.json, embedded at build time: all, or English
extern const std::string_view kLanguagesSum;  // of the file with the languages beside English
}  // namespace limner

namespace limner::prompt {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

[[noreturn]] void broken(const std::string& what) {
    std::fprintf(stderr, "limner: src/prompt/data is broken: %s\n", what.c_str());
    std::abort();
}

// What is embedded, and what was fetched since.
class Shelf {
public:
    bool add(std::string text) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
        if (sha256_hex({bytes, text.size()}) != kLanguagesSum) {
            return false;
        }
        if (!fetched_.empty()) {
            return true;
        }
        fetched_ = std::move(text);
        for (std::string_view rest = fetched_; !rest.empty();) {
            const std::string_view name = line(rest);
            const std::string_view vocabulary = line(rest);
            if (find(name) == nullptr) {
                files_.push_back({name, vocabulary});
            }
        }
        return true;
    }

    const EmbeddedFile* find(std::string_view name) const {
        const auto found = std::ranges::find(files_, name, &EmbeddedFile::name);
        return found == files_.end() ? nullptr : &*found;
    }

    const std::vector<EmbeddedFile>& files() const { return files_; }

private:
    static std::string_view line(std::string_view& rest) {
        const std::string_view first = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(first.size() + 1, rest.size()));
        return first;
    }

    std::string fetched_;
    std::vector<EmbeddedFile> files_{kPromptFiles.begin(), kPromptFiles.end()};
};

Shelf& shelf() {
    static Shelf the_shelf;
    return the_shelf;
}

ordered_json vocabulary(std::string_view name) {
    const EmbeddedFile* file = shelf().find(name);
    if (file == nullptr) {
        broken(std::string(name) + " is missing");
    }
    ordered_json data = ordered_json::parse(file->text, nullptr, false);
    if (data.is_discarded()) {
        broken(std::string(name) + " is not JSON");
    }
    return data;
}

template <class T>
void read(const ordered_json& from, const char* key, T& to) {
    if (const auto found = from.find(key); found != from.end()) {
        if constexpr (std::is_same_v<T, bool>) {
            to = true;
        } else {
            to = found->template get<T>();
        }
    }
}

Concept::Kind kind_of(const ordered_json& data) {
    using Kind = Concept::Kind;
    const std::pair<const char*, Kind> keys[] = {
        {"refuse", Kind::refusal}, {"noun", Kind::noun},         {"mod", Kind::adjective},
        {"degree", Kind::degree},  {"negate", Kind::negation},   {"compare", Kind::comparison},
        {"join", Kind::join},      {"glue", Kind::glue},         {"age", Kind::age},
        {"decade", Kind::age},     {"likeness", Kind::likeness}, {"named", Kind::named}};
    for (const auto& [key, kind] : keys) {
        if (data.contains(key)) {
            return kind;
        }
    }
    return Kind::direct;
}

Concept concept_of(const std::string& id, const ordered_json& data) {
    Concept c;
    c.id = id;
    c.kind = kind_of(data);
    c.alias = id;
    read(data, "set", c.set);
    read(data, "bare", c.bare);
    read(data, "not", c.negated);
    read(data, "implied", c.implied);
    read(data, "more", c.more);
    read(data, "add", c.add);
    read(data, "isa", c.parent);
    read(data, "colours", c.colour_domain);
    read(data, "as", c.alias);
    read(data, "refuse", c.refusal);
    read(data, "style", c.style);
    read(data, "age", c.age);
    read(data, "look", c.look);
    read(data, "degree", c.degree);
    read(data, "decade", c.decade);
    read(data, "rank", c.rank);
    read(data, "age_rank", c.age_rank);
    for (const char* key : {"negate", "compare", "join", "glue", "likeness"}) {
        read(data, key, c.number);
    }
    read(data, "person", c.person);
    read(data, "quiet", c.quiet);
    read(data, "youth", c.youth);
    read(data, "skin_word", c.skin_word);
    read(data, "hair", c.hair);
    read(data, "hairy", c.hairy);
    read(data, "light", c.light);
    read(data, "mixes", c.mixes);
    read(data, "dir", c.direction);
    read(data, "size", c.size);
    if (const auto mods = data.find("mods"); mods != data.end()) {
        for (const auto& [name, value] : mods->items()) {
            c.modifications[name] =
                value.is_number() ? Modification{Values(), value.get<double>()} : Modification{value, 0};
        }
    }
    return c;
}

Meanings read_meanings() {
    const ordered_json data = vocabulary("concepts");
    Meanings m;
    const auto add = [&](Concept c) {
        if (!m.index.emplace(c.id, static_cast<int>(m.concepts.size())).second) {
            broken("two concepts are called " + c.id);
        }
        m.concepts.push_back(std::move(c));
    };
    for (const auto& [id, value] : data.at("concepts").items()) {
        add(concept_of(id, value));
    }
    for (const auto& [id, value] : data.at("colours").items()) {
        Concept c;
        c.id = c.alias = id;
        c.kind = Concept::Kind::colour;
        read(value, "look", c.look);
        add(std::move(c));
        Colour colour;
        read(value, "rgb", colour.rgb);
        read(value, "hair", colour.hair);
        read(value, "eyes", colour.eyes);
        read(value, "glasses", colour.glasses);
        read(value, "default", colour.home);
        read(value, "lips", colour.lips);
        read(value, "shadow", colour.shadow);
        read(value, "metal", colour.metal);
        m.colours.emplace(id, std::move(colour));
    }
    for (const auto& [id, value] : data.at("neutral").items()) {
        m.neutral.emplace(id, value.get<double>());
    }
    for (const auto& [text, id] : data.at("emoji").items()) {
        m.emoji.emplace_back(folded(text), m.index.at(id.get<std::string>()));
    }
    m.hair_rules = data.at("hair_rules").get<json>();
    m.lights = data.at("lights").get<json>();
    m.scenes = data.at("scenes").get<json>();
    m.styles = data.at("styles").get<json>();
    return m;
}

// "negr[o,a]s" and "brown~": every form, with the language's endings for "~".
std::vector<std::string> forms_of(const std::string& phrase, const std::vector<std::string>& endings) {
    if (const auto open = phrase.find('['); open != std::string::npos) {
        const auto close = phrase.find(']', open);
        if (close == std::string::npos) {
            broken("a bracket is not closed in " + phrase);
        }
        std::vector<std::string> all;
        std::size_t from = open + 1;
        while (from <= close) {
            const std::size_t to = std::min(phrase.find(',', from), close);
            for (auto& form :
                 forms_of(phrase.substr(0, open) + phrase.substr(from, to - from) + phrase.substr(close + 1),
                          endings)) {
                all.push_back(std::move(form));
            }
            from = to + 1;
        }
        return all;
    }
    if (phrase.find('~') == std::string::npos) {
        return {phrase};
    }
    std::vector<std::string> all;
    for (const std::string& ending : endings) {
        std::string form;
        for (const char c : phrase) {
            if (c == '~') {
                form += ending;
            } else {
                form += c;
            }
        }
        all.push_back(std::move(form));
    }
    return all;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t to = std::min(text.find(at, from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

std::uint64_t edge(int node, int word) {
    return (static_cast<std::uint64_t>(node) << 32) | static_cast<std::uint32_t>(word);
}

}  // namespace

const Concept* Meanings::find(std::string_view id) const {
    const auto found = index.find(std::string(id));
    return found == index.end() ? nullptr : &concepts[static_cast<std::size_t>(found->second)];
}

const Concept& Meanings::at(std::string_view id) const {
    const Concept* found = find(id);
    if (found == nullptr) {
        broken("there is no concept " + std::string(id));
    }
    return *found;
}

const Modification* Meanings::modification(const Concept& noun, const Concept& adjective) const {
    for (const Concept* c = &noun; c != nullptr; c = c->parent.empty() ? nullptr : find(c->parent)) {
        if (const auto found = c->modifications.find(adjective.alias); found != c->modifications.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

std::string_view Meanings::colour_domain(const Concept& noun) const {
    for (const Concept* c = &noun; c != nullptr; c = c->parent.empty() ? nullptr : find(c->parent)) {
        if (!c->colour_domain.empty()) {
            return c->colour_domain;
        }
    }
    return {};
}

const Meanings& meanings() {
    static const Meanings all = read_meanings();
    return all;
}

Lexicon::Lexicon(const ordered_json& data) : words_{{"#", 0}} {
    lang = data.at("lang").get<std::string>();
    adjectives_first = data.at("order") == "before";
    sentences = data.at("sentences").get<json>();
    describe = data.at("describe").get<json>();
    const std::vector<std::string> endings = split(data.at("endings").get<std::string>(), ',');
    for (const char* part : {"words", "colours"}) {
        for (const auto& [id, phrases] : data.at(part).items()) {
            const Concept& meaning = meanings().at(id);
            for (const std::string& phrase : split(phrases.get<std::string>(), '|')) {
                for (const std::string& form : forms_of(phrase, endings)) {
                    add(form, meaning);
                }
            }
        }
    }
    for (const auto& [text, id] : meanings().emoji) {
        add(text, meanings().concepts[static_cast<std::size_t>(id)]);
    }
    double value = 0;
    for (const std::string& form : split(data.at("numbers").get<std::string>(), ' ')) {
        value += 1;
        for (std::string phrase : split(folded(form), '|')) {
            std::replace(phrase.begin(), phrase.end(), '_', ' ');
            number_phrases_.emplace(phrase, value);
        }
    }
    for (const std::string& word : split(folded(data.at("stop").get<std::string>()), ' ')) {
        stop_.emplace(word, true);
    }
    for (const auto& [key, gender] :
         {std::pair{"ends_either", 0}, {"ends_feminine", -1}, {"ends_masculine", 1}}) {
        if (data.contains(key)) {
            for (const std::string& end : split(folded(data.at(key).get<std::string>()), ' ')) {
                gender_ends_.emplace_back(end, gender);
            }
        }
    }
    sort_few(gender_ends_, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    if (data.contains("number_endings")) {
        number_endings_ = split(folded(data.at("number_endings").get<std::string>()), ' ');
    }
    by_length_.resize(33);
    for (const auto& [text, id] : words_) {
        if (text.size() >= 4 && text.size() <= 32) {
            by_length_[text.size()].push_back(text);
        }
    }
    for (auto& bucket : by_length_) {
        std::sort(bucket.begin(), bucket.end());
    }
}

int Lexicon::gender(std::string_view word) const {
    for (const auto& [end, gender] : gender_ends_) {
        if (word.ends_with(end)) {
            return gender;
        }
    }
    return 0;
}

int Lexicon::word(const std::string& text) {
    return words_.emplace(text, static_cast<int>(words_.size())).first->second;
}

int Lexicon::child(int node, int word) const {
    const auto found = edges_.find(edge(node, word));
    return found == edges_.end() ? -1 : found->second;
}

void Lexicon::add(std::string_view phrase, const Concept& meaning) {
    const bool comparative = !phrase.empty() && phrase[0] == '+';
    int node = 0;
    for (const std::string& part : split(folded(phrase.substr(comparative ? 1 : 0)), ' ')) {
        if (part.empty()) {
            broken(lang + ": an empty word in \"" + std::string(phrase) + "\" of " + meaning.id);
        }
        const auto [found, fresh] = edges_.emplace(edge(node, word(part)), static_cast<int>(nodes_.size()));
        if (fresh) {
            nodes_.emplace_back();
        }
        node = found->second;
        if (meaning.kind != Concept::Kind::glue) {
            carrying_.insert(part);
        }
    }
    auto& senses = nodes_[static_cast<std::size_t>(node)].senses;
    const auto same = [&](const Sense& sense) {
        return sense.concept_ == &meaning && sense.comparative == comparative;
    };
    if (std::none_of(senses.begin(), senses.end(), same)) {
        senses.push_back({&meaning, comparative, lower(phrase.substr(comparative ? 1 : 0))});
    }
}

void Lexicon::walk(const std::vector<Token>& tokens, std::size_t start, std::size_t at, int node,
                   std::vector<double>& numbers, Match& best) const {
    const Node& here = nodes_[static_cast<std::size_t>(node)];
    if (!here.senses.empty() && at - start > best.length) {
        best = {at - start, &here.senses, numbers};
    }
    if (at >= tokens.size() || at - start >= 10 ||
        (at > start && (tokens[at].gap == Gap::comma || tokens[at].gap == Gap::full))) {
        return;
    }
    const Token& token = tokens[at];
    if (const auto found = words_.find(token.folded); found != words_.end()) {
        if (const int next = child(node, found->second); next >= 0) {
            walk(tokens, start, at + 1, next, numbers, best);
        }
    }
    if (token.number) {
        if (const int next = child(node, 0); next >= 0) {
            numbers.push_back(token.value);
            walk(tokens, start, at + 1, next, numbers, best);
            numbers.pop_back();
        }
    }
}

Match Lexicon::match(const std::vector<Token>& tokens, std::size_t at) const {
    Match best;
    std::vector<double> numbers;
    walk(tokens, at, at, 0, numbers, best);
    return best;
}

// "trentacinquenne", "fünfundvierzigjährige": a number and what it counts, written as one word.
void Lexicon::split_numbers(std::vector<Token>& tokens) const {
    for (std::size_t i = 0; i < tokens.size() && !number_endings_.empty(); ++i) {
        const std::string word = tokens[i].folded;
        for (const std::string& end : number_endings_) {
            const std::size_t at = word.rfind(end);
            if (at == std::string::npos || at < 3 || word.size() - at > end.size() + 2 ||
                words_.count(word) != 0) {
                continue;
            }
            auto found = number_phrases_.end();
            for (const char* vowel :
                 {"", "a", "e", "i", "o", "ta", "tre"}) {  // "ottant'anni", "trentacinquenne"
                found =
                    found == number_phrases_.end() ? number_phrases_.find(word.substr(0, at) + vowel) : found;
            }
            if (found == number_phrases_.end()) {
                continue;
            }
            Token rest = tokens[i];
            rest.folded = word.substr(at);
            rest.spelled.clear();
            rest.gap = Gap::none;
            tokens[i].folded = word.substr(0, at);
            tokens[i].spelled.clear();
            tokens[i].number = true;
            tokens[i].value = found->second;
            tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
            ++i;
            break;
        }
    }
}

void Lexicon::merge_numbers(std::vector<Token>& tokens) const {
    split_numbers(tokens);
    std::vector<Token> merged;
    merged.reserve(tokens.size());
    for (std::size_t at = 0; at < tokens.size();) {
        std::size_t length = 0;
        double value = 0;
        std::string phrase;
        for (std::size_t end = at; end < std::min(at + 6, tokens.size()); ++end) {
            if (tokens[end].number || (end > at && tokens[end].gap != Gap::none)) {
                break;
            }
            phrase += (end > at ? " " : "") + tokens[end].folded;
            if (const auto found = number_phrases_.find(phrase); found != number_phrases_.end()) {
                length = end + 1 - at;
                value = found->second;
            }
        }
        if (length == 0) {
            merged.push_back(std::move(tokens[at]));
            ++at;
            continue;
        }
        Token token = tokens[at];
        for (std::size_t i = 1; i < length; ++i) {
            token.folded += " " + tokens[at + i].folded;
            token.end = tokens[at + i].end;
        }
        token.number = true;
        token.value = value;
        merged.push_back(std::move(token));
        at += length;
    }
    tokens = std::move(merged);
}

// One slip in words of up to seven letters, two in longer ones. The first letter is rarely wrong: at most it comes second
// ("ahir"). A little word is meant only when its own letters are there ("wtih"): "Winter" is not "hinter".
std::string Lexicon::corrected(const std::string& typed) const {
    if (typed.size() < 3 || typed.size() > 30 || stop_.count(typed) != 0) {
        return {};
    }
    const int limit = typed.size() >= 8 ? 2 : 1;
    std::string best;
    double best_cost = limit + 1;
    const std::size_t reach = static_cast<std::size_t>(limit);
    for (std::size_t length = typed.size() - reach; length <= typed.size() + reach; ++length) {
        if (length < 4 || length >= by_length_.size() || (typed.size() == 3 && length != 4)) {
            continue;
        }
        for (const std::string& candidate : by_length_[length]) {
            const bool same_start = candidate[0] == typed[0];
            const bool little = carrying_.count(candidate) == 0;
            if ((!same_start && candidate[0] != typed[1]) ||
                (little &&
                 !std::is_permutation(typed.begin(), typed.end(), candidate.begin(), candidate.end()))) {
                continue;
            }
            const int allowed = same_start ? limit : 1;
            const int distance = edit_distance(typed, candidate, allowed);
            if (distance > allowed) {
                continue;
            }
            const double cost = distance + (same_start ? 0 : 0.5) +
                                (candidate.size() > typed.size() ? 0 : 0.1) + (little ? 0.3 : 0);
            if (cost < best_cost) {
                best_cost = cost;
                best = candidate;
            }
        }
    }
    return best;
}

bool add_languages(std::string text) { return shelf().add(std::move(text)); }

std::vector<std::string> languages() {
    std::vector<std::string> all;
    for (const EmbeddedFile& file : shelf().files()) {
        if (file.name != "concepts") {
            all.emplace_back(file.name);
        }
    }
    sort_few(all, [](const std::string& a, const std::string& b) { return a == "en" && b != "en"; });
    return all;
}

const Lexicon* lexicon(std::string_view lang) {
    static std::map<std::string, std::unique_ptr<const Lexicon>, std::less<>> built;
    static std::mutex door;
    const std::lock_guard<std::mutex> inside(door);
    if (const auto found = built.find(lang); found != built.end()) {
        return found->second.get();
    }
    const std::vector<std::string> all = languages();
    if (std::find(all.begin(), all.end(), lang) == all.end()) {
        return nullptr;
    }
    return built.emplace(lang, std::make_unique<const Lexicon>(vocabulary(lang))).first->second.get();
}

const Lexicon& detect(const std::vector<Token>& tokens, std::string_view preferred) {
    const auto known = [&](const Lexicon& candidate) {
        int count = 0;
        std::size_t seen = 0;
        for (const Token& token : tokens) {
            if (token.folded.size() > 1 && !token.number && !token.emoji) {
                count += candidate.knows(token.folded) ? 1 : 0;
                if (++seen == 300) {
                    break;
                }
            }
        }
        return count;
    };
    const Lexicon* best = lexicon(preferred);
    if (best == nullptr) {
        best = lexicon("en");
    }
    int most = known(*best);
    for (const std::string& lang : languages()) {
        const Lexicon* candidate = lexicon(lang);
        if (const int count = known(*candidate); count > most) {
            most = count;
            best = candidate;
        }
    }
    return *best;
}

}  // namespace limner::prompt
