#include "options.h"

#include "recipe/recipe.h"
#include "recipe/schema.h"

#include <charconv>
#include <cstdlib>
#include <thread>

namespace limner::sitters {
namespace {

Result<long> whole(const std::string& name, const std::string& text, long low, long high) {
    long value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < low || value > high)
        return Error{"options.number", name + " takes a whole number from " + std::to_string(low) + " to " +
                                           std::to_string(high) + "; '" + text + "' is not one."};
    return value;
}

Result<std::pair<std::string, nlohmann::json>> assignment(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
        return Error{"options.set", "--set takes id=value, such as --set age=62; '" + text + "' has no '='."};
    const std::string id = text.substr(0, equals), word = text.substr(equals + 1);
    const Attribute* attribute = schema().find(id);
    if (attribute == nullptr)
        return Error{"options.set", "There is no attribute '" + id + "'; schema.json lists them all."};
    nlohmann::json value = nlohmann::json::parse(word, nullptr, false);
    if (value.is_discarded() || attribute->type == Attribute::Type::choice) value = word;
    auto checked = check_value(*attribute, value);
    if (!checked) return checked.error();
    return std::pair{id, *checked};
}

}  // namespace

std::string usage() {
    return R"(Renders labelled portraits of people who do not exist.

  ./limner sitters --count N --out DIR    DIR/000000.sit … (format: models/sitters/output.h); a run goes on where it stopped
  ./limner sitters --sheet FILE.png --count N [--columns C]   a contact sheet of consecutive seeds
  ./limner sitters --sweep ATTRIBUTE --sheet FILE.png         one attribute from end to end on three sitters
  ./limner sitters --sweep all --sheet FILE.png               every number from end to end on one (named: limner_training sweeps)
  ./limner sitters --anchors FILE --count N                   where everything is, without pictures (models/sitters/anchors.h)
  ./limner sitters --fittings FILE --count N                  what they wear, likewise (models/sitters/fittings.h)
  ./limner sitters --busts FILE --count N                     their heads and shoulders as meshes (models/sitters/bust.h)
  ./limner sitters --noise --count N                          how much of their pictures is chance
  ./limner sitters --census [--count N]                       who is painted when nobody asks for anybody

  --seed K            sitter i is the recipe with seed "K/i" (default: sitters)
  --first I           number of the first sitter (default 0)
  --size PIXELS       side of the picture, 64 to 1024 (default 256)
  --preview           also DIR/NNNNNN.png and DIR/NNNNNN.json
  --no-files          no .sit files: only previews
  --set ID=VALUE      fixes an attribute; may be repeated
  --bare              without what the finish draws: brows, stubble, make-up, glasses, earrings
  --turned P          P of 100 sitters have a few of their numbers turned anywhere between their ends, as sliders do
  --wide P            P of 100 have a face and an expression that differ more from everybody else's
  --threads T         sitters at work at once (default: every core)
  --assets DIR        default: $LIMNER_ASSETS, then ../shared/assets; `./limner assets` fetches them
  --cache DIR         where the prepared body is kept (default: .cache/sitters)
)";
}

Result<Options> parse_options(int count, char** words) {
    Options o;
    if (const char* given = std::getenv("LIMNER_ASSETS"); given != nullptr && *given != '\0')
        o.assets = given;
    else
        o.assets = "../shared/assets";
    o.cache = ".cache/sitters";
    o.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--help" || word == "-h")
            o.help = true;
        else if (word == "--preview")
            o.preview = true;
        else if (word == "--bare")
            o.bare = true;
        else if (word == "--census")
            o.census = true;
        else if (word == "--noise")
            o.noise = true;
        else if (word == "--no-files")
            o.files = false;
        else {
            if (i + 1 >= count)
                return Error{"options.unknown",
                             "'" + word + "' is no option, or lacks its value; --help lists them."};
            const std::string value = words[++i];
            long number = 0;
            const auto take = [&](long low, long high) -> Result<void> {
                auto n = whole(word, value, low, high);
                if (!n) return n.error();
                number = *n;
                return {};
            };
            Result<void> good;
            if (word == "--count")
                good = take(1, 100000000), o.count = static_cast<int>(number);
            else if (word == "--first")
                good = take(0, 100000000), o.first = number;
            else if (word == "--columns")
                good = take(1, 64), o.columns = static_cast<int>(number);
            else if (word == "--size")
                good = take(64, 1024), o.size = static_cast<int>(number);
            else if (word == "--threads")
                good = take(1, 256), o.threads = static_cast<int>(number);
            else if (word == "--turned")
                good = take(0, 100), o.turned = static_cast<int>(number);
            else if (word == "--wide")
                good = take(0, 100), o.wide = static_cast<int>(number);
            else if (word == "--seed")
                o.seed = value;
            else if (word == "--out")
                o.out = value;
            else if (word == "--sheet")
                o.sheet = value;
            else if (word == "--anchors")
                o.anchors = value;
            else if (word == "--fittings")
                o.fittings = value;
            else if (word == "--busts")
                o.busts = value;
            else if (word == "--assets")
                o.assets = value;
            else if (word == "--cache")
                o.cache = value;
            else if (word == "--sweep") {
                if (value != "all" && schema().find(value) == nullptr)
                    return Error{"options.sweep", "There is no attribute '" + value +
                                                      "' to sweep; schema.json lists them all."};
                o.sweep = value;
            } else if (word == "--set") {
                auto pair = assignment(value);
                if (!pair) return pair.error();
                o.set[pair->first] = pair->second;
            } else
                return Error{"options.unknown", "'" + word + "' is no option; --help lists them."};
            if (!good) return good.error();
        }
    }
    if (o.help || o.census) return o;
    if (!o.sweep.empty() && o.sheet.empty())
        return Error{"options.sheet", "--sweep needs --sheet FILE.png to write its strip to."};
    if (o.sweep.empty() && o.count == 0)
        return Error{"options.count",
                     "How many? Say --count N (and --out DIR or --sheet FILE.png); --help tells more."};
    const bool points = !o.anchors.empty() || !o.fittings.empty() || !o.busts.empty();
    if (o.sheet.empty() && o.out.empty() && !points && !o.noise)
        return Error{
            "options.out",
            "Where to? Say --out DIR, --sheet FILE.png, --anchors FILE, --fittings FILE or --busts FILE."};
    if (!o.sheet.empty() && static_cast<long>(o.count) * o.size * o.size > 400000000L)
        return Error{
            "options.sheet",
            "That sheet would have more than 400 million pixels; ask for fewer or smaller pictures."};
    return o;
}

}  // namespace limner::sitters
