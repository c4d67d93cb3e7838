#include "tracer.h"

#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#else
#include <embree3/rtcore.h>
#endif

namespace limner::sitters {
namespace {

void trace(RTCScene scene, RTCRayHit& ray) {
#if RTC_VERSION_MAJOR >= 4
    rtcIntersect1(scene, &ray);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcIntersect1(scene, &context, &ray);
#endif
}

void trace_shadow(RTCScene scene, RTCRay& ray) {
#if RTC_VERSION_MAJOR >= 4
    rtcOccluded1(scene, &ray);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcOccluded1(scene, &context, &ray);
#endif
}

RTCRay make_ray(Vec3 o, Vec3 d, float near, float far) {
    RTCRay ray{};
    ray.org_x = o.x, ray.org_y = o.y, ray.org_z = o.z, ray.tnear = near;
    ray.dir_x = d.x, ray.dir_y = d.y, ray.dir_z = d.z, ray.tfar = far;
    ray.mask = ~0U;
    return ray;
}

bool is_clear(Surface s) { return s == Surface::cornea || s == Surface::wet_line || s == Surface::lens; }

// One device a thread: every sitter is built and traced by one thread alone.
RTCDevice device() {
    struct Owner {
        RTCDevice device = rtcNewDevice("threads=1,set_affinity=0");
        ~Owner() { rtcReleaseDevice(device); }
    };
    thread_local Owner owner;
    return owner.device;
}

}  // namespace

struct Tracer::State {
    RTCScene solid = nullptr, clear = nullptr;
    struct Item {
        const Mesh* mesh = nullptr;
        const Strands* strands = nullptr;
        std::vector<std::uint32_t> first_point, strand;  // per segment
    };
    std::vector<Item> solid_items, clear_items;
    ~State() {
        rtcReleaseScene(solid);
        rtcReleaseScene(clear);
    }
};

static void add_mesh(RTCScene scene, const Mesh& mesh) {
    RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_TRIANGLE);
    auto* points = static_cast<Vec3*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                                              sizeof(Vec3), mesh.position.size()));
    std::copy(mesh.position.begin(), mesh.position.end(), points);
    using Triangle = std::array<std::uint32_t, 3>;
    auto* triangles = static_cast<Triangle*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, sizeof(Triangle), mesh.triangle.size()));
    std::copy(mesh.triangle.begin(), mesh.triangle.end(), triangles);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(scene, geometry);
    rtcReleaseGeometry(geometry);
}

static void add_strands(RTCScene scene, const Strands& strands, std::vector<std::uint32_t>& first_point,
                        std::vector<std::uint32_t>& strand_of) {
    const std::size_t count = strands.first.empty() ? 0 : strands.first.size() - 1;
    for (std::size_t s = 0; s < count; ++s)
        for (std::uint32_t p = strands.first[s]; p + 1 < strands.first[s + 1]; ++p) {
            first_point.push_back(p);
            strand_of.push_back(static_cast<std::uint32_t>(s));
        }
    RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_FLAT_LINEAR_CURVE);
    auto* points = static_cast<float*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT4, 16,
                                                               strands.point.size()));
    for (std::size_t s = 0; s < count; ++s) {
        const std::uint32_t from = strands.first[s], to = strands.first[s + 1];
        for (std::uint32_t p = from; p < to; ++p) {
            const float along = to - from > 1 ? static_cast<float>(p - from) / static_cast<float>(to - from - 1) : 0;
            const Vec3 at = strands.point[p];
            float* out = points + std::size_t{p} * 4;
            out[0] = at.x, out[1] = at.y, out[2] = at.z;
            out[3] = mix(strands.root_radius, strands.tip_radius, square(along));
        }
    }
    auto* segments = static_cast<unsigned*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT,
                                                                    sizeof(unsigned), first_point.size()));
    std::copy(first_point.begin(), first_point.end(), segments);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(scene, geometry);
    rtcReleaseGeometry(geometry);
}

Tracer::Tracer(const Body& body, const std::vector<Strands>& strands) : state_(std::make_unique<State>()) {
    State& s = *state_;
    s.solid = rtcNewScene(device());
    s.clear = rtcNewScene(device());
    for (const Mesh& mesh : body.meshes) {
        if (mesh.triangle.empty()) continue;
        const bool clear = is_clear(mesh.surface);
        add_mesh(clear ? s.clear : s.solid, mesh);
        (clear ? s.clear_items : s.solid_items).push_back({&mesh, nullptr, {}, {}});
    }
    for (const Strands& group : strands) {
        if (group.point.empty()) continue;
        State::Item item{nullptr, &group, {}, {}};
        add_strands(s.solid, group, item.first_point, item.strand);
        s.solid_items.push_back(std::move(item));
    }
    rtcCommitScene(s.solid);
    rtcCommitScene(s.clear);
}

Tracer::~Tracer() = default;

bool Tracer::has_clear() const { return !state_->clear_items.empty(); }

template <class Items>
static Hit find(RTCScene scene, const Items& items, const Ray& ray) {
    RTCRayHit query{};
    query.ray = make_ray(ray.origin, ray.direction, 1e-5F, 10.0F);
    query.hit.geomID = RTC_INVALID_GEOMETRY_ID;
    trace(scene, query);
    Hit hit;
    if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID) return hit;
    const auto& item = items[query.hit.geomID];
    hit.mesh = item.mesh;
    hit.strands = item.strands;
    hit.primitive = query.hit.primID;
    if (item.strands != nullptr) {
        hit.strand = item.strand[query.hit.primID];
        hit.primitive = item.first_point[query.hit.primID];
    }
    hit.u = query.hit.u, hit.v = query.hit.v, hit.t = query.ray.tfar;
    hit.position = ray.origin + ray.direction * hit.t;
    hit.geometric_normal = normalize({query.hit.Ng_x, query.hit.Ng_y, query.hit.Ng_z});
    if (dot(hit.geometric_normal, ray.direction) > 0) hit.geometric_normal = -hit.geometric_normal;
    return hit;
}

Hit Tracer::closest(const Ray& ray) const {
    ++rays_;
    return find(state_->solid, state_->solid_items, ray);
}

Hit Tracer::closest_clear(const Ray& ray) const { return find(state_->clear, state_->clear_items, ray); }

bool Tracer::blocked(Vec3 origin, Vec3 direction, float far, float near) const {
    ++rays_;
    RTCRay ray = make_ray(origin, direction, near, far);
    trace_shadow(state_->solid, ray);
    return ray.tfar < 0;
}

}  // namespace limner::sitters
