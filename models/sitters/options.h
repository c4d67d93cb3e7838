// The renderer's command line.
#pragma once
#include "base/result.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace limner::sitters {

struct Options {
    int count = 0, columns = 8, size = 256, threads = 0, turned = 0, wide = 0;
    long first = 0;
    std::string seed = "sitters";
    std::filesystem::path out, sheet, anchors, fittings, busts, assets, cache;
    bool bare = false, preview = false, census = false, noise = false, help = false, files = true;
    std::string sweep;
    std::map<std::string, nlohmann::json> set;
};

// Errors "options.…" with a sentence. `--set id=value` is checked against the schema.
Result<Options> parse_options(int count, char** words);
std::string usage();

}  // namespace limner::sitters
