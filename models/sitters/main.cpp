// ./limner sitters: renders labelled portraits, contact sheets and sweeps.
#include "anchors.h"
#include "assets.h"
#include "body.h"
#include "bust.h"
#include "fittings.h"
#include "groom.h"
#include "options.h"
#include "output.h"
#include "recipe/random.h"
#include "sheet.h"
#include "sitter/census.h"
#include "wide.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <malloc.h>
#include <mutex>
#include <thread>

namespace {

using namespace limner;
using namespace limner::sitters;

int fail(const Error& error, int code = 1) {
    std::fprintf(stderr, "%s\n", error.sentence.c_str());
    return code;
}

struct Workshop {
    Assets assets;
    AtlasLibrary atlases;
    Studio studio{schema()};

    Portrait paint(const Sitter& sitter, int size) const {
        const Body body = build_body(assets, sitter);
        const std::vector<Strands> strands = groom(body, sitter);
        return render(sitter, body, strands, atlases, studio, size, Quality::for_size(size));
    }
};

// Does `work(i)` for 0 <= i < count on several threads, each taking the next; stops at the first error.
Result<void> in_parallel(int count, int threads, const std::function<Result<void>(int)>& work) {
    std::atomic<int> next{0};
    std::mutex guard;
    Result<void> outcome;
    const auto toil = [&] {
        for (int i = next++; i < count; i = next++) {
            Result<void> done = work(i);
            if (done) continue;
            const std::scoped_lock lock(guard);
            if (outcome) outcome = done;
            next = count;
        }
    };
    std::vector<std::thread> others;
    for (int t = 1; t < std::min(threads, count); ++t) others.emplace_back(toil);
    toil();
    for (std::thread& t : others) t.join();
    return outcome;
}

// One line on the terminal: how many, how fast, how long still.
class Progress {
public:
    explicit Progress(int total) : total_(total) {}
    void step(bool worked) {
        const std::scoped_lock lock(guard_);
        ++done_;
        worked_ += worked ? 1 : 0;
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        if (done_ < total_ && seconds < shown_ + 1) return;
        shown_ = seconds;
        const double each = worked_ > 0 ? seconds / worked_ : 0;
        std::fprintf(stderr, "\r%d of %d, %.2f s each, %.0f s to go   ", done_, total_, each,
                     each * (total_ - done_));
        if (done_ == total_) std::fputc('\n', stderr);
    }

private:
    int total_, done_ = 0, worked_ = 0;
    double shown_ = -1;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::mutex guard_;
};

constexpr double turned_each = 0.08;  // of the numbers of a sitter whose numbers are turned

Recipe recipe_for(const Options& o, long i) {
    Recipe recipe;
    recipe.seed = o.seed + "/" + std::to_string(i);
    Stream chance(recipe.seed, "turned");
    if (100 * chance.uniform() < o.turned)
        for (const Attribute& a : schema().attributes) {
            if (a.type != Attribute::Type::number || chance.uniform() >= turned_each) continue;
            recipe.set[a.id] = tidy_number(static_cast<float>(a.min + (a.max - a.min) * chance.uniform()));
        }
    for (const auto& [id, value] : o.set) recipe.set[id] = value;
    if (100 * Stream(recipe.seed, "wide").uniform() < o.wide) widen(recipe);
    if (o.bare) {
        const nlohmann::json bare = labels(undressed(sit(recipe)));
        for (const auto& [id, value] : bare.items()) recipe.set[id] = value;
    }
    return recipe;
}

int census(const Options& o) {
    bool balanced = false;
    std::fputs(census_report(o.count > 0 ? o.count : 1000, balanced).c_str(), stdout);
    return balanced ? 0 : 1;
}

Result<void> render_files(const Workshop& shop, const Options& o) {
    std::error_code problem;
    std::filesystem::create_directories(o.out, problem);
    if (problem) return Error{"disk.write", o.out.string() + " cannot be made: " + problem.message() + "."};
    Progress progress(o.count);
    return in_parallel(o.count, o.threads, [&](int k) -> Result<void> {
        const long i = o.first + k;
        char name[32];
        std::snprintf(name, sizeof name, "%06ld", i);
        const auto file = [&](const char* ending) { return o.out / (std::string(name) + ending); };
        const bool need_file = o.files && !std::filesystem::exists(file(".sit"));
        const bool need_preview =
            o.preview && !(std::filesystem::exists(file(".png")) && std::filesystem::exists(file(".json")));
        if (need_file || need_preview) {
            const Recipe recipe = recipe_for(o, i);
            const Sitter sitter = sit(recipe);
            const Portrait portrait = shop.paint(sitter, o.size);
            if (need_preview) {
                if (auto written = write_png(file(".png"), preview(portrait)); !written) return written;
                const std::string text =
                    nlohmann::json{{"seed", recipe.seed}, {"values", labels(sitter)}}.dump(1) + "\n";
                if (auto written = write_file(file(".json"), {text.begin(), text.end()}); !written)
                    return written;
            }
            if (need_file)
                if (auto written = write_file(file(".sit"), sitter_file(sitter, recipe.seed, portrait));
                    !written)
                    return written;
        }
        progress.step(need_file || need_preview);
        return {};
    });
}

// A file of points, one row a sitter: `of` makes a row, `file` the bytes.
template <class Of, class File>
Result<void> write_points(const Options& o, const std::filesystem::path& path, const Of& of,
                          const File& file) {
    // A body is megabytes, made and dropped a few times a second: handing them back to the system each time costs a tenth.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    const auto count = static_cast<std::size_t>(o.count);
    std::vector<std::vector<float>> inputs(count);
    std::vector<std::invoke_result_t<Of, const Sitter&>> rows(count);
    Progress progress(o.count);
    auto done = in_parallel(o.count, o.threads, [&](int i) -> Result<void> {
        const Sitter sitter = sit(recipe_for(o, o.first + i));
        inputs[static_cast<std::size_t>(i)] = network_input(sitter);
        rows[static_cast<std::size_t>(i)] = of(sitter);
        progress.step(true);
        return {};
    });
    if (!done) return done;
    return write_file(path, file(inputs, rows));
}

Result<void> write_anchors(const Assets& assets, const Options& o) {
    const std::vector<AnchorVertex> vertices = anchor_vertices(assets);
    return write_points(
        o, o.anchors, [&](const Sitter& s) { return anchors_of(assets, vertices, s); }, anchor_file);
}

Result<void> write_fittings(const Assets& assets, const Options& o) {
    const std::vector<std::uint32_t> roots = mane_roots(assets);
    return write_points(
        o, o.fittings, [&](const Sitter& s) { return fittings_of(assets, roots, s); }, fitting_file);
}

Result<void> write_busts(const Assets& assets, const Options& o) {
    const BustMesh mesh = bust_mesh(assets);
    return write_points(
        o, o.busts, [&](const Sitter& s) { return bust_of(assets, mesh, s); },
        [&](const auto& inputs, const auto& rows) { return bust_file(mesh, inputs, rows); });
}

Result<void> render_sheet(const Workshop& shop, const Options& o, const std::vector<Recipe>& recipes,
                          int columns) {
    std::vector<Image> pictures(recipes.size());
    Progress progress(static_cast<int>(recipes.size()));
    auto done = in_parallel(static_cast<int>(recipes.size()), o.threads, [&](int i) -> Result<void> {
        pictures[static_cast<std::size_t>(i)] =
            preview(shop.paint(sit(recipes[static_cast<std::size_t>(i)]), o.size));
        progress.step(true);
        return {};
    });
    if (!done) return done;
    return write_png(o.sheet, contact_sheet(pictures, columns, 2));
}

// What is left to chance: every sitter is rendered twice with other samples, and the two are compared as they are shown.
Result<void> noise(const Workshop& shop, const Options& o) {
    struct Sum {
        double squares = 0;
        long count = 0;
    };
    std::array<Sum, 2> of;  // skin, hair
    std::mutex guard;
    Progress progress(o.count);
    auto done = in_parallel(o.count, o.threads, [&](int i) -> Result<void> {
        const Sitter sitter = sit(recipe_for(o, o.first + i));
        const Body body = build_body(shop.assets, sitter);
        const std::vector<Strands> strands = groom(body, sitter);
        const auto paint = [&](Quality quality) {
            return render(sitter, body, strands, shop.atlases, shop.studio, o.size, quality);
        };
        Quality quality = Quality::for_size(o.size);
        const Portrait a = paint(quality);
        quality.sampling += 1;
        const Image one = preview(a), two = preview(paint(quality));
        const std::scoped_lock lock(guard);
        for (std::size_t p = 0; p < a.film.pixel.size(); ++p)
            for (std::size_t region = 0; region < of.size(); ++region) {
                if (a.film.pixel[p].region[region] < 0.9F) continue;
                for (std::size_t c = 0; c < 3; ++c) {
                    const double apart = static_cast<double>(one.rgb[3 * p + c]) - two.rgb[3 * p + c];
                    of[region].squares += apart * apart / 2;
                    of[region].count += 1;
                }
            }
        progress.step(true);
        return {};
    });
    for (std::size_t region = 0; done && region < of.size(); ++region)
        std::printf("noise of %s: %.2f of 255\n", schema().regions[region].c_str(),
                    std::sqrt(of[region].squares / static_cast<double>(std::max(of[region].count, 1L))));
    return done;
}

// What somebody must have so that a number can be seen on them.
std::map<std::string, nlohmann::json> needed_for(const std::string& id) {
    const auto of = [&](const char* group) { return id.starts_with(group); };
    if (of("beard."))
        return {{"beard.style", id == "beard.shadow" ? "none" : "full_medium"}, {"presentation", 1}};
    if (of("glasses.")) return {{"glasses.style", "round"}};
    if (of("earrings.")) return {{"earrings.style", "hoop"}};
    if (id == "makeup.lips_hue") return {{"makeup.lips", 0.9}};
    if (id == "makeup.eyes_hue") return {{"makeup.eyes", 0.9}};
    if (id == "hair.part") return {{"hair.style", "side_part"}};
    if (id == "hair.length" || id == "hair.volume" || id == "hair.curl") return {{"hair.style", "long_wavy"}};
    if (id == "clothes.hue") return {{"clothes.saturation", 0.8}};
    return {};
}

// `steps` of one attribute from end to end (or every choice) on the sitter of a recipe; all else stays as this sitter has it.
std::vector<Recipe> swept(Recipe recipe, const Attribute& a, int steps) {
    const nlohmann::json own = labels(sit(recipe));
    for (const auto& [id, value] : own.items()) recipe.set[id] = value;
    std::vector<Recipe> recipes;
    for (int i = 0; i < steps; ++i) {
        const double value = a.min + (a.max - a.min) * i / (steps - 1);
        if (a.type == Attribute::Type::choice)
            recipe.set[a.id] = a.choices[static_cast<std::size_t>(i)].id;
        else if (a.type == Attribute::Type::number)
            recipe.set[a.id] = tidy_number(static_cast<float>(value));
        else
            recipe.set[a.id] = std::vector<double>(static_cast<std::size_t>(a.length), value);
        recipes.push_back(recipe);
    }
    return recipes;
}

// Seven steps (or every choice) of one attribute, on three sitters.
std::vector<Recipe> sweep(const Options& o, int& columns) {
    const Attribute& a = *schema().find(o.sweep);
    columns = a.type == Attribute::Type::choice ? static_cast<int>(a.choices.size()) : 7;
    std::vector<Recipe> recipes;
    for (int row = 0; row < 3; ++row)
        for (Recipe& recipe : swept(recipe_for(o, o.first + row), a, columns))
            recipes.push_back(std::move(recipe));
    return recipes;
}

// Every number of the schema in its order, in five steps on one sitter; as many as fit beside each other in a row.
std::vector<Recipe> sweep_all(const Options& o, int& columns) {
    constexpr int steps = 5, beside = 3;
    columns = steps * beside;
    std::vector<Recipe> recipes;
    for (const Attribute& a : schema().attributes) {
        if (a.type != Attribute::Type::number) continue;
        Recipe recipe = recipe_for(o, o.first);
        for (const auto& [id, value] : needed_for(a.id)) recipe.set[id] = value;
        for (Recipe& one : swept(recipe, a, steps)) recipes.push_back(std::move(one));
    }
    return recipes;
}

}  // namespace

int main(int count, char** words) {
    auto options = parse_options(count, words);
    if (!options) return fail(options.error(), 2);
    const Options& o = *options;
    if (o.help) {
        std::fputs(usage().c_str(), stdout);
        return 0;
    }
    if (o.census) return census(o);
    auto body = load_assets(o.assets, o.cache);
    if (!body) return fail(body.error());
    if (!o.anchors.empty() || !o.fittings.empty() || !o.busts.empty()) {
        Result<void> written;
        if (!o.anchors.empty()) written = write_anchors(*body, o);
        if (written && !o.fittings.empty()) written = write_fittings(*body, o);
        if (written && !o.busts.empty()) written = write_busts(*body, o);
        return written ? 0 : fail(written.error());
    }
    auto atlases = AtlasLibrary::load(o.assets);
    if (!atlases) return fail(atlases.error());
    const Workshop shop{*std::move(body), *std::move(atlases)};
    Result<void> done;
    if (o.noise) {
        done = noise(shop, o);
    } else if (!o.sweep.empty()) {
        int columns = 1;
        const std::vector<Recipe> recipes = o.sweep == "all" ? sweep_all(o, columns) : sweep(o, columns);
        done = render_sheet(shop, o, recipes, columns);
    } else if (!o.sheet.empty()) {
        std::vector<Recipe> recipes;
        for (int i = 0; i < o.count; ++i) recipes.push_back(recipe_for(o, o.first + i));
        done = render_sheet(shop, o, recipes, o.columns);
    } else {
        done = render_files(shop, o);
    }
    return done ? 0 : fail(done.error());
}
