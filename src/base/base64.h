// Base64 (RFC 4648): `to_base64url` without padding for links, `from_base64` for either alphabet, padded or not.
#pragma once
#include "base/deflate.h"

#include <optional>
#include <string>
#include <string_view>

namespace limner {

std::string to_base64url(std::span<const std::uint8_t> bytes);
std::optional<Bytes> from_base64(std::string_view text);  // nothing if it is not base64

}  // namespace limner
