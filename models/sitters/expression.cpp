#include "expression.h"
#include "vectors.h"

#include <algorithm>

namespace limner::sitters {
namespace {

class Activations {
public:
    void both(const std::string& name, float amount) {
        left(name, amount);
        right(name, amount);
    }
    void left(const std::string& name, float amount) { shapes[name + "_L"] += amount; }
    void right(const std::string& name, float amount) { shapes[name + "_R"] += amount; }
    void one(const std::string& name, float amount) { shapes[name] += amount; }
    float scale(const std::string& name, float factor) {
        for (auto& [shape, amount] : shapes)
            if (shape.starts_with(name)) amount *= factor;
        return factor;
    }
    std::map<std::string, float, std::less<>> shapes;
};

}  // namespace

Expression expression_of(const Sitter& s) {
    const auto v = [&](const char* id) { return s.reached(std::string("expression.") + id); };
    Activations a;
    const float smile = v("smile"), teeth = v("smile_open"), pucker = v("pucker");
    const float broad = smile * (1 - 0.7F * pucker);
    a.both("mouthSmile", 0.85F * broad + 0.15F * teeth);
    a.both("cheekSquint", 0.55F * broad + 0.1F * teeth);
    a.both("eyeSquint", 0.28F * broad);
    a.both("mouthDimple", 0.18F * broad);
    a.both("mouthUpperUp", 0.5F * teeth);
    a.both("mouthLowerDown", 0.3F * teeth);
    a.both("mouthStretch", 0.12F * teeth);
    a.one("jawOpen", 0.07F * teeth);

    const float surprise = v("surprise");
    a.both("browInnerUp", 0.85F * surprise);
    a.both("browOuterUp", 0.85F * surprise);
    a.both("eyeWide", 0.9F * surprise);
    a.one("jawOpen", 0.32F * surprise);

    const float anger = v("anger");
    a.both("browDown", 0.95F * anger);
    a.both("eyeSquint", 0.3F * anger);
    a.both("eyeWide", 0.25F * anger);
    a.both("noseSneer", 0.35F * anger);
    a.both("mouthPress", 0.5F * anger);
    a.both("mouthFrown", 0.3F * anger);

    const float sadness = v("sadness");
    a.both("browInnerUp", 0.85F * sadness);
    a.both("browDown", 0.15F * sadness);
    a.both("mouthFrown", 0.75F * sadness);
    a.one("mouthShrugLower", 0.4F * sadness);
    a.both("cheekSquint", 0.1F * sadness);

    const float disgust = v("disgust");
    a.both("noseSneer", 0.95F * disgust);
    a.both("mouthUpperUp", 0.4F * disgust);
    a.both("browDown", 0.4F * disgust);
    a.both("cheekSquint", 0.35F * disgust);
    a.both("mouthFrown", 0.3F * disgust);
    a.both("eyeSquint", 0.35F * disgust);

    const float contempt = v("contempt");  // positive: the picture's right, which is the sitter's left
    const auto one_side = [&](const std::string& shape, float amount) {
        contempt > 0 ? a.left(shape, amount * contempt) : a.right(shape, -amount * contempt);
    };
    one_side("mouthSmile", 0.55F);
    one_side("mouthDimple", 0.75F);
    one_side("cheekSquint", 0.2F);
    one_side("noseSneer", 0.12F);
    one_side("browOuterUp", 0.15F);
    a.both("mouthPress", 0.2F * std::abs(contempt));

    a.one("mouthPucker", 0.85F * pucker);
    a.one("mouthFunnel", 0.12F * pucker);
    a.both("eyeSquint", 0.6F * v("squint"));
    a.both("cheekSquint", 0.2F * v("squint"));
    const float brows = v("brow_raise");
    a.both("browInnerUp", 0.75F * std::max(brows, 0.0F));
    a.both("browOuterUp", 0.8F * std::max(brows, 0.0F));
    a.both("browDown", 0.65F * std::max(-brows, 0.0F));
    a.one("jawOpen", 0.8F * v("jaw_open"));

    // Shapes that fight each other.
    const float open = std::min(a.shapes["jawOpen"], 1.0F);
    a.scale("mouthPress", 1 - 0.8F * std::min(1.0F, open * 2 + teeth));
    a.scale("mouthShrug", 1 - 0.8F * std::min(1.0F, open * 2));
    a.scale("mouthLowerDown", 1 - 0.6F * open);
    a.scale("eyeWide", 1 - 0.7F * std::min(1.0F, v("squint") + 0.6F * broad));

    Expression e;
    const float wink = v("wink");
    const float blink = v("blink");
    e.close_left = std::max(blink, std::max(wink, 0.0F));
    e.close_right = std::max(blink, std::max(-wink, 0.0F));
    e.droop = 0.5F * sadness;
    if (wink > 0)
        a.left("cheekSquint", 0.5F * wink), a.left("browDown", 0.2F * wink),
            a.left("mouthSmile", 0.12F * wink);
    if (wink < 0)
        a.right("cheekSquint", -0.5F * wink), a.right("browDown", -0.2F * wink),
            a.right("mouthSmile", -0.12F * wink);
    for (auto& [name, amount] : a.shapes)
        if (amount > 1e-4F) e.shapes[name] = soft_cap(amount);  // sums pile up
    const auto jaw = e.shapes.find("jawOpen");
    e.jaw = jaw == e.shapes.end() ? 0 : jaw->second;
    const auto active = [&](const char* name) {
        const auto it = e.shapes.find(name);
        return it == e.shapes.end() ? 0.0F : it->second;
    };
    e.part = std::min(1.0F, 6 * e.jaw + 3 * active("mouthUpperUp_L") + 3 * active("mouthLowerDown_L") +
                                active("mouthFunnel"));
    return e;
}

Cage expressed(const Assets& assets, const Cage& neutral, const Expression& expression) {
    Cage cage = neutral;
    const std::size_t stride = assets.shape_vertex.size();
    for (const auto& [name, amount] : expression.shapes) {
        const auto it = assets.expressions.find(name);
        if (it == assets.expressions.end()) continue;
        const auto row = assets.expression.subspan(static_cast<std::size_t>(it->second) * stride, stride);
        for (std::size_t i = 0; i < stride; ++i) {
            Vec3& p = cage[assets.shape_vertex[i]];
            p = p + row[i] * amount;
        }
    }
    return cage;
}

}  // namespace limner::sitters
