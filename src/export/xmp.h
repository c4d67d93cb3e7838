// What a saved picture says about itself: an XMP packet (ISO 16684-1) with IPTC's terms for pictures made by models
// (IPTC Photo Metadata Standard 2025.1: Digital Source Type, AI System Used, AI System Version Used).
#pragma once
#include "base/result.h"

#include <string>
#include <string_view>

namespace limner {

// How the pixels came to be; each is one term of IPTC's vocabulary http://cv.iptc.org/newscodes/digitalsourcetype/
enum class SourceType {
    generated,  // trainedAlgorithmicMedia: a portrait of nobody
    composite,  // compositeWithTrainedAlgorithmicMedia: a photo, parts of it by a model
    filtered,   // algorithmicallyEnhanced: a photo under a style or a grade
};

struct Label {
    SourceType source = SourceType::generated;
    std::string creator_tool;  // "Limner 0.1.0"
    std::string ai_system;     // "Limner portrait"; empty for filtered photos
    std::string ai_version;    // of the pack
    std::string created;       // ISO 8601, "2026-01-31T12:34:56Z"
    std::string unique_id;     // a UUID, given by the caller (crypto.randomUUID in the page)
    std::string alt_text;      // what is to be seen, for people who cannot
    std::string recipe;        // canonical JSON, or empty if the visitor switched it off
};

// The vocabulary's full URI.
std::string_view source_type_uri(SourceType source);

// Where the recipe goes: PNG has a chunk of its own for it, other formats carry it in the packet.
enum class RecipeIn { packet, elsewhere };

// A whole packet with its <?xpacket?> wrapper. With `original` (the packet of a picture that was opened), its
// properties stay (creator, rights, credit, history …), except those that are said anew here, a recipe that no longer
// holds, and, unless `keep_place`, GPS. An original that cannot be read is an error "xmp.broken"; call again without.
Result<std::string> xmp_packet(const Label& label, RecipeIn where, std::string_view original = {},
                               bool keep_place = false);

// What a packet says. Fields that are not there are empty.
struct PacketWords {
    std::string source_type;  // the URI
    std::string ai_system, ai_version, creator_tool, created, unique_id, alt_text;
    std::string creator, rights, credit;  // of whoever made the original
    std::string recipe;
};
Result<PacketWords> read_xmp(std::string_view packet);

}  // namespace limner
