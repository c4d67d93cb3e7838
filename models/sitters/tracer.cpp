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
        std::vector<std::uint32_t> first, last, strand;  // per segment, see Kept
    };
    std::vector<Item> solid_items, clear_items;
    ~State() {
        rtcReleaseScene(solid);
        rtcReleaseScene(clear);
    }
};

static void add_mesh(RTCScene scene, const Mesh& mesh) {
    RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_TRIANGLE);
    auto* points = static_cast<Vec3*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, sizeof(Vec3), mesh.position.size()));
    std::copy(mesh.position.begin(), mesh.position.end(), points);
    using Triangle = std::array<std::uint32_t, 3>;
    auto* triangles = static_cast<Triangle*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, sizeof(Triangle), mesh.triangle.size()));
    std::copy(mesh.triangle.begin(), mesh.triangle.end(), triangles);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(scene, geometry);
    rtcReleaseGeometry(geometry);
}

namespace {

// Strands as the tracer holds them: what is left of them after Detail.
struct Kept {
    std::vector<std::array<float, 4>> point;         // with the radius
    std::vector<unsigned> segment;                   // index of its first point here
    std::vector<std::uint32_t> first, last, strand;  // per segment: points it spans, and whose
};

// The furthest point that a chord from `from` may reach without any between leaving it by more than the tolerance.
std::uint32_t reach(const std::vector<Vec3>& point, std::uint32_t from, std::uint32_t end, float tolerance) {
    std::uint32_t best = from + 1;
    for (std::uint32_t to = from + 2; to < end && to - from <= 8; ++to) {
        const Vec3 chord = point[to] - point[from];
        const float span = std::max(dot(chord, chord), 1e-12F);
        for (std::uint32_t k = from + 1; k < to; ++k) {
            const Vec3 d = point[k] - point[from];
            const Vec3 off = d - chord * (dot(d, chord) / span);
            if (dot(off, off) > tolerance * tolerance) return best;
        }
        best = to;
    }
    return best;
}

bool outside(const Camera* camera, Vec3 p) {
    if (camera == nullptr) return false;
    const Vec2 at = camera->project(p);
    const float n = static_cast<float>(camera->size()), margin = 0.12F * n;
    return at.x < -margin || at.y < -margin || at.x > n + margin || at.y > n + margin;
}

Kept keep(const Strands& strands, const Detail& detail) {
    Kept kept;
    const unsigned thin = strands.kind == Strand::hair && strands.first.size() > 9000 ? detail.thin : 1;
    const float wider = thin > 1 ? 0.95F * static_cast<float>(thin) : 1.0F;
    for (std::size_t s = 0; s + 1 < strands.first.size(); ++s) {
        if (thin > 1 && hash32(static_cast<std::uint32_t>(s) + 0x5714U) % thin != 0) continue;
        const std::uint32_t from = strands.first[s], end = strands.first[s + 1];
        const auto radius = [&](std::uint32_t p) {
            const float along =
                end - from > 1 ? static_cast<float>(p - from) / static_cast<float>(end - from - 1) : 0;
            return wider * mix(strands.root_radius, strands.tip_radius, square(along));
        };
        bool joined = false;
        for (std::uint32_t p = from; p + 1 < end;) {
            const std::uint32_t to =
                detail.tolerance > 0 ? reach(strands.point, p, end, detail.tolerance) : p + 1;
            const Vec3 a = strands.point[p], b = strands.point[to];
            if (outside(detail.camera, a) && outside(detail.camera, b)) {
                joined = false;
            } else {
                if (!joined) kept.point.push_back({a.x, a.y, a.z, radius(p)});
                kept.segment.push_back(static_cast<unsigned>(kept.point.size() - 1));
                kept.point.push_back({b.x, b.y, b.z, radius(to)});
                kept.first.push_back(p), kept.last.push_back(to),
                    kept.strand.push_back(static_cast<std::uint32_t>(s));
                joined = true;
            }
            p = to;
        }
    }
    return kept;
}

void add_strands(RTCScene scene, const Kept& kept) {
    RTCGeometry geometry = rtcNewGeometry(device(), RTC_GEOMETRY_TYPE_FLAT_LINEAR_CURVE);
    auto* points = static_cast<std::array<float, 4>*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT4, 16, kept.point.size()));
    std::copy(kept.point.begin(), kept.point.end(), points);
    auto* segments = static_cast<unsigned*>(rtcSetNewGeometryBuffer(
        geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT, sizeof(unsigned), kept.segment.size()));
    std::copy(kept.segment.begin(), kept.segment.end(), segments);
    rtcCommitGeometry(geometry);
    rtcAttachGeometry(scene, geometry);
    rtcReleaseGeometry(geometry);
}

}  // namespace

Detail Detail::for_camera(const Camera& camera) {
    return {0.15F * camera.pixel_at(0), camera.size() <= 300 ? 2U : 1U, &camera};
}

Tracer::Tracer(const Body& body, const std::vector<Strands>& strands, const Detail& detail)
    : state_(std::make_unique<State>()) {
    State& s = *state_;
    s.solid = rtcNewScene(device());
    s.clear = rtcNewScene(device());
    for (const Mesh& mesh : body.meshes) {
        if (mesh.triangle.empty()) continue;
        const bool clear = is_clear(mesh.surface);
        add_mesh(clear ? s.clear : s.solid, mesh);
        (clear ? s.clear_items : s.solid_items).push_back({&mesh, nullptr, {}, {}, {}});
    }
    for (const Strands& group : strands) {
        Kept kept = keep(group, detail);
        if (kept.segment.empty()) continue;
        add_strands(s.solid, kept);
        s.solid_items.push_back(
            {nullptr, &group, std::move(kept.first), std::move(kept.last), std::move(kept.strand)});
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
        const std::uint32_t first = item.first[query.hit.primID], last = item.last[query.hit.primID];
        const float along = query.hit.u * static_cast<float>(last - first);
        hit.primitive = std::min(first + static_cast<std::uint32_t>(along), last - 1);
        query.hit.u = along - static_cast<float>(hit.primitive - first);
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
