#include "decimate.h"

#include <algorithm>
#include <queue>

namespace limner::sitters {
namespace {

// Squared distances from planes, summed: p' A p + 2 b' p + c.
struct Quadric {
    double xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0, x = 0, y = 0, z = 0, c = 0;

    void add_plane(Vec3 n, Vec3 at, double weight) {
        const double a = n.x, b = n.y, d = n.z, off = -(a * at.x + b * at.y + d * at.z);
        xx += weight * a * a, xy += weight * a * b, xz += weight * a * d;
        yy += weight * b * b, yz += weight * b * d, zz += weight * d * d;
        x += weight * a * off, y += weight * b * off, z += weight * d * off, c += weight * off * off;
    }
    void add(const Quadric& o) {
        xx += o.xx, xy += o.xy, xz += o.xz, yy += o.yy, yz += o.yz, zz += o.zz;
        x += o.x, y += o.y, z += o.z, c += o.c;
    }
    double at(Vec3 p) const {
        const double u = p.x, v = p.y, w = p.z;
        return xx * u * u + yy * v * v + zz * w * w + 2 * (xy * u * v + xz * u * w + yz * v * w) +
               2 * (x * u + y * v + z * w) + c;
    }
};

class Decimation {
public:
    Decimation(std::span<const std::vector<Vec3>> shapes, std::vector<Triangle> triangles,
               std::span<const float> weight, std::span<const std::uint8_t> kept)
        : shapes_(shapes), triangles_(std::move(triangles)), kept_(kept) {
        const std::size_t count = shapes[0].size();
        around_.resize(count);
        stamp_.resize(count);
        edge_.resize(count);
        quadrics_.assign(shapes.size(), std::vector<Quadric>(count));
        alive_.assign(triangles_.size(), 1);
        for (std::uint32_t t = 0; t < triangles_.size(); ++t)
            for (const std::uint32_t v : triangles_[t]) around_[v].push_back(t);
        measure(weight);
        for (const auto& mine : around_) used_ += mine.empty() ? 0 : 1;
    }

    std::vector<Triangle> run(std::size_t target) {
        for (std::uint32_t v = 0; v < around_.size(); ++v) propose(v);
        while (used_ > target && !queue_.empty()) {
            const Proposal best = queue_.top();
            queue_.pop();
            if (best.stamp == stamp_[best.from]) draw_together(best.from, best.to);
        }
        std::vector<Triangle> left;
        for (std::size_t t = 0; t < triangles_.size(); ++t)
            if (alive_[t] != 0) left.push_back(triangles_[t]);
        return left;
    }

private:
    struct Proposal {
        double cost;
        std::uint32_t from, to, stamp;
        bool operator<(const Proposal& o) const {  // the cheapest is on top; of equal costs the first vertex
            return cost != o.cost ? cost > o.cost : from > o.from;
        }
    };

    void measure(std::span<const float> weight) {
        constexpr double edge_weight = 4;
        for (std::uint32_t t = 0; t < triangles_.size(); ++t) {
            const Triangle& f = triangles_[t];
            const double important = (weight[f[0]] + weight[f[1]] + weight[f[2]]) / 3;
            std::array<bool, 3> open{};
            for (std::size_t i = 0; i < 3; ++i) {
                open[i] = between(f[i], f[(i + 1) % 3]) == 1;
                if (open[i]) edge_[f[i]] = edge_[f[(i + 1) % 3]] = 1;
            }
            for (std::size_t k = 0; k < shapes_.size(); ++k) {
                const std::vector<Vec3>& p = shapes_[k];
                const Vec3 n = cross(p[f[1]] - p[f[0]], p[f[2]] - p[f[0]]);
                const double area = 0.5 * length(n);
                const Vec3 unit = normalize(n * 1e8F);
                for (const std::uint32_t v : f) quadrics_[k][v].add_plane(unit, p[f[0]], area * important);
                for (std::size_t i = 0; i < 3; ++i) {
                    if (!open[i]) continue;
                    const std::uint32_t a = f[i], b = f[(i + 1) % 3];
                    const Vec3 along = p[b] - p[a], out = normalize(cross(along, unit) * 1e8F);
                    const double length_2 = dot(along, along);
                    for (const std::uint32_t v : {a, b})
                        quadrics_[k][v].add_plane(out, p[a], edge_weight * important * length_2);
                }
            }
        }
    }

    // Triangles on the edge from a to b.
    int between(std::uint32_t a, std::uint32_t b) const {
        int count = 0;
        for (const std::uint32_t t : around_[a]) count += has(t, b) ? 1 : 0;
        return count;
    }
    bool has(std::uint32_t t, std::uint32_t v) const {
        const Triangle& f = triangles_[t];
        return f[0] == v || f[1] == v || f[2] == v;
    }
    std::vector<std::uint32_t> neighbours(std::uint32_t v) const {
        std::vector<std::uint32_t> all;
        for (const std::uint32_t t : around_[v])
            for (const std::uint32_t u : triangles_[t])
                if (u != v) all.push_back(u);
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    bool may(std::uint32_t from, std::uint32_t to, const std::vector<std::uint32_t>& mine) const {
        const int shared = between(from, to);
        if (edge_[from] != 0 && shared != 1) return false;
        const std::vector<std::uint32_t> others = neighbours(to);
        std::vector<std::uint32_t> common;
        std::set_intersection(mine.begin(), mine.end(), others.begin(), others.end(),
                              std::back_inserter(common));
        if (static_cast<int>(common.size()) != shared) return false;  // it would fold onto itself
        for (const std::uint32_t t : around_[from]) {
            if (has(t, to)) continue;
            Triangle moved = triangles_[t];
            for (std::uint32_t& v : moved)
                if (v == from) v = to;
            for (const std::vector<Vec3>& p : shapes_) {
                const Triangle& f = triangles_[t];
                const Vec3 before = cross(p[f[1]] - p[f[0]], p[f[2]] - p[f[0]]),
                           after = cross(p[moved[1]] - p[moved[0]], p[moved[2]] - p[moved[0]]);
                if (dot(before, after) <= 0.25F * length(before) * length(after)) return false;
            }
        }
        return true;
    }

    void propose(std::uint32_t from) {
        ++stamp_[from];
        if (around_[from].empty() || kept_[from] != 0) return;
        const std::vector<std::uint32_t> mine = neighbours(from);
        std::vector<std::pair<double, std::uint32_t>> costs;
        for (const std::uint32_t to : mine) {
            double cost = 0;
            for (std::size_t k = 0; k < shapes_.size(); ++k)
                cost += quadrics_[k][from].at(shapes_[k][to]) + quadrics_[k][to].at(shapes_[k][to]);
            costs.emplace_back(cost, to);
        }
        std::sort(costs.begin(), costs.end());
        for (const auto& [cost, to] : costs)
            if (may(from, to, mine)) return queue_.push({cost, from, to, stamp_[from]});
    }

    void draw_together(std::uint32_t from, std::uint32_t to) {
        const std::vector<std::uint32_t> mine = neighbours(from);
        for (const std::uint32_t t : around_[from]) {
            if (has(t, to)) {
                alive_[t] = 0;
                for (const std::uint32_t v : triangles_[t])
                    if (v != from) std::erase(around_[v], t);
                continue;
            }
            for (std::uint32_t& v : triangles_[t])
                if (v == from) v = to;
            around_[to].push_back(t);
        }
        around_[from].clear();
        for (std::size_t k = 0; k < shapes_.size(); ++k) quadrics_[k][to].add(quadrics_[k][from]);
        ++stamp_[from];
        --used_;
        for (const std::uint32_t v : mine) {
            if (around_[v].empty()) --used_;
            propose(v);
        }
    }

    std::span<const std::vector<Vec3>> shapes_;
    std::vector<Triangle> triangles_;
    std::span<const std::uint8_t> kept_;
    std::vector<std::vector<std::uint32_t>> around_;  // by vertex: its triangles
    std::vector<std::uint32_t> stamp_;                // by vertex: a proposal with another is out of date
    std::vector<std::uint8_t> edge_, alive_;          // vertices of the surface's edge; triangles
    std::vector<std::vector<Quadric>> quadrics_;      // by shape and vertex
    std::priority_queue<Proposal> queue_;
    std::size_t used_ = 0;
};

}  // namespace

std::vector<Triangle> decimated(std::span<const std::vector<Vec3>> shapes, std::vector<Triangle> triangles,
                                std::span<const float> weight, std::span<const std::uint8_t> kept,
                                std::size_t target) {
    return Decimation(shapes, std::move(triangles), weight, kept).run(target);
}

}  // namespace limner::sitters
