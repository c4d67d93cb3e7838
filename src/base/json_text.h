// Reading JSON that strangers wrote: bounded in size and depth, so that neither parsing nor later walks can run away.
#pragma once
#include "base/result.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace limner {

// `what` begins the sentences ("This recipe"); `room` begins the codes: <room>.size, <room>.json.
// Refused: more than max_bytes, more than 32 levels of nesting, invalid JSON or UTF-8, anything but an object.
Result<nlohmann::json> read_json_object(std::string_view text, std::size_t max_bytes, const char* what,
                                        const char* room);

}  // namespace limner
