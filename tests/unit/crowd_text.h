// Crowds from their text, for tests that take one for granted.
#pragma once
#include "catch_amalgamated.hpp"
#include "sitter/crowd.h"

#include <string>

inline limner::Crowd crowd_of(const std::string& text) {
    const limner::Result<limner::Crowd> crowd = limner::parse_crowd(text);
    if (!crowd) FAIL(crowd.error().sentence);
    return *crowd;
}
