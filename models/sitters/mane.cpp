#include "mane.h"

#include "groom/style.h"
#include "surface.h"

#include <algorithm>
#include <optional>

namespace limner::sitters {
namespace {

constexpr float rise_run = 0.035F;

// A strand from one of its points down to where it leaves the picture, by arc length.
class Line {
public:
    Line(const Strands& s, std::size_t strand, const Sight& sight, std::size_t skip = 0) {
        float above = 0;
        for (std::size_t k = s.first[strand] + skip; k < s.first[strand + 1]; ++k) {
            Vec3 p = s.point[k];
            const float before = above;
            above = sight.above_floor(p);
            const bool out = above < 0 && before > 0;
            if (out) p = mix(point_.back(), p, before / (before - above));
            run_.push_back(point_.empty() ? 0 : run_.back() + length(p - point_.back()));
            point_.push_back(p);
            if (out) break;
        }
    }
    float whole() const { return run_.back(); }
    Vec3 at(float share) const {
        const float want = share * run_.back();
        const auto over = std::upper_bound(run_.begin(), run_.end(), want);
        const auto k =
            std::clamp<std::size_t>(static_cast<std::size_t>(over - run_.begin()), 1, point_.size() - 1);
        const float step = run_[k] - run_[k - 1];
        return mix(point_[k - 1], point_[k], step > 0 ? clamp01((want - run_[k - 1]) / step) : 0);
    }
    // Over a fifth of the strand: curls and kinks do not count.
    Vec3 tangent(float share) const {
        const float from = std::clamp(share - 0.1F, 0.0F, 0.8F);
        return normalize(at(from + 0.2F) - at(from));
    }
    Worn look(float share, const Sight& sight) const {
        const Vec3 p = at(share);
        return {p, tangent(share), sight.seen(p)};
    }

private:
    std::vector<Vec3> point_;
    std::vector<float> run_;
};

struct Hair {  // one strand at a root
    float weight = 0, length = 0;
    Worn half, tip, rise;
};

Worn mean(const std::vector<Hair>& hair, Worn Hair::* part) {
    Worn sum{};
    float total = 0;
    for (const Hair& h : hair) {
        sum.at += (h.*part).at * h.weight;
        sum.vector += (h.*part).vector * h.weight;
        sum.seen += (h.*part).seen * h.weight;
        total += h.weight;
    }
    return {sum.at / total, sum.vector / total, sum.seen / total};
}

// New growth and escaped hairs say nothing of how the rest lies.
void drop_short(std::vector<Hair>& hair) {
    float sum = 0, squares = 0;
    for (const Hair& h : hair) sum += h.weight * h.length, squares += h.weight * h.length * h.length;
    const float least = sum > 0 ? 0.5F * squares / sum : 0;
    std::erase_if(hair, [&](const Hair& h) { return h.length < least; });
}

// Where hair parts, the middle between its two ways is nowhere: then only the fuller side counts.
void take_side(std::vector<Hair>& hair) {
    constexpr float apart = 0.05F;
    const Vec3 middle = mean(hair, &Hair::half).at;
    Vec3 axis{0.8F, 0.5F, 0.33F};  // towards the widest spread, by power iteration
    for (int round = 0; round < 8; ++round) {
        Vec3 next;
        for (const Hair& h : hair) next += (h.half.at - middle) * (h.weight * dot(h.half.at - middle, axis));
        axis = normalize(next * 1e6F);
    }
    float weight[2] = {0, 0}, where[2] = {0, 0};
    for (const Hair& h : hair) {
        const float along = dot(h.half.at - middle, axis);
        const int side = along > 0 ? 1 : 0;
        weight[side] += h.weight, where[side] += h.weight * along;
    }
    if (weight[0] <= 0 || weight[1] <= 0 || where[1] / weight[1] - where[0] / weight[0] < apart) return;
    const bool keep = weight[1] > weight[0];
    std::erase_if(hair, [&](const Hair& h) { return (dot(h.half.at - middle, axis) > 0) != keep; });
}

const Style* style_of(const Sitter& sitter) { return find_style(sitter.choice("hair.style")); }

// Some of what grows from ties.
std::vector<Line> tied_lines(const std::vector<Strands>& strands, const Sight& sight) {
    constexpr std::size_t every = 2;
    std::vector<Line> out;
    for (const Strands& s : strands)
        for (std::size_t i = 0; s.kind == Strand::hair && i < s.tied.size(); i += every)
            if (s.tied[i] != 0) out.emplace_back(s, i, sight);
    return out;
}

// Mean of those farthest in a direction, a share of all.
Worn farthest(std::vector<Worn>& places, Vec3 towards, float share) {
    const auto n =
        std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(share * static_cast<float>(places.size())));
    std::nth_element(places.begin(), places.begin() + (n - 1), places.end(),
                     [&](const Worn& p, const Worn& q) { return dot(p.at, towards) > dot(q.at, towards); });
    Worn sum{};
    for (auto p = places.begin(); p != places.begin() + n; ++p)
        sum.at += p->at, sum.vector += p->vector, sum.seen += p->seen;
    const auto count = static_cast<float>(n);
    return {sum.at / count, sum.vector / count, sum.seen / count};
}

}  // namespace

std::vector<std::uint32_t> mane_roots(const Assets& assets) {
    // The average head, as the groomer sees it.
    Body body;
    Cage cage(assets.average.begin(), assets.average.end());
    const Vec3 middle =
        (joint_of(assets, cage, Joint::left_eye) + joint_of(assets, cage, Joint::right_eye)) * 0.5F;
    const Fine fine = subdivided(assets, cage);
    for (Vec3& p : cage) p = p - middle;
    body.head_position = cage;
    body.head_normal = quad_normals(cage, assets.cage_quad);
    body.head_quad.assign(assets.cage_quad.begin(), assets.cage_quad.end());
    for (std::size_t i = 0; i < 68; ++i) body.landmarks[i] = fine[assets.landmark[i]] - middle;
    const Head head(body, false);
    Wish low, burns;  // the lowest hairline over the forehead, and the lowest before the ears
    low.hairline = burns.hairline = 0;
    low.presentation = 0, burns.presentation = 1;
    const Hairline lines[2] = {Hairline(head, low), Hairline(head, burns)};

    std::vector<std::uint8_t> is_ear(skin_vertex_count, 0);
    for (const auto& ear : assets.ear)
        for (const std::uint32_t v : ear) is_ear[v] = 1;
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t v = 0; v < skin_vertex_count; ++v) {
        const Vec3 d = normalize(cage[v] - head.centre);
        // Only one of each pair, and none in the middle, where partings are.
        if (is_ear[v] != 0 || cage[v].x < 0.008F || length(cage[v] - head.centre) > 1.4F * head.radius)
            continue;
        if (std::max(lines[0].above(d), lines[1].above(d)) > 0) candidates.push_back(v);
    }
    // Farthest points first (Gonzalez 1985), beginning at the forehead's edge.
    const auto across = [](Vec3 p) { return Vec3{-p.x, p.y, p.z}; };
    const Vec3 front{0.02F, 0.06F, 0.03F};
    std::vector<float> nearest;
    for (const std::uint32_t v : candidates) nearest.push_back(1 - length(cage[v] - front));
    std::vector<std::uint32_t> out;
    while (out.size() < kManeRoots) {
        const auto far = std::max_element(nearest.begin(), nearest.end()) - nearest.begin();
        const Vec3 at = cage[candidates[static_cast<std::size_t>(far)]];
        out.push_back(candidates[static_cast<std::size_t>(far)]);
        std::uint32_t twin = 0;
        for (std::uint32_t v = 0; v < skin_vertex_count; ++v)
            if (length(cage[v] - across(at)) < length(cage[twin] - across(at))) twin = v;
        out.push_back(twin);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const Vec3 p = cage[candidates[i]];
            const float d = std::min(length(p - at), length(p - across(at)));
            nearest[i] = out.size() == 2 ? d : std::min(nearest[i], d);
        }
    }
    return out;
}

Mane mane_of(const Body& body, const std::vector<Strands>& strands, const Sitter& sitter,
             const std::vector<std::uint32_t>& roots, const Sight& sight) {
    const Style* style = style_of(sitter);
    // Ropes are few and wide apart; the short hair that is drawn into them does not count. Rows run over the whole head: there hair
    // joins the row that passes by.
    const bool rows = style != nullptr && style->family == Style::Family::rows;
    const bool ropes = rows || (style != nullptr && style->family == Style::Family::ropes);
    const Strands* hair = nullptr;
    for (const Strands& s : strands)
        if (s.kind == Strand::hair && (ropes || hair == nullptr)) hair = &s;
    const float reach = ropes ? 0.022F : 0.014F;
    const float full = ropes ? 3 : 15;  // weights that add up to this leave no scalp bare

    std::vector<Vec3> place;
    for (const std::uint32_t v : roots) place.push_back(body.head_to_world.apply(body.head_position[v]));
    std::vector<std::vector<Hair>> grown(roots.size());
    for (std::size_t i = 0; hair != nullptr && i + 1 < hair->first.size(); ++i) {
        if (hair->tied[i] != 0) continue;
        const std::size_t points = hair->first[i + 1] - hair->first[i];
        std::optional<Hair> known;
        for (std::size_t r = 0; r < roots.size(); ++r) {
            std::size_t skip = 0;
            float best = 1e9F;
            for (std::size_t k = 0; k < (rows ? points - 2 : 1); ++k) {
                const Vec3 d = hair->point[hair->first[i] + k] - place[r];
                if (dot(d, d) < best) best = dot(d, d), skip = k;
            }
            if (best > reach * reach) continue;
            if (!known || rows) {
                const Line line(*hair, i, sight, skip);
                const float soon = std::min(0.5F, rise_run / line.whole());
                known = Hair{0, line.whole(), line.look(0.5F, sight), line.look(1, sight),
                             line.look(soon, sight)};
            }
            grown[r].push_back(*known);
            grown[r].back().weight = square(1 - best / (reach * reach));
        }
    }
    Mane out;
    for (std::size_t r = 0; r < roots.size(); ++r) {
        std::vector<Hair>& here = grown[r];
        float cover = 0;
        for (const Hair& h : here) cover += h.weight;
        cover = std::min(1.0F, cover / full);
        if (cover < 0.02F) {
            out.way.insert(out.way.end(), 2, {place[r], {}, 0});
            out.rise.push_back({place[r], {}, 0});
            continue;
        }
        drop_short(here);
        take_side(here);
        out.way.push_back(mean(here, &Hair::half));
        out.way.push_back(mean(here, &Hair::tip));
        out.rise.push_back(mean(here, &Hair::rise));
        for (Worn* w : {&out.way[2 * r], &out.way[2 * r + 1], &out.rise[r]}) w->seen *= cover;
    }
    return out;
}

std::vector<Worn> tail_of(const Body& body, const std::vector<Strands>& strands, const Sitter& sitter,
                          const Sight& sight) {
    constexpr std::size_t half = kTailPoints / 2;
    const std::vector<Line> lines = tied_lines(strands, sight);
    const Style* style = style_of(sitter);
    std::vector<Worn> out(kTailPoints, {body.head_to_world.apply({0, 0.03F, -0.08F}), {}, 0});
    if (lines.empty() || style == nullptr) return out;
    std::vector<Worn> places;
    if (style->end == Style::End::bun || style->end == Style::End::puff) {
        for (const Line& line : lines)
            for (const float share : {0.1F, 0.3F, 0.5F, 0.7F, 0.9F, 1.0F})
                places.push_back(line.look(share, sight));
        for (std::size_t k = 0; k < half; ++k) {
            const float angle = (static_cast<float>(k) + 0.5F) * kPi / half;
            out[k] = farthest(places, {-std::sin(angle), std::cos(angle), 0}, 0.03F);
            out[k + half] = farthest(places, {std::sin(angle), std::cos(angle), 0}, 0.03F);
        }
    } else {
        for (std::size_t k = 0; k < half; ++k) {
            places.clear();
            for (const Line& line : lines)
                places.push_back(line.look((static_cast<float>(k) + 0.5F) / half, sight));
            out[k] = farthest(places, {-1, 0, 0}, 0.25F);
            out[k + half] = farthest(places, {1, 0, 0}, 0.25F);
        }
    }
    return out;
}

}  // namespace limner::sitters
