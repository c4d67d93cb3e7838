#include "shade.h"

#include "colour.h"

namespace limner::sitters {
namespace {

constexpr float kOffset = 2e-4F;  // metres off a surface before a ray starts

float schlick(float f0, float cosine) { return f0 + (1 - f0) * std::pow(1 - clamp01(cosine), 5.0F); }
Vec3 schlick(Vec3 f0, float cosine) { return f0 + (grey(1) - f0) * std::pow(1 - clamp01(cosine), 5.0F); }

// GGX with Smith's height-correlated masking (Walter et al. 2007; Heitz 2014), times pi and without the light's cosine.
float ggx(float nl, float nv, float nh, float alpha) {
    const float a2 = alpha * alpha, d = nh * nh * (a2 - 1) + 1;
    const float v = nl * std::sqrt(nv * nv * (1 - a2) + a2) + nv * std::sqrt(nl * nl * (1 - a2) + a2);
    return a2 / (d * d) * 0.5F / std::max(v, 1e-4F);
}

Vec3 as_vec(const std::array<float, 3>& v) { return {v[0], v[1], v[2]}; }

template <class T>
T blend(const T& a, const T& b, const T& c, float u, float v) {
    return a * (1 - u - v) + b * u + c * v;
}
Vec2 blend(Vec2 a, Vec2 b, Vec2 c, float u, float v) {
    const float w = 1 - u - v;
    return {a.x * w + b.x * u + c.x * v, a.y * w + b.y * u + c.y * v};
}

}  // namespace

Shader::Shader(const Sitter& sitter, const Body& body, const std::vector<Strands>& strands,
               const AtlasLibrary& atlases, const Studio& studio, const Tracer& tracer, float pixel)
    : body_(body),
      studio_(studio),
      tracer_(tracer),
      skin_(sitter, atlases, body, pixel),
      eyes_(sitter),
      cloth_(sitter),
      volume_(body, strands, studio),
      hair_{HairColour(sitter, Strand::hair), HairColour(sitter, Strand::brow),
            HairColour(sitter, Strand::lash), HairColour(sitter, Strand::beard)},
      pixel_(pixel),
      frame_(frame_material(sitter.choice("glasses.colour"))),
      metal_f0_(as_vec(earring_mirror(sitter.number("earrings.metal")))),
      tint_(sitter.number("glasses.tint")) {
    const Vec3 upper = body.head_to_world.apply_inverse(body.landmarks[62]),
               lower = body.head_to_world.apply_inverse(body.landmarks[66]);
    lip_plane_ = std::max(upper.z, lower.z);
}

Shader::Point Shader::interpolate(const Hit& hit) const {
    const Mesh& m = *hit.mesh;
    const auto& t = m.triangle[hit.primitive];
    Point p;
    p.position = hit.position;
    p.normal = normalize(blend(m.normal[t[0]], m.normal[t[1]], m.normal[t[2]], hit.u, hit.v));
    if (dot(p.normal, hit.geometric_normal) < 0) p.normal = -p.normal;
    if (!m.uv.empty()) p.uv = blend(m.uv[t[0]], m.uv[t[1]], m.uv[t[2]], hit.u, hit.v);
    p.rest = m.rest.empty() ? body_.head_to_world.apply_inverse(hit.position)
                            : blend(m.rest[t[0]], m.rest[t[1]], m.rest[t[2]], hit.u, hit.v);
    if (!m.mask.empty()) p.lips = blend(m.mask[t[0]], m.mask[t[1]], m.mask[t[2]], hit.u, hit.v);
    if (!m.thickness.empty())
        p.thickness = blend(m.thickness[t[0]], m.thickness[t[1]], m.thickness[t[2]], hit.u, hit.v);
    return p;
}

Vec3 Shader::rough_albedo(const Hit& hit) const {
    if (hit.strands != nullptr)
        return hair_[static_cast<std::size_t>(hit.strands->kind)].mean_albedo() * 0.7F;
    switch (hit.mesh->surface) {
        case Surface::skin: return skin_.base();
        case Surface::cloth: return cloth_.at(hit.mesh->name, {0.003F, 0.003F}).albedo;
        case Surface::teeth: return {0.6F, 0.55F, 0.45F};
        case Surface::gums: return {0.35F, 0.12F, 0.1F};
        default: return grey(0.4F);
    }
}

// Light that reaches what a bounce ray met, remembered for a cell of 8 mm and a facing: coarse is good enough for a bounce.
const LightSum& Shader::bounced(const Hit& hit) {
    const Vec3 n = hit.geometric_normal, p = hit.position;
    const auto cell = [](float x) {
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(x / 0.008F)) + 4096) & 0x3fffU;
    };
    const Vec3 a{std::abs(n.x), std::abs(n.y), std::abs(n.z)};
    const std::uint64_t face = a.x > a.y && a.x > a.z ? (n.x > 0 ? 0U : 1U)
                               : a.y > a.z            ? (n.y > 0 ? 2U : 3U)
                                                      : (n.z > 0 ? 4U : 5U);
    const std::uint64_t key = cell(p.x) | cell(p.y) << 14U | cell(p.z) << 28U | face << 42U;
    const auto [at, fresh] = bounce_.try_emplace(key);
    LightSum& sum = at->second;
    if (!fresh) return sum;
    const Vec3 albedo = rough_albedo(hit);
    for (int k = 0; k < Studio::kDiscs; ++k) {
        const StudioLight& light = studio_.light(k);
        const float facing = hit.strands != nullptr ? 0.5F : dot(n, light.direction);
        if (facing > 0 && !tracer_.blocked(p + n * kOffset, light.direction))
            sum[static_cast<std::size_t>(k)] = albedo * light.irradiance * facing;
    }
    sum[Studio::kDome] = albedo * studio_.dome(n) * 0.5F;
    return sum;
}

LightSum Shader::gather(Vec3 position, Vec3 normal, const Sampler& sampler, std::uint32_t dimension) {
    LightSum sum{};
    const Vec3 from = position + normal * kOffset;
    for (int k = 0; k < Studio::kDiscs; ++k) {
        const Vec2 uv = sampler.point(dimension + static_cast<std::uint32_t>(k));
        const Vec3 l = studio_.towards(k, uv.x, uv.y);
        const float nl = dot(normal, l);
        if (nl > 0 && !tracer_.blocked(from, l))
            sum[static_cast<std::size_t>(k)] = studio_.light(k).irradiance * nl;
    }
    const Vec2 uv = sampler.point(dimension + 7);
    Vec3 a, b;
    basis(normal, a, b);
    const float r = std::sqrt(uv.x), turn = 2 * kPi * uv.y;
    const Vec3 d = normalize(a * (r * std::cos(turn)) + b * (r * std::sin(turn)) +
                             normal * std::sqrt(std::max(0.0F, 1 - uv.x)));
    const Hit hit = tracer_.closest({from, d});
    if (!hit) {
        sum[Studio::kDome] += studio_.dome(d);
    } else {
        const LightSum& more = bounced(hit);
        for (std::size_t k = 0; k < kLights; ++k) sum[k] += more[k];
    }
    return sum;
}

// Slope of the skin's bump as a vector in the tangent plane: the gradient of height.
Vec3 Shader::skin_slope(const Hit& hit, const Point& point) const {
    const Mesh& m = *hit.mesh;
    const auto& t = m.triangle[hit.primitive];
    const Vec3 e1 = m.position[t[1]] - m.position[t[0]], e2 = m.position[t[2]] - m.position[t[0]];
    const float d11 = dot(e1, e1), d12 = dot(e1, e2), d22 = dot(e2, e2), det = d11 * d22 - d12 * d12;
    if (det < 1e-18F) return {};
    Vec3 a, b;
    basis(point.normal, a, b);
    // Differences over a pixel's width: what is finer would glitter, and is in the lobes' roughness anyway.
    const float step = std::max(1.5e-4F, 0.5F * pixel_);
    const auto height_at = [&](Vec3 along) {
        // `along` in the triangle's barycentric coordinates.
        const float p1 = dot(along, e1), p2 = dot(along, e2);
        const float du = (d22 * p1 - d12 * p2) / det, dv = (d11 * p2 - d12 * p1) / det;
        const Vec2 uv{point.uv.x + (m.uv[t[1]].x - m.uv[t[0]].x) * du + (m.uv[t[2]].x - m.uv[t[0]].x) * dv,
                      point.uv.y + (m.uv[t[1]].y - m.uv[t[0]].y) * du + (m.uv[t[2]].y - m.uv[t[0]].y) * dv};
        const Vec3 rest = m.rest.empty() ? point.rest + along
                                         : point.rest + (m.rest[t[1]] - m.rest[t[0]]) * du +
                                               (m.rest[t[2]] - m.rest[t[0]]) * dv;
        return skin_.height(uv, rest, point.lips);
    };
    Vec3 slope;
    for (const Vec3 along : {a, b})
        slope += along * ((height_at(along * step) - height_at(along * -step)) / (2 * step));
    return slope;
}

void Shader::skin(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight) {
    const Point p = interpolate(hit);
    const SkinPoint s = skin_.at(p.uv, p.rest, p.lips);
    Vec3 slope = skin_slope(hit, p);
    const float steep = length(slope);
    if (steep > 0.7F) slope *= 0.7F / steep;
    const Vec3 n = normalize(p.normal - slope);
    const Vec3 eye = -ray.direction;
    const float nv = std::max(dot(n, eye), 0.12F);
    const Vec3 from = p.position + hit.geometric_normal * kOffset;
    const float alpha_broad = square(s.roughness), alpha_film = square(s.roughness * 0.52F);
    for (int k = 0; k < Studio::kDiscs; ++k) {
        const Vec2 uv = sampler.point(10 + static_cast<std::uint32_t>(k));
        const Vec3 l = studio_.towards(k, uv.x, uv.y);
        const Vec3 e = studio_.light(k).irradiance;
        const float smooth_nl = dot(p.normal, l), nl = dot(n, l);
        const auto i = static_cast<std::size_t>(k);
        if (smooth_nl > 0 && nl > 0) {
            // Two lobes (Weyrich et al. 2006): broad skin, and a sharper film of oil.
            const Vec3 h = normalize(l + eye);
            const float nh = clamp01(dot(n, h)), vh = dot(eye, h);
            const float broad = ggx(nl, nv, nh, alpha_broad), film = ggx(nl, nv, nh, alpha_film);
            const float spec =
                s.sheen * schlick(0.028F, vh) * (broad * (1 - 0.6F * s.gloss) + film * s.gloss) * nl;
            sight.coat[i] = through * e * std::min(spec, 0.7F);
            sight.open[i] = nl;
            if (tracer_.blocked(from, l)) continue;
            sight.reaching[i] = nl;
            sight.irradiance[i] += e * nl;
        } else if (p.thickness < 0.009F && smooth_nl < 0) {
            // Light through thin flesh: absorbed by blood on its way (transmittance as in Jimenez et al. 2010, with one exponential).
            const float path = p.thickness / std::max(0.35F, -smooth_nl);
            if (tracer_.blocked(p.position, l, 3.0F, p.thickness * 1.6F + 0.0015F)) continue;
            const Vec3 left = exp(Vec3{-1 / 0.0021F, -1 / 0.00065F, -1 / 0.00042F} * path);
            sight.irradiance[i] += e * left * (0.75F * -smooth_nl);
        }
    }
    // One more ray for dome and surroundings.
    const Vec2 uv = sampler.point(18);
    Vec3 a, b;
    basis(n, a, b);
    const float r = std::sqrt(uv.x), turn = 2 * kPi * uv.y;
    const Vec3 d = normalize(a * (r * std::cos(turn)) + b * (r * std::sin(turn)) +
                             n * std::sqrt(std::max(0.0F, 1 - uv.x)));
    // The dome's own sheen, at grazing angles.
    sight.coat[Studio::kDome] = through * studio_.dome(reflect(ray.direction, n)) *
                                (0.55F * std::min(0.3F, schlick(0.028F, nv)) * s.sheen);
    sight.open[Studio::kDome] = 1;
    if (dot(d, hit.geometric_normal) > 0) {
        const Hit around = tracer_.closest({from, d});
        if (!around) {
            sight.irradiance[Studio::kDome] += studio_.dome(d);
            sight.reaching[Studio::kDome] = 1;
        } else {
            const LightSum& more = bounced(around);
            for (std::size_t k = 0; k < kLights; ++k) sight.irradiance[k] += more[k];
        }
    }
    sight.matte = 1;
    sight.scatter = 1;
    sight.matte_albedo = through * s.albedo;
    sight.albedo = s.albedo;
    sight.normal = n;
    const float lips = p.lips;
    sight.region[static_cast<std::size_t>(Region::lips)] = lips;
    sight.region[static_cast<std::size_t>(Region::skin)] = 1 - lips;
}

void Shader::cloth(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight) {
    const Point p = interpolate(hit);
    const Cloth::Point c = cloth_.at(hit.mesh->name, p.uv);
    Vec3 a, b;
    basis(p.normal, a, b);
    const Vec3 n = normalize(p.normal - a * c.slope.x - b * c.slope.y);
    const LightSum light = gather(p.position, n, sampler, 10);
    const Vec3 eye = -ray.direction;
    // Fuzz lights up at grazing angles.
    const float rim = c.sheen * std::pow(1 - clamp01(dot(n, eye)), 4.0F);
    const Vec3 albedo = mix(c.albedo, mix(c.albedo, grey(0.6F), 0.5F), rim);
    for (std::size_t k = 0; k < kLights; ++k) {
        sight.irradiance[k] = light[k];
        if (k < Studio::kDiscs && luminance(light[k]) > 0) {
            const Vec3 h = normalize(studio_.light(static_cast<int>(k)).direction + eye);
            const float nl = clamp01(dot(n, studio_.light(static_cast<int>(k)).direction));
            sight.radiance[k] +=
                through * light[k] *
                (schlick(0.03F, dot(eye, h)) * ggx(std::max(nl, 0.05F), std::max(dot(n, eye), 0.05F),
                                                   clamp01(dot(n, h)), square(c.roughness)));
        }
    }
    sight.matte = 1;
    sight.matte_albedo = through * albedo;
    sight.albedo = c.albedo;
    sight.normal = n;
    sight.region[static_cast<std::size_t>(hit.mesh->region)] = 1;
}

// The studio mirrored in a glossy coat: discs in closed form, the dome or what stands in its way.
void Shader::gloss(Vec3 position, Vec3 normal, const Ray& ray, const Gloss& coat, Vec3 through,
                   Sight& sight) const {
    const Vec3 out = reflect(ray.direction, normal);
    const Vec3 f = through * schlick(coat.f0, dot(-ray.direction, normal));
    LightSum seen{};
    bool any = false;
    for (int k = 0; k < Studio::kDiscs; ++k) {
        seen[static_cast<std::size_t>(k)] =
            clamped(studio_.mirrored(k, out, coat.blur), 0, coat.f0.x > 0.3F ? 1.6F : 12.0F);
        any = any || seen[static_cast<std::size_t>(k)].y > 0;
    }
    if (!any && !coat.mirrors) return;
    if (tracer_.blocked(position + normal * kOffset, out)) return;
    for (std::size_t k = 0; k < Studio::kDiscs; ++k) sight.radiance[k] += f * seen[k];
    if (coat.mirrors) sight.radiance[Studio::kDome] += f * studio_.dome(out);
}

// `outside` is where light enters: the cornea over the iris, the eyeball itself elsewhere.
void Shader::eyeball(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Vec3 outside,
                     Vec3 outside_normal, Sight& sight) {
    const Point p = interpolate(hit);
    const EyeColour::Point c = eyes_.at(p.uv, hit.mesh->name.find("left") != std::string::npos);
    // Light is bent towards the axis on its way in: the iris is lit about as the mean of both normals says.
    const Vec3 n = normalize(mix(p.normal, outside_normal, c.iris * 0.5F));
    LightSum light = gather(outside, outside_normal, sampler, 10);
    const float inside = c.iris > 0.01F ? mix(1.0F, clamp01(dot(n, outside_normal)) * 0.85F, c.iris) : 1.0F;
    for (std::size_t k = 0; k < kLights; ++k) sight.radiance[k] += through * c.albedo * light[k] * inside;
    sight.albedo = c.albedo;
    sight.normal = outside_normal;
    if (c.iris < 0.99F) {
        Vec3 wet = outside_normal;
        gloss(outside, wet, ray, {grey(0.025F), 0.11F, false}, through * (1 - c.iris), sight);
    }
}

float Shader::mouth_depth(Vec3 world) const {
    return lip_plane_ - body_.head_to_world.apply_inverse(world).z;
}

void Shader::solid(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight) {
    const Point p = interpolate(hit);
    Vec3 albedo = grey(0.4F);
    Gloss coat{grey(0.04F), 0.15F, false};
    switch (hit.mesh->surface) {
        case Surface::teeth: {
            const float deep = std::max(0.0F, mouth_depth(p.position) - 0.007F);
            albedo = Vec3{0.66F, 0.60F, 0.49F} * std::exp(-deep / 0.022F);
            coat = {grey(0.04F), 0.12F, false};
            break;
        }
        case Surface::gums: {
            const bool mouth = hit.mesh->region == Region::mouth;
            const float deep = mouth ? std::max(0.0F, mouth_depth(p.position) - 0.008F) : 0;
            albedo = (mouth ? mix(Vec3{0.40F, 0.15F, 0.14F}, Vec3{0.2F, 0.075F, 0.075F}, skin_.melanin())
                            : Vec3{0.46F, 0.20F, 0.18F}) *
                     std::exp(-deep / 0.014F);
            coat = {grey(mouth ? 0.03F : 0.04F), 0.2F, false};
            break;
        }
        case Surface::frame: {
            albedo = as_vec(frame_.albedo);
            if (frame_.tortoise) {
                const Vec3 at = body_.head_to_world.apply_inverse(p.position) * 160;
                const float spots =
                    std::sin(at.x + 2 * std::sin(at.y * 0.7F)) * std::sin(at.y * 1.3F + std::sin(at.x));
                albedo = mix(albedo, albedo * 0.12F, smoothstep(-0.1F, 0.4F, spots));
            }
            coat = {as_vec(frame_.mirror), frame_.blur, true};
            break;
        }
        case Surface::metal:
            albedo = {};
            coat = {metal_f0_, 0.14F, true};
            break;
        default: break;
    }
    const LightSum light = gather(p.position, p.normal, sampler, 10);
    for (std::size_t k = 0; k < kLights; ++k) sight.radiance[k] += through * albedo * light[k];
    gloss(p.position, p.normal, ray, coat, through, sight);
    if (coat.f0.x > 0.3F)  // brushed metal also glows broadly
        for (std::size_t k = 0; k < kLights; ++k) sight.radiance[k] += through * coat.f0 * light[k] * 0.35F;
    sight.albedo = coat.f0.x > 0.3F ? coat.f0 : albedo;
    sight.normal = p.normal;
    sight.region[static_cast<std::size_t>(hit.mesh->region)] = 1;
}

void Shader::strand(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight) {
    const Strands& g = *hit.strands;
    const Vec3 t = normalize(g.point[hit.primitive + 1] - g.point[hit.primitive]);
    const std::uint32_t first = g.first[hit.strand], last = g.first[hit.strand + 1];
    const float along = (static_cast<float>(hit.primitive - first) + hit.u) /
                        static_cast<float>(std::max(last - first - 1, 1U));
    const Fibre fibre = hair_[static_cast<std::size_t>(g.kind)].fibre(
        hit.strand, g.clump.empty() ? 0 : g.clump[hit.strand], along);
    const Vec3 eye = -ray.direction;
    const Vec2 shift = sampler.point(30), more = sampler.point(31);
    const HairVolume::Light* cloud = volume_.at(hit.position, {shift.x, shift.y, more.x});
    const float rough = 0.13F + 0.05F * hash01(hit.strand + 91U);
    // Scattered once. Inside hair the cloud says how much of a disc arrives, so no ray is asked.
    const auto once = [&](int k, Vec3 l, float arrives) {
        Vec3 f = clamped(scatter(fibre, t, l, eye, rough), 0, 4);
        if (cloud == nullptr) f += fibre.many * (0.7F * std::sqrt(std::max(0.0F, 1 - square(dot(t, l)))));
        sight.radiance[static_cast<std::size_t>(k)] += through * studio_.light(k).irradiance * f * arrives;
    };
    if (cloud != nullptr) {
        for (int k = 0; k < Studio::kDiscs; ++k) {
            const auto i = static_cast<std::size_t>(k);
            const float arrives = cloud->open[i] * std::exp(-0.55F * cloud->crossings[i]);
            if (arrives > 0.004F) once(k, studio_.light(k).direction, arrives);
        }
    } else {
        for (int k = 0; k < Studio::kDiscs; ++k) {
            const Vec2 uv = sampler.point(20 + static_cast<std::uint32_t>(k));
            const Vec3 l = studio_.towards(k, uv.x, uv.y);
            if (!tracer_.blocked(hit.position + l * 1.5e-4F + eye * 1e-4F, l)) once(k, l, 1);
        }
    }
    // Scattered often: what the cloud lets through, coloured by every strand on the way.
    const Vec3 many = fibre.many;
    if (cloud != nullptr) {
        for (int k = 0; k < Studio::kDiscs; ++k) {
            const auto i = static_cast<std::size_t>(k);
            if (cloud->open[i] <= 0) continue;
            const Vec3 l = studio_.light(k).direction;
            const float turned = std::sqrt(std::max(0.0F, 1 - square(dot(t, l)))),
                        phase = 0.55F + 0.45F * dot(l, eye);
            const Vec3 keep{0.62F - 0.61F * std::sqrt(many.x), 0.62F - 0.61F * std::sqrt(many.y),
                            0.62F - 0.61F * std::sqrt(many.z)};
            sight.radiance[i] += through * studio_.light(k).irradiance * many *
                                 exp(keep * -cloud->crossings[i]) * (0.95F * turned * phase);
        }
        sight.radiance[Studio::kDome] +=
            through * studio_.light(Studio::kDome).irradiance * many * cloud->open[Studio::kDome];
        sight.radiance[Studio::kDome] +=
            through * studio_.light(Studio::kDome).irradiance * (0.03F * cloud->open[Studio::kDome]);
    } else {
        sight.radiance[Studio::kDome] += through * studio_.light(Studio::kDome).irradiance * many * 0.55F;
    }
    sight.strand = true;
    sight.albedo = many;
    // As seen, a strand faces the eye as far as its direction lets it.
    sight.normal = normalize(eye - t * dot(eye, t));
    sight.region[static_cast<std::size_t>(
        g.kind == Strand::brow || g.kind == Strand::lash ? Region::brows_lashes : Region::hair)] = 1;
}

void Shader::see_solid(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight) {
    if (hit.strands != nullptr) {
        strand(hit, ray, sampler, through, sight);
        return;
    }
    switch (hit.mesh->surface) {
        case Surface::skin: skin(hit, ray, sampler, through, sight); break;
        case Surface::cloth: cloth(hit, ray, sampler, through, sight); break;
        case Surface::eyeball: {
            const Point p = interpolate(hit);
            eyeball(hit, ray, sampler, through, p.position, p.normal, sight);
            sight.region[static_cast<std::size_t>(Region::eyes)] = 1;
            break;
        }
        default: solid(hit, ray, sampler, through, sight);
    }
}

Sight Shader::look(const Ray& given, const Sampler& sampler) {
    Sight sight;
    Ray ray = given;
    Hit hit = tracer_.closest(ray);
    if (!hit) {
        // Lenses may hang in front of nothing; they are too clear to matter there.
        return sight;
    }
    Vec3 through = grey(1);
    sight.alpha = 1;
    sight.depth = hit.position.z;
    sight.thing = hit.mesh != nullptr ? static_cast<const void*>(hit.mesh) : hit.strands;
    bool lens = false;
    float glass = 0;
    for (int layer = 0; tracer_.has_clear() && layer < 6; ++layer) {
        const Hit clear = tracer_.closest_clear(ray);
        if (!clear || clear.t >= hit.t) break;
        const Point p = interpolate(clear);
        if (clear.mesh->surface == Surface::cornea) {
            gloss(p.position, p.normal, ray, {grey(0.025F), 0.035F, true}, through, sight);
            const float cosine = dot(-ray.direction, p.normal);
            through *= 1 - schlick(0.025F, cosine);
            const float k = 1 - kCorneaEta * kCorneaEta * (1 - cosine * cosine);
            const Ray bent{
                p.position + ray.direction * 2e-6F,
                normalize(ray.direction * kCorneaEta + p.normal * (kCorneaEta * cosine - std::sqrt(k)))};
            const Hit in = tracer_.closest(bent);
            if (in && in.mesh != nullptr && in.mesh->surface == Surface::eyeball) {
                eyeball(in, bent, sampler, through, p.position, p.normal, sight);
                sight.region[static_cast<std::size_t>(Region::eyes)] = 1;
                sight.depth = p.position.z;
                for (float& r : sight.region) r *= 1 - glass;
                sight.region[static_cast<std::size_t>(Region::glasses)] += glass;
                return sight;
            }
        } else if (clear.mesh->surface == Surface::wet_line) {
            gloss(p.position, p.normal, ray, {grey(0.03F), 0.12F, false}, through, sight);
        } else {
            gloss(p.position, p.normal, ray, {grey(lens ? 0.008F : 0.014F), 0.012F, true}, through, sight);
            if (!lens) {
                through *= mix(grey(0.965F), Vec3{0.045F, 0.042F, 0.04F}, tint_ * 0.97F);
                glass = 0.9F * tint_;
            }
            lens = true;
        }
        ray.origin = p.position + ray.direction * 3e-5F;
        hit.t = length(hit.position - ray.origin);
    }
    see_solid(hit, ray, sampler, through, sight);
    if (glass > 0) {
        for (float& r : sight.region) r *= 1 - glass;
        sight.region[static_cast<std::size_t>(Region::glasses)] += glass;
    }
    return sight;
}

}  // namespace limner::sitters
