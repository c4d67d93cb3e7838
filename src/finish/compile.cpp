#include "finish/compile.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

namespace limner::finish {

namespace {

const std::vector<Operation>& operations() {
    static const std::vector<Operation> all = [] {
        std::vector<Operation> list{
            {"blur", 1, {{"blur", {0}, {{"axis", 0}}}, {"blur", {-1}, {{"axis", 1}}}}},
            {"flow",
             1,
             {{"tensor", {0}}, {"blur", {-1}, {{"axis", 0}}}, {"blur", {-1}, {{"axis", 1}}}, {"flow", {-1}}}},
            {"ink", 2, {{"dog", {0, 1}}, {"xdog", {-1, 1}}}},
        };
        for (const Primitive& p : primitives()) {
            constexpr std::string_view kInternal[] = {
                "enlarge",      "carve",       "complexion", "cloth",       "wrinkles", "brows",
                "beard_roots",  "beard",       "mouth",      "eyes",        "worn",     "sharpen",
                "strand_noise", "strand_flow", "parting",    "strand_comb", "strands",  "stray_roots",
                "strays",       "locks",       "mould",      "retouch",     "develop",  "compose"};
            const bool internal =
                std::find(std::begin(kInternal), std::end(kInternal), p.name) != std::end(kInternal);
            if (internal || std::any_of(list.begin(), list.end(), [&](const Operation& o) {
                    return std::string_view(o.name) == p.name;
                }))
                continue;
            Operation::Step step{p.name, {}, {}};
            for (int i = 0; i < p.inputs; ++i) step.inputs.push_back(i);
            list.push_back({p.name, p.inputs, {std::move(step)}});
        }
        return list;
    }();
    return all;
}

std::optional<std::array<float, 3>> read_colour(const std::string& text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    std::array<float, 3> rgb{};
    for (std::size_t i = 0; i < 3; ++i) {
        int value = 0;
        for (std::size_t k = 1 + 2 * i; k < 3 + 2 * i; ++k) {
            const char c = text[k];
            const int digit =
                c >= '0' && c <= '9'
                    ? c - '0'
                    : (c >= 'a' && c <= 'f' ? c - 'a' + 10 : (c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1));
            if (digit < 0) return std::nullopt;
            value = value * 16 + digit;
        }
        rgb[i] = static_cast<float>(value) / 255.0F;
    }
    return rgb;
}

std::string plain(float x) {
    std::string s = std::to_string(x);
    s.erase(s.find_last_not_of('0') + 1);
    if (!s.empty() && s.back() == '.') s.pop_back();
    return s;
}

struct NumberOf {
    const Number* number = nullptr;
    const Primitive* primitive = nullptr;
};

NumberOf find_number(const Operation& operation, std::string_view name) {
    for (const auto& step : operation.steps) {
        const Primitive* p = find_primitive(step.primitive);
        for (const Number& n : p->numbers)
            if (n.kind != Number::Kind::hidden && name == n.name) return {&n, p};
    }
    return {};
}

Result<float> value_of(const std::variant<float, std::string>& from, const Values& parameters) {
    if (const float* x = std::get_if<float>(&from)) return *x;
    return evaluate(std::get<std::string>(from), parameters);
}

}  // namespace

const Operation* find_operation(std::string_view name) {
    for (const Operation& o : operations())
        if (name == o.name) return &o;
    return nullptr;
}

bool given_image(std::string_view name) {
    for (const char* given : {"picture", "regions_a", "regions_b", "surface", "matte", "example", "none"})
        if (name == given) return true;
    return false;
}

std::optional<std::string> check_node(const StyleNode& node, const Values& parameters) {
    const Operation* operation = find_operation(node.primitive);
    for (const auto& [key, from] : node.set) {
        const NumberOf found = find_number(*operation, key);
        if (!found.number) return node.primitive + " has no number \"" + key.substr(0, 40) + "\".";
        if (found.number->kind == Number::Kind::colour) {
            const auto* text = std::get_if<std::string>(&from);
            if (!text || !read_colour(*text)) return key + " must be a colour like \"#20304a\".";
            continue;
        }
        const Result<float> value = value_of(from, parameters);
        if (!value) return key + ": " + value.error().sentence + ".";
        const Number& n = *found.number;
        if (!(*value >= n.min - 1e-4F && *value <= n.max + 1e-4F))
            return key + " is " + plain(*value) + "; it must be between " + plain(n.min) + " and " +
                   plain(n.max) + ".";
    }
    return std::nullopt;
}

Builder::Builder(Plan& plan, Window window, int full_width, int full_height)
    : plan_(plan),
      window_(window),
      full_width_(full_width),
      full_height_(full_height),
      // Strokes and screens grow with the picture up to a shorter side of 2048 pixels; larger photos show more of them.
      unit_length_(static_cast<float>(std::min({full_width, full_height, 2048})) / 1000.0F) {}

int Builder::pass_words(std::string_view primitive, std::vector<int> inputs,
                        const std::vector<std::uint32_t>& words, bool keep) {
    // What is made of the example picture alone has its size.
    of_example_.resize(plan_.images.size(), false);
    const bool example =
        !inputs.empty() && (inputs[0] == 2 || of_example_[static_cast<std::size_t>(inputs[0])]);
    const PlanImage& own = plan_.images[2];
    const int made = add(
        primitive, std::move(inputs), words, keep,
        example ? Frame{own, 0, 0, own.width, own.height}
                : Frame{{window_.width, window_.height}, window_.x, window_.y, full_width_, full_height_});
    of_example_.push_back(example);
    return made;
}

int Builder::whole_picture(std::string_view primitive, std::vector<int> inputs,
                           const std::vector<std::uint32_t>& words, PlanImage size, bool keep) {
    return add(primitive, std::move(inputs), words, keep, {size, 0, 0, size.width, size.height});
}

int Builder::table(std::vector<float> numbers) {
    const std::size_t row = std::size_t{4} * kTableWidth;
    numbers.resize((numbers.size() + row - 1) / row * row);
    const int made = static_cast<int>(plan_.images.size());
    plan_.images.push_back({kTableWidth, static_cast<int>(numbers.size() / row)});
    plan_.tables.push_back({made, std::move(numbers)});
    return made;
}

int Builder::add(std::string_view primitive, std::vector<int> inputs, const std::vector<std::uint32_t>& words,
                 bool keep, const Frame& frame) {
    PlanPass pass;
    pass.primitive = std::string(primitive);
    const auto set = [&](std::size_t at, int value) { pass.words[at] = static_cast<std::uint32_t>(value); };
    set(0, frame.size.width);
    set(1, frame.size.height);
    set(2, frame.x);
    set(3, frame.y);
    set(4, frame.full_width);
    set(5, frame.full_height);
    pass.words[7] = std::bit_cast<std::uint32_t>(unit_length_);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const PlanImage& image = plan_.images[static_cast<std::size_t>(inputs[i])];
        set(8 + 2 * i, image.width);
        set(9 + 2 * i, image.height);
    }
    set(18, plan_.source_width);
    set(19, plan_.source_height);
    std::copy(words.begin(), words.end(), pass.words.begin() + kHeaderWords);
    pass.inputs = std::move(inputs);
    pass.output = static_cast<int>(plan_.images.size());
    pass.keep = keep;
    plan_.images.push_back(frame.size);
    plan_.passes.push_back(std::move(pass));
    return plan_.passes.back().output;
}

int Builder::pass(const Primitive& primitive, std::vector<int> inputs, const Numbers& numbers, bool keep) {
    std::vector<std::uint32_t> words;
    for (const Number& n : primitive.numbers) {
        if (n.kind == Number::Kind::colour) {  // given as name.0, name.1, name.2
            const auto initial = static_cast<std::uint32_t>(n.initial);
            for (int k = 0; k < 3; ++k) {
                float value = static_cast<float>(initial >> (16 - 8 * k) & 255U) / 255.0F;
                const std::string name = std::string(n.name) + "." + std::to_string(k);
                for (const auto& [id, v] : numbers)
                    if (id == name) value = v;
                words.push_back(std::bit_cast<std::uint32_t>(value));
            }
            continue;
        }
        float value = n.initial;
        for (const auto& [id, v] : numbers)
            if (id == n.name) value = v;
        value = std::clamp(value, n.min, n.max);
        if (n.kind == Number::Kind::length) value *= unit_length_;
        words.push_back(n.kind == Number::Kind::seed ? static_cast<std::uint32_t>(value)
                                                     : std::bit_cast<std::uint32_t>(value));
    }
    return pass_words(primitive.name, std::move(inputs), words, keep);
}

int Builder::pass(std::string_view primitive, std::vector<int> inputs, const Numbers& numbers, bool keep) {
    const Primitive* p = find_primitive(primitive);
    if (!p) std::abort();  // only names of our own come here
    return pass(*p, std::move(inputs), numbers, keep);
}

int Builder::node(const StyleNode& node, const std::vector<int>& inputs, const Values& parameters) {
    const Operation* operation = find_operation(node.primitive);
    std::vector<std::pair<std::string, float>> given;
    for (const auto& [key, from] : node.set) {
        const NumberOf found = find_number(*operation, key);
        if (!found.number) continue;
        if (found.number->kind == Number::Kind::colour) {
            const auto rgb = read_colour(std::get<std::string>(from));
            for (std::size_t k = 0; rgb && k < 3; ++k)
                given.emplace_back(key + "." + std::to_string(k), (*rgb)[k]);
        } else if (const Result<float> value = value_of(from, parameters)) {
            given.emplace_back(key, *value);
        }
    }
    std::vector<int> made;
    for (const auto& step : operation->steps) {
        std::vector<int> ids;
        for (const int i : step.inputs)
            ids.push_back(i >= 0 ? inputs[static_cast<std::size_t>(i)]
                                 : made[made.size() - static_cast<std::size_t>(-i)]);
        Numbers numbers(given.begin(), given.end());
        for (const auto& [name, value] : step.fixed) numbers.emplace_back(name, value);
        made.push_back(pass(step.primitive, std::move(ids), numbers));
    }
    return made.back();
}

int reach_of(const Plan& plan) {
    std::vector<float> reach(plan.images.size(), 0);
    float farthest = 0;
    for (const PlanPass& p : plan.passes) {
        const Primitive* primitive = find_primitive(p.primitive);
        Pass pass;
        pass.words = p.words.data();
        const float own = primitive->reach ? primitive->reach(pass) : 0.0F;
        float before = 0;
        for (const int i : p.inputs) before = std::max(before, reach[static_cast<std::size_t>(i)]);
        farthest = reach[static_cast<std::size_t>(p.output)] = own > 0 ? before + std::ceil(own) + 1 : before;
    }
    return static_cast<int>(farthest);
}

}  // namespace limner::finish
