// The colour of irises by their numbers, for the renderer (models/sitters/eye_shade.cpp) and the finish.
//
// Melanin over a scattering, nearly unpigmented stroma (Wielgus & Sarna 2005): little melanin leaves the blue-grey of the scattering,
// some gives green and hazel, much gives brown.
#pragma once
#include "base/vec.h"

namespace limner {

struct IrisColour {       // linear albedos
    Vec4 stroma, collar;  // of its outer part, and of the ring around the pupil
};
IrisColour iris_colour(float pigment, float green);  // eyes.pigment, eyes.green

// Radius of the pupil over the limbus', of eyes.pupil.
inline float pupil_radius(float pupil) { return mix(0.24F, 0.52F, pupil); }

}  // namespace limner
