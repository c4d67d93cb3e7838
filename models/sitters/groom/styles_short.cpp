#include "style.h"

namespace limner::sitters {

namespace {
using Part = Style::Part;

const Style table[] = {
    {.id = "crop", .count = 30000, .points = 8, .top = 0.038F, .side = 0.016F, .back = 0.02F, .edge = 0.005F, .across = 0.15F, .sweep = 0.25F,
     .down = 0.1F, .forward = 0.8F, .lift = 0.45F, .gravity = 0.1F, .stiff = 0.82F, .puff = 0.2F, .layer = 0.006F, .locks = 1300, .clump = 0.55F, .lock_noise = 0.35F, .hair_noise = 0.15F},
    {.id = "side_part", .count = 28000, .points = 12, .top = 0.075F, .side = 0.02F, .back = 0.022F, .edge = 0.006F, .part = Part::side, .across = 1.0F,
     .down = 0.1F, .forward = -0.12F, .lift = 0.24F, .gravity = 0.25F, .puff = 0.06F, .layer = 0.008F, .locks = 900, .clump = 0.5F},
};
}  // namespace

std::span<const Style> short_styles() { return table; }

}  // namespace limner::sitters
