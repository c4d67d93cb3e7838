#include "render.h"

#include "shade.h"

namespace limner::sitters {
namespace {

float tent(float u) { return u < 0.5F ? std::sqrt(2 * u) - 1 : 1 - std::sqrt(2 - 2 * u); }

void add(PixelSum& sum, const Sight& s) {
    sum.alpha += s.alpha;
    sum.matte += s.matte;
    sum.scatter += s.scatter;
    sum.depth += s.depth;
    for (std::size_t k = 0; k < kLights; ++k) {
        sum.irradiance[3 * k] += s.irradiance[k].x, sum.irradiance[3 * k + 1] += s.irradiance[k].y,
            sum.irradiance[3 * k + 2] += s.irradiance[k].z;
        sum.radiance[3 * k] += s.radiance[k].x, sum.radiance[3 * k + 1] += s.radiance[k].y,
            sum.radiance[3 * k + 2] += s.radiance[k].z;
        sum.coat[3 * k] += s.coat[k].x, sum.coat[3 * k + 1] += s.coat[k].y,
            sum.coat[3 * k + 2] += s.coat[k].z;
        sum.open[k] += s.open[k], sum.reaching[k] += s.reaching[k];
    }
    sum.matte_albedo += s.matte_albedo;
    sum.albedo += s.albedo;
    sum.normal += s.normal;
    for (std::size_t r = 0; r < kRegions; ++r) sum.region[r] += s.region[r];
}

void scale(PixelSum& sum, float by) {
    sum.alpha *= by, sum.matte *= by, sum.scatter *= by, sum.depth *= by;
    for (float& v : sum.irradiance) v *= by;
    for (float& v : sum.radiance) v *= by;
    for (float& v : sum.coat) v *= by;
    for (float& v : sum.open) v *= by;
    for (float& v : sum.reaching) v *= by;
    sum.matte_albedo *= by, sum.albedo *= by, sum.normal *= by;
    for (float& v : sum.region) v *= by;
}

}  // namespace

Quality Quality::for_size(int size) { return size > 300 ? Quality{3, 8, 12} : Quality{3, 7, 11}; }

Portrait render(const Sitter& sitter, const Body& body, const std::vector<Strands>& strands,
                const AtlasLibrary& atlases, const Studio& studio, int size, Quality quality) {
    Portrait portrait{Film(size), Camera(body, size), {}, 0};
    const Camera& camera = portrait.camera;
    for (std::size_t i = 0; i < 68; ++i) portrait.landmarks[i] = camera.project(body.landmarks[i]);
    const Tracer tracer(body, strands, Detail::for_camera(camera));
    Shader shader(sitter, body, strands, atlases, studio, tracer, camera.pixel_at(0));

    std::vector<Sight> sights(static_cast<std::size_t>(quality.edge_samples));
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            Sampler sampler(static_cast<std::uint32_t>(y * size + x), quality.sampling);
            const auto look = [&](int s) {
                sampler.start(s);
                const Vec2 jitter = sampler.point(0);
                return shader.look(camera.ray(static_cast<float>(x) + 0.5F + 0.85F * tent(jitter.x),
                                              static_cast<float>(y) + 0.5F + 0.85F * tent(jitter.y)),
                                   sampler);
            };
            PixelSum& sum = portrait.film.at(x, y);
            bool edge = false, hair = true;
            int taken = 0;
            for (; taken < quality.smooth_samples; ++taken) {
                sights[static_cast<std::size_t>(taken)] = look(taken);
                const Sight &s = sights[static_cast<std::size_t>(taken)], &first = sights[0];
                hair = hair && s.strand && s.thing == first.thing;
                edge = edge || s.strand || s.thing != first.thing ||
                       (s.alpha > 0 && dot(s.normal, first.normal) < 0.93F) || (s.matte <= 0 && s.alpha > 0);
            }
            if (!edge && sights[0].alpha <= 0) continue;
            const int wanted = hair ? quality.hair_samples : edge ? quality.edge_samples : taken;
            for (; taken < wanted; ++taken) sights[static_cast<std::size_t>(taken)] = look(taken);
            for (int s = 0; s < taken; ++s) add(sum, sights[static_cast<std::size_t>(s)]);
            scale(sum, 1 / static_cast<float>(taken));
        }
    portrait.rays = tracer.rays();
    develop(portrait.film, camera, shader.melanin());
    return portrait;
}

}  // namespace limner::sitters
