#include "mouth.h"
#include "turn.h"

#include <algorithm>
#include <cmath>

namespace limner::sitters {
namespace {

// Marks around the mouth that say how large the jaws are and where: nose base, lips, chin.
constexpr int jaw_marks[] = {31, 33, 35, 48, 51, 54, 57, 60, 62, 64, 66};

constexpr int bins = 25;

// Height of the lips' edge over x, from mouth corner to mouth corner: the lowest points of the upper lip, the highest of the lower.
std::array<float, bins> lip_edge(const Fine& fine, std::span<const std::uint32_t> line, float left,
                                 float right, float sign) {
    std::array<float, bins> edge;
    edge.fill(1e9F);
    for (const std::uint32_t v : line) {
        const float t = (fine[v].x - left) / (right - left) * bins;
        const int b = std::clamp(static_cast<int>(t), 0, bins - 1);
        edge[b] = std::min(edge[b], sign * fine[v].y);
    }
    for (int b = 1; b < bins; ++b)
        if (edge[b] > 1e8F) edge[b] = edge[b - 1];
    for (int b = bins - 2; b >= 0; --b)
        if (edge[b] > 1e8F) edge[b] = edge[b + 1];
    std::array<float, bins> smooth = edge;
    for (int b = 1; b + 1 < bins; ++b) smooth[b] = 0.25F * edge[b - 1] + 0.5F * edge[b] + 0.25F * edge[b + 1];
    for (float& y : smooth) y *= sign;
    return smooth;
}

// How far forward the skin lies in front of the jaws, on a grid over the picture of a face.
class Front {
public:
    Front(const Fine& skin, Vec3 middle) : middle_(middle) {
        far_.fill(nothing);
        for (const Vec3& p : skin)
            if (const int i = cell(p.x, p.y); i >= 0)
                far_[static_cast<std::size_t>(i)] = std::max(far_[static_cast<std::size_t>(i)], p.z);
    }
    // Of the place and what is beside it, the farthest back; very far forward where there is no skin.
    float at(float x, float y) const {
        float back = -nothing;
        for (int j = -1; j <= 1; ++j)
            for (int i = -1; i <= 1; ++i) {
                const int k = cell(x + static_cast<float>(i) * pitch, y + static_cast<float>(j) * pitch);
                const float z = k < 0 ? nothing : far_[static_cast<std::size_t>(k)];
                if (z > nothing) back = std::min(back, z);
            }
        return back;
    }

private:
    static constexpr float pitch = 0.003F, nothing = -1e6F;
    static constexpr int side = 40;
    int cell(float x, float y) const {  // -1 beyond the grid
        const int i = static_cast<int>(std::floor((x - middle_.x) / pitch)) + side / 2,
                  j = static_cast<int>(std::floor((y - middle_.y) / pitch)) + side / 2;
        return i < 0 || j < 0 || i >= side || j >= side ? -1 : j * side + i;
    }

    Vec3 middle_;
    std::array<float, static_cast<std::size_t>(side) * side> far_;
};

}  // namespace

void seal_lips(const Assets& assets, float part, Fine& fine) {
    if (part >= 1 || assets.lip_upper.empty()) return;
    float left = 1e9F, right = -1e9F;
    for (const auto line : {assets.lip_upper, assets.lip_lower})
        for (const std::uint32_t v : line) {
            left = std::min(left, fine[v].x);
            right = std::max(right, fine[v].x);
        }
    const auto upper = lip_edge(fine, assets.lip_upper, left, right, 1),
               lower = lip_edge(fine, assets.lip_lower, left, right, -1);
    std::array<float, bins> close;
    for (int b = 0; b < bins; ++b) close[b] = (upper[b] - lower[b] + 0.0005F) * (1 - part);
    for (std::size_t i = 0; i < assets.seal_vertex.size(); ++i) {
        Vec3& p = fine[assets.seal_vertex[i]];
        const float t = std::clamp((p.x - left) / (right - left) * bins - 0.5F, 0.0F, bins - 1.001F);
        const int b = static_cast<int>(t);
        const float gap = close[b] + (close[b + 1] - close[b]) * (t - static_cast<float>(b));
        const float w = assets.seal_weight[i];
        p.y -= gap * (w > 0 ? 0.45F * w : 0.55F * w);  // the lower lip does a little more
    }
}

void add_mouth_meshes(const Assets& assets, const Fine& rest, float jaw, std::vector<Mesh>& out) {
    const Cage average_cage(assets.average.begin(), assets.average.end());
    static const Fine average = subdivided(assets, average_cage);
    Vec3 from, to;
    for (const int k : jaw_marks) {
        from = from + average[assets.landmark[k]];
        to = to + rest[assets.landmark[k]];
    }
    const float share = 1.0F / static_cast<float>(std::size(jaw_marks));
    from = from * share;
    to = to * share;
    const auto span = [&](const Fine& f, int a, int b) {
        return length(f[assets.landmark[a]] - f[assets.landmark[b]]);
    };
    const float wide =
        0.6F * span(rest, 48, 54) / span(average, 48, 54) + 0.4F * span(rest, 4, 12) / span(average, 4, 12);
    const float size = std::clamp(wide, 0.9F, 1.12F);

    std::vector<Vec3> seated(assets.mouth_position.size());
    for (std::size_t i = 0; i < seated.size(); ++i) seated[i] = to + (assets.mouth_position[i] - from) * size;
    // No tooth may come nearer to the outside than the lips are thick.
    const Vec3 lips = (rest[assets.landmark[62]] + rest[assets.landmark[66]]) * 0.5F;
    float front = -1;
    for (const Vec3& p : seated) front = std::max(front, p.z);
    const float back = std::max(0.0F, front - (lips.z - 0.0028F));
    for (Vec3& p : seated) p.z -= back;
    // Nor may a gum show through the hollow above a small chin.
    const Front skin(rest, lips);
    for (Vec3& p : seated)
        if (p.y < lips.y)
            p.z = std::min(p.z, skin.at(p.x, p.y) - 0.0025F - std::min(0.5F * (lips.y - p.y), 0.0045F));

    const Vec3 hinge = to + (assets.jaw_hinge - from) * size - Vec3{0, 0, back};
    const float angle = length(assets.jaw_axis);
    const Turn open = about_axis(assets.jaw_axis * (1.0F / std::max(angle, 1e-6F)), angle * jaw);
    std::vector<Vec3> posed(seated.size());
    for (std::size_t i = 0; i < seated.size(); ++i) {
        const Vec3 moved = hinge + open * (seated[i] - hinge) + assets.jaw_slide * (size * jaw);
        posed[i] = seated[i] + (moved - seated[i]) * assets.mouth_jaw[i];
    }
    const std::vector<Vec3> normal = quad_normals(posed, assets.mouth_quad);
    for (std::uint8_t kind = 0; kind < 3; ++kind) {
        Mesh m;
        m.name = kind == 0 ? "upper_teeth" : kind == 1 ? "lower_teeth" : "gums";
        m.surface = kind == 2 ? Surface::gums : Surface::teeth;
        m.region = Region::mouth;
        std::vector<std::uint32_t> place(posed.size(), ~0U);
        for (std::size_t f = 0; f < assets.mouth_quad.size(); ++f) {
            if (assets.mouth_kind[f] != kind) continue;
            Quad q = assets.mouth_quad[f];
            for (std::uint32_t& v : q) {
                if (place[v] == ~0U) {
                    place[v] = static_cast<std::uint32_t>(m.position.size());
                    m.position.push_back(posed[v]);
                    m.normal.push_back(normal[v]);
                    m.rest.push_back(seated[v]);
                    m.uv.push_back({seated[v].x, seated[v].y});
                }
                v = place[v];
            }
            m.triangle.push_back({q[0], q[1], q[2]});
            if (q[3] != q[2]) m.triangle.push_back({q[0], q[2], q[3]});
        }
        out.push_back(std::move(m));
    }
}

}  // namespace limner::sitters
