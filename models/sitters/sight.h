// What the camera sees of a few points, without tracing rays: milliseconds.
#pragma once
#include "camera.h"

#include <span>

namespace limner::sitters {

// Frame coordinates of anchors and fittings: -1 left / top .. 1 right / bottom.
Vec2 in_picture(const Camera& camera, Vec3 world);

// A depth map of skin, eyes and clothes, twice as wide and high as the picture.
class Sight {
public:
    Sight(const Body& body, const Camera& camera);
    // 1 in front of everything or up to 4 mm inside, 0 from 8 mm behind; outside the map nothing hides anything.
    float seen(Vec3 world) const;
    // Metres above what ends just below the picture, 7 % of its height under the lower edge.
    float above_floor(Vec3 world) const;

private:
    static constexpr int side_ = 256;
    static constexpr float reach_ = 2;  // in picture coordinates
    Vec2 pixel(Vec3 world) const;
    void cover(const Mesh& mesh);

    Camera camera_;
    std::vector<float> depth_;
};

// How much of each point is not behind hair or beard, 0..1: strands within 2.5 mm of the line of sight add up as a volume would.
std::vector<float> clear_of_hair(const Camera& camera, const std::vector<Strands>& strands,
                                 std::span<const Vec3> points);

}  // namespace limner::sitters
