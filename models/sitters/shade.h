// How each kind of surface answers the studio at one camera sample.
#pragma once
#include "cloth_shade.h"
#include "eye_shade.h"
#include "film.h"
#include "hair_shade.h"
#include "hair_volume.h"
#include "lights.h"
#include "sampler.h"
#include "sitter/eyewear_shape.h"
#include "skin.h"
#include "tracer.h"

#include <unordered_map>

namespace limner::sitters {

// What one camera sample saw. Light is over pi, per studio light.
struct Sight {
    float alpha = 0;
    bool strand = false;
    float matte = 0, scatter = 0, depth = 0;
    LightSum irradiance{}, radiance{}, coat{};
    std::array<float, kLights> open{}, reaching{};  // see PixelSum
    Vec3 matte_albedo, albedo, normal;
    const void* thing = nullptr;  // which mesh or group, to find edges
    std::array<float, kRegions> region{};
};

class Shader {
public:
    Shader(const Sitter& sitter, const Body& body, const std::vector<Strands>& strands,
           const AtlasLibrary& atlases, const Studio& studio, const Tracer& tracer, float pixel);

    Sight look(const Ray& ray, const Sampler& sampler);
    float melanin() const { return skin_.melanin(); }

private:
    struct Point {  // of a mesh, interpolated
        Vec3 position, normal, rest;
        Vec2 uv;
        float lips = 0, thickness = 1;
    };
    struct Gloss {  // a mirror-like coat
        Vec3 f0;
        float blur;    // radians
        bool mirrors;  // traces what it mirrors instead of only the dome
    };
    Point interpolate(const Hit& hit) const;
    void see_solid(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight);
    void skin(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight);
    void cloth(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight);
    void eyeball(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Vec3 outside,
                 Vec3 outside_normal, Sight& sight);
    void solid(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight);
    void strand(const Hit& hit, const Ray& ray, const Sampler& sampler, Vec3 through, Sight& sight);
    void gloss(Vec3 position, Vec3 normal, const Ray& ray, const Gloss& coat, Vec3 through,
               Sight& sight) const;
    // Irradiance from every disc and, with one more ray, from the dome and from what stands around.
    LightSum gather(Vec3 position, Vec3 normal, const Sampler& sampler, std::uint32_t dimension);
    Vec3 skin_slope(const Hit& hit, const Point& point) const;
    const LightSum& bounced(const Hit& hit);
    Vec3 rough_albedo(const Hit& hit) const;
    float mouth_depth(Vec3 world) const;

    const Body& body_;
    const Studio& studio_;
    const Tracer& tracer_;
    Skin skin_;
    EyeColour eyes_;
    Cloth cloth_;
    HairVolume volume_;
    std::array<HairColour, 4> hair_;
    float pixel_;
    float lip_plane_ = 0;
    FrameMaterial frame_;
    Vec3 metal_f0_;
    float tint_;
    std::unordered_map<std::uint64_t, LightSum> bounce_;
};

}  // namespace limner::sitters
