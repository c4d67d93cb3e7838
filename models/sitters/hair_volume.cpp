#include "hair_volume.h"

namespace limner::sitters {
namespace {

constexpr float kCell = 0.006F;
constexpr int kLongest = 110;  // cells along an axis

}  // namespace

HairVolume::HairVolume(const Body& body, const std::vector<Strands>& strands, const Studio& studio) {
    Vec3 low{1e9F, 1e9F, 1e9F}, high{-1e9F, -1e9F, -1e9F};
    for (const Strands& group : strands) {
        if (group.kind != Strand::hair && group.kind != Strand::beard) continue;
        for (const Vec3 p : group.point) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
        }
    }
    if (low.x > high.x) return;
    origin_ = low - grey(2 * kCell);
    const auto cells = [](float span) { return std::min(static_cast<int>(span / kCell) + 5, kLongest); };
    nx_ = cells(high.x - low.x), ny_ = cells(high.y - low.y), nz_ = cells(high.z - low.z);
    const auto total = static_cast<std::size_t>(nx_ * ny_ * nz_);
    std::vector<float> density(total);  // crossings per metre
    slot_.assign(total, -1);
    solid_.assign(total, 0);
    const auto cell_of = [&](Vec3 p) {
        const Vec3 q = (p - origin_) / kCell;
        if (q.x < 0 || q.y < 0 || q.z < 0) return -1;
        const int x = static_cast<int>(q.x), y = static_cast<int>(q.y), z = static_cast<int>(q.z);
        return x < nx_ && y < ny_ && z < nz_ ? index(x, y, z) : -1;
    };
    for (const Strands& group : strands) {
        if (group.kind != Strand::hair && group.kind != Strand::beard) continue;
        // A ray through a cell crosses (length * width * mean sine) / volume strands a metre.
        const float width = group.root_radius + group.tip_radius,
                    per_metre = width * 0.785F / (kCell * kCell * kCell);
        for (std::size_t s = 0; s + 1 < group.first.size(); ++s)
            for (std::uint32_t p = group.first[s]; p + 1 < group.first[s + 1]; ++p) {
                const Vec3 a = group.point[p], b = group.point[p + 1];
                const float span = length(b - a);
                const int pieces = 1 + static_cast<int>(span / kCell);
                for (int i = 0; i < pieces; ++i) {
                    const int c =
                        cell_of(mix(a, b, (static_cast<float>(i) + 0.5F) / static_cast<float>(pieces)));
                    if (c >= 0)
                        density[static_cast<std::size_t>(c)] += span / static_cast<float>(pieces) * per_metre;
                }
            }
    }
    for (const Mesh& mesh : body.meshes)
        if (mesh.surface == Surface::skin || mesh.surface == Surface::cloth)
            for (std::size_t v = 0; v < mesh.position.size(); ++v) {
                const int c = cell_of(mesh.position[v] - mesh.normal[v] * (0.5F * kCell));
                if (c >= 0) solid_[static_cast<std::size_t>(c)] = 1;
            }

    // Directions that stand for the dome.
    std::array<Vec3, 12> sky;
    for (int i = 0; i < 12; ++i) {
        const float y = 1 - (static_cast<float>(i) + 0.5F) / 6, turn = static_cast<float>(i) * 2.39996F,
                    r = std::sqrt(1 - y * y);
        sky[static_cast<std::size_t>(i)] = {r * std::cos(turn), y, r * std::sin(turn)};
    }
    for (int z = 1; z + 1 < nz_; ++z)
        for (int y = 1; y + 1 < ny_; ++y)
            for (int x = 1; x + 1 < nx_; ++x) {
                bool near = false;  // cells beside hair are looked up too
                for (int dz = -1; dz <= 1 && !near; ++dz)
                    for (int dy = -1; dy <= 1 && !near; ++dy)
                        for (int dx = -1; dx <= 1 && !near; ++dx)
                            near = density[static_cast<std::size_t>(index(x + dx, y + dy, z + dz))] > 0;
                if (!near) continue;
                const Vec3 centre = origin_ + Vec3{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F,
                                                   static_cast<float>(z) + 0.5F} *
                                                  kCell;
                Light light{};
                for (int k = 0; k < Studio::kDiscs; ++k)
                    march(density, centre, studio.light(k).direction,
                          light.crossings[static_cast<std::size_t>(k)],
                          light.open[static_cast<std::size_t>(k)]);
                float lit = 0, weight = 0;
                for (const Vec3 d : sky) {
                    float crossings = 0, open = 0;
                    march(density, centre, d, crossings, open);
                    const float w = 1 + 0.35F * d.y;
                    lit += w * open * std::exp(-0.35F * crossings);
                    weight += w;
                }
                light.open[Studio::kDome] = lit / weight;
                light.crossings[Studio::kDome] = 0;
                slot_[static_cast<std::size_t>(index(x, y, z))] = static_cast<std::int32_t>(light_.size());
                light_.push_back(light);
            }
}

void HairVolume::march(const std::vector<float>& density, Vec3 from, Vec3 direction, float& crossings,
                       float& open) const {
    crossings = 0, open = 1;
    Vec3 p = (from - origin_) / kCell;
    for (int step = 0; step < 160; ++step) {
        p += direction;
        if (p.x < 0 || p.y < 0 || p.z < 0) return;
        const int x = static_cast<int>(p.x), y = static_cast<int>(p.y), z = static_cast<int>(p.z);
        if (x >= nx_ || y >= ny_ || z >= nz_) return;
        const auto c = static_cast<std::size_t>(index(x, y, z));
        if (step > 1 && solid_[c] != 0) {
            open = 0;
            return;
        }
        crossings += density[c] * kCell;
        if (crossings > 60) return;
    }
}

const HairVolume::Light* HairVolume::at(Vec3 position, Vec3 shift) const {
    const Vec3 q = (position - origin_) / kCell + shift - grey(0.5F);
    if (q.x < 0 || q.y < 0 || q.z < 0) return nullptr;
    const int x = static_cast<int>(q.x), y = static_cast<int>(q.y), z = static_cast<int>(q.z);
    if (x >= nx_ || y >= ny_ || z >= nz_) return nullptr;
    const std::int32_t s = slot_[static_cast<std::size_t>(index(x, y, z))];
    return s < 0 ? nullptr : &light_[static_cast<std::size_t>(s)];
}

}  // namespace limner::sitters
