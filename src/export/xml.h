// As much XML as XMP needs: elements, attributes, text, namespaces by prefix. No document types, no processing of
// entities beyond the five of XML and numbers: nothing that could reach outside or blow up.
#pragma once
#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace limner {

struct XmlNode {
    std::string name;  // with prefix, as written: "rdf:li"
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<XmlNode> children;
    std::string text;  // all character data directly inside, joined

    const std::string* attribute(std::string_view key) const;
};

// The one root element. At most 4 MiB, 64 levels, 100,000 elements; "xml.broken" or "xml.size".
Result<XmlNode> parse_xml(std::string_view text);
std::string print_xml(const XmlNode& node, int indent = 0);

}  // namespace limner
