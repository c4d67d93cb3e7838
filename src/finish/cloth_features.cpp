// What clothes are woven of and where they end: the words of "cloth".
#include "finish/features.h"
#include "finish/pass_words.h"
#include "finish/primitives/cloth_numbers.h"
#include "sitter/cloth_dyes.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace limner::finish {

std::vector<std::uint32_t> cloth_words(const Points& points, const Sitter& sitter) {
    const std::string_view style = sitter.choice("clothes.style"), wish = sitter.choice("clothes.pattern");
    const auto among = [&](std::initializer_list<std::string_view> styles) {
        return std::find(styles.begin(), styles.end(), style) != styles.end();
    };
    const std::uint32_t seed = seed_of(sitter);
    const auto draw = [&](std::uint32_t which) { return unit(hash(seed, which, 0xc107U)); };
    // The shirt under a suit is white, and the network does not say where it is: neither has a pattern.
    const bool suit = among({"blazer", "suit_tie"});
    const auto pattern = suit                ? ClothPattern::plain
                         : wish == "stripes" ? ClothPattern::stripes
                         : wish == "check"   ? ClothPattern::check
                         : wish == "dots"    ? ClothPattern::dots
                         : wish == "melange" ? ClothPattern::melange
                                             : ClothPattern::plain;
    const ClothDyes dyes = cloth_dyes(sitter, draw(1));
    std::array<float, 3> second = dyes.second;
    float share = 0, period = 0.02F;  // how much of the second colour there is
    switch (pattern) {
        case ClothPattern::plain: break;
        case ClothPattern::stripes: share = 0.47F, period = mix(0.014F, 0.036F, draw(2)); break;
        case ClothPattern::check: share = 0.42F, period = 0.032F; break;
        case ClothPattern::dots: share = 0.15F, period = 0.018F; break;
        case ClothPattern::melange:
            share = 0.35F;
            for (std::size_t c = 0; c < 3; ++c)
                second[c] = mix(dyes.first[c], dyes.lightness > 0.6F ? 0.03F : 0.6F, 0.5F);
            break;
    }
    Words words;
    put(words, static_cast<float>(pattern));
    put(words, period);
    put(words, draw(3) < 0.35F ? 1.0F : 0.0F);
    for (const auto& dye : {dyes.first, second})
        for (std::size_t c = 0; c < 3; ++c)
            put(words, clamp((dye[c] + 0.01F) / (mix(dyes.first[c], second[c], share) + 0.01F), 0.1F, 6.0F));
    put(words, wish == "knit" && !suit ? 0.0052F : (among({"sweater", "turtleneck"}) ? 0.0022F : 0.0F));
    const Vec2 eyes = mid_eyes(points);
    put(words, eyes.x);
    put(words, eyes.y);
    put(words, among({"crew", "sweater", "turtleneck"}) ? 1.0F : 0.0F);
    words.push_back(seed);
    put(words, style == "hoodie" ? 0.0F : 1.0F);  // its points are on the hood
    for (int k = 0; k < kCollarPoints; ++k) {
        const WornPoint& p = points.worn[static_cast<std::size_t>(kCollar + k)];
        put(words, p.x);
        put(words, p.y);
    }
    std::array<float, 3> mean{};
    for (std::size_t c = 0; c < 3; ++c) mean[c] = mix(dyes.first[c], second[c], share);
    const float seen = max(luma(vec4(mean[0], mean[1], mean[2], 0)), 1e-3F);
    for (const float x : mean) put(words, suit ? 0.0F : x / seen);
    return words;
}

}  // namespace limner::finish
