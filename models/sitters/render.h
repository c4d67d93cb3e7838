// One sitter through the camera: rays, shading, and the film they leave.
#pragma once
#include "atlas.h"
#include "film.h"
#include "lights.h"
#include "sitter/sitter.h"

namespace limner::sitters {

struct Quality {
    int smooth_samples = 4;  // camera samples of a pixel inside one smooth surface
    int hair_samples = 10;   // of one inside hair
    int edge_samples = 16;   // and of one with an edge in it
    std::uint32_t sampling =
        0x11a7U;  // where in a pixel, and where to, they go: another number, another noise
    static Quality for_size(int size);
};

struct Portrait {
    Film film;
    Camera camera;
    std::array<Vec2, 68> landmarks;  // pixels
    long rays = 0;
};

// `body` is dressed and posed; the same arguments give the same bits.
Portrait render(const Sitter& sitter, const Body& body, const std::vector<Strands>& strands,
                const AtlasLibrary& atlases, const Studio& studio, int size, Quality quality);

}  // namespace limner::sitters
