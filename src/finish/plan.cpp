#include "finish/plan.h"

#include "finish/compile.h"
#include "finish/features.h"
#include "finish/light.h"
#include "finish/primitives/beard_numbers.h"
#include "finish/primitives/strays_numbers.h"
#include "recipe/schema.h"
#include "sitter/sitter.h"

#include <algorithm>
#include <bit>
#include <map>
#include <nlohmann/json.hpp>

namespace limner {

namespace {

using finish::Builder;

constexpr int kSource = 0, kBlank = 1, kExample = 2;
constexpr int kLongest = 16384;  // of a window's side
// How a sitter is brought out: what is finer than this many pixels of the source, and by how much more of it than there is.
constexpr float kSoftness = 0.8F, kSharper = 1.2F;
constexpr float kBeardFrom = 0.56F;  // of a portrait's height: below this hair on a face is a beard

std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }

std::uint32_t seed_of(
    const std::string& text) {  // FNV-1a, of the recipe's seed: grain differs from portrait to portrait
    std::uint32_t h = 2166136261U;
    for (const char c : text) h = (h ^ static_cast<std::uint8_t>(c)) * 16777619U;
    return h & 0xffffU;
}

struct Given {  // images a style may name, made when first asked for
    Builder& build;
    const LayersInfo& info;
    Window window;
    int full_size;  // of a portrait's side
    const Recipe& recipe;
    std::map<int, int> made = {};  // first plane -> image
    int made_person = -1;
    int source = kSource;  // image 0, or with hair in locks: `mould`

    int planes(int first) {
        if (info.photo && first > 0) return kBlank;
        const auto it = made.find(first);
        if (it != made.end()) return it->second;
        // A photo comes as the window itself; a portrait's planes cover the whole picture.
        const float sx = info.photo ? 1.0F : static_cast<float>(info.width) / static_cast<float>(full_size);
        const float sy = info.photo ? 1.0F : static_cast<float>(info.height) / static_cast<float>(full_size);
        const std::vector<std::uint32_t> words{
            bits(static_cast<float>(first)), bits(info.photo ? 0.0F : static_cast<float>(window.x)),
            bits(info.photo ? 0.0F : static_cast<float>(window.y)), bits(sx), bits(sy)};
        return made[first] = build.pass_words("enlarge", {source}, words, true);
    }

    // Hair in locks, for all that read the source from here on.
    void mould(const Sitter& sitter, const finish::Strands& strands) {
        if (!info.points) return;
        const finish::Locks locks = finish::lock_words(*info.points, sitter, strands, kBeardFrom);
        if (locks.locks.empty()) return;
        const int fallen = build.whole_picture("locks", {kSource}, locks.locks, {info.width, info.height});
        source = build.whole_picture("mould", {kSource, fallen}, locks.mould,
                                     {info.width, info.height * kSourcePlanes / 4}, true);
    }

    // Roots of the sitter, blurred by about a pixel of the source.
    int softened() {
        const float radius =
            kSoftness * static_cast<float>(full_size) / static_cast<float>(info.width) / build.unit_length();
        const int across =
            build.pass("blur", {build.pass("root", {planes(0)})}, {{"radius", radius}, {"axis", 0}});
        return build.pass("blur", {across}, {{"radius", radius}, {"axis", 1}});
    }

    // The sitter with edges of its skin as sharp as the picture's size allows.
    int carved(int sitter) {
        const float scale = static_cast<float>(full_size) / static_cast<float>(info.width);
        if (!info.outline || scale <= 1.0F) return sitter;
        const float margin = finish::carve_margin(scale);
        std::vector<float> table =
            finish::carve_table(*info.outline, 2 * margin / static_cast<float>(full_size));
        return build.pass_words("carve", {source, sitter, build.table(std::move(table))}, {bits(margin)},
                                false);
    }

    // The sitter brought out, with freckles and the like on the skin, strands in the hair, and glasses on. The same recipe has the same
    // ones at every size and in every window.
    int person() {
        if (info.photo) return planes(0);
        if (made_person < 0) {
            const Sitter sitter = sit(recipe);
            const finish::Strands strands = finish::strands_of(sitter);
            mould(sitter, strands);
            const float enlarged =
                std::clamp(static_cast<float>(full_size) / static_cast<float>(info.width), 1.0F, 4.0F);
            const int sharp = build.pass("sharpen", {source, planes(0), softened()},
                                         {{"amount", kSharper}, {"smooth", enlarged - 1.0F}});
            const int skin =
                build.pass_words("complexion", {source, carved(sharp)},
                                 finish::complexion_words(info.points, sitter, seed_of(recipe.seed)), false);
            const int noise = build.pass(
                "strand_noise", {},
                {{"seed", static_cast<float>(seed_of(recipe.seed))}, {"curls", strands.curls_wide}});
            const int flow =
                build.pass_words("strand_flow", {source, noise},
                                 finish::strand_flow_words(info.points, sitter, strands, kBeardFrom), false);
            const finish::Combing combing = finish::combing_of(strands, full_size);
            int combed = noise;
            float head = 0, face = 0;
            for (const finish::Stroke& stroke : combing.strokes) {
                combed = build.pass(
                    "strand_comb", {combed, flow},
                    {{"stride", stroke.stride}, {"long", stroke.hair}, {"face_long", stroke.beard}});
                head = std::hypot(head, stroke.hair), face = std::hypot(face, stroke.beard);
            }
            made_person = build.pass("strands", {source, skin, combed, flow},
                                     {{"crisp", 0.75F + 0.25F * enlarged},
                                      {"long", combing.last.hair},
                                      {"face_long", combing.last.beard},
                                      {"stride", combing.last.stride},
                                      {"combed", head},
                                      {"face_combed", face},
                                      {"ropes", strands.ropes},
                                      {"face_wisps", strands.beard_wisps},
                                      {"plaits", strands.plaits},
                                      {"deep", strands.deep},
                                      {"warm", strands.warm},
                                      {"grain", strands.grain}},
                                     info.points == nullptr);
            if (info.points) {
                const auto draw = [&](const char* primitive, const std::vector<std::uint32_t>& words,
                                      bool keep) {
                    made_person = build.pass_words(primitive, {source, made_person}, words, keep);
                };
                draw("cloth", finish::cloth_words(*info.points, sitter), false);
                if (const auto words = finish::parting_words(*info.points, sitter); !words.empty())
                    draw("parting", words, false);
                if (const auto strays = finish::stray_words(*info.points, sitter, strands, kBeardFrom);
                    !strays.roots.empty()) {
                    const int roots = build.whole_picture("stray_roots", {source}, strays.roots,
                                                          {finish::kStrayCells, finish::kStrayCells});
                    made_person =
                        build.pass_words("strays", {source, made_person, roots}, strays.hairs, false);
                }
                if (const auto words = finish::wrinkle_words(*info.points, sitter); !words.empty())
                    draw("wrinkles", words, false);
                draw("brows", finish::brow_words(*info.points, sitter), false);
                draw("mouth", finish::mouth_words(*info.points, sitter), false);
                if (const auto words = finish::beard_words(*info.points, sitter); !words.empty()) {
                    const int roots = build.whole_picture("beard_roots", {source},
                                                          finish::beard_roots_words(*info.points, sitter),
                                                          {finish::kBeardCells, finish::kBeardCells});
                    made_person = build.pass_words("beard", {made_person, roots}, words, false);
                }
                draw("eyes", finish::eye_words(*info.points, sitter), true);  // other glasses go on these
                if (const auto words = finish::worn_words(*info.points, sitter); !words.empty())
                    draw("worn", words, true);
            }
        }
        return made_person;
    }
};

std::vector<std::uint32_t> develop_words(const LayersInfo& info, const Recipe& recipe, bool styled) {
    std::vector<std::uint32_t> words;
    const auto put = [&](float x) { words.push_back(bits(x)); };
    const bool canonical = info.photo || recipe.light.canonical;
    put(info.photo ? 1.0F : 0.7F);
    put(canonical ? 1.0F : 0.0F);
    LightMix mix = recipe.light;
    mix.canonical = canonical;
    auto factors = finish::light_factors(mix, schema());
    factors.resize(8, {0, 0, 0});
    for (const auto& f : factors)
        for (const float x : f) put(x);

    const Grade& grade = recipe.grade;
    put(limner::exp2(grade.exposure));
    put(limner::exp2(0.7F * grade.contrast));
    put(1.0F + grade.saturation);
    const float red = limner::exp2(0.28F * grade.temperature),
                blue = limner::exp2(-0.42F * grade.temperature);
    const float level = 1.0F / (0.2126F * red + 0.7152F + 0.0722F * blue);
    for (const float x : {red * level, level, blue * level}) put(x);
    put(grade.vignette);
    put(styled ? 0.0F : grade.grain);  // a style would take grain for texture: it comes after
    words.push_back(seed_of(recipe.seed));

    const Backdrop& backdrop = recipe.backdrop;
    const std::string& kind = backdrop.kind;
    put(kind == "gradient" ? 1.0F : (kind == "studio" ? 2.0F : (kind == "scene" ? 3.0F : 0.0F)));
    for (const float x : backdrop.colour) put(x);
    for (const float x : backdrop.colour2) put(x);
    words.push_back(backdrop.seed & 0xffffU);
    put(grade.depth_of_field);
    put(info.photo || kind == "transparent" ? 0.0F : 0.55F);
    put(kind == "transparent" ? 1.0F : 0.0F);
    put(styled ? 1.0F : 0.0F);
    return words;
}

int retouched(Builder& build, Given& given, const Retouch& retouch) {
    const int person = given.person();
    if (retouch.smooth <= 0 && retouch.whiten <= 0) return person;
    const int root = build.pass("root", {person});
    const auto blur = [&](int image, float radius) {
        const int across = build.pass("blur", {image}, {{"radius", radius}, {"axis", 0}});
        return build.pass("blur", {across}, {{"radius", radius}, {"axis", 1}});
    };
    // Pores are what is finer than this: never less than a pixel or so.
    const int fine = blur(root, std::max(2.2F, 1.2F / build.unit_length()));
    const int moments = blur(build.pass("moments", {fine}), 9.0F);
    const int line = blur(build.pass("fit", {moments}, {{"edge", 0.055F}}), 9.0F);
    return build.pass("retouch", {person, fine, line, given.planes(8), given.planes(12)},
                      {{"smooth", retouch.smooth}, {"whiten", retouch.whiten}}, true);
}

Result<int> styled(Builder& build, Given& given, const Style& style, const StyleChoice& choice, int picture) {
    finish::Values values;
    for (const StyleParameter& p : style.parameters) values[p.id] = p.initial;
    for (const auto& [id, value] : choice.set) {
        const auto it = std::find_if(style.parameters.begin(), style.parameters.end(),
                                     [&](const StyleParameter& p) { return p.id == id; });
        if (it == style.parameters.end())
            return Error{"style.parameter",
                         "The style \"" + style.label + "\" has no setting \"" + id.substr(0, 40) + "\"."};
        if (!(value >= it->min && value <= it->max)) {
            const auto text = [](float x) { return nlohmann::json(x).dump(); };
            return Error{"style.parameter", "The setting \"" + it->label + "\" of the style \"" +
                                                style.label + "\" is " + text(value) + "; it goes from " +
                                                text(it->min) + " to " + text(it->max) + "."};
        }
        values[id] = value;
    }
    std::map<std::string, int> images;
    const auto image = [&](const std::string& name) {
        if (const auto it = images.find(name); it != images.end()) return it->second;
        if (name == "picture") return picture;
        if (name == "matte") return given.person();
        if (name == "surface") return given.planes(4);
        if (name == "regions_a") return given.planes(8);
        if (name == "regions_b") return given.planes(12);
        return name == "example" ? kExample : kBlank;
    };
    for (const StyleNode& node : style.graph) {
        std::vector<int> inputs;
        for (const std::string& name : node.inputs) inputs.push_back(image(name));
        images[node.id] = build.node(node, inputs, values);
    }
    return images[style.output];
}

}  // namespace

LayersInfo layers_info(const Layers& layers) {
    return {layers.width, layers.height, layers.transfer.empty() && layers.regions.empty()};
}

Result<Plan> plan(const LayersInfo& info, const Recipe& recipe, const StyleLibrary& library, Window window) {
    const int full_width = info.photo ? std::max(info.width, info.full_width) : recipe.frame.size;
    const int full_height = info.photo ? std::max(info.height, info.full_height) : recipe.frame.size;
    if (info.width < 1 || info.height < 1 || full_width < 1 || full_height < 1)
        return Error{"finish.size", "There is no picture to finish: its width or height is zero."};
    if (window.width <= 0) window = {0, 0, full_width, full_height};
    if (window.width > kLongest || window.height > kLongest)
        return Error{"finish.size",
                     "The picture is larger than 16384 pixels on a side; it has to be finished in tiles."};
    if (window.x < 0 || window.y < 0 || window.height < 1 || window.x + window.width > full_width ||
        window.y + window.height > full_height ||
        (info.photo && (window.width != info.width || window.height != info.height)))
        return Error{"finish.window", "That part lies outside of the picture."};
    const Style* style = nullptr;
    if (!recipe.style.name.empty() && !(style = library.find(recipe.style.name)))
        return Error{"style.unknown", "There is no style \"" + recipe.style.name.substr(0, 40) + "\"."};

    Plan result;
    result.width = window.width;
    result.height = window.height;
    result.source_width = info.width;
    result.source_height = info.height;
    result.source_planes = info.photo ? 4 : kSourcePlanes;
    const int ew = std::max(info.example_width, 1), eh = std::max(info.example_height, 1);
    result.images = {{info.width, info.height}, {1, 1}, {ew, eh}};

    Builder build(result, window, full_width, full_height);
    Given given{build, info, window, full_width, recipe};
    const int person =
        retouched(build, given, recipe.retouch);  // first: it makes the source that all others read
    result.source = given.source;
    const bool canonical = info.photo || recipe.light.canonical;
    const int transfer_a = canonical ? kBlank : given.planes(16),
              transfer_b = canonical ? kBlank : given.planes(20);
    const int picture = build.pass_words("develop", {person, transfer_a, transfer_b},
                                         develop_words(info, recipe, style), style);
    if (style) {
        const Result<int> after = styled(build, given, *style, recipe.style, picture);
        if (!after) return after.error();
        build.pass("compose", {picture, *after},
                   {{"strength", recipe.style.strength},
                    {"grain", recipe.grade.grain},
                    {"seed", static_cast<float>(seed_of(recipe.seed))}});
    }
    result.passes.back().words[6] = recipe.frame.shape == "circle" ? 1 : 0;
    result.reach = finish::reach_of(result);
    return result;
}

namespace {
// Words to the last that is not zero.
std::vector<std::uint32_t> written(const PlanPass& pass) {
    std::size_t count = pass.words.size();
    while (count > kHeaderWords && pass.words[count - 1] == 0) --count;
    return {pass.words.begin(), pass.words.begin() + static_cast<std::ptrdiff_t>(count)};
}
}  // namespace

nlohmann::json plan_json(const Plan& plan) {
    nlohmann::json images = nlohmann::json::array(), tables = nlohmann::json::array(),
                   passes = nlohmann::json::array();
    for (const PlanTable& t : plan.tables) {
        nlohmann::json parts = nlohmann::json::array();
        for (const float x : t.numbers) parts.push_back(static_cast<std::int64_t>(x * kTableParts));
        tables.push_back({{"image", t.image}, {"parts", std::move(parts)}});
    }
    for (const PlanImage& image : plan.images) images.push_back({image.width, image.height});
    for (const PlanPass& p : plan.passes)
        passes.push_back({{"primitive", p.primitive},
                          {"words", written(p)},
                          {"inputs", p.inputs},
                          {"output", p.output},
                          {"keep", p.keep}});
    return {{"width", plan.width},
            {"height", plan.height},
            {"source",
             {{"width", plan.source_width}, {"height", plan.source_height}, {"planes", plan.source_planes}}},
            {"images", images},
            {"tables", tables},
            {"passes", passes},
            {"reach", plan.reach}};
}

}  // namespace limner
