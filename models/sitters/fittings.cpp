#include "fittings.h"

#include "body.h"
#include "eyewear.h"
#include "groom.h"
#include "points_file.h"
#include "sweep.h"

namespace limner::sitters {
namespace {

// Who wears none wears these, unseen: so that every point has its place.
Sitter dressed_up(Sitter sitter) {
    for (const auto& [id, instead] :
         {std::pair{"glasses.style", "oval"}, std::pair{"earrings.style", "stud"}}) {
        if (sitter.choice(id) != "none") continue;
        const Attribute& a = *schema().find(id);
        for (std::size_t k = 0; k < a.choices.size(); ++k)
            if (a.choices[k].id == instead)
                sitter.values[static_cast<std::size_t>(schema().index(id))].choice = static_cast<int>(k);
    }
    return sitter;
}

std::vector<const Mesh*> meshes_called(const Body& body, std::string_view name) {
    std::vector<const Mesh*> out;
    for (const Mesh& m : body.meshes)
        if (m.name == name) out.push_back(&m);
    return out;
}

std::vector<Worn> glasses_of(const Body& body, const Sight& sight) {
    std::vector<Worn> out;
    for (const Mesh* lens : meshes_called(body, "lens")) {
        const Vec3* rim = lens->position.data() + lens->position.size() - kRimPoints;
        Vec3 normal;
        for (int k = 0; k < kRimPoints; ++k) normal += cross(rim[k], rim[(k + 1) % kRimPoints]);
        normal = normalize(normal * 1e6F);
        if (dot(normal, body.head_to_world.turn({0, 0, 1})) < 0) normal = -normal;
        for (int k = 0; k < kLensPoints; ++k) out.push_back({rim[k * kRimPoints / kLensPoints], normal, 1});
    }
    out.push_back({middle_of(*meshes_called(body, "bridge").front(), kMidBridge),
                   normalize(out.front().vector + out.back().vector), 1});
    float side = 1;
    for (const Mesh* temple : meshes_called(body, "temple")) {
        for (const int station : {kHinge, kHalfTemple}) {
            const Vec3 at = middle_of(*temple, station);
            out.push_back({at, body.head_to_world.turn({side, 0, 0}), sight.seen(at)});
        }
        side = -1;
    }
    return out;
}

std::vector<Worn> collar_of(const Body& body, const Sight& sight) {
    constexpr float half_step = 0.5F * kPi / (kCollarPoints - 1);
    std::array<float, kCollarPoints> highest;
    highest.fill(-1e9F);
    std::vector<Worn> out;
    for (int k = 0; k < kCollarPoints; ++k) {  // where there is no cloth: at the neck
        const float azimuth = -0.5F * kPi + 2 * half_step * static_cast<float>(k);
        out.push_back(
            {body.head_to_world.apply(body.neck + Vec3{std::sin(azimuth), 0, std::cos(azimuth)} * 0.06F),
             {0, 0, 1},
             0});
    }
    for (const Mesh& m : body.meshes) {
        if (m.surface != Surface::cloth) continue;
        for (std::size_t i = 0; i < m.position.size(); ++i) {
            const Vec3 d = m.rest[i] - body.neck;
            const float at = (std::atan2(d.x, d.z) + 0.5F * kPi) / (2 * half_step), nearest = std::round(at);
            if (nearest < 0 || nearest >= kCollarPoints || std::abs(at - nearest) > 0.15F) continue;
            const auto k = static_cast<std::size_t>(nearest);
            if (d.y <= highest[k]) continue;
            highest[k] = d.y;
            out[k] = {m.position[i], m.normal[i], sight.seen(m.position[i])};
        }
    }
    return out;
}

std::vector<Worn> earrings_of(const Body& body, const Sight& sight) {
    std::vector<Worn> out;
    for (const float side : {1.0F, -1.0F}) {
        Vec3 low = grey(1e9F), high = grey(-1e9F);
        float seen = 0, count = 0;
        for (const Mesh& m : body.meshes) {
            if (m.surface != Surface::metal) continue;
            for (const Vec3& p : m.position) {
                if (body.head_to_world.apply_inverse(p).x * side < 0) continue;
                low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
                high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
                seen += sight.seen(p), ++count;
            }
        }
        out.push_back({(low + high) * 0.5F, {0, 0, 1}, seen / std::max(1.0F, count)});
    }
    return out;
}

}  // namespace

Fittings fittings_of(const Assets& assets, const std::vector<std::uint32_t>& roots, const Sitter& sitter) {
    const Body body = build_body(assets, dressed_up(sitter));
    const std::vector<Strands> strands = groom(body, sitter);
    const Camera camera(body, 2);
    const Sight sight(body, camera);
    const Mane mane = mane_of(body, strands, sitter, roots, sight);
    std::vector<Worn> worn = mane.way;
    for (const std::vector<Worn>& more : {tail_of(body, strands, sitter, sight), glasses_of(body, sight),
                                          collar_of(body, sight), earrings_of(body, sight), mane.rise})
        worn.insert(worn.end(), more.begin(), more.end());

    // Temples, necklines and earrings are often under hair; a frame in front of it is drawn over it.
    constexpr int first_under = kGlasses + 2 * kLensPoints + 1;
    std::vector<Vec3> under;
    for (int i = first_under; i < kRise; ++i) under.push_back(worn[static_cast<std::size_t>(i)].at);
    const std::vector<float> clear = clear_of_hair(camera, strands, under);
    for (std::size_t i = 0; i < under.size(); ++i) worn[first_under + i].seen *= clear[i];

    Fittings out;
    for (std::size_t i = 0; i < kFittings; ++i) {
        const Vec2 at = in_picture(camera, worn[i].at);
        out[i] = {std::clamp(at.x, -3.0F, 3.0F), std::clamp(at.y, -3.0F, 3.0F), worn[i].at.z, worn[i].vector,
                  worn[i].seen};
    }
    const auto take_off = [&](int from, int to) {
        for (int i = from; i < to; ++i) out[static_cast<std::size_t>(i)].seen = 0;
    };
    if (sitter.choice("glasses.style") == "none") take_off(kGlasses, kCollar);
    if (sitter.choice("earrings.style") == "none") take_off(kEarrings, kRise);
    for (int i = kCollar; i < kEarrings; ++i)
        if (std::abs(out[static_cast<std::size_t>(i)].y) > 1.3F) take_off(i, i + 1);
    return out;
}

std::vector<std::uint8_t> fitting_file(const std::vector<std::vector<float>>& inputs,
                                       const std::vector<Fittings>& fittings) {
    std::vector<std::vector<float>> rows;
    for (const Fittings& row : fittings) {
        rows.emplace_back();
        for (const Fitting& f : row)
            rows.back().insert(rows.back().end(),
                               {f.x, f.y, f.depth, f.vector.x, f.vector.y, f.vector.z, f.seen});
    }
    return points_file("LFIT", kFittings, inputs, rows);
}

}  // namespace limner::sitters
