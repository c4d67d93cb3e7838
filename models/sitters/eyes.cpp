#include "eyes.h"

#include <algorithm>

namespace limner::sitters {
namespace {

constexpr float dome_radius = 7.8F / 12, limbus_radius = 5.9F / 12;

struct Dome {  // of an eyeball of radius 1: centre and radius along the optical axis
    float centre, radius;
};
Dome dome(float limbus) {
    const float r = std::sin(limbus);
    const float radius = dome_radius * r / limbus_radius;
    return {std::cos(limbus) - std::sqrt(radius * radius - r * r), radius};
}

void basis(Vec3 axis, Vec3& u, Vec3& v) {
    u = normalize(cross({0, 1, 0}, axis));
    v = cross(axis, u);
}

// A surface of revolution about the optical axis: profile[i] = {radius, height, polar angle label}.
Mesh lathe(const Eyeball& eye, const std::vector<Vec3>& profile, int around) {
    Mesh m;
    Vec3 u, v;
    basis(eye.axis, u, v);
    const auto stride = static_cast<std::uint32_t>(around + 1);
    for (const Vec3& p : profile)
        for (int j = 0; j <= around; ++j) {
            const float a = 6.2831853F * static_cast<float>(j) / static_cast<float>(around);
            m.position.push_back(eye.centre +
                                 (u * (p.x * std::cos(a)) + v * (p.x * std::sin(a)) + eye.axis * p.y) *
                                     eye.radius);
            m.uv.push_back({p.z, a});
        }
    for (std::uint32_t i = 0; i + 1 < profile.size(); ++i)
        for (std::uint32_t j = 0; j + 1 < stride; ++j) {
            const std::uint32_t a = i * stride + j, b = a + stride;
            m.triangle.push_back({a, b, a + 1});
            m.triangle.push_back({a + 1, b, b + 1});
        }
    return m;
}

void smooth_normals(Mesh& m) {
    m.normal.assign(m.position.size(), {});
    for (const auto& t : m.triangle) {
        const Vec3 n = cross(m.position[t[1]] - m.position[t[0]], m.position[t[2]] - m.position[t[0]]);
        for (const std::uint32_t k : t) m.normal[k] = m.normal[k] + n;
    }
    for (Vec3& n : m.normal) n = normalize(n * 1e8F);
}

// Lid margins as elevation over the lateral coordinate, about an axis through the eyeball's centre from corner to corner.
struct Margins {
    Vec3 centre, lateral, up, forward;
    std::vector<Vec2> upper, lower;  // (lateral metres, elevation radians), lateral ascending

    Vec3 to_local(Vec3 p) const {
        return {dot(p - centre, lateral), dot(p - centre, up), dot(p - centre, forward)};
    }
    Vec3 from_local(Vec3 q) const { return centre + lateral * q.x + up * q.y + forward * q.z; }
};

float at(const std::vector<Vec2>& curve, float x) {
    if (x <= curve.front().x) return curve.front().y;
    for (std::size_t i = 1; i < curve.size(); ++i)
        if (x <= curve[i].x) {
            const float t = (x - curve[i - 1].x) / std::max(curve[i].x - curve[i - 1].x, 1e-7F);
            return curve[i - 1].y + (curve[i].y - curve[i - 1].y) * t;
        }
    return curve.back().y;
}

Margins margins_of(const LidParts& lids, const Eyeball& eye, const Fine& fine) {
    Margins m;
    m.centre = eye.centre;
    const Vec3 inner = fine[lids.upper.front()], outer = fine[lids.upper.back()];
    const Vec3 across = outer - inner;
    m.lateral = normalize({across.x, across.y, 0});
    m.forward = {0, 0, 1};
    m.up = cross(m.forward, m.lateral);
    if (m.up.y < 0) m.up = m.up * -1;
    const auto curve = [&](std::span<const std::uint32_t> line) {
        std::vector<Vec2> c;
        float reached = -1;
        for (const std::uint32_t v : line) {
            const Vec3 q = m.to_local(fine[v]);
            if (!c.empty() && q.x <= reached + 1e-6F) continue;
            reached = q.x;
            c.push_back({q.x, std::atan2(q.y, q.z)});
        }
        return c;
    };
    m.upper = curve(lids.upper);
    m.lower = curve(lids.lower);
    return m;
}

}  // namespace

float Eyeball::surface(Vec3 d) const {
    const float c = dot(d, axis);
    if (c <= std::cos(limbus)) return radius;
    const Dome k = dome(limbus);
    const float s2 = std::max(0.0F, 1 - c * c);
    return radius *
           (k.centre * c + std::sqrt(std::max(0.0F, k.radius * k.radius - k.centre * k.centre * s2)));
}

Eyeball seat_eye(const Assets& assets, const Cage& neutral, const Fine& rest, int side) {
    const LidParts& lids = assets.lids[side];
    Vec3 centre;
    const std::uint32_t first = side == 0 ? left_eye_first : right_eye_first;
    for (std::uint32_t i = 0; i < eye_helper_count; ++i) centre = centre + neutral[first + i];
    centre = centre * (1.0F / eye_helper_count);
    const Vec3 joint = centre;
    const float fissure = length(rest[lids.upper.back()] - rest[lids.upper.front()]);

    Eyeball eye;
    eye.radius = 0.0125F * std::clamp(std::pow(fissure / 0.0245F, 0.5F), 0.93F, 1.08F);
    eye.limbus = std::asin(0.43F);
    const float lid = 0.0002F;
    // Gauss-Newton on the margins' distances, without the inner fifth where the caruncle keeps them off the ball.
    std::vector<Vec3> touch;
    for (const auto line : {lids.upper, lids.lower})
        for (std::size_t i = line.size() / 5; i < line.size(); ++i) touch.push_back(rest[line[i]]);
    for (int round = 0; round < 12; ++round) {
        Vec3 step;
        for (const Vec3& p : touch) {
            const Vec3 d = p - centre;
            step = step + normalize(d) * (length(d) - eye.radius - lid);
        }
        step = step * (1.0F / static_cast<float>(touch.size()));
        const Vec3 home = joint - centre;
        centre = centre + Vec3{step.x * 0.5F + home.x * 0.25F, step.y * 0.5F + home.y * 0.15F, step.z * 1.0F};
    }
    eye.centre = centre;
    return eye;
}

void aim_eye(Eyeball& eye, const Sitter& sitter, const Turn& head, Vec3 mid_eye) {
    const Vec3 at_world = head * (eye.centre - mid_eye);
    const Vec3 to_lens = normalize(Vec3{0, 0, camera_distance} - at_world);
    const Vec3 look =
        yaw_turn(sitter.number("gaze.x") * degree) * (pitch_turn(sitter.number("gaze.y") * degree) * to_lens);
    Vec3 axis = transposed(head) * look;
    const float limit = 30 * degree;
    const float away = std::acos(std::clamp(axis.z, -1.0F, 1.0F));
    if (away > limit) {
        const Vec3 aside = normalize(Vec3{axis.x, axis.y, 0});
        axis = aside * std::sin(limit) + Vec3{0, 0, std::cos(limit)};
    }
    eye.axis = axis;
}

void move_lids(const Assets& assets, const Eyeball& eye, int side, float close, float droop, Fine& fine,
               Cage& cage) {
    const LidParts& lids = assets.lids[side];
    const Margins m = margins_of(lids, eye, fine);

    // Where the lids want to be over the iris: the upper covers 1 to 2.4 mm of it, the lower touches it.
    const Vec3 gaze = {dot(eye.axis, m.lateral), dot(eye.axis, m.up), dot(eye.axis, m.forward)};
    const float gaze_up = std::asin(std::clamp(gaze.y, -1.0F, 1.0F));
    const float mid = eye.radius * gaze.x * 0.5F;
    const float upper = at(m.upper, mid), lower = at(m.lower, mid);
    const float rest_axis = 0.55F * gaze_up;  // the lids make a little more than half of the eye's way
    const float scale = 0.001F / eye.radius;  // radians a millimetre
    const float limbus_top = eye.limbus, limbus_bottom = -eye.limbus;
    const float wanted_up =
        std::clamp(upper, limbus_top - (2.3F + 1.5F * droop) * scale, limbus_top - 0.8F * scale);
    const float wanted_low = std::clamp(lower, limbus_bottom - 0.8F * scale, limbus_bottom + 0.7F * scale);
    const float lift_up = 0.75F * (wanted_up - upper) + 1.05F * rest_axis +
                          (gaze_up < 0 ? 0.2F * gaze_up : 0.0F) - 1.0F * droop * scale;
    const float lift_low = 0.75F * (wanted_low - lower) + 0.6F * rest_axis;
    const float width_half = 0.5F * (m.upper.back().x - m.upper.front().x);
    const float centre_x = 0.5F * (m.upper.back().x + m.upper.front().x);

    const auto turn_by = [&](float x, bool is_upper) {
        const float t = std::clamp((x - centre_x) / width_half, -1.0F, 1.0F);
        const float corner = 1 - t * t;  // the corners are tied down
        const float up = at(m.upper, x), low = at(m.lower, x);
        float new_up = up + lift_up * corner, new_low = low + lift_low * corner;
        if (new_up < new_low) new_up = new_low;
        const float meet = new_low + 0.12F * (new_up - new_low);
        new_up += (meet - 0.012F * corner - new_up) * close;
        new_low += (meet + 0.012F * corner - new_low) * close;
        return is_upper ? new_up - up : new_low - low;
    };
    // The margin itself turns exactly; the lid's skin away from it follows a blurred turn, so that corners do not crease it.
    constexpr int steps = 64;
    const float first = m.upper.front().x - 0.008F, span = m.upper.back().x - m.upper.front().x + 0.016F;
    std::array<std::array<float, steps>, 2> soft{};
    for (int is_upper = 0; is_upper < 2; ++is_upper)
        for (int i = 0; i < steps; ++i) {
            float sum = 0, total = 0;
            for (int j = -12; j <= 12; ++j) {
                const float d = static_cast<float>(j) * span / steps;
                const float g = std::exp(-d * d / (2 * 0.0022F * 0.0022F));
                sum += g * turn_by(first + span * (static_cast<float>(i + j) + 0.5F) / steps, is_upper != 0);
                total += g;
            }
            soft[is_upper][i] = sum / total;
        }
    const auto moved = [&](Vec3 p, float weight, bool is_upper) {
        const Vec3 q = m.to_local(p);
        const float t = std::clamp((q.x - first) / span * steps - 0.5F, 0.0F, steps - 1.001F);
        const int k = static_cast<int>(t);
        const float blurred =
            soft[is_upper][k] + (soft[is_upper][k + 1] - soft[is_upper][k]) * (t - static_cast<float>(k));
        const float away = std::clamp((1 - weight) / 0.08F, 0.0F, 1.0F);
        const float a = (turn_by(q.x, is_upper) * (1 - away) + blurred * away) * weight;
        const float c = std::cos(a), s = std::sin(a);
        return m.from_local({q.x, q.y * c + q.z * s, q.z * c - q.y * s});
    };
    const float lid = 0.00035F;
    const auto kept_off = [&](Vec3 p) {  // the lid rides on sclera and cornea
        const Vec3 d = p - eye.centre;
        const float r = length(d);
        if (d.z < 0) return p;
        // A lid is stiff: as it closes it spans the cornea's step in a wider, softer curve.
        const float away = std::acos(std::clamp(dot(d, eye.axis) / r, -1.0F, 1.0F));
        const float wide = eye.radius * (1 + 0.1F * std::exp(-(away / 0.55F) * (away / 0.55F)));
        const float hard = eye.surface(d * (1 / r));
        const float least = hard + (std::max(wide, hard) - hard) * close + lid;
        return r < least ? eye.centre + d * (least / r) : p;
    };
    for (std::size_t i = 0; i < lids.vertex.size(); ++i) {
        Vec3& p = fine[lids.vertex[i]];
        p = kept_off(moved(p, lids.weight[i], lids.is_upper[i] != 0));
        if (lids.depth[i] >
            0) {  // what lies behind the margin dives under the eyeball's surface and seals the gap
            const Vec3 d = normalize(p - eye.centre);
            p = p + (eye.centre + d * (eye.surface(d) - 0.0008F) - p) * lids.depth[i];
        }
    }
    for (std::size_t i = 0; i < skin_vertex_count; ++i)
        if (lids.cage_weight[i] > 1e-3F)
            cage[i] = kept_off(moved(cage[i], lids.cage_weight[i], lids.cage_is_upper[i] != 0));
}

void add_eye_meshes(const Assets& assets, const Eyeball& eye, int side, const Fine& fine,
                    std::vector<Mesh>& out) {
    const float limbus = eye.limbus, r = std::sin(limbus), z = std::cos(limbus);
    const std::string name = side == 0 ? "left" : "right";

    // Iris from the pupil's middle to the limbus, then the sclera.
    std::vector<Vec3> profile;
    for (int i = 0; i <= 20; ++i) {
        const float t = static_cast<float>(i) / 20;
        const float behind = 0.55F + 0.25F * (1 - t * t);
        profile.push_back({std::max(r * t, 1e-4F), z - behind / 12, std::asin(r * t)});
    }
    for (int i = 0; i <= 48; ++i) {
        const float a = limbus + (2.1F - limbus) * static_cast<float>(i) / 48;
        profile.push_back({std::sin(a), std::cos(a), a});
    }
    Mesh ball = lathe(eye, profile, 64);
    ball.name = "eyeball_" + name;
    ball.surface = Surface::eyeball;
    ball.region = Region::eyes;
    smooth_normals(ball);
    Vec3 u, v;
    basis(eye.axis, u, v);
    for (std::size_t i = 21 * 65; i < ball.position.size(); ++i)
        ball.normal[i] = normalize(ball.position[i] - eye.centre);
    out.push_back(std::move(ball));

    const Dome k = dome(limbus);
    const float edge = std::asin(r / k.radius);
    profile.clear();
    for (int i = 0; i <= 24; ++i) {
        const float a = edge * static_cast<float>(i) / 24;
        const float x = std::max(k.radius * std::sin(a), 1e-4F), y = k.centre + k.radius * std::cos(a);
        profile.push_back({x, y, std::atan2(x, y)});
    }
    Mesh cornea = lathe(eye, profile, 64);
    cornea.name = "cornea_" + name;
    cornea.surface = Surface::cornea;
    cornea.region = Region::eyes;
    const Vec3 middle = eye.centre + eye.axis * (k.centre * eye.radius);
    for (const Vec3& p : cornea.position) cornea.normal.push_back(normalize(p - middle));
    // At the rim the dome's normal eases into the sclera's, as the tear film does.
    for (std::size_t i = 0; i < cornea.normal.size(); ++i) {
        const float t = std::clamp((cornea.uv[i].x / limbus - 0.8F) / 0.2F, 0.0F, 1.0F);
        cornea.normal[i] =
            normalize(cornea.normal[i] * (1 - t * t) + normalize(cornea.position[i] - eye.centre) * (t * t));
    }
    out.push_back(std::move(cornea));

    const LidParts& lids = assets.lids[side];
    Mesh wet;  // a meniscus between lid and eyeball, 0.5 mm wide
    wet.name = "wet_line_" + name;
    wet.surface = Surface::wet_line;
    wet.region = Region::eyes;
    for (const auto& [line, direction] : {std::pair{lids.lower, 1.0F}, std::pair{lids.upper, -1.0F}}) {
        const auto first = static_cast<std::uint32_t>(wet.position.size());
        for (const std::uint32_t at_margin : line) {
            const Vec3 p = fine[at_margin];
            const Vec3 d = p - eye.centre;
            const auto on_ball = [&](float along, float lift) {
                const Vec3 q = normalize(d + Vec3{0, direction * along, 0});
                return eye.centre + q * (eye.surface(q) + lift);
            };
            wet.position.push_back(p + normalize(d) * 0.00002F);
            wet.position.push_back(on_ball(0.00022F, 0.00012F));
            wet.position.push_back(on_ball(0.0005F, 0.00001F));
            for (int c = 0; c < 3; ++c) wet.uv.push_back({static_cast<float>(c) * 0.5F, 0});
        }
        const auto count = static_cast<std::uint32_t>(line.size());
        for (std::uint32_t i = 0; i + 1 < count; ++i)
            for (std::uint32_t c = 0; c < 2; ++c) {
                const std::uint32_t a = first + i * 3 + c, b = a + 3;
                const bool flip = (direction > 0) == (side == 0);
                if (flip)
                    wet.triangle.insert(wet.triangle.end(), {{a, b, a + 1}, {a + 1, b, b + 1}});
                else
                    wet.triangle.insert(wet.triangle.end(), {{a, a + 1, b}, {a + 1, b + 1, b}});
            }
    }
    smooth_normals(wet);
    out.push_back(std::move(wet));

    // Caruncle and plica: pink flesh that fills the inner corner between the margins and tucks behind the eyeball.
    Mesh pink;
    pink.name = "caruncle_" + name;
    pink.surface = Surface::gums;
    pink.region = Region::eyes;
    const Margins m = margins_of(lids, eye, fine);
    const float start = m.upper.front().x, end = m.upper.back().x;
    const float reach = 0.24F * (end - start);
    const float corner_depth = m.to_local(fine[lids.upper.front()]).z;
    constexpr int along = 12, across = 8;
    for (int i = 0; i <= along; ++i) {
        const float t = static_cast<float>(i) / along;
        const float x = start - 0.0004F + (reach + 0.0004F) * t;
        const float up = at(m.upper, x) + 0.05F, low = at(m.lower, x) - 0.05F;
        for (int j = 0; j <= across; ++j) {
            const float s = static_cast<float>(j) / across;
            const float angle = low + (up - low) * s;
            const float on_ball = std::sqrt(std::max(0.0F, eye.radius * eye.radius - x * x));
            const float near_corner = std::max(corner_depth, on_ball) - 0.0007F;
            const float bulge =
                0.0006F * std::sin(3.14159F * s) * std::sin(3.14159F * std::min(1.0F, 1.3F * t));
            const float rho = near_corner + (on_ball - 0.0006F - near_corner) * t * t + bulge;
            pink.position.push_back(m.from_local({x, rho * std::sin(angle), rho * std::cos(angle)}));
            pink.uv.push_back({t, s});
        }
    }
    for (std::uint32_t i = 0; i < along; ++i)
        for (std::uint32_t j = 0; j < across; ++j) {
            const std::uint32_t a = i * (across + 1) + j, b = a + across + 1;
            if (side == 0)
                pink.triangle.insert(pink.triangle.end(), {{a, b, a + 1}, {a + 1, b, b + 1}});
            else
                pink.triangle.insert(pink.triangle.end(), {{a, a + 1, b}, {a + 1, b + 1, b}});
        }
    smooth_normals(pink);
    out.push_back(std::move(pink));
}

}  // namespace limner::sitters
