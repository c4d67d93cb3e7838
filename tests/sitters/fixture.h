// What tests of the sitters share: the assets, a plain sitter, and one with a value changed.
#pragma once
#include "body.h"
#include "recipe/schema.h"

#include <catch_amalgamated.hpp>

#include <cstdlib>
#include <filesystem>
#include <optional>

namespace limner::sitters {

// Skips the test with a word where the assets are missing.
inline const Assets& assets() {
    static const std::optional<Assets> loaded = []() -> std::optional<Assets> {
        const char* set = std::getenv("LIMNER_ASSETS");
        const std::filesystem::path root = LIMNER_SOURCE_DIR;
        auto result = load_assets(set ? std::filesystem::path(set) : root / "../shared/assets",
                                  root / ".cache/sitters");
        return result ? std::optional(*result) : std::nullopt;
    }();
    if (!loaded) SKIP("the sitters' assets are not here");
    return *loaded;
}

inline Sitter plain() {
    Sitter s;
    for (const Attribute& a : schema().attributes) {
        Value v;
        if (a.type == Attribute::Type::choice)
            v.choice = a.initial_choice;
        else
            v.numbers.assign(static_cast<std::size_t>(a.length), static_cast<float>(a.initial));
        s.values.push_back(v);
    }
    s.noise.assign(static_cast<std::size_t>(schema().noise_count), 0);
    return s;
}

inline Sitter with(Sitter s, std::string_view id, float value) {
    s.values[static_cast<std::size_t>(schema().index(id))].numbers[0] = value;
    return s;
}

}  // namespace limner::sitters
