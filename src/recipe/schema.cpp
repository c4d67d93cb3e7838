#include "recipe/schema.h"

#include "base/json_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace limner {

extern const std::string_view kSchemaJson;  // schema.json, embedded at build time

namespace {

using nlohmann::json;

// Reads one object of the schema; the first thing wrong is kept and named by `place`.
class Reader {
public:
    Reader(const json& object, std::string place) : object_(object), place_(std::move(place)) {
        if (!object.is_object()) fail("is not an object");
    }

    void fail(const std::string& what) {
        if (!error_) error_ = Error{"schema.invalid", "Schema: " + place_ + " " + what + "."};
    }

    const json* member(const char* key) const {
        if (!object_.is_object()) return nullptr;
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }

    std::string text(const char* key, bool required) {
        const json* value = member(key);
        if (value && value->is_string()) return value->get<std::string>();
        if (value || required) fail(std::string("needs \"") + key + "\" to be a text");
        return {};
    }

    double number(const char* key) {
        const json* value = member(key);
        if (value && value->is_number() && std::isfinite(value->get<double>())) return value->get<double>();
        fail(std::string("needs \"") + key + "\" to be a number");
        return 0;
    }

    int count(const char* key, int low, int high) {
        const double value = number(key);
        if (value != std::floor(value) || value < low || value > high) {
            fail(std::string("needs \"") + key + "\" to be a whole number from " + std::to_string(low) +
                 " to " + std::to_string(high));
            return low;
        }
        return static_cast<int>(value);
    }

    const std::optional<Error>& error() const { return error_; }

private:
    const json& object_;
    std::string place_;
    std::optional<Error> error_;
};

const json& list(const json& root, const char* key) {
    static const json empty = json::array();
    const auto found = root.find(key);
    return found != root.end() && found->is_array() ? *found : empty;
}

// Every {"by": id} inside a prior must name an earlier number.
void check_references(const json& prior, const Schema& earlier, Reader& in) {
    if (prior.is_object()) {
        const auto by = prior.find("by");
        if (by != prior.end()) {
            const Attribute* other = by->is_string() ? earlier.find(by->get<std::string>()) : nullptr;
            if (!other || other->type != Attribute::Type::number) {
                in.fail("has a prior by " + by->dump() + ", which is not a number listed before it");
            }
        }
    }
    if (prior.is_structured()) {
        for (const json& part : prior) check_references(part, earlier, in);
    }
}

void read_choices(Attribute& a, Reader& in) {
    std::set<std::string> seen;
    const json* options = in.member("options");
    if (!options || !options->is_array() || options->size() < 2) return in.fail("needs at least two options");
    for (const json& option : *options) {
        Reader one(option, "an option of " + a.id);
        Choice choice{one.text("id", true), one.text("label", true)};
        if (one.error()) return in.fail("has an option without id or label");
        if (!seen.insert(choice.id).second) return in.fail("has the option \"" + choice.id + "\" twice");
        a.choices.push_back(std::move(choice));
    }
    const std::string initial = in.text("default", true);
    a.initial_choice = -1;
    for (std::size_t i = 0; i < a.choices.size(); ++i) {
        if (a.choices[i].id == initial) a.initial_choice = static_cast<int>(i);
    }
    if (a.initial_choice < 0) in.fail("has a default that is none of its options");
    a.input_count = static_cast<int>(a.choices.size());
}

void read_range(Attribute& a, Reader& in) {
    a.min = in.number("min");
    a.max = in.number("max");
    a.initial = in.number("default");
    if (!(a.min < a.max)) in.fail("needs min below max");
    if (a.initial < a.min || a.initial > a.max) in.fail("has a default outside its range");
    if (a.type == Attribute::Type::vector) a.length = in.count("length", 1, 4096);
    a.input_count = a.circular ? 2 : a.length;
}

Result<Attribute> read_attribute(const json& item, const Schema& earlier) {
    Attribute a;
    if (item.is_object() && item.contains("id") && item["id"].is_string())
        a.id = item["id"].get<std::string>();
    Reader in(item, a.id.empty() ? "an attribute" : "attribute " + a.id);
    if (a.id.empty()) in.fail("needs an id");
    if (a.id == "noise") in.fail("has the name of the noise stream");
    if (earlier.find(a.id)) in.fail("is listed twice");
    a.label = in.text("label", true);
    a.group = in.text("group", true);
    a.unit = in.text("unit", false);
    a.help = in.text("help", false);
    a.low = in.text("low", false);
    a.high = in.text("high", false);
    bool known = false;
    for (const Group& group : earlier.groups) known = known || group.id == a.group;
    if (!known) in.fail("is in the group \"" + a.group + "\", which does not exist");

    const std::string type = in.text("type", true), net = in.text("net", true);
    if (type == "choice") {
        a.type = Attribute::Type::choice;
        if (net != "onehot") in.fail("is a choice, so the network must see it as onehot");
        read_choices(a, in);
    } else if (type == "number" || type == "vector") {
        a.type = type == "number" ? Attribute::Type::number : Attribute::Type::vector;
        a.circular = net == "circle";
        if (net != "linear" && !(a.circular && type == "number"))
            in.fail("is seen by the network in an unknown way");
        read_range(a, in);
    } else {
        in.fail("is of the unknown type \"" + type + "\"");
    }

    if (in.member("reach") != nullptr) {
        a.reach = in.number("reach");
        if (a.type != Attribute::Type::number || a.circular || a.reach < 1 || a.reach > 4)
            in.fail("has a reach, which only a linear number has, from 1 to 4");
    }
    const std::string mirror = in.text("mirror", false);
    a.mirror_negates = mirror == "negate";
    if (!mirror.empty() && !a.mirror_negates) in.fail("mirrors in an unknown way");
    if (a.mirror_negates && (a.type == Attribute::Type::choice || a.circular || a.min != -a.max)) {
        in.fail("can only be negated by a mirror if its range is symmetric");
    }
    if (const json* prior = in.member("prior")) {
        a.prior = *prior;
        check_references(a.prior, earlier, in);
    } else {
        in.fail("needs a prior");
    }
    if (in.error()) return *in.error();
    return a;
}

std::optional<Error> read_surroundings(const json& root, Schema& schema) {
    for (const json& item : list(root, "groups")) {
        Reader in(item, "a group");
        schema.groups.push_back({in.text("id", true), in.text("label", true)});
        if (in.error()) return in.error();
    }
    for (const json& item : list(root, "lights")) {
        Reader in(item, "a light");
        schema.lights.push_back({in.text("id", true), in.text("label", true), in.number("azimuth_deg"),
                                 in.number("elevation_deg"), in.number("radius_deg"), in.text("colour", true),
                                 in.number("gain"), in.number("even")});
        if (in.error()) return in.error();
    }
    for (const json& item : list(root, "regions")) {
        if (!item.is_string()) return Error{"schema.invalid", "Schema: a region is not a name."};
        schema.regions.push_back(item.get<std::string>());
    }
    for (const json& item : list(root, "layers")) {
        Reader in(item, "a layer");
        schema.layers.push_back({in.text("name", true), in.count("channels", 1, 64)});
        if (in.error()) return in.error();
    }
    return std::nullopt;
}

}  // namespace

const Attribute* Schema::find(std::string_view id) const {
    const int i = index(id);
    return i < 0 ? nullptr : &attributes[static_cast<std::size_t>(i)];
}

int Schema::index(std::string_view id) const {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (attributes[i].id == id) return static_cast<int>(i);
    }
    return -1;
}

int Schema::plane_count() const {
    int sum = 0;
    for (const LayerPlanes& layer : layers) sum += layer.channels;
    return sum;
}

Result<Schema> parse_schema(std::string_view text) {
    const Result<json> read = read_json_object(text, 1024 * 1024, "The schema", "schema");
    if (!read) return read.error();
    const json& root = *read;
    Schema schema;
    Reader in(root, "the file");
    schema.version = in.count("schema", 1, 1000);
    schema.noise_count = in.count("noise", 0, 4096);
    if (in.error()) return *in.error();
    if (auto error = read_surroundings(root, schema)) return *error;
    for (const json& item : list(root, "attributes")) {
        Result<Attribute> attribute = read_attribute(item, schema);
        if (!attribute) return attribute.error();
        attribute->input_offset = schema.input_count;
        schema.input_count += attribute->input_count;
        schema.attributes.push_back(*std::move(attribute));
    }
    if (schema.attributes.empty()) return Error{"schema.invalid", "Schema: it lists no attributes."};
    return schema;
}

const Schema& schema() {
    static const Schema embedded = [] {
        Result<Schema> parsed = parse_schema(kSchemaJson);
        if (!parsed) {
            std::fprintf(stderr, "%s\n", parsed.error().sentence.c_str());
            std::abort();
        }
        return *std::move(parsed);
    }();
    return embedded;
}

}  // namespace limner
