#include "generator/bust.h"

#include "base/exact.h"
#include "recipe/schema.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace limner {

using V3 = BustVector;

namespace {

constexpr std::size_t kExtras = 4, kMostVertices = 2048;   // so that halves hold their numbers
constexpr std::size_t kMostTriangles = 2 * kMostVertices;  // no surface has more
constexpr std::size_t kMouthLeft = 48, kMouthRight = 54;   // landmarks: the mouth's corners
constexpr float kCamera = 1.0F;                            // metres from the mid-eye point
constexpr float kNeck = 0.03F;     // metres below the neck's joint the skin goes with the body alone
constexpr int kSamples = 2;        // of a pixel, each way
constexpr float kLift = 0.004F;    // metres above the skin from which light is looked for
constexpr int kSky = 14;           // directions that ambient light comes from
constexpr int kOutlineSide = 384;  // pixels of the depths that contours are held against,
constexpr float kBeside = 2.2F;    // how many of them beside a contour is looked for what lies behind it,
constexpr float kHidden = 0.006F;  // metres nearer than it what hides it is,
constexpr float kStands = 0.001F,
                kClear = 0.005F;  // and how far behind it what it stands out from, a little and wholly

V3 operator+(V3 a, V3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
V3 operator-(V3 a, V3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
V3 operator*(V3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
V3 cross(V3 a, V3 b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
float dot(V3 a, V3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
V3 unit(V3 a) { return a * (1 / std::sqrt(a.x * a.x + a.y * a.y + a.z * a.z + 1e-20F)); }

// A turn to the picture's right, up, and over to the picture's right, in that order from the outside (models/sitters/turn.h).
struct Turn {
    V3 rows[3];
    Turn(double yaw, double pitch, double roll) {
        const CosSin a = exact_cos_sin_deg(yaw), b = exact_cos_sin_deg(pitch), c = exact_cos_sin_deg(roll);
        const auto row = [&](double x, double y, double z) {  // of yaw * pitch, turned by roll
            return V3{static_cast<float>(x * c.cos - y * c.sin), static_cast<float>(x * c.sin + y * c.cos),
                      static_cast<float>(z)};
        };
        rows[0] = row(a.cos, -a.sin * b.sin, a.sin * b.cos);
        rows[1] = row(0, b.cos, b.sin);
        rows[2] = row(-a.sin, -a.cos * b.sin, a.cos * b.cos);
    }
    V3 operator*(V3 p) const { return {dot(rows[0], p), dot(rows[1], p), dot(rows[2], p)}; }
};

double told(std::span<const float> input, const char* id) {
    const Attribute& a = *schema().find(id);
    const float x = input[static_cast<std::size_t>(a.input_offset)];
    const double share =
        x > -3.0F && x < 3.0F ? (static_cast<double>(x) + 1) / 2 : 0.5;  // else it is no number of a sitter
    return a.min + (a.max - a.min) * share;
}

V3 on_plane(V3 p) {
    const float scale = kCamera / std::max(kCamera - p.z, 0.1F);
    return {p.x * scale, p.y * scale, p.z};
}

// Pixels of a square whose middles a triangle covers, as `act(x, y, u, v)`, u and v the weights of a and b. y goes down; `front`: only
// of triangles that are counterclockwise as one looks at them.
template <class Act>
void each_inside(V3 a, V3 b, V3 c, int side, bool front, const Act& act) {
    const float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if (!(area < -1e-6F) && (front || !(area > 1e-6F))) return;
    const auto first = [&](float low) { return static_cast<int>(std::max(std::ceil(low - 0.5F), 0.0F)); };
    const auto last = [&](float high) {
        return static_cast<int>(std::min(std::floor(high - 0.5F), static_cast<float>(side - 1)));
    };
    const int x0 = first(std::min({a.x, b.x, c.x})), x1 = last(std::max({a.x, b.x, c.x})),
              y0 = first(std::min({a.y, b.y, c.y})), y1 = last(std::max({a.y, b.y, c.y}));
    const float part = 1 / area, ux = (b.y - c.y) * part, uy = (c.x - b.x) * part, vx = (c.y - a.y) * part,
                vy = (a.x - c.x) * part;
    for (int y = y0; y <= y1; ++y) {
        const float py = static_cast<float>(y) + 0.5F - c.y;
        for (int x = x0; x <= x1; ++x) {
            const float px = static_cast<float>(x) + 0.5F - c.x;
            const float u = ux * px + uy * py, v = vx * px + vy * py;
            if (u >= 0 && v >= 0 && u + v <= 1) act(x, y, u, v);
        }
    }
}

// Mean over a disc of light, of sine `radius`, of the cosine to a surface, which is 0 behind its horizon; `x` is that of the middle.
float cosine(float x, float radius) {
    if (x >= radius) return x;
    return x <= -radius ? 0.0F : (x + radius) * (x + radius) / (4 * radius);
}

// How far towards a light the surface reaches, as the light sees it.
class Heights {
public:
    Heights(const std::vector<V3>& place, const std::vector<std::array<std::uint16_t, 3>>& corners,
            V3 towards)
        : towards_(towards), far_(kSide * kSide, -1.0F) {
        right_ = unit(cross(std::abs(towards.y) < 0.9F ? V3{0, 1, 0} : V3{0, 0, 1}, towards));
        up_ = cross(towards, right_);
        std::vector<V3> flat;
        for (const V3& p : place)
            flat.push_back({pixel(dot(p, right_)), pixel(dot(p, up_)), dot(p, towards)});
        for (const auto& t : corners) {
            const V3 &a = flat[t[0]], &b = flat[t[1]], &c = flat[t[2]];
            each_inside(a, b, c, kSide, false, [&](int x, int y, float u, float v) {
                float& far = far_[static_cast<std::size_t>(y * kSide + x)];
                far = std::max(far, u * a.z + v * b.z + (1 - u - v) * c.z);
            });
        }
    }

    // Share of a disc of sine `radius` around the light's middle that is seen from `p`, 0..1.
    float open(V3 p, float radius) const {
        const float x = dot(p, right_), y = dot(p, up_), z = dot(p, towards_);
        if (radius == 0) return above(x, y, z) ? 1.0F : 0.0F;
        // The disc's middle and a ring of its mean radius.
        static constexpr float kRays[][2] = {{0, 0},      {0.74F, 0},       {0.37F, 0.64F}, {-0.37F, 0.64F},
                                             {-0.74F, 0}, {-0.37F, -0.64F}, {0.37F, -0.64F}};
        int open = 0;
        for (const auto& ray : kRays) {
            bool free = true;
            for (float h = 0.004F; h < 0.12F && free; h *= 1.9F)
                free = above(x + h * radius * ray[0], y + h * radius * ray[1], z + h);
            open += free ? 1 : 0;
        }
        return static_cast<float>(open) / static_cast<float>(std::size(kRays));
    }

private:
    static constexpr int kSide = 112;
    static constexpr float kReach = 0.22F, kSlack = 0.005F;  // metres
    static float pixel(float metres) { return (metres / kReach + 1) * (kSide / 2.0F); }
    bool above(float x, float y, float z) const {
        const int i = static_cast<int>(pixel(x)), j = static_cast<int>(pixel(y));
        if (i < 0 || j < 0 || i >= kSide || j >= kSide) return true;
        return far_[static_cast<std::size_t>(j * kSide + i)] < z + kSlack;
    }
    V3 towards_, right_, up_;
    std::vector<float> far_;
};

// What the relief multiplies roots of light by at a place of the average head, less 1. `rest` is times kBustScale.
std::array<float, 3> lifted(const std::vector<float>& relief, V3 rest) {
    std::array<float, 3> out{};
    if (relief.empty()) return out;
    const float x = rest.x * (1 / kBustScale), y = rest.y * (1 / kBustScale),
                z = rest.z * (1 / kBustScale) - kReliefAxis;
    const float part = x / std::max(std::abs(x) + std::abs(z), 1e-6F);
    const float around = z >= 0 ? part : (x < 0 ? -2 - part : 2 - part);
    const float column = (around / kReliefAround + 1) * (kReliefColumns / 2.0F) - 0.5F,
                row = (y - kReliefLow) / (kReliefHigh - kReliefLow) * kReliefRows - 0.5F;
    if (!(column >= 0 && row >= 0 && column < kReliefColumns - 1 && row < kReliefRows - 1)) return out;
    const auto i = static_cast<std::size_t>(column), j = static_cast<std::size_t>(row);
    const float u = column - static_cast<float>(i), v = row - static_cast<float>(j);
    const float* at = relief.data() + (j * kReliefColumns + i) * 3;
    for (std::size_t c = 0; c < 3; ++c) {
        const auto across = [&](const float* from) { return from[c] + (from[c + 3] - from[c]) * u; };
        const float low = across(at), light = low + (across(at + 3 * kReliefColumns) - low) * v;
        const float root = (light > -1 ? std::min(light, 1.0F) : -1.0F) / 2;  // what is no number, too
        out[c] = root * (1 + root * (0.5F + root * (1.0F / 6 + root * (1.0F / 24))));  // exp(root) - 1
    }
    return out;
}

}  // namespace

Result<Bust> Bust::open(std::span<const std::uint8_t> onnx, int inputs) {
    const Result<OnnxGraph> graph = read_onnx(onnx);
    if (!graph) return graph.error();
    Initialisers from(*graph);
    const std::vector<float> rest = from.numbers("model.bust.rest", {-1, 3}),
                             corners = from.numbers("model.bust.corners", {-1, 3});
    Bust made;
    made.inputs_ = inputs;
    const std::size_t count = rest.size() / 3;
    if (count <= kMouthRight || count > kMostVertices || inputs < schema().input_count ||
        corners.size() > 3 * kMostTriangles)
        from.spoil();
    for (const float corner : corners)
        if (!(corner >= 0 && corner < static_cast<float>(count))) from.spoil();
    if (from.whole())
        made.shape_ = Perceptron::read(from, "model.bust", inputs, static_cast<int>(3 * (count + kExtras)));
    Initialisers more(*graph);  // a pack may do without
    Perceptron relief = Perceptron::read(more, "model.bust.relief", inputs, 3 * kReliefRows * kReliefColumns);
    if (more.whole()) made.relief_ = std::move(relief);
    if (!from.whole()) return Error{"bust.none", "The pack's network does not know its sitters' shape."};
    for (std::size_t i = 0; i < rest.size(); i += 3)
        made.rest_.push_back({rest[i] * kBustScale, rest[i + 1] * kBustScale, rest[i + 2] * kBustScale});
    const auto corner = [&](std::size_t i) { return static_cast<std::uint16_t>(corners[i]); };
    for (std::size_t i = 0; i < corners.size(); i += 3)
        made.corners_.push_back({corner(i), corner(i + 1), corner(i + 2)});
    return made;
}

Bust::Shape Bust::shape(std::span<const float> input) const {
    const std::vector<float> told_shape = shape_.apply(input.first(static_cast<std::size_t>(inputs_)));
    const std::size_t count = rest_.size();
    const auto at = [&](std::size_t i) {
        return V3{told_shape[3 * i], told_shape[3 * i + 1], told_shape[3 * i + 2]};
    };
    // As models/sitters/pose.cpp and camera.cpp.
    const double yaw = told(input, "pose.yaw"), pitch = told(input, "pose.pitch"),
                 roll = told(input, "pose.roll");
    const Turn head(yaw, pitch, roll), body(0.4 * yaw, 0, 0.1 * roll);
    const V3 pivot = at(count);
    const float low = pivot.y - kNeck, high = std::max(at(count + 1).y, low + 1e-3F);
    const V3 origin = pivot - head * pivot;
    const auto pose = [&](V3 p) {
        const float t = std::clamp((p.y - low) / (high - low), 0.0F, 1.0F);
        const float w = t * t * (3 - 2 * t);
        const V3 d = p - pivot;
        return pivot + (body * d) * (1 - w) + (head * d) * w - origin;
    };
    Shape made;
    for (std::size_t i = 0; i < count; ++i) made.place.push_back(pose(at(i)));
    const auto rigid = [&](V3 p) { return on_plane(pivot + head * (p - pivot) - origin); };
    const V3 left = rigid(at(count + 2)), right = rigid(at(count + 3));
    const V3 mouth = (on_plane(made.place[kMouthLeft]) + on_plane(made.place[kMouthRight])) * 0.5F,
             eyes = (left + right) * 0.5F;
    const V3 down = mouth - eyes, apart = left - right;
    const auto across = [](V3 p) { return std::sqrt(p.x * p.x + p.y * p.y); };
    made.half = std::max({4 * across(apart), 3.6F * across(down), 0.05F}) / 2;
    made.centre = eyes + down * 0.1F;
    made.normal.resize(count);
    for (const auto& t : corners_) {
        const V3 n = cross(made.place[t[1]] - made.place[t[0]], made.place[t[2]] - made.place[t[0]]);
        for (const std::uint16_t v : t) made.normal[v] = made.normal[v] + n;
    }
    for (V3& n : made.normal) n = unit(n * 1e6F);
    return made;
}

Bust::Vertex Bust::seen(const Shape& shape, std::size_t vertex) const {
    const V3 p = on_plane(shape.place[vertex]), n = shape.normal[vertex];
    return {(p.x - shape.centre.x) / shape.half,
            (shape.centre.y - p.y) / shape.half,
            shape.place[vertex].z,
            {n.x, n.y, n.z}};
}

std::vector<Bust::Vertex> Bust::posed(std::span<const float> input) const {
    const Shape made = shape(input);
    std::vector<Vertex> out;
    for (std::size_t i = 0; i < made.place.size(); ++i) out.push_back(seen(made, i));
    return out;
}

Outline Bust::outline(std::span<const float> input) const {
    const Shape made = shape(input);
    const std::size_t count = made.place.size();
    std::vector<float> facing;  // of each vertex' normal, the cosine to the camera, or less than nothing
    std::vector<Vertex> vertices;
    for (std::size_t i = 0; i < count; ++i) {
        facing.push_back(dot(made.normal[i], unit(V3{0, 0, kCamera} - made.place[i])));
        vertices.push_back(seen(made, i));
    }
    const auto index = [](int i) { return static_cast<std::size_t>(i); };
    std::vector<float> depths(index(kOutlineSide) * index(kOutlineSide), -1.0F);
    const auto pixel = [](float x) { return (x + 1) * (kOutlineSide / 2.0F); };
    for (const auto& t : corners_) {
        const Vertex &a = vertices[t[0]], &b = vertices[t[1]], &c = vertices[t[2]];
        const auto flat = [&](const Vertex& v) { return V3{pixel(v.x), pixel(v.y), 0}; };
        each_inside(flat(a), flat(b), flat(c), kOutlineSide, true, [&](int x, int y, float u, float v) {
            float& depth = depths[index(y) * index(kOutlineSide) + index(x)];
            depth = std::max(depth, u * a.depth + v * b.depth + (1 - u - v) * c.depth);
        });
    }
    const auto depth_at = [&](float x, float y) {
        const auto clamped = [&](float at) {  // what is no number, too
            return index(at > 0 ? static_cast<int>(std::min(at, static_cast<float>(kOutlineSide - 1))) : 0);
        };
        return depths[clamped(y) * index(kOutlineSide) + clamped(x)];
    };

    struct End {
        float x = 0, y = 0, out_x = 0, out_y = 0;
    };
    // Where on the edge from a to b the surface turns away.
    const auto end = [&](std::size_t a, std::size_t b) {
        if (a > b) std::swap(a, b);  // the same from both triangles
        const V3 &p = made.place[a], &q = made.place[b], &m = made.normal[a], &n = made.normal[b];
        const V3 along = q - p, first = p + (along - m * dot(along, m)) * (1.0F / 3),
                 second = q - (along - n * dot(along, n)) * (1.0F / 3);
        const float t = facing[a] / (facing[a] - facing[b]), s = 1 - t;
        const V3 place =
            p * (s * s * s) + first * (3 * s * s * t) + second * (3 * s * t * t) + q * (t * t * t);
        const V3 flat = on_plane(place), normal = m * s + n * t;
        const float long_ = std::sqrt(normal.x * normal.x + normal.y * normal.y);
        End e{(flat.x - made.centre.x) / made.half, (made.centre.y - flat.y) / made.half, 0, 0};
        if (long_ < 1e-3F) return e;
        const float x = normal.x / long_, y = -normal.y / long_;
        const float behind = depth_at(pixel(e.x) + kBeside * x, pixel(e.y) + kBeside * y);
        if (std::max(behind, depth_at(pixel(e.x), pixel(e.y))) > place.z + kHidden) return e;
        const float stands = std::clamp((place.z - behind - kStands) / (kClear - kStands), 0.0F, 1.0F);
        e.out_x = x * stands, e.out_y = y * stands;
        return e;
    };
    Outline out;
    for (const auto& t : corners_) {
        std::array<End, 3> ends;
        std::size_t found = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const std::size_t a = t[k], b = t[(k + 1) % 3];
            if ((facing[a] > 0) != (facing[b] > 0)) ends[found++] = end(a, b);
        }
        if (found != 2) continue;
        const auto& [a, b, none] = ends;
        const float all = a.x + a.y + a.out_x + a.out_y + b.x + b.y + b.out_x + b.out_y;
        if (std::isfinite(all) && (a.out_x != 0 || a.out_y != 0 || b.out_x != 0 || b.out_y != 0))
            out.push_back({a.x, a.y, b.x, b.y, a.out_x, a.out_y, b.out_x, b.out_y});
    }
    return out;
}

// Of each vertex, depth and what comes of each light: the share of its disc that no column of the bust, seen from the light, stands
// before, times the cosine.
std::vector<std::array<float, kLitMaps>> Bust::lit(const Shape& shape) const {
    std::vector<std::array<float, kLitMaps>> out(shape.place.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i][0] = shape.place[i].z * kBustScale;
    const std::vector<Light>& lights = schema().lights;
    for (std::size_t l = 0; l < lights.size() && l + 1 < kLitMaps; ++l) {
        const auto add = [&](V3 towards, float radius, float weight) {
            const Heights heights(shape.place, corners_, towards);
            for (std::size_t i = 0; i < out.size(); ++i) {
                const float facing = cosine(dot(shape.normal[i], towards), radius);
                if (facing > 0)
                    out[i][l + 1] +=
                        weight * facing * heights.open(shape.place[i] + shape.normal[i] * kLift, radius);
            }
        };
        if (lights[l].radius_deg < 90) {
            const CosSin turn = exact_cos_sin_deg(lights[l].azimuth_deg),
                         rise = exact_cos_sin_deg(lights[l].elevation_deg),
                         disc = exact_cos_sin_deg(lights[l].radius_deg);
            add({static_cast<float>(turn.sin * rise.cos), static_cast<float>(rise.sin),
                 static_cast<float>(turn.cos * rise.cos)},
                static_cast<float>(disc.sin), 1);
            continue;
        }
        for (int k = 0; k < kSky; ++k) {  // evenly over the sphere (Swinbank and Purser 2006)
            const double up = 1 - (2.0 * k + 1) / kSky, round = std::sqrt(1 - up * up);
            const CosSin turn = exact_cos_sin_deg(137.50776405 * k);
            add({static_cast<float>(round * turn.cos), static_cast<float>(up),
                 static_cast<float>(round * turn.sin)},
                0, 4.0F / kSky);
        }
        // So few directions leave blotches.
        std::vector<std::array<float, 2>> sum(out.size());
        for (const auto& t : corners_) {
            const float all = out[t[0]][l + 1] + out[t[1]][l + 1] + out[t[2]][l + 1];
            for (const std::uint16_t v : t) sum[v][0] += all, sum[v][1] += 3;
        }
        for (std::size_t i = 0; i < out.size(); ++i)
            if (sum[i][1] > 0) out[i][l + 1] = sum[i][0] / sum[i][1];
    }
    return out;
}

void Bust::maps(std::span<const float> input, int side, std::span<float> near,
                std::span<float> lit_out) const {
    const Shape made = shape(input);
    const std::vector<float> relief =
        relief_ ? relief_->apply(input.first(static_cast<std::size_t>(inputs_))) : std::vector<float>();
    const std::vector<std::array<float, kLitMaps>> light = lit(made);
    // By vertex: normal, place, and how brightly it is lit of what a patch gets that faces all of the studio's light.
    std::vector<Vertex> vertices;
    constexpr std::size_t kKnown = 7;
    std::vector<std::array<float, kKnown>> known;
    float whole = 0;
    for (const Light& l : schema().lights) whole += static_cast<float>(l.even);
    for (std::size_t i = 0; i < made.place.size(); ++i) {
        vertices.push_back(seen(made, i));
        float all = 0;
        for (std::size_t l = 0; l + 1 < kLitMaps && l < schema().lights.size(); ++l)
            all += light[i][l + 1] * static_cast<float>(schema().lights[l].even);
        const V3 &n = made.normal[i], &r = rest_[i];
        known.push_back({n.x, n.y, n.z, r.x, r.y, r.z, std::sqrt(all / whole)});
    }

    // What each sample sees: a triangle, and where on it.
    struct Sample {
        float depth = -1e9F, u = 0, v = 0;
        int triangle = -1;
    };
    const int fine = kSamples * side;
    const auto index = [](int i) { return static_cast<std::size_t>(i); };
    std::vector<Sample> samples(index(fine) * index(fine));
    const float scale = static_cast<float>(fine) / 2;
    for (std::size_t f = 0; f < corners_.size(); ++f) {
        const auto& t = corners_[f];
        const Vertex &a = vertices[t[0]], &b = vertices[t[1]], &c = vertices[t[2]];
        const auto pixel = [&](const Vertex& v) { return V3{(v.x + 1) * scale, (v.y + 1) * scale, 0}; };
        each_inside(pixel(a), pixel(b), pixel(c), fine, true, [&](int x, int y, float u, float v) {
            const float depth = u * a.depth + v * b.depth + (1 - u - v) * c.depth;
            Sample& s = samples[index(y) * index(fine) + index(x)];
            if (depth > s.depth) s = {depth, u, v, static_cast<int>(f)};
        });
    }
    std::fill(near.begin(), near.end(), 0.0F);
    std::fill(lit_out.begin(), lit_out.end(), 0.0F);
    const std::size_t plane = index(side) * index(side), half = plane / 4;
    constexpr float kShare = 1.0F / (kSamples * kSamples);
    for (int y = 0; y < fine; ++y)
        for (int x = 0; x < fine; ++x) {
            const Sample& s = samples[index(y) * index(fine) + index(x)];
            if (s.triangle < 0) continue;
            const auto& t = corners_[index(s.triangle)];
            const std::array<float, 3> part{s.u, s.v, 1 - s.u - s.v};
            std::array<float, kKnown> here{};
            for (std::size_t k = 0; k < 3; ++k)
                for (std::size_t m = 0; m < here.size(); ++m) here[m] += known[t[k]][m] * part[k];
            const V3 n = unit({here[0], here[1], here[2]});
            here[0] = n.x, here[1] = n.y, here[2] = n.z;
            float* to = near.data() + index(y / kSamples) * index(side) + index(x / kSamples);
            *to += kShare;
            for (const float value : here) *(to += plane) += value * kShare;
            for (const float value : lifted(relief, {here[3], here[4], here[5]}))
                *(to += plane) += value * kShare;
            if (y % kSamples != 0 || x % kSamples != 0)
                continue;  // light is smooth: one sample of a pixel will do
            float* lit_to =
                lit_out.data() + index(y / kSamples / 2) * index(side / 2) + index(x / kSamples / 2);
            for (std::size_t m = 0; m < kLitMaps; ++m, lit_to += half)
                *lit_to +=
                    (light[t[0]][m] * part[0] + light[t[1]][m] * part[1] + light[t[2]][m] * part[2]) / 4;
        }
}

}  // namespace limner
