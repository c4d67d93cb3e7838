#include "shape.h"
#include "vectors.h"

#include <algorithm>

namespace limner::sitters {
namespace {

class Morph {
public:
    Morph(const Assets& assets) : assets_(assets), cage_(assets.base.begin(), assets.base.end()) {}

    void add(std::string_view name, float weight) {
        if (std::abs(weight) < 1e-4F) return;
        const auto it = assets_.targets.find(name);
        if (it == assets_.targets.end()) return;
        const Target& t = it->second;
        for (std::size_t i = 0; i < t.index.size(); ++i)
            cage_[t.index[i]] = cage_[t.index[i]] + t.delta[i] * weight;
    }
    // `stem` with one of two endings, by the sign of v. The targets fold soon after 1.
    void slide(const std::string& stem, const char* below, const char* above, float v) {
        add(stem + (v < 0 ? below : above), soft_cap(std::abs(v)));
    }
    void pair(const std::string& folder, const std::string& stem, const char* below, const char* above,
              float v) {
        slide(folder + "/l-" + stem, below, above, v);
        slide(folder + "/r-" + stem, below, above, v);
    }
    void shape(std::span<const Vec3> offsets, float weight) {
        if (weight == 0) return;
        for (std::size_t i = 0; i < assets_.shape_vertex.size(); ++i) {
            Vec3& p = cage_[assets_.shape_vertex[i]];
            p = p + offsets[i] * weight;
        }
    }
    Cage take() { return std::move(cage_); }

private:
    const Assets& assets_;
    Cage cage_;
};

float ramp(float x, float a, float b) { return std::clamp((x - a) / (b - a), 0.0F, 1.0F); }

// MakeHuman's macro system: products of gender, age and ancestry, and of gender, age, muscle and weight. Its `old` shapes go to
// a caricature at 90 years, so they are approached and not reached.
void macro(Morph& morph, const Sitter& sitter) {
    const float age = sitter.number("age");
    const float male = sitter.number("presentation");
    const float old = 0.82F * std::pow(ramp(age, 25, 92), 1.15F);
    const float ancestry[3] = {sitter.number("ancestry.african"), sitter.number("ancestry.asian"),
                               sitter.number("ancestry.european")};
    const float total = std::max(ancestry[0] + ancestry[1] + ancestry[2], 1e-3F);
    const char* const ancestries[3] = {"african", "asian", "caucasian"};
    const auto three = [](float v, const char* kind) {
        return std::array<std::pair<std::string, float>, 3>{
            {{std::string("max") + kind, std::max(0.0F, 2 * v - 1)},
             {std::string("min") + kind, std::max(0.0F, 1 - 2 * v)},
             {std::string("average") + kind, 1 - std::abs(2 * v - 1)}}};
    };
    const auto muscles = three(0.15F + 0.7F * sitter.number("muscle"), "muscle");
    const auto weights = three(0.1F + 0.8F * sitter.number("weight"), "weight");
    for (const auto& [gender, g] : {std::pair{"female", 1 - male}, std::pair{"male", male}})
        for (const auto& [stage, a] : {std::pair{"young", 1 - old}, std::pair{"old", old}}) {
            const std::string who = std::string(gender) + "-" + stage;
            for (int i = 0; i < 3; ++i)
                morph.add(std::string("macro/") + ancestries[i] + "-" + who, g * a * ancestry[i] / total);
            for (const auto& [muscle, m] : muscles)
                for (const auto& [weight, w] : weights)
                    morph.add("macro/universal-" + who + "-" + muscle + "-" + weight, g * a * m * w);
        }
    morph.add("head/head-age-decr", 0.5F * (1 - ramp(age, 16, 26)));
}

void scan_identity(Morph& morph, const Assets& assets, const Sitter& sitter) {
    morph.shape(assets.scan_average, 0.6F);
    const auto coefficients = sitter.coefficients("identity");
    const std::size_t stride = assets.shape_vertex.size();
    for (std::size_t i = 0; i < coefficients.size() && (i + 1) * stride <= assets.identity.size(); ++i)
        morph.shape(assets.identity.subspan(i * stride, stride),
                    0.85F * std::clamp(coefficients[i], -2.0F, 2.0F));
}

void details(Morph& m, const Sitter& s) {
    const auto v = [&](std::string_view id) { return s.reached(id); };
    m.slide("head/head-scale-horiz", "-decr", "-incr", 0.42F * v("face.width"));
    m.slide("head/head-scale-vert", "-decr", "-incr", 0.42F * v("face.length"));
    m.slide("head/head-fat", "-decr", "-incr", 0.55F * v("face.fullness"));
    if (v("face.angularity") > 0)
        m.add("head/head-square", 0.6F * v("face.angularity"));
    else
        m.add("head/head-round", -0.6F * v("face.angularity"));
    m.slide("forehead/forehead-scale-vert", "-decr", "-incr", 0.35F * v("forehead.height"));
    m.slide("eyebrows/eyebrows-trans", "-down", "-up", 0.7F * v("brow.height"));
    m.slide("eyebrows/eyebrows-trans", "-backward", "-forward", 0.3F * v("brow.ridge"));
    m.pair("eyes", "eye-scale", "-decr", "-incr", 0.65F * v("eyes.size"));
    m.pair("eyes", "eye-trans", "-in", "-out", 0.85F * v("eyes.spacing"));
    m.pair("eyes", "eye-corner2", "-down", "-up", 0.95F * v("eyes.tilt"));
    m.pair("eyes", "eye-corner1", "-up", "-down", 0.4F * v("eyes.tilt"));
    m.pair("eyes", "eye-epicanthus", "-out", "-in",
           v("eyes.fold") < 0 ? 0.3F * std::max(v("eyes.fold"), -1.0F)
                              : 0.95F * v("eyes.fold"));  // "-out" soon breaks
    m.pair("eyes", "eye-eyefold", "-up", "-down", 0.55F * v("eyes.fold"));
    m.slide("nose/nose-scale-horiz", "-decr", "-incr", 0.55F * v("nose.width"));
    m.slide("nose/nose-width2", "-decr", "-incr", 0.5F * v("nose.width"));
    m.slide("nose/nose-scale-vert", "-decr", "-incr", 0.7F * v("nose.length"));
    m.slide("nose/nose-scale-depth", "-decr", "-incr", 0.8F * v("nose.projection"));
    m.slide("nose/nose-hump", "-decr", "-incr", 0.9F * v("nose.bridge"));
    m.slide("nose/nose-point", "-down", "-up", (v("nose.tip") < 0 ? 0.35F : 0.8F) * v("nose.tip"));
    m.slide("nose/nose-base", "-down", "-up", 0.4F * v("nose.tip"));
    m.slide("nose/nose-nostrils-width", "-decr", "-incr", 0.8F * v("nose.nostrils"));
    m.slide("nose/nose-flaring", "-decr", "-incr", 0.5F * v("nose.nostrils"));
    m.pair("cheek", "cheek-bones", "-decr", "-incr", 0.9F * v("cheeks.bones"));
    m.pair("cheek", "cheek-trans", "-down", "-up", 0.45F * v("cheeks.bones"));
    m.pair("cheek", "cheek-volume", "-decr", "-incr", 0.85F * v("cheeks.fullness"));
    m.slide("mouth/mouth-scale-horiz", "-decr", "-incr", 0.7F * v("mouth.width"));
    m.slide("mouth/mouth-upperlip-height", "-decr", "-incr", 0.65F * v("mouth.upper_lip"));
    m.slide("mouth/mouth-upperlip-volume", "-decr", "-incr", 0.65F * v("mouth.upper_lip"));
    m.slide("mouth/mouth-lowerlip-height", "-decr", "-incr", 0.65F * v("mouth.lower_lip"));
    m.slide("mouth/mouth-lowerlip-volume", "-decr", "-incr", 0.65F * v("mouth.lower_lip"));
    m.slide("chin/chin-bones", "-decr", "-incr", 0.85F * v("jaw.width"));
    m.slide("chin/chin-width", "-decr", "-incr", 0.6F * v("jaw.width"));
    m.slide("chin/chin-height", "-decr", "-incr", 0.6F * v("chin.height"));
    m.slide("chin/chin-prominent", "-decr", "-incr", 0.8F * v("chin.projection"));
    m.slide("chin/chin-prognathism", "-decr", "-incr", 0.35F * v("chin.projection"));
    m.pair("ears", "ear-scale", "-decr", "-incr", 0.65F * v("ears.size"));
    m.pair("ears", "ear-wing", "-decr", "-incr", 0.8F * v("ears.out"));
    m.slide("neck/neck-scale-horiz", "-decr", "-incr", 0.7F * v("neck.thickness"));
    m.slide("neck/neck-scale-depth", "-decr", "-incr", 0.5F * v("neck.thickness"));

    // Age's own traces, beyond the macro shapes.
    const float worn = v("skin.wrinkles");
    m.add("head/head-age-incr", 0.35F * worn);
    m.add("mouth/mouth-laugh-lines-in", 0.35F * worn);
    m.add("neck/neck-double-incr",
          0.25F * ramp(v("weight"), 0.55F, 1) + 0.15F * ramp(v("face.fullness"), 0, 1));
    m.pair("eyes", "eye-bag", "-decr", "-incr", 0.75F * v("skin.eye_bags"));
    m.pair("eyes", "eye-bag", "-in", "-out", 0.45F * v("skin.eye_bags"));

    // One axis of asymmetry; its sign swaps sides, as a mirror does.
    const float a = v("face.asymmetry");
    for (const auto& [name, gain] : {std::pair{"brown-1", 0.5F},
                                     {"cheek-1", 0.45F},
                                     {"eye-1", 0.3F},
                                     {"eye-3", 0.25F},
                                     {"jaw-1", 0.4F},
                                     {"mouth-1", 0.4F},
                                     {"mouth-2", 0.25F},
                                     {"nose-1", 0.35F},
                                     {"nose-4", 0.25F},
                                     {"temple-1", 0.3F}})
        m.add(std::string("asym/asym-") + name + (a < 0 ? "-r" : "-l"), gain * std::abs(a));
}

}  // namespace

Cage neutral_cage(const Assets& assets, const Sitter& sitter) {
    Morph morph(assets);
    macro(morph, sitter);
    scan_identity(morph, assets, sitter);
    details(morph, sitter);
    return morph.take();
}

Vec3 joint_of(const Assets& assets, const Cage& cage, Joint joint) {
    Vec3 sum;
    for (const std::uint32_t v : assets.joints[static_cast<std::size_t>(joint)]) sum = sum + cage[v];
    return sum * 0.125F;
}

}  // namespace limner::sitters
