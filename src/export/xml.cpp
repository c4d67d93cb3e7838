#include "export/xml.h"

#include <cstdint>

namespace limner {
namespace {

constexpr std::size_t kMaxText = 4 << 20;
constexpr int kMaxDepth = 64, kMaxNodes = 100000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name_char(char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u | 32) >= 'a' ? (u >= 0x80 || (u | 32) <= 'z' || u == '_')
                           : (u >= '0' && u <= ':') || u == '-' || u == '.';
}

void put_utf8(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 63));
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
    }
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<XmlNode> run() {
        if (text_.size() > kMaxText) return Error{"xml.size", "The picture's metadata is larger than 4 MiB."};
        XmlNode root;
        if (!skip_to_element() || !element(root, 0)) {
            return Error{"xml.broken", "The picture's metadata is damaged: " + why_ + "."};
        }
        return root;
    }

private:
    bool fail(const char* why) {
        if (why_.empty()) why_ = why;
        return false;
    }
    bool at(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    bool past(std::string_view end) {
        const std::size_t found = text_.find(end, at_);
        if (found == std::string_view::npos) return fail("something is not closed");
        at_ = found + end.size();
        return true;
    }
    void spaces() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }
    // Comments and processing instructions; false if there is none here.
    bool skip_aside(bool& fine) {
        if (at("<?")) return fine = past("?>"), true;
        if (at("<!--")) return fine = past("-->"), true;
        return false;
    }

    bool skip_to_element() {
        while (true) {
            spaces();
            if (at("\xEF\xBB\xBF")) {
                at_ += 3;
                continue;
            }
            bool fine = true;
            if (skip_aside(fine)) {
                if (!fine) return false;
                continue;
            }
            if (at("<!")) return fail("document types are not read");
            return at("<") || fail("there is no element");
        }
    }

    std::string name() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    bool entity(std::string& out) {
        const std::size_t end = text_.find(';', at_);
        if (end == std::string_view::npos || end - at_ > 12) return fail("an entity is not closed");
        const std::string_view code = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        if (code == "lt") return out += '<', true;
        if (code == "gt") return out += '>', true;
        if (code == "amp") return out += '&', true;
        if (code == "quot") return out += '"', true;
        if (code == "apos") return out += '\'', true;
        if (code.size() < 2 || code[0] != '#') return fail("an entity is unknown");
        const bool hex = code[1] == 'x';
        std::uint32_t value = 0;
        for (const char c : code.substr(hex ? 2 : 1)) {
            const int lower = c | 32;
            const int digit = c >= '0' && c <= '9'                  ? c - '0'
                              : hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                                    : -1;
            if (digit < 0) return fail("an entity is unknown");
            value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
            if (value > 0x10FFFF) return fail("an entity is unknown");
        }
        const bool allowed = value >= 32 || value == 9 || value == 10 || value == 13;
        if (!allowed || (value >= 0xD800 && value < 0xE000)) return fail("an entity is unknown");
        put_utf8(out, value);
        return true;
    }

    bool attributes(XmlNode& node) {
        while (true) {
            spaces();
            if (at_ >= text_.size()) return fail("it ends too soon");
            if (at(">") || at("/>")) return true;
            std::string key = name(), value;
            spaces();
            if (key.empty() || !at("=")) return fail("an attribute is malformed");
            ++at_;
            spaces();
            if (!at("\"") && !at("'")) return fail("an attribute is malformed");
            const char quote = text_[at_++];
            while (at_ < text_.size() && text_[at_] != quote) {
                if (text_[at_] == '<') return fail("an attribute is malformed");
                if (text_[at_] == '&') {
                    if (!entity(value)) return false;
                } else {
                    value += text_[at_++];
                }
            }
            if (at_++ >= text_.size()) return fail("it ends too soon");
            if (node.attributes.size() >= 1000) return fail("an element has too many attributes");
            node.attributes.emplace_back(std::move(key), std::move(value));
        }
    }

    bool element(XmlNode& node, int depth) {
        if (depth > kMaxDepth || ++nodes_ > kMaxNodes) return fail("it is too complicated");
        ++at_;
        node.name = name();
        if (node.name.empty()) return fail("an element has no name");
        if (!attributes(node)) return false;
        if (at("/>")) return at_ += 2, true;
        ++at_;
        while (true) {
            if (at_ >= text_.size()) return fail("it ends too soon");
            if (text_[at_] == '&') {
                if (!entity(node.text)) return false;
            } else if (text_[at_] != '<') {
                node.text += text_[at_++];
            } else if (at("</")) {
                at_ += 2;
                if (name() != node.name) return fail("elements are not nested properly");
                spaces();
                if (!at(">")) return fail("an element is not closed");
                return ++at_, true;
            } else if (at("<![CDATA[")) {
                const std::size_t start = at_ + 9;
                if (!past("]]>")) return false;
                node.text += text_.substr(start, at_ - 3 - start);
            } else if (bool fine = true; skip_aside(fine)) {
                if (!fine) return false;
            } else if (at("<!")) {
                return fail("document types are not read");
            } else {
                node.children.emplace_back();
                if (!element(node.children.back(), depth + 1)) return false;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int nodes_ = 0;
    std::string why_;
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '&': out += "&amp;"; break;
            case '"': out += "&quot;"; break;
            case '\t': out += "&#9;"; break;
            case '\n': out += "&#10;"; break;
            case '\r': out += "&#13;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 32)
                    out += c;  // XML has no way to write the other controls
        }
    }
    return out;
}

}  // namespace

const std::string* XmlNode::attribute(std::string_view key) const {
    for (const auto& [name_of, value] : attributes) {
        if (name_of == key) return &value;
    }
    return nullptr;
}

Result<XmlNode> parse_xml(std::string_view text) { return Parser(text).run(); }

std::string print_xml(const XmlNode& node, int indent) {
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string out = margin + "<" + node.name;
    for (const auto& [key, value] : node.attributes) {
        out += (node.attributes.size() > 2 ? "\n" + margin + "  " : std::string(" ")) + key + "=\"" +
               escaped(value) + "\"";
    }
    if (!node.children.empty()) {
        out += ">\n";
        for (const XmlNode& child : node.children) out += print_xml(child, indent + 1);
        return out + margin + "</" + node.name + ">\n";
    }
    return out + (node.text.empty() ? "/>\n" : ">" + escaped(node.text) + "</" + node.name + ">\n");
}

}  // namespace limner
