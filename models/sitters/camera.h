// The camera: a long lens in front of the face, its frame cut like FFHQ's from the projected eyes and mouth.
#pragma once
#include "vectors.h"

namespace limner::sitters {

struct Ray {
    Vec3 origin, direction;
};

class Camera {
public:
    Camera(const Body& body, int size);

    Ray ray(float x, float y) const;    // in pixels, y down
    Vec2 project(Vec3 world) const;     // to pixels
    float pixel_at(float depth) const;  // width of a pixel in metres at world z = depth
    int size() const { return size_; }
    float distance() const { return distance_; }  // from the camera to the mid-eye point, metres
    Vec2 centre() const { return centre_; }       // of the frame on the plane z = 0, metres
    float side() const { return side_; }          // of the frame on that plane, metres

private:
    Vec2 on_plane(Vec3 world) const;
    int size_;
    float distance_ = 1.0F;
    Vec2 centre_;
    float side_ = 0.26F;
};

}  // namespace limner::sitters
