// People for JavaScript: those of a crowd, everything about somebody, and archives of them written piece by piece. Works without
// a screen.
#include "base/checksum.h"
#include "export/zip.h"
#include "platform/answer.h"
#include "platform/arrays.h"
#include "sitter/breed.h"
#include "sitter/crowd.h"
#include "sitter/mixes.h"

#include <cmath>
#include <emscripten/bind.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

using emscripten::val;

namespace limner::platform {
namespace {

val check_crowd(const std::string& text) {
    const auto crowd = parse_crowd(text);
    return crowd ? good(val(print_crowd(*crowd))) : failed(crowd.error());
}

// Thousands of people of one crowd are asked for in a row: its text is read once.
const Crowd* read_crowd(const std::string& text, std::optional<Error>& error) {
    static std::string last;
    static std::optional<Crowd> crowd;
    if (!crowd || text != last) {
        const auto read = parse_crowd(text);
        if (!read) {
            error = read.error();
            return nullptr;
        }
        crowd = *read;
        last = text;
    }
    return &*crowd;
}

val crowd_recipe_of(const std::string& text, double index) {
    std::optional<Error> error;
    const Crowd* crowd = read_crowd(text, error);
    if (crowd == nullptr) return failed(*error);
    if (!(index >= 0 && index < static_cast<double>(kMostPeople)) || index != std::floor(index)) {
        return failed(
            {"crowd.index", "People of a crowd are numbered with whole numbers from 0 to 999999999."});
    }
    return good(val(print_recipe(crowd_recipe(*crowd, static_cast<std::uint64_t>(index)))));
}

// What a crowd's "mix" may be.
std::string crowd_mixes() {
    nlohmann::json out = nlohmann::json::array();
    for (const Mix& mix : mixes()) out.push_back({{"id", mix.id}, {"label", mix.label}, {"help", mix.help}});
    return out.dump();
}

// Every value that a recipe's sitter has, by attribute, as JSON.
val values_of(const std::string& text) {
    const auto recipe = parse_recipe(text);
    if (!recipe) return failed(recipe.error());
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [id, value] : settled(*recipe).set) out[id] = value;
    return good(val(out.dump()));
}

std::string sha256_of(const val& bytes) { return sha256_hex(copied_in<std::uint8_t>(bytes)); }

// Archives being written, by number.
std::map<int, ZipWriter>& archives() {
    static std::map<int, ZipWriter> open;
    return open;
}

int zip_begin(int year, int month, int day, int hour, int minute, int second) {
    static int last = 0;
    archives().emplace(++last, ZipWriter({year, month, day, hour, minute, second}));
    return last;
}

// The bytes to append to the file.
val zip_add(int number, const std::string& name, const val& bytes, bool compress) {
    const auto archive = archives().find(number);
    if (archive == archives().end()) return failed({"zip.closed", "This archive is finished already."});
    const auto added = archive->second.add(name, copied_in<std::uint8_t>(bytes),
                                           compress ? ZipMethod::deflate : ZipMethod::store);
    return added ? good(copied_out<std::uint8_t>(*added)) : failed(added.error());
}

val zip_finish(int number) {
    const auto archive = archives().find(number);
    if (archive == archives().end()) return failed({"zip.closed", "This archive is finished already."});
    const Bytes end = archive->second.finish();
    archives().erase(archive);
    return good(copied_out<std::uint8_t>(end));
}

}  // namespace
}  // namespace limner::platform

EMSCRIPTEN_BINDINGS(limner_people) {
    using namespace limner::platform;
    using emscripten::function;
    function("checkCrowd", &check_crowd);
    function("crowdRecipe", &crowd_recipe_of);
    function("crowdMixes", &crowd_mixes);
    function("valuesOf", &values_of);
    function("sha256Of", &sha256_of);
    function("zipBegin", &zip_begin);
    function("zipAdd", &zip_add);
    function("zipFinish", &zip_finish);
}
