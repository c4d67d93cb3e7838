// Files that travel inside the program. Which ones is said in CMakeLists.txt with `limner_embed`.
#pragma once
#include <span>
#include <string_view>

namespace limner {

struct EmbeddedFile {
    std::string_view name;  // without folders and extension: "ink"
    std::string_view text;
};

}  // namespace limner
