#include "finish/style.h"

#include "base/embedded.h"
#include "base/json_text.h"
#include "finish/compile.h"
#include "finish/expression.h"
#include "finish/primitive.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

namespace limner {

extern const std::span<const EmbeddedFile> kStyleFiles;  // shaders/styles/*.json, embedded at build time

namespace {

using nlohmann::json;
constexpr std::size_t kMaxBytes = 64 << 10, kMaxNodes = 48, kMaxParameters = 6;

// Reads with a place in mind: every mistake becomes a sentence that names it.
struct Reader {
    std::string place = "this style";
    std::string wrong;

    void fail(const std::string& what) {
        if (wrong.empty()) wrong = place + ": " + what;
    }
    std::string text(const json& from, const char* key, std::size_t longest, bool required = true) {
        const auto it = from.find(key);
        if (it == from.end()) {
            if (required) fail(std::string("\"") + key + "\" is missing.");
            return {};
        }
        if (!it->is_string()) return fail(std::string("\"") + key + "\" must be a text."), std::string();
        std::string value = it->get<std::string>();
        if (value.empty() && required) fail(std::string("\"") + key + "\" is empty.");
        if (value.size() > longest)
            fail(std::string("\"") + key + "\" is longer than " + std::to_string(longest) + " bytes.");
        return value;
    }
    float number(const json& from, const char* key) {
        const auto it = from.find(key);
        if (it == from.end() || !it->is_number())
            return fail(std::string("\"") + key + "\" must be a number."), 0.0F;
        const double value = it->get<double>();
        if (!(value > -1e6 && value < 1e6))
            return fail(std::string("\"") + key + "\" is out of any range."), 0.0F;
        return static_cast<float>(value);
    }
    void only(const json& object, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, value] : object.items())
            if (std::find(keys.begin(), keys.end(), key) == keys.end())
                fail("it has \"" + key.substr(0, 40) + "\", which means nothing there.");
    }
};

bool is_identifier(const std::string& s) {
    return !s.empty() && s.size() <= 32 && std::islower(static_cast<unsigned char>(s[0])) &&
           std::all_of(s.begin(), s.end(),
                       [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; });
}

void read_parameters(Reader& in, const json& from, Style& style) {
    const auto it = from.find("parameters");
    if (it == from.end()) return;
    if (!it->is_array() || it->size() > kMaxParameters)
        return in.fail("\"parameters\" must be a list of at most six.");
    for (const json& p : *it) {
        in.place = "style \"" + style.name + "\", parameter " + std::to_string(style.parameters.size() + 1);
        if (!p.is_object()) return in.fail("it must be an object.");
        in.only(p, {"id", "label", "min", "max", "default"});
        StyleParameter parameter{in.text(p, "id", 32), in.text(p, "label", 64), in.number(p, "min"),
                                 in.number(p, "max"), in.number(p, "default")};
        if (!is_identifier(parameter.id)) in.fail("its id must be small letters, digits and _.");
        if (!(parameter.min < parameter.max)) in.fail("min must be less than max.");
        if (!(parameter.min <= parameter.initial && parameter.initial <= parameter.max))
            in.fail("default must lie between min and max.");
        for (const StyleParameter& other : style.parameters)
            if (other.id == parameter.id) in.fail("there are two parameters \"" + parameter.id + "\".");
        style.parameters.push_back(std::move(parameter));
    }
}

void read_node(Reader& in, const json& n, Style& style) {
    if (!n.is_object()) return in.fail("it must be an object.");
    in.only(n, {"id", "do", "in", "set"});
    StyleNode node{in.text(n, "id", 32), in.text(n, "do", 32), {}, {}};
    if (!in.wrong.empty()) return;
    if (!is_identifier(node.id)) return in.fail("its id must be small letters, digits and _.");
    in.place = "style \"" + style.name + "\", node \"" + node.id + "\"";
    if (finish::given_image(node.id))
        return in.fail("the name \"" + node.id + "\" is that of a given image.");
    for (const StyleNode& other : style.graph)
        if (other.id == node.id) return in.fail("there are two nodes of this name.");
    const finish::Operation* operation = finish::find_operation(node.primitive);
    if (!operation) return in.fail("there is no primitive \"" + node.primitive + "\".");
    const auto inputs = n.find("in");
    if (inputs != n.end() && !inputs->is_array()) return in.fail("\"in\" must be a list.");
    if (inputs != n.end())
        for (const json& i : *inputs) {
            if (!i.is_string()) return in.fail("\"in\" must be a list of names.");
            node.inputs.push_back(i.get<std::string>());
        }
    if (static_cast<int>(node.inputs.size()) != operation->inputs)
        return in.fail(node.primitive + " reads " + std::to_string(operation->inputs) + " images, not " +
                       std::to_string(node.inputs.size()) + ".");
    if (const auto set = n.find("set"); set != n.end()) {
        if (!set->is_object()) return in.fail("\"set\" must be an object.");
        for (const auto& [key, value] : set->items()) {
            if (value.is_number())
                node.set[key] = in.number(*set, key.c_str());
            else if (value.is_string() && value.get_ref<const std::string&>().size() <= 256)
                node.set[key] = value.get<std::string>();
            else
                in.fail(key.substr(0, 40) + " must be a number, an expression or a colour.");
        }
    }
    if (in.wrong.empty()) style.graph.push_back(std::move(node));
}

// Orders the nodes so that each follows its inputs; a cycle and an unknown input are refused.
void sort_nodes(Reader& in, Style& style) {
    std::map<std::string, const StyleNode*> by_id;
    for (const StyleNode& node : style.graph) by_id[node.id] = &node;
    std::vector<StyleNode> sorted;
    std::map<std::string, int> state;  // 1 being visited, 2 done
    const auto visit = [&](const auto& self, const StyleNode& node) -> void {
        if (state[node.id] == 2 || !in.wrong.empty()) return;
        in.place = "style \"" + style.name + "\", node \"" + node.id + "\"";
        if (state[node.id] == 1) return in.fail("it depends on itself, in a circle.");
        state[node.id] = 1;
        for (const std::string& input : node.inputs) {
            if (finish::given_image(input)) continue;
            const auto it = by_id.find(input);
            in.place = "style \"" + style.name + "\", node \"" + node.id + "\"";
            if (it == by_id.end())
                return in.fail("it reads \"" + input.substr(0, 40) +
                               "\", which is neither a node nor a given image.");
            self(self, *it->second);
        }
        state[node.id] = 2;
        sorted.push_back(node);
    };
    in.place = "style \"" + style.name + "\"";
    const auto output = by_id.find(style.output);
    if (output == by_id.end()) return in.fail("the output \"" + style.output + "\" is not a node.");
    for (const StyleNode& node : style.graph) visit(visit, node);
    if (!in.wrong.empty()) return;
    std::set<std::string> used{style.output};
    for (auto it = sorted.rbegin(); it != sorted.rend(); ++it) {
        if (!used.count(it->id)) {
            in.place = "style \"" + style.name + "\", node \"" + it->id + "\"";
            return in.fail("nothing uses it.");
        }
        used.insert(it->inputs.begin(), it->inputs.end());
    }
    style.graph = std::move(sorted);
}

// Numbers must be in range whatever the parameters are set to: looked at with the defaults and at every corner.
void check_numbers(Reader& in, const Style& style) {
    const std::size_t corners = std::size_t{1} << style.parameters.size();
    for (std::size_t corner = 0; corner <= corners && in.wrong.empty(); ++corner) {
        finish::Values values;
        for (std::size_t i = 0; i < style.parameters.size(); ++i) {
            const StyleParameter& p = style.parameters[i];
            values[p.id] = corner == corners ? p.initial : (corner >> i & 1 ? p.max : p.min);
        }
        for (const StyleNode& node : style.graph)
            if (auto bad = finish::check_node(node, values)) {
                in.place = "style \"" + style.name + "\", node \"" + node.id + "\"";
                in.fail(*bad);
            }
    }
}

int family_rank(const std::string& family) {
    int rank = 0;
    for (const char* f : kStyleFamilies) {
        if (family == f) return rank;
        ++rank;
    }
    return rank;
}

}  // namespace

Result<Style> parse_style(std::string_view text) {
    auto object = read_json_object(text, kMaxBytes, "This style", "style");
    if (!object) return object.error();
    const json& from = *object;
    Reader in;
    Style style;
    in.only(from,
            {"style", "name", "label", "family", "help", "keeps_skin", "parameters", "graph", "output"});
    if (!from.contains("style") || from["style"] != 1)
        in.fail("\"style\" must be 1, the version this Limner reads.");
    style.name = in.text(from, "name", 32);
    if (in.wrong.empty() && !is_identifier(style.name))
        in.fail("its name must be small letters, digits and _.");
    if (in.wrong.empty()) in.place = "style \"" + style.name + "\"";
    style.label = in.text(from, "label", 64);
    style.family = in.text(from, "family", 16);
    style.help = in.text(from, "help", 300);
    style.output = in.text(from, "output", 32);
    if (in.wrong.empty() && family_rank(style.family) >= static_cast<int>(std::size(kStyleFamilies)))
        in.fail("there is no family \"" + style.family + "\"; there are paint, ink, print, photo and play.");
    if (const auto keeps = from.find("keeps_skin"); keeps != from.end()) {
        if (keeps->is_boolean())
            style.keeps_skin = keeps->get<bool>();
        else
            in.fail("\"keeps_skin\" must be true or false.");
    }
    if (in.wrong.empty()) read_parameters(in, from, style);
    if (in.wrong.empty()) {
        in.place = "style \"" + style.name + "\"";
        const auto graph = from.find("graph");
        if (graph == from.end() || !graph->is_array() || graph->empty() || graph->size() > kMaxNodes) {
            in.fail("\"graph\" must be a list of 1 to 48 nodes.");
        } else {
            for (std::size_t i = 0; i < graph->size() && in.wrong.empty(); ++i) {
                in.place = "style \"" + style.name + "\", node " + std::to_string(i + 1);
                read_node(in, (*graph)[i], style);
            }
        }
    }
    if (in.wrong.empty()) sort_nodes(in, style);
    if (in.wrong.empty()) check_numbers(in, style);
    if (!in.wrong.empty()) {
        in.wrong[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(in.wrong[0])));
        return Error{"style.graph", in.wrong};
    }
    return style;
}

Result<void> StyleLibrary::add(Style style) {
    if (find(style.name)) return Error{"style.twice", "There are two styles \"" + style.name + "\"."};
    const auto before = [](const Style& a, const Style& b) {
        const int fa = family_rank(a.family), fb = family_rank(b.family);
        return fa != fb ? fa < fb : a.label < b.label;
    };
    styles_.insert(std::upper_bound(styles_.begin(), styles_.end(), style, before), std::move(style));
    return {};
}

const Style* StyleLibrary::find(std::string_view name) const {
    for (const Style& style : styles_)
        if (style.name == name) return &style;
    return nullptr;
}

const StyleLibrary& styles() {
    static const StyleLibrary embedded = [] {
        StyleLibrary library;
        for (const EmbeddedFile& file : kStyleFiles) {
            Result<Style> style = parse_style(file.text);
            const Result<void> added = style ? library.add(std::move(*style)) : Result<void>(style.error());
            if (!added) {
                std::fprintf(stderr, "shaders/styles/%s.json: %s\n", std::string(file.name).c_str(),
                             added.error().sentence.c_str());
                std::abort();
            }
        }
        return library;
    }();
    return embedded;
}

}  // namespace limner
