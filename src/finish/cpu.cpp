#include "finish/cpu.h"

#include "finish/primitive.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <ctime>
#include <map>
#include <memory>
#include <new>

namespace limner {

namespace {

using finish::Pass;
using finish::View;

// A pass's output, from its first use to its last.
struct Image {
    std::unique_ptr<Vec4[]> pixel;
    std::size_t pixels = 0;
    int uses = 0;
};

// Images that are no longer needed, for those to come: fresh memory is slow, every page of it is a fault.
class Spare {
public:
    std::unique_ptr<Vec4[]> take(std::size_t pixels) {
        for (Image& image : images_)
            if (image.pixel && image.pixels == pixels) return std::move(image.pixel);
        return std::unique_ptr<Vec4[]>(new (std::nothrow) Vec4[pixels]);
    }
    void give(Image& image) {
        if (image.pixel) images_.push_back({std::move(image.pixel), image.pixels, 0});
    }

private:
    std::vector<Image> images_;
};

float circle_cover(const PlanPass& pass, int x, int y) {
    const float w = static_cast<float>(pass.words[4]), h = static_cast<float>(pass.words[5]);
    const float dx = static_cast<float>(x) + static_cast<float>(pass.words[2]) + 0.5F - 0.5F * w;
    const float dy = static_cast<float>(y) + static_cast<float>(pass.words[3]) + 0.5F - 0.5F * h;
    return saturate(0.5F * min(w, h) - std::sqrt(dx * dx + dy * dy) + 0.5F);
}

// What an image is made of: equal keys, equal images (FNV-1a over the primitive, its words and its inputs' keys). 0 for what depends
// on the example picture, which is never kept.
std::vector<std::uint64_t> keys_of(const Plan& plan) {
    std::vector<std::uint64_t> keys(plan.images.size());
    keys[0] = 1, keys[1] = 2;
    for (const PlanTable& t : plan.tables) {
        std::uint64_t h = 14695981039346656037U;
        for (const float x : t.numbers) h = (h ^ std::bit_cast<std::uint32_t>(x)) * 1099511628211U;
        keys[static_cast<std::size_t>(t.image)] = h | 1U;
    }
    for (const PlanPass& p : plan.passes) {
        std::uint64_t h = 14695981039346656037U;
        const auto add = [&](std::uint64_t word) { h = (h ^ word) * 1099511628211U; };
        for (const char c : p.primitive) add(static_cast<std::uint8_t>(c));
        for (const std::uint32_t word : p.words) add(word);
        bool known = true;
        for (const int i : p.inputs) {
            add(keys[static_cast<std::size_t>(i)]);
            known = known && keys[static_cast<std::size_t>(i)] != 0;
        }
        keys[static_cast<std::size_t>(p.output)] = known ? h | 1U : 0;
    }
    return keys;
}

// Images that are marked to be kept, where passes without the mark read them, or one that adds to nothing else.
std::vector<bool> worth_keeping(const Plan& plan, const std::vector<std::uint64_t>& keys) {
    std::vector<bool> marked(plan.images.size()), read(plan.images.size());
    for (const PlanPass& p : plan.passes) {
        marked[static_cast<std::size_t>(p.output)] = p.keep && keys[static_cast<std::size_t>(p.output)] != 0;
        if (!p.keep || (p.inputs.size() == 2 && p.inputs[0] == plan.source))
            for (const int i : p.inputs) read[static_cast<std::size_t>(i)] = true;
    }
    for (std::size_t i = 0; i < marked.size(); ++i) marked[i] = marked[i] && read[i];
    return marked;
}

}  // namespace

struct KeptImages::State {
    std::map<std::uint64_t, Image> images;  // by key
};
KeptImages::KeptImages() : state_(std::make_unique<State>()) {}
KeptImages::~KeptImages() = default;
void KeptImages::forget() { state_->images.clear(); }

namespace {

Result<std::unique_ptr<Vec4[]>> run_passes(const Plan& plan, const Layers& layers, const Picture* example,
                                           const PassTold& told = {}, KeptImages* kept = nullptr) {
    if (layers.width != plan.source_width || layers.height != plan.source_height)
        return Error{"finish.layers", "The layers do not have the size this plan was made for."};
    const std::size_t pixels = layers.pixels();
    std::vector<float> opaque;
    std::array<const float*, kSourcePlanes> planes{};
    const auto bind = [&](std::size_t first, std::size_t count, const std::vector<float>& from) {
        for (std::size_t c = 0; c < count && from.size() >= (c + 1) * pixels; ++c)
            planes[first + c] = from.data() + c * pixels;
    };
    bind(0, 3, layers.rgb);
    bind(3, 1, layers.alpha);
    bind(4, 3, layers.normal);
    bind(7, 1, layers.depth);
    bind(8, 8, layers.regions);
    bind(16, 8, layers.transfer);
    bind(24, 4, layers.strands);
    if (layers.alpha.empty()) {
        opaque.assign(pixels, 1.0F);
        planes[3] = opaque.data();
    }

    const Vec4 blank = splat(0);
    std::vector<Image> images(plan.images.size());
    std::vector<View> views(plan.images.size(), View{&blank, 1, 1});
    if (example && plan.images[2].width == example->width && plan.images[2].height == example->height) {
        const std::size_t count = example->rgba.size() / 4;
        images[2].pixel.reset(new (std::nothrow) Vec4[count]);
        if (!images[2].pixel)
            return Error{"finish.memory", "There is not enough memory for the example picture."};
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t c = 0; c < 4; ++c)
                images[2].pixel[i][static_cast<int>(c)] =
                    static_cast<float>(example->rgba[4 * i + c]) * (1.0F / 255.0F);
        views[2] = {images[2].pixel.get(), example->width, example->height};
    }
    std::vector<std::vector<Vec4>> tables;
    for (const PlanTable& t : plan.tables) {
        std::vector<Vec4>& texels = tables.emplace_back();
        for (std::size_t i = 0; i + 3 < t.numbers.size(); i += 4)
            texels.push_back(vec4(t.numbers[i], t.numbers[i + 1], t.numbers[i + 2], t.numbers[i + 3]));
        const PlanImage size = plan.images[static_cast<std::size_t>(t.image)];
        views[static_cast<std::size_t>(t.image)] = {texels.data(), size.width, size.height};
    }
    // From the last pass back to what was kept: only what is not there is made again.
    const std::vector<std::uint64_t> keys = keys_of(plan);
    std::vector<bool> to_keep(plan.images.size()), todo(plan.passes.size()), needed(plan.images.size());
    Spare spare;
    if (kept) {
        to_keep = worth_keeping(plan, keys);
        for (auto& [key, image] : kept->state().images) {
            const auto it = std::find(keys.begin(), keys.end(), key);
            if (it == keys.end()) {
                spare.give(image);
                continue;
            }
            const auto at = static_cast<std::size_t>(it - keys.begin());
            images[at] = std::move(image);
            views[at] = {images[at].pixel.get(), plan.images[at].width, plan.images[at].height};
        }
        kept->forget();
    }
    needed[static_cast<std::size_t>(plan.passes.back().output)] = true;
    for (std::size_t index = plan.passes.size(); index-- > 0;) {
        const PlanPass& p = plan.passes[index];
        const auto output = static_cast<std::size_t>(p.output);
        todo[index] = needed[output] && !images[output].pixel;
        if (todo[index])
            for (const int i : p.inputs) needed[static_cast<std::size_t>(i)] = true;
    }
    for (std::size_t index = 0; index < plan.passes.size(); ++index)
        if (todo[index])
            for (const int i : plan.passes[index].inputs) ++images[static_cast<std::size_t>(i)].uses;
    for (std::size_t i = 0; i < images.size(); ++i) images[i].uses += to_keep[i];

    for (std::size_t index = 0; index < plan.passes.size(); ++index) {
        if (!todo[index]) continue;
        const PlanPass& p = plan.passes[index];
        const finish::Primitive* primitive = finish::find_primitive(p.primitive);
        if (!primitive) return Error{"finish.primitive", "There is no primitive \"" + p.primitive + "\"."};
        const PlanImage size = plan.images[static_cast<std::size_t>(p.output)];
        Image& output = images[static_cast<std::size_t>(p.output)];
        output.pixels = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
        output.pixel = spare.take(output.pixels);
        if (!output.pixel)
            return Error{"finish.memory", "There is not enough memory to finish a picture of this size."};
        Pass pass;
        pass.words = p.words.data();
        const bool moulded = plan.source != 0 && !p.inputs.empty() && p.inputs[0] == plan.source;
        std::array<const float*, kSourcePlanes> made{};
        for (std::size_t c = 0; moulded && c < made.size(); ++c)
            made[c] = reinterpret_cast<const float*>(views[static_cast<std::size_t>(plan.source)].pixel) +
                      c * pixels;
        pass.planes = moulded ? made.data() : planes.data();
        for (std::size_t i = 0; i < p.inputs.size(); ++i)
            pass.in[i] = views[static_cast<std::size_t>(p.inputs[i])];
        pass.out = output.pixel.get();
        const std::clock_t from = std::clock();
        primitive->render(pass);
        if (told)
            told(index, 1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC,
                 {reinterpret_cast<const float*>(pass.out), output.pixels * 4});
        views[static_cast<std::size_t>(p.output)] = {output.pixel.get(), size.width, size.height};
        for (const int i : p.inputs)
            if (--images[static_cast<std::size_t>(i)].uses == 0)
                spare.give(images[static_cast<std::size_t>(i)]);
    }
    const PlanPass& last = plan.passes.back();
    std::unique_ptr<Vec4[]> picture = std::move(images[static_cast<std::size_t>(last.output)].pixel);
    if (kept)
        for (std::size_t i = 0; i < images.size(); ++i)
            if (to_keep[i] && images[i].pixel) {
                images[i].uses = 0;
                kept->state().images[keys[i]] = std::move(images[i]);
            }
    if (last.words[6] == 1)
        for (int y = 0; y < plan.height; ++y)
            for (int x = 0; x < plan.width; ++x)
                picture[static_cast<std::size_t>(y) * static_cast<std::size_t>(plan.width) +
                        static_cast<std::size_t>(x)][3] *= circle_cover(last, x, y);
    return picture;
}

}  // namespace

Result<FloatImage> run_float(const Plan& plan, const Layers& layers, const Picture* example,
                             const PassTold& told) {
    auto pixels = run_passes(plan, layers, example, told);
    if (!pixels) return pixels.error();
    FloatImage image{plan.width, plan.height, {}};
    const std::size_t count = static_cast<std::size_t>(plan.width) * static_cast<std::size_t>(plan.height);
    image.rgba.reserve(count * 4);
    for (std::size_t i = 0; i < count; ++i)
        for (int c = 0; c < 4; ++c) image.rgba.push_back((*pixels)[i][c]);
    return image;
}

Result<Picture> run(const Plan& plan, const Layers& layers, const Picture* example, KeptImages* kept) {
    auto pixels = run_passes(plan, layers, example, {}, kept);
    if (!pixels) return pixels.error();
    Picture picture{plan.width, plan.height, {}};
    const std::size_t count = static_cast<std::size_t>(plan.width) * static_cast<std::size_t>(plan.height);
    picture.rgba.resize(count * 4);
    for (std::size_t i = 0; i < count; ++i) {
        const Vec4 c = saturate((*pixels)[i]) * splat(255.0F) + splat(0.5F);
        for (int k = 0; k < 4; ++k)
            picture.rgba[4 * i + static_cast<std::size_t>(k)] = static_cast<std::uint8_t>(c[k]);
    }
    return picture;
}

}  // namespace limner
