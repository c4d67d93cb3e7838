// Where hair parts, in the picture: over the top of the head from the forehead to the whorl, as the renderer has it
// (models/sitters/groom/loose.cpp). What the passes "strand_flow" and "parting" share (as in shaders/common.wgsl).
#pragma once
#include "finish/primitives/worn_numbers.h"
#include "finish/vec.h"

namespace limner::finish {

enum PartingNumber {  // places on the head in metres from the mid-eye point, x to the sitter's left, y up, z ahead
    kPartingOn = 0,                    // 1; the rest is only there then
    kPartingTurn,                      // from the camera's directions to the head's, by rows
    kPartingEyes = kPartingTurn + 9,   // where the mid-eye point is in the picture
    kPartingAside = kPartingEyes + 2,  // x where it begins,
    kPartingWhorl,                     // and where it ends
    kPartingSeed,
    kPartingLineNumbers
};
inline constexpr float kPartingFront = -0.04F, kPartingBack = -0.14F;  // z between which it runs to the whorl

class PartingLine {
public:
    PartingLine(const Pass& pass, int first) : pass_(pass), first_(first) {}

    bool there() const { return pass_.f(first_ + kPartingOn) > 0.5F; }
    struct Place {
        float off = 1;    // metres to the left of it
        float shown = 0;  // 0 where there is none: too far down or back
        float z = 0;      // how far forward
    };
    // On the head, of a place in the picture, -1 .. 1, which lies so deep.
    Vec4 on_head(Vec2 p, float depth) const {
        const float x = (p.x - pass_.f(first_ + kPartingEyes)) / kPerMetre,
                    y = (pass_.f(first_ + kPartingEyes + 1) - p.y) / kPerMetre;
        const auto row = [&](int i) {
            const int at = first_ + kPartingTurn + 3 * i;
            return (pass_.f(at) * x + pass_.f(at + 1) * y) + pass_.f(at + 2) * depth;
        };
        return vec4(row(0), row(1), row(2), 0);
    }
    Place at(Vec2 p, float depth) const {
        const Vec4 there = on_head(p, depth);
        const float z = there[2], back = smoothstep(kPartingFront, kPartingBack, z);
        const float line = mix(pass_.f(first_ + kPartingAside), pass_.f(first_ + kPartingWhorl), back) +
                           0.0007F * noise(z * 70.0F, 0.5F, pass_.u(first_ + kPartingSeed));
        return {there[0] - line, smoothstep(0.025F, 0.045F, there[1]) * smoothstep(kPartingBack, -0.11F, z),
                z};
    }
    Vec4 to_camera(Vec4 v) const {  // a direction on the head
        const auto row = [&](int i) { return pass_.rgb(first_ + kPartingTurn + 3 * i); };
        return row(0) * splat(v[0]) + row(1) * splat(v[1]) + row(2) * splat(v[2]);
    }

private:
    const Pass& pass_;
    int first_;
};

}  // namespace limner::finish
