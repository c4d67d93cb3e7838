#include "export/xmp.h"

#include "export/xml.h"

#include <algorithm>
#include <array>

namespace limner {
namespace {

struct Namespace {
    const char *prefix, *uri;
};
// Prefixes as everybody writes them. Originals that use others are renamed to these.
constexpr std::array kNamespaces{
    Namespace{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    Namespace{"dc", "http://purl.org/dc/elements/1.1/"},
    Namespace{"xmp", "http://ns.adobe.com/xap/1.0/"},
    Namespace{"xmpMM", "http://ns.adobe.com/xap/1.0/mm/"},
    Namespace{"exif", "http://ns.adobe.com/exif/1.0/"},
    Namespace{"tiff", "http://ns.adobe.com/tiff/1.0/"},
    Namespace{"photoshop", "http://ns.adobe.com/photoshop/1.0/"},
    Namespace{"Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"},
    Namespace{"Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"},
    // A name, not an address: .invalid never resolves (RFC 2606).
    Namespace{"limner", "https://limner.invalid/ns/1.0/"},
};

// What is always said anew.
constexpr std::array kOurs{"xmp:CreatorTool",
                           "xmp:MetadataDate",
                           "xmpMM:InstanceID",
                           "xmpMM:DocumentID",
                           "Iptc4xmpExt:DigitalSourceType",
                           "Iptc4xmpExt:AISystemUsed",
                           "Iptc4xmpExt:AISystemVersionUsed",
                           "limner:Recipe",
                           "tiff:Orientation"};

std::string_view prefix_of(std::string_view name) { return name.substr(0, name.find(':')); }

XmlNode text_node(std::string name, std::string text) { return {std::move(name), {}, {}, std::move(text)}; }

XmlNode in_every_language(std::string name, const std::string& text) {
    XmlNode item{"rdf:li", {{"xml:lang", "x-default"}}, {}, text};
    return {std::move(name), {}, {{"rdf:Alt", {}, {std::move(item)}, {}}}, {}};
}

const XmlNode* child(const XmlNode& node, std::string_view name) {
    for (const XmlNode& one : node.children) {
        if (one.name == name) return &one;
    }
    return nullptr;
}

// Gives every well-known namespace its usual prefix, throughout.
void use_known_prefixes(XmlNode& node, std::vector<std::pair<std::string, std::string>> renamed) {
    std::vector<std::pair<std::string, std::string>> kept;
    for (auto& [key, value] : node.attributes) {
        if (!key.starts_with("xmlns:")) continue;
        for (const Namespace& known : kNamespaces) {
            if (value != known.uri) continue;
            renamed.emplace_back(key.substr(6), known.prefix);
            key = std::string("xmlns:") + known.prefix;
        }
    }
    const auto rename = [&](std::string& name) {
        const std::string_view prefix = prefix_of(name);
        if (prefix.size() == name.size()) return;
        for (auto it = renamed.rbegin(); it != renamed.rend(); ++it) {
            if (it->first == prefix) {
                name = it->second + name.substr(prefix.size());
                return;
            }
        }
    };
    rename(node.name);
    for (auto& [key, value] : node.attributes) {
        if (!key.starts_with("xmlns:")) rename(key);
    }
    for (XmlNode& one : node.children) use_known_prefixes(one, renamed);
}

// The <rdf:RDF> of a packet, with usual prefixes.
Result<XmlNode> read_rdf(std::string_view packet) {
    Result<XmlNode> root = parse_xml(packet.substr(0, packet.find_last_not_of('\0') + 1));
    if (!root) return Error{"xmp.broken", root.error().sentence};
    use_known_prefixes(*root, {});
    if (root->name == "rdf:RDF") return *std::move(root);
    if (const XmlNode* rdf = child(*root, "rdf:RDF")) {
        XmlNode own = *rdf;  // standing alone, it needs the namespaces declared around it
        for (const auto& [key, value] : root->attributes) {
            if (key.starts_with("xmlns:") && !own.attribute(key)) own.attributes.emplace_back(key, value);
        }
        return own;
    }
    return Error{"xmp.broken", "The picture's metadata is damaged: it holds no RDF."};
}

// Does this property of an original not carry over?
bool goes(const std::string& name, bool keep_place) {
    if (std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end()) return true;
    if (keep_place) return false;
    static constexpr std::array kPlace{"Iptc4xmpExt:LocationShown", "Iptc4xmpExt:LocationCreated",
                                       "Iptc4xmpCore:Location"};
    return name.starts_with("exif:GPS") || std::find(kPlace.begin(), kPlace.end(), name) != kPlace.end();
}

// Text of a property, whether attribute, element, or the first item of a list.
std::string words(const XmlNode& rdf, const std::string& name) {
    for (const XmlNode& description : rdf.children) {
        if (const std::string* value = description.attribute(name)) return *value;
        const XmlNode* node = child(description, name);
        if (!node) continue;
        if (const std::string* resource = node->attribute("rdf:resource")) return *resource;
        while (!node->children.empty()) node = &node->children.front();
        return node->text;
    }
    return {};
}

XmlNode our_description(const Label& label, RecipeIn where, bool is_original) {
    XmlNode d{"rdf:Description", {{"rdf:about", ""}}, {}, {}};
    for (const char* prefix : {"dc", "xmp", "xmpMM", "Iptc4xmpCore", "Iptc4xmpExt", "limner"}) {
        for (const Namespace& known : kNamespaces) {
            if (std::string_view(known.prefix) == prefix) {
                d.attributes.emplace_back(std::string("xmlns:") + prefix, known.uri);
            }
        }
    }
    const auto say = [&](const char* name, const std::string& text) {
        if (!text.empty()) d.children.push_back(text_node(name, text));
    };
    say("Iptc4xmpExt:DigitalSourceType", std::string(source_type_uri(label.source)));
    say("Iptc4xmpExt:AISystemUsed", label.ai_system);
    say("Iptc4xmpExt:AISystemVersionUsed", label.ai_version);
    say("xmp:CreatorTool", label.creator_tool);
    if (!is_original) say("xmp:CreateDate", label.created);
    say("xmp:MetadataDate", label.created);
    if (!label.unique_id.empty()) {
        say("xmpMM:DocumentID", "xmp.did:" + label.unique_id);
        say("xmpMM:InstanceID", "xmp.iid:" + label.unique_id);
    }
    if (where == RecipeIn::packet) say("limner:Recipe", label.recipe);
    return d;
}

}  // namespace

std::string_view source_type_uri(SourceType source) {
    switch (source) {
        case SourceType::generated:
            return "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
        case SourceType::composite:
            return "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
        case SourceType::filtered: break;
    }
    return "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced";
}

Result<std::string> xmp_packet(const Label& label, RecipeIn where, std::string_view original,
                               bool keep_place) {
    XmlNode rdf{"rdf:RDF", {{"xmlns:rdf", kNamespaces[0].uri}}, {}, {}};
    bool has_description = false;
    std::string created, document;
    if (!original.empty()) {
        Result<XmlNode> old = read_rdf(original);
        if (!old) return old.error();
        rdf = *std::move(old);
        created = words(rdf, "xmp:CreateDate");
        document = words(rdf, "xmpMM:DocumentID");
        const auto leaves = [&](const auto& one) {
            if constexpr (requires { one.first; })
                return goes(one.first, keep_place);
            else
                return goes(one.name, keep_place);
        };
        for (XmlNode& description : rdf.children) {
            std::erase_if(description.attributes, leaves);
            std::erase_if(description.children, leaves);
            if (!label.alt_text.empty()) {
                std::erase_if(description.children, [](const XmlNode& one) {
                    return one.name == "Iptc4xmpCore:AltTextAccessibility";
                });
            }
            has_description = has_description || child(description, "dc:description");
        }
        if (!rdf.attribute("xmlns:rdf")) rdf.attributes.emplace_back("xmlns:rdf", kNamespaces[0].uri);
    }
    XmlNode ours = our_description(label, where, !created.empty());
    if (!document.empty()) {
        ours.children.push_back(text_node("xmpMM:OriginalDocumentID", document));
        for (XmlNode& description : rdf.children) {
            std::erase_if(description.attributes,
                          [](const auto& a) { return a.first == "xmpMM:OriginalDocumentID"; });
            std::erase_if(description.children,
                          [](const auto& n) { return n.name == "xmpMM:OriginalDocumentID"; });
        }
    }
    if (!label.alt_text.empty()) {
        ours.children.push_back(in_every_language("Iptc4xmpCore:AltTextAccessibility", label.alt_text));
        if (!has_description) ours.children.push_back(in_every_language("dc:description", label.alt_text));
    }
    rdf.children.push_back(std::move(ours));
    XmlNode root{
        "x:xmpmeta", {{"xmlns:x", "adobe:ns:meta/"}, {"x:xmptk", label.creator_tool}}, {std::move(rdf)}, {}};
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" + print_xml(root) +
           "<?xpacket end=\"r\"?>";
}

Result<PacketWords> read_xmp(std::string_view packet) {
    const Result<XmlNode> rdf = read_rdf(packet);
    if (!rdf) return rdf.error();
    PacketWords out;
    out.source_type = words(*rdf, "Iptc4xmpExt:DigitalSourceType");
    out.ai_system = words(*rdf, "Iptc4xmpExt:AISystemUsed");
    out.ai_version = words(*rdf, "Iptc4xmpExt:AISystemVersionUsed");
    out.creator_tool = words(*rdf, "xmp:CreatorTool");
    out.created = words(*rdf, "xmp:CreateDate");
    out.unique_id = words(*rdf, "xmpMM:DocumentID");
    out.alt_text = words(*rdf, "Iptc4xmpCore:AltTextAccessibility");
    out.creator = words(*rdf, "dc:creator");
    out.rights = words(*rdf, "dc:rights");
    out.credit = words(*rdf, "photoshop:Credit");
    out.recipe = words(*rdf, "limner:Recipe");
    return out;
}

}  // namespace limner
