// Rays against one sitter. Embree (Wald et al. 2014) holds two scenes: what stops light, and what is clear (cornea,
// tears, lenses), which only the camera sees.
#pragma once
#include "camera.h"

#include <memory>
#include <vector>

namespace limner::sitters {

struct Hit {
    const Mesh* mesh = nullptr;  // one of these two
    const Strands* strands = nullptr;
    std::uint32_t primitive = 0;  // triangle, or first point of the segment
    std::uint32_t strand = 0;
    float u = 0, v = 0;  // barycentric, or along and across the segment
    float t = 0;
    Vec3 position, geometric_normal;  // normal towards the ray's origin
    explicit operator bool() const { return mesh != nullptr || strands != nullptr; }
};

// How finely strands must be kept: bends flatter than `tolerance` metres are straightened, one hair strand of `thin` is kept (and
// made wider for the others), and what lies well outside the frame is left out.
struct Detail {
    float tolerance = 0;
    unsigned thin = 1;
    const Camera* camera = nullptr;
    static Detail for_camera(const Camera& camera);
};

class Tracer {
public:
    // Keeps references to body and strands.
    Tracer(const Body& body, const std::vector<Strands>& strands, const Detail& detail);
    ~Tracer();
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;

    Hit closest(const Ray& ray) const;
    Hit closest_clear(const Ray& ray) const;
    bool has_clear() const;
    // Does anything that stops light lie within `far` along the ray?
    bool blocked(Vec3 origin, Vec3 direction, float far = 3.0F, float near = 0.0F) const;
    long rays() const { return rays_; }

private:
    struct State;
    std::unique_ptr<State> state_;
    mutable long rays_ = 0;
};

}  // namespace limner::sitters
